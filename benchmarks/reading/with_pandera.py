"""The peer: pandas.read_excel and pandera, every failure case at once.

    python benchmarks/reading/with_pandera.py workbook|roster FOLDER [openpyxl|calamine]

Prints a JSON list of [sheet, row] of what it calls wrong.
"""
# ruff: noqa: E402 - what is not to be loaded must be said first

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.modules["pyspark"] = None  # type: ignore[assignment]  # pandera would load it where it is installed

import pandas as pd
import pandera.pandas as pa
from shared_rules import ABOVE, BLANK, NUMBERS, SheetRules, Sums, needed, sheets, words

from junheng.schema import Column, Kind

ENGINE = sys.argv[3] if len(sys.argv) > 3 else "openpyxl"
"""What pandas reads Excel with: openpyxl by default, calamine if asked."""


def numbers(series: pd.Series) -> pd.Series:
    return pd.to_numeric(series.mask(series.isin(BLANK)), errors="coerce")


def is_number(series: pd.Series, column: Column) -> pd.Series:
    value, said = numbers(series), series.notna() & ~series.isin(BLANK)
    good = value >= float(column.minimum or 0)
    if column.maximum:
        good &= value <= float(column.maximum)
    scaled = value * 10 ** NUMBERS[column.kind]
    return ~said | (good & ((scaled - scaled.round()).abs() < 1e-6))


def checks(column: Column) -> list[pa.Check]:
    if column.kind in NUMBERS:
        return [pa.Check(partial(is_number, column=column), name="number")]
    if allowed := words(column):
        return [pa.Check.isin([*allowed, *BLANK])]
    if column.kind is Kind.CODE:
        return [pa.Check.str_matches(f"^(?:{column.pattern}|—)$")]
    return []


def adds_up(frame: pd.DataFrame, sums: Sums) -> pd.Series:
    left = sum(numbers(frame[each]).fillna(0) for each in sums.left)
    right = sum(numbers(frame[each]).fillna(0) for each in sums.right)
    known = (
        frame[[*sums.left, *sums.right]]
        .map(lambda cell: not isinstance(cell, str) or cell in BLANK)
        .all(axis=1)
    )
    return ~known | (left == right if sums.equal else left <= right)


def schema(sheet: SheetRules) -> pa.DataFrameSchema:
    columns = {
        name: pa.Column(
            object,
            checks(column),
            nullable=not needed(column),
            unique=name == sheet.key,
            required=True,
        )
        for name, column in sheet.columns.items()
    }
    relations = [pa.Check(partial(adds_up, sums=each), name=each.code) for each in sheet.sums]
    return pa.DataFrameSchema(columns, checks=relations)


def failing(check: Callable[[], object]) -> list[int]:
    """Index of every failure case."""
    try:
        check()
    except pa.errors.SchemaErrors as found:
        return sorted({int(each) for each in found.failure_cases["index"].dropna()})
    return []


def workbook(folder: Path) -> list[tuple[str, int]]:
    rules = {each.name: each for each in sheets()}
    read = pd.read_excel(
        folder / "填报.xlsx", sheet_name=list(rules), header=None, skiprows=ABOVE, dtype=object,
        keep_default_na=False, na_values=[""], engine=ENGINE,
    )  # fmt: skip
    found = []
    for name, frame in read.items():
        frame.columns = list(rules[name].headings)
        wrong = failing(lambda f=frame, n=name: schema(rules[n]).validate(f, lazy=True))
        found += [(name, index + ABOVE + 1) for index in wrong]
    return found


def roster(folder: Path) -> list[tuple[str, int]]:
    codes = set(pd.read_parquet(folder / "学校名册.parquet")["school_code"])
    frame = pd.read_excel(
        folder / "学籍.xlsx", dtype=object, keep_default_na=False, na_values=[""], engine=ENGINE
    )
    grades = ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级"]
    demanded = pa.DataFrameSchema({
        "学籍号": pa.Column(str, unique=True, report_duplicates="all"),
        "学校标识码": pa.Column(str, pa.Check.isin(codes)),
        "年级": pa.Column(str, pa.Check.isin(grades)),
        "班级": pa.Column(str),
        "是否随迁子女": pa.Column(str, pa.Check.isin(["是", "否"])),
        "是否寄宿": pa.Column(str, pa.Check.isin(["是", "否"])),
    })  # fmt: skip
    return [("学籍", index + 2) for index in failing(lambda: demanded.validate(frame, lazy=True))]


if __name__ == "__main__":
    what = {"workbook": workbook, "roster": roster}[sys.argv[1]]
    sys.stdout.write(json.dumps(what(Path(sys.argv[2])), ensure_ascii=False))
