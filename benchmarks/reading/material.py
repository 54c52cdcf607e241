"""A filled workbook and a roster, each with mistakes planted in it that are all written down.

python benchmarks/reading/material.py FOLDER [schools] [rows]
"""

import json
import sys
from pathlib import Path

import polars as pl
from xlsxwriter import Workbook

from junheng.sample import fill_workbook, plant

KINDS = (
    "读不出的数", "人数不是整数", "负数", "数大得离谱", "小数位太多", "写了百分数", "写了“无”", "公式出错",
    "公式没有结果", "数存成了日期", "格式把数缩小显示", "面积写了亩", "选项之外的词", "是否填了别的话",
    "管理单位代码多一位", "代码丢了一位", "代码变成科学计数法", "小学学生数与分年级不符", "初中学生数与分年级不符",
    "随迁子女多于学生", "班级总数与各段不符", "小学学历合计多于专任教师", "骨干教师多于专任教师", "绿化大于占地",
    "音乐教室总间数少于各段",
)  # fmt: skip
"""Mistakes against the shared rules."""
TIMES = 4
GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
SIZE, A_SCHOOL, EACH = 45, 900, 10


def workbook(folder: Path, schools: int) -> None:
    """填报.xlsx and 填报.json: [kind, sheet, cell] of every mistake."""
    clean = folder / "clean.xlsx"
    fill_workbook(clean, seed=1, schools=schools)
    planted = plant(clean, folder / "填报.xlsx", count=TIMES * len(KINDS), seed=1, kinds=KINDS)
    clean.unlink()
    told = [[each.mistake, each.sheet, each.cell] for each in planted]
    (folder / "填报.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _code(school: int) -> str:
    return f"21{41990000 + school}"


def _rows(rows: int) -> list[list[object]]:
    return [
        [
            f"G{n * 7919 % 10**18:018d}", f"学生{n}", _code(n // A_SCHOOL),
            GRADES[n % A_SCHOOL // (A_SCHOOL // 6)], f"{n % (A_SCHOOL // 6) // SIZE + 1}班",
            "是" if n % 11 == 0 else "否", "是" if n % 17 == 0 else "否",
        ]
        for n in range(rows)
    ]  # fmt: skip


HEADINGS = ("学籍号", "姓名", "学校标识码", "年级", "班级", "是否随迁子女", "是否寄宿")
SPOILT = {
    "学籍号与另一行相同": lambda row, other: row.__setitem__(0, other[0]),
    "学籍号相同而多一个空格": lambda row, other: row.__setitem__(0, f"{other[0]} "),
    "学籍号空着": lambda row, _: row.__setitem__(0, None),
    "学籍号存成了数": lambda row, _: row.__setitem__(0, int(str(row[0])[1:]) + 10**17),
    "名册上没有的学校": lambda row, _: row.__setitem__(2, "2199999999"),
    "学校代码丢了一位": lambda row, _: row.__setitem__(2, str(row[2])[:-1]),
    "不认识的年级": lambda row, _: row.__setitem__(3, "一年纪"),
    "小学里的七年级": lambda row, _: row.__setitem__(3, "七年级"),
    "班级空着": lambda row, _: row.__setitem__(4, None),
    "是否随迁填了别的话": lambda row, _: row.__setitem__(5, "待定"),
}


def roster(folder: Path, rows: int) -> None:
    """学籍.xlsx, 学校名册.parquet and 学籍.json: [kind, row] of every mistake."""
    made = _rows(rows)
    told: list[tuple[str, int]] = []
    step = rows // (len(SPOILT) * EACH * 2)
    for number, (kind, spoil) in enumerate(SPOILT.items()):
        for turn in range(EACH):
            at = ((number * EACH + turn) * 2 + 1) * step
            spoil(made[at], made[at - 1])
            told.append((kind, at + 2))
    with Workbook(folder / "学籍.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("学籍")
        sheet.write_row(0, 0, HEADINGS)
        for place, row in enumerate(made, 1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, column, value)
                elif value is not None:
                    sheet.write_string(place, column, str(value))
    (folder / "学籍.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    codes = [_code(n) for n in range(-(-rows // A_SCHOOL))]
    pl.DataFrame(
        {"school_code": codes, "school_type": "primary", "location_unit": "410199"}
    ).write_parquet(folder / "学校名册.parquet")


def main(asked: list[str]) -> None:
    folder = Path(asked[0])
    folder.mkdir(parents=True, exist_ok=True)
    workbook(folder, int(asked[1]) if len(asked) > 1 else 1440)
    roster(folder, int(asked[2]) if len(asked) > 2 else 100_000)


if __name__ == "__main__":
    main(sys.argv[1:])
