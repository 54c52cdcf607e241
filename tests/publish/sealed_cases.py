"""Counties sealed as if they had been read from a workbook, with the cell of every value."""

from datetime import date
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
from junheng.sample.marks import Rows

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
    """One county with two schools that did not file, one with a value missing."""
    first = make_county(seed=7, schools=30, year=YEAR)
    second = make_county(
        seed=8, schools=20, year=YEAR, code="410122", name="中牟县", profile="passing"
    )
    rows = {table: first[table] + second[table] for table in first}
    absent = {first["schools"][3]["school_code"], first["schools"][20]["school_code"]}
    for table in tables().values():
        if table.per_school:
            rows[table.name] = [r for r in rows[table.name] if r["school_code"] not in absent]
    hurt = second["schools"][2]["school_code"]
    for row in rows["facilities"]:
        if row["school_code"] == hurt:
            row["multimedia_classrooms"] = None
    return rows
