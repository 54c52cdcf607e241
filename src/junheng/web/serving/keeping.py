"""Keeps a module running beside the server: `python -m junheng.web.serving.keeping MODULE WORDS…`.

A module that dies is started again, after a pause that grows while it keeps dying. One that ends by
itself (status 0) is not. Told to end, the keeper ends the module first. A process of its own, because
gunicorn collects the children of the server's process before anybody else can ask how they ended.
"""

import logging
import signal
import subprocess
import sys
import threading
import time

PAUSE, LONGEST = 1.0, 60.0
"""Seconds before the first new start, and at most."""
HEALTHY = 60.0
"""Whoever lived so many seconds starts with the short pause again."""
GRACE = 12
"""Seconds that the module has to end in; the server waits a little longer for its keeper."""
log = logging.getLogger(__name__)


def main() -> None:
    """Run the module until it ends by itself, or until this process is told to end."""
    told = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _number, _frame: told.set())
    pause = PAUSE
    while not told.is_set():
        began = time.monotonic()
        module = subprocess.Popen([sys.executable, "-m", *sys.argv[1:]])  # noqa: S603
        status = _ended(module, told)
        if status == 0 or told.is_set():
            return
        pause = PAUSE if time.monotonic() - began > HEALTHY else pause
        log.error("“%s”中断了（%s），%g 秒后重新开始。", " ".join(sys.argv[1:]), status, pause)
        told.wait(pause)
        pause = min(2 * pause, LONGEST)


def _ended(module: "subprocess.Popen[bytes]", told: threading.Event) -> int:
    """The status with which the module ended, ended by us where this process is told to."""
    while not told.is_set():
        try:
            return module.wait(timeout=0.4)
        except subprocess.TimeoutExpired:
            continue
    module.terminate()
    try:
        return module.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        module.kill()
        return module.wait()


if __name__ == "__main__":
    main()
