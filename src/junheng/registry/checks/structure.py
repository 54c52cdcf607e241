"""Is every cell filled that must be, and none that has no meaning? (filing.md §7 step 1)"""

from collections.abc import Iterable
from functools import cache

from junheng.registry.catalogue import tables
from junheng.registry.checks.kinds import Outcome, kind, kind_of_filing
from junheng.registry.checks.returns import Problem, Round, problem_at
from junheng.registry.checks.rule import Rule, rules
from junheng.registry.checks.wording import after
from junheng.registry.filing import Origin, Record
from junheng.schema import Column


def declared(record: Record, column: str) -> Column:
    return tables()[record.table].columns()[column]


@cache
def _named_elsewhere(kind_: str) -> frozenset[str]:
    """Columns for which another rule of the same kind has a code of its own."""
    return frozenset(c for rule in rules() if rule.kind == kind_ for c in rule.columns)


def _own(rule: Rule, cells: Iterable[tuple[Record, str]]) -> Iterable[tuple[Record, str]]:
    if rule.columns:
        return [(r, c) for r, c in cells if c in rule.columns]
    elsewhere = _named_elsewhere(rule.kind)
    return [(r, c) for r, c in cells if c not in elsewhere]


@kind
def must_be_filled(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A cell that applies and is required is blank."""
    for record, column in _own(rule, round_.blank):
        yield problem_at(record, column, f"“{declared(record, column).label}”没有填")


@kind
def must_not_be_dashed(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A cell that applies and is required says 不适用."""
    for record, column in _own(rule, round_.dashed):
        yield problem_at(record, column, f"“{declared(record, column).label}”填了不适用（—）")


@kind
def must_not_be_filled(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A cell without a meaning for this school holds a value other than zero."""
    for record, column in _own(rule, round_.needless):
        cell = declared(record, column)
        whose = "该区县" if tables()[record.table].form else "该校"
        filled = after("填了", cell, record.value(column))
        yield problem_at(record, column, f"“{cell.label}”{filled}，而本栏对{whose}不适用")


@kind_of_filing
def row_present(round_: Round) -> Outcome:
    """Each school has its row in every table in which it must fill something."""
    for school, table in round_.absent:
        if table in round_.unread:
            continue
        row = next(iter(school.records.values()))
        sheet = tables()[table].label
        found = f"“{sheet}”表中没有“{school.name}”（{school.code}）的一行"
        yield Problem(row.origin, table, (school.code,), "", found, numbers={"sheet": sheet})


@kind_of_filing
def row_of_a_school(round_: Round) -> Outcome:
    """Each row names a school that has its row in 学校基本情况."""
    if round_.unreadable("schools") >= len(round_.strays) or "schools" in round_.unread:
        return
    for each in round_.strays:
        found = f"学校代码 {each.key[0]} 在“{tables()['schools'].label}”表中没有一行"
        yield problem_at(each, "school_code", found)


@kind_of_filing
def key_once(round_: Round) -> Outcome:
    """A key stands in one row only."""
    reported = {(f.table, f.key) for f in round_.filing.blocking if f.key}
    for later, earlier in round_.repeated:
        if (later.table, later.key) in reported:
            continue
        column = tables()[later.table].key[-1]
        found = f"“{'、'.join(later.key)}”重复填报，另一处在 {earlier.origin}"
        yield problem_at(later, column, found)


@kind_of_filing
def county_form_present(round_: Round) -> Outcome:
    """A filing holds at least one county form; a blank template holds none."""
    filing = round_.filing
    if round_.counties or round_.unreadable("county") or "county" in round_.unread:
        return
    files = [each.origin.file for each in filing.records]
    if not files and not filing.blocking:
        files = [each.file for each in filing.sources]
    if not files:
        return
    sheet, file = tables()["county"].label, min(files)
    found = f"没有“{sheet}”"
    yield Problem(Origin(file, sheet, "A1"), "county", (), "", found)


@kind_of_filing
def form_of_the_year(round_: Round) -> Outcome:
    """Each county form is for the year asked; without one, for the year of the others."""
    for county in round_.counties.values():
        if county.year is not None and county.year != round_.year:
            found = f"填报年度为 {county.year} 年，而本次为 {round_.year} 年"
            yield county.problem("filing_year", found)
