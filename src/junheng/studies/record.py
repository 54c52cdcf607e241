"""An assessment as plain data: the documented shape of `assessment.json` and of `--json`.

Exact values are texts: "exact" is the fraction (9793/1920), "value" the same rounded half up to
six places for reading. The shape is described by `assessment.schema.json` beside this file.
"""

from decimal import Decimal
from typing import Any

from junheng.diagnosis import (
    Assessment,
    CountyVerdict,
    Flip,
    PartIndicator,
    PartVerdict,
    SpreadVerdict,
    Way,
)
from junheng.studies.line_record import areas
from junheng.studies.receipt import Receipt
from junheng.studies.rounding import natural, rounded, shown

FORMAT = "junheng assessment 2"


def record(assessment: Assessment, receipt: Receipt) -> dict[str, Any]:
    """The whole assessment as JSON-ready data."""
    return {
        "format": FORMAT,
        "year": assessment.year,
        "on": assessment.on.isoformat(),
        "scheme": assessment.scheme,
        "receipt": receipt.to_json(),
        "counties": [_county(county) for county in assessment.counties],
    }


def _county(county: CountyVerdict) -> dict[str, Any]:
    return {
        "code": county.code,
        "name": county.name,
        "verdict": county.verdict.value,
        "reasons": list(county.reasons),
        "areas": areas(county),
        "resource": {
            "verdict": county.resource.value,
            "reasons": list(county.resource_reasons),
        },
        "schools": {code: verdict.value for code, verdict in sorted(county.schools.items())},
        "parts": [_part(part) for part in county.parts],
        "spreads": [_spread(spread) for spread in county.spreads],
        "left_out": [{"code": x.code, "name": x.name, "reason": x.reason} for x in county.left_out],
        "missing": [
            {
                "code": x.code,
                "name": x.name,
                "stages": [s.value for s in x.stages],
                "reason": x.reason,
            }
            for x in county.missing
        ],
        "relaxations": [
            {
                "code": x.code,
                "school": x.school,
                "name": x.name,
                "granted": x.granted,
                "reason": x.reason,
            }
            for x in county.relaxations
        ],
    }


def _part(part: PartVerdict) -> dict[str, Any]:
    return {
        "school_code": part.school_code,
        "school_name": part.school_name,
        "school_type": part.school_type,
        "title": part.title,
        "stage": part.stage.value,
        "combined": part.combined,
        "merged": part.merged.split("、") if part.merged else [],
        "pupils": part.pupils,
        "verdict": part.verdict.value,
        "near": part.near,
        "met": part.met,
        "indicators": [_indicator(each) for each in part.indicators],
        "ways": [_way(way) for way in part.ways],
    }


def _indicator(each: PartIndicator) -> dict[str, Any]:
    return {
        "indicator": each.indicator,
        "value": None if each.value is None else rounded(each.value),
        "exact": None if each.value is None else str(each.value),
        "limit": natural(each.limit),
        "floor": str(Decimal(each.floor.numerator) / each.floor.denominator),
        "verdict": each.verdict.value,
        "above_floor": each.above_floor,
        "near": each.near,
        "gap_to_limit": None if each.gap is None else natural(each.gap.to_limit),
        "gap_to_floor": None if each.gap is None else natural(each.gap.to_floor),
        "gap_unit": None if each.gap is None else each.gap.unit,
        "numbers": each.numbers,
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "stays": way.stays,
        "additions": [
            {"indicator": i, "amount": natural(a), "unit": u} for i, a, u in way.additions
        ],
    }


def _spread(spread: SpreadVerdict) -> dict[str, Any]:
    return {
        "stage": spread.stage.value,
        "indicator": spread.indicator,
        "variant": spread.variant,
        "cv": shown(spread.cv),
        "limit": str(Decimal(spread.limit.numerator) / spread.limit.denominator),
        "mean": shown(spread.mean),
        "deviation": shown(spread.deviation),
        "parts": spread.parts,
        "verdict": spread.verdict.value,
        "near": spread.near,
        "one_school": spread.one_school,
        "disagree": spread.disagree,
        "variants": {
            name: {"cv": shown(r.cv), "verdict": r.verdict.value}
            for name, r in spread.readings.items()
        },
        "missing": [{"code": code, "name": name} for code, name in spread.missing],
        "shares": [
            {
                "code": s.school_code,
                "name": s.school_name,
                "share": _share(s.numerator, spread.total),
                "below": s.below,
            }
            for s in spread.shares
        ],
        "flip": _flip(spread.flip),
        "flip_by_adding": _flip(spread.flip_by_adding),
    }


def _share(numerator: int, total: int) -> str:
    scaled = (numerator * 10**12 * 2 + total) // (2 * total) if total else 0
    return f"{Decimal(scaled).scaleb(-12):.12f}"


def _flip(flip: Flip | None) -> dict[str, Any] | None:
    if flip is None:
        return None
    return {
        "code": flip.school_code,
        "name": flip.school_name,
        "change": natural(flip.change),
        "unit": flip.unit,
        "becomes": flip.becomes.value,
    }
