"""What a cell turned out to say: a state, a value, and at most one problem."""

import msgspec

from junheng.registry.code_shapes import shape_words, shapes
from junheng.registry.filing import Level, State, Value
from junheng.registry.reading.plain import quoted
from junheng.registry.reading.sandbox.wire import Cell
from junheng.schema import Column, Kind


class Problem(msgspec.Struct, frozen=True):
    """A finding before it knows its file, sheet and row."""

    check: str
    found: str
    allowed: str
    mend: str
    level: Level = Level.MUST_FIX


class Outcome(msgspec.Struct, frozen=True):
    """A value stands there where, and only where, the state is FILED."""

    state: State
    value: Value | None = None
    problem: Problem | None = None


BLANK = Outcome(State.BLANK)
UNTAKEN = Outcome(State.UNCLEAR)
"""A cell that is not read: a finding on what surrounds it says why."""
NOT_APPLICABLE = Outcome(State.NOT_APPLICABLE)


def filed(value: Value) -> Outcome:
    return Outcome(State.FILED, value)


def unclear(check: str, cell: Cell, column: Column, why: str, mend: str) -> Outcome:
    """What stands there cannot be taken: no value, and the reason."""
    found = f"“{column.label}”填的是{quoted(cell.text)}，{why}"
    return Outcome(State.UNCLEAR, None, Problem(check, found, requirement(column), mend))


PLACES = {Kind.INT: 0, Kind.YEAR: 0, Kind.AREA: 2, Kind.COORDINATE: 6, Kind.DECIMAL: 6}


def places(column: Column) -> int:
    """Decimal places that a number of this column may have: filing.md §0."""
    if column.kind is Kind.MONEY:
        return 4 if column.unit == "万元" else 2
    return PLACES[column.kind]


def requirement(column: Column) -> str:
    """What the column allows, in words."""
    match column.kind:
        case Kind.BOOL:
            return "只能填“是”或“否”"
        case Kind.ENUM:
            return "只能从下拉选项中选：" + "、".join(column.choices.values())
        case Kind.DATE:
            return "应为日期，如 2025-09-01"
        case Kind.CODE:
            return f"应为 {shape_words(column, ' ')}"
        case Kind.TEXT:
            return "应为文字"
        case _:
            return _number(column)


def _number(column: Column) -> str:
    what = "整数" if places(column) == 0 else f"数，小数最多 {places(column)} 位"
    unit = f"，单位{column.unit}" if column.unit else ""
    least = f"不小于 {column.minimum}" if column.minimum else ""
    most = f"不大于 {column.maximum}" if column.maximum else ""
    bounds = "、".join(each for each in (least, most) if each)
    return f"应为{bounds}的{what}{unit}" if bounds else f"应为{what}{unit}"


def code_length(column: Column) -> int | None:
    """Length that a code must have, where its pattern allows one only: `[0-9]{10}`."""
    found = shapes(column)
    return found[0].length if len(found) == 1 else None
