"""Against the facts of an earlier year (filing.md §7 step 4; K1, K11, K13, K15)."""

from collections.abc import Mapping
from typing import Any

from junheng.registry.checks.descent import MERGED, RENAMED, SPLIT, TYPE_CHANGED
from junheng.registry.checks.kinds import Outcome, kind, kind_of_filing
from junheng.registry.checks.returns import Round, School
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import after, column_of, said


def _before(school: School, round_: Round) -> Mapping[str, Any]:
    return round_.history.before.get(school.code, {})


def _changed(school: School, column: str, before: Any) -> str:
    return f"{said(school, column)}，{after('上年为', column_of(column), before)}"


@kind
def jumped(rule: Rule, school: School, round_: Round) -> Outcome:
    """A quantity changed by more than the share of the rule: |now − last| > share · last."""
    before = _before(school, round_)
    for column in rule.columns if before else ():
        now, then = school.values.get(column), before.get(column)
        if now is None or then is None:
            continue
        if abs(now - then) > rule.numbers["share"] * then:
            yield school.problem(column, _changed(school, column, then))


@kind
def rose(rule: Rule, school: School, round_: Round) -> Outcome:
    """As `jumped`, upwards only: a fall has a rule of its own."""
    now, then = (each.get(rule.place) for each in (school.values, _before(school, round_)))
    if now is not None and then is not None and now - then > rule.numbers["share"] * then:
        yield school.problem(rule.place, _changed(school, rule.place, then))


@kind
def fell(rule: Rule, school: School, round_: Round) -> Outcome:
    """A quantity that only a disposal lowers is lower than last year."""
    now, then = (each.get(rule.place) for each in (school.values, _before(school, round_)))
    if now is not None and then is not None and now < then:
        yield school.problem(rule.place, _changed(school, rule.place, then))


@kind
def unchanged(rule: Rule, school: School, round_: Round) -> Outcome:
    """What a school is founded as does not change."""
    before = _before(school, round_)
    for column in rule.columns if before else ():
        now, then = school.values.get(column), before.get(column)
        if now is not None and then is not None and now != then:
            yield school.problem(column, _changed(school, column, then))


@kind
def unchanged_under_code(rule: Rule, school: School, round_: Round) -> Outcome:
    """As `unchanged`, for what a school may change only by taking a new code."""
    before = round_.history.last_rows.get(school.code, {})
    for column in rule.columns if before else ():
        now, then = school.values.get(column), before.get(column)
        if now is not None and then is not None and now != then:
            yield school.problem(column, _changed(school, column, then))


def _gone(round_: Round) -> dict[str, Mapping[str, Any]]:
    """Last year's schools of the filed counties of which nothing is filed, listed or told now."""
    told = {c.old for c in round_.history.changes if c.change not in (RENAMED, SPLIT)}
    filed = {*round_.schools, *round_.listed, *(each.key[0] for each in round_.strays)}
    return {
        code: row
        for code, row in round_.history.last_rows.items()
        if code not in filed | told and row.get("location_unit") in round_.counties
    }


def _came(round_: Round) -> list[School]:
    """Schools of this year that last year's facts lack and 学校沿革 does not tell of."""
    told = {c.new for c in round_.history.changes if c.change in (TYPE_CHANGED, MERGED, SPLIT)}
    return [
        s
        for code, s in round_.schools.items()
        if code not in round_.history.last_rows.keys() | told
    ]


def _renumbered(round_: Round) -> dict[str, str]:
    """New code → old code, where a school of the same name and county went and came untold."""
    old = {(row["school_name"], row["location_unit"]): code for code, row in _gone(round_).items()}
    return {
        school.code: old[school.name, school.county]
        for school in _came(round_)
        if (school.name, school.county) in old
    }


@kind_of_filing
def code_kept(round_: Round) -> Outcome:
    """A school of last year stands under another code."""
    for new, old in _renumbered(round_).items():
        school = round_.schools[new]
        found = f"“{school.name}”上年的代码是 {old}，今年是 {new}"
        yield school.problem("school_code", found)


@kind_of_filing
def school_still_there(round_: Round) -> Outcome:
    """A school of last year is neither filed, listed, nor told of in 学校沿革."""
    renumbered = set(_renumbered(round_).values())
    for code, row in _gone(round_).items():
        if code not in renumbered:
            county = round_.counties[row["location_unit"]]
            found = f"上年填报的“{row['school_name']}”（{code}）今年不在学校名册上，也没有填报"
            yield county.problem("county_code", found)


@kind_of_filing
def old_school_new_here(round_: Round) -> Outcome:
    """A school founded before last year was not in last year's facts."""
    yield from _newcomers(round_, founded_before=True)


@kind_of_filing
def new_school(round_: Round) -> Outcome:
    """A school that is new since last year, for the record."""
    yield from _newcomers(round_, founded_before=False)


def _newcomers(round_: Round, *, founded_before: bool) -> Outcome:
    if not round_.history.last_rows or round_.year is None:
        return
    renumbered = _renumbered(round_)
    for school in _came(round_):
        founded = school.values.get("founding_year")
        if school.code in renumbered or founded is None:
            continue
        if (founded < round_.year - 1) is founded_before:
            found = f"{said(school, 'founding_year')}，而上年的数据中没有“{school.name}”"
            yield school.problem("founding_year", found)


@kind
def cohort_as_then(rule: Rule, school: School, round_: Round) -> Outcome:
    """65 = enrolment of grade 7 in the facts of three years ago."""
    then = round_.history.cohort.get(school.code, {}).get(rule.right[0])
    now = school.values.get(rule.place)
    if now is not None and then is not None and now != then:
        found = f"{said(school, rule.place)}，而三年前填报的七年级人数为 {then} 人"
        yield school.problem(rule.place, found)
