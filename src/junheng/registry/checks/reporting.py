"""From problems to the report: wording, explanations, order, and what was left unverified."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from junheng.registry.catalogue import tables
from junheng.registry.checks.history import YEAR_BEFORE, YEARS_OF_A_COHORT
from junheng.registry.checks.returns import Problem, Round
from junheng.registry.checks.rule import Rule, natural, unverified_parts
from junheng.registry.checks.wording import digits
from junheng.registry.filing import Finding, Level, Record

LEVELS = {level: number for number, level in enumerate(Level)}
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
ANSWERED = "说明将随数据一并封存，供审核时查看"


def finding(rule: Rule, problem: Problem) -> Finding:
    """A problem in the words of its rule."""
    given = {name: digits(number) for name, number in rule.numbers.items()}
    given |= {f"{name}_percent": digits(n * 100) for name, n in rule.numbers.items()}
    given |= problem.numbers
    given["stage"] = rule.stage.label if rule.stage else ""
    mend = f"{problem.hint}，{rule.mend}" if problem.hint else rule.mend
    return Finding(
        level=rule.level,
        check=rule.code,
        origin=problem.origin,
        found=problem.found,
        allowed=rule.allowed.format_map(given),
        mend=mend.format_map(given),
        table=problem.table,
        key=problem.key,
        column=problem.column,
    )


def answered(findings: Sequence[Finding], records: Iterable[Record]) -> list[Finding]:
    """请说明 on a cell beside which an explanation stands becomes 提示, explanation included."""
    asked = {(each.table, each.key) for each in findings if each.level is Level.EXPLAIN}
    said: dict[tuple[str, tuple[str, ...], str], str] = {
        (record.table, record.key, column): text
        for record in (records if asked else ())
        if (record.table, record.key) in asked
        for column, text in record.row.explanations().items()
    }
    return [_answered(each, said.get((each.table, each.key, each.column))) for each in findings]


def _answered(each: Finding, explanation: str | None) -> Finding:
    if explanation is None or each.level is not Level.EXPLAIN:
        return each
    return replace(
        each,
        level=Level.NOTE,
        found=f"{each.found}；已说明：{explanation}",
        mend=ANSWERED,
        explanation=explanation,
    )


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file, sheet as in the template, row, column; then by level and code."""
    return tuple(sorted(findings, key=_place))


def _place(each: Finding) -> tuple[object, ...]:
    row, column = address(each.origin.cell)
    sheet = _sheets().get(each.origin.sheet, len(_sheets()))
    return (
        each.origin.file, sheet, each.origin.sheet, row, column,
        LEVELS[each.level], natural(each.check), each.found,
    )  # fmt: skip


@cache
def _sheets() -> Mapping[str, int]:
    return {table.label: number for number, table in enumerate(tables().values())}


def address(cell: str) -> tuple[int, int]:
    """(row, column) of an address such as AB12; (0, 0) where it is none."""
    match = _ADDRESS.fullmatch(cell)
    return (0, 0) if match is None else (int(match[2]), _column(match[1]))


@cache
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def left_unverified(round_: Round) -> list[tuple[str, str]]:
    """The parts of the checks that what was filed does not reach."""
    return [
        (each.code, each.reason)
        for each in unverified_parts()
        if each.when == "always" or _holds(each.when, round_)
    ]


_LISTS = {"no_class_list": "classes", "no_room_list": "rooms"}


def _holds(circumstance: str, round_: Round) -> bool:
    if circumstance in _LISTS:
        table = round_.rows[_LISTS[circumstance]]
        return any(code not in table for code in round_.schools)
    match circumstance:
        case "no_last_year":
            return round_.history.facts_of(YEAR_BEFORE) is None
        case "no_cohort_year":
            return round_.history.facts_of(YEARS_OF_A_COHORT) is None
        case "no_files":
            return round_.folder is None
    return not round_.rows[circumstance.removeprefix("no_")]
