"""Counties side by side: the sum of each while money does for all; bounded and within it where it does not."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from plan.compliance.tiny import best, problem

from junheng.plan.compliance import sharing, together
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import Answer
from junheng.plan.compliance.problem import Cap, Demand, Lever, Need, PartRule, Problem
from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.searching import Effort, Progress, search
from junheng.plan.compliance.splitting import split, split_widely
from junheng.plan.compliance.unavoidable import unavoidable

pytestmark = pytest.mark.slow

EXACT = Effort(gap=0.0)
PAIRS = [(a, a + 1) for a in range(100, 124, 2)]


def beside(one: Problem, other: Problem) -> Problem:
    """Two counties as one problem, each with its own pools and no money limit."""
    levers, needs = len(one.levers), len(one.needs)

    def later(weights: dict[int, Fraction]) -> dict[int, Fraction]:
        return {lever + levers: weight for lever, weight in weights.items()}

    return Problem(
        (*one.levers, *(replace(x, pool=x.pool and f"other {x.pool}") for x in other.levers)),
        (*one.needs, *(replace(n, slopes=later(n.slopes)) for n in other.needs)),
        (*one.parts, *(replace(p, needs=tuple(n + needs for n in p.needs)) for p in other.parts)),
        (*one.spreads, *(replace(s, needs=tuple(n + needs for n in s.needs)) for s in other.spreads)),
        (*one.demands, *(replace(d, slopes=later(d.slopes)) for d in other.demands)),
    )  # fmt: skip


def pair(seeds: tuple[int, int]) -> tuple[Problem, Problem]:
    one, other = (replace(problem(seed), caps=()) for seed in seeds)
    return one, other


@pytest.mark.parametrize("seeds", PAIRS)
def test_counties_side_by_side_are_answered_as_each_alone(seeds: tuple[int, int]) -> None:
    one, other = pair(seeds)
    answer = search(beside(one, other), effort=EXACT)
    assert answer is not None
    each = [best(one), best(other)]
    assert (len(answer.unmet), answer.cost) == tuple(map(sum, zip(*each, strict=True)))
    assert answer.bound <= float(answer.cost) + 1e-6


def certain(seed: int) -> int | None:
    """How few are proven to stay unmet where single schools and coefficients are to blame."""
    asked, _ = pair((seed, seed))
    few = len(asked.levers) < 8
    known = unavoidable(asked, EXACT) if few and relax(asked).possible is False else None
    return None if known is None or known.number < best(asked)[0] else known.number


def test_how_few_must_stay_unmet_is_proven_of_all_before_any_is_searched() -> None:
    """Else the last county's proof would wait for the cheapest plans of all before it."""
    seeds = [seed for seed in range(100, 160) if certain(seed)][:4]
    assert len(seeds) == 4
    for one, other in zip(seeds[::2], seeds[1::2], strict=True):
        said: list[str] = []

        def told(progress: Progress, said: list[str] = said) -> bool:
            said.append(progress.step)
            return True

        answer = search(beside(*pair((one, other))), effort=EXACT, told=told)
        assert answer is not None
        fewest = (certain(one) or 0) + (certain(other) or 0)
        assert said[1] == f"至少{fewest}项达不到"
        assert not any("至少" in step for step in said[2:])
        assert answer.fewest == fewest == len(answer.unmet)


def reached(asked: Problem) -> dict[int, int]:
    """Yuan → fewest unmet, by trying everything."""
    found: dict[int, int] = {}
    for amounts in product(*(range((lever.most or 0) + 1) for lever in asked.levers)):
        if not broken(asked, amounts):
            cost = int(asked.cost(amounts))
            found[cost] = min(found.get(cost, 10**6), len(unmet(asked, amounts)))
    return found


def with_short_money(seeds: tuple[int, int]) -> Problem:
    """Two counties with six tenths of what they would cost."""
    one, other = pair(seeds)
    whole = beside(one, other)
    budget = int((best(one)[1] + best(other)[1]) * Fraction(6, 10))
    paid = {i: lever.cost for i, lever in enumerate(whole.levers) if lever.cost}
    return replace(whole, caps=(Cap("budget", paid, Fraction(budget)),))


@pytest.mark.parametrize("seeds", PAIRS[:6])
def test_bounds_that_were_left_far_are_asked_nearer_where_that_proves_more(
    seeds: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "FEW_PARTS", 0)
    asked = with_short_money(seeds)
    near = search(asked, effort=EXACT)
    monkeypatch.setattr(sharing, "NEAR", 8.0)
    far = search(asked, effort=EXACT)
    assert near is not None
    assert far is not None
    assert (len(far.unmet), far.fewest) == (len(near.unmet), near.fewest)


