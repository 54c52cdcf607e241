"""Run by the test beside it in a process of its own: a study of one county, its rows in some order.

Prints the fingerprint of the facts and the SHA-256 of every data file, and nothing else.
"""

import hashlib
import sys
import tempfile
from datetime import date
from pathlib import Path
from random import Random

from junheng.registry import Facts, Snapshot
from junheng.sample import make_county, marks_of
from junheng.studies import monitoring, receipt


def shuffled(rows: dict, chance: Random) -> dict:
    """The same rows as from several files: tables, rows and columns in another order."""
    tables = chance.sample(list(rows), len(rows))
    return {
        table: [
            {column: row[column] for column in chance.sample(list(row), len(row))}
            for row in chance.sample(rows[table], len(rows[table]))
        ]
        for table in tables
    }


def main(seed: int) -> None:
    receipt.code_sha256 = lambda: "as it is"  # an edit while the suite runs is not what is tested
    chance = Random(seed)
    rows = make_county(seed=20, schools=40)
    marks = marks_of(rows, year=2025)
    if seed:
        rows, marks = shuffled(rows, chance), chance.sample(marks, len(marks))
    facts = Facts.from_rows(rows, marks, year=2025)
    study = monitoring.assess(
        Snapshot(Path("seal"), facts, {}), on=date(2026, 3, 31), relaxations=("X2", "X1")
    )
    sys.stdout.write(f"facts {facts.fingerprint}\n")
    with tempfile.TemporaryDirectory() as folder:
        for file in monitoring.write_data(study, Path(folder)):
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            sys.stdout.write(f"{file.name} {digest}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
