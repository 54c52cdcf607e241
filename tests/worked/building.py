"""Rows for tests: a school that meets everything by far, except in what a test writes itself."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.registry import school_columns, table_of, tables
from junheng.schema import Kind

Row = dict[str, Any]
WEIGHTS = {"primary": Fraction(1), "junior": Fraction("1.1"), "senior": Fraction("1.32")}
COUNTY = "410199"
COUNTS_PER_PUPIL = 1
AREA_PER_PUPIL, SPORTS_PER_PUPIL, YUAN_PER_PUPIL = 20, 40, 10_000


def school(code: str, school_type: str, pupils: dict[str, int] | None = None, **filed: Any) -> Row:
    """One wide row. `pupils` by stage; `filed` columns replace the ample ones, None = not filed.

    Ample means the same value per weighted pupil everywhere, so that ample schools alone have
    coefficients of variation of 0 (but for whole classrooms).
    """
    pupils = pupils or {}
    row: Row = {
        "school_code": code,
        "school_name": f"示例学校{code}",
        "school_type": school_type,
        "location_unit": COUNTY,
        "ownership": "public",
        "urban_rural_code": "121",
        "counts_as_school": True,
    }
    row |= {f"enrolment_{stage}": count for stage, count in pupils.items()}
    row |= _ample_staff(school_type, filed | row) | _ample_premises(school_type, filed | row)
    unknown = set(filed) - set(school_columns())
    assert not unknown, f"no declared column is called {unknown}"
    return row | filed


def enrolled(school_type: str, row: Row) -> dict[str, int]:
    """Pupils by stage as filed, attached classes included; nothing filed counts as none here."""
    found = {stage: row.get(f"enrolment_{stage}") or 0 for stage in WEIGHTS}
    for stage in ("primary", "junior"):
        found[stage] += row.get(f"attached_{stage}_enrolment") or 0
    return found


def _ample_staff(school_type: str, row: Row) -> Row:
    pupils = enrolled(school_type, row)
    found: Row = {"teachers_associate_primary": 0}
    for stage in ("primary", "junior"):
        for column in ("teachers_bachelor", "key_teachers_county_plus", "teachers_pe"):
            found[f"{column}_{stage}"] = pupils[stage] * COUNTS_PER_PUPIL
        for column in ("master", "doctorate", "music", "fine_arts", "arts"):
            found[f"teachers_{column}_{stage}"] = 0
    return found


def _ample_premises(school_type: str, row: Row) -> Row:
    weighted = sum(WEIGHTS[s] * count for s, count in enrolled(school_type, row).items())
    return {
        "teaching_auxiliary_area_m2": weighted * AREA_PER_PUPIL,
        "indoor_sports_room_area_m2": 0,
        "gymnasium_area_m2": 0,
        "sports_ground_area_m2": weighted * SPORTS_PER_PUPIL,
        "equipment_value_yuan": weighted * YUAN_PER_PUPIL,
        "multimedia_classrooms": -(-weighted // 10),
    }


def rows_of(schools: list[Row], **more: list[Row]) -> dict[str, list[Row]]:
    """Rows by table of wide schools, each on the register; `more` adds rows to any table."""
    found: dict[str, list[Row]] = {name: [] for name in tables()}
    for wide in schools:
        for name in {table_of(column).name for column in wide}:
            found[name].append({"school_code": wide["school_code"]})
        for column, value in wide.items():
            found[table_of(column).name][-1][column] = in_facts_units(column, value)
        found["register"].append({c: wide.get(c) for c in tables()["register"].columns()})
    for name, rows in more.items():
        found[name] += rows
    return found


def in_facts_units(column: str, value: Any) -> Any:
    """A number or a decimal text as the type in which facts hold the column."""
    if value is None:
        return None
    kind = school_columns()[column].kind
    if kind in (Kind.AREA, Kind.MONEY):
        exact = Fraction(value) * 100
        assert exact.denominator == 1, f"{column} = {value} has more than two places"
        return Decimal(exact.numerator) / 100
    if kind is Kind.INT:
        assert Fraction(value).denominator == 1, f"{column} = {value} is a count"
        return int(value)
    return value
