"""A problem taken apart: pieces that share no lever, pool or coefficient, and what still ties them.

Counties are pieces of a city: nothing but money ties them. Without coefficients and pools the
schools are pieces of a county. A limit within one piece goes with it; one across pieces is a tie.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.problem import Cap, Linear, Problem

Line = TypeVar("Line", bound=Linear)


@dataclass(frozen=True)
class Piece:
    """A problem of its own, and the places that its levers and requirements have in the whole."""

    problem: Problem
    levers: tuple[int, ...]
    needs: tuple[int, ...]
    spreads: tuple[int, ...]
    demands: tuple[int, ...]

    def in_whole(self, left: Unmet) -> Unmet:
        """What is unmet in the piece, by places in the whole."""
        return Unmet(
            tuple(self.needs[n] for n in left.needs),
            tuple(self.spreads[s] for s in left.spreads),
            tuple(self.demands[d] for d in left.demands),
        )


@dataclass(frozen=True)
class Split:
    """The pieces, and the limits across them."""

    pieces: tuple[Piece, ...]
    ties: tuple[Cap, ...]


class _Groups:
    """Levers that belong together (union–find)."""

    def __init__(self, number: int) -> None:
        self.parent = list(range(number))

    def root(self, lever: int) -> int:
        while self.parent[lever] != lever:
            self.parent[lever] = self.parent[self.parent[lever]]
            lever = self.parent[lever]
        return lever

    def join(self, levers: Iterable[int]) -> None:
        first: int | None = None
        for lever in levers:
            if first is None:
                first = self.root(lever)
            else:
                self.parent[self.root(lever)] = first


def split(problem: Problem) -> Split:
    """The pieces of a problem, largest ties only: no cap joins what nothing else joins."""
    groups = _Groups(len(problem.levers))
    for part in problem.parts:
        groups.join(lever for n in part.needs for lever in problem.needs[n].slopes)
    for spread in problem.spreads:
        groups.join(lever for n in spread.needs for lever in problem.needs[n].slopes)
    for demand in problem.demands:
        groups.join(demand.slopes)
    for levers in problem.pools.values():
        groups.join(levers)
    roots = [groups.root(lever) for lever in range(len(problem.levers))]
    held: dict[int, list[int]] = {}
    for lever, root in enumerate(roots):
        held.setdefault(root, []).append(lever)
    ties = tuple(c for c in problem.caps if len({roots[lever] for lever in c.weights}) > 1)
    pieces = tuple(taken(problem, levers) for levers in held.values())
    rest = _rest(problem, pieces)
    return Split((*pieces, rest) if rest.needs or rest.demands else pieces, ties)


def _rest(problem: Problem, pieces: Sequence[Piece]) -> Piece:
    """What no lever changes."""
    needs = set(range(len(problem.needs))) - {n for piece in pieces for n in piece.needs}
    spreads = set(range(len(problem.spreads))) - {s for piece in pieces for s in piece.spreads}
    demands = set(range(len(problem.demands))) - {d for piece in pieces for d in piece.demands}
    return _piece(problem, (), needs, spreads, demands)


def taken(problem: Problem, levers: Sequence[int]) -> Piece:
    """Everything that these levers change, with the parts and coefficients it belongs to."""
    held = set(levers)
    parts = [
        p for p in problem.parts if any(held & problem.needs[n].slopes.keys() for n in p.needs)
    ]
    needs = {n for part in parts for n in part.needs}
    spreads = {
        s for s, spread in enumerate(problem.spreads)
        if any(held & problem.needs[n].slopes.keys() for n in spread.needs)
    }  # fmt: skip
    needs |= {n for s in spreads for n in problem.spreads[s].needs}
    demands = {d for d, demand in enumerate(problem.demands) if held & demand.slopes.keys()}
    return _piece(problem, levers, needs, spreads, demands)


def _piece(
    problem: Problem, levers: Sequence[int], needs: set[int], spreads: set[int], demands: set[int]
) -> Piece:
    place = {lever: i for i, lever in enumerate(levers)}
    held_needs, held_spreads, held_demands = sorted(needs), sorted(spreads), sorted(demands)
    new = {n: i for i, n in enumerate(held_needs)}
    smaller = Problem(
        tuple(problem.levers[lever] for lever in levers),
        tuple(_moved(problem.needs[n], place) for n in held_needs),
        tuple(
            replace(p, needs=tuple(new[n] for n in p.needs))
            for p in problem.parts if all(n in new for n in p.needs)
        ),
        tuple(
            replace(problem.spreads[s], needs=tuple(new[n] for n in problem.spreads[s].needs))
            for s in held_spreads
        ),
        tuple(_moved(problem.demands[d], place) for d in held_demands),
        tuple(
            replace(cap, weights=_renamed(cap.weights, place))
            for cap in problem.caps if cap.weights and cap.weights.keys() <= place.keys()
        ),
    )  # fmt: skip
    return Piece(
        smaller, tuple(levers), tuple(held_needs), tuple(held_spreads), tuple(held_demands)
    )


def _moved(line: Line, place: Mapping[int, int]) -> Line:
    return replace(line, slopes=_renamed(line.slopes, place))


def _renamed(weights: Mapping[int, Fraction], place: Mapping[int, int]) -> dict[int, Fraction]:
    return {place[lever]: weight for lever, weight in weights.items() if lever in place}
