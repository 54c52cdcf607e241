"""Counties sealed as if they had been read from a workbook, with the cell of every value."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from junheng.registry import (
    Entry,
    Filing,
    Finding,
    Level,
    Origin,
    Record,
    Report,
    Snapshot,
    Source,
    State,
    seal,
    tables,
)
from junheng.registry.layout import EXPLANATION
from junheng.sample import make_county, marks_of
from junheng.sample.marks import Row, Rows

YEAR, ON = 2025, date(2026, 3, 31)
FILE = "示例县.xlsx"


def report_of(rows: Rows) -> Report:
    """The rows as if they had been read from one workbook, cell by cell."""
    dashed = {(t, k, c) for t, k, c, mark, _ in marks_of(rows, year=YEAR) if mark == "不适用"}
    records = []
    for table in tables().values():
        for number, row in enumerate(rows[table.name], start=5):
            key = tuple(str(row[k]) for k in table.key)
            entries = {}
            for index, column in enumerate(table.column):
                value = row.get(column.name)
                state = State.BLANK if value is None else State.FILED
                if (table.name, "|".join(key), column.name) in dashed:
                    state = State.NOT_APPLICABLE
                origin = Origin(FILE, table.label, f"C{index + 1}R{number}", str(value))
                entries[column.name] = Entry(
                    state, value, origin, row.get(column.name + EXPLANATION)
                )
            records.append(
                Record(table.name, key, entries, Origin(FILE, table.label, f"A{number}"))
            )
    finding = Finding(Level.NOTE, "K9", Origin(FILE, "学校名册", "A5", "1"), "查到", "允许", "改法")
    filing = Filing(tuple(records), (), (Source(FILE, "ab" * 32, 12_345),), "1-示例")
    return Report(filing, (finding,), (), (("K15", "没有上年数据"),))


def sealed(rows: Rows, store: Path) -> Snapshot:
    return seal(report_of(rows), store, year=YEAR, by="王敏", on=date(2025, 10, 20))


def two_counties() -> Rows:
    """One county with two schools that did not file, one with a value missing.

    In the first, a nine-year school lacks sports grounds for both its parts, one junior school has
    far more than the others, and one claims X1 without being small.
    """
    first = make_county(seed=7, schools=30, year=YEAR)
    second = make_county(
        seed=8, schools=20, year=YEAR, code="410122", name="中牟县", profile="passing"
    )
    _make_uneven(first)
    rows = {table: first[table] + second[table] for table in first}
    absent = {row["school_code"] for row in first["schools"] if row["school_type"] == "primary"}
    absent = set(sorted(absent)[3:5])
    for table in tables().values():
        if table.per_school:
            rows[table.name] = [r for r in rows[table.name] if r["school_code"] not in absent]
    hurt = second["schools"][2]["school_code"]
    _by_code(rows, "facilities", hurt)["multimedia_classrooms"] = None
    return rows


def _make_uneven(rows: Rows) -> None:
    types = {row["school_type"]: row["school_code"] for row in rows["schools"]}
    poor = _by_code(rows, "facilities", types["nine_year"])
    poor["sports_ground_area_m2"] = poor["gymnasium_area_m2"] = Decimal(0)
    rich = _by_code(rows, "facilities", types["junior"])
    rich["sports_ground_area_m2"] *= 40
    _by_code(rows, "schools", types["junior"])["rural_small_50_99"] = True


def _by_code(rows: Rows, table: str, code: str) -> Row:
    return next(row for row in rows[table] if row["school_code"] == code)
