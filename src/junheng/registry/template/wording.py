"""The words of the form: what a column asks, of whom, and within which bounds."""

import unicodedata
from collections.abc import Callable
from enum import Enum
from math import ceil

from junheng.registry.code_shapes import shape_words
from junheng.registry.layout import NOT_APPLICABLE
from junheng.schema import Column, Kind, Table

SCHOOL_WORDS = {
    "always": "所有学校",
    "primary_type": "有小学段的学校",
    "junior_type": "有初中段的学校",
    "senior_type": "有高中段的学校",
    "primary": "有小学段（含附设小学班）的学校",
    "junior": "有初中段（含附设初中班）的学校",
    "senior": "有高中段的学校",
    "may_attach_primary": "初级中学",
    "may_attach_junior": "高级中学、职业学校",
    "zoned_primary": "公办、城区或镇区、非寄宿制的小学段",
    "zoned_junior": "公办、城区或镇区、非寄宿制的初中段",
    "rural_small_primary": "乡村小规模学校和教学点的小学段",
    "rural_small_junior": "乡村小规模学校和教学点的初中段",
    "dense_core": "经认定的中心城区学校",
    "leased": "租赁校外场馆的学校",
    "not_counted": "不计校数的校区、教学点",
    "public": "公办学校",
    "graduating": "有初中毕业年级的学校",
    "special_schools": "有特殊教育学校的区县",
}
"""Condition of `registry.applicability` → who is meant; `never` asks nobody."""

FORM_FILLER = "区县教育局"
PLACES = {Kind.AREA: 2, Kind.MONEY: 2, Kind.COORDINATE: 6, Kind.DECIMAL: 6}
PLACES_OF_WAN = 4
COUNTY_TABLES = frozenset(
    {"register", "dense_areas", "official_results", "statements", "progress", "lineage"}
)
"""Row tables that the county office fills; a school's workbook holds none of their rows."""
SHARED_TABLES = {"evidence": "区县教育局、有材料的学校"}


class Requirement(Enum):
    """How strongly a column asks; decides the colour of its heading."""

    ALWAYS = "必填"
    CONDITIONAL = "符合条件必填"
    OPTIONAL = "选填"


def requirement(column: Column) -> Requirement:
    if column.required == "never":
        return Requirement.OPTIONAL
    if column.required == column.applies == "always":
        return Requirement.ALWAYS
    return Requirement.CONDITIONAL


def requirement_words(column: Column) -> str:
    """必填, 选填, or under which condition."""
    if column.required in ("always", "never", column.applies):
        return requirement(column).value
    return f"{SCHOOL_WORDS[column.required]}必填"


def filler(table: Table, column: Column) -> str:
    """Who fills this cell: the county office, all schools, or the schools it applies to."""
    if column.applies != "always":
        return SCHOOL_WORDS[column.applies]
    if table.form or table.name in COUNTY_TABLES:
        return FORM_FILLER
    if table.per_school:
        return SCHOOL_WORDS["always"]
    return SHARED_TABLES.get(table.name, "有此情况的学校")


def places(column: Column) -> int:
    """Decimal places asked for, in the unit of the heading."""
    return PLACES_OF_WAN if column.unit == "万元" else PLACES.get(column.kind, 0)


def may_be_inapplicable(column: Column) -> bool:
    return column.applies != "always"


def _bounds(column: Column) -> str:
    low, high = (_grouped(each, column) for each in (column.minimum, column.maximum))
    return f"{low}—{high}" if high else f"不小于 {low}"


def _grouped(text: str, column: Column) -> str:
    return text if column.kind is Kind.YEAR or not text.isdigit() else f"{int(text):,}"


_ALLOWED: dict[Kind, Callable[[Column], str]] = {
    Kind.INT: lambda c: f"{_bounds(c)} 的整数",
    Kind.YEAR: lambda c: f"4位年份，{_bounds(c)}",
    Kind.BOOL: lambda _: "是或否",
    Kind.ENUM: lambda c: "从下拉列表中选：" + "、".join(c.choices.values()),
    Kind.CODE: shape_words,
    Kind.DATE: lambda _: "日期，例如 2025-09-01",
    Kind.TEXT: lambda _: "文字",
}


def allowed(column: Column) -> str:
    """What may stand in the cell, without a full stop."""
    words = _ALLOWED.get(column.kind, _decimal)(column)
    return f"{words}；不适用填 {NOT_APPLICABLE}" if may_be_inapplicable(column) else words


def _decimal(column: Column) -> str:
    return f"{_bounds(column)} 的数，最多{places(column)}位小数"


def help_text(column: Column) -> str:
    """The 填报要求 of the county form: requirement, what is allowed, what to know."""
    return (
        "。".join(filter(None, (requirement_words(column), allowed(column), _note(column)))) + "。"
    )


def _note(column: Column) -> str:
    return column.note.rstrip("。")


def heading_note(table: Table, column: Column) -> str:
    """The note on a heading cell."""
    lines = [
        f"【{column.number}】{column.heading}",
        f"{requirement_words(column)}：{filler(table, column)}",
        f"允许：{allowed(column)}",
    ]
    if column.note:
        lines.append(f"说明：{column.note}")
    if column.explained:
        lines.append("数值确属特殊的，在右边的“异常说明”栏写明原因。")
    return "\n".join(lines)


def display_width(text: str) -> int:
    """Width in half-width characters: a Chinese character counts two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def line_count(text: str, width: float) -> int:
    """Lines that `text` takes, wrapped in `width` half-width characters."""
    return sum(max(1, ceil(display_width(each) / width)) for each in text.split("\n"))


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
