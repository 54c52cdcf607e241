"""The items of the county form: which row is which column, by hidden code and by label."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from junheng.registry.catalogue import tables
from junheng.registry.filing import Finding, Level
from junheng.registry.layout import (
    FORM_CODE,
    FORM_EXPLANATION,
    FORM_HEADINGS,
    FORM_LABEL,
    FORM_VALUE,
)
from junheng.registry.reading.addresses import address
from junheng.registry.reading.findings import Place, listed
from junheng.registry.reading.headings import by_code, evened, named
from junheng.registry.reading.matching import HEAD_ROWS
from junheng.registry.reading.plain import quoted
from junheng.registry.reading.sandbox.wire import Row, Sheet
from junheng.schema import Column

WIDEST = 8
"""Codes and labels stand in the first columns of a form."""
FEWEST = 3
COPY_OVER = "请下载新模板，把数据复制到对应的项目里"


@dataclass
class Items:
    """The rows of a form, and everything about its frame that is not as it should be."""

    table: str
    code_at: int
    label_at: int
    value_at: int
    explained_at: int
    placed: dict[str, Row] = field(default_factory=dict)
    """Column name → its row."""
    swapped: list[tuple[Row, Column, Column]] = field(default_factory=list)
    repeated: list[tuple[Row, Column]] = field(default_factory=list)
    other_unit: list[tuple[Row, Column, str]] = field(default_factory=list)
    unknown: list[Row] = field(default_factory=list)

    @cached_property
    def disputed(self) -> frozenset[str]:
        found = {column.name for _, *pair in self.swapped for column in pair}
        found |= {column.name for _, column in self.repeated}
        return frozenset(found | {column.name for _, column, _ in self.other_unit})

    @cached_property
    def missing(self) -> list[Column]:
        return [
            column
            for column in tables()[self.table].column
            if column.name not in self.placed and column.name not in self.disputed
        ]

    @property
    def whole(self) -> bool:
        return not self.missing and not self.disputed


def match_items(table: str, sheet: Sheet) -> Items | None:
    """The items of a form; None where neither codes nor labels run downwards."""
    code_at = _column_of(sheet, by_code(table).__contains__)
    label_at = _column_of(sheet, lambda text: named(text, table) is not None)
    if not code_at and not label_at:
        return None
    headings = _headings(sheet)
    value_at = headings.get(FORM_HEADINGS[FORM_VALUE]) or (
        label_at + FORM_VALUE - FORM_LABEL if label_at else code_at + FORM_VALUE - FORM_CODE
    )
    explained_at = headings.get(FORM_HEADINGS[FORM_EXPLANATION]) or value_at + 1
    found = Items(table, code_at, label_at, value_at, explained_at)
    for row in sheet.rows:
        _place(found, row)
    return found


def _column_of(sheet: Sheet, known: Callable[[str], bool]) -> int:
    """Number of the column with most known texts, 0 where none has enough."""
    counted = Counter(
        cell.column
        for row in sheet.first(HEAD_ROWS + len(tables()) * HEAD_ROWS)
        for cell in row.cells
        if cell.column <= WIDEST and known(cell.text.strip())
    )
    best, count = max(counted.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return best if count >= FEWEST else 0


def _headings(sheet: Sheet) -> Mapping[str, int]:
    """Heading → column, from the first row that shows at least two of the form's headings."""
    for row in sheet.first(HEAD_ROWS):
        texts = {evened(cell.text): cell.column for cell in row.cells}
        if len(texts.keys() & set(FORM_HEADINGS)) >= 2:
            return texts
    return {}


def _place(found: Items, row: Row) -> None:
    texts = {cell.column: cell.text.strip() for cell in row.cells}
    coded = by_code(found.table).get(texts.get(found.code_at, ""))
    labelled = named(texts.get(found.label_at, ""), found.table)
    slot = coded or (labelled.slot if labelled else None)
    column = slot.column if slot else None
    if column is None:
        found.unknown.append(row)
    elif coded and labelled and labelled.slot is not coded and labelled.slot.column is not None:
        found.swapped.append((row, column, labelled.slot.column))
    elif column.name in found.placed:
        found.repeated.append((row, column))
    elif labelled and labelled.other_unit:
        found.other_unit.append((row, column, labelled.other_unit))
    else:
        found.placed[column.name] = row


def item_findings(items: Items, place: Place) -> Iterator[Finding]:
    """What is wrong with the frame of the form."""
    label = items.label_at or items.code_at
    for row, coded, labelled in items.swapped:
        yield place.finding(
            "S16",
            f"第 {row.number} 行的项目是“{labelled.heading}”，隐藏的代码却是“{coded.heading}”的",
            "项目与代码应一致，不一致时分不清这一行填的是哪一项，没有读取",
            COPY_OVER,
            origin=place.origin(address(row.number, label)),
            column=labelled.name,
        )
    for row, column in items.repeated:
        yield place.finding(
            "S17",
            f"“{column.heading}”有两行：第 {items.placed[column.name].number} 行和第 {row.number} 行",
            "每个项目只能有一行",
            "请删去多余的一行",
            origin=place.origin(address(row.number, label)),
            column=column.name,
        )
    for row, column, unit in items.other_unit:
        yield place.finding(
            "S18",
            f"项目里写的单位是“{unit}”",
            f"“{column.heading}”的单位应为“{column.unit}”",
            f"请换算成{column.unit}，并把项目改回“{column.heading}”",
            origin=place.origin(address(row.number, label)),
            column=column.name,
        )
    yield from _missing(items, place)
    yield from _unknown(items, place)


def _missing(items: Items, place: Place) -> Iterator[Finding]:
    required = [each for each in items.missing if each.required != "never"]
    optional = [each for each in items.missing if each.required == "never"]
    for columns, level in ((required, None), (optional, Level.NOTE)):
        if columns:
            yield place.finding(
                "S14",
                f"缺少 {len(columns)} 个项目：{listed([each.heading for each in columns], 200)}",
                "模板的项目应保留齐全" if level is None else "选填的项目可以没有，按未填读取",
                COPY_OVER,
                level=level,
            )


def _unknown(items: Items, place: Place) -> Iterator[Finding]:
    first = min((row.number for row in items.placed.values()), default=0)
    for row in items.unknown:
        value = next((c for c in row.cells if c.column == items.value_at and c.text.strip()), None)
        if value is not None and row.number > first:
            yield place.finding(
                "S15",
                f"第 {row.number} 行不是模板的项目，填了{quoted(value.text)}，没有读取",
                "只读取模板的项目",
                "如果是自己的备注，可以不管；如果是填报数据，请填到对应的项目里",
                origin=place.origin(address(row.number, items.value_at), value.text),
            )
