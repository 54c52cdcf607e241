"""Invented compliance problems of any size: parts of uneven wealth, seven indicators, every kind of lever.

A `Kind` says how rich and how uneven a county is, how much land schools have and how many may be hired.
`tight` leaves schools so little land for sports that some can do nothing. A city is several counties
with one budget, a share of what all of them would need at the least.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from junheng.plan.compliance.problem import Cap, Lever, Need, PartRule, Problem, Spread
from junheng.plan.compliance.relaxation import relax
from junheng.schema import Stage
from junheng.standards import Standard

WHOLE, YUAN = ("L1", "L2", "L3", "L7"), "L6"
CENT = 100


@dataclass(frozen=True)
class Kind:
    """One kind of county."""

    mean: float = 0.08
    """Of the logarithm of wealth ÷ limit."""
    spread: float = 0.35
    """Its standard deviation."""
    land: float = 20.0
    """Square metres a pupil to build sports grounds on, at most."""
    gymnasium: float | None = None
    """The same for gymnasiums; None = without limit."""
    hires: float | None = None
    """Teachers a hundred pupils that the whole county may hire; None = without limit."""


USUAL, TIGHT = Kind(), Kind(land=1.0, gymnasium=1.0)
KINDS = (
    USUAL, Kind(mean=-0.1, spread=0.25), Kind(mean=0.2, spread=0.5),
    Kind(land=4.0, gymnasium=4.0), Kind(hires=0.5),
)  # fmt: skip
"""One for each seed, so that seeds differ in more than chance."""


class _Invented:
    def __init__(self, parts: int, seed: int, standard: Standard, kind: Kind) -> None:
        self.random, self.standard, self.kind = Random(seed), standard, kind
        self.levers: list[Lever] = []
        self.needs: list[tuple[str, Fraction, dict[int, Fraction], Fraction, Fraction]] = []
        self.rules: list[PartRule] = []
        self.pupils: dict[Stage, list[tuple[tuple[int, ...], int]]] = {}
        for number in range(parts):
            self._part(number)

    def _part(self, number: int) -> None:
        random, standard = self.random, self.standard
        stage = Stage.PRIMARY if random.random() < 0.7 else Stage.JUNIOR
        pupils, wealth = (
            int(random.lognormvariate(6.6, 0.7)) + 60,
            random.lognormvariate(self.kind.mean, self.kind.spread),
        )
        first = len(self.needs)
        for code in standard.indicators:
            limit = standard.limit(code, stage)
            value = limit * Fraction(wealth * random.lognormvariate(0.1, 0.3)).limit_denominator(
                1000
            )
            per = CENT if code in WHOLE else 1
            base = Fraction(round(value * pupils / per) * per, pupils)
            self.needs.append((f"{number} {code}", base, {}, limit, standard.floor(code, stage)))
        places = tuple(range(first, len(self.needs)))
        for lever, adds in self._levers(number, pupils, stage):
            for code, amount in adds.items():
                need = places[standard.indicators.index(code)]
                per = CENT if code in WHOLE else 1
                self.needs[need][2][len(self.levers)] = Fraction(amount * per, pupils)
            self.levers.append(lever)
        self.rules.append(PartRule(str(number), places, standard.needed))
        self.pupils.setdefault(stage, []).append((places, pupils))

    def _levers(
        self, number: int, pupils: int, stage: Stage
    ) -> Iterator[tuple[Lever, dict[str, int]]]:
        random, kind = self.random, self.kind
        land = int(pupils * kind.land * random.random())
        room = None if kind.gymnasium is None else int(pupils * kind.gymnasium)
        yield Lever(f"{number} hire", Fraction(136_000)), {"L1": 1}
        yield Lever(f"{number} hire pe", Fraction(141_000)), {"L1": 1, "L3": 1}
        yield Lever(f"{number} upgrade", Fraction(20_000), random.randint(0, 5)), {"L1": 1}
        yield Lever(f"{number} key", Fraction(30_000), 20), {"L2": 1}
        yield Lever(f"{number} rooms", Fraction(4_000)), {"L4": 1}
        yield Lever(f"{number} ground", Fraction(500), land), {"L5": 1}
        yield Lever(f"{number} gymnasium", Fraction(5_000), room), {"L5": 1}
        yield Lever(f"{number} equipment", Fraction(1), fine=True), {YUAN: 1}
        yield Lever(f"{number} multimedia", Fraction(50_000)), {"L7": 1}
        pool = f"pool {stage}"
        yield Lever(f"{number} out", Fraction(0), pupils // 50, pool, -1), {"L1": -1, "L2": -1}
        yield Lever(f"{number} in", Fraction(12_000), 10, pool, 1), {"L1": 1, "L2": 1}

    def problem(self) -> Problem:
        spreads = tuple(
            Spread(
                f"{stage} {code}", tuple(places[k] for places, _ in held), tuple(p for _, p in held),
                self.standard.variant, self.standard.spread_limit(stage),
            )
            for stage, held in self.pupils.items()
            for k, code in enumerate(self.standard.indicators)
        )  # fmt: skip
        needs = tuple(Need(*each) for each in self.needs)
        return Problem(
            tuple(self.levers), needs, tuple(self.rules), spreads, (), tuple(self._caps())
        )

    def _caps(self) -> Iterator[Cap]:
        if self.kind.hires is not None:
            hiring = {i: Fraction(1) for i, lever in enumerate(self.levers) if "hire" in lever.name}
            everyone = sum(pupils for held in self.pupils.values() for _, pupils in held)
            yield Cap("hires", hiring, Fraction(round(everyone * self.kind.hires / CENT)))


def invented(
    parts: int, seed: int, standard: Standard, *, tight: bool = False, kind: Kind | None = None
) -> Problem:
    """One county of so many stage parts; from a seed, the same every time."""
    return _Invented(parts, seed, standard, kind or (TIGHT if tight else USUAL)).problem()


def invented_city(sizes: Sequence[int], seed: int, standard: Standard, *, share: float) -> Problem:
    """Counties of these sizes and of every kind, with one budget: so much of what all need at the least."""
    counties = [
        invented(parts, 100 * seed + c, standard, kind=KINDS[c % len(KINDS)])
        for c, parts in enumerate(sizes)
    ]
    needed = sum(relax(county).bound for county in counties)
    whole = joined(counties)
    paid = {i: lever.cost for i, lever in enumerate(whole.levers) if lever.cost}
    return replace(whole, caps=(*whole.caps, Cap("budget", paid, Fraction(round(needed * share)))))


def joined(counties: Sequence[Problem]) -> Problem:
    """Counties side by side as one problem."""
    whole = Problem((), (), (), ())
    for number, county in enumerate(counties):
        levers, needs = len(whole.levers), len(whole.needs)
        whole = Problem(
            (*whole.levers, *(replace(x, pool=x.pool and f"{number} {x.pool}") for x in county.levers)),
            (*whole.needs, *(replace(n, slopes=_later(n.slopes, levers)) for n in county.needs)),
            (*whole.parts, *(replace(p, needs=tuple(n + needs for n in p.needs)) for p in county.parts)),
            (*whole.spreads, *(replace(s, needs=tuple(n + needs for n in s.needs)) for s in county.spreads)),
            (),
            (*whole.caps, *(replace(c, weights=_later(c.weights, levers)) for c in county.caps)),
        )  # fmt: skip
    return whole


def _later(weights: Mapping[int, Fraction], by: int) -> dict[int, Fraction]:
    return {lever + by: weight for lever, weight in weights.items()}
