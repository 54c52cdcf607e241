"""Several counties at once: each by itself while money does for all, by its price where it does not.

Counties share nothing but limits across them. While the best plans of all keep those, their sum is
the best plan and the sum of the bounds its bound. Where money is short, a requirement given up
is weighed against the yuan that it saves: for any price the counties are problems of their own again, and what
they come to is a bound on how few must stay unmet (`sharing`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import Answer, Effort, Progress
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.sharing import share
from junheng.plan.compliance.single import search_single
from junheng.plan.compliance.splitting import Piece, Split

FEW_PARTS = 60
"""With no more parts one programme for all is solved within seconds, and exactly."""


def search_together(
    problem: Problem, parted: Split, *, effort: Effort, told: Callable[[Progress], bool]
) -> Answer | None:
    """The answer of all pieces together; None where they had better be asked as one problem."""
    bounds = [_bound(piece) for piece in parted.pieces]
    told_on = told(Progress("各区县的松弛解", None, sum(bounds), None))
    answers: list[Answer] = []
    for piece in parted.pieces:
        found = _one(piece, effort, len(parted.pieces), told_on)
        if found is None:
            return None
        answers.append(found)
        if piece.levers and told_on:
            told_on = told(_progress(parted, answers, bounds))
    whole = _joined(problem, parted, answers)
    if not broken(problem, whole.amounts):
        return whole
    if len(problem.parts) <= FEW_PARTS or len(parted.ties) != 1:
        return None
    return share(problem, parted, answers, effort=effort, told=told)


def _bound(piece: Piece) -> float:
    return relax(piece.problem).bound if piece.levers else 0.0


def _one(piece: Piece, effort: Effort, pieces: int, told_on: bool) -> Answer | None:
    """The best answer of one piece, with its share of the time."""
    nothing = tuple(0 for _ in piece.levers)
    today = unmet(piece.problem, nothing)
    if not today or not piece.levers:
        return Answer(nothing, Fraction(0), 0.0, today, len(today))
    mine = replace(effort, seconds=effort.seconds / pieces)
    return search_single(piece.problem, effort=mine, told=lambda _: told_on)


def _progress(parted: Split, answers: Sequence[Answer], bounds: Sequence[float]) -> Progress:
    done = len(answers)
    bound = sum(a.bound for a in answers) + sum(bounds[done:])
    if done < len(parted.pieces):
        return Progress(f"第{done}个，共{len(parted.pieces)}个", None, bound, None)
    cost = sum((a.cost for a in answers), Fraction(0))
    gap = max(0.0, 1 - bound / float(cost)) if cost else 0.0
    return Progress("各区县合计", cost, bound, gap)


def _joined(problem: Problem, parted: Split, answers: Sequence[Answer]) -> Answer:
    """The answers of the pieces as one."""
    amounts = [0] * len(problem.levers)
    for piece, answer in zip(parted.pieces, answers, strict=True):
        for lever, number in zip(piece.levers, answer.amounts, strict=True):
            amounts[lever] = number
    return Answer(
        tuple(amounts), problem.cost(amounts), sum(a.bound for a in answers), unmet(problem, amounts),
        sum(a.fewest for a in answers),
    )  # fmt: skip
