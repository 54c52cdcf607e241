"""Entities and character references in the text of XML, resolved as a parser resolves them."""

import re
from functools import lru_cache

ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile(r"&(?:([a-z]+)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")


class OddReferenceError(ValueError):
    """A reference that only a parser can judge."""


def resolved(text: str) -> str:
    """The text that is meant. Raises OddReferenceError where a parser is wanted."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    return _character(found[0])


@lru_cache(1 << 16)
def _character(reference: str) -> str:
    found = _REFERENCE.fullmatch(reference)
    assert found is not None, "one of the same pattern"
    if found[1] in ENTITIES:
        return ENTITIES[found[1]]
    number = int(found[2]) if found[2] else int(found[3] or "0", 16)
    if not _is_character(number):
        raise OddReferenceError(reference)
    return chr(number)


def _is_character(number: int) -> bool:
    """Char of XML 1.0."""
    return (
        number in (0x9, 0xA, 0xD)
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
