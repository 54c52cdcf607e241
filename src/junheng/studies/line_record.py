"""The areas, lines and clauses of a county as plain data, for `assessment.json` and the long table."""

from typing import Any

from junheng.diagnosis import AreaVerdict, ClauseVerdict, CountyVerdict, Figure, Line, SchoolPoint
from junheng.studies.rounding import natural, rounded


def areas(county: CountyVerdict) -> list[dict[str, Any]]:
    """Every area with every line: none is skipped."""
    return [_area(area) for area in county.areas]


def _area(area: AreaVerdict) -> dict[str, Any]:
    return {
        "code": area.code,
        "title": area.title,
        "verdict": area.verdict.value,
        "reasons": list(area.reasons),
        "lines": [_line(line) for line in area.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "label": line.label,
        "verdict": line.verdict.value,
        "reasons": list(line.reasons),
        "wanting": list(line.wanting),
        "clauses": [_clause(clause) for clause in line.clauses],
    }


def _clause(judged: ClauseVerdict) -> dict[str, Any]:
    clause = judged.demand.clause
    return {
        "clause": clause.code,
        "kind": clause.kind,
        "document": judged.demand.document.name,
        "verdict": judged.verdict.value,
        "reasons": list(judged.reasons),
        "wanting": list(judged.wanting),
        "figures": [_figure(figure) for figure in judged.figures],
        "schools": [_school(school) for school in judged.schools],
    }


def _school(point: SchoolPoint) -> dict[str, Any]:
    return {
        "code": point.school_code,
        "name": point.school_name,
        "verdict": point.verdict.value,
        "reason": point.reason,
        "figures": [_figure(figure) for figure in point.figures],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "label": figure.label,
        "stage": None if figure.stage is None else figure.stage.value,
        "value": None if figure.value is None else rounded(figure.value),
        "exact": None if figure.value is None else str(figure.value),
        "comparator": figure.comparator,
        "limit": natural(figure.limit),
        "unit": figure.unit,
        "verdict": figure.verdict.value,
        "near": figure.near,
        "formula": figure.formula,
        "numbers": figure.numbers,
        "gap": figure.gap,
    }
