"""Which returns a rule has to look at; all others plainly keep it.

A rule is kept nearly everywhere. Here the returns are compared column by column, with the same
exact numbers as in `relations`; the few that break a rule are judged by its kind, which finds the
words for it. A screen may let through a return that keeps the rule, never hold back one that
breaks it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from junheng.registry.checks.returns import Number, Return, Round, School
from junheng.registry.checks.rule import Rule

Numbers = Sequence[Number | None]


class Columns:
    """The values of many returns by column."""

    def __init__(self, returns: Sequence[Return], round_: Round) -> None:
        self.returns = returns
        self.round = round_
        self._values: dict[str, Sequence[Any]] = {}
        self._columns: dict[str, Numbers] = {}
        self._sums: dict[tuple[str, ...], Numbers] = {}

    def values(self, column: str) -> Sequence[Any]:
        """What is known of a column, return by return; None where nothing is."""
        found = self._values.get(column)
        if found is None:
            found = self._values[column] = [each.values.get(column) for each in self.returns]
        return found

    def rows(self, columns: Iterable[str]) -> Iterable[tuple[Any, ...]]:
        """The same of several columns side by side."""
        return zip(*map(self.values, columns), strict=True)

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
                0 if value is None and name in each.nothing else value
                for each, value in zip(self.returns, self.values(name), strict=True)
            ]
        return found

    @cached_property
    def settlements(self) -> Sequence[str]:
        """城乡分类代码 of every return; empty where it is unknown, or no school's."""
        return [each.settlement if isinstance(each, School) else "" for each in self.returns]


Screen = Callable[[Rule, Columns], Iterable[int]]
"""The places, among the returns, of those that the rule has to look at."""
SCREENS: dict[str, Screen] = {}
"""Kind → its screen; kinds without one look at every return."""


def screen(*kinds: str) -> Callable[[Screen], Screen]:
    """Enter a function as the screen of these kinds."""

    def entered(function: Screen) -> Screen:
        SCREENS.update(dict.fromkeys(kinds, function))
        return function

    return entered


def suspects(rule: Rule, columns: Columns) -> Iterable[int]:
    """The places of the returns that may break the rule."""
    held_back = SCREENS.get(rule.kind)
    return range(len(columns.returns)) if held_back is None else held_back(rule, columns)
