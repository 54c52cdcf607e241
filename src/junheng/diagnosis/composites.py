"""Schemes that judge counties only, by the mean of several CVs (2012-basic, standards.md §2.1).

No school has a limit there and no CV has one: each stage of a county is judged by its composite.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import polars as pl

from junheng.diagnosis.lines import AreaVerdict, ClauseVerdict, Figure, Line
from junheng.diagnosis.nouns import CountyVerdict
from junheng.diagnosis.parts import Measured, measured
from junheng.diagnosis.verdict import Verdict, worst
from junheng.freezing import frozen
from junheng.indicators import (
    CATALOGUE,
    Missing,
    Parts,
    Sample,
    composite,
    composite_exceeds,
    cv,
)
from junheng.schema import Stage
from junheng.standards import Demand, Standard

PLACES = 4
ONE_BY_ONE = "单项差异系数不设限值"
AT_MOST = "≤"


@frozen
class Stand:
    """One stage of one county under a scheme with a composite."""

    stage: Stage
    samples: dict[str, Sample]
    """Indicator → the values over which its CV is taken; empty where one is missing."""
    absent: tuple[str, ...]
    """What must be filed before the composite exists: 某校的计算机台数."""
    variant: str

    @property
    def cvs(self) -> dict[str, float | None]:
        return {code: cv(sample, self.variant) for code, sample in self.samples.items()}

    @property
    def composite(self) -> float | None:
        return None if self.absent else composite(tuple(self.samples.values()), self.variant)

    def exceeds(self, limit: Fraction) -> bool | None:
        """Composite > limit, exactly; None while there is none."""
        if self.absent:
            return None
        return composite_exceeds(tuple(self.samples.values()), self.variant, limit)

    def verdict(self, limit: Fraction) -> Verdict:
        return {None: Verdict.NO_DATA, True: Verdict.FAIL, False: Verdict.PASS}[self.exceeds(limit)]


def judge_balance(code: str, name: str, parts: Parts, standard: Standard) -> CountyVerdict:
    """A county under such a scheme: its lines one by one, the composite deciding."""
    rows = measured(parts.frame.filter(pl.col("county") == code), standard.indicators)
    missing = tuple(m for m in parts.missing if m.county == code)
    stands = [
        _stand(stage, rows, missing, standard)
        for stage in standard.stages
        if any(row.stage is stage for row in rows) or any(stage in m.stages for m in missing)
    ]
    areas = tuple(_area(area.code, stands, standard) for area in standard.scheme.area)
    verdict = worst([area.verdict for area in areas])
    reasons = tuple(reason for area in areas for reason in area.reasons)
    return CountyVerdict(
        code=code,
        name=name,
        standard=standard,
        verdict=verdict,
        reasons=reasons,
        resource=verdict,
        resource_reasons=reasons,
        areas=areas,
        parts=(),
        spreads=(),
        left_out=tuple(x for x in parts.left_out if x.county == code),
        missing=missing,
        relaxations=(),
    )


def _stand(
    stage: Stage, rows: Sequence[Measured], missing: Sequence[Missing], standard: Standard
) -> Stand:
    here = [row for row in rows if row.stage is stage]
    absent = [f"{stage.label}：{m.name}没有填报" for m in missing if stage in m.stages]
    samples = {}
    for code in standard.indicators:
        known = [(row.value(code), row.row["pupils"]) for row in here]
        values = [value for value, _ in known if value is not None]
        if len(values) < len(known):
            lacking = [r.row["school_name"] for r in here if r.value(code) is None]
            absent.append(
                f"{stage.label}：{len(lacking)}所学校没有“{CATALOGUE[code].label}”所需的数：{lacking[0]}等"
            )
            samples[code] = Sample((), ())
        else:
            samples[code] = Sample(tuple(values), tuple(pupils for _, pupils in known))
    return Stand(stage, samples, tuple(absent), standard.variant)


def _area(area: str, stands: Sequence[Stand], standard: Standard) -> AreaVerdict:
    declared = next(each for each in standard.scheme.area if each.code == area)
    decided_by = standard.role("composite")
    lines = tuple(
        _composite_line(line.code, line.label, stands, decided_by, standard)
        if line.code in decided_by.clause.indicators
        else _line(line.code, line.label, stands, standard)
        for line in declared.line
    )
    decisive = [r for line in lines if line.code not in CATALOGUE for r in line.reasons]
    return AreaVerdict(
        declared.code,
        declared.title,
        worst([line.verdict for line in lines]),
        lines,
        tuple(decisive),
    )


def _line(code: str, label: str, stands: Sequence[Stand], standard: Standard) -> Line:
    told = [f"{s.stage.label}差异系数{_told(s.cvs[code])}" for s in stands]
    reasons = (f"{'、'.join(told)}；{ONE_BY_ONE}",)
    clause = ClauseVerdict(standard.demands[code], Verdict.NOT_APPLICABLE, (), (), reasons, ())
    return Line(code, label, Verdict.NOT_APPLICABLE, (clause,), reasons, ())


def _composite_line(
    code: str, label: str, stands: Sequence[Stand], demand: Demand, standard: Standard
) -> Line:
    figures = tuple(_figures(label, stands, standard))
    verdict = worst([figure.verdict for figure in figures])
    wanting = tuple(dict.fromkeys(each for s in stands for each in s.absent))
    reasons = tuple(_reasons(label, figures)) or (("没有可以计算的学校",) if not figures else ())
    clause = ClauseVerdict(demand, verdict, figures, (), reasons, wanting)
    return Line(code, label, verdict, (clause,), reasons, wanting)


def _figures(label: str, stands: Sequence[Stand], standard: Standard) -> Iterator[Figure]:
    for stand in stands:
        limit = standard.composite_limit(stand.stage)
        assert limit is not None, "a scheme of this kind has a composite"
        value, verdict = stand.composite, stand.verdict(limit)
        margin = standard.near_margin * limit
        yield Figure(
            label=label,
            stage=stand.stage,
            value=None if value is None else Fraction(value),
            comparator=AT_MOST,
            limit=limit,
            unit="",
            verdict=verdict,
            near=bool(stand.exceeds(limit - margin)) and stand.exceeds(limit + margin) is False,
            formula=f"{len(stand.samples)}项差异系数之和÷{len(stand.samples)}",
            numbers=f"（{'＋'.join(_told(each) for each in stand.cvs.values())}）÷{len(stand.samples)}",
            gap=f"高出{_told(Fraction(value) - limit)}"
            if verdict is Verdict.FAIL and value
            else "",
        )


def _reasons(label: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Failing stages, then stages without a composite."""
    for figure in figures:
        stage = figure.stage.label if figure.stage else ""
        if figure.verdict is Verdict.FAIL and figure.value is not None:
            value, limit = _told(figure.value), _told(figure.limit)
            over = f"精确值略高于{limit}" if value == limit else f"超过{limit}"
            yield f"{stage}{label}{value}，{over}"
    for figure in figures:
        stage = figure.stage.label if figure.stage else ""
        if figure.verdict is Verdict.NO_DATA:
            yield f"{stage}{label}缺数据，不能判定"


def _told(value: float | Fraction | None) -> str:
    if value is None:
        return "缺"
    exact = Fraction(value)
    return f"{Decimal(exact.numerator) / exact.denominator:.{PLACES}f}"
