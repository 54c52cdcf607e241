"""What a judge is given and what it answers, built by hand, so that a test needs no county."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from junheng.diagnosis import PartIndicator, PartVerdict, SpreadVerdict, Verdict
from junheng.diagnosis.case import Case
from junheng.diagnosis.nouns import Gap, Reading
from junheng.diagnosis.parts import Measured
from junheng.indicators import FiledCounty, Missing
from junheng.registry.records import Records
from junheng.schema import Stage
from junheng.standards import Standard, Switches

ON = date(2026, 3, 31)
COUNTY = "410199"
PRIMARY, JUNIOR = Stage.PRIMARY, Stage.JUNIOR


@cache
def standard(variant: str = "") -> Standard:
    return Standard.at(COUNTY, ON, switches=Switches(variant=variant or None))


def measured(
    code: str,
    pupils: int,
    values: Mapping[str, Fraction | int | None],
    slope: Fraction = Fraction(1),
) -> Measured:
    """A primary school with its values; one natural unit more adds `slope` to each."""
    ratios = {
        name: None if value is None else Fraction(value).as_integer_ratio()
        for name, value in values.items()
    }
    row = {"school_code": code, "school_name": f"示例{code}", "pupils": pupils, "stage": "primary"}
    slopes = {name: None if value is None else slope for name, value in values.items()}
    return Measured(row, ratios, slopes)


def missing(code: str, *stages: Stage) -> Missing:
    return Missing(COUNTY, code, f"示例{code}", stages or (PRIMARY,), "没有填报")


def spread(
    indicator: str,
    cv: float | None,
    verdict: Verdict,
    stage: Stage = PRIMARY,
    lacking: tuple[tuple[str, str], ...] = (),
) -> SpreadVerdict:
    """A judged CV against 0.5, with mean 2."""
    deviation = None if cv is None else 2 * cv
    return SpreadVerdict(
        COUNTY, stage, indicator, "weighted", Fraction(1, 2), 3, cv, None if cv is None else 2.0,
        deviation, verdict, False, False, {"weighted": Reading(cv, verdict)}, lacking, (), 0, None, None,
    )  # fmt: skip


def judged(indicator: str, value: Fraction | int | None, limit: int = 10) -> PartIndicator:
    """One indicator of a part against a limit, its floor at 85 %, lacking what is short."""
    if value is None:
        verdict, gap, above = Verdict.NO_DATA, None, None
    else:
        short = Fraction(max(0, limit - value))
        verdict = Verdict.FAIL if short else Verdict.PASS
        gap, above = Gap(short, Fraction(0), "间"), value >= limit * Fraction(85, 100)
    exact = None if value is None else Fraction(value)
    return PartIndicator(
        indicator, None, None, exact, Fraction(limit), Fraction(limit * 85, 100), verdict, above,
        False, gap, "缺÷100",
    )  # fmt: skip


def part(
    code: str, verdict: Verdict, *indicators: PartIndicator, stage: Stage = PRIMARY
) -> PartVerdict:
    return PartVerdict(
        COUNTY, code, f"示例{code}", "primary", "public", "121", stage, False, "", 100, verdict,
        False, 0, indicators, (),
    )  # fmt: skip


def case(**given: Any) -> Case:
    """A case in which nothing was filed, but for what is given."""
    nothing = Case(
        standard(), FiledCounty(COUNTY, (), (), (), {}), Records(ON, {}, {}, {}), (), (), ()
    )
    return replace(nothing, **given)
