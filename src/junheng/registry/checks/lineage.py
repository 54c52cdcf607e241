"""The rows of 学校沿革: do codes, registers and types bear them out? (standards.md §10)"""

from collections.abc import Iterator
from decimal import Decimal

from junheng.registry.catalogue import tables
from junheng.registry.checks.descent import (
    CLOSED,
    CODE_KEPT,
    SPLIT,
    TYPE_CHANGED,
    VOIDING,
    added,
    changes_of,
)
from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Number, Round, School, problem_at
from junheng.registry.checks.rows import rows_of, told
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import after, amount, column_of
from junheng.registry.filing import Record

Row = tuple[Record, str, str, str]


def _rows(rule: Rule, round_: Round) -> Iterator[Row]:
    """(row, old code, new code, change) of the rows that say all three."""
    for row in rows_of(rule, round_):
        old, new, change = (row.value(each) for each in ("old_code", "new_code", "change"))
        if isinstance(old, str) and isinstance(new, str) and isinstance(change, str):
            yield row, old, new, change


def _is_unsure(round_: Round) -> bool:
    """Some code of this year could not be read, or the register is not there at all."""
    lost = round_.unreadable("register") or round_.unreadable("schools")
    return bool(lost) or not round_.register


@kind
def codes_fit_the_change(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A new name or an end keeps the code; a new type, a merger or a division gives another."""
    for row, old, new, change in _rows(rule, round_):
        if (old == new) is not (change in CODE_KEPT):
            same = "两个代码相同" if old == new else "两个代码不同"
            yield problem_at(row, rule.at, f"{told(row, 'change')}，而{same}")


@kind
def new_code_there(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The school that came of a change is on this year's register."""
    for row, _old, new, change in _rows(rule, round_) if not _is_unsure(round_) else ():
        if change != CLOSED and new not in round_.codes:
            yield problem_at(row, rule.at, f"新学校代码 {new} 不在本学年的学校名册上，也没有填报")


@kind
def void_code_gone(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A code that this year's change made void is not in use this year."""
    for row, old, new, change in _rows(rule, round_):
        kept = change != CLOSED and old == new
        if change in VOIDING and not kept and old in round_.codes:
            yield problem_at(row, rule.at, f"原学校代码 {old} 仍在本学年的学校名册上或仍有填报")


@kind
def old_code_was_there(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The school that changed was there last year."""
    for row, old, _new, _change in _rows(rule, round_) if round_.history.last_codes else ():
        if old not in round_.history.last_codes:
            yield problem_at(row, rule.at, f"上年的学校中没有代码 {old}")


@kind
def type_did_change(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A change of type is one."""
    for row, old, new, change in _rows(rule, round_):
        school, then = (
            round_.schools.get(new),
            round_.history.last_rows.get(old, {}).get("school_type"),
        )
        if change == TYPE_CHANGED and school is not None and school.type == then is not None:
            column = column_of("school_type")
            found = (
                f"{told(row, 'change')}，而“{school.name}”上年和今年{after('都是', column, then)}"
            )
            yield problem_at(row, rule.at, found)


@kind
def void_code_not_reused(rule: Rule, school: School, round_: Round) -> Outcome:
    """A code that was void in an earlier year names no school today."""
    for year, facts in sorted(round_.earlier.items()):
        if round_.year is not None and year >= round_.year:
            continue
        for each in changes_of(facts["lineage"].to_dicts()):
            if each.old == school.code and each.change in VOIDING:
                word = amount(tables()["lineage"].columns()["change"], each.change)
                found = f"“{school.name}”的代码 {school.code} 在 {year} 年已因{word}作废"
                yield school.problem(rule.at, found)


@kind
def division_keeps_the_sum(rule: Rule, _: Round, round_: Round) -> Outcome:
    """What a divided school was is about what those that came of it are together."""
    divided: dict[str, set[str]] = {}
    for _row, old, new, change in _rows(rule, round_):
        if change == SPLIT:
            divided.setdefault(old, {old}).add(new)
    for old, codes in divided.items():
        before = round_.history.last_rows.get(old, {})
        schools = [round_.schools[each] for each in sorted(codes) if each in round_.schools]
        for column in rule.columns if before and schools else ():
            yield from _division(rule, column, before.get(column), schools)


def _division(rule: Rule, column: str, then: Number | None, schools: list[School]) -> Outcome:
    now: Number | None = added(each.values.get(column) for each in schools)
    if (
        now is None
        or then is None
        or abs(Decimal(now) - then) <= rule.numbers["share"] * Decimal(then)
    ):
        return
    names = "、".join(f"“{each.name}”" for each in schools)
    at = next(each for each in schools if each.values.get(column) is not None)
    declared = column_of(column)
    found = (
        f"分立后{names}的“{declared.label}”合计 {amount(declared, now)}，"
        f"分立前{after('为', declared, then)}"
    )
    yield at.problem(column, found)
