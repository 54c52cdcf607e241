"""What a school must fill, decided once for all schools that say the same in what decides it."""

from collections.abc import Mapping
from typing import Any

from junheng.registry.checks.settling import Answers, Plans, decide, plans_of
from junheng.schema import Column

_UNCLEAR = object()


class Decided:
    """The plans of the schools met so far.

    What the conditions asked for, one after another, hangs on nothing but the answers. A school
    that gives the same answers to all that was asked of another is therefore decided alike.
    """

    def __init__(
        self, columns: Mapping[str, Column], tables: tuple[str, ...], **given: Any
    ) -> None:
        """`given` are answers that are the same for all schools."""
        self._columns = columns
        self._tables = tables
        self._given = given
        self._met: dict[tuple[str, ...], dict[tuple[Any, ...], Plans]] = {}
        """The columns asked for → what stood in them → what was decided."""

    def plans(self, filed: Mapping[str, Any], unclear: frozenset[str]) -> Plans:
        """The plans of a school by what it filed; unclear columns are not among that."""
        for asked, decided in self._met.items():
            found = decided.get(_said(asked, filed, unclear))
            if found is not None:
                return found
        answers = Answers(self._columns, filed, unclear, **self._given)
        plans = plans_of(self._tables, decide(answers))
        asked = tuple(answers.asked)
        self._met.setdefault(asked, {})[_said(asked, filed, unclear)] = plans
        return plans


def _said(
    asked: tuple[str, ...], filed: Mapping[str, Any], unclear: frozenset[str]
) -> tuple[Any, ...]:
    """What stands in the columns, and of which type: True is no 1."""
    said = [filed.get(name) for name in asked]
    if unclear:
        said = [_UNCLEAR if n in unclear else each for n, each in zip(asked, said, strict=True)]
    return (*said, *map(type, said))
