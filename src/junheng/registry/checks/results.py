"""Official results and signed statements: complete, possible, and agreeing with themselves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Round, problem_at
from junheng.registry.checks.rows import empty, label, rows_of, told
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import digits
from junheng.registry.filing import Record

PER_CENT = 100


@kind
def result_complete(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A row holds one of the sets of columns that its indicator asks for."""
    for row in rows_of(rule, round_):
        indicator = str(row.value("indicator"))
        ways = [words for name, words in rule.words.items() if name.startswith(indicator)]
        lacking = [[c for c in way if empty(row, c)] for way in ways]
        if lacking and all(lacking):
            lacks = min(lacking, key=len)
            found = f"{told(row, 'indicator')}，而{'、'.join(label(row, c) for c in lacks)}没有填"
            yield problem_at(row, lacks[0], found)


def _by_county(rows: Iterable[Record]) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[str(row.value("county_code"))].append(row)
    return dict(found)


def _surveys(rule: Rule, round_: Round) -> Iterator[tuple[list[Record], list[Record]]]:
    """Of each county: the rows of the whole, and those of the groups."""
    (indicator,), (whole,) = rule.words["indicator"], rule.words["whole"]
    rows = [row for row in rows_of(rule, round_) if row.value("indicator") == indicator]
    for of_county in _by_county(rows).values():
        named = [row for row in of_county if row.value("item") == whole]
        yield named, [row for row in of_county if row.value("item") not in (whole, None)]


@kind
def survey_has_a_whole(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A survey told by groups has the row of all together."""
    for whole, groups in _surveys(rule, round_):
        if not whole and groups:
            names = "、".join(str(row.value("item")) for row in groups)
            yield problem_at(groups[0], "item", f"只有 {names}，没有“{rule.words['whole'][0]}”一行")


@kind
def groups_make_the_whole(rule: Rule, _: Round, round_: Round) -> Outcome:
    """Σ groups = the whole, for each count, where all groups gave it."""
    for whole, groups in _surveys(rule, round_):
        for column in rule.columns if len(whole) == 1 else ():
            counts: list[Any] = [row.value(column) for row in groups]
            filed = whole[0].value(column)
            if counts and None not in counts and filed is not None and sum(counts) != filed:
                found = f"{told(whole[0], column)}，而各群体之和是 {digits(sum(counts))} 人"
                yield problem_at(whole[0], column, found)


@kind
def rate_as_counted(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A rate that stands beside its counts is theirs, but for rounding."""
    for row in rows_of(rule, round_):
        good, of, rate = (row.value(each) for each in rule.columns)
        if not (isinstance(good, int) and isinstance(of, int) and isinstance(rate, Decimal)):
            continue
        if of > 0 and abs(rate * of - PER_CENT * good) > rule.numbers["tolerance"] * of:
            found = "，".join(told(row, each) for each in rule.columns)
            yield problem_at(row, rule.at, found)


@kind
def statements_whole(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A county that signs for one item signs for all of them."""
    for rows in _by_county(rows_of(rule, round_)).values():
        there = {row.value("item") for row in rows}
        missing = [each for each in rule.words["items"] if each not in there]
        if missing:
            yield problem_at(rows[0], "item", f"缺少 {'、'.join(missing)}")


@kind
def open_cases_though_none(rule: Rule, _: Round, round_: Round) -> Outcome:
    """“Did not happen”, while cases about it are open."""
    for row in rows_of(rule, round_):
        if row.value("occurred") is False and row.value("open_cases"):
            yield problem_at(row, rule.at, f"{told(row, 'occurred')}，而{told(row, 'open_cases')}")
