"""Random counties of `junheng.sample`, many in one set of facts, so that a thousand are cheap."""

from datetime import date

from junheng.diagnosis import Assessment, assess_facts
from junheng.registry import NOT_APPLICABLE, Facts
from junheng.sample import marks_of, random_county
from junheng.standards import Switches
from oracle.engine import assess

ON = date(2026, 3, 31)
CODES = ("school_code", "parent_school_code")
COUNTIES = ("location_unit", "managing_unit", "county_code")


def batch(seeds: range) -> tuple[dict, list]:
    """Rows and marks of one random county (or pair) a seed, their codes kept apart."""
    rows: dict[str, list[dict]] = {}
    marks: list[tuple[str, str, str, str, str]] = []
    for seed in seeds:
        one = random_county(seed, 1 + seed % 11)
        for table, listed in one.items():
            one[table] = [_renamed(row, seed) for row in listed]
            rows.setdefault(table, []).extend(one[table])
        marks += marks_of(one, year=2025)
    return rows, marks


def _renamed(row: dict, seed: int) -> dict:
    codes = {c: f"{row[c]}-{seed}" for c in CODES if row.get(c)}
    return row | codes | {c: f"{row[c]}-{seed}" for c in COUNTIES if row.get(c)}


def dashes(marks: list) -> set[tuple[str, str, str]]:
    """The cells filed as —, as the second engine takes them."""
    return {(table, key, column) for table, key, column, mark, _ in marks if mark == NOT_APPLICABLE}


def both(
    rows: dict, marks: list, *, variant: str = "weighted", relaxations: tuple[str, ...] = ()
) -> tuple[Assessment, dict]:
    """The same rows through both engines."""
    switches = Switches(variant=variant, relaxations=relaxations)
    ours = assess_facts(Facts.from_rows(rows, marks, year=2025), on=ON, switches=switches)
    theirs = assess(
        rows, on=ON, not_applicable=dashes(marks), variant=variant, relaxations=relaxations
    )
    return ours, theirs
