"""What some levers of a need must come to alone, because the others cannot: said to the solvers, it makes
halves dear.

Levers that take away do not help, and levers of which there is little (land) help no further than
there is of them: where the need is met, the rest comes to the limit less that, whatever is chosen. Without such
rows a need half met, or half given up, is half met by the cheapest levers only, and the bound is far below.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from junheng.plan.compliance.numbers import Row
from junheng.plan.compliance.problem import Problem


@dataclass(frozen=True)
class Rest:
    """Levers that alone come to the limit where their need is met, to the floor where it stays behind."""

    steps: Mapping[int, Fraction]
    limit: Fraction
    """More than nought."""
    floor: Fraction
    """At least nought."""


def rests(problem: Problem, row: Row, reach: Sequence[float]) -> Iterator[Rest]:
    """What is left to the others when levers that take away do nothing, and then the cheapest, one after
    the other, all they can (`reach`, see `outward.reaches`); nothing that the row itself says."""
    adding = {lever: step for lever, step in row.steps.items() if step > 0}
    limit, floor = row.limit, row.floor
    if len(adding) < len(row.steps) and limit > 0:
        yield Rest(adding, limit, max(floor, Fraction(0)))
    for lever in sorted(adding, key=lambda lever: problem.levers[lever].cost / adding[lever]):
        if reach[lever] == inf:
            return
        reached = adding[lever] * Fraction(reach[lever])
        limit, floor = limit - reached, floor - reached
        if limit <= 0:
            return
        adding = {other: step for other, step in adding.items() if other != lever}
        yield Rest(adding, limit, max(floor, Fraction(0)))
