"""差异来源: which schools make each CV as large as it is."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis import CountyVerdict, PartVerdict, Share, SpreadVerdict, Verdict
from junheng.publish.book.cells import (
    Cell,
    cv_cell,
    float_cell,
    share_cell,
    value_cell,
    verdict_cell,
)
from junheng.publish.book.columns import county_cell, county_heading
from junheng.publish.book.listing import Heading, Listing
from junheng.studies import Study

HANDY = 4_000
"""So many rows a reader can still work with; beyond that, passing CVs show their first schools only."""
FIRST = 10


def shares(study: Study) -> Listing:
    """One row a school of a CV, in order of its share of the variance."""
    counties = study.assessment.counties
    handy = sum(len(s.shares) for county in counties for s in county.spreads) <= HANDY
    told = "" if handy else f"学校较多，已达标且不临界的系数只列前{FIRST}所。"
    return Listing(
        name="差异来源",
        title="差异来源：每个差异系数由哪些学校拉开",
        notes=[
            "占比是该校在方差（各校与均值之差的平方，按所用算法加权后相加）中所占的份额，全部学校合计100%。"
            "占比大、低于均值的，优先补；占比大、高于均值的，说明其余学校与它差距大。" + told
        ],
        headings=[
            *county_heading(study),
            Heading("学段", 5, "center"),
            Heading("指标", 5, "center"),
            Heading("差异系数", 9),
            Heading("结论", 10, "center"),
            Heading("次序", 5, "center"),
            Heading("学校代码", 11.5, "center"),
            Heading("学校（学段部）", 28),
            Heading("数值", 12),
            Heading("均值", 12),
            Heading("与均值比", 10, "center"),
            Heading("占比", 9),
            Heading("累计占比", 9),
        ],
        rows=[
            [*county_cell(study, county), *cells]
            for county in counties
            for spread in county.spreads
            for cells in _shares(county, spread, whole=handy)
        ],
        sticky=len(county_heading(study)) + 2,
        empty="没有可以分解的差异系数",
    )


def _shares(county: CountyVerdict, spread: SpreadVerdict, *, whole: bool) -> Iterator[list[Cell]]:
    if not spread.total:
        return
    parts = {part.school_code: part for part in county.parts if part.stage is spread.stage}
    important = spread.verdict is Verdict.FAIL or spread.near
    shown = spread.shares if whole or important else spread.shares[:FIRST]
    lead: list[Cell] = [
        spread.stage.label,
        spread.indicator,
        cv_cell(spread.cv, spread.limit, spread.verdict, near=spread.near),
        verdict_cell(spread.verdict, near=spread.near),
    ]
    running = Fraction(0)
    for place, share in enumerate(shown, start=1):
        running += Fraction(share.numerator, spread.total)
        yield [*lead, place, *_share(parts[share.school_code], spread, share), share_cell(running)]


def _share(part: PartVerdict, spread: SpreadVerdict, share: Share) -> list[Cell]:
    return [
        part.school_code,
        part.title,
        value_cell(part.of(spread.indicator)),
        float_cell(spread.mean),
        "低于均值" if share.below else "不低于均值",
        share_cell(Fraction(share.numerator, spread.total)),
    ]
