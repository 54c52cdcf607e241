"""Targets and figures for tests, built by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from worked.building import rows_of

from junheng.diagnosis.points import Point
from junheng.registry import Facts
from junheng.standards import Target

DUE = date(2025, 12, 31)


def target(**wishes: Any) -> Target:
    """≥ 150 所 by the end of 2025, firm, from 0 on 2021-01-01, unless a test wishes otherwise."""
    plain = {
        "code": "C99.1",
        "article": "§9",
        "title": "示例目标",
        "measure": "示例数",
        "comparator": ">=",
        "value": "150",
        "unit": "所",
        "due": DUE,
        "scope": "CITY",
        "binds": "whole",
        "owner": "示例单位",
        "owner_basis": "text",
        "force": "firm",
        "base_value": "0",
        "base_date": date(2021, 1, 1),
        "data_source": "progress",
        "source": "26号 §9",
        "confidence": "H",
    }
    return Target(**{**plain, **wishes})


def without_base(**wishes: Any) -> Target:
    return target(**{"base_value": None, "base_date": None, **wishes})


def point(day: str, value: str | int | Fraction | None, **more: Any) -> Point:
    exact = None if value is None else Fraction(value)
    return Point(date.fromisoformat(day), exact, "示例台账", **more)


def row(code: str, place: str, day: str | None, value: str | None, **more: Any) -> dict[str, Any]:
    """One row of the table `progress`."""
    return {
        "commitment": code,
        "place": place,
        "measured_on": date.fromisoformat(day) if day else None,
        "value": None if value is None else Decimal(value),
        "source": "示例台账",
        **more,
    }


def facts_of(
    schools: list[dict[str, Any]] | None = None,
    *,
    year: int = 2025,
    place: str = "410199",
    county: dict[str, Any] | None = None,
    **tables: list[dict[str, Any]],
) -> Facts:
    """Facts of one county with some schools, and rows of any other table."""
    form = {"county_code": place, "county_name": "示例县", **(county or {})}
    return Facts.from_rows(rows_of(schools or [], county=[form], **tables), year=year)
