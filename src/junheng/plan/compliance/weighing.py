"""One county at a price of the yuan: what it had better meet and what leave, and what that proves.

Least (given up + price × yuan). Without the coefficients of variation that is answered within a second,
exactly: schools hardly depend on each other. Which coefficients had better be met is decided outside the
programme (`deciding`).
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter

from junheng.plan.compliance.checking import broken, overstepped, unmet
from junheng.plan.compliance.deciding import LEAST_SECONDS, NODES, Deciding, keeping
from junheng.plan.compliance.effort import Answer
from junheng.plan.compliance.halves import given_up, halved
from junheng.plan.compliance.repairing import repaired, rounded, whole
from junheng.plan.compliance.solver import is_ended
from junheng.plan.compliance.splitting import Piece

AROUND, AROUND_GAP = (2, 1, -1, -2), 0.001
"""Requirements more than the best plan leaves, ever fewer; relative gap of what that costs."""
BESIDE_BY = 1 / 2
"""Requirements that a bound is above the best plan, at most, for plans next to it to be looked for."""
PRICES = (1, 9 / 10, 10 / 9)
"""Of the yuan, as shares of the one asked at, for plans next to the best."""
MENDED, STEPS = 4, 60
"""Coefficients that are mended in an answer without them, and additions tried for each: a plan for little
money is far from most of them, and to try them all takes minutes."""


@dataclass(frozen=True)
class Line:
    """What one plan leaves unmet and costs: at every price it comes to left + price × cost."""

    left: int
    cost: Fraction
    amounts: tuple[int, ...]

    def at(self, price: float) -> float:
        return self.left + price * float(self.cost)


class Weighed:
    """A piece, its programme without coefficients, and every plan of it that was met."""

    def __init__(self, piece: Piece, answer: Answer) -> None:
        self.piece = piece
        self.linear = replace(piece.problem, spreads=())
        self.programme = keeping(self.linear, frozenset()) if piece.levers else None
        self.spent = 0.0
        """Seconds."""
        self.plans: list[Line] = []
        self.loose: list[Line] = []
        """The same with coefficients apart."""
        for amounts in (tuple(0 for _ in piece.levers), answer.amounts):
            self.keep(amounts)

    def keep(self, amounts: tuple[int, ...]) -> Line | None:
        """A plan that is met; None where it oversteps a limit."""
        problem = self.piece.problem
        if broken(problem, amounts):
            return None
        cost = problem.cost(amounts)
        left = unmet(problem, amounts)
        self.loose.append(Line(len(left) - len(left.spreads), cost, amounts))
        self.plans.append(Line(len(left), cost, amounts))
        return self.plans[-1]

    def keep_near(
        self, found: Sequence[float], given_up: Collection[int]
    ) -> tuple[int, ...] | None:
        """The solver's answer made whole, as it is and with the coefficients mended that are not given
        up; None where there is no answer."""
        if not found:
            return None
        problem = self.piece.problem
        held = whole(problem, found)
        self.keep(held)
        over = [s for s in overstepped(problem, held) if s not in given_up]
        self.keep(repaired(problem, held, over))
        return held

    def best(self, price: float) -> Line:
        """The known plan that comes to the least."""
        return min(self.plans, key=lambda plan: plan.at(price))

    def overstepped(self, price: float) -> int:
        """Coefficients that the best plan without them is over."""
        best = min(self.loose, key=lambda plan: plan.at(price))
        return len(overstepped(self.piece.problem, best.amounts))

    def loosely(self, price: float, seconds: float) -> float:
        """The bound without coefficients; plans of the answer, as it is and mended, are kept."""
        if self.programme is None:
            return self.best(price).at(price) - len(overstepped(self.piece.problem, ()))
        with self._counted():
            found = self.programme.least_weighed(price, seconds=seconds, nodes=NODES)
            if found.amounts:
                held = whole(self.linear, found.amounts)
                self.keep(held)
                over = overstepped(self.piece.problem, held)
                if 0 < len(over) <= MENDED:
                    self.keep(repaired(self.piece.problem, held, over, steps=STEPS))
        return found.bound

    def exactly(self, price: float, *, near: float, seconds: float) -> float:
        """The bound with coefficients, so near a plan if time does; plans that are met on the way are kept."""
        if self.programme is None:
            return self.best(price).at(price)
        with self._counted():
            return Deciding(self.piece.problem, self, price, near=near, seconds=seconds).run()

    def beside(self, price: float, seconds: float) -> None:
        """Look for plans next to the best at this price, for money to come out even: rounded answers with
        the yuan somewhat cheaper or dearer, and those that meet one coefficient more or fewer, where they
        may come to little more than the best."""
        if self.programme is None:
            return
        with self._counted():
            self._beside(price, perf_counter() + seconds)

    def _beside(self, price: float, until: float) -> None:
        problem = self.piece.problem
        every = frozenset(range(len(problem.spreads)))
        dropped = frozenset(unmet(problem, self.best(price).amounts).spreads)
        for others in (dropped, *(dropped ^ {place} for place in sorted(every))):
            programme = keeping(problem, every - others)
            for share in PRICES if others == dropped else (1,):
                if is_ended() or perf_counter() >= until:
                    return
                near = halved(programme, price * share)
                known = self.best(price * share).at(price * share)
                if not near.columns or near.bound + len(others) > known + BESIDE_BY:
                    break
                amounts = near.columns[: len(problem.levers)]
                self.keep(rounded(problem, amounts, given_up(programme, near, others)))

    def around(self, price: float, seconds: float) -> None:
        """Look for the cheapest plans that meet the coefficients which the best at this price does and leave
        one or two needs more or fewer than it."""
        if self.programme is None:
            return
        with self._counted():
            self._around(self.best(price), price, perf_counter() + seconds)

    def _around(self, best: Line, price: float, until: float) -> None:
        problem = self.piece.problem
        left = unmet(problem, best.amounts)
        programme = keeping(problem, frozenset(range(len(problem.spreads))) - set(left.spreads))
        halved(programme, price)
        for more in AROUND:
            number = len(left) - len(left.spreads) + more
            rest = until - perf_counter()
            if number < 0 or rest <= 0 or is_ended():
                break
            programme.give_up_at_most(number)
            found = programme.least_cost(
                gap=AROUND_GAP, seconds=max(LEAST_SECONDS, rest), nodes=NODES
            )
            self.keep_near(found.amounts, left.spreads)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        begun = perf_counter()
        try:
            yield
        finally:
            self.spent += perf_counter() - begun
