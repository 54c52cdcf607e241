"""Why a requirement cannot be met: an irreducible set of limits that together make it impossible.

Asked alone first: with every limit, can the relaxation bring this one requirement about? If not, limits
are left out as long as it stays impossible (QuickXplain): without any one of those that remain it
is possible. If it can be met alone, the others that the plan meets are asked with it. What only
whole numbers make impossible is not explained by limits: then those are told that are used up,
or that concern it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.problem import PartRule, Problem
from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.worth import Group, without

TRIES, EXPLAINED = 60, 20
"""Relaxations solved for one requirement; requirements explained one by one."""
SHOWN = 4
"""Limits that a reason names."""
SPENT = Fraction(99, 100)
"""Of a limit, from which on it counts as used up."""
Limit = tuple[str, int]
"""("cap", place) or ("most", lever)."""


@dataclass(frozen=True)
class Conflict:
    """Limits that make one requirement impossible."""

    alone: bool
    """Whether they do so even if nothing else is asked."""
    limits: tuple[str, ...]
    """In words; empty where nothing that can be done changes it at all."""
    proven: bool = True
    """False: the limits are those that the plan uses up, or that concern the requirement."""


def conflicts(problem: Problem, amounts: Sequence[int], left: Unmet) -> Iterator[Conflict | None]:
    """Of every requirement left unmet, needs then spreads then demands; None beyond the first few."""
    each = [("needs", n) for n in left.needs] + [("spreads", s) for s in left.spreads]
    each += [("demands", d) for d in left.demands]
    for number, (kind, place) in enumerate(each):
        yield _conflict(problem, amounts, left, kind, place) if number < EXPLAINED else None


def _conflict(
    problem: Problem, amounts: Sequence[int], left: Unmet, kind: str, place: int
) -> Conflict:
    alone = _alone(problem, amounts, kind, place)
    touched = _levers(problem, kind, place)
    if not touched:
        return Conflict(True, ())
    own = [
        *(("cap", i) for i, cap in enumerate(problem.caps) if touched & cap.weights.keys()),
        *(("most", i) for i in sorted(touched) if problem.levers[i].most is not None),
    ]
    if _impossible(alone, [], problem):
        return Conflict(True, ())
    if _impossible(alone, own, problem):
        return Conflict(True, _words(problem, _irreducible(alone, own, problem)))
    rest = {
        name: frozenset(getattr(left, name)) - ({place} if name == kind else set())
        for name in ("needs", "spreads", "demands")
    }
    joint = without(problem, Group("", "", **rest))
    every = [("cap", i) for i in range(len(problem.caps))]
    if _impossible(joint, every, problem, keep_most=True):
        found = _irreducible(joint, every, problem, keep_most=True)
        return Conflict(False, _words(problem, found))
    concerned = [cap.name for cap in problem.caps if touched & cap.weights.keys()]
    told = tuple(_used_up(problem, amounts)) or tuple(concerned)
    return Conflict(False, told, proven=False)


def _alone(problem: Problem, amounts: Sequence[int], kind: str, place: int) -> Problem:
    """The problem that asks this one requirement: a need at its floor if it is below, else at its limit."""
    if kind == "spreads":
        return replace(problem, parts=(), spreads=(problem.spreads[place],), demands=())
    if kind == "demands":
        return replace(problem, parts=(), spreads=(), demands=(problem.demands[place],))
    need = problem.needs[place]
    target = need.floor if need.value(amounts) < need.floor else need.limit
    needs = list(problem.needs)
    needs[place] = replace(need, limit=target, floor=target)
    rule = PartRule(need.name, (place,), 1)
    return replace(problem, needs=tuple(needs), parts=(rule,), spreads=(), demands=())


def _levers(problem: Problem, kind: str, place: int) -> set[int]:
    """What changes the requirement, and what must go with it."""
    if kind == "spreads":
        found = {i for n in problem.spreads[place].needs for i in problem.needs[n].slopes}
    else:
        found = set(getattr(problem, kind)[place].slopes)
    for levers in problem.pools.values():
        if found & set(levers):
            found |= set(levers)
    return found


def _impossible(
    asked: Problem, limits: Sequence[Limit], whole: Problem, *, keep_most: bool = False
) -> bool:
    """Whether these limits alone make it impossible, whole or not."""
    held = set(limits)
    levers = tuple(
        lever if keep_most or ("most", i) in held or lever.sign < 0 else replace(lever, most=None)
        for i, lever in enumerate(asked.levers)
    )
    caps = tuple(cap for i, cap in enumerate(whole.caps) if ("cap", i) in held)
    return relax(replace(asked, levers=levers, caps=caps)).possible is False


def _irreducible(
    asked: Problem, limits: Sequence[Limit], whole: Problem, *, keep_most: bool = False
) -> list[Limit]:
    """A part of the limits that is impossible too, and without any one of which it is not; larger
    where the tries do not suffice."""
    tries = [0]

    def impossible(some: Sequence[Limit]) -> bool:
        tries[0] += 1
        return tries[0] <= TRIES and _impossible(asked, some, whole, keep_most=keep_most)

    if impossible([]):
        return []
    return _explained([], [], list(limits), impossible)


def _explained(
    held: list[Limit], added: list[Limit], open_: list[Limit],
    impossible: Callable[[Sequence[Limit]], bool],
) -> list[Limit]:  # fmt: skip
    """QuickXplain: which of the open limits are needed beside those held."""
    if added and impossible(held):
        return []
    if len(open_) == 1:
        return open_
    middle = len(open_) // 2
    first, second = open_[:middle], open_[middle:]
    late = _explained([*held, *first], first, second, impossible)
    return [*_explained([*held, *late], late, first, impossible), *late]


def _words(problem: Problem, limits: Sequence[Limit]) -> tuple[str, ...]:
    return tuple(
        problem.caps[place].name
        if kind == "cap"
        else f"{problem.levers[place].name}最多{problem.levers[place].most}"
        for kind, place in limits
    )


def _used_up(problem: Problem, amounts: Sequence[int]) -> Iterator[str]:
    for cap in problem.caps:
        used = sum((w * amounts[i] for i, w in cap.weights.items() if amounts[i]), Fraction(0))
        if cap.most and used >= SPENT * cap.most:
            yield cap.name


def reason(conflict: Conflict | None, *, ended: bool = False) -> str:
    """A conflict in words; nothing where the requirement was not looked into.

    `ended`: the plan leaves more unmet than is proven. Then only a proven conflict says that it cannot
    be met; anything else may merely not have been found."""
    if conflict is None:
        return ""
    if ended and not conflict.proven:
        concerned = f"；有关的限制：{_listed(conflict.limits)}" if conflict.limits else ""
        return f"求解停在这里，没有找到做得到的办法，也没有证明做不到{concerned}"
    if not conflict.limits:
        return (
            "没有一种措施能使它达到" if conflict.alone else "单独能做到，与其他要求合在一起做不到"
        )
    told = _listed(conflict.limits)
    if not conflict.proven:
        return f"单独能做到，与其他要求合在一起做不到；有关的限制：{told}"
    if conflict.alone:
        return f"单看这一项就做不到：{told}"
    return f"单独能做到，与其他要求合在一起做不到：{told}"


def _listed(limits: Sequence[str]) -> str:
    more = f"等{len(limits)}项限制" if len(limits) > SHOWN else ""
    return "，且".join(limits[:SHOWN]) + more


__all__ = ["Conflict", "conflicts", "reason"]
