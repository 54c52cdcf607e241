"""What no plan can meet: found school by school and coefficient by coefficient, and set aside.

A county that cannot meet everything mostly cannot for reasons of single schools: no land, nobody to
hire. So many requirements as a school alone must leave unmet, and the coefficients that cannot be brought within
their limits by any means, add up to a bound on how few can be unmet. Where a plan comes to that
bound, every plan with so few leaves exactly these unmet, school by school: what is left to ask is an
ordinary problem, with a relaxation as good as any.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.plan.compliance.checking import Unmet, unmet
from junheng.plan.compliance.effort import SURE, Effort, at_least
from junheng.plan.compliance.problem import Demand, Lever, PartRule, Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.repairing import whole
from junheng.plan.compliance.splitting import Piece, split


@dataclass(frozen=True)
class Choice:
    """So many of these must be given up, and it is open which."""

    among: Unmet
    number: int


@dataclass(frozen=True)
class Unavoidable:
    """How few unmet are proven, what is certainly among them, and where there is a choice."""

    number: int
    certain: Unmet
    choices: tuple[Choice, ...]

    @property
    def open(self) -> Unmet:
        """Everything that is in some choice."""
        return Unmet(
            tuple(n for each in self.choices for n in each.among.needs), (),
            tuple(d for each in self.choices for d in each.among.demands),
        )  # fmt: skip


def without(problem: Problem, given: Unmet) -> Problem:
    """The problem with these requirements no longer asked; places of needs and demands stay."""
    dropped = set(given.needs)
    nothing = Fraction(0)
    return replace(
        problem,
        parts=tuple(_less(part, dropped) for part in problem.parts),
        spreads=tuple(s for i, s in enumerate(problem.spreads) if i not in given.spreads),
        demands=tuple(
            Demand(d.name, nothing, {}) if i in given.demands else d
            for i, d in enumerate(problem.demands)
        ),
    )


def _less(part: PartRule, dropped: set[int]) -> PartRule:
    """A part asked for fewer needs; as many of the others may stay behind as before."""
    kept = tuple(n for n in part.needs if n not in dropped)
    return replace(part, needs=kept, needed=part.needed - (len(part.needs) - len(kept)))


def unavoidable(problem: Problem, effort: Effort) -> Unavoidable | None:
    """None where it is not schools and coefficients one by one that are to blame."""
    linear = replace(problem, spreads=())
    few, left = _fewest(linear, effort)
    if few is None or len(left) != few:
        return None
    certain, choices, number = _by_school(problem, left, effort)
    if number != few:
        return None
    spreads = tuple(
        place for place, spread in enumerate(problem.spreads)
        if relax(replace(problem, parts=(), demands=(), spreads=(spread,))).possible is False
    )  # fmt: skip
    certain = replace(certain, spreads=spreads)
    return Unavoidable(few + len(spreads), certain, tuple(choices))


def _fewest(linear: Problem, effort: Effort) -> tuple[int | None, Unmet]:
    """Proven fewest without coefficients, and what an answer with so few leaves unmet."""
    programme = Programme(linear, giving_up=True)
    found = programme.fewest_given_up(seconds=effort.seconds, nodes=effort.nodes)
    if not found.amounts:
        return None, Unmet()
    return at_least(found.bound), unmet(linear, whole(linear, found.amounts))


def _by_school(problem: Problem, left: Unmet, effort: Effort) -> tuple[Unmet, list[Choice], int]:
    """What each school by itself must leave unmet, whatever the others do."""
    needs: list[int] = []
    demands: list[int] = []
    choices: list[Choice] = []
    number = 0
    for place in left.demands:
        if _wide(problem, problem.demands[place]) and _beyond(problem, problem.demands[place]):
            demands.append(place)
            number += 1
    for piece in _schools(problem, left):
        few, given = _fewest(piece.problem, effort)
        if not few:
            continue
        number += few
        if len(given) == few and all(_certain(piece, few, each, effort) for each in _single(given)):
            given = piece.in_whole(given)
            needs += given.needs
            demands += given.demands
        else:
            choices.append(Choice(Unmet(piece.needs, (), piece.demands), few))
    return Unmet(tuple(needs), (), tuple(demands)), choices, number


def _single(given: Unmet) -> Iterator[Unmet]:
    yield from (Unmet((n,)) for n in given.needs)
    yield from (Unmet((), (), (d,)) for d in given.demands)


def _certain(piece: Piece, few: int, one: Unmet, effort: Effort) -> bool:
    """Whether no answer with so few unmet meets this one."""
    problem = piece.problem
    needs, demands = range(len(problem.needs)), range(len(problem.demands))
    others = Unmet(
        tuple(n for n in needs if n not in one.needs),
        (),
        tuple(d for d in demands if d not in one.demands),
    )
    programme = Programme(problem, giving_up=others)
    found = programme.fewest_given_up(seconds=effort.seconds, nodes=effort.nodes)
    return found.possible is False or found.bound > few + SURE


def _wide(problem: Problem, demand: Demand) -> bool:
    """Whether it is asked of a county and not of a school: its levers serve needs of many parts."""
    touched = {
        part.who or place for place, part in enumerate(problem.parts)
        if any(demand.slopes.keys() & problem.needs[n].slopes.keys() for n in part.needs)
    }  # fmt: skip
    return len(touched) > MANY_PARTS


MANY_PARTS = 3
"""More parts than a school has, each counted once however many years ask."""


def _beyond(problem: Problem, demand: Demand) -> bool:
    """Whether all there is of every lever does not do."""
    most = demand.base
    for lever, slope in demand.slopes.items():
        if slope > 0:
            held = problem.levers[lever].most
            if held is None:
                return False
            most += slope * held
    return most < 0


def _schools(problem: Problem, left: Unmet) -> Iterator[Piece]:
    """The schools that leave something unmet, each alone: teachers may come from anywhere."""
    alone = replace(
        problem,
        levers=tuple(_alone(lever) for lever in problem.levers),
        spreads=(),
        demands=tuple(
            Demand(d.name, Fraction(0), {}) if _wide(problem, d) else d for d in problem.demands
        ),
    )
    for piece in split(alone).pieces:
        if set(piece.needs) & set(left.needs) or set(piece.demands) & set(left.demands):
            yield piece


def _alone(lever: Lever) -> Lever:
    return replace(lever, pool="", sign=0)
