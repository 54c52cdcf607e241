"""The shape of a code in words, read from its declared pattern: form and reader say the same."""

import re
from dataclasses import dataclass
from functools import cache

from junheng.schema import Column

CHARACTERS = {
    "[0-9]": "数字",
    "[0-9A-Z]": "数字或大写字母",
    "[0-9a-f]": "数字或小写字母a—f",
}
_REPEATED = re.compile(r"(\[[^]]+\])\{(\d+)\}")


@dataclass(frozen=True)
class Shape:
    """So many characters of one class: 10 数字."""

    characters: str
    length: int


def shapes(column: Column) -> tuple[Shape, ...]:
    """What a code may look like, where each alternative is one class repeated; else nothing."""
    return _shapes(column.pattern)


@cache
def _shapes(pattern: str) -> tuple[Shape, ...]:
    found = [_REPEATED.fullmatch(each) for each in pattern.split("|")]
    known = [each for each in found if each is not None and each[1] in CHARACTERS]
    if len(known) < len(found):
        return ()
    return tuple(Shape(CHARACTERS[each[1]], int(each[2])) for each in known)


def shape_words(column: Column, gap: str = "") -> str:
    """10位数字; 6位数字或大写字母，或10位数字; where the pattern is richer, by its example."""
    found = "，或".join(f"{each.length}{gap}位{each.characters}" for each in shapes(column))
    return found or f"形如 {column.example} 的代码"
