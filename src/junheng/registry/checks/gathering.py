"""From the rows of a filing to a round: everything filed, joined and settled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from junheng.registry.catalogue import tables
from junheng.registry.checks.joining import (
    first_strays,
    join_counties,
    join_schools,
    stray_rows,
)
from junheng.registry.checks.returns import Round
from junheng.registry.checks.sorting import (
    COUNTY,
    REGISTER,
    Sorted,
    Tainted,
    Tally,
    all_needed,
    alone,
    in_order,
    in_place,
    sort,
    usual_year,
)
from junheng.registry.evidence_files import EvidenceFolder
from junheng.registry.filing import Filing, Record

if TYPE_CHECKING:
    from junheng.registry.facts import Facts


def gather(
    filing: Filing,
    *,
    year: int | None,
    earlier: Iterable["Facts"] = (),
    on: date | None = None,
    folder: EvidenceFolder | None = None,
) -> Round:
    """Join the rows of a filing; cells that the reader refused count as unknown."""
    tainted = _tainted(filing)
    found = sort(filing.records)
    year = year if year is not None else usual_year(found.rows[COUNTY].values())
    tally = Tally()
    schools, absent = join_schools(found, tainted, year, tally)
    strays = first_strays(found.rows, schools)
    counties = join_counties(found, tainted, schools.values(), tally)
    rows = _lists(found, tainted, tally)
    register = tuple(found.rows[REGISTER].values())
    for each in found.nameless:
        tally.add(alone(each), tainted)
    tally.records += stray_rows(found.rows, schools)
    tally.records += [later for later, _ in found.repeated]
    if found.nameless or found.repeated:
        records: Iterable[Record] = in_order(filing.records, tally.records)
    else:
        records = in_place(filing.records, tally)
    return Round(
        filing=replace(filing, records=tuple(records)),
        year=year,
        schools=schools,
        counties=counties,
        register=register,
        rows=rows,
        blank=tuple(tally.blank),
        dashed=tuple(tally.dashed),
        needless=tuple(tally.needless),
        absent=absent,
        strays=strays,
        repeated=tuple(found.repeated),
        nameless=tuple(found.nameless),
        unread=_unread(filing),
        earlier={each.year: each for each in earlier},
        on=on,
        folder=folder,
    )


def _tainted(filing: Filing) -> Tainted:
    found: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for each in filing.blocking:
        if each.column:
            found.setdefault((each.table, each.key), set()).add(each.column)
    return found


def _unread(filing: Filing) -> frozenset[str]:
    if all(each.key for each in filing.blocking):
        return frozenset()
    return frozenset(tables()) - {each.table for each in filing.records}


def _lists(
    found: Sorted, tainted: Tainted, tally: Tally
) -> dict[str, dict[str, tuple[Record, ...]]]:
    """Rows of register, classes, rooms, … by their first key; each settled on its own."""
    grouped: dict[str, dict[str, tuple[Record, ...]]] = {}
    for name, table in tables().items():
        if table.per_school or table.form:
            continue
        by_key: defaultdict[str, list[Record]] = defaultdict(list)
        needed = all_needed(name)
        for key, record in found.rows[name].items():
            if record.filed.keys() >= needed:
                tally.records.append(record)
                by_key[key[0]].append(record)
                continue
            settled = alone(record)
            tally.add(settled, tainted)
            by_key[key[0]].append(settled.record)
        grouped[name] = {key: tuple(records) for key, records in by_key.items()}
    return grouped
