"""Whether the facts that a plan leads to could be filed: the checks that stop a return, asked of them.

What stops the sealed facts too, once they are dated in that year, is the doing of time (a lease that
ran out), not of the plan. A cell that is blank because nobody knows it yet is no contradiction: the
engine says 缺数据 of what depends on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from junheng.plan.applying import applied
from junheng.plan.following import LAND
from junheng.plan.nouns import Projection
from junheng.registry import Facts, Finding, Level, check
from junheng.registry.checks.rule import rules_of
from junheng.registry.refiling import refiled

SHOWN = 20
"""Faults told of one year."""


@dataclass(frozen=True)
class NewLand:
    """Ground of a plan that the land a school has today does not hold."""

    school: str
    name: str
    area_m2: Decimal


def faults_of(projection: Projection, facts: Facts) -> Iterator[str]:
    """What no checked return could say, in sentences; `facts` are those the plan was made from."""
    found = _stopping(projection.facts)
    if found:
        bare = {_place(each) for each in _stopping(applied(facts, projection.year, {}, {}, {}))}
        found = [each for each in found if _place(each) not in bare]
    for each in found[:SHOWN]:
        where = "、".join(each.key)
        yield f"{projection.year}学年的推演过不了填报校验{each.check}：{where} {each.found}；{each.allowed}"
    if len(found) > SHOWN:
        yield f"{projection.year}学年的推演过不了填报校验的另有{len(found) - SHOWN}处"


def _stopping(facts: Facts) -> list[Finding]:
    blank = {rule.code for rule in rules_of("must_be_filled")}
    report = check(refiled(facts), year=facts.year)
    return [each for each in report.at(Level.MUST_FIX) if each.check not in blank]


def _place(each: Finding) -> tuple[str, str, tuple[str, ...], str]:
    return (each.check, each.table, each.key, each.column)


def new_land(projection: Projection, facts: Facts) -> tuple[NewLand, ...]:
    """Schools whose new sports ground needs more land than they have, by code."""
    had = dict(facts["facilities"].select("school_code", LAND).iter_rows())
    names = dict(facts["schools"].select("school_code", "school_name").iter_rows())
    then = projection.facts["facilities"].select("school_code", LAND).iter_rows()
    return tuple(
        NewLand(code, str(names[code]), area - had[code])
        for code, area in sorted(then)
        if area is not None and had[code] is not None and area > had[code]
    )


__all__ = ["NewLand", "faults_of", "new_land"]
