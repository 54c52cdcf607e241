"""Patterns of header paths: 在校生数/合计, */本科毕业, 体育|体育与健康."""

from collections.abc import Iterable, Sequence
from functools import cache

from junheng.registry.statistics.nouns import Heading
from junheng.registry.statistics.words import segment

APART = ("其中", "女", "男", "少数民族", "上学年", "上年", "预计", "离退休", "兼任", "代课")
"""An outer heading that begins so makes another figure of what stands under it, unless the
pattern names it."""


@cache
def parsed(pattern: str) -> tuple[frozenset[str], ...]:
    """Each place of the pattern with the words that may stand there; `*` is any word."""
    return tuple(
        frozenset(segment(word)[0] for word in place.split("|")) for place in pattern.split("/")
    )


def matches(pattern: str, headings: Iterable[Heading]) -> list[Heading]:
    """The headings whose whole path is the pattern; where there are none, those that end with it."""
    places = parsed(pattern)
    ending = [each for each in headings if _ends(each.path, places)]
    whole = [each for each in ending if len(each.path) == len(places)]
    return whole or [each for each in ending if not _set_apart(each.path[: -len(places)])]


def _ends(path: Sequence[str], places: Sequence[frozenset[str]]) -> bool:
    if len(path) < len(places):
        return False
    tail = path[len(path) - len(places) :]
    return all("*" in words or part in words for part, words in zip(tail, places, strict=True))


def _set_apart(outer: Sequence[str]) -> bool:
    return any(part.startswith(APART) for part in outer)
