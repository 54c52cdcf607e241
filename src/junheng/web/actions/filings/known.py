"""What is known beside a return: earlier sealed years, the county office's rows, the return itself.

Nothing here writes rows. What was read of a workbook is kept beside it as a file, so that no page
reads a workbook again; it can be made anew from the workbook at any time.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from junheng.casework.returns import (
    Context,
    Owner,
    Return,
    SchoolParts,
    evidence_rows,
    joined,
    pack,
    part_of,
    read_and_check,
    unpack,
)
from junheng.errors import JunhengError
from junheng.registry import Facts, Snapshot
from junheng.registry.whole_file import write_whole
from junheng.web.actions.filings.cases import AS_SEALED, FILINGS, owner_of
from junheng.web.made_once import MadeOnce
from junheng.web.models import Case, Office
from junheng.web.models.attachments import path_of
from junheng.web.sealed import latest_by_year, path_of_seal

EARLIER = (1, 3)
"""How many years before a return the checks look: the year before, and the cohort's first year."""
KEPT_YEARS, KEPT_PARTS, KEPT_RETURNS = 3, 64, 512


def earlier_seals(year: int) -> list[Path]:
    """The latest seals of the earlier years that the checks of `year` look at."""
    latest = {each.year: each.name for each in latest_by_year()}
    return [path_of_seal(latest[year - n]) for n in EARLIER if year - n in latest]


def last_of(owner: Owner, year: int) -> tuple[Facts, ...]:
    """What is sealed of the owner for the earlier years that its checks look at."""
    return tuple(_part(str(path), owner) for path in earlier_seals(year))


def _facts(path: str) -> Facts:
    return _years.get(path, lambda: Snapshot.open(Path(path)).facts)


def _part(path: str, owner: Owner) -> Facts:
    """Of a county kept as it is; a school's is cut from the city's, which is sorted for that once."""
    if owner.school:
        return _schools.get(path, lambda: SchoolParts(_facts(path))).of(owner)
    return _counties.get((path, owner.county), lambda: part_of(_facts(path), owner))


_years: MadeOnce[Facts] = MadeOnce(KEPT_YEARS)
_counties: MadeOnce[Facts] = MadeOnce(KEPT_PARTS)
_schools: MadeOnce[SchoolParts] = MadeOnce(KEPT_YEARS)


def row_before(owner: Owner, year: int) -> dict[str, dict[str, Any]]:
    """Last year's row of the owner in every form, by table."""
    return {
        name: frame.row(0, named=True)
        for facts in last_of(owner, year)[:1]
        if facts.year == year - 1
        for name, frame in facts.frames.items()
        if len(frame)
    }


def context_of(case: Case) -> Context:
    """What is known beside the return of a case."""
    owner = owner_of(case)
    beside: Mapping[str, Any] = {}
    if owner.school and (sheet := county_sheet(case)) is not None:
        beside = sheet.rows
    return Context(beside, last_of(owner, case.year))


def county_sheet(case: Case) -> Return | None:
    """What the county office has handed in for the same year."""
    found = Case.objects.select_related("subject__parent").filter(
        register=FILINGS, year=case.year, round=case.round, subject=case.subject.parent
    )
    sheet = found.first()
    return return_of(sheet) if sheet is not None else None


def return_of(case: Case) -> Return | None:
    """What was last handed in for a case; None where nothing was."""
    held = case.data.get("file")
    return None if held is None else _returned(_kept_at(case, held), case.pk)


def returns_of(cases: Iterable[Case]) -> list[Return]:
    """The returns of all cases that have one."""
    return [found for case in cases if (found := return_of(case)) is not None]


@lru_cache(maxsize=KEPT_RETURNS)
def _returned(path: str, pk: int) -> Return:
    file = Path(path)
    if file.is_file() and (found := unpack(file.read_bytes())) is not None:
        return found
    case = Case.objects.select_related("subject__parent").get(pk=pk)
    sealed = case.data.get(AS_SEALED, {}).get("file")
    before = sealed is not None and _kept_at(case, sealed) == path
    return read_anew(case, sealed if before else case.data["file"])


def read_anew(case: Case, held: Mapping[str, Any]) -> Return:
    """Read and check the workbook of a case, and keep what was read."""
    path = path_of(held["sha256"])
    if not path.is_file():
        raise JunhengError(
            f"“{held['name']}”不在数据文件夹里（校验值 {held['sha256'][:12]}…）。请由系统管理员从备份恢复。"
        )
    found = read_and_check(
        path, owner_of(case), name=held["name"], sha256=held["sha256"], year=case.year,
        on=date.fromisoformat(held["on"]), context=context_of(case),
    )  # fmt: skip
    return keep_return(case, held, found)


def keep_return(case: Case, held: Mapping[str, Any], found: Return) -> Return:
    """Put what was read beside the workbooks; replaces what stood there."""
    path = Path(_kept_at(case, held))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, pack(found))
    return found


def _kept_at(case: Case, held: Mapping[str, Any]) -> str:
    """One file for each time that something was handed in."""
    told = f"{held['sha256']} {held['at']}"
    name = hashlib.sha256(told.encode()).hexdigest()[:20]
    return str(Path(settings.DATA) / "returns" / str(case.year) / f"{case.pk}-{name}.json")


def county_cases(county: Office, year: int) -> list[Case]:
    """The county's own sheet and all its schools' cases of a year."""
    found = Case.objects.filter(
        register=FILINGS, year=year, round="", subject__lineage__startswith=county.lineage
    )
    return list(found.select_related("subject__parent", "office").order_by("subject__lineage"))


def standings_of(county: Office, year: int) -> tuple[tuple[int, str, int], ...]:
    """(case, state, version) of the same cases: what tells whether anything has changed."""
    found = Case.objects.filter(
        register=FILINGS, year=year, round="", subject__lineage__startswith=county.lineage
    )
    return tuple(found.order_by().values_list("pk", "state", "version"))


HANDED_IN = frozenset({"submitted", "passed", "sealed"})
"""States whose returns count in a preview."""


def round_facts(cases: Iterable[Case], year: int) -> Facts:
    """The facts of the cases of one county as they stand now, for a 预览: never sealed.

    Returns that were handed in count; a school whose return was not is 缺报.
    """
    from junheng.web.actions.filings.papers import papers_of_all

    held = list(cases)
    counted = [each for each in held if each.state in HANDED_IN]
    held_papers = papers_of_all(counted)
    papers = [
        row
        for each in counted
        for row in evidence_rows(held_papers[each.pk], passed=each.state != "submitted")
    ]
    register = [_listed(owner_of(each), year) for each in held if owner_of(each).school]
    return joined(returns_of(counted), year=year, register=register, papers=papers)


def _listed(owner: Owner, year: int) -> dict[str, Any]:
    """A school for the register: as it was listed last year, else by its office alone."""
    return _registered(owner, year) or {
        "school_code": owner.school, "school_name": owner.school_name, "location_unit": owner.county,
        "school_type": None,
    }  # fmt: skip


def _registered(owner: Owner, year: int) -> dict[str, Any] | None:
    for facts in last_of(Owner(owner.county, owner.county_name), year)[:1]:
        for row in (
            facts["register"].filter(pl.col("school_code") == owner.school).iter_rows(named=True)
        ):
            return row
    return None
