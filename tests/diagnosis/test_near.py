"""临界 is a flag beside a verdict: what a margin of 5 % either way would turn, and nothing else."""

from datetime import date

import pytest
from worked.building import rows_of, school

from junheng.diagnosis import PartVerdict, SpreadVerdict, assess_facts
from junheng.registry import Facts

ON = date(2026, 3, 31)


def part(**filed) -> PartVerdict:
    """A primary school of 1000 pupils, ample but for what is given."""
    facts = Facts.from_rows(
        rows_of([school("A", "primary", {"primary": 1000}, **filed)]), year=2025
    )
    (found,) = assess_facts(facts, on=ON).parts
    return found


@pytest.mark.parametrize(
    ("area", "near"),
    [("4275", False), ("4275.01", True), ("4500", True), ("4724.99", True), ("4725", False)],
)
def test_a_value_is_near_within_five_per_cent_of_its_limit_on_both_sides(area, near):
    assert part(teaching_auxiliary_area_m2=area).of("L4").near is near


def test_a_passing_school_is_near_where_losing_the_margin_would_fail_it():
    assert not part().near
    # One value within the margin may still become the seventh.
    assert not part(teaching_auxiliary_area_m2="4500").near
    assert part(teaching_auxiliary_area_m2="4500", sports_ground_area_m2="7500").near
    # The seventh at its floor has nothing left to lose.
    assert part(teaching_auxiliary_area_m2="3825").near


def test_a_failing_school_is_near_where_the_margin_would_pass_it():
    failing = part(teaching_auxiliary_area_m2="4300", sports_ground_area_m2="7200")
    assert (failing.verdict, failing.near) == ("未达标", True)
    far = part(teaching_auxiliary_area_m2="4000", sports_ground_area_m2="7000")
    assert (far.verdict, far.near) == ("未达标", False)
    below = part(teaching_auxiliary_area_m2="3824.99")
    assert (below.verdict, below.near) == ("未达标", True)


def test_a_school_without_a_verdict_is_not_near():
    open_ = part(teaching_auxiliary_area_m2="4500", multimedia_classrooms=None)
    assert (open_.verdict, open_.near) == ("缺数据", False)
    assert open_.of("L7").near is False


def spread(*areas: str) -> SpreadVerdict:
    """The CV of L5 over primary schools of 100 pupils each."""
    rows = [
        school(f"S{i}", "primary", {"primary": 100}, sports_ground_area_m2=area)
        for i, area in enumerate(areas)
    ]
    facts = Facts.from_rows(rows_of(rows), year=2025)
    return next(s for s in assess_facts(facts, on=ON).spreads if s.indicator == "L5")


@pytest.mark.parametrize(
    ("low", "high", "verdict", "near"),
    [
        ("1000", "3000", "达标", True),
        ("990", "3010", "未达标", True),
        ("960", "3040", "未达标", True),
        ("949", "3051", "未达标", False),
        ("1040", "2960", "达标", True),
        ("1051", "2949", "达标", False),
        # Exactly 5 % away is no longer within it.
        ("1050", "2950", "达标", False),
        ("1050.01", "2949.99", "达标", False),
        ("1049.99", "2950.01", "达标", True),
        ("950", "3050", "未达标", False),
        ("949.99", "3050.01", "未达标", False),
        ("950.01", "3049.99", "未达标", True),
    ],
)
def test_a_cv_is_near_within_five_per_cent_of_its_limit(low, high, verdict, near):
    found = spread(low, high)
    assert (found.verdict, found.near) == (verdict, near)


def test_variants_that_disagree_are_told_side_by_side():
    # T5: 0.515 and 0.546 fail, 0.489 and 0.464 pass.
    sizes, books = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    rows = [
        school(f"S{i}", "primary", {"primary": p}, sports_ground_area_m2=str(x))
        for i, (p, x) in enumerate(zip(sizes, books, strict=True))
    ]
    assessment = assess_facts(Facts.from_rows(rows_of(rows), year=2025), on=ON)
    told = {s.indicator: s for s in assessment.spreads}
    assert told["L5"].disagree
    assert {name: str(r.verdict) for name, r in told["L5"].readings.items()} == {
        "weighted": "未达标",
        "unweighted_pop": "达标",
        "unweighted_sample": "未达标",
        "pooled_unweighted": "达标",
    }
    assert not told["L1"].disagree
