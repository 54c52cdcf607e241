"""A problem taken apart: pieces that share no lever, pool or coefficient, and what still ties them.

Counties are pieces of a city: nothing but money ties them. Without coefficients and pools the
schools are pieces of a county; what only demands of single schools ask is put together. A limit within one piece goes with it; one across pieces is a tie.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.problem import Cap, Linear, PartRule, Problem, Spread

BUNDLE = 500
"""Levers that are asked together though nothing joins them."""

Line = TypeVar("Line", bound=Linear)
Rule = TypeVar("Rule", PartRule, Spread)


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

    def in_whole(self, amounts: Iterable[Sequence[int]]) -> tuple[int, ...]:
        """Amounts of the levers of each piece, as those of the whole."""
        found = [0] * sum(len(piece.levers) for piece in self.pieces)
        for piece, held in zip(self.pieces, amounts, strict=True):
            for lever, number in zip(piece.levers, held, strict=True):
                found[lever] = number
        return tuple(found)


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


def _grouped(problem: Problem, joined: Collection[Cap]) -> _Groups:
    """Levers of one piece in one group."""
    groups = _Groups(len(problem.levers))
    for cap in joined:
        groups.join(cap.weights)
    for part in problem.parts:
        groups.join(lever for n in part.needs for lever in problem.needs[n].slopes)
    for spread in problem.spreads:
        groups.join(lever for n in spread.needs for lever in problem.needs[n].slopes)
    for demand in problem.demands:
        groups.join(demand.slopes)
    for levers in problem.pools.values():
        groups.join(levers)
    for cap in problem.caps:  # what is brought forward belongs to what is done
        if any(weight < 0 for weight in cap.weights.values()) and not cap.most:
            groups.join(cap.weights)
    return groups


def _bundle(problem: Problem, groups: _Groups) -> None:
    """Put together, a bundle at a time, what only demands of single schools ask: a city has thousands of
    those pieces, each answered at sight, and every one would cost as much to keep as a county."""
    needed = {groups.root(lever) for need in problem.needs for lever in need.slopes}
    others = [lever for lever in range(len(problem.levers)) if groups.root(lever) not in needed]
    for first in range(0, len(others), BUNDLE):
        groups.join(others[first : first + BUNDLE])


def split(problem: Problem, *, joined: Collection[Cap] = ()) -> Split:
    """The pieces of a problem: no limit joins what nothing else joins, but these."""
    groups = _grouped(problem, joined)
    _bundle(problem, groups)
    roots = [groups.root(lever) for lever in range(len(problem.levers))]
    held: dict[int, list[int]] = {}
    for lever, root in enumerate(roots):
        held.setdefault(root, []).append(lever)
    ties = tuple(c for c in problem.caps if len({roots[lever] for lever in c.weights}) > 1)
    pieces = tuple(taken(problem, levers) for levers in held.values())
    rest = _rest(problem, pieces)
    return Split((*pieces, rest) if rest.needs or rest.demands else pieces, ties)


def split_widely(problem: Problem) -> Split:
    """The pieces where only what ties the most of them is left a tie: the people that a county may hire
    make one piece of its two stages, the money of all is across the counties."""
    first = split(problem)
    piece_of = {lever: p for p, piece in enumerate(first.pieces) for lever in piece.levers}
    spans = [len({piece_of[lever] for lever in cap.weights}) for cap in first.ties]
    pairs = zip(first.ties, spans, strict=True)
    narrow = [cap for cap, span in pairs if span < max(spans)]
    return split(problem, joined=narrow) if narrow else first


def _rest(problem: Problem, pieces: Sequence[Piece]) -> Piece:
    """What no lever changes."""
    parts = {
        p for p, part in enumerate(problem.parts)
        if not any(problem.needs[n].slopes for n in part.needs)
    }  # fmt: skip
    spreads = set(range(len(problem.spreads))) - {s for piece in pieces for s in piece.spreads}
    demands = set(range(len(problem.demands))) - {d for piece in pieces for d in piece.demands}
    return _piece(problem, (), parts, spreads, demands)


def taken(problem: Problem, levers: Sequence[int]) -> Piece:
    """Everything that these levers change, with the parts and coefficients it belongs to."""
    held = set(levers)
    changed = {n for n, need in enumerate(problem.needs) if held & need.slopes.keys()}
    parts = {p for p, part in enumerate(problem.parts) if changed.intersection(part.needs)}
    spreads = {s for s, spread in enumerate(problem.spreads) if changed.intersection(spread.needs)}
    demands = {d for d, demand in enumerate(problem.demands) if held & demand.slopes.keys()}
    return _piece(problem, levers, parts, spreads, demands)


def _piece(
    problem: Problem, levers: Sequence[int], parts: set[int], spreads: set[int], demands: set[int]
) -> Piece:
    place = {lever: i for i, lever in enumerate(levers)}
    needs = sorted(
        {n for p in parts for n in problem.parts[p].needs}
        | {n for s in spreads for n in problem.spreads[s].needs}
    )
    new = {n: i for i, n in enumerate(needs)}
    held_spreads, held_demands = sorted(spreads), sorted(demands)
    smaller = Problem(
        tuple(problem.levers[lever] for lever in levers),
        tuple(_moved(problem.needs[n], place) for n in needs),
        tuple(_renumbered(problem.parts[p], new) for p in sorted(parts)),
        tuple(_renumbered(problem.spreads[s], new) for s in held_spreads),
        tuple(_moved(problem.demands[d], place) for d in held_demands),
        tuple(
            replace(cap, weights=_renamed(cap.weights, place))
            for cap in problem.caps
            if cap.weights and cap.weights.keys() <= place.keys()
        ),
    )
    return Piece(smaller, tuple(levers), tuple(needs), tuple(held_spreads), tuple(held_demands))


def _renumbered(rule: Rule, new: Mapping[int, int]) -> Rule:
    return replace(rule, needs=tuple(new[n] for n in rule.needs))


def _moved(line: Line, place: Mapping[int, int]) -> Line:
    return replace(line, slopes=_renamed(line.slopes, place))


def _renamed(weights: Mapping[int, Fraction], place: Mapping[int, int]) -> dict[int, Fraction]:
    return {place[lever]: weight for lever, weight in weights.items() if lever in place}
