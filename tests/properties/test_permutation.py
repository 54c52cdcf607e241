"""The order in which anything was filed leaves no trace: the same bytes, but for nothing."""

from pathlib import Path

from hypothesis import strategies as st

from junheng.registry import Facts, Snapshot
from junheng.studies import as_json, assess
from properties.cases import ON, YEAR, Marks, Rows, holds, several


def study_bytes(rows: Rows, marks: Marks) -> tuple[str, str, str]:
    """Fingerprint, `assessment.json` without the hash of the code, and the long table as text."""
    facts = Facts.from_rows(rows, marks, year=YEAR)
    study = assess(Snapshot(Path("seal"), facts, {}), on=ON, relaxations=("X1", "X2"))
    record = study.record
    record["receipt"].pop("code_sha256", None)
    return facts.fingerprint, as_json(record), study.table.write_json()


@holds(several(), st.randoms(use_true_random=False), few=4, quick=True)
def test_the_order_of_schools_rows_tables_columns_and_marks_changes_no_byte(county, chance):
    rows, marks = county
    mixed = {
        table: [
            {column: row[column] for column in chance.sample(list(row), len(row))}
            for row in chance.sample(rows[table], len(rows[table]))
        ]
        for table in chance.sample(list(rows), len(rows))
    }
    assert study_bytes(mixed, chance.sample(marks, len(marks))) == study_bytes(rows, marks)
