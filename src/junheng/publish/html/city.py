"""The block that the first view reads: conclusions, areas, lines, the index of schools, the map."""

from typing import Any

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.digits import amount_text, exact_text, spread_text
from junheng.publish.html.boundaries import Shapes
from junheng.publish.html.rules import columns, stages, used_by
from junheng.publish.html.schools import Schools, rows_of
from junheng.publish.html.years import YearsBook
from junheng.publish.line_words import counted, line_told
from junheng.publish.totals import lacks
from junheng.publish.word.telling import NO_SCHOOL, chinese_day
from junheng.publish.wording import (
    DEMONSTRATION,
    basis,
    headline,
    is_demonstration,
    short_label,
    variant_label,
    verdict_word,
)
from junheng.standards import places, superiors
from junheng.studies import Study, Years
from junheng.years import SchoolYear

FORMAT = "junheng html 1"
NATION = "000000"
SHOWN = (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA, Verdict.NOT_APPLICABLE)


def unit_name(study: Study) -> str:
    """The county, or the unit that all the counties stand under."""
    counties = study.assessment.counties
    if len(counties) == 1:
        return counties[0].name
    chains = [superiors(county.code)[1:] for county in counties]
    common = next((c for c in chains[0] if all(c in chain for chain in chains)), NATION)
    name = places()[common].name if common in places() else ""
    name = name.replace(f"（{DEMONSTRATION}）", "")
    return f"{len(counties)}个区县" if common == NATION or not name else name


def page_title(study: Study) -> str:
    return f"{unit_name(study)}义务教育优质均衡监测报告"


def city_data(study: Study, years: Years, shapes: Shapes) -> dict[str, Any]:
    """Everything of the first view and of the pages that concern several counties."""
    assessment, rows = study.assessment, rows_of(study)
    counties = assessment.counties
    standard, book = counties[0].standard, YearsBook(years)
    return {
        "format": FORMAT,
        "title": page_title(study),
        "unit": unit_name(study),
        "demonstration": DEMONSTRATION if any(map(is_demonstration, counties)) else "",
        "on": chinese_day(assessment.on),
        "year": str(SchoolYear(assessment.year)),
        "scheme": f"{standard.scheme.title}（{standard.scheme.code}）",
        "documents": list(dict.fromkeys(d.document.name for d in standard.demands.values())),
        "variant": variant_label(standard),
        "relaxations": list(study.receipt.relaxations),
        "readings": study.receipt.readings,
        "facts": study.receipt.facts,
        "seal": study.receipt.seal,
        "version": study.receipt.code_version,
        "codeHash": study.receipt.code_sha256,
        "stages": stages(standard),
        "indicators": [
            [code, short_label(code), CATALOGUE[code].unit] for code in standard.indicators
        ],
        "years": book.about(),
        "verdicts": tally([county.verdict for county in counties]),
        "conclusion": conclusion(study),
        "areas": [
            {"code": area.code, "title": area.title, "counts": tally(_of_area(counties, n))}
            for n, area in enumerate(counties[0].areas)
        ],
        "counties": [
            {
                **_county(county, Schools(county, rows.get(county.code, {})), shapes),
                "years": book.verdicts(county.code),
            }
            for county in counties
        ],
        "columns": columns(),
        "usedBy": used_by(),
    }


def tally(verdicts: list[Verdict]) -> list[int]:
    """How many 达标, 未达标, 缺数据, 不适用."""
    return [verdicts.count(each) for each in SHOWN]


def conclusion(study: Study) -> str:
    """How many counties pass, fail, have no data; of a single county its headline."""
    counties = study.assessment.counties
    if len(counties) == 1:
        return headline(counties[0])
    verdicts = [county.verdict for county in counties]
    told = "、".join(f"{v}{verdicts.count(v)}个" for v in SHOWN if v in verdicts)
    name = unit_name(study)
    whose = name if name.startswith(str(len(counties))) else f"{name}{len(counties)}个区县"
    return f"{whose}：{told}。"


def _of_area(counties: tuple[CountyVerdict, ...], number: int) -> list[Verdict]:
    return [county.areas[number].verdict for county in counties]


def _county(county: CountyVerdict, schools: Schools, shapes: Shapes) -> dict[str, Any]:
    lacking = {lack.indicator: lack for lack in lacks(county)}
    return {
        "code": county.code,
        "name": county.name,
        "verdict": county.verdict.value,
        "headline": headline(county),
        "basis": basis(county) if county.parts else NO_SCHOOL,
        "counted": counted(county.lines),
        "reasons": list(county.reasons),
        "areas": [
            [area.verdict.value, list(area.reasons), tally([x.verdict for x in area.lines])]
            for area in county.areas
        ],
        "lines": [
            [
                line.code,
                line.label,
                line.verdict.value,
                line_told(line),
                amount_text(lack.to_limit, lack.unit)
                if (lack := lacking.get(line.code)) and lack.to_limit
                else "",
            ]
            for line in county.lines
        ],
        "areaOf": {line.code: n for n, area in enumerate(county.areas) for line in area.lines},
        "spreads": {
            f"{each.stage.value}:{each.indicator}": [
                spread_text(each),
                verdict_word(each.verdict, near=each.near),
                exact_text(each.limit, least=2),
            ]
            for each in county.spreads
        },
        "missing": len(county.missing),
        "schools": schools.index(),
        "shape": shapes.get(county.code, []),
    }
