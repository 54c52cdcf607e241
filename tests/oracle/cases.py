"""Random counties of `junheng.sample`, many in one set of facts, so that a thousand are cheap."""

from datetime import date

from junheng.diagnosis import Assessment, assess_facts
from junheng.registry import NOT_APPLICABLE, Facts
from junheng.sample import marks_of, random_county
from junheng.standards import Switches
from oracle.engine import assess

ON = date(2026, 3, 31)
CODES = ("school_code", "parent_school_code", "scope")
COUNTIES = ("location_unit", "managing_unit", "county_code")


def batch(seeds: range) -> tuple[dict, list]:
    """Rows and marks of one random county (or pair) a seed, their codes kept apart."""
    rows: dict[str, list[dict]] = {}
    marks: list[tuple[str, str, str, str, str]] = []
    for seed in seeds:
        one = renamed(random_county(seed, 1 + seed % 11), seed)
        for table, listed in one.items():
            rows.setdefault(table, []).extend(listed)
        marks += marks_of(one, year=2025)
    return rows, marks


def renamed(rows: dict, tag: object) -> dict:
    """The same rows with `tag` behind every code of a school or a county."""
    tagged = (*CODES, *COUNTIES)
    return {
        table: [row | {c: f"{row[c]}-{tag}" for c in tagged if row.get(c)} for row in listed]
        for table, listed in rows.items()
    }


def dashes(marks: list) -> set[tuple[str, str, str]]:
    """The cells filed as —, as the second engine takes them."""
    return {(table, key, column) for table, key, column, mark, _ in marks if mark == NOT_APPLICABLE}


def both(
    rows: dict,
    marks: list,
    *,
    variant: str = "weighted",
    relaxations: tuple[str, ...] = (),
    readings: dict[str, str] | None = None,
) -> tuple[Assessment, dict]:
    """The same rows through both engines."""
    switches = Switches(variant=variant, relaxations=relaxations, readings=readings or {})
    ours = assess_facts(Facts.from_rows(rows, marks, year=2025), on=ON, switches=switches)
    theirs = assess(
        rows,
        on=ON,
        not_applicable=dashes(marks),
        variant=variant,
        relaxations=relaxations,
        readings=readings,
    )
    return ours, theirs
