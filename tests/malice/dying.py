"""Run one junheng command that is to be killed: python dying.py MOMENT DELAY FOLDER words…

The process sends itself SIGKILL at its MOMENT-th act on FOLDER (opening, making, renaming, deleting
something in it), DELAY microseconds later, so that the native code that writes files is met in its
middle too. A MOMENT below zero kills nothing and prints how many acts there were.
"""

import os
import signal
import sys
import threading
import time
from typing import Any

ACTS = {
    "open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir",
    "os.truncate", "pathlib.Path.glob", "shutil.rmtree", "tempfile.mkdtemp", "tempfile.mkstemp",
}  # fmt: skip


class Moments:
    """Counts the acts, and ends the process at the one that was chosen."""

    def __init__(self, moment: int, delay: int, folder: str) -> None:
        self.moment, self.delay, self.folder, self.seen = moment, delay, folder, 0

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in ACTS and arguments and self.folder in os.fsdecode(str(arguments[0])):
            self.seen += 1
            if self.seen == self.moment + 1:
                threading.Thread(target=self.die, daemon=True).start()

    def die(self) -> None:
        time.sleep(self.delay / 1e6)
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    moments = Moments(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    import polars  # noqa: F401 - the moments begin when the program is there

    from junheng.cli import run

    sys.addaudithook(moments.hear)
    status = run(sys.argv[4:])
    sys.stdout.flush()
    if moments.moment < 0:
        sys.stderr.write(f"{moments.seen}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
