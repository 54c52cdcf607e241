"""What a whole county lacks to its limits, by indicator, without counting shared things twice.

Teachers are filed by stage, so the lacks of two stages add up. Rooms, grounds and equipment are
shared by the stages of a school, so a school counts with the greater lack of its parts.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from junheng.diagnosis import CountyVerdict, PartIndicator, Verdict
from junheng.indicators import CATALOGUE
from junheng.schema import Stage


@dataclass(frozen=True)
class Lack:
    """One indicator of one county: how many parts miss it, and what all of them together lack."""

    indicator: str
    failing: dict[Stage, int]
    schools: int
    to_limit: Fraction
    to_floor: Fraction
    unit: str
    by_school: dict[str, Fraction]
    """School code → what it lacks to the limit: greater than 0, and together `to_limit`."""


def lacks(county: CountyVerdict) -> tuple[Lack, ...]:
    """One entry an indicator, in the order of the scheme."""
    return tuple(_lack(county, code) for code in county.standard.indicators)


def _lack(county: CountyVerdict, code: str) -> Lack:
    failing = dict.fromkeys(county.standard.stages, 0)
    by_school: dict[str, list[PartIndicator]] = defaultdict(list)
    for part in county.parts:
        judged = part.of(code)
        if judged.verdict is Verdict.FAIL:
            failing[part.stage] += 1
            by_school[part.school_code].append(judged)
    gaps = {school: [each.gap for each in group if each.gap] for school, group in by_school.items()}
    shared = CATALOGUE[code].shared

    def of_school(amounts: list[Fraction]) -> Fraction:
        return max(amounts) if shared else sum(amounts, Fraction(0))

    lacking = {c: of_school([gap.to_limit for gap in group]) for c, group in gaps.items()}
    return Lack(
        code,
        failing,
        len(by_school),
        sum(lacking.values(), Fraction(0)),
        sum((of_school([gap.to_floor for gap in group]) for group in gaps.values()), Fraction(0)),
        CATALOGUE[code].gap_unit,
        {school: amount for school, amount in lacking.items() if amount},
    )
