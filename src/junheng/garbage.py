"""Long work on many objects without the garbage collector, which would walk all of them again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Modules, rows, entries, findings and verdicts hold no cycles: walking them took up to 40 %
    of the time. What was made meanwhile counts as old afterwards; it is still collected some day."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():  # nobody keeps anything frozen: then this only moves
                gc.freeze()
                gc.unfreeze()
            gc.enable()
