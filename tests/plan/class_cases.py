"""Small counties for the class-size plan: each school is written as its classes, grade by grade."""

from decimal import Decimal
from typing import Any

from worked.building import COUNTY, Row, rows_of, school

from junheng.registry import Facts

YEAR = 2025
GRADES = {"primary": range(1, 7), "junior": range(7, 10)}
BINS = (("le_25", 0, 25), ("26_30", 26, 30), ("31_35", 31, 35), ("36_40", 36, 40), ("41_45", 41, 45),
        ("46_50", 46, 50), ("51_55", 51, 55), ("56_60", 56, 60), ("61_65", 61, 65), ("ge_66", 66, 999))  # fmt: skip
METRE = 1 / 111_195
"""Degrees of latitude that one metre takes."""

Classes = dict[int, list[int]]
"""Grade → size of each class."""


def stages_of(school_type: str) -> tuple[str, ...]:
    return {"junior": ("junior",), "complete": ("junior",), "nine_year": ("primary", "junior")}.get(
        school_type, ("primary",)
    )


def filed(
    code: str, school_type: str, classes: Classes, *, rooms: int, north_m: float = 0, teachers: int = 10,
    **more: Any,
) -> Row:  # fmt: skip
    """A wide row whose columns all follow from the classes; it stands `north_m` north of the origin."""
    columns: Row = {}
    pupils = {}
    for stage in stages_of(school_type):
        sizes = [n for g in GRADES[stage] for n in classes.get(g, [])]
        pupils[stage] = sum(sizes)
        columns |= {f"enrolment_grade_{g}": sum(classes.get(g, [])) for g in GRADES[stage]}
        columns[f"class_count_{stage}"] = len(sizes)
        columns[f"max_class_size_{stage}"] = max(sizes, default=0)
        columns[f"full_time_teachers_{stage}"] = teachers
        columns[f"certified_teachers_{stage}"] = teachers
        for name, low, high in BINS:
            columns[f"classes_{name}_{stage}"] = sum(low <= n <= high for n in sizes)
    columns |= {
        "regular_classrooms": rooms, "music_rooms_ge_96": 0, "art_rooms_ge_90": 0, "music_rooms": 0,
        "art_rooms": 0, "lon": Decimal("113.4"), "crs": "wgs84", "parent_school_code": None,
        "lat": Decimal("34.6") + Decimal(str(round(north_m * METRE, 6))),
    }  # fmt: skip
    columns["attached_primary_enrolment"] = 0 if school_type == "junior" else None
    return school(code, school_type, pupils, **(columns | more))


def facts_of(*schools: Row, listed: dict[str, Classes] | None = None, **tables: Any) -> Facts:
    """Facts of one county; `listed` = the class lists that were filed."""
    rows = [
        {
            "school_code": code, "grade": grade, "class_no": str(number), "pupils": pupils,
            "stage": "primary" if grade < 7 else "junior",
        }
        for code, classes in (listed or {}).items()
        for grade, sizes in classes.items()
        for number, pupils in enumerate(sizes, start=1)
    ]  # fmt: skip
    county = [{"county_code": COUNTY, "county_name": "示例县"}]
    found = rows_of(list(schools), classes=rows, county=county, **tables)
    return Facts.from_rows(found, year=YEAR)


def alike(sizes: list[int], stage: str = "primary") -> Classes:
    """The same classes in every grade of a stage."""
    return {grade: list(sizes) for grade in GRADES[stage]}
