"""Which cells a school must fill: the named conditions of the declarations.

A condition looks at the values already filed for one school (a dict by column name, `None` where
nothing was filed) and answers True or False. Conditions marked `_primary` / `_junior` are the
stage's own condition and the named one together.
"""

from collections.abc import Callable, Mapping
from typing import Any

from junheng.schema import Column

School = Mapping[str, Any]
Condition = Callable[[School], bool]

PRIMARY_TYPES = frozenset({"primary", "nine_year", "twelve_year", "teaching_point"})
JUNIOR_TYPES = frozenset({"junior", "nine_year", "twelve_year", "complete"})
SENIOR_TYPES = frozenset({"complete", "twelve_year", "senior"})
COMBINED_TYPES = frozenset({"nine_year", "twelve_year", "complete"})
YEARS_OF_JUNIOR = 3


def _type_in(types: frozenset[str]) -> Condition:
    return lambda school: school.get("school_type") in types


def _positive(column: str) -> Condition:
    return lambda school: (school.get(column) or 0) > 0


def _zoned(school: School) -> bool:
    """Public, 城区 or 镇区, not boarding (GV13)."""
    return (
        school.get("ownership") == "public"
        and str(school.get("urban_rural_code") or "")[:2] in ("11", "12")
        and school.get("boarding_school") is False
    )


def _graduating(school: School) -> bool:
    """Has junior classes and is old enough to have sent off a class by the count date."""
    founded, year = school.get("founding_year"), school.get("school_year")
    old_enough = founded is None or year is None or founded <= year - YEARS_OF_JUNIOR
    return school.get("school_type") in JUNIOR_TYPES and old_enough


_primary_type = _type_in(PRIMARY_TYPES)
_junior_type = _type_in(JUNIOR_TYPES)
_attached_primary = _positive("attached_primary_enrolment")
_attached_junior = _positive("attached_junior_enrolment")


def _primary(school: School) -> bool:
    return _primary_type(school) or _attached_primary(school) or _special_stage(school, "primary")


def _junior(school: School) -> bool:
    return _junior_type(school) or _attached_junior(school) or _special_stage(school, "junior")


def _special_stage(school: School, stage: str) -> bool:
    """A special-education school has a stage where it filed pupils for it."""
    return school.get("school_type") == "special" and (school.get(f"enrolment_{stage}") or 0) > 0


def _special(school: School) -> bool:
    return school.get("school_type") == "special"


def _rural_small(school: School) -> bool:
    return school.get("rural_small_50_99") is True


CONDITIONS: dict[str, Condition] = {
    "always": lambda _: True,
    "never": lambda _: False,
    "primary_type": lambda s: _primary_type(s) or _special(s),
    "junior_type": lambda s: _junior_type(s) or _special(s),
    "senior_type": _type_in(SENIOR_TYPES),
    "primary": _primary,
    "junior": _junior,
    "senior": _type_in(SENIOR_TYPES),
    "may_attach_primary": _type_in(frozenset({"junior"})),
    "may_attach_junior": _type_in(frozenset({"senior", "vocational"})),
    "zoned_primary": lambda s: _primary_type(s) and _zoned(s),
    "zoned_junior": lambda s: _junior_type(s) and _zoned(s),
    "rural_small_primary": lambda s: _primary(s) and _rural_small(s),
    "rural_small_junior": lambda s: _junior(s) and _rural_small(s),
    "dense_core": lambda s: s.get("dense_urban_core") is True,
    "leased": _positive("leased_sports_area_m2"),
    "not_counted": lambda s: s.get("counts_as_school") is False,
    "public": lambda s: s.get("ownership") == "public",
    "graduating": _graduating,
    "special_schools": lambda s: bool(s.get("special_schools")),
}


def applies(column: Column, school: School) -> bool:
    """Whether `column` has a meaning for this school; where not, its cell is — (不适用)."""
    return CONDITIONS[column.applies](school)


def must_fill(column: Column, school: School) -> bool:
    """Whether a blank in `column` stops this school's return.

    A special-education school must give its identity only: it stands outside L1–L7.
    """
    return must_fill_where(column, school, lambda condition: CONDITIONS[condition](school))


def must_fill_where(column: Column, school: School, holds: Callable[[str], bool]) -> bool:
    """The same for one who has asked the conditions already; `holds` gives their answers."""
    if school.get("school_type") == "special" and not column.name.startswith(IDENTITY):
        return False
    return holds(column.applies) and holds(column.required)


IDENTITY = (
    "school_", "ownership", "urban_rural_code", "location_unit", "managing_unit",
    "counts_as_school", "parent_school_code", "founding_year",
)  # fmt: skip
