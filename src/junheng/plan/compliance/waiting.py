"""What can wait: of the years in which a thing may be done for what is asked, the latest.

Where a unit costs the same now and later the search may choose either. Of the plan found, unit after
unit is put off: to the last year that takes it, else to the one before, and so on, as long as every
requirement, limit and budget stays as it was. A year that has no money is passed over. It is tried
until nothing moves: at the end no unit of one thing at one school could be done later by itself.
Salaries then begin later too: the cost can only fall. Teachers who change school stay in their year:
they come and go together, and cost by the year.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import Answer, bound_for
from junheng.plan.compliance.footing import Footing
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.schedule import Schedule

Step = Mapping[int, int]
"""Lever → what one unit done later adds to it, or takes."""


def put_off(problem: Problem, asked: Asked, schedule: Schedule, answer: Answer) -> Answer:
    """The answer with everything done as late as it may be."""
    calendar = _Calendar(problem, asked, schedule)
    footing = Footing(problem, answer.amounts)
    moved = True
    while moved:  # only ever later: it ends
        moved = False
        for step in calendar.steps(footing):
            moved |= _wait(footing, step)
    held = tuple(footing.held)
    if held == tuple(answer.amounts):
        return answer
    left, cost = unmet(problem, held), problem.cost(held)
    if broken(problem, held) or len(left) > len(answer.unmet) or cost > answer.cost:
        return answer  # floats said yes where the fractions say no
    return replace(answer, amounts=held, cost=cost, unmet=left, bound=bound_for(cost, answer.bound))


def _wait(footing: Footing, step: Step) -> bool:
    """As many units as may be done later, by halving; whether there were any."""
    taken = [lever for lever, sign in step.items() if sign < 0]
    number, moved = min(footing.held[lever] for lever in taken), False
    while number > 0:
        if footing.shift({lever: sign * number for lever, sign in step.items()}):
            moved = True
        else:
            number //= 2
        number = min(number, *(footing.held[lever] for lever in taken))
    return moved


@dataclass
class _Calendar:
    """In which years each thing can be done, and how one unit of it goes from one year to another."""

    problem: Problem
    asked: Asked
    schedule: Schedule
    early: dict[tuple[int, int], int] = field(init=False)
    """(kind, year before the one that asks) → lever that brings forward."""
    kind_of: dict[int, int] = field(init=False)
    same: dict[int, list[tuple[int, int]]] = field(init=False)
    """Lever → (year, lever) of the same way in the later years that ask, the last first."""

    def __post_init__(self) -> None:
        held = self.schedule
        self.early = {each: held.own + i for i, each in enumerate(held.ahead)}
        self.kind_of = {lever: k for k, kind in enumerate(held.kinds) for lever in kind.levers}
        by_way: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
        acts = zip(self.asked.ways, self.asked.when, strict=False)
        for lever, ((site, way), year) in enumerate(acts):
            by_way.setdefault((site.code, way.item, way.label), []).append((year, lever))
        self.same = {
            lever: sorted((each for each in years if each[0] > year), reverse=True)
            for years in by_way.values()
            for year, lever in years
            if not self.problem.levers[lever].pool
        }

    def steps(self, footing: Footing) -> Iterator[Step]:
        """Every way to do a unit of what is done later, the last years first."""
        for lever, later in sorted(self.same.items(), key=lambda e: -self.asked.when[e[0]]):
            if later and footing.held[lever]:
                for source in self._sources(lever, footing):
                    for target in self._targets(lever, later):
                        yield {**source, **target}
        yield from self._less_early(footing)

    def _less_early(self, footing: Footing) -> Iterator[Step]:
        """What is brought forward, in the year that asks or brought forward less."""
        for (kind, year), lever in sorted(self.early.items(), key=lambda e: -e[0][1]):
            held = self.schedule.kinds[kind]
            if held.pool or not footing.held[lever]:
                continue
            yield {lever: -1}
            for then in range(held.year - 1, year, -1):
                if (kind, then) in self.early:
                    yield {lever: -1, self.early[kind, then]: 1}

    def _sources(self, lever: int, footing: Footing) -> Iterator[Step]:
        """Units done in the year that asks, and those brought forward."""
        yield {lever: -1}
        kind = self.kind_of[lever]
        for year in range(self.schedule.kinds[kind].year - 1, self.schedule.first - 1, -1):
            early = self.early.get((kind, year))
            if early is not None and footing.held[early]:
                yield {lever: -1, early: -1}

    def _targets(self, lever: int, later: list[tuple[int, int]]) -> Iterator[Step]:
        """The same in a year after the one that asks: there, or brought forward from it."""
        found = {}
        for year, then in later:
            found[year, year] = {then: 1}
            kind = self.kind_of[then]
            for early in range(self.asked.when[lever] + 1, year):
                if (kind, early) in self.early:
                    found[early, year] = {then: 1, self.early[kind, early]: 1}
        for _, step in sorted(found.items(), reverse=True):
            yield step


__all__ = ["put_off"]
