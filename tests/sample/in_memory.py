"""Invented rows as a filing that was read, without writing a workbook."""

from junheng.registry import NOT_APPLICABLE, Entry, Filing, Origin, Record, State, tables
from junheng.registry.facts import joined_key
from junheng.registry.layout import EXPLANATION
from junheng.sample import marks_of


def filing(rows, year: int) -> Filing:
    dashes = {m[:3] for m in marks_of(rows, year=year) if m[3] == NOT_APPLICABLE}
    records = []
    for table in tables().values():
        for number, row in enumerate(rows[table.name], 5):
            key = tuple(str(row[k]) for k in table.key)
            entries = {}
            for column in table.columns():
                origin = Origin("示例县.xlsx", table.label, f"{column}{number}")
                value = row.get(column)
                state = State.FILED if value is not None else State.BLANK
                if (table.name, joined_key(key), column) in dashes:
                    state = State.NOT_APPLICABLE
                entries[column] = Entry(state, value, origin, row.get(column + EXPLANATION))
            row_origin = Origin("示例县.xlsx", table.label, f"A{number}")
            records.append(Record(table.name, key, entries, row_origin))
    return Filing(tuple(records), (), ())
