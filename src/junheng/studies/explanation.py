"""Why a verdict is what it is: formula, numbers, inputs with their cells, clause, what would flip it."""

from dataclasses import dataclass

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, SpreadVerdict
from junheng.errors import MisuseError
from junheng.indicators import CATALOGUE, LeftOut, Missing
from junheng.registry import school_columns, table_of
from junheng.registry.facts import facts_unit
from junheng.schema import Stage
from junheng.standards import Demand
from junheng.studies.monitoring import Study


@dataclass(frozen=True)
class Input:
    """One filed value that an indicator read."""

    school_code: str
    column: str
    label: str
    value: str
    """As held in the facts; 未填报 where it is missing."""
    unit: str
    origin: str
    """File, sheet and cell, with the text found there."""
    explanation: str
    """异常说明 filed beside it, or empty."""


@dataclass(frozen=True)
class IndicatorExplanation:
    """One indicator of one part, opened up."""

    part: PartVerdict
    judged: PartIndicator
    formula: str
    numbers: str
    inputs: tuple[Input, ...]
    demand: Demand
    rule: tuple[Demand, ...]
    """The school rule: how many must be met, and the floor of the others."""


@dataclass(frozen=True)
class SpreadExplanation:
    """One CV of one county, opened up."""

    county: CountyVerdict
    spread: SpreadVerdict
    demand: Demand
    variant: Demand


def explain_school(
    study: Study, school: str, indicator: str | None = None
) -> tuple[IndicatorExplanation, ...]:
    """All indicators (or one) of every part of a school. Raises MisuseError where it is not measured."""
    found = [
        (county, part)
        for county in study.assessment.counties
        for part in county.parts
        if part.school_code == school
    ]
    if not found:
        raise MisuseError(_why_not_measured(study, school))
    if indicator is not None and indicator not in CATALOGUE:
        raise MisuseError(f"没有指标“{indicator}”。可用：{'、'.join(sorted(CATALOGUE))}。")
    return tuple(
        _indicator(study, county, part, judged)
        for county, part in found
        for judged in part.indicators
        if indicator in (None, judged.indicator)
    )


def explain_county(study: Study, county: str, indicator: str) -> tuple[SpreadExplanation, ...]:
    """The CVs of one indicator in one county, one a stage."""
    found = next((each for each in study.assessment.counties if each.code == county), None)
    if found is None:
        known = "、".join(f"{each.code}{each.name}" for each in study.assessment.counties)
        raise MisuseError(f"这份数据里没有区县“{county}”。有：{known}。")
    spreads = [each for each in found.spreads if each.indicator == indicator]
    if not spreads:
        raise MisuseError(
            f"“{found.name}”没有指标“{indicator}”的差异系数。可用：{'、'.join(found.standard.indicators)}。"
        )
    standard = found.standard
    return tuple(
        SpreadExplanation(found, each, standard.role("spread"), standard.variants[each.variant])
        for each in spreads
    )


def _why_not_measured(study: Study, school: str) -> str:
    for county in study.assessment.counties:
        absent: list[LeftOut | Missing] = [*county.left_out, *county.missing]
        for out in absent:
            if out.code == school:
                return f"“{out.name}”（{school}）不参加计算：{out.reason}。"
    row = study.snapshot.facts["schools"].filter(school_code=school)
    if len(row) and row["parent_school_code"][0]:
        return f"“{row['school_name'][0]}”（{school}）不计校数，已并入主校 {row['parent_school_code'][0]}。请查看主校。"
    return f"这份数据里没有学校“{school}”。请核对10位学校代码。"


def _indicator(
    study: Study, county: CountyVerdict, part: PartVerdict, judged: PartIndicator
) -> IndicatorExplanation:
    each = CATALOGUE[judged.indicator]
    standard = county.standard
    rules = (standard.role("school_count"), standard.role("school_floor"))
    inputs = tuple(_inputs(study, part, each.ratio.columns()))
    return IndicatorExplanation(
        part,
        judged,
        each.formula,
        judged.numbers,
        inputs,
        standard.demands[judged.indicator],
        rules,
    )


def _inputs(study: Study, part: PartVerdict, columns: tuple[str, ...]) -> list[Input]:
    schools = [part.school_code, *(part.merged.split("、") if part.merged else [])]
    return [
        each
        for name in filed_columns(columns, part.stage, combined=part.combined)
        for school in schools
        if (each := _input(study, school, name)) is not None
    ]


def filed_columns(columns: tuple[str, ...], stage: Stage, *, combined: bool) -> list[str]:
    """Names in the facts of what the parts columns of an indicator were read from at a stage.

    A combined school shares what it filed once by its pupils, so those of its other stages are read.
    """
    names = [name for column in columns for name in _filed_as(column, stage)]
    shared = any(
        f"{column}_{stage}" not in school_columns() for column in columns if column != "pupils"
    )
    if shared and combined:
        names += [f"enrolment_{other}" for other in Stage if other is not stage]
    return names


def _filed_as(column: str, stage: Stage) -> list[str]:
    """Names in the facts of a parts column at one stage."""
    if column == "pupils":
        return [f"enrolment_{stage}", f"attached_{stage}_enrolment"]
    own = f"{column}_{stage}"
    return [own] if own in school_columns() else [column]


def _input(study: Study, school: str, name: str) -> Input | None:
    column = school_columns().get(name)
    if column is None:
        return None
    table = table_of(name).name
    rows = study.snapshot.facts[table].filter(school_code=school)
    value = rows[name][0] if len(rows) else None
    cells = study.snapshot.origins.filter(table=table, key=school, column=name)
    if value is None and (len(cells) == 0 or column.name.startswith(("attached_", "enrolment_"))):
        return None
    origin = "；".join(
        f"{r['file']} {r['sheet']}!{r['cell']}（原文“{r['raw']}”）"
        for r in cells.iter_rows(named=True)
    )
    explanation = study.snapshot.facts.mark(table, school, name) or ""
    return Input(
        school,
        name,
        column.label,
        "未填报" if value is None else str(value),
        facts_unit(column),
        origin,
        explanation,
    )
