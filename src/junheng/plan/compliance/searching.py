"""The search for the best answer, of one county or of several with one budget.

The gap told is (cost of the repaired plan − bound) ÷ cost: a gap of the programme alone means nothing
while a coefficient is overstepped.
"""

from collections.abc import Callable
from fractions import Fraction

from junheng.plan.compliance.checking import unmet
from junheng.plan.compliance.effort import Answer, Effort, Progress
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.single import search_single
from junheng.plan.compliance.splitting import split_widely
from junheng.plan.compliance.together import search_together

USUAL = Effort()


def search(
    problem: Problem,
    *,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
) -> Answer | None:
    """The best answer found. `told` hears of progress; when it says False the search ends with what
    it has. None where the search was ended before there was any answer."""
    nothing = tuple(0 for _ in problem.levers)
    today = unmet(problem, nothing)
    if not today or not problem.levers:
        return Answer(nothing, Fraction(0), 0.0, today, len(today))
    parted = split_widely(problem)
    if len(parted.pieces) > 1:
        found = search_together(problem, parted, effort=effort, told=told)
        if found is not None:
            return found
    return search_single(problem, effort=effort, told=told)


__all__ = ["Answer", "Effort", "Progress", "search"]
