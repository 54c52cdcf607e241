"""The smallest single change that turns a CV verdict, against trying every change."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle.judging import VARIANTS, cv_squared
from worked.building import rows_of, school

from junheng.diagnosis import SpreadVerdict, Verdict, assess_facts
from junheng.registry import Facts
from junheng.standards import Switches

ON = date(2026, 3, 31)
LIMIT = {"primary": Fraction("0.50"), "junior": Fraction("0.45")}
FARTHEST = 60
"""Rooms; every change up to here is tried."""

primary = st.tuples(st.just("primary"), st.just(0), st.integers(1, 400), st.integers(0, 30))
combined = st.tuples(
    st.just("nine_year"), st.integers(1, 300), st.integers(1, 400), st.integers(0, 30)
)
counties = st.lists(st.one_of(primary, combined), min_size=1, max_size=5)


def spread_of(schools: list, variant: str) -> SpreadVerdict:
    rows = [
        school(
            f"S{number}",
            school_type,
            {"primary": pupils, "junior": juniors} if juniors else {"primary": pupils},
            multimedia_classrooms=rooms,
        )
        for number, (school_type, juniors, pupils, rooms) in enumerate(schools)
    ]
    facts = Facts.from_rows(rows_of(rows), year=2025)
    assessment = assess_facts(facts, on=ON, switches=Switches(variant=variant))
    return next(
        spread
        for spread in assessment.spreads
        if (spread.stage.value, spread.indicator) == ("primary", "L7")
    )


def verdict(schools: list, variant: str) -> bool | None:
    """Whether the primary L7 passes, by the second engine's CV."""
    known = [
        (str(number), pupils, 100 * rooms / (pupils + Fraction("1.1") * juniors))
        for number, (_, juniors, pupils, rooms) in enumerate(schools)
    ]
    squared, _ = cv_squared(known, variant)
    return None if squared is None else squared <= LIMIT["primary"] ** 2


def turning(schools: list, variant: str) -> set[tuple[str, int]]:
    """Every (school, change in rooms) within reach that turns the verdict."""
    before = verdict(schools, variant)
    found = set()
    for number, (school_type, juniors, pupils, rooms) in enumerate(schools):
        for change in range(-min(rooms, FARTHEST), FARTHEST + 1):
            changed = [*schools]
            changed[number] = (school_type, juniors, pupils, rooms + change)
            if verdict(changed, variant) is (not before):
                found.add((f"S{number}", change))
    return found


ON_THE_LIMIT = [("primary", 0, 117, 0), ("primary", 0, 234, 1), ("primary", 0, 234, 1)]
TOUCHING = [("primary", 0, 117, 0), ("primary", 0, 234, 0), ("primary", 0, 234, 3)]
FLAT_ON_THE_LIMIT = [("nine_year", 1, 43, 0), *[("nine_year", 76, 33, 1)] * 4]
"""CV exactly on the limit; a change that only just reaches it; a school whose CV is least there."""


HANDMADE = (
    ON_THE_LIMIT, TOUCHING, FLAT_ON_THE_LIMIT,
    [("primary", 0, 100, 3), ("primary", 0, 300, 3), ("primary", 0, 200, 9)],
    [("primary", 0, 40, 1), ("primary", 0, 390, 28), ("nine_year", 120, 260, 11)],
    [("primary", 0, 50, 0), ("primary", 0, 50, 30)],
    [("nine_year", 299, 1, 2), ("primary", 0, 399, 30), ("primary", 0, 7, 1), ("primary", 0, 61, 4)],
    [("primary", 0, 100, 2), ("primary", 0, 100, 2), ("primary", 0, 100, 2)],
    [("primary", 0, 200, 4), ("primary", 0, 200, 12)], [("primary", 0, 10, 0), ("primary", 0, 400, 9)],
)  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("number", range(len(HANDMADE)))
def test_no_smaller_change_turns_the_verdict_of_a_handmade_county(number, variant):
    turned(HANDMADE[number], variant)


@pytest.mark.slow
@settings(max_examples=60)
@example(ON_THE_LIMIT, "weighted")
@example(TOUCHING, "weighted")
@example(FLAT_ON_THE_LIMIT, "unweighted_pop")
@given(counties, st.sampled_from(VARIANTS))
def test_no_smaller_change_turns_the_verdict(schools, variant):
    turned(schools, variant)


def turned(schools, variant):
    spread = spread_of(schools, variant)
    if spread.verdict is Verdict.NO_DATA:
        assert (spread.flip, spread.flip_by_adding) == (None, None)
        return
    found = turning(schools, variant)
    check(spread.flip, spread, found)
    check(spread.flip_by_adding, spread, {(code, change) for code, change in found if change > 0})


def check(flip, spread, found) -> None:
    least = min((abs(change) for _, change in found), default=None)
    if flip is None:
        assert least is None
        return
    assert flip.becomes is (Verdict.PASS if spread.verdict is Verdict.FAIL else Verdict.FAIL)
    assert flip.unit == "间"
    if abs(flip.change) <= FARTHEST:
        assert (flip.school_code, flip.change) in found
        assert abs(flip.change) == least
    else:
        assert least is None


@pytest.mark.parametrize("variant", VARIANTS)
def test_one_school_alone_cannot_be_turned(variant):
    assert spread_of([("primary", 0, 100, 5)], variant).flip is None
