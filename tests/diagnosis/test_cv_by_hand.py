"""One coefficient of variation judged from a handful of values, without a county around it."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from diagnosis.by_hand import COUNTY, JUNIOR, PRIMARY, measured, missing, standard

from junheng.diagnosis import SpreadVerdict, Verdict
from junheng.diagnosis.parts import Measured
from junheng.diagnosis.spreads import judge_spread
from junheng.indicators import Missing

VARIANTS = ("weighted", "unweighted_pop", "unweighted_sample", "pooled_unweighted")


def cv_of(
    parts: Sequence[Measured],
    missing: Sequence[Missing] = (),
    *,
    indicator: str = "L7",
    variant: str = "weighted",
) -> SpreadVerdict:
    return judge_spread(COUNTY, indicator, PRIMARY, parts, missing, standard(variant))


def schools(*values, pupils=100, indicator="L7"):
    return [measured(f"S{n}", pupils, {indicator: value}) for n, value in enumerate(values)]


# --- what is told beside the verdict --------------------------------------------------------------


def test_values_of_all_schools_come_to_mean_deviation_and_verdict():
    found = cv_of(schools(2, 4, 6))
    assert (found.county, found.stage, found.parts, found.missing) == (COUNTY, PRIMARY, 3, ())
    assert found.mean == 4
    assert found.deviation == pytest.approx((8 / 3) ** 0.5)
    assert (found.verdict, found.limit) == (Verdict.PASS, Fraction(1, 2))
    assert set(found.readings) == set(VARIANTS)


def test_each_school_has_its_share_of_the_variance_the_greatest_first():
    found = cv_of(schools(4, 1, 5, 6))
    # Mean 4: away by 0, 3, 1, 2.
    assert [share.school_code for share in found.shares] == ["S1", "S3", "S2", "S0"]
    assert [Fraction(share.numerator, found.total) for share in found.shares] == [
        Fraction(9, 14), Fraction(4, 14), Fraction(1, 14), 0,
    ]  # fmt: skip
    assert [share.below for share in found.shares] == [True, False, False, False]


def test_schools_with_the_same_share_stand_in_order_of_their_codes():
    parts = [*schools(3, 5)][::-1]
    assert [share.school_code for share in cv_of(parts).shares] == ["S0", "S1"]


def test_a_school_with_a_single_pupil_and_the_least_value_is_below_the_mean():
    assert [share.below for share in cv_of(schools(1, 2, pupils=1)).shares] == [True, False]


def test_a_school_a_hundredth_under_the_mean_is_below_it():
    found = cv_of(schools(Fraction(499, 100), Fraction(501, 100)))
    assert [share.below for share in found.shares] == [True, False]


def test_a_school_just_under_the_mean_is_below_it_and_one_on_it_is_not():
    close = Fraction(1, 10**30)
    found = cv_of(schools(5 - close, 5 + close, 5))
    assert {share.school_code: share.below for share in found.shares} == {
        "S0": True, "S1": False, "S2": False,
    }  # fmt: skip


def test_a_school_without_the_value_leaves_it_open_and_is_named():
    found = cv_of(schools(2, None, 6))
    assert found.missing == (("S1", "示例S1"),)
    assert (found.verdict, found.cv, found.mean, found.deviation) == (
        Verdict.NO_DATA, None, None, None,
    )  # fmt: skip
    assert (found.parts, found.shares, found.total) == (2, (), 0)
    assert (found.flip, found.flip_by_adding) == (None, None)
    assert not found.near
    assert {each.verdict for each in found.readings.values()} == {Verdict.NO_DATA}
    assert all(each.cv is None for each in found.readings.values())


def test_missing_schools_are_named_in_order_of_code_and_once():
    parts = schools(2, None, 6)
    found = cv_of(parts, [missing("S9"), missing("A1"), missing("S1"), missing("J", JUNIOR)])
    assert [code for code, _ in found.missing] == ["A1", "S1", "S9"]
    assert found.verdict is Verdict.NO_DATA


def test_schools_that_are_all_missing_leave_nothing_to_take_a_mean_of():
    found = cv_of([], [missing("A")])
    assert (found.verdict, found.parts, found.mean) == (Verdict.NO_DATA, 0, None)
    assert not found.one_school


def test_a_school_that_is_missing_at_the_other_stage_leaves_it_decided():
    assert cv_of(schools(2, 4), [missing("J", JUNIOR)]).verdict is Verdict.PASS


def test_one_school_alone_is_said_to_be_alone():
    assert cv_of(schools(3)).one_school
    assert not cv_of(schools(3, 3)).one_school
    assert not cv_of(schools(3), [missing("A")]).one_school
    assert cv_of(schools(3)).shares[0].numerator == 0


def test_a_value_of_nought_counts_and_a_mean_of_nought_has_no_cv():
    assert cv_of(schools(0, 1, 1)).mean == pytest.approx(2 / 3)
    nought = cv_of(schools(0, 0))
    assert (nought.verdict, nought.cv, nought.mean) == (Verdict.NO_DATA, None, 0)
    assert (nought.missing, nought.shares, nought.total, nought.near) == ((), (), 0, False)


@pytest.mark.parametrize(
    ("away", "near"),
    [("0.4749", False), ("0.475", False), ("0.4751", True), ("0.5249", True), ("0.525", False),
     ("0.5251", False), ("0", False), ("1", False)],
)  # fmt: skip
def test_it_is_near_within_five_per_cent_of_its_limit_and_not_exactly_there(away, near):
    away = Fraction(away)
    for scale in (Fraction(1, 7), 1, 1000):
        assert cv_of(schools(scale * (1 - away), scale * (1 + away))).near is near


# --- what turns it ---------------------------------------------------------------------------------

COUNTIES = {
    "two far apart": [(10, 0), (10, 30)],
    "two alike": [(10, 20), (10, 20)],
    "one without any": [(10, 0), (10, 9), (10, 9)],
    "small beside large": [(5, 12), (200, 7), (30, 9)],
    "large beside small": [(300, 30), (10, 1), (20, 2), (15, 3)],
    "just above": [(10, 20), (10, 61)],
    "just below": [(10, 20), (10, 59)],
    "exactly on it": [(10, 20), (10, 60)],
    "spread out": [(7, 3), (11, 14), (13, 5), (17, 40), (19, 21)],
    "wide and many": [(8, 1), (9, 2), (10, 3), (11, 55), (12, 4)],
    "the last turns it": [(36, 4), (4, 3)],
    "two at one value": [(10, 3), (5, 2), (10, 13), (10, 13)],
    "the middle one turns it": [(10, 20), (17, 4), (4, 14), (43, 26)],
    "hundredths": [(10, 2), (10, 3), (15, 3), (10, 1)],
    "up or down alike": [(10, 24), (10, 11)],
    "a line instead of a parabola": [(40, 10), (10, 30)],
    "the same the other way": [(40, 3), (10, 8)],
    "the same with equal values": [(40, 20), (10, 20)],
    "nothing left to take away": [(10, 4), (10, 20), (10, 20), (10, 20), (10, 20)],
    "a single value": [(50, 0), (50, 0), (50, 0), (50, 8)],
}
"""Schools as (pupils, natural units); a step adds `slope` to the value."""
REACH = 90


def exceeds(values, pupils, variant, limit):
    """CV² > limit², written anew."""
    if variant in ("weighted", "pooled_unweighted"):
        mean = sum(p * x for p, x in zip(pupils, values, strict=True)) / sum(pupils)
    else:
        mean = sum(values) / len(values)
    if not mean:
        return None
    weights = pupils if variant == "weighted" else [1] * len(values)
    squares = sum(a * (x - mean) ** 2 for a, x in zip(weights, values, strict=True))
    less = {"weighted": sum(pupils), "unweighted_sample": max(len(values) - 1, 1)}
    return squares > less.get(variant, len(values)) * (limit * mean) ** 2


def turning(values, pupils, slope, step, variant):
    """Every (school, change) in reach that turns the verdict."""
    limit = Fraction(1, 2)
    before = exceeds(values, pupils, variant, limit)
    for index, value in enumerate(values):
        for steps in range(-REACH, REACH + 1):
            changed = value + steps * step * slope
            if steps and changed >= 0:
                tried = [*values[:index], changed, *values[index + 1 :]]
                if exceeds(tried, pupils, variant, limit) is (not before):
                    yield f"S{index}", steps * step


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    ("indicator", "slope", "step"),
    [("L7", Fraction(1), Fraction(1)), ("L7", Fraction(4, 9), Fraction(1)),
     ("L4", Fraction(7, 3), Fraction(1, 100)), ("L7", Fraction(3), Fraction(1))],
)  # fmt: skip
@pytest.mark.parametrize("name", COUNTIES)
def test_the_smallest_change_turns_the_verdict_and_nothing_less_does(
    name, indicator, slope, step, variant
):
    pupils = [p for p, _ in COUNTIES[name]]
    values = [x * slope * step for _, x in COUNTIES[name]]
    parts = [
        measured(f"S{n}", p, {indicator: x}, slope)
        for n, (p, x) in enumerate(zip(pupils, values, strict=True))
    ]
    found = cv_of(parts, indicator=indicator, variant=variant)
    turns = list(turning(values, pupils, slope, step, variant))
    for flip, listed in (
        (found.flip, turns),
        (found.flip_by_adding, [each for each in turns if each[1] > 0]),
    ):
        least = min((abs(change) for _, change in listed), default=None)
        if flip is None or abs(flip.change) > REACH * step:
            assert least is None
            continue
        first = min(listed, key=lambda each: (abs(each[1]), each))
        assert (flip.school_code, flip.change) == first
        assert flip.school_name == f"示例{flip.school_code}"
        assert flip.becomes is not found.verdict
        assert flip.becomes in (Verdict.PASS, Verdict.FAIL)


ON_THE_LIMIT = [(117, 0), (234, 1), (234, 1)]
TOUCHING = [(117, 0), (234, 0), (234, 3)]
FLAT_ON_THE_LIMIT = [(44, 0), *[(117, 1)] * 4]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("county", [ON_THE_LIMIT, TOUCHING, FLAT_ON_THE_LIMIT])
def test_changes_that_only_just_reach_the_limit_are_found(county, variant):
    slopes = [Fraction(100, p) for p, _ in county]
    values = [rooms * slope for (_, rooms), slope in zip(county, slopes, strict=True)]
    pupils = [p for p, _ in county]
    parts = [
        measured(f"S{n}", pupils[n], {"L7": values[n]}, slope) for n, slope in enumerate(slopes)
    ]
    found = cv_of(parts, variant=variant)
    limit = Fraction(1, 2)
    before = exceeds(values, pupils, variant, limit)
    turns = [
        (f"S{n}", steps)
        for n, slope in enumerate(slopes)
        for steps in range(-REACH, REACH + 1)
        if values[n] + steps * slope >= 0
        and exceeds(
            [*values[:n], values[n] + steps * slope, *values[n + 1 :]], pupils, variant, limit
        )
        is (not before)
    ]
    first = min(turns, key=lambda each: (abs(each[1]), each), default=None)
    assert (found.flip and (found.flip.school_code, found.flip.change)) == first


def test_of_two_schools_that_turn_it_alike_the_first_is_named():
    assert cv_of(schools(20, 20)).flip.school_code == "S0"


def test_where_only_taking_away_turns_it_nothing_is_said_of_adding():
    found = cv_of(schools(10, 10, 10, 100))
    assert (found.flip.school_code, found.flip.change) == ("S3", -74)
    assert found.flip_by_adding is None


def test_where_taking_away_is_less_both_are_told():
    found = cv_of(schools(20, 20))
    assert (found.flip.change, found.flip_by_adding.change) == (-14, 41)
