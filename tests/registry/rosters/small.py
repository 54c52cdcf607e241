"""Registers small enough to be read at a glance."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from xlsxwriter import Workbook

PRIMARY, JUNIOR, NINE = "2141000001", "3141000002", "3141000003"
SCHOOLS = [
    {"学校代码": PRIMARY, "学校名称": "甲小学", "办学类型": "小学", "统计三级": "410199示例县"},
    {"学校代码": JUNIOR, "学校名称": "乙中学", "办学类型": "311", "统计三级": "410199示例县"},
    {
        "学校代码": NINE,
        "学校名称": "丙学校",
        "办学类型": "九年一贯制学校",
        "统计三级": "410198另一县",
    },
]
Row = dict[str, Any]


def pupil(
    number: int, school: str = PRIMARY, grade: object = "一年级", class_no: str = "1班", **more: Any
) -> Row:
    return {
        "学籍号": f"G{number:018d}",
        "学校标识码": school,
        "年级": grade,
        "班级": class_no,
        **more,
    }


def write(
    folder: Path, name: str, rows: Sequence[Row], suffix: str = "parquet", encoding: str = "utf-8"
) -> Path:
    """A register as a file of any kind that is read."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{suffix}"
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if suffix == "parquet":
        frame.write_parquet(path)
    elif suffix == "csv":
        path.write_bytes(frame.write_csv().encode(encoding))
    else:
        with Workbook(path) as book:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [f"{name}（演示数据）"])
            sheet.write_row(2, 0, frame.columns)
            for place, row in enumerate(frame.iter_rows(), 3):
                sheet.write_row(place, 0, ["" if each is None else each for each in row])
    return path
