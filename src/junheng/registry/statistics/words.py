"""Evening out what headings, titles and names of files say, so that they can be compared."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.words import unit_of, words

TOTAL = "计"
TOTALS = frozenset({"计", "合计", "总计", "小计", "总数"})
_BRACKET = re.compile(r"\((?:单位:)?([^()]{1,5})\)$")
_FORM = re.compile(r"(教基|基础基|教统)0*(\d{3,4})(?:\(?(续)[一二三四\d]*\)?)?")
_NUMBER = re.compile(r"(?<!\d)(\d{3,4})(?:\(?(续)[一二三四\d]*\)?)?(?!\d)")
_SPAN = re.compile(r"(20\d\d)\s*[-—–~～/至]+\s*(?:20)?\d\d\s*学?年?")
_YEAR = re.compile(r"(20\d\d)\s*(?:学年|年度?|年初)")
_UNIT_LINE = re.compile(r"单位:([^\s;]+)")


@cache
def segment(text: str) -> tuple[str, str]:
    """A heading without spaces, marks and unit, and the unit: 资产值（万元） → 资产值, 万元."""
    bare = narrowed(text).replace(" ", "").lstrip("#")
    unit = ""
    found = _BRACKET.search(bare)
    if found and found[1].lower() in unit_of():
        unit, bare = unit_of()[found[1].lower()], bare[: found.start()]
    return (TOTAL if bare in TOTALS else bare), unit


@lru_cache(maxsize=4096)
def is_total(text: str) -> bool:
    """Whether a name is that of a sum: 合计, 小计, 全县合计, 中原区小计."""
    bare = narrowed(text).replace(" ", "").strip(":")
    return bare in words().totals or bare.endswith(("合计", "小计", "总计"))


def form_numbers(text: str, *, bare: bool) -> list[str]:
    """The numbers of forms that a text names: 教基1102续; with `bare`, 1102续 too."""
    plain = narrowed(text).replace(" ", "")
    found = [f"{a}{int(b)}{c}" for a, b, c in _FORM.findall(plain)]
    if found or not bare:
        return found
    return [f"{number}{more}" for number, more in _NUMBER.findall(plain)]


def years_in(texts: Iterable[str]) -> list[int]:
    """The first years of the school years that the texts name."""
    found: list[int] = []
    for text in map(narrowed, texts):
        spans = _SPAN.findall(text)
        found += [int(year) for year in spans or _YEAR.findall(text)]
    return found


def units_above(texts: Iterable[str]) -> frozenset[str]:
    """The units that a line above the headings states: 单位：万元、平方米."""
    stated = (part for text in texts for part in _UNIT_LINE.findall(narrowed(text)))
    names = (name for part in stated for name in re.split(r"[、,/]", part))
    return frozenset(unit_of()[name.lower()] for name in names if name.lower() in unit_of())
