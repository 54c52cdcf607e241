"""The process of one run: reads its job on standard input, answers with progress and a receipt.

Standard input stays open while the worker lives. When it closes, the worker is gone (kill -9
included), and this process ends at once: another worker may have taken the run by then.
"""

import json
import os
import sys
import threading
import traceback
from pathlib import Path

from junheng.errors import JunhengError
from junheng.web.working.telling import Telling

ABANDONED = 75
NICENESS = 5
"""Pages are served first; a study takes what is left of the machine."""


def main() -> None:
    """Do the job; exit status 0 done, 1 refused with a sentence, 2 a bug."""
    job = json.loads(sys.stdin.readline())
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not stand between our messages
    threading.Thread(target=_end_with_the_worker, daemon=True).start()
    os.nice(NICENESS)
    telling = Telling(out)
    try:
        from junheng.web.working.doing import doer

        receipt = doer(job["kind"])(job, Path(job["folder"]), telling)
        telling.say(receipt=receipt)
    except JunhengError as error:
        telling.say(refused=str(error))
        os._exit(1)
    except MemoryError:
        telling.say(
            refused="内存不够，测算没有完成。请减少同时进行的测算，或换一台内存更大的机器。"
        )
        os._exit(1)
    except Exception as error:  # noqa: BLE001  # the row must not stay 进行中 because of our bug
        traceback.print_exc()
        telling.say(broken=f"{type(error).__name__}：{error}"[:500])
        os._exit(2)


def _end_with_the_worker() -> None:
    # os.read, not sys.stdin: the main thread must be free to end while this one waits.
    while os.read(0, 1):
        pass
    os._exit(ABANDONED)


if __name__ == "__main__":
    main()
