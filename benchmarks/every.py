"""make bench: every benchmark, one after the other; a reach that is missed stops none of the rest.

    python benchmarks/every.py [--write]

Each prints its tables; `--write` lets each renew its own in docs/. Exit status 1 where any missed
a reach or failed. Byte code is kept, as wherever junheng is installed: a process that compiles all
of it anew each time measures the compiler.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
RUNNERS = (
    "run.py",
    "national/run.py",
    "aggregate/run.py",
    "reading/run.py",
    "floats.py",
    "plan/run.py",
    "desk/whole.py",
)


def main(asked: Sequence[str]) -> int:
    missed = []
    for name in RUNNERS:
        print(f"\n▷ {name} {' '.join(asked)}", flush=True)
        begun = time.perf_counter()
        status = subprocess.run(
            [sys.executable, str(HERE / name), *asked], check=False, env=kept_byte_code()
        ).returncode
        print(f"{name}：退出状态 {status}，{time.perf_counter() - begun:.0f} 秒", flush=True)
        if status:
            missed.append(name)
    print(f"\n没有达到或没有做完：{'、'.join(missed) or '没有'}")
    return 1 if missed else 0


def kept_byte_code() -> dict[str, str]:
    """The environment of this process, in which Python keeps what it compiled."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
