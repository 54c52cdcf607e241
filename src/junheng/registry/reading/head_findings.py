"""What is wrong with the head of a row sheet, in words."""

from collections.abc import Iterator, Mapping

from junheng.registry.filing import Finding, Level
from junheng.registry.layout import Slot
from junheng.registry.reading.addresses import address, letters
from junheng.registry.reading.findings import Place, listed
from junheng.registry.reading.matching import Columns
from junheng.registry.reading.plain import quoted

COPY_OVER = "请下载新模板，把数据复制到对应的栏目里"


def head_findings(columns: Columns, place: Place) -> Iterator[Finding]:
    """Findings on swapped, repeated, renamed, missing columns and on units, from left to right."""
    yield from _swapped(columns, place)
    yield from _repeated(columns, place)
    yield from _other_unit(columns, place)
    yield from _renamed(columns, place)
    yield from _missing(columns, place)


def _heading(columns: Columns, column: int) -> str:
    return address(columns.heading_row or columns.code_row, column)


def _swapped(columns: Columns, place: Place) -> Iterator[Finding]:
    for column, coded, headed in columns.swapped:
        yield place.finding(
            "S16",
            f"第 {letters(column)} 列的表头是“{headed.heading}”，"
            f"第 {columns.code_row} 行（隐藏）的代码却是“{coded.heading}”的",
            "表头与代码应一致，不一致时分不清这一列填的是哪一项，没有读取",
            f"请取消隐藏第 {columns.code_row} 行核对；{COPY_OVER}",
            origin=place.origin(_heading(columns, column), columns.headings.get(column, "")),
            column=_declared(headed),
        )


def _repeated(columns: Columns, place: Place) -> Iterator[Finding]:
    for column, slot, before in columns.repeated:
        yield place.finding(
            "S17",
            f"“{slot.heading}”有两列：第 {letters(before)} 列和第 {letters(column)} 列",
            "每个栏目只能有一列",
            "请删去多余的一列",
            origin=place.origin(_heading(columns, column), columns.headings.get(column, "")),
            column=_declared(slot),
        )


def _other_unit(columns: Columns, place: Place) -> Iterator[Finding]:
    for column, slot, unit in columns.other_unit:
        asked = slot.column.unit if slot.column else ""
        yield place.finding(
            "S18",
            f"表头写的单位是“{unit}”",
            f"“{slot.heading}”的单位应为“{asked}”",
            f"请把整列换算成{asked}，并把表头改回“{slot.heading}”",
            origin=place.origin(_heading(columns, column), columns.headings.get(column, "")),
            column=_declared(slot),
        )


def _renamed(columns: Columns, place: Place) -> Iterator[Finding]:
    for column, slot in columns.renamed:
        text = columns.headings.get(column, "")
        yield place.finding(
            "S19",
            f"表头改成了{quoted(text)}，按隐藏的代码读作“{slot.heading}”",
            "表头应与模板一致",
            "请核对这一列填的确实是该项",
            origin=place.origin(_heading(columns, column), text),
            column=_declared(slot),
        )


def _missing(columns: Columns, place: Place) -> Iterator[Finding]:
    required = [s for s in columns.missing if s.column and s.column.required != "never"]
    optional = [s for s in columns.missing if s not in required]
    for slots, level in ((required, None), (optional, Level.NOTE)):
        if slots:
            yield place.finding(
                "S14",
                f"缺少 {len(slots)} 个栏目：{listed([slot.heading for slot in slots], 200)}",
                "模板的栏目应保留齐全" if level is None else "选填的栏目可以没有，按未填读取",
                COPY_OVER,
                origin=place.origin(address(columns.heading_row or columns.code_row, 1)),
                level=level,
            )


def beside_findings(
    columns: Columns, first_rows: Mapping[int, int], place: Place
) -> Iterator[Finding]:
    """A remark on each column with content that is none of the template's."""
    for column, row in sorted(first_rows.items()):
        heading = columns.headings.get(column) or columns.codes.get(column)
        named = f"（{heading}）" if heading else ""
        yield place.finding(
            "S15",
            f"第 {letters(column)} 列{named}不是模板的栏目，里面有内容，没有读取",
            "只读取模板的栏目",
            "如果是自己的备注，可以不管；如果是填报数据，请移到对应的栏目",
            origin=place.origin(address(row, column)),
        )


def _declared(slot: Slot) -> str:
    return slot.column.name if slot.column else ""
