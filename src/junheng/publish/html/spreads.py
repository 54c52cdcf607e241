"""Coefficients of variation with their variants, and what a county lacks by indicator."""

from decimal import Decimal
from typing import Any

from junheng.diagnosis import CountyVerdict, SpreadVerdict
from junheng.publish.digits import amount, amount_text, exact_text, spread_text
from junheng.publish.totals import lacks
from junheng.publish.wording import (
    disagreement_sentence,
    flip_sentence,
    reading_text,
    spread_sentence,
    verdict_word,
)
from junheng.studies import rounded

SHARES = 12
"""So many schools are listed with their part in a CV; the rest are in the result book."""


def spreads(county: CountyVerdict) -> list[dict[str, Any]]:
    """Every CV, in the order of the assessment."""
    return [_spread(each, county) for each in county.spreads]


def _spread(each: SpreadVerdict, county: CountyVerdict) -> dict[str, Any]:
    return {
        "stage": each.stage.value,
        "code": each.indicator,
        "cv": spread_text(each),
        "limit": exact_text(each.limit, least=2),
        "verdict": verdict_word(each.verdict, near=each.near),
        "parts": each.parts,
        "mean": _number(each.mean),
        "deviation": _number(each.deviation),
        "sentence": spread_sentence(each),
        "flip": flip_sentence(each),
        "disagree": disagreement_sentence(each, county.standard),
        "variants": {
            name: [reading_text(each, name), reading.verdict.value]
            for name, reading in each.readings.items()
        },
        "shares": [
            [share.school_code, _percent(share.numerator, each.total), share.below]
            for share in each.shares[:SHARES]
        ],
        "missing": [code for code, _ in each.missing],
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _percent(numerator: int, total: int) -> str:
    return f"{Decimal(numerator * 1000 // total) / 10 if total else 0}"


def gaps(county: CountyVerdict) -> list[dict[str, Any]]:
    """By indicator: what all schools together lack to the limit, and each of them."""
    return [
        {
            "code": lack.indicator,
            "unit": lack.unit,
            "schools": lack.schools,
            "total": amount_text(lack.to_limit, lack.unit),
            "sum": rounded(lack.to_limit),
            "floor": amount_text(lack.to_floor, lack.unit),
            "each": [
                [code, str(amount(value))]
                for code, value in sorted(
                    lack.by_school.items(), key=lambda pair: (-pair[1], pair[0])
                )
            ],
        }
        for lack in lacks(county)
    ]
