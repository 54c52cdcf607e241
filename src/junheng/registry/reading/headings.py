"""Recognising what a heading names: a column, its 异常说明, with or without the unit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from junheng.registry.layout import FORM_HEADINGS, NOT_READ, Slot, sheet_names, slots
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.words import unit_of
from junheng.schema import Table

_DECORATION = re.compile(r"[\s*]+|[((]?必填[))]?|[((]?选填[))]?")
_UNIT = re.compile(r"\((?:单位[:]?)?([^()]*)\)$")
_SHEET_DECORATION = re.compile(r"[\s\d()._\-、]+|表$")
_IGNORED = re.compile(r"(?:说明|示例|样例|样表)表?$")
PLAIN_EXPLANATION = "异常说明"


@dataclass(frozen=True)
class Named:
    """A heading understood: the slot it names, and the unit it states where that is another."""

    slot: Slot
    other_unit: str = ""


def evened(text: str) -> str:
    """A heading without spaces, line breaks, widths and required marks."""
    return _DECORATION.sub("", narrowed(text)).replace("m2", "㎡").replace("m²", "㎡")


@cache
def by_code(table: str) -> Mapping[str, Slot]:
    return {slot.code: slot for slot in slots(table)}


@cache
def by_heading(table: str) -> Mapping[str, Slot]:
    """Evened heading, and evened label without its unit → slot."""
    found: dict[str, Slot] = {}
    for slot in slots(table):
        if slot.column is not None and slot.role == "value":
            found.setdefault(evened(slot.column.label), slot)
            found.setdefault(evened(slot.column.label + slot.column.unit), slot)
    return found | {evened(slot.heading): slot for slot in slots(table)}


def named(text: str, table: str) -> Named | None:
    """What a heading names in this table."""
    heading = evened(text)
    slot = by_heading(table).get(heading)
    if slot is not None:
        return Named(slot)
    stated = _UNIT.search(heading)
    slot = by_heading(table).get(heading[: stated.start()]) if stated else None
    if stated is None or slot is None or slot.column is None:
        return None
    unit = unit_of().get(stated[1].lower())
    if unit is None or unit == slot.column.unit:
        return Named(slot)
    return Named(slot, other_unit=stated[1])


@cache
def by_sheet_name() -> Mapping[str, Table]:
    """Evened sheet name, and English table name → table."""
    found = {table.name: table for table in sheet_names().values()}
    return found | {_bare(label): table for label, table in sheet_names().items()}


def table_named(sheet: str) -> Table | None:
    """The table that a sheet name or a file stem names: 教师, 3.教师表, 示例县-教师."""
    whole = by_sheet_name().get(_bare(sheet)) or by_sheet_name().get(sheet.strip().lower())
    if whole is not None:
        return whole
    last = re.split(r"[-_—－ 　.·]", sheet.strip())[-1]
    return by_sheet_name().get(_bare(last)) or by_sheet_name().get(last.lower())


def ignored(sheet: str) -> bool:
    """Instructions, samples, and the hidden sheets a template keeps for itself."""
    return sheet.startswith("_") or sheet in NOT_READ or bool(_IGNORED.search(sheet.strip()))


def _bare(sheet: str) -> str:
    return _SHEET_DECORATION.sub("", narrowed(sheet))


@cache
def marks() -> tuple[str, ...]:
    """Every text that shows a sheet to belong to the template: its codes and its headings."""
    found = set(FORM_HEADINGS)
    for table in sheet_names().values():
        for slot in slots(table.name):
            found |= {slot.code, slot.heading}
            if slot.column is not None and slot.role == "value":
                found.add(slot.column.label)
    return tuple(sorted(found))
