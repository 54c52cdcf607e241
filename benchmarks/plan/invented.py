"""Invented compliance problems of any size: parts of uneven wealth, seven indicators, every kind of lever.

`tight` leaves schools little land for sports grounds, so that gymnasiums must be built.
"""

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from junheng.plan.compliance.problem import Lever, Need, PartRule, Problem, Spread
from junheng.schema import Stage
from junheng.standards import Standard

WHOLE, YUAN = ("L1", "L2", "L3", "L7"), "L6"
CENT = 100


class _Invented:
    def __init__(self, parts: int, seed: int, standard: Standard, *, tight: bool) -> None:
        self.random, self.standard, self.tight = Random(seed), standard, tight
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
            random.lognormvariate(0.08, 0.35),
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
        random, tight = self.random, self.tight
        land = int(pupils * (1 if tight else 20) * random.random())
        yield Lever(f"{number} hire", Fraction(136_000)), {"L1": 1}
        yield Lever(f"{number} hire pe", Fraction(141_000)), {"L1": 1, "L3": 1}
        yield Lever(f"{number} upgrade", Fraction(20_000), random.randint(0, 5)), {"L1": 1}
        yield Lever(f"{number} key", Fraction(30_000), 20), {"L2": 1}
        yield Lever(f"{number} rooms", Fraction(4_000)), {"L4": 1}
        yield Lever(f"{number} ground", Fraction(500), land), {"L5": 1}
        yield Lever(f"{number} gymnasium", Fraction(5_000), pupils if tight else None), {"L5": 1}
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
        return Problem(tuple(self.levers), needs, tuple(self.rules), spreads)


def invented(parts: int, seed: int, standard: Standard, *, tight: bool = False) -> Problem:
    """One county of so many stage parts; from a seed, the same every time."""
    return _Invented(parts, seed, standard, tight=tight).problem()
