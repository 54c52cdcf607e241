"""The policy's targets on the day of the report, overdue first."""

from datetime import date
from typing import Any

from junheng.diagnosis import TargetVerdict, goal_words
from junheng.diagnosis.comparing import with_unit
from junheng.errors import MisuseError
from junheng.publish.target_words import (
    beside_words,
    counts_words,
    document_sentences,
    due_words,
    missing_words,
    owner_words,
    pace_words,
    source_words,
    title_words,
)
from junheng.studies import TargetStudy, Years, follow_targets


def targets_data(years: Years, on: date, judged: TargetStudy | None = None) -> dict[str, Any]:
    """Every commitment at every place; why there are none where no policy binds these counties."""
    try:
        study = judged or follow_targets([s.snapshot for s in years.studies.values()], on=on)
    except MisuseError as error:
        return {"none": str(error), "rows": [], "counts": "", "documents": []}
    return {
        "none": "" if study.verdicts else f"{on} 这一天没有适用于这些区县的政策目标。",
        "counts": counts_words(study) if study.verdicts else "",
        "documents": document_sentences(study),
        "rows": [_row(each) for each in study.verdicts],
    }


def _row(each: TargetVerdict) -> dict[str, Any]:
    target, outcome = each.promise.target, each.outcome
    point = outcome.point
    value = point.value if point else None
    return {
        "light": each.light.value,
        "code": each.code,
        "title": title_words(each),
        "place": each.place,
        "name": each.place_name,
        "value": "" if value is None else with_unit(value, target),
        "on": point.on.isoformat() if point and point.on else "",
        "goal": goal_words(target),
        "due": due_words(target),
        "missing": missing_words(each),
        "owner": owner_words(target),
        "reason": outcome.reason,
        "pace": pace_words(each),
        "source": source_words(outcome),
        "beside": beside_words(each),
        "article": target.article,
    }
