"""The neighbour model finds what trying everything finds, and keeps every promise of its docstring."""

from fractions import Fraction

import pytest
from assignment_by_trying import best_by_trying
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.plan.class_size.alone import Alone, largest_at_best
from junheng.plan.class_size.neighbours import assign
from junheng.plan.class_size.problem import Cap, Rates, Site, Way
from junheng.plan.class_size.sizes import minimum_classes
from junheng.schema import Stage

pytestmark = pytest.mark.slow

RATES = Rates(*(Fraction(n) for n in (20, 60, 5, 11, 7, 100)))
MOST = 3
"""Pupils in a grade at most: few enough to try everything."""


@st.composite
def sites(draw: st.DrawFn, code: str, years: int, *, sends: bool) -> Site:
    limit = draw(st.integers(1, 3))
    grades = (1, 2)
    pupils = {g: draw(st.integers(0, MOST)) for g in grades}
    arrivals = tuple({1: draw(st.integers(0, MOST))} for _ in range(years))
    classes = {g: minimum_classes(pupils[g], draw(st.integers(limit, limit + 1))) for g in grades}
    keep = draw(st.booleans())
    legal = _legal(pupils, arrivals, classes, limit, keep=keep)
    needed = [sum(each.values()) for each in legal]
    rooms = (
        draw(st.integers(max(0, max(needed) - 2), max(needed)))
        if sends
        else max(needed) + draw(st.integers(0, 2))
    )
    short = tuple(n > rooms for n in needed)
    limits = dict.fromkeys(grades, limit)
    alone = _alone(pupils, arrivals, classes, legal, keep=keep)
    spared = largest_at_best(alone, limits, rooms, keep=keep)
    merges = keep and draw(st.booleans())
    if merges:
        alone = _alone(pupils, arrivals, classes, legal, keep=False)
    not_large = limit + draw(st.integers(0, 1))
    return Site(
        code=code, limits=limits, stage=dict.fromkeys(grades, Stage.PRIMARY),
        first=frozenset({1}), last=dict.fromkeys(grades, 2), pupils=pupils, classes=classes, keep=keep,
        classes_now=sum(classes.values()), arrivals=arrivals, rooms=rooms,
        convertible=draw(st.integers(0, 1)) if any(short) else 0,
        sends=any(short), receives=not any(short), excess=tuple(9 for _ in needed),
        merges=merges, alone=alone.pupils, fewest=alone.fewest if any(short) else alone.legal, spared=draw(st.sampled_from([None, spared])),
        largest_not_large=not_large, largest_not_super=not_large + draw(st.integers(0, 1)),
        teachers={Stage.PRIMARY: draw(st.integers(0, 3))},
        teachers_a_class={Stage.PRIMARY: Fraction(draw(st.integers(1, 3)), 2)},
    )  # fmt: skip


def _alone(
    pupils: dict, arrivals: tuple, classes: dict, legal: list, *, keep: bool
) -> Alone:  # fmt: skip
    counts, fewest, now, held = [], [], pupils, classes
    for coming in arrivals:
        now = {1: coming[1], 2: now[1]}
        held = {g: max(held[g - 1] if keep and g > 1 else 0, min(1, n)) for g, n in now.items()}
        counts.append(now)
        fewest.append(held)
    return Alone(tuple(counts), tuple(legal), tuple(fewest))


def _legal(pupils: dict, arrivals: tuple, classes: dict, limit: int, *, keep: bool) -> list[dict]:
    found, held, now = [], classes, pupils
    for coming in arrivals:
        now = {1: coming[1], 2: now[1]}
        held = {g: max(held.get(g - 1, 0) if keep and g > 1 else 0, minimum_classes(n, limit))
                for g, n in now.items()}  # fmt: skip
        found.append(held)
    return found


@st.composite
def problems(draw: st.DrawFn, years: int, receivers: int):
    sender = draw(sites("A", years, sends=True))
    others = [draw(sites(code, years, sends=False)) for code in "BC"[:receivers]]
    ways = [
        Way("A", other.code, draw(st.integers(0, 3)) * 500)
        for other in others
        if sender.sends and other.receives
    ]
    most = draw(st.integers(0, 2 * MOST + 3))
    alone = max(sum(o.pupils[1] for o in others) + MOST * 2, 0)
    caps = [Cap(tuple(o.code for o in others), (alone + most,) * years)] if ways else []
    return [sender, *others], ways, caps


@pytest.mark.parametrize(("years", "receivers"), [(1, 1), (1, 2), (2, 1)])
@settings(max_examples=120)
@given(data=st.data())
def test_the_answer_is_the_best_that_trying_everything_finds(
    years: int, receivers: int, data: st.DataObject
) -> None:
    where, ways, caps = data.draw(problems(years, receivers))
    if not where[0].sends:
        return
    found = assign(where, ways, caps, RATES, years=years)
    used = [s for s in where if s.sends or s.code in {w.receiver for w in ways}]
    inside = [c for c in caps if {*c.codes} <= {s.code for s in used}]
    best = best_by_trying(used, ways, inside, RATES, years, MOST)
    assert tuple(goal.value for goal in found.goals) == best
    assert all(goal.gap == 0 and goal.bound == goal.value for goal in found.goals)


@settings(max_examples=40)
@given(problems(2, 2))
def test_the_order_of_the_schools_changes_no_goal(problem) -> None:
    where, ways, caps = problem
    one = assign(where, ways, caps, RATES, years=2)
    other = assign(where[::-1], ways[::-1], caps, RATES, years=2)
    assert one.goals == other.goals


@given(problems(2, 2))
@settings(max_examples=40)
def test_pupils_go_only_along_the_ways_and_only_from_schools_short_of_rooms(problem) -> None:
    where, ways, caps = problem
    found = assign(where, ways, caps, RATES, years=2)
    assert {(t.sender, t.receiver) for t in found.transfers} <= {
        (w.sender, w.receiver) for w in ways
    }
    assert all(t.pupils > 0 for t in found.transfers)
    assert {code for code, _ in found.unmet} <= {s.code for s in where if s.sends}
    assert found.super_large <= found.large <= found.unmet
