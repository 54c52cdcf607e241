"""Things that come again and again, held once and named by their number."""

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Pool(Generic[T]):
    """`pool(thing)` is the number of the thing in `pool.held`."""

    def __init__(self) -> None:
        self.held: list[T] = []
        self._known: dict[T, int] = {}

    def __call__(self, thing: T) -> int:
        if thing not in self._known:
            self._known[thing] = len(self.held)
            self.held.append(thing)
        return self._known[thing]
