"""Counties as the property suites take them, and a property run on few of them or on very many."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.cases import renamed
from oracle.strategies import counties
from worked.building import rows_of, school

from junheng.diagnosis import Assessment, assess_facts
from junheng.registry import NOT_APPLICABLE, Facts
from junheng.standards import Switches

Rows = dict[str, list[dict[str, Any]]]
Marks = list[tuple[str, str, str, str, str]]
ON, YEAR = date(2026, 3, 31), 2025
STAGES = ("primary", "junior")
SUBJECTS = ("pe", "music", "fine_arts", "arts")
GOOD = {
    "L1": (
        "teachers_associate_primary",
        *(f"teachers_{title}_{s}" for title in ("bachelor", "master", "doctorate") for s in STAGES),
    ),
    "L2": tuple(f"key_teachers_county_plus_{s}" for s in STAGES),
    "L3": tuple(f"teachers_{subject}_{s}" for subject in SUBJECTS for s in STAGES),
    "L4": ("teaching_auxiliary_area_m2",),
    "L5": ("gymnasium_area_m2", "sports_ground_area_m2"),
    "L6": ("equipment_value_yuan",),
    "L7": ("multimedia_classrooms",),
}
"""Indicator → the columns of which more can only raise it."""


def holds(
    *strategies: Any, few: int, many: int = 120, quick: bool = False, **named: Any
) -> Callable[..., Any]:
    """Run a property on few examples with the other tests, on many by `make prove`.

    `quick`: the few also with `make check`.
    """
    often = pytest.param(few, marks=() if quick else pytest.mark.slow)

    def wrap(body: Callable[..., None]) -> Callable[[int], None]:
        @pytest.mark.parametrize("examples", [often, pytest.param(many, marks=pytest.mark.prove)])
        def test(examples: int) -> None:
            chosen = settings(max_examples=examples, derandomize=examples == few)
            chosen(given(*strategies, **named)(body))()

        test.__name__, test.__doc__ = body.__name__, body.__doc__
        return test

    return wrap


@st.composite
def several(draw: Any, most: int = 4) -> tuple[Rows, Marks]:
    """Rows and marks of some counties of the oracle's strategy, their codes kept apart."""
    rows: Rows = {}
    marks: Marks = []
    for tag in range(draw(st.integers(1, most))):
        one, dashes = draw(counties())
        for table, listed in renamed(one, tag).items():
            rows.setdefault(table, []).extend(listed)
        marks += [(t, f"{key}-{tag}", column, NOT_APPLICABLE, "") for t, key, column in dashes]
    return rows, marks


@st.composite
def even_schools(draw: Any, fewest: int = 2, most: int = 5) -> list[dict[str, Any]]:
    """Wide rows of schools of which every number can be halved."""
    return [_even_school(draw, f"21419{n:05d}") for n in range(draw(st.integers(fewest, most)))]


def _even_school(draw: Any, code: str) -> dict[str, Any]:
    school_type = draw(st.sampled_from(("primary", "junior", "nine_year")))
    stages = STAGES if school_type == "nine_year" else (school_type,)
    pupils = {stage: 2 * draw(st.integers(30, 900)) for stage in stages}
    filed: dict[str, Any] = {
        column: 2 * draw(st.integers(0, 60))
        for code_ in ("L1", "L2", "L3")
        for column in GOOD[code_]
        if column.rpartition("_")[2] in stages
    }
    filed["multimedia_classrooms"] = 2 * draw(st.integers(0, 40))
    for column in (*GOOD["L4"], *GOOD["L5"], *GOOD["L6"]):
        filed[column] = Fraction(2 * draw(st.integers(0, 10**6)), 100)
    if school_type == "junior":
        filed["attached_primary_enrolment"] = 0
    place = draw(st.sampled_from(("111", "121", "220")))
    return school(code, school_type, pupils, urban_rural_code=place, **filed)


def assessed(rows: Rows, marks: Marks | None = None, **switches: Any) -> Assessment:
    """The assessment of rows by table."""
    facts = Facts.from_rows(rows, marks or [], year=YEAR)
    return assess_facts(facts, on=ON, switches=Switches(**switches))


def assessed_schools(schools: list[dict[str, Any]], **switches: Any) -> Assessment:
    """The assessment of wide rows."""
    return assessed(rows_of(schools), **switches)


def more(value: int | Decimal, steps: int) -> int | Decimal:
    """A filed number with so many steps more: whole things, 0.01 m², 0.01 yuan."""
    return value + steps if isinstance(value, int) else value + Decimal(steps) / 100
