"""Indicators, lines and clauses of a county's standard, as the page names and cites them."""

from typing import Any

from junheng.diagnosis import CountyVerdict
from junheng.indicators import CATALOGUE
from junheng.publish.digits import exact_text
from junheng.publish.rule_words import KIND_WORDS, clause_told, numbers_told
from junheng.publish.wording import CONFIDENCE, percent, short_label, variant_label
from junheng.registry import tables
from junheng.registry.facts import facts_unit
from junheng.schema import Stage
from junheng.standards import Demand, Standard
from junheng.studies import filed_columns


def indicators(standard: Standard) -> list[dict[str, Any]]:
    """The seven of the scheme: names, limits, formula, and which columns each stage reads."""
    return [_indicator(standard, code) for code in standard.indicators]


def _indicator(standard: Standard, code: str) -> dict[str, Any]:
    each = CATALOGUE[code]
    reads = each.ratio.columns()
    stages = {stage.value: stage for stage in standard.stages}
    return {
        "code": code,
        "label": each.label,
        "short": short_label(code),
        "unit": each.unit,
        "gapUnit": each.gap_unit,
        "formula": each.formula,
        "shared": each.shared,
        "limit": {n: exact_text(standard.limit(code, s)) for n, s in stages.items()},
        "floor": {n: exact_text(standard.floor(code, s)) for n, s in stages.items()},
        "reads": {n: filed_columns(reads, s, combined=False) for n, s in stages.items()},
        "readsShared": {n: filed_columns(reads, s, combined=True) for n, s in stages.items()},
        "rule": cited(standard.demands[code]),
    }


def cited(demand: Demand) -> dict[str, str]:
    """One clause with where it stands and how sure we are of it."""
    clause = demand.clause
    return {
        "code": clause.code,
        "kind": KIND_WORDS[clause.kind],
        "gist": clause_told(clause),
        "numbers": "；".join(numbers_told(clause)),
        "where": demand.citation,
        "title": demand.document.title,
        "source": clause.source,
        "confidence": CONFIDENCE[clause.confidence],
        "checked": demand.document.checked,
        "note": clause.note,
    }


def school_rules(standard: Standard) -> list[dict[str, str]]:
    """The school rule: how many must be met, and the floor of the others."""
    return [cited(standard.role("school_count")), cited(standard.role("school_floor"))]


def variants(standard: Standard) -> list[dict[str, Any]]:
    """The ways of computing a CV, the one used first."""
    names = sorted(standard.variants, key=lambda name: name != standard.variant)
    return [
        {
            "code": name,
            "label": variant_label(standard, name),
            "gist": standard.variants[name].clause.gist,
            "used": name == standard.variant,
        }
        for name in names
    ]


def columns() -> dict[str, list[str]]:
    """Every column of the forms: label, unit as held in the facts, form."""
    return {
        column.name: [column.label, facts_unit(column), table.label]
        for table in tables().values()
        if table.per_school or table.name == "county"
        for column in table.column
    }


def used_by() -> dict[str, list[str]]:
    """Column → the indicators, lines and exceptions that read it."""
    return {
        column.name: list(column.used_by)
        for table in tables().values()
        if table.per_school or table.name == "county"
        for column in table.column
        if column.used_by
    }


def floor_share(county: CountyVerdict) -> str:
    return percent(county.standard.floor_share)


def stages(standard: Standard) -> dict[str, str]:
    return {stage.value: stage.label for stage in Stage if stage in standard.stages}
