"""The lines of a county and what their clauses ask of every school."""

from typing import Any

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Figure, Line, SchoolPoint
from junheng.publish.html.pool import Pool
from junheng.publish.html.rules import cited
from junheng.publish.line_words import figure_limit, figure_value, line_told
from junheng.publish.shortfalls import shortfalls
from junheng.publish.wording import verdict_word
from junheng.studies import Study
from junheng.studies.line_explanation import records_of


def lines(study: Study, county: CountyVerdict, pool: Pool[str]) -> list[dict[str, Any]]:
    """Every line of the scheme, none skipped; `asks` numbers its clauses that ask every school."""
    found, number = [], 0
    for line in county.lines:
        told = _line(study, county, line, pool)
        for clause in told["clauses"]:
            clause["n"] = number
            number += 1
        found.append(told)
    return found


def _line(study: Study, county: CountyVerdict, line: Line, pool: Pool[str]) -> dict[str, Any]:
    seven = line.code in county.standard.indicators
    return {
        "code": line.code,
        "label": line.label,
        "verdict": line.verdict.value,
        "told": line_told(line),
        "reasons": list(line.reasons),
        "wanting": list(line.wanting),
        "seven": seven,
        "clauses": [_clause(judged, pool) for judged in line.clauses],
        "records": [] if seven else list(records_of(study, line.code, county.code)),
    }


def _clause(judged: ClauseVerdict, pool: Pool[str]) -> dict[str, Any]:
    return {
        "verdict": judged.verdict.value,
        "rule": cited(judged.demand),
        "papers": list(judged.demand.clause.evidence),
        "reasons": list(judged.reasons),
        "wanting": list(judged.wanting),
        "figures": [_figure(each, pool) for each in judged.figures],
        "asks": bool(judged.schools),
    }


def _figure(figure: Figure, pool: Pool[str]) -> list[Any]:
    """label, stage, value, limit, verdict with its flag, gap, formula, numbers."""
    return [
        pool(figure.label),
        pool(figure.stage.label if figure.stage else ""),
        figure_value(figure),
        pool(figure_limit(figure)),
        verdict_word(figure.verdict, near=figure.near),
        pool(figure.gap),
        pool(figure.formula),
        figure.numbers,
    ]


def points(county: CountyVerdict, pool: Pool[str]) -> dict[str, list[list[Any]]]:
    """School code → what each clause says of it: clause number, verdict, reason, figures."""
    found: dict[str, list[list[Any]]] = {}
    number = 0
    for line in county.lines:
        for judged in line.clauses:
            if line.code not in county.standard.indicators:
                for point in judged.schools:
                    told = _point(number, point, pool)
                    found.setdefault(point.school_code, []).append(told)
            number += 1
    return found


def _point(number: int, point: SchoolPoint, pool: Pool[str]) -> list[Any]:
    figures = [_figure(each, pool) for each in point.figures]
    return [number, point.verdict.value, pool(point.reason), figures]


def list_of_shortfalls(county: CountyVerdict, pool: Pool[str]) -> list[list[Any]]:
    """整改清单: area, line, its label, school code (empty = the county), verdict, what, found, limit, gap."""
    return [
        [
            pool(each.area),
            each.code,
            pool(each.label),
            each.school_code,
            each.verdict.value,
            pool(each.what),
            pool(each.found),
            pool(each.limit),
            pool(each.gap),
            each.school_name if not each.school_code else "",
        ]
        for each in shortfalls(county)
    ]
