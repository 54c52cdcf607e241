"""The rules that every contestant is given, read from the declarations: cells and sums of a row.

Of a sheet: what each column holds, its bounds, its words, its form, whether it may be blank, and
which sums of a row must be equal to or at most another. What junheng checks beyond these (across
sheets, over years, plausible ranges) is not asked of the others.
"""

from dataclasses import dataclass, field

from junheng.registry import tables
from junheng.registry.checks.rule import rules
from junheng.registry.layout import FIRST_ROW, NO, YES, slots
from junheng.schema import Column, Kind

ABOVE = FIRST_ROW - 1
"""Rows of a sheet over its data."""
NUMBERS = {
    Kind.INT: 0, Kind.YEAR: 0, Kind.AREA: 2, Kind.MONEY: 4, Kind.COORDINATE: 6, Kind.DECIMAL: 6,
}  # fmt: skip
"""Kind → decimal places."""
BLANK = ("", "—")


@dataclass(frozen=True)
class Sums:
    """In every row: Σ left = Σ right, or Σ left ≤ Σ right."""

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    equal: bool


@dataclass(frozen=True)
class SheetRules:
    """What is demanded of one sheet."""

    name: str
    headings: tuple[str, ...]
    """Code of every sheet column, in order."""
    columns: dict[str, Column]
    key: str
    sums: tuple[Sums, ...] = field(default=())


def words(column: Column) -> tuple[str, ...]:
    """What may stand in a column of words; empty for others."""
    if column.kind is Kind.BOOL:
        return (YES, NO)
    return tuple(column.choices.values())


def needed(column: Column) -> bool:
    return column.required == "always" and column.applies == "always"


def sheets() -> list[SheetRules]:
    """Every sheet with a row a school."""
    found = []
    for table in tables().values():
        if not table.per_school:
            continue
        columns = table.columns()
        sums = tuple(
            Sums(rule.code, rule.left, rule.right, rule.kind == "sum_equals")
            for rule in rules()
            if rule.kind in ("sum_equals", "sum_at_most")
            and rule.level.value == "必须改"
            and rule.per == "school"
            and {*rule.left, *rule.right} <= set(columns)
        )
        headings = tuple(slot.code for slot in slots(table.name))
        found.append(SheetRules(table.label, headings, columns, "school_code", sums))
    return found
