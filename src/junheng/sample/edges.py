"""Small random counties that lie on the edges: for comparing two engines, not for looking real.

Values stand exactly on a limit or its 85 % floor, one unit beside it, at zero, or are missing;
rows merge, parents are absent, classes are attached, schools on the register have no return. What
the lines beyond L1–L7 read stands in `edge_lines` (schools) and `edge_records` (all else).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from junheng.registry import school_columns, tables
from junheng.registry.applicability import applies
from junheng.sample.draws import CENT, stream
from junheng.sample.edge_lines import add_lines
from junheng.sample.edge_records import add_records
from junheng.sample.marks import Row, Rows
from junheng.schema import Column, Kind, Stage
from junheng.standards import Standard

COUNTIES = ("410198", "410197")
TYPES = ("primary", "junior", "nine_year", "twelve_year", "complete", "teaching_point", "special",
         "senior", "vocational")  # fmt: skip
TYPE_WEIGHTS = (8, 5, 5, 2, 3, 4, 1, 1, 1)
EDGE_PUPILS = (0, 1, 40, 49, 50, 99, 100, 146)
ROUND_PUPILS = (200, 400, 500, 1000, 2000, 10_000)
"""Sizes at which the limits and their floors are whole teachers and rooms."""
OWN_STAGES = {
    "primary": ("primary",), "teaching_point": ("primary",), "junior": ("junior",),
    "nine_year": ("primary", "junior"), "complete": ("junior", "senior"),
    "twelve_year": ("primary", "junior", "senior"), "senior": ("senior",), "vocational": (),
    "special": ("primary", "junior"),
}  # fmt: skip
STAFF = {
    "L1": ("teachers_bachelor", "teachers_master", "teachers_doctorate", "teachers_associate"),
    "L2": ("key_teachers_county_plus",),
    "L3": ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts"),
}
HUNDREDTHS = Fraction(100)
VISITING = ("visiting_pe_teachers", "visiting_music_teachers", "visiting_fine_arts_teachers",
            "visiting_arts_teachers")  # fmt: skip


@dataclass(frozen=True)
class Edges:
    """What the lines are, and how often something is missing."""

    standard: Standard
    missing_cells: float
    missing_schools: float


def random_county(seed: int, size: int, *, year: int = 2025) -> Rows:
    """Plain rows of `size` schools on the register, in one county or two; the same for the same seed.

    Only columns that some line or relaxation reads are filled; the rest are absent.
    """
    beyond = stream(seed, "edges beyond", size)
    chance = stream(seed, "edges", size)
    whole = chance.random() < 0.5
    edges = Edges(
        Standard.at(COUNTIES[0], date(year + 1, 3, 31)),
        missing_cells=0.0 if whole else 0.004,
        missing_schools=0.0 if chance.random() < 0.7 else 0.08,
    )
    codes = [f"{chance.choice(('21', '31', '34'))}419{i:05d}" for i in range(size)]
    two = chance.random() < 0.2
    wide: list[Row] = []
    for code in codes:
        county = COUNTIES[chance.randrange(2) if two else 0]
        wide.append(_school(chance, code, county, wide, edges, year))
    for each in wide:
        add_lines(beyond, each, missing=edges.missing_cells)
    if any(each["dense_urban_core"] for each in wide) and chance.random() < 0.7:
        dense = [_dense_area(year)]
    else:
        dense = []
    filed = [each for each in wide if chance.random() >= edges.missing_schools]
    found: Rows = {table: [] for table in tables()}
    for table in tables().values():
        if table.per_school:
            found[table.name] = [_cut(each, table.columns()) for each in filed]
    register = tables()["register"].columns()
    found["register"] = [{c: each[c] for c in register} for each in wide]
    found["dense_areas"] = dense
    counties = sorted({each["location_unit"] for each in wide})
    add_records(beyond, found, counties, year=year, missing=edges.missing_cells)
    return found


def _cut(school: Row, columns: Mapping[str, Column]) -> Row:
    return {c: school.get(c) for c in columns}


def _dense_area(year: int) -> Row:
    return {
        "county_code": COUNTIES[0],
        "area_name": "示例街道",
        "certified_by": "示例市教育局",
        "certified_on": date(year, 3, 1),
        "document": "认定文件.pdf",
    }


def _school(
    chance: Random, code: str, county: str, earlier: list[Row], edges: Edges, year: int
) -> Row:
    """One wide record; cells that do not apply are None, and so are the missing ones."""
    school_type = chance.choices(TYPES, TYPE_WEIGHTS)[0]
    row = _identity(chance, code, county, school_type, earlier, year)
    pupils = _pupils(chance, row)
    _staff(chance, row, pupils, edges.standard)
    _premises(chance, row, pupils, edges.standard)
    _relaxable(chance, row, sum(pupils[s] for s in ("primary", "junior")), year)
    complete = dict(row)
    for name in [each for each in school_columns() if each in row]:
        column = school_columns()[name]
        number = column.kind in (Kind.INT, Kind.AREA, Kind.MONEY)
        lost = number and chance.random() < edges.missing_cells
        if lost or not applies(column, complete):
            row[name] = None
    return row


def _identity(
    chance: Random, code: str, county: str, school_type: str, earlier: list[Row], year: int
) -> Row:
    parent = None
    if earlier and chance.random() < 0.15:
        parent = chance.choice(earlier)["school_code"]
        if chance.random() < 0.08:
            parent = "2141999999"
    return {
        "school_year": year,
        "school_code": code,
        "school_name": f"示例学校{code[-3:]}",
        "school_type": school_type,
        "ownership": chance.choice(("public", "public", "private")),
        "urban_rural_code": chance.choice(("111", "112", "121", "122", "123", "210", "220")),
        "location_unit": county,
        "managing_unit": county,
        "counts_as_school": parent is None,
        "parent_school_code": parent,
        "founding_year": 2000,
        "boarding_school": False,
    }


def _size(chance: Random) -> int:
    return chance.choice(
        (chance.choice(EDGE_PUPILS), chance.choice(ROUND_PUPILS), chance.randint(2, 900))
    )


def _pupils(chance: Random, row: Row) -> dict[str, int]:
    """Pupils by stage, written into the columns of the type; attached classes at times."""
    school_type = row["school_type"]
    pupils = {str(s): _size(chance) if s in OWN_STAGES[school_type] else 0 for s in Stage}
    for stage, count in pupils.items():
        row[f"enrolment_{stage}"] = count
    row["attached_primary_enrolment"] = row["attached_junior_enrolment"] = 0
    row["enrolment_kindergarten"] = chance.choice((0, 0, 0, 60))
    if school_type == "junior" and chance.random() < 0.3:
        row["attached_primary_enrolment"] = pupils["primary"] = _size(chance)
    if school_type in ("senior", "vocational") and chance.random() < 0.8:
        row["attached_junior_enrolment"] = pupils["junior"] = _size(chance)
    return pupils


def _near(chance: Random, target: Fraction) -> int:
    """A whole number of units on the line where it falls on one, else just under or over it."""
    under = target.numerator // target.denominator
    over = -(-target.numerator // target.denominator)
    return max(0, chance.choice((under, over, over, over, over - 1, under + 1, over + over // 2)))


def _line(chance: Random, standard: Standard, code: str, stage: str) -> Fraction:
    """The limit itself, or its floor, or (seldom) anything between nothing and twice the limit."""
    limit = standard.limit(code, Stage(stage))
    fate = chance.random()
    if fate < 0.55:
        return limit
    if fate < 0.8:
        return standard.floor(code, Stage(stage))
    return limit * Fraction(chance.randint(0, 200), 100)


def _staff(chance: Random, row: Row, pupils: dict[str, int], standard: Standard) -> None:
    for stage in ("primary", "junior"):
        for code, columns in STAFF.items():
            total = _near(chance, _line(chance, standard, code, stage) * pupils[stage] / 100)
            present = [c for c in columns if f"{c}_{stage}" in school_columns()]
            for column, part in zip(present, _split(chance, total, len(present)), strict=True):
                row[f"{column}_{stage}"] = part
        for column in VISITING:
            row[f"{column}_{stage}"] = chance.choice((None, 0, 1, 2))


def _split(chance: Random, total: int, count: int) -> list[int]:
    cuts = sorted(chance.randint(0, total) for _ in range(count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def _premises(chance: Random, row: Row, pupils: dict[str, int], standard: Standard) -> None:
    """Whole-school values such that one of the stages lies on its line after sharing."""
    stages = [s for s in ("primary", "junior") if pupils[s]] or ["primary"]
    weights = {str(s): w for s, w in standard.weights.items()}
    places = sum((pupils[s] * w for s, w in weights.items()), Fraction(0))

    def whole(code: str, units: Fraction) -> int:
        stage = chance.choice(stages)
        return _near(chance, _line(chance, standard, code, stage) * places * units / weights[stage])

    hall = chance.choice((0, 0, chance.randint(0, 90_000)))
    sports = whole("L5", HUNDREDTHS)
    gymnasium = chance.choice((0, min(sports, hall)))
    row["teaching_auxiliary_area_m2"] = _hundredths(whole("L4", HUNDREDTHS) + hall)
    row["indoor_sports_room_area_m2"] = _hundredths(hall)
    row["gymnasium_area_m2"] = _hundredths(gymnasium)
    row["sports_ground_area_m2"] = _hundredths(sports - gymnasium)
    row["equipment_value_yuan"] = _hundredths(whole("L6", HUNDREDTHS))
    row["multimedia_classrooms"] = whole("L7", 1 / HUNDREDTHS)


def _hundredths(value: int) -> Decimal:
    return Decimal(value) * CENT


def _relaxable(chance: Random, row: Row, compulsory: int, year: int) -> None:
    """What X1 and X2 look at: often true, at times claimed without right."""
    rural = row["urban_rural_code"].startswith("2")
    row["rural_small_50_99"] = (rural and 50 <= compulsory <= 99) or chance.random() < 0.05
    dense = row["urban_rural_code"] == "111" and chance.random() < 0.4
    row["dense_urban_core"] = dense
    leased: dict[str, Any] = {
        "leased_sports_area_m2": _hundredths(chance.choice((0, chance.randint(1, 300_000)))),
        "other_campus_sports_area_m2": _hundredths(chance.choice((0, chance.randint(1, 90_000)))),
        "leased_contract_no": chance.choice(("示例租1号", "示例租2号", None)),
        "lease_start": date(year, 3, 1),
        "lease_end": date(year + chance.choice((0, 1, 2)), 2, 28),
        "walking_minutes": chance.choice((0, 9, 10, 11)),
    }
    row.update(leased)
