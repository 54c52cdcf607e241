"""One invented county and school year: rows of every declared table, byte for byte from a seed."""

from datetime import date
from typing import Any

from junheng.errors import MisuseError
from junheng.registry import tables
from junheng.registry.applicability import applies
from junheng.registry.layout import EXPLANATION
from junheng.sample.draws import stream
from junheng.sample.explanations import explanations
from junheng.sample.facilities import facilities
from junheng.sample.finance import finance
from junheng.sample.government import DEMONSTRATION, county_row
from junheng.sample.identity import identity
from junheng.sample.levels import Profile
from junheng.sample.lists import campus_rows, class_rows, room_rows
from junheng.sample.marks import Rows
from junheng.sample.narrow import widen_primary_grounds
from junheng.sample.quality import balance_transfers, quality
from junheng.sample.register import Site, roster
from junheng.sample.register import rows as register_rows
from junheng.sample.seats import SchoolClass, classes_of, seats
from junheng.sample.staffing import staffing

CLASS_LIST_SHARE, ROOM_LIST_SHARE = 0.5, 0.2
CAMPUSED, SCHOOLS_A_CAMPUSED = 3, 40
"""So many schools file two campuses; in a large county one in so many."""
CORRECTED_SHARE = 0.04


def make_county(
    *,
    seed: int,
    schools: int = 60,
    year: int = 2025,
    code: str = "410199",
    name: str = "示例县",
    profile: Profile = "mixed",
) -> Rows:
    """Rows by table name in facts units, of every declared table, clean under every check.

    A cell that is 不适用 or was not filed is `None`; `marks_of` tells the two apart. The text of a
    异常说明 stands under the column's name with `!explanation`, as in the hidden code row.
    `mixed` has schools and one CV that fail; `passing` meets L1–L7 everywhere; `narrow` is
    `passing` but for the CV of the primary sports area, which misses its limit by a hair.
    """
    if schools < 1:
        raise MisuseError(f"学校数为 {schools}，至少为 1。请给出正整数。")
    sites = roster(seed, schools=schools, year=year, county=code, name=name)
    classes = {s.code: classes_of(seed, s, profile=profile, year=year) for s in sites}
    wide = [_wide(seed, site, classes[site.code], profile=profile, year=year) for site in sites]
    balance_transfers([w for w in wide if w["school_type"] != "senior"])
    wide = [_applicable(each) for each in wide]
    found: Rows = {table: [] for table in tables()}
    for table in tables().values():
        if table.per_school:
            found[table.name] = [_cut(each, table.name) for each in wide]
    found["register"] = list(register_rows(sites))
    found["county"] = [county_row(seed, wide, code=code, name=name, year=year)]
    _fill_lists(found, seed, sites, classes, wide, year=year)
    _fill_dense(found, code, year)
    if profile == "narrow":
        widen_primary_grounds(found, year=year, place=code)
    return found


def _wide(
    seed: int, site: Site, classes: list[SchoolClass], *, profile: Profile, year: int
) -> dict[str, Any]:
    """One record with the columns of all per-school tables."""
    seated = seats(seed, site, classes)
    return {
        "school_year": year,
        **seated,
        **staffing(seed, site, classes, profile=profile),
        **facilities(
            seed,
            site,
            classes,
            profile=profile,
            year=year,
            kindergarten=seated["enrolment_kindergarten"],
        ),
        **finance(seed, site, classes),
        **quality(seed, site, classes, year=year),
        **identity(seed, site, seated),
    }


def _applicable(wide: dict[str, Any]) -> dict[str, Any]:
    """Cells without a meaning for this school emptied, explanations added where they are due."""
    kept = {"school_year": wide["school_year"]}
    for table in tables().values():
        if table.per_school:
            kept |= {c.name: wide.get(c.name) if applies(c, wide) else None for c in table.column}
    return kept | {column + EXPLANATION: text for column, text in explanations(kept).items()}


def _cut(wide: dict[str, Any], table: str) -> dict[str, Any]:
    columns = tables()[table].columns()
    return {k: v for k, v in wide.items() if k.removesuffix(EXPLANATION) in columns}


def _fill_lists(
    found: Rows,
    seed: int,
    sites: list[Site],
    classes: dict[str, list[SchoolClass]],
    wide: list[dict[str, Any]],
    *,
    year: int,
) -> None:
    parents = {site.parent for site in sites}
    campused = [
        s for s in sites
        if s.parent is None and s.code not in parents and s.role == "" and s.place != "village"
        and s.school_type in ("primary", "junior")
    ][: max(CAMPUSED, len(sites) // SCHOOLS_A_CAMPUSED)]  # fmt: skip
    for site, row in zip(sites, wide, strict=True):
        chance = stream(seed, site.code, "lists")
        if chance.random() < CLASS_LIST_SHARE:
            found["classes"] += class_rows(site, classes[site.code])
        if chance.random() < ROOM_LIST_SHARE and row["regular_classrooms"]:
            found["rooms"] += room_rows(seed, site, row, year=year)
        if site.index == 0 or chance.random() < CORRECTED_SHARE:
            found["corrections"].append(_corrected(row, year))
        if site in campused:
            pupils = sum(c.pupils for c in classes[site.code])
            found["campuses"] += campus_rows(site, row, pupils)


def _corrected(row: dict[str, Any], year: int) -> dict[str, Any]:
    """A value of the statistics that was corrected; the return holds the corrected one."""
    rooms = row["multimedia_classrooms"]
    return {
        "school_code": row["school_code"],
        "field": "网络多媒体教室间数",
        "official_value": str(rooms - 1),
        "corrected_value": str(rooms),
        "reason": f"{DEMONSTRATION}：{year}年8月新装1间",
        "document": "验收单.pdf",
    }


def _fill_dense(found: Rows, code: str, year: int) -> None:
    if any(s["dense_urban_core"] for s in found["schools"]):
        found["dense_areas"].append(
            {
                "county_code": code,
                "area_name": "示例街道",
                "certified_by": "示例市教育局",
                "certified_on": date(year, 3, 1),
                "document": f"{DEMONSTRATION}认定文件.pdf",
            }
        )
