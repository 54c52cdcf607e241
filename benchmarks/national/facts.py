"""What both peers know of the wide facts: columns, stages, formulas. No number of the law."""

from collections.abc import Callable, Mapping
from typing import Any

CODES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
STAGES = ("primary", "junior")
WITH_SENIOR = (*STAGES, "senior")
OWN = {
    "primary": ("primary", "teaching_point", "nine_year", "twelve_year"),
    "junior": ("junior", "nine_year", "complete", "twelve_year"),
    "senior": ("complete", "twelve_year", "senior"),
}
"""School types that have a stage by themselves."""
ATTACHED = {"primary": ("junior",), "junior": ("senior", "vocational")}
"""School types that may have classes of a stage attached."""
NAMED = ("county", "year", "school_code", "filed")
IDENTITY = (
    "county", "year", "school_code", "school_name", "school_type", "ownership", "urban_rural_code",
    "filed", "counts_as_school", "parent_school_code", "not_applicable",
)  # fmt: skip
TEACHERS = (
    "teachers_bachelor", "teachers_master", "teachers_doctorate", "key_teachers_county_plus",
    "teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts",
)  # fmt: skip
OWED_BY = {f"{name}_{stage}": stage for name in TEACHERS for stage in STAGES} | {
    "teachers_associate_primary": "primary"
}
"""Columns that only schools with the stage must file."""
HUNDREDTHS = (
    "teaching_auxiliary_area_m2", "indoor_sports_room_area_m2", "gymnasium_area_m2",
    "sports_ground_area_m2", "equipment_value_yuan",
)  # fmt: skip
READ = (*OWED_BY, *HUNDREDTHS, "multimedia_classrooms")
AMOUNTS = (
    *(f"enrolment_{stage}" for stage in OWN),
    *(f"attached_{stage}_enrolment" for stage in ATTACHED),
    *READ,
)
SHARED = ("L4", "L5", "L6", "L7")
"""Of the whole school: shared among its stages by weighted pupils."""
LEADING = {
    "L4": "teaching_auxiliary_area_m2",
    "L5": "gymnasium_area_m2",
    "L6": "equipment_value_yuan",
    "L7": "multimedia_classrooms",
}
Column = Callable[[str], Any]


def _qualified(col: Column, stage: str) -> Any:
    above = sum((col(f"teachers_{each}_{stage}") for each in ("master", "doctorate")), col(f"teachers_bachelor_{stage}"))  # fmt: skip
    return above + col("teachers_associate_primary") if stage == "primary" else above


def _arts(col: Column, stage: str) -> Any:
    return sum((col(f"teachers_{each}_{stage}") for each in ("music", "fine_arts", "arts")), col(f"teachers_pe_{stage}"))  # fmt: skip


NUMERATORS: Mapping[str, Callable[[Column, str], Any]] = {
    "L1": _qualified,
    "L2": lambda col, stage: col(f"key_teachers_county_plus_{stage}"),
    "L3": _arts,
    "L4": lambda col, _: col("teaching_auxiliary_area_m2") - col("indoor_sports_room_area_m2"),
    "L5": lambda col, _: col("gymnasium_area_m2") + col("sports_ground_area_m2"),
    "L6": lambda col, _: col("equipment_value_yuan"),
    "L7": lambda col, _: col("multimedia_classrooms"),
}
"""The amount of each indicator, columns by name and stage."""
