"""Several counties at once: each by itself while money does for all, by its price where it does not.

Counties share nothing but limits across them. While the best plans of all keep those, their sum is
the best plan and the sum of the bounds its bound, if each leaves as few unmet as can be. Where money is short, a requirement given up
is weighed against the yuan that it saves: for any price the counties are problems of their own again, and what
they come to is a bound on how few must stay unmet (`sharing`).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import Answer, Effort, Progress, UntilEnded, bound_for
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.relaxation import Relaxed, relax
from junheng.plan.compliance.repairing import nearest
from junheng.plan.compliance.sharing import share
from junheng.plan.compliance.single import search_single
from junheng.plan.compliance.splitting import Piece, Split, split
from junheng.plan.compliance.unavoidable import Unavoidable, unavoidable

NOTHING = Relaxed(None, 0.0, ())
FEW_PARTS = 60
"""With no more parts one programme for all is solved within seconds, and exactly."""


def search_together(
    problem: Problem, parted: Split, *, effort: Effort, told: Callable[[Progress], bool]
) -> Answer | None:
    """The answer of all pieces together; None where they had better be asked as one problem."""
    begun = perf_counter()
    relaxed = [relax(p.problem) if p.levers else NOTHING for p in parted.pieces]
    told = UntilEnded(told)
    told(Progress("各区县的松弛解", None, sum(r.bound for r in relaxed), None))
    asked = _asked(parted, relaxed, effort, told)
    answers: list[Answer] = []
    for each in asked:
        first = _first(each.piece, each.near) or _searched(each, effort, len(asked), told)
        if first is None:
            return None
        answers.append(first)
    _improve(
        asked, answers, effort, told,
        keeps=lambda found: not broken(problem, parted.in_whole(a.amounts for a in found)),
    )  # fmt: skip
    whole = _joined(problem, parted, answers)
    over = broken(problem, whole.amounts)
    if not over:
        return whole
    if len(problem.parts) <= FEW_PARTS:
        return None
    left = max(effort.seconds / 2, effort.seconds - (perf_counter() - begun))
    found = share(problem, parted, answers, effort=replace(effort, seconds=left), told=told)
    return found or _rejoined(problem, parted, over, effort, told)


def _rejoined(
    problem: Problem, parted: Split, over: Collection[str], effort: Effort,
    told: Callable[[Progress], bool],
) -> Answer | None:  # fmt: skip
    """The answer of the pieces that those limits make which the pieces of now overstep; None where they
    make one of all."""
    kept = [tie for tie in parted.ties if tie.name not in over]
    wider = split(problem, joined=[cap for cap in problem.caps if cap not in kept])
    if len(wider.pieces) == 1:
        return None
    return search_together(problem, wider, effort=effort, told=told)


@dataclass(frozen=True)
class _Asked:
    """A piece, and what is known of it before it is searched."""

    piece: Piece
    near: Relaxed
    known: Unavoidable | None


def _asked(
    parted: Split, relaxed: Sequence[Relaxed], effort: Effort, told: Callable[[Progress], bool]
) -> list[_Asked]:
    """The pieces. How few must stay unmet is proven of all of them before any is searched."""
    found = [
        _Asked(piece, near, unavoidable(piece.problem, effort) if near.possible is False else None)
        for piece, near in zip(parted.pieces, relaxed, strict=True)
    ]
    impossible = [each for each in found if each.near.possible is False]
    known = [each.known for each in impossible if each.known is not None]
    if impossible and len(known) == len(impossible):
        number = sum(each.number for each in known)
        number += sum(len(unmet(e.piece.problem, ())) for e in found if not e.piece.levers)
        told(Progress(f"至少{number}项达不到", None, sum(r.bound for r in relaxed), None))
    return found


def _first(piece: Piece, near: Relaxed) -> Answer | None:
    """A plan of a piece at once: nothing where nothing is unmet, or what lies next to the relaxation."""
    nothing = tuple(0 for _ in piece.levers)
    today = unmet(piece.problem, nothing)
    if not today or not piece.levers:
        return Answer(nothing, Fraction(0), 0.0, today, len(today))
    if not near.amounts:
        return None
    held = nearest(piece.problem, near.amounts)
    left, cost = unmet(piece.problem, held), piece.problem.cost(held)
    if left or broken(piece.problem, held):
        return None
    return Answer(held, cost, bound_for(cost, near.bound), left, 0)


def _searched(
    asked: _Asked, effort: Effort, pieces: int, told: Callable[[Progress], bool]
) -> Answer | None:
    """The best answer of one piece, with its share of the time."""
    mine = replace(effort, seconds=effort.seconds / pieces)
    return search_single(
        asked.piece.problem, effort=mine, told=lambda p: told(replace(p, cost=None, gap=None)),
        relaxed=asked.near, known=asked.known,
    )  # fmt: skip


def _improve(
    asked: Sequence[_Asked], answers: list[Answer], effort: Effort, told: Callable[[Progress], bool],
    *, keeps: Callable[[Sequence[Answer]], bool],
) -> None:  # fmt: skip
    """Search the pieces, those with the most to gain first, until the whole is near its bound. `keeps`:
    whether the answers together keep the limits across the pieces, so that their gap is one."""
    waiting = sorted(
        (i for i, answer in enumerate(answers) if answer.gap > 0),
        key=lambda i: answers[i].bound - float(answers[i].cost),
    )
    while told(_progress(answers, keeps(answers))) and waiting and _gap(answers) > effort.gap:
        place = waiting.pop(0)
        found, known = _searched(asked[place], effort, len(answers), told), answers[place]
        if found is not None:
            bound = max(found.bound, known.bound)
            best = min((found, known), key=lambda a: (len(a.unmet), a.cost))
            answers[place] = replace(best, bound=bound_for(best.cost, bound))


def _gap(answers: Sequence[Answer]) -> float:
    cost = sum((a.cost for a in answers), Fraction(0))
    return max(0.0, 1 - sum(a.bound for a in answers) / float(cost)) if cost else 0.0


def _progress(answers: Sequence[Answer], kept: bool) -> Progress:
    cost, bound = sum((a.cost for a in answers), Fraction(0)), sum(a.bound for a in answers)
    if not kept:
        return Progress("各区县合计，超出共同的限制", None, bound, None)
    return Progress("各区县合计", cost, bound, _gap(answers))


def _joined(problem: Problem, parted: Split, answers: Sequence[Answer]) -> Answer:
    """The answers of the pieces as one.

    Where a piece leaves more unmet than it is proven to, the bounds hold for this way only of leaving so
    many: the others could leave them instead. Then no bound on the cost is known."""
    settled = all(len(answer.unmet) <= answer.fewest for answer in answers)
    bound = sum(a.bound for a in answers) if settled else 0.0
    amounts = parted.in_whole(answer.amounts for answer in answers)
    return Answer(
        amounts, problem.cost(amounts), bound, unmet(problem, amounts),
        sum(a.fewest for a in answers),
    )  # fmt: skip
