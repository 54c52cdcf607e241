"""Appendices: every school before and after, the prices of what is done."""

from collections.abc import Iterator

from junheng.publish.book.cells import Cell, Tone, Word, tone_of
from junheng.publish.compliance_changes import PartChange, part_changes
from junheng.publish.compliance_figures import price_rows, single
from junheng.publish.digits import value_text
from junheng.publish.word.frame import LYING, OFFICIAL
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import said
from junheng.publish.wording import short_label
from junheng.studies import ComplianceStudy

MOST = 400
"""Stage parts that the document lists; the book has them all."""
ARROW = "→"


def appendices(paper: Paper, study: ComplianceStudy) -> None:
    paper.turn(LYING)
    paper.appendix("学校与七项指标，前后对比")
    _matrix(paper, study)
    paper.turn(OFFICIAL)
    paper.appendix("所用的价格")
    _prices(paper, study)


def _matrix(paper: Paper, study: ComplianceStudy) -> None:
    parts = part_changes(study)
    if len(parts) > MOST:
        paper.text(f"共{len(parts)}个学段部，见达标方案.xlsx“前后对比”和达标方案.html。")
        return
    codes = study.today.counties[0].standard.indicators
    lead = [] if single(study) else [Column("区县", 24, joined=True)]
    paper.table(
        "学段部的数值，今天→做完以后",
        [
            *lead,
            Column("学校", 46 if single(study) else 34),
            Column("学段", 12, "center"),
            Column("今天", 16, "center", "结论"),
            Column("做完以后", 16, "center", "结论"),
            *(Column(f"{code} {short_label(code)}", 24 if single(study) else 22, "center") for code in codes),
        ],
        [[*([] if single(study) else [each.county]), *_cells(each)] for each in parts],
        note="底色是做完以后的结论；没有箭头的，方案不改变这个数。",
    )  # fmt: skip


def _cells(part: PartChange) -> Iterator[Cell]:
    before, after = part.before, part.after
    yield before.school_name
    yield before.stage.label
    yield said(before.verdict)
    yield said(after.verdict)
    for one, other in part.pairs:
        same = one.value == other.value
        told = value_text(other) if same else f"{value_text(one)}{ARROW}{value_text(other)}"
        tone = (
            Tone.PLAIN
            if same and tone_of(other.verdict) is Tone.GOOD
            else tone_of(other.verdict, near=other.near)
        )
        yield Word(told, tone)


def _prices(paper: Paper, study: ComplianceStudy) -> None:
    prices = study.answer.prices
    paper.text(f"价格表：{prices.title}（{prices.status}），{prices.date}。来源：{prices.source}。")
    paper.table(
        "方案用到的价格",
        [
            Column("项目", 60),
            Column("单价", 34, "right"),
            Column("来源", 28, "center"),
            Column("日期", 20, "center"),
            Column("置信", 14, "center"),
        ],
        [list(row) for row in price_rows(study)],
        empty="没有用到任何价格",
    )
