"""One invented county, of one school year or of several: rows of every declared table.

Byte for byte from a seed. The story is told backwards from its last year, so a county alone is
the same as the last of its years.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from junheng.errors import MisuseError
from junheng.registry import tables
from junheng.registry.layout import EXPLANATION
from junheng.sample.cast import plan_of_county
from junheng.sample.character import Profile, character_of
from junheng.sample.draws import DEMONSTRATION, stream
from junheng.sample.evidence import evidence_rows
from junheng.sample.government import county_row
from junheng.sample.history import lineage_rows
from junheng.sample.lists import campus_rows, class_rows, room_rows
from junheng.sample.marks import Rows
from junheng.sample.narrow import Widened, widen_primary_grounds
from junheng.sample.official import official_rows, statement_rows
from junheng.sample.progress import progress_rows
from junheng.sample.register import Site
from junheng.sample.register import rows as register_rows
from junheng.sample.treasury import Treasury
from junheng.sample.world import World

CLASS_LIST_SHARE, ROOM_LIST_SHARE = 0.5, 0.2
CAMPUSED, SCHOOLS_A_CAMPUSED = 3, 40
"""So many schools file two campuses; in a large county one in so many."""
CORRECTED_SHARE = 0.04
CODE, NAME = "410199", "示例县"
YEARS = (2023, 2024, 2025)


def make_county(
    *,
    seed: int,
    schools: int = 60,
    year: int = 2025,
    code: str = CODE,
    name: str = NAME,
    profile: Profile = "mixed",
) -> Rows:
    """Rows by table name in facts units, of every declared table, clean under every check.

    A cell that is 不适用 or was not filed is `None`; `marks_of` tells the two apart. The text of a
    异常说明 stands under the column's name with `!explanation`, as in the hidden code row.
    `passing` meets all 32 lines and the 7 vetoes; `narrow` is `passing` but for the CV of the
    primary sports area, which misses its limit by a hair; `mixed` has what offices meet: schools
    and a CV that fail, classes over 45 and 50, oversize schools (some that X3–X6 would excuse),
    evidence that is missing, returned or about to lapse.
    """
    return make_years(
        seed=seed, schools=schools, years=(year,), code=code, name=name, profile=profile
    )[year]


def make_years(
    *,
    seed: int,
    schools: int = 60,
    years: Sequence[int] = YEARS,
    code: str = CODE,
    name: str = NAME,
    profile: Profile = "mixed",
) -> dict[int, Rows]:
    """The county in each of `years`, oldest first; its last year is `make_county` of that year.

    Cohorts move up a grade a year, what was bought grows, and schools are founded, renamed,
    merged, closed and change their type on the way (table `lineage`). `schools` counts those of
    the last year, and so does the profile: the years before lead there. Clean under the checks
    against last year, too. Raises MisuseError where no year or no school is asked for.
    """
    if schools < 1:
        raise MisuseError(f"学校数为 {schools}，至少为 1。请给出正整数。")
    if not years:
        raise MisuseError("没有年度。请至少给出一个学年。")
    last = max(years)
    world = World(
        seed=seed,
        plan=plan_of_county(seed, schools),
        last=last,
        code=code,
        name=name,
        character=character_of(profile),
    )
    return rows_of_years(world, years)


def rows_of_years(world: World, years: Sequence[int]) -> dict[int, Rows]:
    """The rows of a county in each of these years, oldest first; the last year is the world's."""
    last = world.last
    found = {year: _rows(world, year) for year in sorted(set(years))}
    if world.character.narrow:
        widened = widen_primary_grounds(found[last], year=last, place=world.code)
        for year in found:
            if year != last:
                _widen(found[year], widened)
    return found


def _rows(world: World, year: int) -> Rows:
    """The tables of one year."""
    sites, wide = world.sites(year), world.records(year)
    seed, code, character = world.seed, world.code, world.character
    treasury = Treasury(world.seed, world.last, character, world.pupils)
    found: Rows = {table: [] for table in tables()}
    for table in tables().values():
        if table.per_school:
            found[table.name] = [_cut(each, table.name) for each in wide]
    found["register"] = list(register_rows(sites))
    found["county"] = [
        county_row(seed, wide, code=code, name=world.name, year=year, treasury=treasury)
    ]
    _fill_lists(found, world, wide, year)
    _fill_dense(found, code, year)
    found["evidence"] = evidence_rows(
        seed, wide, code=code, year=year, character=character, name=world.name
    )
    found["official_results"] = official_rows(seed, code=code, year=year, character=character)
    found["statements"] = statement_rows(code=code, year=year, name=world.name)
    found["progress"] = progress_rows(code=code, year=year, last=world.last, pace=character.pace)
    found["lineage"] = list(lineage_rows(world.roster, year))
    return found


def _cut(wide: dict[str, Any], table: str) -> dict[str, Any]:
    columns = tables()[table].columns()
    return {k: v for k, v in wide.items() if k.removesuffix(EXPLANATION) in columns}


def _widen(rows: Rows, widened: Widened) -> None:
    for row in rows["facilities"]:
        for column, added in widened.get(row["school_code"], {}).items():
            row[column] += added


def _campused(roster: list[Site]) -> set[str]:
    """Keys of the schools of two campuses: the same in every year."""
    parents = {site.parent for site in roster}
    fitting = [
        s.key for s in roster
        if s.parent is None and s.code not in parents and s.role == "" and s.place != "village"
        and s.school_type in ("primary", "junior")
    ]  # fmt: skip
    return set(fitting[: max(CAMPUSED, len(roster) // SCHOOLS_A_CAMPUSED)])


def _fill_lists(found: Rows, world: World, wide: list[dict[str, Any]], year: int) -> None:
    campused, classes = _campused(world.roster), world.classes(year)
    for site, row in zip(world.sites(year), wide, strict=True):
        chance = stream(world.seed, site.key, "lists")
        if chance.random() < CLASS_LIST_SHARE:
            found["classes"] += class_rows(site, classes[site.key])
        if chance.random() < ROOM_LIST_SHARE and row["regular_classrooms"]:
            found["rooms"] += room_rows(world.seed, site, row, year=year)
        if site.index == 0 or chance.random() < CORRECTED_SHARE:
            found["corrections"].append(_corrected(row, year))
        if site.key in campused and site.school_type in ("primary", "junior"):
            pupils = sum(c.pupils for c in classes[site.key])
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
