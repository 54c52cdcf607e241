"""The straight line of a dated target, and the pace that would mend it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from junheng.diagnosis.trajectory import Base, expected, pace
from making.grids import grid
from making.method.written import number, valued


def line(base: str, goal: str, since: str, due: str, on: str) -> Iterator[str]:
    """Where a figure should stand on a day."""
    start, end, day = (date.fromisoformat(each) for each in (since, due, on))
    should = expected(Base(Fraction(base), start, given=True), Fraction(goal), end, day)
    passed, span = (day - start).days, (end - start).days
    yield from grid(("步骤", "数"), (
        ("从基数到期限", f"{since} 到 {due}，共 {span:,} 天"),
        ("已过", f"{passed:,} 天，{passed:,} ÷ {span:,} ＝ {valued(Fraction(passed, span))}"),
        ("应有", f"{number(Fraction(base))} ＋（{number(Fraction(goal))} − {number(Fraction(base))}）× {passed:,}/{span:,} ＝ {valued(should)}"),
    ))  # fmt: skip


def monthly(missing: str, on: str, until: str) -> Iterator[str]:
    """The pace that makes up a shortfall."""
    found = pace(Fraction(missing), date.fromisoformat(on), date.fromisoformat(until), "")
    assert found is not None
    days = (date.fromisoformat(until) - date.fromisoformat(on)).days
    yield f"差 {missing}，从 {on} 到 {until} 有 {days} 天，每月要补 {valued(found.per_month)}"


def goal(value: str) -> Iterator[str]:
    yield number(Fraction(value))
