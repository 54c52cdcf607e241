"""差距清单, 差距合计, 达标办法: what each school lacks, what the county lacks, what would do."""

from collections.abc import Iterator

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, Verdict, Way
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import (
    Cell,
    Tone,
    Word,
    amount_cell,
    exact_cell,
    value_cell,
    verdict_cell,
)
from junheng.publish.book.columns import SCHOOL, county_cell, county_heading, school_cells
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.totals import lacks
from junheng.publish.wording import percent, short_label
from junheng.studies import Study

WHOLE_SCHOOL = (
    "数量按全校计。一贯制学校、完全中学的校舍、场地、设备、教室由各学段共用，增加的也由各学段分享，"
    "所以两个学段部都缺时，按较大的一个补，不要相加；教师按学段分别补。"
)


def _floor(study: Study) -> str:
    shares = {percent(county.standard.floor_share) for county in study.assessment.counties}
    return "、".join(sorted(shares))


def gaps(study: Study) -> Listing:
    """One row an indicator that a part does not meet."""
    floor = _floor(study)
    headings = [
        *county_heading(study),
        *SCHOOL,
        Heading("指标", 5, "center"),
        Heading("指标内容", 19),
        Heading("数值", 10),
        Heading("标准", 8),
        Heading(f"底线（{floor}）", 9),
        Heading("结论", 9, "center"),
        Heading("底线", 6, "center"),
        Heading("到标准还差", 12),
        Heading("到底线还差", 12),
        Heading("单位", 5, "center"),
        Heading("学校结论", 9, "center"),
        Heading("计算式", 36),
    ]
    return Listing(
        name="差距清单",
        title="差距清单：哪些学校、哪些指标、差多少",
        notes=[
            f"列出每一项未达标的指标。学校结论为“达标”的，是因为只有一项未达标且不低于底线（标准的{floor}）。",
            WHOLE_SCHOOL,
        ],
        headings=headings,
        rows=[
            [*county_cell(study, county), *_gap(part, each)]
            for county in study.assessment.counties
            for part in county.parts
            for each in part.indicators
            if each.verdict is Verdict.FAIL
        ],
        sticky=len(county_heading(study)) + 2,
        empty="没有未达标的指标",
    )


def _gap(part: PartVerdict, judged: PartIndicator) -> list[Cell]:
    gap = judged.gap
    assert gap is not None, "what fails has a value"
    floor = Word("达到") if judged.above_floor else Word("低于", Tone.BAD)
    return [
        *school_cells(part),
        judged.indicator,
        short_label(judged.indicator),
        value_cell(judged),
        exact_cell(judged.limit),
        exact_cell(judged.floor),
        verdict_cell(judged.verdict, near=judged.near),
        floor,
        amount_cell(gap.to_limit),
        amount_cell(gap.to_floor),
        gap.unit,
        verdict_cell(part.verdict, near=part.near),
        judged.numbers,
    ]


# --- the county --------------------------------------------------------------------------------


def gap_totals(study: Study) -> Listing:
    """One row an indicator of a county."""
    stages = {s: None for county in study.assessment.counties for s in county.standard.stages}
    return Listing(
        name="差距合计",
        title="差距合计：全县各项指标一共差多少",
        notes=[
            "把每所学校补到标准所需的数量相加。同一所学校的两个学段部共用的校舍、场地、设备、教室只计一次（取较大的一个）。"
            "每校不必各项都达标，实际需要可能更少，见“达标办法”。"
        ],
        headings=[
            *county_heading(study),
            Heading("指标", 6, "center"),
            Heading("指标名称", 44),
            *(Heading(f"{stage.label}未达标学段部", 10, "center") for stage in stages),
            Heading("涉及学校", 9, "center"),
            Heading("到标准合计还差", 16),
            Heading("到底线合计还差", 16),
            Heading("单位", 6, "center"),
        ],
        rows=[
            [*county_cell(study, county), *cells]
            for county in study.assessment.counties
            for cells in _totals(county)
        ],
        sticky=len(county_heading(study)) + 2,
    )


def _totals(county: CountyVerdict) -> Iterator[list[Cell]]:
    for lack in lacks(county):
        yield [
            lack.indicator,
            CATALOGUE[lack.indicator].label,
            *lack.failing.values(),
            lack.schools,
            amount_cell(lack.to_limit),
            amount_cell(lack.to_floor),
            lack.unit,
        ]


# --- what would do -----------------------------------------------------------------------------


def ways(study: Study) -> Listing:
    """One row a way in which a failing part reaches the school rule."""
    counties = study.assessment.counties
    codes = counties[0].standard.indicators if counties else ()
    floor = _floor(study)
    added = [
        Heading(f"{short_label(code)}（{CATALOGUE[code].gap_unit}）", 12, above=("需要增加", code))
        for code in codes
    ]
    return Listing(
        name="达标办法",
        title="达标办法：未达标的学校，各有哪几种补法",
        notes=[
            f"同一学校（学段部）的几行是几种可选的办法，任选一行：行中“可保留项”不必达到标准，只须不低于标准的{floor}，其余各项补到标准。",
            WHOLE_SCHOOL,
        ],
        headings=[
            *county_heading(study),
            *SCHOOL,
            Heading("达标项数", 6, "center"),
            Heading("办法", 5, "center"),
            Heading("可保留项", 6, "center"),
            *added,
            Heading("要补几项", 6, "center"),
            Heading("说明", 20),
        ],
        rows=[
            [*county_cell(study, county), *cells]
            for county in counties
            for part in county.parts
            if part.verdict is Verdict.FAIL
            for cells in _ways(part, codes)
        ],
        sticky=len(county_heading(study)) + 2,
        empty="没有未达标的学校",
    )


def _ways(part: PartVerdict, codes: tuple[str, ...]) -> Iterator[list[Cell]]:
    fewest = min((len(way.additions) for way in part.ways), default=0)
    blank = [each.indicator for each in part.indicators if each.verdict is Verdict.NO_DATA]
    for number, way in enumerate(part.ways, start=1):
        notes = ["项数最少"] if len(part.ways) > 1 and len(way.additions) == fewest else []
        notes += [f"另有{'、'.join(blank)}缺数据，须先补报"] if blank else []
        yield [
            *school_cells(part),
            part.met,
            number,
            way.stays,
            *_added(way, codes),
            len(way.additions),
            "；".join(notes),
        ]


def _added(way: Way, codes: tuple[str, ...]) -> list[Cell]:
    amounts = {code: amount for code, amount, _ in way.additions}
    return [amount_cell(amounts.get(code)) for code in codes]
