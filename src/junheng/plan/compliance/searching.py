"""The search: relaxation, a first plan near it, then programme, repair and new tangents in turn.

Everything is demanded at first. Where that is proven impossible, the fewest requirements are given
up, and cost is sought with so many given up. The gap told is (cost of the repaired plan − bound) ÷ cost:
a gap of the programme alone means nothing while a coefficient is overstepped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

from junheng.plan.compliance.checking import Unmet, broken, overstepped, unmet
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.relaxation import Relaxed, relax
from junheng.plan.compliance.repairing import repaired, whole

FIRST_GAP = 0.01
ROUNDS, FEWEST_ROUNDS = 12, 40
"""Programmes solved, each with the tangents of the answer before."""


@dataclass(frozen=True)
class Effort:
    """How long to search."""

    gap: float = 0.001
    """Relative gap at which the search ends."""
    seconds: float = inf
    """Time of the solver in all; without it, nodes alone end the search and every machine answers alike."""
    nodes: int = 2_000
    """Search nodes of each programme."""


@dataclass(frozen=True)
class Progress:
    """Where the search stands."""

    step: str
    cost: Fraction | None
    bound: float
    gap: float | None


@dataclass(frozen=True)
class Answer:
    """Whole amounts of the levers, what they leave unmet, and how good they are proven to be."""

    amounts: tuple[int, ...]
    cost: Fraction
    bound: float
    """No answer with so few unmet costs less."""
    unmet: Unmet
    fewest: int
    """Proven: no answer leaves fewer unmet."""

    @property
    def gap(self) -> float:
        """(cost − bound) ÷ cost; 0 where it costs nothing."""
        return max(0.0, (float(self.cost) - self.bound) / float(self.cost)) if self.cost else 0.0


def search(
    problem: Problem,
    *,
    effort: Effort = Effort(),
    told: Callable[[Progress], bool] = lambda _: True,
) -> Answer | None:
    """The best answer found. `told` hears of progress; when it says False the search ends with what
    it has. None where the search was ended before there was any answer."""
    nothing = tuple(0 for _ in problem.levers)
    today = unmet(problem, nothing)
    if not today or not problem.levers:
        return Answer(nothing, Fraction(0), 0.0, today, len(today))
    relaxed = relax(problem)
    if relaxed.possible is not False:
        programme = Programme(problem)
        if relaxed.possible:
            programme.cut_at(relaxed.amounts)
        found = _Search(problem, programme, 0, effort, told).run(relaxed.bound, near=relaxed)
        if found is not IMPOSSIBLE:
            return found
    programme = Programme(problem, giving_up=True)
    fewest, allowed, near = _fewest(problem, programme, effort)
    programme.give_up_at_most(allowed)
    found = _Search(problem, programme, fewest, effort, told, allowed=allowed).run(0.0, start=near)
    return None if found is IMPOSSIBLE else found


def _fewest(
    problem: Problem, programme: Programme, effort: Effort
) -> tuple[int, int, tuple[float, ...]]:
    """How few unmet are proven to be unavoidable, how few were reached, and by which amounts.

    The tangents let some answers pass that overstep a coefficient: each is cut off until what the
    programme counts is what is counted exactly."""
    nothing = tuple(0 for _ in problem.levers)
    fewest, reached, best = 0, len(unmet(problem, nothing)), tuple(map(float, nothing))
    for _ in range(FEWEST_ROUNDS):
        found = programme.fewest_given_up(seconds=effort.seconds, nodes=effort.nodes)
        fewest = max(fewest, -int(-(found.bound - 1e-6) // 1))
        if not found.amounts:
            break
        held = whole(problem, found.amounts)
        for tried in (held, repaired(problem, held, overstepped(problem, held))):
            number = len(unmet(problem, tried))
            if not broken(problem, tried) and number < reached:
                reached, best = number, tuple(float(n) for n in tried)
        if reached <= fewest:
            break
        programme.cut_at(found.amounts)
    return fewest, reached, best


IMPOSSIBLE = Answer((), Fraction(0), 0.0, Unmet(), 0)
"""Proven: nothing meets what is demanded."""


class _Search:
    """Programme, repair, tangents, again, until the gap is small enough."""

    def __init__(
        self, problem: Problem, programme: Programme, fewest: int, effort: Effort,
        told: Callable[[Progress], bool], *, allowed: int = 0,
    ) -> None:  # fmt: skip
        self.problem, self.programme, self.effort, self.told = problem, programme, effort, told
        self.fewest, self.allowed = fewest, allowed
        self.best: Answer | None = None
        self.bound = 0.0

    def run(
        self, bound: float, *, near: Relaxed | None = None, start: Sequence[float] = ()
    ) -> Answer | None:
        """Near the relaxation's amounts first, or from an answer that is known."""
        self.bound = bound
        if start:
            self._keep(start)
        if near is not None and near.amounts:
            first = self.programme.rounded(
                near.amounts,
                near.undecided,
                gap=FIRST_GAP,
                seconds=self._left(),
                nodes=self.effort.nodes,
            )
            self._keep(first.amounts)
            if not self._go_on("先在松弛解附近取整"):
                return self._answer()
        for number in range(1, ROUNDS + 1):
            held = self.best.amounts if self.best else ()
            found = self.programme.least_cost(
                gap=self.effort.gap / 2, seconds=self._left(), nodes=self.effort.nodes, start=held
            )
            if found.possible is False:
                return IMPOSSIBLE
            self.bound = max(self.bound, found.bound)
            before = self.best.cost if self.best else None
            self._keep(found.amounts)
            improved = self.best is not None and self.best.cost != before
            if not self._go_on(f"第{number}轮") or not (found.amounts and (improved or self._cut)):
                break
        return self._answer()

    def _left(self) -> float:
        used: float = self.programme.model.getRunTime()
        return max(1.0, self.effort.seconds - used)

    def _keep(self, amounts: Sequence[float]) -> None:
        """Repair an answer, keep it if it is the best, and cut where it touched the cones."""
        self._cut = False
        if not amounts:
            return
        held = whole(self.problem, amounts)
        over = overstepped(self.problem, held)
        self.programme.cut_at(amounts)
        self._cut = bool(over)
        if over and len(unmet(self.problem, held)) > self.allowed:
            held = repaired(self.problem, held, over)
        left = unmet(self.problem, held)
        if broken(self.problem, held) or len(left) > self.allowed:
            return
        cost = self.problem.cost(held)
        if self.best is None or cost < self.best.cost:
            self.best = Answer(held, cost, self.bound, left, self.fewest)

    def _go_on(self, step: str) -> bool:
        cost = self.best.cost if self.best else None
        gap = self._answer().gap if self.best else None  # type: ignore[union-attr]
        heard = self.told(Progress(step, cost, self.bound, gap))
        spent = self.programme.model.getRunTime() >= self.effort.seconds
        return heard and not spent and (gap is None or gap > self.effort.gap)

    def _answer(self) -> Answer | None:
        if self.best is None:
            return None
        return replace(self.best, bound=min(self.bound, float(self.best.cost)))


__all__ = ["Answer", "Effort", "Progress", "search"]
