"""The peer: frictionless validates every sheet against a table schema and row checks.

    python benchmarks/reading/with_frictionless.py workbook|roster FOLDER

Prints a JSON list of [sheet, row] of what it calls wrong.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import polars as pl
from frictionless import Check, Checklist, Dialect, Field, Resource, Row, Schema, errors
from frictionless.formats import ExcelControl
from shared_rules import ABOVE, BLANK, NUMBERS, Sums, needed, sheets, words

from junheng.schema import Column, Kind

MOST = 1_000_000


@attrs.define(kw_only=True, repr=False)
class AddsUp(Check):
    """Sums of a row."""

    type = "adds-up"
    Errors = [errors.RowConstraintError]
    sums: Sums

    def validate_row(self, row: Row) -> Iterator[Any]:
        values = [[row[each] for each in side] for side in (self.sums.left, self.sums.right)]
        if any(isinstance(each, str) for side in values for each in side):
            return
        left, right = (sum(each or 0 for each in side) for side in values)
        if not (left == right if self.sums.equal else left <= right):
            yield errors.RowConstraintError.from_row(row, note=self.sums.code)


def field(name: str, column: Column | None, key: str) -> Field:
    said: dict[str, Any] = {"name": name, "type": "any"}
    limits: dict[str, Any] = {}
    if column is not None:
        limits["required"] = needed(column)
        if name == key:
            limits["unique"] = True
        if column.kind in NUMBERS:
            said["type"] = "integer" if NUMBERS[column.kind] == 0 else "number"
            limits["minimum"] = int(column.minimum or 0)
            if column.maximum:
                limits["maximum"] = int(column.maximum)
        elif allowed := words(column):
            said["type"] = "string"
            limits["enum"] = list(allowed)
        elif column.kind is Kind.CODE:
            said["type"] = "string"
            limits["pattern"] = f"^(?:{column.pattern})$"
    said["constraints"] = limits
    return Field.from_descriptor(said)


def wrong(resource: Resource, checks: list[Check]) -> list[int]:
    report = resource.validate(Checklist(checks=checks), limit_errors=MOST)
    return sorted(
        {
            each.row_number
            for task in report.tasks
            for each in task.errors
            if hasattr(each, "row_number")
        }
    )


def workbook() -> list[tuple[str, int]]:
    found = []
    for sheet in sheets():
        resource = Resource(
            path="填报.xlsx",
            dialect=Dialect(
                header=False,
                comment_rows=list(range(1, ABOVE + 1)),
                controls=[ExcelControl(sheet=sheet.name)],
            ),
            schema=Schema(
                fields=[field(each, sheet.columns.get(each), sheet.key) for each in sheet.headings],
                missing_values=list(BLANK),
            ),
        )
        rows = wrong(resource, [AddsUp(sums=each) for each in sheet.sums])
        found += [(sheet.name, row) for row in rows]
    return found


def roster() -> list[tuple[str, int]]:
    codes = pl.read_parquet("学校名册.parquet")["school_code"].to_list()
    grades = ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级"]
    demanded = {
        "学籍号": {"required": True, "unique": True}, "姓名": {},
        "学校标识码": {"required": True, "enum": codes}, "年级": {"required": True, "enum": grades},
        "班级": {"required": True}, "是否随迁子女": {"required": True, "enum": ["是", "否"]},
        "是否寄宿": {"required": True, "enum": ["是", "否"]},
    }  # fmt: skip
    fields = [
        Field.from_descriptor({"name": name, "type": "string", "constraints": limits})
        for name, limits in demanded.items()
    ]
    resource = Resource(path="学籍.xlsx", schema=Schema(fields=fields))
    return [("学籍", row) for row in wrong(resource, [])]


if __name__ == "__main__":
    os.chdir(Path(sys.argv[2]))
    what = {"workbook": workbook, "roster": roster}[sys.argv[1]]
    sys.stdout.write(json.dumps(what(), ensure_ascii=False))
