"""A policy diff as plain data: the shape that `assess --against --json` prints."""

from typing import TYPE_CHECKING, Any

from junheng.diagnosis import Verdict
from junheng.studies.points import Mark

if TYPE_CHECKING:
    from junheng.studies.against import Against, ClauseChange, VerdictChange


def against_record(found: "Against") -> dict[str, Any]:
    """The whole comparison as JSON-ready data."""
    return {
        "format": "junheng against 1",
        "facts": found.before.facts,
        "year": found.before.year,
        "on": found.before.on.isoformat(),
        "scheme": found.before.scheme,
        "other": {"name": found.other.name, "title": found.other.title, "place": found.other.place},
        "idle": found.idle,
        "clauses": [_clause(each) for each in found.clauses],
        "changes": [_change(each) for each in found.changes],
        "newly_failing": [list(each.point.key) for each in found.newly_failing],
        "newly_passing": [list(each.point.key) for each in found.newly_passing],
    }


def _clause(change: "ClauseChange") -> dict[str, Any]:
    return {
        "code": change.code,
        "counties": list(change.counties),
        "before": None if change.before is None else change.before.citation,
        "after": None if change.after is None else change.after.citation,
        "only_words": change.only_words,
        "fields": [{"field": f, "before": old, "after": new} for f, old, new in change.fields],
    }


def _change(change: "VerdictChange") -> dict[str, Any]:
    kind, county, code, school, stage = change.point.key
    before, after = change.verdicts
    return {
        "kind": kind,
        "county": county,
        "code": code,
        "school": school,
        "stage": stage,
        "title": change.point.title,
        "before": _word(before),
        "after": _word(after),
        "values": [
            {"label": (old or new or _NONE).label, "before": _mark(old), "after": _mark(new)}
            for old, new in change.marks
        ],
    }


_NONE = Mark("", "", "", Verdict.NOT_APPLICABLE)


def _mark(mark: Mark | None) -> dict[str, str] | None:
    if mark is None:
        return None
    return {"value": mark.value, "limit": mark.limit, "verdict": mark.verdict.value}


def _word(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value
