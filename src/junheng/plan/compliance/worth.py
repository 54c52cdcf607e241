"""What each requirement costs: how much less the plan would cost if it were not asked.

A group is one indicator at one stage with its coefficient, all coefficients, or one further clause.
The problem is solved again without the group. Saved is the difference between the two plans; how
much at least and at most follows from the two bounds. A dual value would tell what the last unit of
one row costs while everything else, and every choice of what stays behind, is held: with whole
things and a choice to make that is not what dropping the clause would save, so it is not told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.problem import PartRule, Problem
from junheng.plan.compliance.searching import Answer, Effort, Progress, search


@dataclass(frozen=True)
class Group:
    """Requirements that are asked together, by their places in the problem."""

    line: str
    """L1–L7, GV3, GV9, GV12; CV = every coefficient."""
    stage: str
    needs: frozenset[int] = frozenset()
    spreads: frozenset[int] = frozenset()
    demands: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Saving:
    """What one group adds to the cost (yuan)."""

    group: Group
    saved: Fraction
    at_least: float
    at_most: float


def without(problem: Problem, group: Group) -> Problem:
    """The problem with these requirements not asked: their needs count as met."""

    def rule(part: PartRule) -> PartRule:
        kept = tuple(n for n in part.needs if n not in group.needs)
        return replace(part, needs=kept, needed=part.needed - (len(part.needs) - len(kept)))

    return replace(
        problem,
        parts=tuple(rule(part) for part in problem.parts),
        spreads=tuple(s for i, s in enumerate(problem.spreads) if i not in group.spreads),
        demands=tuple(d for i, d in enumerate(problem.demands) if i not in group.demands),
    )


def savings(
    problem: Problem,
    answer: Answer,
    groups: Sequence[Group],
    *,
    effort: Effort,
    told: Callable[[Progress], bool] = lambda _: True,
) -> Iterator[Saving]:
    """What each group adds to the cost of `answer`; what it leaves unmet is asked of none of them.

    Ends early where `told` says False. A group whose search ended before everything that was left to
    ask was met is left out: who shows these says so."""
    each = replace(effort, seconds=effort.seconds / max(1, len(groups)))
    for group in groups:
        found = search(without(problem, _beside(answer.unmet, group)), effort=each)
        if found is None or found.unmet:  # ended before all that was left to ask was met
            continue
        less = min(found.cost, answer.cost)
        yield Saving(
            group, answer.cost - less, max(0.0, answer.bound - float(less)),
            float(answer.cost) - min(found.bound, float(less)),
        )  # fmt: skip
        step = f"不要求{group.line}{group.stage}，省{float(answer.cost - less) / 10_000:,.1f}万元"
        if not told(Progress(step, less, found.bound, found.gap)):
            return


def groups_of(asked: Asked) -> list[Group]:
    """An indicator at a stage with its coefficient; all coefficients; each further line."""
    lines: dict[tuple[str, str], tuple[set[int], set[int], set[int]]] = {}
    for place, (part, line) in enumerate(asked.needs):
        stage = asked.parts[part][2]
        lines.setdefault((line, stage.value), (set(), set(), set()))[0].add(place)
    for place, (_, stage, line) in enumerate(asked.spreads):
        lines[line, stage.value][1].add(place)
    every = set(range(len(asked.spreads)))
    lines["CV", ""] = (set(), every, set())
    for place, (line, *_) in enumerate(asked.demands):
        lines.setdefault((line, ""), (set(), set(), set()))[2].add(place)
    return [
        Group(line, stage, *(frozenset(each) for each in held))
        for (line, stage), held in lines.items()
    ]


def _beside(left: Unmet, group: Group) -> Group:
    """The group, and what is unmet anyway."""
    return replace(
        group,
        needs=group.needs.union(left.needs),
        spreads=group.spreads.union(left.spreads),
        demands=group.demands.union(left.demands),
    )


__all__ = ["Group", "Saving", "groups_of", "savings", "without"]
