"""附录: values of every school, exceptions and who is left out, the data audit, definitions and clauses."""

from dataclasses import replace

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, Verdict
from junheng.publish.book.cells import Cell, Word, tone_of
from junheng.publish.book.definitions import clauses, definitions
from junheng.publish.book.left_out import left_out
from junheng.publish.book.provenance import explanations, provenance, unverified
from junheng.publish.digits import exact_text, value_text
from junheng.publish.shortfalls import shortfalls
from junheng.publish.word.frame import LYING
from junheng.publish.word.grid import Column
from junheng.publish.word.listed import put_listing
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import said
from junheng.publish.wording import short_label, verdict_word
from junheng.studies import Study

MOST = 60
"""Rows of a long audit list that are printed; the result book has all."""


def appendices(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.turn(LYING)
    paper.appendix("各校指标")
    _schools(paper, county)
    _points(paper, county)
    paper.appendix("不参加计算的学校和例外的使用")
    here = only(study, county)
    put_listing(
        paper, "不参加计算、并入主校、缺报和例外", left_out(here),
        [Column("类别", 22, "center"), Column("学校代码", 26, "center"), Column("学校名称", 58),
         Column("学段", 26, "center"), Column("原因", 78), Column("处理", 50)],
    )  # fmt: skip
    paper.appendix("数据审核记录")
    audit(paper, here)
    paper.appendix("指标定义和条款")
    law(paper, here)


def _schools(paper: Paper, county: CountyVerdict) -> None:
    codes = county.standard.indicators
    paper.table(
        "各校（学段部）七项指标",
        [
            Column("学校代码", 22, "center"),
            Column("学校（学段部）", 50),
            Column("学段", 10, "center"),
            Column("学生数", 15, "right"),
            *(Column(f"{code}\n{short_label(code)}", 18, "right") for code in codes),
            Column("达标项数", 12, "center"),
            Column("结论", 18, "center"),
        ],
        [_school(part) for part in county.parts],
        points=8,
        empty="没有学校数据",
        note=f"标准（不低于）：{_limits(county)}。红色为低于标准，黄色为临界，灰色为缺数据。",
    )


def _limits(county: CountyVerdict) -> str:
    codes = county.standard.indicators
    return "；".join(
        f"{stage.label}" + "、".join(f"{c} {exact_text(county.standard.limit(c, stage))}" for c in codes)
        for stage in county.standard.stages
    )  # fmt: skip


def _school(part: PartVerdict) -> list[Cell]:
    word = Word(verdict_word(part.verdict, near=part.near), tone_of(part.verdict, near=part.near))
    values = [_value(each) for each in part.indicators]
    return [part.school_code, part.title, part.stage.label, part.pupils, *values, part.met, word]


def _value(judged: PartIndicator) -> Word:
    return Word(value_text(judged), tone_of(judged.verdict, near=judged.near))


def _points(paper: Paper, county: CountyVerdict) -> None:
    """What every school is asked beside the seven indicators, where it is not met."""
    seven = set(county.standard.indicators)
    paper.table(
        "其他逐校要求中未达标、缺数据的学校",
        [
            Column("代码", 12, "center"),
            Column("学校代码", 24, "center"),
            Column("学校", 52),
            Column("事项", 66),
            Column("数值", 24, "right"),
            Column("标准", 24, "right"),
            Column("结论", 16, "center"),
            Column("差距或须补报", 42),
        ],
        [
            [s.code, s.school_code, s.school_name, s.what or s.limit, *_figures(s.what, s.found, s.limit), said(s.verdict), s.gap]
            for s in shortfalls(county)
            if s.school_code and s.code not in seven
        ],
        empty="没有",
        points=8,
    )  # fmt: skip


def _figures(what: str, found: str, limit: str) -> list[Cell]:
    return [found, limit] if what else [Verdict.NO_DATA.value, "—"]


def only(study: Study, county: CountyVerdict) -> Study:
    """The study as if it were of this county alone: lists of the book name no other."""
    return replace(study, assessment=replace(study.assessment, counties=(county,)))


def audit(paper: Paper, study: Study) -> None:
    """Seal, sources, explanations, checks that did not run."""
    put_listing(
        paper, "评估、封存与来源文件", provenance(study),
        [Column("类别", 30, "center"), Column("项目", 80), Column("内容", 150)],
    )  # fmt: skip
    put_listing(
        paper, "填报时说明的异常", explanations(study),
        [Column("表", 34), Column("学校（区县）名称", 56), Column("项目", 62), Column("填报值", 32),
         Column("异常说明", 76)],
        most=MOST,
    )  # fmt: skip
    put_listing(
        paper, "没有执行的检查", unverified(study),
        [Column("检查代号", 30, "center"), Column("没有执行的原因", 230)],
    )  # fmt: skip


def law(paper: Paper, study: Study) -> None:
    """Definitions of the indicators and the clauses that took part."""
    put_listing(
        paper, "指标定义", definitions(study),
        [Column("指标", 14, "center"), Column("名称", 62), Column("单位", 22, "center"),
         Column("公式", 92), Column("学段分摊", 24, "center"), Column("来源", 46)],
    )  # fmt: skip
    put_listing(
        paper, "本次评估用到的条款", clauses(study),
        [Column("条款代号", 32), Column("用途", 22, "center"), Column("要点", 70), Column("数值", 36),
         Column("依据文件", 68), Column("条号", 16, "center"), Column("文本核对", 16, "center")],
    )  # fmt: skip
