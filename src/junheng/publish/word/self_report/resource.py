"""四: allocation of resources: schools, indicators, coefficients of variation, what is not met."""

from junheng.diagnosis import CountyVerdict, PartVerdict, SpreadVerdict, Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import Cell, Word, amount_cell, exact_cell, float_cell, tone_of
from junheng.publish.digits import spread_text
from junheng.publish.priorities import first_look
from junheng.publish.totals import lacks
from junheng.publish.word.charts import areas_chart, failing_chart, spreads_chart
from junheng.publish.word.grid import Column, cell_text
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import NO_SCHOOL
from junheng.publish.wording import (
    blank_sentence,
    disagreement_sentence,
    flip_sentence,
    part_sentence,
    short_label,
    spread_sentence,
    verdict_word,
)
from junheng.schema import Stage


def resource(paper: Paper, county: CountyVerdict) -> None:
    paper.heading("资源配置情况")
    paper.heading("总体情况", 2)
    paper.text(
        f"资源配置：{county.resource}。" + "".join(f"{r}。" for r in county.resource_reasons)
    )
    if not county.parts:
        paper.text(NO_SCHOOL)
        return
    _stages(paper, county)
    paper.text(*first_look(county))
    told = "；".join(f"{area.title}{area.verdict}" for area in county.areas)
    paper.chart("各方面指标的结论（项）", areas_chart(county), f"各方面指标结论的项数：{told}")
    paper.heading("七项指标达标情况", 2)
    _indicators(paper, county)
    paper.heading("校际差异系数", 2)
    _spreads(paper, county)
    paper.heading("未达标的学校", 2)
    _failing(paper, county)


def _stages(paper: Paper, county: CountyVerdict) -> None:
    words = (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)
    rows: list[list[Cell]] = []
    for stage in county.standard.stages:
        verdicts = [part.verdict for part in county.parts if part.stage is stage]
        missing = sum(stage in each.stages for each in county.missing)
        rows.append(
            [f"{stage.label}（学段部）", len(verdicts), *map(verdicts.count, words), missing]
        )
    schools = list(county.schools.values())
    rows.append(
        ["学校（各学段部都须达标）", len(schools), *map(schools.count, words), len(county.missing)]
    )
    paper.table(
        "学校达标情况（所、个）",
        [
            Column("学段", 56),
            Column("参加计算", 20, "center"),
            *(Column(word.value, 20, "center") for word in words),
            Column("缺报", 20, "center"),
        ],
        rows,
    )  # fmt: skip


def _indicators(paper: Paper, county: CountyVerdict) -> None:
    stages = county.standard.stages
    paper.table(
        "七项指标：全县均值、标准、低于标准的学段部",
        [
            Column("代码", 10, "center"),
            Column("指标", 34),
            *(
                column
                for stage in stages
                for column in (
                    Column("均值", 16, "right", stage.label),
                    Column("标准≥", 14, "right", stage.label),
                    Column("未达标", 13, "center", stage.label),
                )
            ),
            Column("合计还差", 26, "right"),
        ],
        [_indicator(county, code) for code in county.standard.indicators],
        note="均值按学生数加权。未达标为低于标准的学段部个数；“合计还差”是把这些学校都补到标准所需的数量，共用的校舍、场地、设备、教室一校只计一次。",
    )
    told = "；".join(f"{lack.indicator}{sum(lack.failing.values())}个" for lack in lacks(county))
    paper.chart("低于标准的学段部（个）", failing_chart(county), f"低于标准的学段部：{told}")


def _indicator(county: CountyVerdict, code: str) -> list[Cell]:
    lack = next(each for each in lacks(county) if each.indicator == code)
    cells: list[Cell] = [code, f"{short_label(code)}（{CATALOGUE[code].unit}）"]
    for stage in county.standard.stages:
        spread = _spread(county, code, stage)
        mean = None if spread is None else float_cell(spread.mean, 2)
        cells += [mean or "—", exact_cell(county.standard.limit(code, stage)), lack.failing[stage]]
    total = amount_cell(lack.to_limit)
    return [*cells, _with_unit(total, lack.unit)]


def _with_unit(total: Cell, unit: str) -> Cell:
    return f"{cell_text(total)}{unit}"


def _spread(county: CountyVerdict, code: str, stage: Stage) -> SpreadVerdict | None:
    return next((s for s in county.spreads if (s.indicator, s.stage) == (code, stage)), None)


def _spreads(paper: Paper, county: CountyVerdict) -> None:
    rows: list[list[Cell]] = [
        [
            each.stage.label,
            each.indicator,
            CATALOGUE[each.indicator].label,
            Word(spread_text(each), tone_of(each.verdict, near=each.near)),
            exact_cell(each.limit, least=2),
            Word(verdict_word(each.verdict, near=each.near), tone_of(each.verdict, near=each.near)),
            each.parts,
        ]
        for each in county.spreads
    ]
    paper.table(
        "校际差异系数",
        [
            Column("学段", 13, "center"),
            Column("代码", 11, "center"),
            Column("指标", 63),
            Column("差异系数", 23, "right"),
            Column("限值≤", 13, "right"),
            Column("结论", 19, "center"),
            Column("学段部", 14, "center"),
        ],
        rows,
    )
    if any(each.cv is not None for each in county.spreads):
        over = [e.indicator for e in county.spreads if e.verdict is Verdict.FAIL]
        told = f"超过限值的：{'、'.join(over) or '没有'}"
        paper.chart("校际差异系数与限值", spreads_chart(county), told)
    for each in county.spreads:
        if each.verdict in (Verdict.FAIL, Verdict.NO_DATA) or each.one_school:
            flips = flip_sentence(each) if each.verdict is Verdict.FAIL else ""
            paper.text(f"{spread_sentence(each)}。{f'{flips}。' if flips else ''}")
    doubtful = [disagreement_sentence(each, county.standard) for each in county.spreads]
    paper.text(*(f"{told}。" for told in doubtful if told))


def _failing(paper: Paper, county: CountyVerdict) -> None:
    failing = sorted(
        (part for part in county.parts if part.verdict is Verdict.FAIL),
        key=lambda part: (part.met, part.school_code, part.stage),
    )
    blank = [told for part in county.parts if (told := blank_sentence(part))]
    if failing:
        needed = county.standard.needed
        paper.text(
            f"未达标的学段部{len(failing)}个，按达标项数从少到多列出（须达标{needed}项以上）；逐校数值见附录一。"
        )
    paper.table(
        "未达标的学校（学段部）",
        [
            Column("序号", 10, "center"),
            Column("学校（学段部）", 46),
            Column("学段", 12, "center"),
            Column("达标项数", 14, "center"),
            Column("哪些指标、差多少（按全校计）", 74),
        ],
        [_part(number, part) for number, part in enumerate(failing, start=1)],
        empty="没有未达标的学校",
    )
    paper.text(*(f"{told}。" for told in blank))


def _part(number: int, part: PartVerdict) -> list[Cell]:
    return [number, part.title, part.stage.label, part.met, part_sentence(part)]
