"""Where each declared column stands on paper: shared by template, reader and marking.

A row sheet has its title in row 1, its note in row 2, the hidden code row 3, the headings in
row 4 and one record a row from row 5. The county form runs downwards: a hidden code column A,
then 序号, 项目, 填报值, 异常说明, 填报要求, headings in row 3, one item a row from row 4.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Literal

from junheng.registry.catalogue import tables
from junheng.schema import Column, Table

TITLE_ROW, NOTE_ROW, CODE_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4, 5
FORM_HEADING_ROW, FORM_FIRST_ROW = 3, 4
FORM_CODE, FORM_NUMBER, FORM_LABEL, FORM_VALUE, FORM_EXPLANATION, FORM_HELP = range(6)
FORM_HEADINGS = ("代码", "序号", "项目", "填报值", "异常说明", "填报要求")

INSTRUCTIONS_SHEET = "填报说明"
VERSION_SHEET = "_junheng"
"""Very hidden sheet: A1 "template", B1 the version."""
LISTS_SHEET = "_junheng_lists"
"""Hidden sheet of the drop-down lists that are too long to stand in a validation."""
RESULTS_SHEET = "校验结果"
"""Sheet of a marked workbook that lists every finding; the reader passes over it."""
MARKS_SHEET = "_junheng_marks"
"""Very hidden sheet of a marked workbook: the fill each marked cell had before."""
ORIGINS_SHEET = "数据来源"
"""Sheet of an imported workbook that says where each value comes from; the reader passes over it."""
NOT_READ = frozenset(
    {INSTRUCTIONS_SHEET, VERSION_SHEET, LISTS_SHEET, RESULTS_SHEET, MARKS_SHEET, ORIGINS_SHEET}
)
"""Sheets of our own that hold no data."""

EXPLANATION = "!explanation"
SHOWN_NAME = "school_name!shown"

BLANK, NOT_APPLICABLE = "", "—"
YES, NO = "是", "否"


@dataclass(frozen=True)
class Slot:
    """One sheet column: a declared column, its 异常说明, or the school's name for the eye."""

    code: str
    """Text of the hidden code cell: the column's name, with a suffix for the other roles."""
    heading: str
    role: Literal["value", "explanation", "shown_name"]
    column: Column | None


@cache
def slots(table: str) -> tuple[Slot, ...]:
    """The sheet columns of a row table, from left to right."""
    declared = tables()[table]
    found: list[Slot] = []
    for column in declared.column:
        found.append(Slot(column.name, column.heading, "value", column))
        if column.name == "school_code" and "school_name" not in declared.columns():
            found.append(Slot(SHOWN_NAME, "学校名称", "shown_name", None))
        if column.explained:
            found.append(
                Slot(column.name + EXPLANATION, f"{column.label}异常说明", "explanation", column)
            )
    return tuple(found)


@cache
def template_version() -> str:
    """Version of the template: changes when a table, a column, a heading or a choice does."""
    described = [
        [t.name, t.label, [[c.name, c.heading, c.kind, sorted(c.choices)] for c in t.column]]
        for t in tables().values()
    ]
    return "1-" + hashlib.sha256(json.dumps(described, ensure_ascii=False).encode()).hexdigest()[:8]


def sheet_names() -> dict[str, Table]:
    """Sheet name → table, in template order."""
    return {table.label: table for table in tables().values()}
