"""Readings as plain data: the shape that `assess --readings --json` prints."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from junheng.studies.readings import Readings, Robustness


def readings_record(readings: "Readings") -> dict[str, Any]:
    """The whole study as JSON-ready data; only verdicts that some reading flips are listed in full."""
    base = readings.base
    return {
        "format": "junheng readings 1",
        "facts": base.facts,
        "year": base.year,
        "on": base.on.isoformat(),
        "scheme": base.scheme,
        "switches": readings.switches.to_json(),
        "verdicts": len(readings.found),
        "hold": len(readings.found) - len(readings.open_ones),
        "open_points": [
            {
                "switch": switch.code,
                "title": switch.title,
                "default": switch.default,
                "reason": switch.reason,
                "question": switch.question,
                "source": switch.source,
                "confidence": switch.confidence,
                "touches": list(switch.touches),
                "verdicts_hanging": hanging,
            }
            for switch, hanging in readings.questions
        ],
        "refused": [{"choice": c.name, "reason": reason} for c, reason in readings.refused],
        "pairs_tried": readings.pairs_tried,
        "pairs_untried": list(readings.pairs_untried),
        "points": [_robustness(each) for each in readings.found if each.turns],
    }


def _robustness(each: "Robustness") -> dict[str, Any]:
    kind, county, code, school, stage = each.point.key
    return {
        "kind": kind,
        "county": county,
        "code": code,
        "school": school,
        "stage": stage,
        "title": each.point.title,
        "verdict": None if each.verdict is None else each.verdict.value,
        "holds": each.holds,
        "always_counted": each.counted,
        "turns": [
            {
                "choices": [choice.name for choice in turn.choices],
                "labels": [choice.option.label for choice in turn.choices],
                "flips": turn.flips,
                "becomes": None if turn.becomes is None else turn.becomes.value,
                "only_compared": turn.only_compared,
                "questions": [choice.switch.question for choice in turn.choices],
            }
            for turn in each.turns
        ],
    }
