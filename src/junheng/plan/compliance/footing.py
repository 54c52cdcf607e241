"""Where amounts stand, in floats, kept up unit by unit: what one unit more or less of a lever does.

For the search only: what an answer leaves unmet is decided by `checking`, exactly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from junheng.plan.compliance.numbers import cone_of
from junheng.plan.compliance.problem import Problem

SLACK = 1e-11
"""Of a limit: what is so near its line is taken to be on the right side."""

ONE = Fraction(1)


@dataclass
class _Sums:
    """Of one spread: Σ w y, Σ v y², Σ v y, Σ v, and c²."""

    mean: float
    squares: float
    pulled: float
    weight: float
    limit: float

    def excess(self, mean: float, squares: float, pulled: float) -> float:
        """Σ v (y − m)² − c² m²: above nought where the coefficient is over its limit."""
        return squares - 2 * mean * pulled + (self.weight - self.limit) * mean * mean

    @property
    def now(self) -> float:
        return self.excess(self.mean, self.squares, self.pulled)


class Footing:
    """Needs, demands and caps as shares, and the sums of each spread, at the amounts held."""

    def __init__(self, problem: Problem, amounts: Sequence[int]) -> None:
        self.problem, self.held = problem, [0] * len(problem.levers)
        self.values: list[float] = []
        """Of needs ÷ limit, then of demands, then what is left of each cap."""
        self.touched: list[list[tuple[int, float]]] = [[] for _ in problem.levers]
        """Lever → places in `values`, and what a unit adds to each."""
        self._take((need.base, need.slopes, need.limit) for need in problem.needs)
        self._take((d.base, d.slopes, ONE) for d in problem.demands)
        spent = ((cap.most, {lv: -w for lv, w in cap.weights.items()}) for cap in problem.caps)
        self._take((most, weights, ONE) for most, weights in spent)
        self.lines = [(1.0, float(need.floor / need.limit)) for need in problem.needs]
        """Of needs: limit and floor."""
        self.parts: list[tuple[int, int, float, float, float]] = []
        """Of spreads: spread, need, w, v, and the need's limit in units of the spread's."""
        self.sums: list[_Sums] = []
        self.in_spreads: list[list[int]] = [[] for _ in problem.needs]
        self._spread()
        for lever, number in enumerate(amounts):
            if number:
                self.add(lever, number)

    def _take(self, rows: Iterator[tuple[Fraction, Mapping[int, Fraction], Fraction]]) -> None:
        for base, slopes, unit in rows:
            place = len(self.values)
            self.values.append(float(base / unit))
            for lever, slope in slopes.items():
                self.touched[lever].append((place, float(slope / unit)))

    def _spread(self) -> None:
        for place, spread in enumerate(self.problem.spreads):
            cone = cone_of(self.problem, spread)
            rows = list(zip(cone.mean_weights, cone.variance_weights, cone.bases, strict=True))
            self.sums.append(
                _Sums(
                    sum(w * y for w, _, y in rows), sum(v * y * y for _, v, y in rows),
                    sum(v * y for _, v, y in rows), sum(v for _, v, _ in rows), cone.square,
                )
            )  # fmt: skip
            unit = self.problem.needs[spread.needs[0]].limit if spread.needs else 1
            for need, (w, v, _) in zip(spread.needs, rows, strict=True):
                self.in_spreads[need].append(len(self.parts))
                scale = float(self.problem.needs[need].limit / unit)
                self.parts.append((place, need, w, v, scale))

    def add(self, lever: int, number: int) -> None:
        """So many units more, or less."""
        for place, sums in self._moved(lever, number).items():
            held = self.sums[place]
            held.mean, held.squares, held.pulled = sums
        for place, slope in self.touched[lever]:
            self.values[place] += number * slope
        self.held[lever] += number

    def _moved(self, lever: int, number: int) -> dict[int, tuple[float, float, float]]:
        """Spread → its sums with so many units more."""
        found: dict[int, tuple[float, float, float]] = {}
        for need, slope in self.touched[lever]:
            if need >= len(self.in_spreads):
                continue
            for each in self.in_spreads[need]:
                place, _, w, v, scale = self.parts[each]
                held = self.sums[place]
                mean, squares, pulled = found.get(place, (held.mean, held.squares, held.pulled))
                y, step = self.values[need] * scale, number * slope * scale
                found[place] = (
                    mean + w * step, squares + v * step * (2 * y + step), pulled + v * step,
                )  # fmt: skip
        return found

    def excesses(self, lever: int, number: int) -> dict[int, float]:
        """Spread → its excess with so many units more."""
        return {s: self.sums[s].excess(*sums) for s, sums in self._moved(lever, number).items()}

    def room(self, lever: int) -> float:
        """Units that may still be added within the most and the caps."""
        most = self.problem.levers[lever].most
        room = inf if most is None else float(most - self.held[lever])
        first = len(self.problem.needs) + len(self.problem.demands)
        for place, slope in self.touched[lever]:
            if place >= first and slope < 0:
                room = min(room, self.values[place] / -slope * (1 + SLACK))
        return room

    def can_spare(self, lever: int, number: int) -> bool:
        """Whether so many units less leave every need, demand, spread and limit on its side of the line."""
        moved = ((place, -number * slope) for place, slope in self.touched[lever])
        if any(step < 0 and self._crossed(place, step) for place, step in moved):
            return False
        return all(
            after <= 0 or self.sums[spread].now > 0
            for spread, after in self.excesses(lever, -number).items()
        )

    def shift(self, changes: Mapping[int, int]) -> bool:
        """Do so many units more and less of these levers, where everything stays on its side of the line;
        else nothing. Whether it was done."""
        net: dict[int, float] = {}
        for lever, number in changes.items():
            for place, slope in self.touched[lever]:
                net[place] = net.get(place, 0.0) + number * slope
        if any(step < 0 and self._crossed(place, step) for place, step in net.items()):
            return False
        held = {s for need in net if need < len(self.in_spreads) for s in self._spreads_of(need)}
        before = {place: self.sums[place].now for place in held}
        for lever, number in changes.items():
            self.add(lever, number)
        if any(now <= 0 < self.sums[place].now for place, now in before.items()):
            for lever, number in changes.items():
                self.add(lever, -number)
            return False
        return True

    def _spreads_of(self, need: int) -> Iterator[int]:
        yield from (self.parts[each][0] for each in self.in_spreads[need])

    def _crossed(self, place: int, step: float) -> bool:
        """Whether a value falls below a line that it is on or above."""
        needs, demands = len(self.problem.needs), len(self.problem.demands)
        now, slack = self.values[place], SLACK
        lines: tuple[float, ...] = (0.0,)
        if place < needs:
            lines = self.lines[place]
        elif place >= needs + demands:
            slack = SLACK * max(1.0, float(self.problem.caps[place - needs - demands].most))
        return any(now >= line - slack and now + step < line - slack for line in lines)
