"""What can wait: of two years in which a thing may be bought for what a later year asks, the later.

Where a unit costs the same now and later the search may choose either. Of the plan found, unit after
unit is put off to the next year that asks something as long as every requirement, limit and budget
stays as it was: at the end no single unit could be done later. Salaries then begin later too: the
cost can only fall. Teachers who change school stay in their year: they come and go together, and
cost by the year.
"""

from collections.abc import Mapping
from dataclasses import replace

from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import Answer, bound_for
from junheng.plan.compliance.footing import Footing
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.schedule import Schedule

ROUNDS = 3
"""What waits in one round may let something else wait in the next."""


def put_off(problem: Problem, asked: Asked, schedule: Schedule, answer: Answer) -> Answer:
    """The answer with everything done as late as it may be."""
    later = {**_later(asked), **_less_early(schedule)}
    if not later:
        return answer
    footing = Footing(problem, answer.amounts)
    for _ in range(ROUNDS):
        before = tuple(footing.held)
        for lever, then in later.items():
            if problem.levers[lever].pool:
                continue
            _wait(footing, lever, then)
        if tuple(footing.held) == before:
            break
    held = tuple(footing.held)
    left, cost = unmet(problem, held), problem.cost(held)
    if broken(problem, held) or len(left) > len(answer.unmet) or cost > answer.cost:
        return answer  # floats said yes where the fractions say no
    return replace(answer, amounts=held, cost=cost, unmet=left, bound=bound_for(cost, answer.bound))


def _wait(footing: Footing, lever: int, then: int | None) -> None:
    """As many units as may be done later, by halving."""
    number = footing.held[lever]
    while number > 0:
        changes: Mapping[int, int] = {lever: -number}
        if then is not None:
            changes = {**changes, then: number}
        if not footing.shift(changes):
            number //= 2
        number = min(number, footing.held[lever])


def _later(asked: Asked) -> dict[int, int]:
    """Lever → the same way in the next year that asks, the last years first."""
    acts = zip(asked.ways, asked.when, strict=False)
    places = {
        ((site.code, way.item, way.label), year): lever
        for lever, ((site, way), year) in enumerate(acts)
    }
    after = dict(zip(asked.years, asked.years[1:], strict=False))
    return {
        lever: places[what, after[year]] for (what, year), lever in places.items() if year in after
    }


def _less_early(schedule: Schedule) -> dict[int, int | None]:
    """Lever that brings forward → the one of the year after; none = done in the asking year."""
    places = {each: schedule.own + i for i, each in enumerate(schedule.ahead)}
    return {
        lever: places.get((kind, year + 1))
        for (kind, year), lever in sorted(places.items(), key=lambda each: -each[0][1])
    }


__all__ = ["put_off"]
