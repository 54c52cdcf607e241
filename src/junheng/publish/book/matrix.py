"""学校指标矩阵: every school part against every indicator, with the verdict in words and colour."""

from junheng.diagnosis import PartIndicator, PartVerdict
from junheng.publish.book.cells import Cell, value_cell, verdict_cell
from junheng.publish.book.columns import (
    SCHOOL,
    chosen,
    county_cell,
    county_heading,
    school_cells,
)
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.digits import value_text
from junheng.publish.wording import limit_words, short_label
from junheng.registry.settlements import settlement
from junheng.registry.template.wording import display_width
from junheng.studies import Study

NARROWEST, WORDS = 7, 10
"""Widths of a value and of the longest word, 临界未达标."""
NOTES = (
    "“临界”是提示，不是结论：数值与标准很接近，“临界达标”仍是达标，“临界未达标”仍是未达标。"
    "缺数据不当作0，也不判定。一贯制学校、完全中学按学段拆成学段部，分别判定。",
)


def matrix(study: Study) -> Listing:
    """One row a school part, sorted by code."""
    counties = study.assessment.counties
    codes = counties[0].standard.indicators if counties else ()
    plain = [
        Heading("性质", 5, "center"),
        Heading("城乡", 5, "center"),
        Heading("学生数", 7),
    ]
    judged = [each for code in codes for each in _indicator(study, code)]
    total = [Heading("达标项数", 5, "center"), Heading("学校结论", 10, "center")]
    return Listing(
        name="学校指标矩阵",
        title="学校指标矩阵：每所学校、每项指标的数值与结论",
        notes=[_rule(study), *NOTES],
        headings=[*county_heading(study), *SCHOOL, *plain, *judged, *total],
        rows=[
            [*county_cell(study, county), *_row(part)]
            for county in counties
            for part in county.parts
        ],
        sticky=len(county_heading(study)) + 2,
    )


def _indicator(study: Study, code: str) -> list[Heading]:
    limits = {limit_words(county.standard, code) for county in study.assessment.counties}
    shown = limits.pop() if len(limits) == 1 else "标准因区县而异"
    above = (f"{code} {short_label(code)}", shown)
    texts = [value_text(part.of(code)) for part in study.assessment.parts]
    width = max(len(text) for text in [*texts, ""]) + 1.5
    beside = max(display_width(text) for text in above) - WORDS
    return [
        Heading("数值", max(width, beside, NARROWEST), above=above),
        Heading("结论", WORDS, "center", above=above),
    ]


def _rule(study: Study) -> str:
    rules = [county.standard.role("school_count") for county in study.assessment.counties[:1]]
    rules += [county.standard.role("school_floor") for county in study.assessment.counties[:1]]
    return "学校标准：" + "；".join(rule.clause.gist for rule in rules) + "。"


def _row(part: PartVerdict) -> list[Cell]:
    cells: list[Cell] = [
        *school_cells(part),
        chosen("ownership", part.ownership),
        settlement(part.urban_rural_code),
        part.pupils,
    ]
    for each in part.indicators:
        cells += _pair(each)
    return [*cells, part.met, verdict_cell(part.verdict, near=part.near)]


def _pair(judged: PartIndicator) -> list[Cell]:
    return [value_cell(judged), verdict_cell(judged.verdict, near=judged.near)]
