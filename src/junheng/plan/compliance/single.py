"""The search for one county: relaxation, a first plan near it, then programme, repair and tangents in turn.

Everything is demanded at first. Where that is proven impossible, what no school can meet is set
aside and cost is sought for the rest; where it is not single schools that are to blame, the fewest
requirements are given up by one programme.
"""

from collections.abc import Callable

from junheng.plan.compliance.checking import broken, overstepped, unmet
from junheng.plan.compliance.climbing import IMPOSSIBLE, Climb
from junheng.plan.compliance.effort import Answer, Effort, Progress, at_least
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.relaxation import Relaxed, relax
from junheng.plan.compliance.repairing import repaired, whole
from junheng.plan.compliance.unavoidable import Unavoidable, unavoidable, without

FEWEST_ROUNDS = 40
"""Programmes solved for the fewest requirements given up, each with the tangents of the answer before."""


def search_single(
    problem: Problem,
    *,
    effort: Effort,
    told: Callable[[Progress], bool],
    relaxed: Relaxed | None = None,
    known: Unavoidable | None = None,
) -> Answer | None:
    """The best answer found for a problem that has something unmet and levers. None where the search
    was ended before there was any answer.

    `relaxed`, `known`: its relaxation, and what it is known to leave unmet, where these were sought."""
    relaxed = relaxed or relax(problem)
    if relaxed.possible is not False:
        programme = Programme(problem)
        found = Climb(problem, programme, 0, effort, told).run(relaxed.bound, near=relaxed)
        if found is not IMPOSSIBLE:
            return found
    found = _without_what_cannot_be(problem, effort, told, known)
    if found is not None:
        return found
    programme = Programme(problem, giving_up=True)
    fewest, allowed, near = _fewest(problem, programme, effort)
    programme.give_up_at_most(allowed)
    found = Climb(problem, programme, fewest, effort, told, allowed=allowed).run(0.0, start=near)
    return None if found is IMPOSSIBLE else found


def _without_what_cannot_be(
    problem: Problem, effort: Effort, told: Callable[[Progress], bool], known: Unavoidable | None
) -> Answer | None:
    """The answer where single schools and coefficients are to blame; None where it is not so simple."""
    if known is None:
        known = unavoidable(problem, effort)
        if known is None:
            return None
        told(Progress(f"至少{known.number}项达不到", None, 0.0, None))
    relaxed = relax(without(without(problem, known.certain), known.open))
    programme = Programme(without(problem, known.certain), giving_up=known.open)
    for choice in known.choices:
        programme.give_up_at_most(choice.number, choice.among)
    climb = Climb(problem, programme, known.number, effort, told, allowed=known.number)
    found = climb.run(relaxed.bound, near=relaxed)
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
        spent = programme.model.getRunTime()
        if spent >= effort.seconds / 2:  # the rest is for what it costs
            break
        found = programme.fewest_given_up(seconds=effort.seconds / 2 - spent, nodes=effort.nodes)
        fewest = max(fewest, at_least(found.bound))
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