@pytest.mark.parametrize("seeds", PAIRS[:6])
def test_short_money_is_shared_within_it_and_not_below_the_bound(
    seeds: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By prices the answer may be a little above the fewest, its bound never."""
    monkeypatch.setattr(together, "FEW_PARTS", 0)
    (one, other), asked = pair(seeds), with_short_money(seeds)
    budget = asked.caps[0].most
    answer = search(asked, effort=EXACT)
    assert answer is not None
    ways = [
        (here + there, spent + more)
        for (spent, here), (more, there) in product(reached(one).items(), reached(other).items())
        if spent + more <= budget
    ]
    left = len(answer.unmet)
    assert not broken(asked, answer.amounts)
    assert unmet(asked, answer.amounts) == answer.unmet
    assert answer.fewest <= min(ways)[0] <= left
    assert answer.bound <= min(cost for number, cost in ways if number <= left) + 1e-6


@pytest.mark.parametrize(
    "seeds", [(106, 107, 108), (112, 113, 114), (121, 122, 123), (124, 125, 126)]
)
def test_money_of_some_counties_bounds_nothing_of_the_others(
    seeds: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "FEW_PARTS", 0)
    one, other, third = (replace(problem(seed), caps=()) for seed in seeds)
    whole = beside(beside(one, other), third)
    theirs = len(one.levers) + len(other.levers)
    budget = int((best(one)[1] + best(other)[1]) * Fraction(4, 10))
    paid = {i: lever.cost for i, lever in enumerate(whole.levers) if lever.cost and i < theirs}
    asked = replace(whole, caps=(Cap("budget of two", paid, Fraction(budget)),))
    answer = search(asked, effort=EXACT)
    assert answer is not None
    fewest = best(third)[0] + min(
        here + there
        for (spent, here), (more, there) in product(reached(one).items(), reached(other).items())
        if spent + more <= budget
    )
    assert answer.fewest <= fewest == len(answer.unmet)
    assert not broken(asked, answer.amounts)


@pytest.mark.parametrize("short", [1, 50, 20_000_000])
def test_not_a_yuan_more_than_there_is_is_spent(
    short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The solver lets a millionth more pass: the choice among the counties is decided in fractions."""
    monkeypatch.setattr(together, "FEW_PARTS", 0)
    costs = (Fraction(50_005_000), Fraction(50_004_001))
    asked = Problem(
        tuple(Lever(str(i), cost, 1) for i, cost in enumerate(costs)),
        tuple(Need(str(i), Fraction(0), {i: Fraction(1)}, Fraction(1), Fraction(1, 2)) for i in (0, 1)),
        tuple(PartRule(str(i), (i,), 1) for i in (0, 1)), (), (),
        (Cap("budget", dict(enumerate(costs)), sum(costs) - short),),
    )  # fmt: skip
    answer = search(asked, effort=EXACT)
    assert answer is not None
    assert not broken(asked, answer.amounts)
    assert answer.fewest <= 1 == len(answer.unmet)


def test_who_has_enough_is_not_asked_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended after the first county: no further county is asked, and the plan keeps the limit."""
    monkeypatch.setattr(together, "FEW_PARTS", 0)
    asked = with_short_money(PAIRS[0])
    said: list[str] = []

    def told(progress: Progress) -> bool:
        said.append(progress.step)
        return "已求解1／" not in progress.step

    answer = search(asked, effort=EXACT, told=told)
    assert answer is not None
    assert "已求解1／" in said[-1]
    assert not broken(asked, answer.amounts)
    assert answer.unmet == unmet(asked, answer.amounts)


def test_what_only_one_county_may_have_does_not_tie_the_counties() -> None:
    """Its hires make its two stages one piece; a limit over all of them is a tie."""
    one, other = pair((100, 102))
    whole = beside(one, beside(other, one))
    parted = split(whole)
    held = [piece.levers for piece in parted.pieces if piece.levers]
    narrow = Cap("hires", dict.fromkeys((held[0][0], held[1][0]), Fraction(1)), Fraction(3))
    wide = Cap("budget", {piece[0]: Fraction(1) for piece in held}, Fraction(3))
    assert len(held) > 2
    widely = split_widely(replace(whole, caps=(narrow, wide)))
    assert widely.ties == (wide,)
    assert len(widely.pieces) == len(parted.pieces) - 1
    assert split_widely(replace(whole, caps=(narrow,))).ties == (narrow,)


def test_no_bound_on_cost_is_told_where_a_county_leaves_more_than_is_proven() -> None:
    """Another county might leave the one more, at less cost: the sum bounds only this way of sharing them."""
    one, other = pair((100, 101))
    both = beside(one, other)
    parted = split(both)
    answers = [
        Answer(tuple(0 for _ in piece.levers), Fraction(0), 5.0, unmet(piece.problem, [0] * len(piece.levers)), 0)
        for piece in parted.pieces
    ]  # fmt: skip
    known = [replace(a, fewest=len(a.unmet)) for a in answers]
    assert any(a.unmet for a in answers)
    assert together._joined(both, parted, answers).bound == 0.0
    assert together._joined(both, parted, known).bound == 5.0 * len(known)


def test_what_only_single_schools_are_asked_makes_few_pieces_and_the_same_answer() -> None:
    """Thousands of schools with teachers to train: a piece each would cost as much to keep as a county."""
    one, _ = pair(PAIRS[0])
    levers, schools = len(one.levers), 1_200
    many = replace(
        one,
        levers=(*one.levers, *(Lever(f"train at {n}", Fraction(n + 1), 9) for n in range(schools))),
        demands=(
            *one.demands,
            *(
                Demand(f"trained at {n}", Fraction(-(n % 4)), {levers + n: Fraction(1)})
                for n in range(schools)
            ),
        ),
    )
    alone, parted = split(one), split(many)
    assert len(parted.pieces) <= len(alone.pieces) + 3
    answer = search(many, effort=EXACT)
    assert answer is not None
    left, cost = best(one)
    assert len(answer.unmet) == left
    assert answer.cost == cost + sum((n + 1) * (n % 4) for n in range(schools))
