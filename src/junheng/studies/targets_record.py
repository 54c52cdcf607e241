"""A target's verdict and its document as plain data: exact values are texts."""

from datetime import date
from fractions import Fraction
from typing import Any

from junheng.diagnosis import TargetVerdict, goal_words
from junheng.standards import Document
from junheng.studies.rounding import rounded


def verdict_record(each: TargetVerdict) -> dict[str, Any]:
    """One commitment at one place; the shape is described by `targets.schema.json`."""
    target, outcome = each.promise.target, each.outcome
    return {
        "commitment": each.code,
        "target": target.code,
        "reading": target.reading,
        "title": target.title,
        "title_en": target.title_en,
        "document": each.promise.document.name,
        "article": target.article,
        "place": each.place,
        "place_name": each.place_name,
        "whole": each.whole,
        "scope": target.scope,
        "light": each.light.value,
        "word": outcome.word,
        "reason": outcome.reason,
        "measure": target.measure,
        "comparator": target.comparator,
        "goal": _exact(target.goal),
        "goal_words": goal_words(target),
        "unit": target.unit,
        "value": _exact(outcome.point.value if outcome.point else None),
        "measured_on": _day(outcome.point.on if outcome.point else None),
        "data": outcome.point.source if outcome.point else "",
        "detail": outcome.point.detail if outcome.point else "",
        "previous": _exact(outcome.previous.value if outcome.previous else None),
        "previous_on": _day(outcome.previous.on if outcome.previous else None),
        "expected": _exact(outcome.expected),
        "missing": _exact(outcome.missing),
        "due": _day(target.due),
        "due_text": target.due_text,
        "recover_by": _day(outcome.pace.until if outcome.pace else None),
        "pace_per_month": _exact(outcome.pace.per_month if outcome.pace else None),
        "owner": target.owner,
        "owner_basis": target.owner_basis,
        "force": target.force,
        "source": target.source,
        "confidence": target.confidence,
        "note": target.note,
        "hints": list(outcome.hints),
        "beside": [
            {
                "target": beside.code,
                "title": beside.title,
                "reading": beside.reading,
                "value": _exact(beside.point.value),
                "measured_on": _day(beside.point.on),
            }
            for beside in each.beside
        ],
    }


def document_record(document: Document) -> dict[str, Any]:
    """How a policy document is cited, and whether it was compared with the published text."""
    return {
        "number": document.number,
        "title": document.title,
        "place": document.place,
        "issued": _day(document.issued),
        "in_force": _day(document.in_force),
        "checked": document.checked,
    }


def _exact(value: Fraction | None) -> str | None:
    """Decimal text where six places hold the value exactly, else the fraction."""
    if value is None:
        return None
    text = rounded(value)
    if Fraction(text) != value:
        return f"{value.numerator}/{value.denominator}"
    return text.rstrip("0").rstrip(".")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
