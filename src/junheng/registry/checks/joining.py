"""The rows of one school joined over the tables, the county forms, and rows without a school."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from junheng.registry.catalogue import school_columns, tables
from junheng.registry.checks.deciding import Decided
from junheng.registry.checks.returns import County, School, is_misplaced
from junheng.registry.checks.settling import (
    Answers,
    Settled,
    decide,
    plan_of,
    settle,
    unfiled,
)
from junheng.registry.checks.sorting import (
    COUNTY,
    REGISTER,
    SCHOOLS,
    UNKNOWN,
    Rows,
    Sorted,
    Tainted,
    Tally,
    values,
)
from junheng.registry.filing import Record


@cache
def school_tables() -> tuple[str, ...]:
    return tuple(name for name, table in tables().items() if table.per_school)


@cache
def home() -> Mapping[str, str]:
    """Column of a per-school table → that table; keys belong to `schools`."""
    found: dict[str, str] = {}
    for name in school_tables():
        for column in tables()[name].columns():
            found.setdefault(column, name)
    return found


@dataclass(frozen=True)
class _Joined:
    """One school with its rows settled; `owed` are the tables in which its row is missing."""

    school: School
    settled: tuple[Settled, ...]
    owed: tuple[str, ...]


def join_schools(
    found: Sorted, tainted: Tainted, year: int | None, tally: Tally
) -> tuple[dict[str, School], tuple[tuple[School, str], ...]]:
    schools: dict[str, School] = {}
    absent: list[tuple[School, str]] = []
    decided = Decided(school_columns(), school_tables(), school_year=year)
    for key in found.rows[SCHOOLS]:
        joined = _join(found.rows, key, tainted, decided)
        schools[key[0]] = joined.school
        absent += [(joined.school, table) for table in joined.owed]
        for each in joined.settled:
            tally.add(each, tainted)
    lost = Counter(each.table for each in found.nameless)
    short = Counter(table for _, table in absent)
    return schools, tuple(each for each in absent if short[each[1]] > lost[each[1]])


def _join(
    rows: Rows,
    key: tuple[str, ...],
    tainted: Tainted,
    decided: Decided,
) -> _Joined:
    filed = {t: rows[t][key] for t in school_tables() if key in rows[t]}
    known, unclear = values(filed.values(), tainted)
    if _type_disputed(known, rows[REGISTER].get(key)):
        unclear |= {"school_type"}
    plans = decided.plans(known, unclear)
    settled = {
        t: settle(filed.get(t) or unfiled(t, key, filed[SCHOOLS]), plan)
        for t, plan in plans.of.items()
    }
    for t in settled.keys() - filed.keys():
        settled[t].handed = None
    owed = tuple(t for t in settled if t not in filed and settled[t].blank)
    kept = {t: each for t, each in settled.items() if t in filed or t in plans.may_lack}
    free = frozenset(name for each in settled.values() for name in each.free)
    for name in plans.nothing & known.keys():
        del known[name]
    records = {t: each.record for t, each in kept.items()}
    school = School(key[0], records, home(), known, plans.nothing, free)
    return _Joined(school, tuple(kept.values()), owed)


def _type_disputed(known: Mapping[str, Any], listed: Record | None) -> bool:
    """The register gives another type: named once, and what applies is left open."""
    there = listed.value("school_type") if listed is not None else None
    return there is not None and known.get("school_type") not in (there, None)


def first_strays(rows: Rows, schools: Mapping[str, School]) -> tuple[Record, ...]:
    """The first row of each code that has rows, but none in 学校基本情况."""
    found: dict[str, Record] = {}
    for name, table in tables().items():
        if "school_code" in table.key and name != REGISTER:
            for key, record in rows[name].items():
                if key[0] not in schools:
                    found.setdefault(key[0], record)
    return tuple(found.values())


def stray_rows(rows: Rows, schools: Mapping[str, School]) -> list[Record]:
    """Rows of the per-school tables that join no school."""
    return [
        record
        for name in school_tables()
        for key, record in rows[name].items()
        if key[0] not in schools
    ]


def join_counties(
    found: Sorted, tainted: Tainted, schools: Iterable[School], tally: Tally
) -> dict[str, County]:
    columns = tables()[COUNTY].columns()
    special, perhaps = _special_schools(found.rows, schools)
    counties: dict[str, County] = {}
    for key, record in found.rows[COUNTY].items():
        known, unclear = values([record], tainted)
        has_special = key[0] in special
        decisions = decide(Answers(columns, known, unclear, special_schools=has_special))
        if not has_special and perhaps & {key[0], None}:
            decisions = {
                group: UNKNOWN if "special_schools" in group else decision
                for group, decision in decisions.items()
            }
        settled = settle(record, plan_of(COUNTY, decisions))
        tally.add(settled, tainted)
        for name in settled.nothing:
            known.pop(name, None)
        year = known.get("filing_year")
        counties[key[0]] = County(
            key[0], {COUNTY: settled.record}, dict.fromkeys(columns, COUNTY), known,
            frozenset(settled.nothing), frozenset(settled.free), year=year,
        )  # fmt: skip
    return counties


def _special_schools(
    rows: Rows, schools: Iterable[School]
) -> tuple[set[str | None], set[str | None]]:
    """Counties that have a special school, and those that may have one; None: any county."""
    special: set[str | None] = set()
    perhaps: set[str | None] = set()
    codes = set()
    counties = {key[0] for key in rows[COUNTY]}
    for school in schools:
        if school.type is None:
            perhaps.add(school.county)
        elif school.type == "special":
            codes.add(school.code)
            lost = is_misplaced(school, rows[REGISTER].get((school.code,)), counties)
            (perhaps if lost else special).add(None if lost else school.county)
    for (code,), listed in rows[REGISTER].items():
        if listed.value("school_type") == "special" and code not in codes:
            place = listed.value("location_unit")
            perhaps.add(place if isinstance(place, str) else None)
    return special, perhaps
