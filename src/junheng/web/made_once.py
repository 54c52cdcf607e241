"""Values that are dear to make: each is made by one thread, the others wait for it, the latest are kept.

Threads that open the same page at the same moment would otherwise all compute the same thing, each
at the others' expense.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Held = TypeVar("Held")


class MadeOnce(Generic[Held]):
    """The latest `most` values by key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Future[Held]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Held]) -> Held:
        """The value of the key. Raises what `make` raises, to all who wait; then it is made anew."""
        with self._lock:
            there = self._held.get(key)
            if there is not None:
                self._held.move_to_end(key)
            else:
                mine = self._held[key] = Future()
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        if there is not None:
            return there.result()
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                if self._held.get(key) is mine:
                    del self._held[key]
            mine.set_exception(error)
            raise
        mine.set_result(made)
        return made
