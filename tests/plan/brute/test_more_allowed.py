"""More land at a school, more people in a county: never more left unmet, and for as much never more paid."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan.brute.counties import Tiny, tiny
from plan.brute.test_brute import planned
from plan.brute.trying import LAND, PEOPLE

pytestmark = pytest.mark.slow

Rank = tuple[int, Fraction]
KEYS = (*LAND, *PEOPLE)


def rank(county: Tiny) -> Rank:
    found = planned(county)
    return len(found.left), found.cost


def allowed(county: Tiny, key: str, number: int, place: int = 0) -> Tiny:
    """The county with so much of one kind, and everything else as it was."""
    if key in PEOPLE:
        return replace(county, county_limits={**county.county_limits, key: number})
    schools = [row["school_code"] for row in county.rows["schools"]]
    code = schools[place % len(schools)]
    held = {**county.school_limits.get(code, {}), key: number}
    return replace(county, school_limits={**county.school_limits, code: held})


DRAWN = {
    "seed": st.integers(0, 319), "key": st.sampled_from(KEYS), "place": st.integers(0, 3),
    "less": st.integers(0, 2), "more": st.integers(1, 3),
}  # fmt: skip


@settings(max_examples=4)
@given(**DRAWN)
def test_more_of_one_thing_never_makes_a_plan_worse(
    seed: int, key: str, place: int, less: int, more: int
) -> None:
    never_worse(seed, key, place, less, more)


@pytest.mark.prove
@settings(max_examples=60, derandomize=False)
@given(**DRAWN)
def test_more_of_one_thing_never_makes_any_of_many_plans_worse(
    seed: int, key: str, place: int, less: int, more: int
) -> None:
    never_worse(seed, key, place, less, more)


def never_worse(seed: int, key: str, place: int, less: int, more: int) -> None:
    county = tiny(seed)
    poor, rich = (allowed(county, key, number, place) for number in (less, less + more))
    assert rank(rich) <= rank(poor)


@pytest.mark.parametrize("kinds", [LAND, PEOPLE], ids=["land", "people"])
def test_some_counties_are_better_off_with_more(kinds: dict[str, tuple[str, ...]]) -> None:
    """What is compared above is not always the same plan twice."""
    better = 0
    for seed in (7, 14, *range(30)):  # the first two are known to be
        county = tiny(seed)
        for key, items in kinds.items():
            if any(county.prices[item] < 1_000 for item in items):
                poor, rich = rank(allowed(county, key, 0)), rank(allowed(county, key, 3))
                assert rich <= poor
                better += rich < poor
        if better > 1:
            return
    pytest.fail("nothing that was allowed more of made any difference")
