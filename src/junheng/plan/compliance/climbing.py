"""Programme, repair and tangents in turn, until the cost of the repaired plan is near enough the bound."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.plan.compliance.checking import Unmet, broken, overstepped, unmet
from junheng.plan.compliance.effort import Answer, Effort, Progress, bound_for
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.relaxation import Relaxed
from junheng.plan.compliance.repairing import nearest, repaired, whole

FIRST_GAP = 0.003
ROUNDS, POLISHES = 12, 3
"""Programmes solved, each with the tangents of the answer before; the same in its neighbourhood."""
IMPOSSIBLE = Answer((), Fraction(0), 0.0, Unmet(), 0)
"""Proven: nothing meets what is demanded."""


class Climb:
    """One search for the least cost with so many requirements unmet."""

    def __init__(
        self, problem: Problem, programme: Programme, fewest: int, effort: Effort,
        told: Callable[[Progress], bool], *, allowed: int = 0,
    ) -> None:  # fmt: skip
        """`problem`: what answers are judged by; the programme may demand less of it."""
        self.problem, self.programme, self.effort, self.told = problem, programme, effort, told
        self.fewest, self.allowed = fewest, allowed
        self.best: Answer | None = None
        self.spare: Answer | None = None
        """Of those that leave more unmet than is allowed the one that leaves the fewest."""
        self.bound, self.ended = 0.0, False

    def run(
        self, bound: float, *, near: Relaxed | None = None, start: Sequence[float] = ()
    ) -> Answer | None:
        """Near the relaxation's amounts first, or from an answer that is known."""
        self.bound = bound
        if start:
            self._keep(start)
        if near is not None and near.amounts and not self._begin(near):
            return self._answer()
        for number in range(1, ROUNDS + 1):
            before = self.best.cost if self.best else None
            found = self.programme.least_cost(
                gap=self.effort.gap / 2, seconds=self._left(), nodes=self.effort.nodes,
                start=self._start(), heard=self._hear,
            )  # fmt: skip
            if found.possible is False:
                return self._answer() if self.best else IMPOSSIBLE
            self.bound = max(self.bound, found.bound)
            over = self._keep(found.amounts)
            if over and not self._enough():
                self._round(found.amounts, frozenset())
            improved = self.best is not None and self.best.cost != before
            if not self._go_on(f"第{number}轮") or not (found.amounts and (improved or over)):
                break
        return self._answer()

    def _begin(self, near: Relaxed) -> bool:
        """Plans near the relaxation, by rounding and by a programme; whether to go on."""
        self._take(nearest(self.problem, near.amounts))
        if self.best is not None and not self._go_on("松弛解就近取整"):
            return False
        self._round(near.amounts, near.undecided)
        return self._go_on("先在松弛解附近取整")

    def _round(self, amounts: Sequence[float], free: frozenset[int]) -> None:
        """Whole amounts near these, and near what is found, while a coefficient is overstepped."""
        for _ in range(POLISHES):
            self.programme.cut_at(amounts)
            self.programme.cut_around(amounts)
            found = self.programme.rounded(
                amounts, free, gap=FIRST_GAP, seconds=self._left(), nodes=self.effort.nodes,
                heard=lambda _, better: self._hear(0.0, better),
            )  # fmt: skip
            if not found.amounts or not self._keep(found.amounts) or self._enough():
                return
            amounts, free = found.amounts, frozenset()

    def _start(self) -> Sequence[float]:
        return self.programme.completed(self.best.amounts, self.best.unmet) if self.best else ()

    def _left(self) -> float:
        used: float = self.programme.model.getRunTime()
        return max(1.0, self.effort.seconds - used)

    def _hear(self, bound: float, amounts: Sequence[float]) -> bool:
        """While the solver runs: a better answer is repaired and kept; True when it will do."""
        self.bound = max(self.bound, bound)
        if amounts:
            self._keep(amounts)
        return self._enough()

    def _keep(self, amounts: Sequence[float]) -> bool:
        """Repair an answer and keep it if it is the best; whether it overstepped a coefficient."""
        if not amounts:
            return False
        held = whole(self.problem, amounts)
        over = overstepped(self.problem, held)
        if not over or len(unmet(self.problem, held)) <= self.allowed:
            self._take(held)
        self._take(repaired(self.problem, held, over))
        return bool(over)

    def _take(self, held: tuple[int, ...]) -> None:
        cost = self.problem.cost(held)
        if self.best is not None and cost >= self.best.cost:
            return
        left = unmet(self.problem, held)
        if broken(self.problem, held):
            return
        if len(left) <= self.allowed:
            self.best = Answer(held, cost, self.bound, left, self.fewest)
        elif self.spare is None or (len(left), cost) < (len(self.spare.unmet), self.spare.cost):
            self.spare = Answer(held, cost, 0.0, left, self.fewest)

    def _enough(self) -> bool:
        return self.best is not None and self._answer().gap <= self.effort.gap  # type: ignore[union-attr]

    def _go_on(self, step: str) -> bool:
        cost = self.best.cost if self.best else None
        gap = self._answer().gap if self.best else None  # type: ignore[union-attr]
        heard = self.told(Progress(step, cost, self.bound, gap))
        spent = self.programme.model.getRunTime() >= self.effort.seconds
        return heard and not spent and not self._enough()

    def _answer(self) -> Answer | None:
        if self.best is None:
            return self.spare
        return replace(self.best, bound=bound_for(self.best.cost, self.bound))
