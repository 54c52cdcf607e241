"""全部指标, 学校逐项, 补报清单: every line of the scheme, every school a clause asks, what to file."""

from collections.abc import Iterator

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Line, SchoolPoint, Verdict
from junheng.publish.book.cells import Cell, verdict_cell
from junheng.publish.book.columns import county_cell, county_heading
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.line_words import figure_limit, figure_sentence, figure_value, line_told
from junheng.publish.wording import CONFIDENCE
from junheng.studies import Study

KINDS = {
    "limit": "数值",
    "share": "比例",
    "every": "每所学校",
    "spread": "校际差异",
    "evidence": "佐证材料",
    "official_result": "官方结果",
    "statement": "签署声明",
}
FILERS = {"county": "区县", "school": "学校", "": "区县"}


def lines(study: Study) -> Listing:
    """One row a line and clause: the verdict with its reason, figure, limit and source."""
    return Listing(
        name="全部指标",
        title="全部指标：方案的各项指标与一票否决事项",
        notes=["每一项都列出，没有填报的写“缺数据”并说明要报什么；一项有几条要求的，分行列出。"],
        headings=[
            *county_heading(study),
            Heading("方面", 9, "center"),
            Heading("代码", 6, "center"),
            Heading("指标", 26),
            Heading("结论", 9, "center"),
            Heading("说明", 46),
            Heading("要求", 34),
            Heading("判定方式", 9, "center"),
            Heading("本条结论", 9, "center"),
            Heading("数值（标准）", 28),
            Heading("计算式", 40),
            Heading("依据文件", 18),
            Heading("来源", 12),
            Heading("可信度", 20),
        ],
        rows=[
            [*county_cell(study, county), *cells]
            for county in study.assessment.counties
            for cells in _rows(county)
        ],
        sticky=len(county_heading(study)) + 3,
    )


def _rows(county: CountyVerdict) -> Iterator[list[Cell]]:
    for area in county.areas:
        for line in area.lines:
            lead: list[Cell] = [
                area.title, line.code, line.label, verdict_cell(line.verdict), line_told(line),
            ]  # fmt: skip
            for judged in line.clauses:
                yield [*lead, *_clause(judged)]
                lead = [area.title, line.code, line.label, verdict_cell(line.verdict), ""]


def _clause(judged: ClauseVerdict) -> list[Cell]:
    demand = judged.demand
    return [
        demand.clause.gist,
        KINDS.get(demand.clause.kind, ""),
        verdict_cell(judged.verdict),
        "\n".join(figure_sentence(figure) for figure in judged.figures),
        "\n".join(figure.numbers for figure in judged.figures if figure.numbers),
        demand.document.name,
        demand.clause.source,
        CONFIDENCE[demand.clause.confidence],
    ]


def school_points(study: Study) -> Listing:
    """One row a school and clause that does not pass."""
    return Listing(
        name="学校逐项",
        title="学校逐项：逐校要求中未达标、缺数据的学校",
        notes=[
            "班额、规模、专用教室、公用经费、培训经费、章程等要求每所学校都做到；达标的学校不列。"
        ],
        headings=[
            *county_heading(study),
            Heading("代码", 6, "center"),
            Heading("指标", 24),
            Heading("学校代码", 11.5, "center"),
            Heading("学校", 24),
            Heading("结论", 9, "center"),
            Heading("数值", 14, "center"),
            Heading("标准", 10, "center"),
            Heading("还差", 18),
            Heading("原因", 40),
            Heading("计算式", 36),
        ],
        rows=[
            [*county_cell(study, county), line.code, line.label, *_point(point)]
            for county in study.assessment.counties
            for line in county.lines
            for judged in line.clauses
            for point in judged.schools
            if point.verdict in (Verdict.FAIL, Verdict.NO_DATA)
        ],
        sticky=len(county_heading(study)) + 4,
        empty="逐校要求全部达标",
    )


def _point(point: SchoolPoint) -> list[Cell]:
    figures = point.figures
    return [
        point.school_code,
        point.school_name,
        verdict_cell(point.verdict),
        "\n".join(figure_value(f) for f in figures),
        "\n".join(figure_limit(f) for f in figures),
        "\n".join(f.gap for f in figures if f.gap),
        point.reason,
        "\n".join(f.numbers for f in figures if f.numbers),
    ]


def to_file(study: Study) -> Listing:
    """What must still be handed in before every line can be judged, by line and who files it."""
    return Listing(
        name="补报清单",
        title="补报清单：缺数据的各项要报什么、由谁报",
        notes=[
            "补齐后重新校验、封存、评估。学校逐项的缺报见“学校逐项”。",
            "启用例外、学校已申请、条件也符合，只差材料的，列在各项之后；不补则不采用。",
        ],
        headings=[
            *county_heading(study),
            Heading("代码", 6, "center"),
            Heading("指标", 26),
            Heading("由谁报", 8, "center"),
            Heading("要报什么", 70),
            Heading("要看什么材料", 50),
        ],
        rows=[
            [*county_cell(study, county), *cells]
            for county in study.assessment.counties
            for cells in _all_wanted(county)
        ],
        sticky=len(county_heading(study)) + 2,
        empty="没有要补报的",
    )


def _all_wanted(county: CountyVerdict) -> Iterator[list[Cell]]:
    """What lines want, then the papers for want of which an exception was not granted."""
    for line in county.lines:
        yield from _wanted(line)
    for use in county.relaxations:
        if use.wanting:
            told = f"{use.name}（{use.school}）的佐证材料：{use.reason}"
            yield [use.code, f"例外{use.code}", FILERS["school"], told, use.wanting]


def _wanted(line: Line) -> Iterator[list[Cell]]:
    for judged in line.clauses:
        clause = judged.demand.clause
        for told in judged.wanting:
            yield [
                line.code,
                line.label,
                FILERS[clause.filed_by],
                told,
                "、".join(clause.evidence),
            ]
