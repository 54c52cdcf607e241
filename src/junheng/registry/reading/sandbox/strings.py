"""The shared strings of a workbook."""

from typing import Any

from junheng.registry.reading.sandbox.budget import Budget
from junheng.registry.reading.sandbox.package import Local, Package, damaged, new_parser
from junheng.registry.reading.sandbox.sieve import Sieve
from junheng.registry.reading.sandbox.tiles import BEFORE_STRINGS, STRING, Strings
from junheng.registry.reading.sandbox.wire import Limits


def read_strings(package: Package, part: str, limits: Limits) -> list[str]:
    """The shared strings in order. Rich text is joined; its phonetic guides are left out."""
    return _Strings(limits).read(package, part)


class _Strings:
    def __init__(self, limits: Limits) -> None:
        self._local = Local()
        self._strings: list[str] = []
        self._tiles = Strings(Budget(limits), self._strings)
        self._pieces: list[str] = []
        self._guides = 0
        self._open = False
        self._run = False
        self._plain = False
        self._parser: Any = None
        self._sieve: Any = None

    def read(self, package: Package, part: str) -> list[str]:
        self._parser = new_parser(self._start, self._end)
        self._sieve = Sieve(self._parser, BEFORE_STRINGS, STRING, self._tiles.take)
        try:
            package.feed(part, self._parser, self._sieve.through)
        finally:
            self._parser = self._sieve = None  # they hold one another
        return self._strings

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = self._local[tag]
        if name == "t" and not self._guides:
            # Rich text has a t in each of its runs; a second plain one would silently join the first.
            if self._plain or (self._pieces and not self._run):
                raise damaged("共享文字里有一项写了两个值")
            self._plain = not self._run
            self._parser.CharacterDataHandler = self._pieces.append
        elif name == "r":
            self._run = True
        elif name == "rPh":
            self._guides += 1
        elif name == "si":
            if self._open:
                raise damaged("共享文字套着共享文字")
            self._open = True
        elif name == "sst" and self._is_between:
            self._sieve.opened = self._parser.CurrentByteIndex

    def _end(self, tag: str) -> None:
        name = self._local[tag]
        if name == "t":
            self._parser.CharacterDataHandler = None
        elif name == "r":
            self._run = False
        elif name == "rPh":
            self._guides -= 1
        elif name == "si":
            self._close()

    def _close(self) -> None:
        raw = "".join(self._pieces)
        self._pieces.clear()
        self._open = self._plain = False
        self._tiles.keep(raw)
        if self._is_between:
            self._sieve.closed = self._parser.CurrentByteIndex

    @property
    def _is_between(self) -> bool:
        """Nothing that is open would change the meaning of the next string."""
        return self._parser.CharacterDataHandler is None and not (
            self._pieces or self._run or self._guides or self._plain or self._open
        )
