"""The page form of a return, made from the declarations: one section a table, one field a column."""

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.casework.returns.nouns import Row
from junheng.registry.catalogue import tables
from junheng.registry.layout import NO, NOT_APPLICABLE, YES
from junheng.registry.template.cells import shown
from junheng.registry.template.prefill import certainly_not
from junheng.registry.template.wording import allowed, requirement_words
from junheng.schema import Column, Kind, Table


@dataclass(frozen=True)
class Field:
    """One question on the page."""

    name: str
    """table.column, the name of the input."""
    column: Column
    text: str
    """What stands in it."""
    last: str
    """Last year's answer in the unit of the heading; empty where there is none."""
    carried: bool
    """The text was filled in from last year and waits to be confirmed."""
    need: str
    """必填, 选填, or under which condition."""
    help: str
    options: tuple[str, ...]
    """The words to choose from; empty for a field to be typed."""
    explanation: str
    """异常说明 beside it."""
    fixed: bool = False
    """Part of the key: shown, never changed."""

    @property
    def explained(self) -> bool:
        return self.column.explained

    @property
    def mode(self) -> str:
        """Which keys a telephone shows."""
        if self.column.kind in (Kind.INT, Kind.YEAR):
            return "numeric"
        return "decimal" if self.column.kind in (Kind.AREA, Kind.MONEY, Kind.DECIMAL) else "text"


@dataclass(frozen=True)
class Section:
    """One table on the page."""

    table: Table
    fields: tuple[Field, ...]
    hidden: int
    """Columns that cannot apply, and are not asked."""


def page_of(
    *,
    county: bool,
    rows: Mapping[str, Row],
    last: Mapping[str, Row],
    typed: Mapping[str, str],
    explanations: Mapping[tuple[str, str], str],
    year: int,
) -> tuple[Section, ...]:
    """Sections of the page. `rows` are the values so far by table, `typed` texts that were typed
    and kept as they are, `last` last year's rows, `explanations` by (table, column)."""
    owner = {k: v for row in rows.values() for k, v in row.items() if v is not None}
    owner["school_year"] = year
    found = []
    for table in tables().values():
        if not (table.form if county else table.per_school):
            continue
        fields, hidden = [], 0
        for column in table.column:
            if column.name in table.key and table.name not in ("schools", "county"):
                continue
            if certainly_not(column, owner) and f"{table.name}.{column.name}" not in typed:
                hidden += 1
                continue
            fields.append(_field(table, column, rows, last, typed, explanations))
        if fields:
            found.append(Section(table, tuple(fields), hidden))
    return tuple(found)


def _field(
    table: Table,
    column: Column,
    rows: Mapping[str, Row],
    last: Mapping[str, Row],
    typed: Mapping[str, str],
    explanations: Mapping[tuple[str, str], str],
) -> Field:
    name = f"{table.name}.{column.name}"
    value = rows.get(table.name, {}).get(column.name)
    before = last.get(table.name, {}).get(column.name)
    said = text_of(column, value)
    earlier = text_of(column, before)
    choices: tuple[str, ...] = tuple(column.choices.values())
    if column.kind is Kind.BOOL:
        choices = (YES, NO)
    return Field(
        name=name,
        column=column,
        text=typed.get(name, said),
        last=earlier,
        carried=column.carried and bool(earlier) and typed.get(name, said) == earlier,
        need=requirement_words(column),
        help=f"{allowed(column)}。{column.note}",
        options=choices,
        explanation=typed.get(f"{name}!", explanations.get((table.name, column.name), "")),
        fixed=column.name in table.key or (table.form and column.name == "filing_year"),
    )


def text_of(column: Column, value: object) -> str:
    """A value as a clerk would type it, in the unit of the heading."""
    if value is None:
        return ""
    return str(shown(column, value))  # type: ignore[arg-type]


__all__ = ["NOT_APPLICABLE", "Field", "Section", "page_of", "text_of"]
