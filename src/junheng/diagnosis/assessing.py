"""The diagnosis of a set of facts: every part, every CV, every county (standards.md §2)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from junheng.diagnosis.areas import judge_areas, weakest_first
from junheng.diagnosis.case import Case
from junheng.diagnosis.composites import judge_balance
from junheng.diagnosis.granting import grant
from junheng.diagnosis.keeping import Kept, parts_made_from, resource_made_from
from junheng.diagnosis.lines import AreaVerdict
from junheng.diagnosis.nouns import Assessment, CountyVerdict, PartVerdict, SpreadVerdict
from junheng.diagnosis.parts import Measured, judge_part, measured
from junheng.diagnosis.spreads import judge_spread
from junheng.diagnosis.verdict import Verdict, worst
from junheng.indicators import FiledCounty, Missing, Parts, build_parts, gather
from junheng.registry import Facts
from junheng.registry.records import Records
from junheng.schema import Stage
from junheng.standards import Document, Standard, Switches, listed_name

TOLD = 2
"""So many points of an area stand in the county's conclusion; the area holds them all."""


def assess_facts(
    facts: Facts,
    *,
    on: date,
    scheme: str = "2017-quality",
    switches: Switches | None = None,
    drafts: tuple[Document, ...] = (),
    kept: Kept | None = None,
) -> Assessment:
    """Judge all counties in the facts by what is in force there on `on`, `drafts` taken as in force.

    `kept` carries work from one assessment of the same facts to the next; results are the same.
    Raises MisuseError for an unknown scheme, variant or relaxation, or a day without clauses.
    """
    names = dict(facts["county"].select("county_code", "county_name").iter_rows())
    codes = sorted(
        {*names, *facts["register"]["location_unit"], *facts["schools"]["location_unit"]} - {None}
    )
    kept = kept or Kept()
    records = kept.once("records", (facts,), on, lambda: Records.of(facts, on))
    counties = []
    for code in codes:
        standard = Standard.at(code, on, scheme_code=scheme, switches=switches, drafts=drafts)
        parts, filed = _built(facts, standard, kept)
        name = names.get(code) or listed_name(code)
        if standard.judges_schools:
            here = filed.get(code) or FiledCounty(code, (), (), (), {})
            counties.append(_county(name, parts, here, records, standard, kept))
        else:
            counties.append(judge_balance(code, name, parts, standard))
    return Assessment(facts.fingerprint, facts.year, on, scheme, tuple(counties))


def _built(facts: Facts, standard: Standard, kept: Kept) -> tuple[Parts, dict[str, FiledCounty]]:
    """Counties under the same clauses share one building of the parts."""
    objects, chosen = parts_made_from(standard)

    def build() -> tuple[Parts, dict[str, FiledCounty]]:
        parts = build_parts(facts, standard)
        filed = gather(facts, parts)
        return parts, {code: kept.known(code, county) for code, county in filed.items()}

    return kept.once("parts", (facts, *objects), chosen, build)


def _county(
    name: str, parts: Parts, filed: FiledCounty, records: Records, standard: Standard, kept: Kept
) -> CountyVerdict:
    code = filed.code
    missing = tuple(m for m in parts.missing if m.county == code)
    objects, variant = resource_made_from(standard)
    judged, spreads = kept.once(
        "resource",
        (parts, *objects),
        (code, variant),
        lambda: _resource(code, parts, missing, standard),
    )
    resource = _overall(judged, spreads, bool(missing))
    resource_reasons = tuple(_reasons(judged, spreads, len(missing)))
    case = Case(standard, filed, records, judged, spreads, missing)
    allowances, uses = grant(case)
    areas = judge_areas(replace(case, allowances=allowances), kept)
    return CountyVerdict(
        code=code,
        name=name,
        standard=standard,
        verdict=worst([area.verdict for area in areas]) if areas else resource,
        reasons=tuple(_conclusion(areas)) if areas else resource_reasons,
        resource=resource,
        resource_reasons=resource_reasons,
        areas=areas,
        parts=judged,
        spreads=spreads,
        left_out=tuple(x for x in parts.left_out if x.county == code),
        missing=missing,
        relaxations=(*(x for x in parts.relaxations if x.county == code), *uses),
    )


def _resource(
    code: str, parts: Parts, missing: Sequence[Missing], standard: Standard
) -> tuple[tuple[PartVerdict, ...], tuple[SpreadVerdict, ...]]:
    """Every part and every CV of one county."""
    rows = measured(parts.frame.filter(pl.col("county") == code), standard.indicators)
    judged = tuple(judge_part(row, standard) for row in rows)
    spreads = tuple(
        judge_spread(
            code, indicator, stage, [row for row in rows if row.stage is stage], missing, standard
        )
        for stage in standard.stages
        for indicator in standard.indicators
        if _has(stage, rows, missing)
    )
    return judged, spreads


def _conclusion(areas: Sequence[AreaVerdict]) -> Iterator[str]:
    """One sentence an area that does not pass, the weakest area and its weakest point first."""
    for area in weakest_first(areas):
        if area.reasons:
            yield f"{area.title}{area.verdict}：{'；'.join(area.reasons[:TOLD])}"


def _has(stage: Stage, rows: Sequence[Measured], missing: Sequence[Missing]) -> bool:
    return any(row.stage is stage for row in rows) or any(stage in each.stages for each in missing)


def _overall(
    parts: Sequence[PartVerdict], spreads: Sequence[SpreadVerdict], missing: bool
) -> Verdict:
    """One failure fails, whatever is missing; else anything missing leaves the county open."""
    verdicts = [part.verdict for part in parts] + [spread.verdict for spread in spreads]
    if missing:
        verdicts.append(Verdict.NO_DATA)
    return worst(verdicts)


def _reasons(
    parts: Sequence[PartVerdict], spreads: Sequence[SpreadVerdict], missing: int
) -> list[str]:
    """Short sentences, the heaviest first: what fails, what is not known."""
    found = []
    failing = [part for part in parts if part.verdict is Verdict.FAIL]
    if failing:
        found.append(
            f"{len({part.school_code for part in failing})}所学校（{len(failing)}个学段部）未达到学校标准"
        )
    wide = [spread for spread in spreads if spread.verdict is Verdict.FAIL]
    if wide:
        named = "、".join(f"{spread.stage.label}{spread.indicator}" for spread in wide)
        found.append(f"{len(wide)}项校际差异系数超过限值：{named}")
    if missing:
        found.append(f"{missing}所学校缺报")
    blank = [part for part in parts if part.verdict is Verdict.NO_DATA]
    if blank:
        found.append(f"{len(blank)}个学段部缺数据，不能判定")
    if not parts:
        found.append("没有可以计算的学校")
    return found
