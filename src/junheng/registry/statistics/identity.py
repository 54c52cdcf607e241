"""Who a row is about: the school's code, whether it is a sum, its county, its type."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from junheng.registry.catalogue import school_columns
from junheng.registry.filing import State
from junheng.registry.reading.cells import Reader
from junheng.registry.reading.plain import narrowed, squeezed
from junheng.registry.reading.sandbox.wire import Cell, Row
from junheng.registry.statistics.head import text_of
from junheng.registry.statistics.mappings import Field, Identity, Mapping
from junheng.registry.statistics.nouns import Page, Taken
from junheng.registry.statistics.paths import matches
from junheng.registry.statistics.words import is_total

_LEADING = re.compile(r"(\d{3})(?!\d)")


@dataclass(frozen=True)
class Places:
    """The columns of one sheet that say who the school is; absent ones are not there."""

    by_name: dict[str, Taken]

    @cached_property
    def columns(self) -> frozenset[int]:
        return frozenset(taken.headings[0].column for taken in self.by_name.values())

    def at(self, name: str) -> int:
        taken = self.by_name.get(name)
        return taken.headings[0].column if taken else 0

    def said(self, cells: dict[int, Cell], name: str) -> str:
        return text_of(cells.get(self.at(name)))


def places_of(page: Page, mapping: Mapping) -> Places:
    """Where the sheet says who its schools are; the first heading that fits a pattern."""
    found: dict[str, Taken] = {}
    for name in Identity.__struct_fields__:
        for pattern in getattr(mapping.identity, name):
            if headings := matches(pattern, page.head.headings):
                found[name] = Taken(Field(column=name, path=(pattern,)), (headings[0],), "")
                break
    columns = {taken.headings[0].column for taken in found.values()}
    page.unknown = [each for each in page.unknown if each.column not in columns]
    return Places(found)


_code = Reader(school_columns()["school_code"])


def school_code(cell: Cell | None) -> str:
    """The ten digits; empty where none can be read."""
    outcome = _code.read(cell)
    return str(outcome.value) if outcome.state is State.FILED else ""


def is_sum(row: Row, places: Places) -> bool:
    """合计, 小计 in the columns that name the school or its county, where a code should be."""
    return any(cell.column in places.columns and is_total(cell.text) for cell in row.cells)


def county_code(text: str, units: dict[str, str]) -> str:
    """The code of the county that 统计三级 names: six characters first, or a name given one."""
    said = narrowed(text).replace(" ", "")
    if said in units:
        return units[said]
    found = re.match(r"[0-9A-Z]{6}", said)
    return found[0] if found else ""


@dataclass(frozen=True)
class TypeSaid:
    """What a 办学类型 says: a school type, a class attached to a school, or neither."""

    school_type: str = ""
    attached: bool = False
    outside: str = ""

    @property
    def unknown(self) -> bool:
        return not (self.school_type or self.attached or self.outside)


class TypeWords:
    """办学类型 as code, as word, or as both: 312, 九年一贯制学校, 312 九年一贯制学校."""

    def __init__(self, mapping: Mapping) -> None:
        types = mapping.types
        self._known = {squeezed(k): TypeSaid(school_type=v) for k, v in types.schools.items()}
        self._known |= {squeezed(each): TypeSaid(attached=True) for each in types.attached}
        self._known |= {squeezed(k): TypeSaid(outside=v) for k, v in types.outside.items()}
        self._met: dict[str, TypeSaid] = {}

    def of(self, text: str) -> TypeSaid:
        if text not in self._met:
            self._met[text] = self._understood(narrowed(text).strip())
        return self._met[text]

    def _understood(self, text: str) -> TypeSaid:
        leading = _LEADING.match(text)
        for way in self._ways(text, leading[1] if leading else ""):
            if way in self._known:
                return self._known[way]
        return TypeSaid()

    @staticmethod
    def _ways(text: str, code: str) -> Iterable[str]:
        yield squeezed(text)
        if code:
            yield code
