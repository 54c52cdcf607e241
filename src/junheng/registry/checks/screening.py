"""Which returns a rule has to look at; all others plainly keep it.

A rule is kept nearly everywhere. Here the returns are compared column by column, with the same
exact numbers as in `relations`; the few that break a rule are judged by its kind, which finds the
words for it. A screen may let through a return that keeps the rule, never hold back one that
breaks it.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from junheng.registry.checks.relations import base, inside, range_for
from junheng.registry.checks.returns import Number, Return, School
from junheng.registry.checks.rule import Range, Rule

Numbers = Sequence[Number | None]


class Columns:
    """The values of many returns by column."""

    def __init__(self, returns: Sequence[Return]) -> None:
        self.returns = returns
        self._columns: dict[str, Numbers] = {}
        self._sums: dict[tuple[str, ...], Numbers] = {}

    def sums(self, columns: tuple[str, ...]) -> Numbers:
        """`Return.total` of every return."""
        if len(columns) == 1:
            return self._column(columns[0])
        found = self._sums.get(columns)
        if found is None:
            rows = zip(*map(self._column, columns), strict=True)
            found = self._sums[columns] = [None if None in row else sum(row) for row in rows]
        return found

    def _column(self, name: str) -> Numbers:
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = [
                value
                if (value := each.values.get(name)) is not None
                else (0 if name in each.nothing else None)
                for each in self.returns
            ]
        return found

    @cached_property
    def settlements(self) -> Sequence[str]:
        """城乡分类代码 of every return; empty where it is unknown, or no school's."""
        return [each.settlement if isinstance(each, School) else "" for each in self.returns]


Screen = Callable[[Rule, Columns], Iterator[int]]
"""The places, among the returns, of those that the rule has to look at."""


def suspects(rule: Rule, columns: Columns) -> Iterator[int]:
    """The places of the returns that may break the rule."""
    screen = SCREENS.get(rule.kind)
    return iter(range(len(columns.returns))) if screen is None else screen(rule, columns)


def _comparing(breaks: Callable[[Number, Number], bool]) -> Screen:
    def screen(rule: Rule, columns: Columns) -> Iterator[int]:
        both = zip(columns.sums(rule.left), columns.sums(rule.right), strict=True)
        for place, (left, right) in enumerate(both):
            if left is not None and right is not None and breaks(left, right):
                yield place

    return screen


def _beyond_range(rule: Rule, columns: Columns) -> Iterator[int]:
    """The value, held against its base, lies outside the range of its settlement."""
    ranges: dict[str, Range | None] = {
        each: range_for(rule, each) for each in set(columns.settlements)
    }
    bases: Numbers = columns.sums(rule.right) if rule.right else [1] * len(columns.returns)
    rows = zip(columns.sums(rule.left), bases, columns.settlements, strict=True)
    for place, (value, total, settlement) in enumerate(rows):
        bounds, per = ranges[settlement], base(rule, total)
        if value is None or per is None or bounds is None or inside(value, per, bounds):
            continue
        yield place


SCREENS: dict[str, Screen] = {
    "sum_equals": _comparing(lambda left, right: left != right),
    "sum_at_most": _comparing(lambda left, right: left > right),
    "sum_less_than": _comparing(lambda left, right: left < right),
    "looks_like_a_sum": _comparing(lambda left, right: bool(left) and left == right),
    "ratio_range": _beyond_range,
    "unit_slip": _beyond_range,
}
"""Kind → its screen; kinds without one look at every return."""
