"""Tiny invented problems, and the answer by trying everything: plain fractions, nothing of the planner's."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

from junheng.plan.compliance.problem import Cap, Demand, Lever, Need, PartRule, Problem, Spread

LIMITS = (Fraction(9, 10), Fraction(23, 10), Fraction(45, 10))
VARIANTS = ("weighted", "unweighted_pop", "unweighted_sample", "pooled_unweighted")


class _Levers:
    """Levers, and what each adds to which need."""

    def __init__(self, needs: int) -> None:
        self.levers: list[Lever] = []
        self.slopes: list[dict[int, Fraction]] = [{} for _ in range(needs)]

    def add(self, most: int, adds: dict[int, Fraction], cost: int, sign: int = 0) -> None:
        for need, slope in adds.items():
            self.slopes[need][len(self.levers)] = slope
        pool = "pool" if sign else ""
        self.levers.append(Lever(f"{len(self.levers)}", Fraction(cost), most, pool, sign))


def _acting(random: Random, pupils: list[int], kinds: int) -> _Levers:
    held = _Levers(kinds * len(pupils))
    for part, number in enumerate(pupils):
        unit, first = Fraction(100, number), part * kinds
        for kind in range(kinds):
            if random.random() < 0.55:
                held.add(random.randint(1, 2), {first + kind: unit}, random.randint(1, 9))
        if random.random() < 0.25:
            held.add(1, {first: unit, first + 1: unit}, random.randint(1, 12))
    giver, taker = random.sample(range(len(pupils)), 2)
    if random.random() < 0.5:
        held.add(1, {giver * kinds: -Fraction(100, pupils[giver])}, 0, -1)
        held.add(1, {taker * kinds: Fraction(100, pupils[taker])}, random.randint(1, 3), 1)
    return held


def _needs(random: Random, pupils: list[int], kinds: int, held: _Levers) -> Iterator[Need]:
    for part, number in enumerate(pupils):
        for kind, limit in enumerate(LIMITS[:kinds]):
            now = limit * Fraction(random.randint(60, 160), 100)
            base = Fraction(max(0, round(now * number / 100)) * 100, number)
            slopes = held.slopes[part * kinds + kind]
            yield Need(f"{part}/{kind}", base, slopes, limit, limit * Fraction(85, 100))


def problem(seed: int, *, between: tuple[int, int] = (20, 300)) -> Problem:
    """Two to four parts, two or three indicators, levers of few units: hiring, shared use, moving.

    `between`: how few and how many pupils a part has."""
    random = Random(seed)
    kinds, count = random.choice((2, 3)), random.randint(2, 4)
    pupils = [random.randint(*between) for _ in range(count)]
    held = _acting(random, pupils, kinds)
    needs = tuple(_needs(random, pupils, kinds, held))
    parts = tuple(
        PartRule(str(part), tuple(range(part * kinds, (part + 1) * kinds)), kinds - 1)
        for part in range(count)
    )
    variant = random.choice(VARIANTS)
    spreads = tuple(
        Spread(
            f"CV {kind}", tuple(part * kinds + kind for part in range(count)), tuple(pupils),
            variant, Fraction(random.choice((10, 20, 30, 50)), 100),
        )
        for kind in range(kinds)
    )  # fmt: skip
    free = [i for i, lever in enumerate(held.levers) if not lever.pool]
    demands: tuple[Demand, ...] = ()
    caps: tuple[Cap, ...] = ()
    if free and random.random() < 0.4:
        demands = (Demand("demand", Fraction(-1), {random.choice(free): Fraction(1)}),)
    if free and random.random() < 0.4:
        costs = {i: each.cost for i, each in enumerate(held.levers) if each.cost}
        caps = (Cap("budget", costs, Fraction(random.randint(0, 25))),)
    return Problem(tuple(held.levers), needs, parts, spreads, demands, caps)


def best(asked: Problem) -> tuple[int, Fraction]:
    """Fewest unmet, then least cost, by trying every amount."""
    ranges = [range((lever.most or 0) + 1) for lever in asked.levers]
    found = None
    for amounts in product(*ranges):
        if not _allowed(asked, amounts):
            continue
        cost = sum(
            (n * lever.cost for n, lever in zip(amounts, asked.levers, strict=True)), Fraction(0)
        )
        if found is not None and (0, cost) >= found:
            continue
        rank = (_unmet(asked, amounts), cost)
        if found is None or rank < found:
            found = rank
    assert found is not None, "doing nothing is always allowed"
    return found


def _allowed(asked: Problem, amounts: tuple[int, ...]) -> bool:
    balance: dict[str, int] = {}
    for lever, n in zip(asked.levers, amounts, strict=True):
        balance[lever.pool] = balance.get(lever.pool, 0) + lever.sign * n
    spent = all(
        sum(w * amounts[i] for i, w in cap.weights.items()) <= cap.most for cap in asked.caps
    )
    return spent and not any(balance.values())


def _unmet(asked: Problem, amounts: tuple[int, ...]) -> int:
    values = [n.base + sum(s * amounts[i] for i, s in n.slopes.items()) for n in asked.needs]
    missed = 0
    for part in asked.parts:
        low = [n for n in part.needs if values[n] < asked.needs[n].floor]
        middle = [n for n in part.needs if asked.needs[n].floor <= values[n] < asked.needs[n].limit]
        missed += len(low) + max(0, len(middle) - (len(part.needs) - part.needed))
    for spread in asked.spreads:
        square = _square([values[n] for n in spread.needs], spread.pupils, spread.variant)
        missed += square is None or square > spread.limit**2
    for demand in asked.demands:
        missed += demand.base + sum(s * amounts[i] for i, s in demand.slopes.items()) < 0
    return missed


def _square(values: list[Fraction], pupils: tuple[int, ...], variant: str) -> Fraction | None:
    """The square of the coefficient of variation, from its definition in words."""
    everyone, count = sum(pupils), len(values)
    pooled = variant in ("weighted", "pooled_unweighted")
    mean = (
        sum(p * x for p, x in zip(pupils, values, strict=True)) / everyone
        if pooled
        else sum(values) / count
    )
    if mean == 0:
        return None
    if variant == "weighted":
        spread = sum(p * (x - mean) ** 2 for p, x in zip(pupils, values, strict=True)) / everyone
    else:
        less = 1 if variant == "unweighted_sample" else 0
        spread = sum((x - mean) ** 2 for x in values) / max(1, count - less)
    return Fraction(spread) / mean**2
