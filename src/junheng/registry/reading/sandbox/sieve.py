"""What of a part the parser must see: everything but the items that one pattern accounts for.

Programs write rows and shared strings in one way, thousands of times over. A run of such items is
taken by a compiled pattern (`tiles`) that must cover it to the last character; the parser never
sees it. All around, and every item written in another way, goes through the parser as ever, so that
nothing is read that it would not read, and no damage goes unnoticed.

What keeps the two in step: items are taken only where the parser stands between two of them. That
is known, not guessed, from the place at which the parser itself met the tag just before: a look-alike
inside a comment is no tag to it. Where it met another, everything that is left goes to the parser.
"""

import re
from collections.abc import Callable, Generator, Iterator
from xml.parsers import expat

HEAD_AT_MOST = 1 << 20
"""Bytes before the first item; more belongs to no such part."""
ITEM_AT_MOST = 4 << 20
"""Bytes without the end of an item that are held back."""
ODD_AT_MOST = 200
"""Items on end that are written in another way; after so many the sieve only costs time."""
CONTROLS = bytes(each for each in range(0x20) if each not in b"\t\n")
"""No characters of XML, or (the carriage return) ones that a parser turns into others."""
NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")

Take = Callable[[str, int], int]
"""Takes items from a place in a text on; says where it stopped, between two items."""


class Sieve:
    """Goes between the bytes of one part and its parser."""

    opened = closed = -1
    """Where the parser met the tag before the first item, and the end of an item: set by its
    handlers, only where nothing is left open that would change the meaning of what follows."""

    def __init__(
        self, parser: expat.XMLParserType, opening: re.Pattern[bytes], closing: str, take: Take
    ) -> None:
        self._opening = opening
        self._closing = closing
        self._take = take
        self._given = 0
        self._inside = False
        self._lost = False
        self._odd = 0
        parser.XmlDeclHandler = self._declared

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            self._lost = True

    def through(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """What to give to the parser, which must have taken each piece before the next is asked."""
        held = b""
        while not self._lost and len(held) <= ITEM_AT_MOST:
            try:
                chunk = next(chunks, b"")
            except Exception:
                yield held  # what stands before the damage may itself be wrong
                raise
            if not chunk:
                break
            held += chunk
            if not self._inside:
                held = yield from self._opening_of(held)
            cut = held.rfind(self._closing.encode()) + len(self._closing)
            if self._inside and not self._lost and cut >= len(self._closing):
                yield from self._items(held[:cut])
                held = held[cut:]
        yield held
        yield from chunks

    def _opening_of(self, held: bytes) -> Generator[bytes, None, bytes]:
        """Gives the parser what stands before the first item; returns what stands after it."""
        opening = self._opening.search(held)
        if opening is None:
            self._lost = len(held) > HEAD_AT_MOST
            return held
        yield held[: opening.end()]
        self._inside = True
        self._given = opening.end()
        self._lost = self._lost or self.opened != opening.start()
        return held[opening.end() :]

    def _items(self, block: bytes) -> Iterator[bytes]:
        """Whole items: those that are taken are not given to the parser, nor are they counted."""
        text = _plain(block)
        if text is None:
            yield block
            self._check(len(block))
            return
        at = 0
        while at < len(text):
            taken = self._take(text, begun := at)
            if breaks := text.count("\n", at, taken):
                yield b"\n" * breaks  # so that the parser still counts lines rightly
                self._given += breaks
            if taken == len(text):
                return
            at = text.index(self._closing, taken) + len(self._closing)
            self._odd = self._odd + 1 if taken == begun else 1
            odd = text[taken:at].encode()
            yield odd
            self._check(len(odd))
            self._lost = self._lost or self._odd > ODD_AT_MOST
            if self._lost:
                yield text[at:].encode()
                return

    def _check(self, more: int) -> None:
        """Whether the parser took the last tag given to it for the end of an item."""
        self._given += more
        self._lost = self.closed != self._given - len(self._closing)


def _plain(block: bytes) -> str | None:
    """The text of a block in which only `<` and `&` need watching; None where it is not such a text."""
    if len(block.translate(None, CONTROLS)) < len(block):
        return None
    if b"]" in block and b"]]>" in block:  # the first is found, or not, ten times as fast
        return None
    if not block.isascii() and any(each in block for each in NO_CHARACTERS):
        return None
    try:
        return block.decode()
    except UnicodeDecodeError:
        return None
