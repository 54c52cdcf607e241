"""What the schools would file in a later year if nothing were done: pupils and classes as told, the rest as filed.

A school, stage or year of which nothing is told stays as it was sealed. Where pupils and classes are
told and the size of each class is not, the sealed sizes are blanked: nobody knows them then.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.diagnosis import Assessment
from junheng.errors import MisuseError
from junheng.indicators.stages import (
    ATTACHED_JUNIOR_TYPES,
    ATTACHED_PRIMARY_TYPES,
)
from junheng.plan.applying import applied
from junheng.plan.class_size.present import GRADES, bins
from junheng.plan.compliance.ahead.nouns import Count, Forecast
from junheng.plan.later_returns import campuses_of, later_return
from junheng.plan.nouns import Outlook
from junheng.registry import Facts
from junheng.registry.applicability import JUNIOR_TYPES, PRIMARY_TYPES, SENIOR_TYPES
from junheng.schema import Stage
from junheng.standards import Standard, Switches
from junheng.years import SchoolYear

OWN = {Stage.PRIMARY: PRIMARY_TYPES, Stage.JUNIOR: JUNIOR_TYPES, Stage.SENIOR: SENIOR_TYPES}
ATTACHED = {Stage.PRIMARY: ATTACHED_PRIMARY_TYPES, Stage.JUNIOR: ATTACHED_JUNIOR_TYPES}
SHOWN = 20
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Year:
    """One year in which everything that is asked must hold, as it would be if nothing were done."""

    year: int
    facts: Facts
    judged: Assessment
    binds: bool
    """False where it asks nothing that the year before does not."""


def stages_told(facts: Facts) -> dict[str, tuple[Stage, ...]]:
    """School → the stages at which it has, or may have, pupils of its own."""
    return {
        row["school_code"]: tuple(
            stage
            for stage in Stage
            if row["school_type"] in (*OWN[stage], *ATTACHED.get(stage, ()))
        )
        for row in facts["schools"].iter_rows(named=True)
    }


def outlooks_of(facts: Facts, forecast: Forecast, by: int) -> tuple[Outlook, ...]:
    """The returns of `by`, and of every later year that is told of.

    Raises MisuseError for schools, and stages of schools, that are not in the facts."""
    if not forecast:
        return (Outlook(by, {}, {}),)
    filed = {row["school_code"]: row for row in facts.schools.iter_rows(named=True)}
    there = stages_told(facts)
    strange = {c.key[:2]: c for c in forecast.counts if c.stage not in there.get(c.school, ())}
    if strange:
        named = "、".join(f"{code}（{stage.label}）" for code, stage in [*strange][:SHOWN])
        raise MisuseError(f"学生数里的学校、学段不在封存里：{named}。请用做学生数的那次封存。")
    years = [by, *(year for year in forecast.years if year > by)]
    return tuple(_outlook(facts, filed, forecast, year) for year in years)


def _outlook(facts: Facts, filed: Mapping[str, Row], forecast: Forecast, year: int) -> Outlook:
    told: dict[str, list[Count]] = {}
    for count in forecast.counts:
        if count.year == year:
            told.setdefault(count.school, []).append(count)
    values = {code: _values(filed[code], counts, year) for code, counts in sorted(told.items())}
    if not told:
        return Outlook(year, values, {})
    anew = {
        (c.school, c.stage) for counts in told.values() for c in counts if c.classes is not None
    }
    kept = [
        dict(row)
        for row in facts["classes"].iter_rows(named=True)
        if row["school_code"] in values and (row["school_code"], row["stage"]) not in anew
    ]
    classes = [row for code in sorted(told) for row in _class_list(code, told[code])]
    campuses = campuses_of(facts, values)
    listed = {"classes": (*kept, *classes)} | ({"campuses": campuses} if campuses else {})
    return Outlook(year, values, listed)


def _values(row: Row, counts: Sequence[Count], year: int) -> dict[str, Any]:
    """Columns that say pupils and classes, and what follows from them."""
    found: dict[str, Any] = {}
    for count in counts:
        stage = count.stage
        own = row["school_type"] in OWN[stage]
        found[f"enrolment_{stage}" if own else f"attached_{stage}_enrolment"] = count.pupils
        if count.classes is not None:
            found[f"class_count_{stage}"] = count.classes
            found |= _sizes(count) if count.sizes else dict.fromkeys(_size_columns(stage))
        else:
            found |= dict.fromkeys(_grade_columns(stage))
    return later_return(row, found, year)


def _sizes(count: Count) -> Iterator[tuple[str, int]]:
    """Pupils by grade, and classes by size."""
    sizes = dict(count.sizes)
    for grade in GRADES[count.stage]:
        yield f"enrolment_grade_{grade}", sum(sizes.get(grade, ()))
    every = [n for each in sizes.values() for n in each]
    yield f"max_class_size_{count.stage}", max(every, default=0)
    for column, low, high in bins():
        inside = [n for n in every if low <= n and (high is None or n <= high)]
        yield f"{column}_{count.stage}", len(inside)


def _size_columns(stage: Stage) -> Iterator[str]:
    """Columns that say how many are in a grade and how large classes are."""
    yield from _grade_columns(stage)
    yield f"max_class_size_{stage}"
    yield from (f"{column}_{stage}" for column, _, _ in bins())


def _grade_columns(stage: Stage) -> Iterator[str]:
    yield from (f"enrolment_grade_{grade}" for grade in GRADES[stage])


def _class_list(code: str, counts: Sequence[Count]) -> Iterator[dict[str, Any]]:
    for count in counts:
        for grade, sizes in count.sizes:
            for number, pupils in enumerate(sizes, start=1):
                yield {
                    "school_code": code, "grade": grade, "class_no": str(number),
                    "stage": count.stage.value, "pupils": pupils,
                }  # fmt: skip


Judge = Callable[[Facts, date], Assessment]


def years_of(
    facts: Facts, today: Assessment, outlooks: Sequence[Outlook], day_of: Callable[[int], date],
    judge: Judge,
) -> Iterator[Year]:  # fmt: skip
    """Every year of the outlooks, judged by what is in force in it; `today` stands for a year that
    changes nothing."""
    before: tuple[Any, ...] | None = None
    for outlook in outlooks:
        day = day_of(outlook.year)
        asks = (outlook.values, outlook.rows, day)
        if not outlook.values and day == today.on:
            held, judged = facts, today
        else:
            held = applied(facts, outlook.year, outlook.values, outlook.rows, {})
            judged = judge(held, day)
        yield Year(outlook.year, held, judged, asks != before)
        before = asks


def days_of(
    places: Sequence[str], on: date, scheme: str, switches: Switches | None
) -> Callable[[int], date]:
    """The day by which a school year is judged: its first, where other requirements hold then than on `on`,
    or where an exception is switched on, which counts only while its papers and leases hold."""

    def day_of(year: int) -> date:
        first = SchoolYear(year).first_day
        if first <= on:
            return on
        pairs = [
            [Standard.at(place, day, scheme_code=scheme, switches=switches) for day in (on, first)]
            for place in places
        ]
        excepted = any(then.switches.relaxations for _, then in pairs)
        same = all(_says(now) == _says(then) for now, then in pairs)
        return on if same and not excepted else first

    return day_of


def _says(standard: Standard) -> tuple[Any, ...]:
    return (standard.scheme, standard.demands, standard.relaxations, standard.open_points)


__all__ = ["Year", "days_of", "outlooks_of", "stages_told", "years_of"]
