"""The place of a school among those of its stage in the county: a band of four, never a rank."""

from bisect import bisect_left, bisect_right
from fractions import Fraction

from junheng.diagnosis import CountyVerdict
from junheng.schema import Stage

LEAST = 4
"""With fewer schools a band would be a rank."""
WORDS = ("■□□□ 后段", "■■□□ 中下", "■■■□ 中上", "■■■■ 前段")
NONE = "—"
Values = dict[tuple[Stage, str], list[Fraction]]


def values_of(county: CountyVerdict) -> Values:
    """All known values of each stage and indicator, in ascending order."""
    found: Values = {}
    for part in county.parts:
        for each in part.indicators:
            if each.value is not None:
                found.setdefault((part.stage, each.indicator), []).append(each.value)
    return {key: sorted(values) for key, values in found.items()}


def band(value: Fraction | None, among: list[Fraction]) -> str:
    """Which quarter of the ascending values it lies in; equal values share the middle of their places."""
    if value is None or len(among) < LEAST:
        return NONE
    below = bisect_left(among, value)
    equal = bisect_right(among, value) - below
    return WORDS[min(4 * (2 * below + equal) // (2 * len(among)), 3)]
