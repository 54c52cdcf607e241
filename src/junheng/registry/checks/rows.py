"""The rows of a list, each on its own: values against one another, against a list of words, a day."""

from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from itertools import pairwise

from junheng.registry.catalogue import tables
from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.listed import Listed
from junheng.registry.checks.returns import Round, problem_at
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import after
from junheng.registry.filing import Record, State
from junheng.years import SchoolYear


def lists_of(rule: Rule, round_: Round) -> Iterator[tuple[Listed, tuple[str, ...]]]:
    """Each of the rule's tables, and the columns of the rule that it has."""
    for table in rule.tables:
        yield round_.lists[table], _held(table, rule.columns)


def rows_of(rule: Rule, round_: Round) -> Iterator[Record]:
    """Every row of the rule's tables, in order of their keys."""
    for table in rule.tables:
        yield from round_.lists[table].rows


def told(row: Record, column: str) -> str:
    """“label”为 value, in the words of the form."""
    declared = tables()[row.table].columns()[column]
    return f"“{declared.label}”{after('为', declared, row.value(column))}"


def label(row: Record, column: str) -> str:
    return f"“{tables()[row.table].columns()[column].label}”"


def empty(row: Record, column: str) -> bool:
    """Blank or —; what the reader could not take is its own finding."""
    return row.state(column) in (State.BLANK, State.NOT_APPLICABLE, None)


@cache
def _held(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in columns if each in tables()[table].columns())


@kind
def row_value_known(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A code is one of those that there are."""
    for listed, _columns in lists_of(rule, round_):
        for row in listed.those(lambda value: value not in (None, *rule.words["known"]), rule.at):
            yield problem_at(row, rule.at, told(row, rule.at))


@kind
def row_dates_in_order(rule: Rule, _: Round, round_: Round) -> Outcome:
    """Each day of the rule is not before the one named ahead of it."""
    for listed, columns in lists_of(rule, round_):
        for one, other in pairwise(columns):
            for row in listed.those(_is_after, one, other):
                yield problem_at(row, rule.at, f"{told(row, one)}，{told(row, other)}")


def _is_after(first: object, second: object) -> bool:
    return isinstance(first, date) and isinstance(second, date) and first > second


@kind
def row_numbers_in_order(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The first number is at most the second."""
    one, other = rule.columns
    for row in rows_of(rule, round_):
        first, second = row.value(one), row.value(other)
        if isinstance(first, int) and isinstance(second, int) and first > second:
            yield problem_at(row, rule.at, f"{told(row, one)}，{told(row, other)}")


@kind
def row_needs(rule: Rule, _: Round, round_: Round) -> Outcome:
    """Where the first column says one of the rule's words, the others are filled."""
    first, *others = rule.columns
    for listed, _columns in lists_of(rule, round_):
        for row in listed.those(lambda value: str(value) in rule.words["when"], first):
            for each in others:
                if empty(row, each):
                    yield problem_at(row, each, f"{told(row, first)}，而{label(row, each)}没有填")


@kind
def row_not_after_day(rule: Rule, _: Round, round_: Round) -> Outcome:
    """Nothing is dated after the day of filing; where that is unknown, after the school year."""
    term = _calendar(round_.year)
    day = round_.on or (term.last_day if term else date.max)
    for listed, columns in lists_of(rule, round_):
        for each in columns:
            for row in listed.those(lambda value: _is_after(value, day), each):
                yield problem_at(row, each, told(row, each), numbers={"day": day.isoformat()})


@kind
def row_in_force(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The period of validity holds the day of filing; where that is unknown, the count day."""
    term = _calendar(round_.year)
    day = round_.on or (term.first_day if term else None)
    if day is None:
        return
    early = round_.on is not None
    for listed, _columns in lists_of(rule, round_):
        for row in listed.those(partial(_is_out_of_force, day, early), *rule.columns):
            lapsed = _is_after(day, row.value(rule.columns[1]))
            column = rule.columns[1] if lapsed else rule.columns[0]
            yield problem_at(row, column, told(row, column), numbers={"day": day.isoformat()})


def _is_out_of_force(day: date, early: bool, since: object, until: object) -> bool:
    """Lapsed before the day, or, if `early`, not yet in force."""
    return _is_after(day, until) or (early and _is_after(since, day))


def _calendar(year: int | None) -> SchoolYear | None:
    """The school year, where the calendar has both of its ends."""
    return SchoolYear(year) if year is not None and date.min.year <= year < date.max.year else None
