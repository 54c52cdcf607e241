"""Parts, coefficients and requirements of the plan's page, each before and after."""

from typing import Any

from junheng.diagnosis import SpreadVerdict
from junheng.plan.compliance import Failing
from junheng.publish.compliance_changes import failing_name, part_changes, spread_changes
from junheng.publish.digits import exact_text, spread_text, value_text
from junheng.publish.wording import short_label, verdict_word
from junheng.schema import Stage
from junheng.studies import ComplianceStudy

KINDS = {"part": "学校（学段部）", "spread": "校际差异系数", "clause": "其他条款"}


def parts(study: ComplianceStudy) -> list[dict[str, Any]]:
    """Every stage part: county, school, stage, verdicts, and value with verdict of each indicator."""
    return [
        {
            "c": part.county, "s": part.before.school_code, "t": part.before.school_name,
            "st": part.before.stage.value, "p": part.before.pupils,
            "v": [part.before.verdict.value, part.after.verdict.value],
            "i": [
                [value_text(one), one.verdict.value]
                if one.value == other.value
                else [value_text(one), one.verdict.value, value_text(other), other.verdict.value]
                for one, other in part.pairs
            ],
        }
        for part in part_changes(study)
    ]  # fmt: skip


def spreads(study: ComplianceStudy) -> list[list[str]]:
    """County, stage, code, label, limit, CV and verdict before, CV and verdict after."""
    return [
        [
            county.name, one.stage.value, one.indicator, short_label(one.indicator),
            exact_text(one.limit, least=2), *_told(one), *_told(other),
        ]
        for county, one, other in spread_changes(study)
    ]  # fmt: skip


def _told(spread: SpreadVerdict) -> tuple[str, str]:
    return spread_text(spread), verdict_word(spread.verdict, near=spread.near)


def requirements(study: ComplianceStudy) -> list[list[str]]:
    """What is not met today: kind, name, stage, line, what becomes of it, why not."""
    left = {_key(x): x for x in study.answer.left}
    every = {_key(x): x for x in study.answer.before} | left
    return [
        [
            KINDS[each.kind], failing_name(study, each),
            Stage(each.stage).label if each.stage else "", each.line,
            "达不到" if key in left else "达到", each.reason,
        ]
        for key, each in every.items()
    ]  # fmt: skip


def _key(each: Failing) -> tuple[str | int, ...]:
    return (each.kind, each.school, each.name, each.line, each.stage, each.year)
