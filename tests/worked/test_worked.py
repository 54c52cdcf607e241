"""Every worked example comes out as it was worked by hand; every vector and indicator has one."""

from fractions import Fraction

import pytest

from junheng.diagnosis import PartVerdict, SpreadVerdict
from junheng.standards import scheme
from worked.example import Example, ExpectedPart, ExpectedSpread, examples, rounded_as

EXAMPLES = examples()
PER = {"L1": 100, "L2": 100, "L3": 100, "L7": 100}

each_example = pytest.mark.parametrize("name", EXAMPLES)


def fractions(written: dict[str, str]) -> dict[str, Fraction]:
    return {code: Fraction(text) for code, text in written.items()}


def amount(part: PartVerdict, code: str) -> Fraction:
    """The part's share of what the school has."""
    value = part.of(code).value
    assert value is not None
    return value * part.pupils / PER.get(code, 1)


@each_example
def test_parts_come_out_as_worked_by_hand(name):
    example = EXAMPLES[name]
    parts = {(part.school_code, part.stage.value): part for part in example.county().parts}
    if example.expected.parts:
        assert [f"{code} {stage}" for code, stage in parts] == list(example.expected.parts)
    for expected in example.expected.part:
        check_part(parts[expected.school, expected.stage], expected)


def check_part(part: PartVerdict, expected: ExpectedPart) -> None:
    judged = {each.indicator: each for each in part.indicators}
    gaps = {code: each.gap for code, each in judged.items() if each.gap is not None}
    for code, text in expected.value.items():
        assert judged[code].value == Fraction(text), code
    for code, text in expected.amount.items():
        assert rounded_as(amount(part, code), text) == Fraction(text), code
    for code, word in expected.verdicts.items():
        assert judged[code].verdict == word, code
    told = {code: gaps[code].to_limit for code in expected.gap}
    assert told == fractions(expected.gap)
    told = {code: gaps[code].to_floor for code in expected.floor_gap}
    assert told == fractions(expected.floor_gap)
    assert expected.met in (None, part.met)
    assert expected.verdict in ("", part.verdict)


@each_example
def test_parts_add_up_to_the_whole_school(name):
    example = EXAMPLES[name]
    for code, wholes in example.expected.whole.items():
        parts = [part for part in example.county().parts if part.school_code == code]
        for indicator, text in wholes.items():
            assert sum(amount(part, indicator) for part in parts) == Fraction(text)


@each_example
def test_coefficients_of_variation_come_out_as_worked_by_hand(name):
    example = EXAMPLES[name]
    for expected in example.expected.spread:
        check_spread(the_spread(example, expected), expected)


def the_spread(example: Example, expected: ExpectedSpread) -> SpreadVerdict:
    county = example.county(expected.variant)
    (found,) = (
        spread
        for spread in county.spreads
        if (spread.stage.value, spread.indicator) == (expected.stage, expected.indicator)
    )
    return found


def check_spread(spread: SpreadVerdict, expected: ExpectedSpread) -> None:
    assert (spread.variant, spread.verdict) == (expected.variant, expected.verdict)
    assert (spread.cv is None) is (expected.cv == "")
    assert (spread.cv == 0) is (expected.cv == "0"), "0 means exactly 0"
    for value, text in (
        (spread.cv, expected.cv),
        (spread.mean, expected.mean),
        (spread.deviation, expected.deviation),
    ):
        if text:
            assert rounded_as(value, text) == Fraction(text)
    told = {s.school_code: Fraction(s.numerator, spread.total or 1) for s in spread.shares}
    for code, text in expected.shares.items():
        assert rounded_as(told[code], text) == Fraction(text), code
    assert spread.one_school is expected.one_school
    assert tuple(code for code, _ in spread.missing) == expected.missing


@pytest.mark.parametrize("name", [n for n, e in EXAMPLES.items() if e.expected.county])
def test_the_county_comes_out_as_worked_by_hand(name):
    expected = EXAMPLES[name].expected.county
    county = EXAMPLES[name].county()
    assert county.resource == expected.verdict
    assert tuple(each.code for each in county.missing) == expected.missing
    assert tuple(each.code for each in county.left_out) == expected.left_out


def test_every_indicator_has_a_worked_example():
    worked = {
        code
        for example in EXAMPLES.values()
        for code in example.indicators
        if any(code in part.value for part in example.expected.part)
    }
    assert worked == set(scheme("2017-quality").indicators)


@pytest.mark.parametrize("stage", ["primary", "junior"])
def test_every_indicator_is_worked_at_both_stages(stage):
    worked = {
        code
        for example in EXAMPLES.values()
        for part in example.expected.part
        for code in part.value
        if part.stage == stage and code in example.indicators
    }
    assert worked == set(scheme("2017-quality").indicators)


def test_every_test_vector_of_the_reference_is_worked():
    held = {vector for example in EXAMPLES.values() for vector in example.vectors}
    assert held == {f"T{number}" for number in range(1, 19)}


@each_example
def test_an_example_says_who_worked_it_and_what_must_come_out(name):
    example = EXAMPLES[name]
    assert example.worked_by
    assert example.source
    expected = example.expected
    assert expected.part or expected.spread or expected.county or expected.whole
