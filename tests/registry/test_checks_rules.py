"""The rules as data: each names a kind, columns that exist, and everything a clerk is told."""

import string
from itertools import pairwise

import pytest

from junheng.registry import Level
from junheng.registry.catalogue import school_columns, tables
from junheng.registry.checks import catalogue, rules
from junheng.registry.checks.kinds import KINDS
from junheng.registry.checks.rule import Rule, unverified_parts
from junheng.schema import Kind

COLUMNS = {name for table in tables().values() for name in table.columns()}
GIVEN = {"stage", "low", "high", "sheet", "counties", "expected", "day"}
"""Words that a kind fills in, beside the numbers of the rule."""
QUANTITIES = (Kind.INT, Kind.AREA, Kind.MONEY)


def each_rule(test):
    return pytest.mark.parametrize("rule", rules(), ids=lambda r: f"{r.code}-{r.stage or ''}")(test)


@each_rule
def test_a_rule_names_a_kind_and_columns_that_exist(rule: Rule) -> None:
    assert rule.kind in KINDS
    named = {*rule.left, *rule.right, *rule.columns, *rule.over_schools, *rule.swap}
    named |= {each.column for each in rule.bins} | ({rule.at} if rule.at else set())
    assert named <= COLUMNS


@each_rule
def test_a_rule_fills_the_braces_of_its_own_text(rule: Rule) -> None:
    numbers = {*rule.numbers, *(f"{name}_percent" for name in rule.numbers)}
    for text in (rule.allowed, rule.mend):
        assert text
        assert not text.endswith(("。", "，", "；"))
        words = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert words <= GIVEN | numbers


@each_rule
def test_a_rule_has_a_source_and_a_confidence(rule: Rule) -> None:
    assert rule.source
    assert rule.title
    assert rule.confidence in "HMLBD"
    assert rule.code[0] in "KSR"


def test_no_code_stands_for_two_rules() -> None:
    declared = {}
    for rule in rules():
        assert declared.setdefault(rule.code, rule.title) == rule.title
    assert len(declared) == len(catalogue())


def test_every_kind_is_used() -> None:
    assert {rule.kind for rule in rules()} == set(KINDS)


def test_each_k_of_the_standard_has_a_check_or_a_reason() -> None:
    covered = {code.split(".")[0] for code, *_ in catalogue()}
    covered |= {each.code for each in unverified_parts()}
    assert {f"K{n}" for n in range(1, 16)} <= covered


def test_the_fixed_columns_are_those_compared_with_last_year() -> None:
    by_kind = {rule.code: {*rule.columns, *rule.left} for rule in rules()}
    compared = by_kind["K15.12"] | by_kind["K15.13"]
    fixed = {name: column for name, column in school_columns().items() if column.fixed}
    assert compared == {n for n, column in fixed.items() if column.kind in QUANTITIES}
    assert by_kind["R92"] == {n for n, column in fixed.items() if column.kind not in QUANTITIES}


def test_the_class_bins_leave_no_size_out() -> None:
    for rule in rules():
        if rule.kind in ("bins_contain", "largest_class_in_top_bin", "class_list_bins"):
            ends = [(each.low, each.high) for each in rule.bins]
            assert ends[0][0] == 1
            assert ends[-1][1] is None
            assert all(high + 1 == low for (_, high), (low, _) in pairwise(ends))


def test_a_must_fix_is_never_a_question_and_a_question_never_a_must() -> None:
    for rule in rules():
        if rule.level is Level.EXPLAIN:
            assert "请" in rule.mend
