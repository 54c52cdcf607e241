"""One year of a compliance plan, line by line: what the plan answers for, what was met anyway, what it does not reach."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date

import msgspec

from junheng.diagnosis import Assessment, CountyVerdict, Verdict
from junheng.plan.applying import applied
from junheng.plan.compliance import BY_LINES, BY_PATH, Failing, Year, days_of, years_of
from junheng.plan.compliance.requiring import CLASSES
from junheng.plan.nouns import Plan
from junheng.registry import Facts
from junheng.standards import Switches
from junheng.studies.certificate import (
    BEYOND,
    HELD,
    MET,
    OPEN,
    PATH,
    UNKNOWN,
    LineStanding,
    YearStanding,
)

JUDGED = (Verdict.PASS, Verdict.FAIL)


def years_without(
    plan: Plan, facts: Facts, today: Assessment, judged: Callable[[Facts, date], Assessment]
) -> tuple[Year, ...]:
    """Every year of the plan, if nothing of it were done: a year older in any case. A school that had no
    leavers yet must tell of them by then, and what is 缺数据 for that is no doing of the plan."""
    codes = [county.code for county in today.counties]
    switches = msgspec.convert(plan.settings["switches"], Switches)
    day_of = days_of(codes, today.on, today.scheme, switches)
    return tuple(
        _dated(each, facts, judged) if each.judged is today else each
        for each in years_of(facts, today, plan.outlooks, day_of, judged)
    )


def _dated(year: Year, facts: Facts, judged: Callable[[Facts, date], Assessment]) -> Year:
    held = applied(facts, year.year, {}, {}, {})
    return replace(year, facts=held, judged=judged(held, year.judged.on))


def year_standing(
    bare: Year, today: Assessment, ahead: Assessment, left: Sequence[Failing], *, on_path: bool,
    sized: bool,
) -> YearStanding:  # fmt: skip
    """One year: today, and then; `bare` is the year without the plan, `sized` whether class sizes are known."""
    pairs = list(zip(today.counties, bare.judged.counties, ahead.counties, strict=True))
    return YearStanding(
        bare.year, ahead.on,
        {
            now.code: tuple(
                (a.title, a.verdict, b.verdict) for a, b in zip(now.areas, then.areas, strict=True)
            )
            for now, _, then in pairs
        },
        tuple(line for each in pairs for line in _lines(*each, left, on_path=on_path, sized=sized)), tuple(left),
    )  # fmt: skip


def _lines(
    now: CountyVerdict, bare: CountyVerdict, then: CountyVerdict, left: Sequence[Failing],
    *, on_path: bool, sized: bool,
) -> Iterator[LineStanding]:  # fmt: skip
    """Line by line: a line with a requirement left unmet is not one that the plan meets.

    A part that is left unmet is not forgiven the one indicator that it might stay behind in: that line
    is open too, though one requirement was counted."""
    mine = [each for each in left if each.county in ("", now.code)]
    behind = {(each.school, each.stage) for each in mine if each.kind == "part"}
    open_ = {each.line for each in mine}
    open_ |= {code for code in now.standard.indicators if _fails_only_at(then, code, behind)}
    for one, without, other in zip(now.lines, bare.lines, then.lines, strict=True):
        reach = MET if without.verdict is Verdict.PASS else BEYOND
        if one.code == CLASSES and not sized and without.verdict not in JUDGED:
            reach = UNKNOWN
        if one.code in (*now.standard.indicators, *BY_LINES):
            reach = OPEN if one.code in open_ else HELD
        elif on_path and one.code in BY_PATH and other.verdict in JUDGED:
            reach = OPEN if one.code in open_ else PATH
        yield LineStanding(now.code, one.code, one.label, one.verdict, other.verdict, reach)


def _fails_only_at(county: CountyVerdict, code: str, parts: Set[tuple[str, str]]) -> bool:
    """Whether the line fails, and nowhere but at these parts (school, stage)."""
    failing = {
        (each.school_code, each.stage.value)
        for each in county.parts
        if each.verdict is Verdict.FAIL and each.of(code).verdict is Verdict.FAIL
    }
    even = all(each.verdict is Verdict.PASS for each in county.spreads if each.indicator == code)
    return bool(failing) and failing <= parts and even


__all__ = ["year_standing", "years_without"]
