"""Clauses on official results: quality monitoring QL9, social recognition SR1. Stored, not computed.

QL9 has one record a subject, and every subject filed must hold; SR1 is the record 合计.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.diagnosis.case import Case
from junheng.diagnosis.every import ALL
from junheng.diagnosis.figures import RAISED, holds, limits, near, sentence, shortfall
from junheng.diagnosis.lines import ClauseVerdict, Figure
from junheng.diagnosis.telling import told
from junheng.diagnosis.verdict import Verdict, worst
from junheng.errors import DeclarationError
from junheng.standards import Demand

TOTAL = "合计"
Result = Mapping[str, Any]


class Reading:
    """How a clause reads one record: label, unit, value, and the formula with its numbers."""

    def __init__(
        self, label: str, unit: str, formula: str, value: Callable[[Result], Fraction | None],
        numbers: Callable[[Result], str], item: str = "",
    ) -> None:  # fmt: skip
        self.label = label
        self.unit = unit
        self.formula = formula
        self.value = value
        self.numbers = numbers
        self.item = item
        """The only record that is read; empty = every one."""


def _plain(column: str) -> Callable[[Result], Fraction | None]:
    return lambda record: None if record[column] is None else Fraction(record[column])


def _text(column: str) -> Callable[[Result], str]:
    return lambda record: "缺" if record[column] is None else _published(record[column])


def _published(value: int | Decimal) -> str:
    """A published number as it was filed, idle zeros dropped."""
    return f"{Decimal(value).normalize():f}"


def _rate(record: Result) -> Fraction | None:
    """Percent of the sample that recognises; the published rate where heads were not published."""
    if record["satisfied"] is not None and record["sampled"]:
        return Fraction(record["satisfied"] * 100, record["sampled"])
    return _plain("rate_percent")(record)


def _rate_numbers(record: Result) -> str:
    if record["satisfied"] is not None and record["sampled"]:
        return f"{record['satisfied']}÷{record['sampled']}×100%"
    return _text("rate_percent")(record)


READINGS: Mapping[str, Reading] = {
    "QL9-LEVEL": Reading("监测水平等级", "级", "监测水平等级", _plain("level"), _text("level")),
    "QL9-DIFFERENCE": Reading(
        "校际差异", "", "校际差异", _plain("difference"), _text("difference")
    ),
    "SR1": Reading("社会认可度", "%", "认可人数÷有效样本人数×100%", _rate, _rate_numbers, TOTAL),
}


def judge_official(demand: Demand, case: Case) -> ClauseVerdict:
    """Every record that the clause reads, as far as it was published by the day of assessment."""
    code = demand.clause.measure or demand.clause.code
    if code not in READINGS:
        raise DeclarationError(
            demand.document.name, f"code = {demand.clause.code}", f"没有“{code}”的官方结果可读"
        )
    reading = READINGS[code]
    filed = [
        record
        for indicator in demand.clause.indicators
        for record in case.records.results.get((case.county, indicator), ())
        if reading.item in ("", record["item"])
    ]
    late = [
        r for r in filed if r["published_on"] is not None and r["published_on"] > case.records.on
    ]
    figures = tuple(_figures(demand, reading, [r for r in filed if r not in late], case))
    verdict = worst([figure.verdict for figure in figures])
    failing = sorted((f for f in figures if f.verdict is Verdict.FAIL), key=shortfall, reverse=True)
    reasons = [sentence(figure) for figure in failing]
    if failing and demand.clause.if_failed:
        reasons.append(demand.clause.if_failed)
    reasons += [f"{f.label}没有填报" for f in figures if f.verdict is Verdict.NO_DATA]
    if not figures:
        reasons.append(f"没有{reading.label}的官方结果")
    reasons += [f"“{r['item']}”到{r['published_on'].isoformat()}才发布，不计" for r in late]
    wanting = [f"官方结果：{f.label}" for f in figures if f.verdict is Verdict.NO_DATA]
    return ClauseVerdict(
        demand,
        verdict,
        figures,
        (),
        tuple(reasons),
        tuple(wanting or [f"官方结果：{each}" for each in demand.clause.evidence])
        if verdict is Verdict.NO_DATA
        else (),
    )


def _figures(demand: Demand, reading: Reading, records: list[Result], case: Case) -> list[Figure]:
    found = []
    for record in records:
        value = reading.value(record)
        label = reading.label if reading.item else f"{record['item']}{reading.label}"
        for sign, limit in limits(demand.clause, (ALL,)):
            verdict = Verdict.NO_DATA
            if value is not None:
                verdict = Verdict.PASS if holds(value, sign, limit) else Verdict.FAIL
            found.append(
                Figure(
                    label=label,
                    stage=None,
                    value=value,
                    comparator=sign,
                    limit=limit,
                    unit=reading.unit,
                    verdict=verdict,
                    near=value is not None and near(value, limit, case.standard.near_margin),
                    formula=reading.formula,
                    numbers=reading.numbers(record),
                    gap=_gap(record, reading, value, sign, limit)
                    if verdict is Verdict.FAIL
                    else "",
                )
            )
    return found


def _gap(
    record: Result, reading: Reading, value: Fraction | None, sign: str, limit: Fraction
) -> str:
    if value is None:
        return ""
    if reading.item == TOTAL and record["satisfied"] is not None and record["sampled"]:
        lacking = limit * record["sampled"] / 100 - record["satisfied"]
        return f"还差{-(-lacking.numerator // lacking.denominator)}人认可"
    if value == limit:
        return f"须{'高于' if sign in RAISED else '低于'}{told(limit)}{reading.unit}"
    away = told(abs(value - limit), Fraction(0))
    return f"还差{away}{reading.unit}" if sign in RAISED else f"高出{away}{reading.unit}"
