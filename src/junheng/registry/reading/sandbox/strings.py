"""Texts of a workbook: the shared strings, and the escapes that both kinds of text use."""

import re
from typing import Any

from junheng.registry.reading.sandbox.package import TOO_BIG, Local, Package, damaged, new_parser
from junheng.registry.reading.sandbox.wire import Limits, Refused

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`_x000D_` is how a workbook writes a character that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _character(found[1]), text)


def _character(code: str) -> str:
    number = int(code, 16)
    # A lone surrogate is no character and could not be written out again.
    return "" if 0xD800 <= number <= 0xDFFF else chr(number)


def too_many_characters(limits: Limits) -> Refused:
    return Refused("S07", f"文件里的文字超过 {limits.characters} 个字，没有读取", TOO_BIG)


def read_strings(package: Package, part: str, limits: Limits) -> list[str]:
    """The shared strings in order. Rich text is joined; its phonetic guides are left out."""
    return _Strings(limits).read(package, part)


class _Strings:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._local = Local()
        self._strings: list[str] = []
        self._pieces: list[str] = []
        self._guides = 0
        self._open = False
        self._run = False
        self._plain = False
        self._characters = 0
        self._parser: Any = None

    def read(self, package: Package, part: str) -> list[str]:
        self._parser = new_parser(self._start, self._end)
        package.feed(part, self._parser)
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
        text = unescaped("".join(self._pieces))
        self._pieces.clear()
        self._open = self._plain = False
        self._characters += len(text)
        if self._characters > self._limits.characters:
            raise too_many_characters(self._limits)
        self._strings.append(text)
