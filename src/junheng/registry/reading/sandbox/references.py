"""Entities and character references in the text of XML, resolved as a parser resolves them."""

import re

ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile(r"([a-z]+);|#([0-9]{1,7});|#x([0-9A-Fa-f]{1,6});")
KEPT, SHORT = 1 << 16, 16


class OddReferenceError(ValueError):
    """A reference that only a parser can judge."""


class _Pieces(dict[str, str]):
    """What stands between one `&` and the next → what it means; programs that write Chinese as
    numbers write little else."""

    def __missing__(self, piece: str) -> str:
        reference = _REFERENCE.match(piece)
        if reference is None:
            raise OddReferenceError(piece)
        meant = _character(reference) + piece[reference.end() :]
        if len(self) < KEPT and len(piece) < SHORT:
            self[piece] = meant
        return meant


_pieces = _Pieces()


def resolved(text: str) -> str:
    """The text that is meant. Raises OddReferenceError where a parser is wanted."""
    if "&" not in text:
        return text
    before, *pieces = text.split("&")
    return before + "".join(map(_pieces.__getitem__, pieces))


def _character(reference: re.Match[str]) -> str:
    named, number, hexadecimal = reference.groups()
    if named:
        if named not in ENTITIES:
            raise OddReferenceError(named)
        return ENTITIES[named]
    code = int(number) if number else int(hexadecimal, 16)
    if not _is_character(code):
        raise OddReferenceError(reference[0])
    return chr(code)


def _is_character(number: int) -> bool:
    """Char of XML 1.0."""
    return (
        number in (0x9, 0xA, 0xD)
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
