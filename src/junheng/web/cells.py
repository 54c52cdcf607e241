"""Columns and cells of the desk's tables: what is shown, what it is sorted by, where it leads."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from junheng.registry.layout import NO, YES


@dataclass(frozen=True)
class Column:
    """A heading. `number` sets figures flush right; `sticky` keeps the column in sight."""

    title: str
    number: bool = False
    wide: bool = False
    sticky: bool = False
    above: str = ""
    """What stands over this heading and its neighbours with the same words."""
    note: str = ""
    """A second line in the heading: a limit, a unit."""


@dataclass(frozen=True)
class Cell:
    """What is shown, what it is sorted by, where it leads, how it is coloured.

    `tone` is pass, fail, near, near-fail, none or na; the words say the same without a colour.
    """

    text: str
    order: Any = None
    link: str = ""
    tone: str = ""
    value: Decimal | int | None = None
    """The number for the exported file, where the text is one."""

    @property
    def sorting(self) -> tuple[int, Any]:
        """Empty ones last; numbers before words."""
        key = self.order if self.order is not None else self.value
        if key is None:
            return (2, self.text) if self.text else (3, "")
        return (0, key) if isinstance(key, int | Decimal) else (1, str(key))


Value = Cell | str | int | Decimal | date | None


def cell(value: Value) -> Cell:
    """Any value as a cell."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, bool):
        return Cell(YES if value else NO, order=int(value))
    if isinstance(value, int | Decimal):
        return Cell(f"{value:,}", value=value)
    if isinstance(value, date):
        return Cell(_day(value), order=value.isoformat())
    return Cell(value or "")


def _day(value: date) -> str:
    """A day; of a moment the time by our clocks too."""
    if not isinstance(value, datetime):
        return value.isoformat()
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%Y-%m-%d %H:%M}"
