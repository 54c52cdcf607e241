"""The desk measured from nothing: prepared in a folder of its own, fifty people, hand-ins, long lists.

    python benchmarks/desk/whole.py           short: 20 seconds of pages, 60 schools hand in
    python benchmarks/desk/whole.py --write   the whole: 60 seconds, every school; into docs/performance.md

Skipped, with a sentence, where there is no PostgreSQL or no city in demo/库 to fill the desk with.
Exit status 1 where a reach is missed.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
STORES = HERE.parents[1] / "demo" / "库"
BINARIES = Path("/usr/lib/postgresql")
SHORT = {"browse": ["--seconds", "20"], "submit": ["--schools", "60"]}


def lacking() -> str:
    """What is not here that the desk is measured with; empty where everything is."""
    if not list(BINARIES.glob("*/bin/initdb")):
        return "没有 PostgreSQL（Debian 上：apt-get install postgresql），不测工作台。"
    if not any(each.name.isdigit() for each in STORES.glob("*")):
        return f"没有 {STORES}（先运行 make demo），不测工作台。"
    return ""


def main(asked: Sequence[str]) -> int:
    if told := lacking():
        print(told)
        return 0
    with tempfile.TemporaryDirectory(prefix="junheng-desk-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL does not run as root, and must get in
        if status := _run("prepare", folder):
            return status
        long = "--write" in asked
        words = {what: ["--write"] if long else short for what, short in SHORT.items()}
        found = [_run(what, folder, *more) for what, more in words.items()]
        lists = ["--write"] if long else []
        return max(*found, _python("long_lists.py", f"{folder}/lists", *lists))


def _run(what: str, folder: str, *words: str) -> int:
    return _python("run.py", what, folder, *words)


def _python(*words: str) -> int:
    script, *more = words
    done = subprocess.run([sys.executable, str(HERE / script), *more], check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
