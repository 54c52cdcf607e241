"""The goals of the neighbour model in their order, and their sums over models that share nothing."""

from collections.abc import Sequence
from fractions import Fraction

from junheng.plan.nouns import Goal

GOALS = (
    ("仍有超大班额的校次（学校×学年）", "校次"),
    ("为消除超大班额撤并的现有班级", "班"),
    ("仍有大班额的校次（学校×学年）", "校次"),
    ("超限的校次（学校×学年）", "校次"),
    ("超大班额里多出的学生", "人次"),
    ("转到邻校的在校生", "人"),
    ("超过限额的学生", "人次"),
    ("分流到邻校的新生", "人"),
    ("费用（参加分流计算的学校）", "元"),
)


def summed(parts: Sequence[Sequence[Goal]]) -> tuple[Goal, ...]:
    """The goals over several models that share nothing: sums of values and of bounds."""
    return tuple(
        Goal(
            name,
            unit,
            sum((goals[i].value for goals in parts), Fraction(0)),
            sum((goals[i].bound for goals in parts), Fraction(0)),
        )
        for i, (name, unit) in enumerate(GOALS)
    )
