"""附录: failing schools, every line of every county, who is left out, the data audit, clauses."""

from collections.abc import Sequence

from junheng.diagnosis import CountyVerdict, PartVerdict, Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.book.left_out import left_out
from junheng.publish.word.city import City
from junheng.publish.word.frame import LYING
from junheng.publish.word.grid import Column
from junheng.publish.word.listed import put_listing
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report.appendices import audit, law, only
from junheng.publish.word.telling import said
from junheng.publish.wording import part_sentence

ABREAST = 15
"""So many counties stand side by side in a table."""
WIDE, CODE, LABEL = 261, 11, 40
MOST = 60


def appendices(paper: Paper, city: City) -> None:
    paper.turn(LYING)
    paper.appendix("未达标的学校")
    _schools(paper, city)
    paper.appendix("各区县全部指标的结论")
    _lines(paper, city)
    paper.appendix("不参加计算的学校和例外的使用")
    put_listing(
        paper, "不参加计算、并入主校、缺报和例外", left_out(city.study),
        [Column("区县", 30), Column("类别", 20, "center"), Column("学校代码", 24, "center"),
         Column("学校名称", 54), Column("学段", 20, "center"), Column("原因", 69), Column("处理", 44)],
        most=MOST,
    )  # fmt: skip
    paper.appendix("数据审核记录")
    audit(paper, city.study)
    paper.appendix("指标定义和条款")
    law(paper, only(city.study, city.counties[0]))
    if not city.uniform:
        paper.note(f"以上为{city.counties[0].name}适用的条款；其他区县的见各自的自评报告。")


def _schools(paper: Paper, city: City) -> None:
    rows: list[list[Cell]] = [
        [county.name, part.school_code, part.title, part.stage.label, part.pupils, part.met, part_sentence(part)]
        for county in city.counties
        for part in sorted(_failing(county), key=lambda p: (p.met, p.school_code, p.stage))
    ]  # fmt: skip
    paper.table(
        "未达标的学校（学段部），按区县、达标项数排列",
        [
            Column("区县", 30),
            Column("学校代码", 24, "center"),
            Column("学校（学段部）", 56),
            Column("学段", 12, "center"),
            Column("学生数", 15, "right"),
            Column("达标项数", 14, "center"),
            Column("哪些指标、差多少（按全校计）", 110),
        ],
        rows,
        empty="没有未达标的学校",
        points=8,
    )


def _failing(county: CountyVerdict) -> list[PartVerdict]:
    return [part for part in county.parts if part.verdict is Verdict.FAIL]


def _lines(paper: Paper, city: City) -> None:
    for start in range(0, len(city.counties), ABREAST):
        held = city.counties[start : start + ABREAST]
        wide = (WIDE - CODE - LABEL) / ABREAST
        for _, title, lines in city.areas():
            paper.table(
                f"{title}：各区县结论" if len(held) == len(city.counties) else f"{title}：{held[0].name}至{held[-1].name}",
                [
                    Column("代码", CODE, "center"),
                    Column("指标", LABEL),
                    *(Column(county.name, wide, "center") for county in held),
                ],
                [[code, label, *_said(held, code)] for code, label in lines],
                points=8,
            )  # fmt: skip


def _said(counties: Sequence[CountyVerdict], code: str) -> list[Cell]:
    found: list[Cell] = []
    for county in counties:
        line = next((each for each in county.lines if each.code == code), None)
        found.append("—" if line is None else said(line.verdict))
    return found
