"""二: what is done, over all and school by school, year by year, with its cost and its effect."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.publish.book.cells import Cell, Number
from junheng.publish.class_sizes import wan
from junheng.publish.compliance_figures import (
    SchoolWork,
    items_by_year,
    school_works,
    single,
    what_text,
)
from junheng.publish.compliances import item_figures, label_of
from junheng.publish.digits import at_places
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.studies import ComplianceStudy

COLUMNS = (
    Column("学校", 38, joined=True),
    Column("学年", 12, "center"),
    Column("措施", 43),
    Column("费用（万元）", 23, "right"),
    Column("作用（现状→做完以后）", 40),
)
SAME = "同上"
LEAVING = "调出的学校不因此低于标准，调出与调入人数相等；只写人数，不涉及任何姓名。"
SHOWN = "作用是引擎评估推演事实的结果，按学校全部措施做完计。费用为四舍五入到百元的万元数，合计以精确数计算。"


def measures(paper: Paper, study: ComplianceStudy) -> None:
    paper.heading("主要措施")
    if not study.answer.plan.actions:
        paper.text("不需要任何措施。")
        return
    paper.heading("措施与费用", 2)
    figures = item_figures(study)
    for number, each in enumerate(figures, start=1):
        paper.text(
            f"{number}.{label_of(each)}{each.amount:,}{each.unit}，涉及学校{each.schools}所，"
            f"{wan(each.cost)}。"
        )
    if any(each.item == "teacher_move" for each in figures):
        paper.text(LEAVING)
    _years(paper, study)
    paper.heading("逐校措施", 2)
    works = school_works(study)
    for county in study.answer.counties.values():
        held = [each for each in works if each.county == county]
        title = "逐校措施、费用和作用" if single(study) else f"{county}逐校措施、费用和作用"
        paper.table(title, COLUMNS, list(_rows(held)), empty="不需要任何措施", note=SHOWN)


def _years(paper: Paper, study: ComplianceStudy) -> None:
    """What is done for which year, where there are several."""
    years = items_by_year(study)
    if len(years) < 2:  # one year is told already
        return
    paper.heading("分年度措施", 2)
    paper.table(
        "分年度措施和费用",
        [
            Column("学年", 24, "center", joined=True),
            Column("措施", 62),
            Column("数量", 24, "right"),
            Column("学校（所）", 20, "center"),
            Column("费用（万元）", 26, "right"),
        ],
        [
            [
                f"{year}学年",
                label_of(each),
                f"{each.amount:,}{each.unit}",
                each.schools,
                _cost(each.cost),
            ]
            for year, done in years.items()
            for each in done
        ],
        note=f"措施从所写学年的开始算数；费用算到{study.answer.last}学年末，包括从那一学年起每年的。",
    )


def _cost(yuan: Fraction) -> Number:
    return Number(at_places(yuan / 10_000, 2), 2)


def _rows(works: Sequence[SchoolWork]) -> Iterator[list[Cell]]:
    """One row a school and year; what is changed at a school stands in its first."""
    before = ""
    for each in works:
        done = "，".join(what_text(action) for action in each.actions)
        effect = SAME if each.code == before else "；".join(each.effects) or "—"
        yield [each.name, str(each.year), done, _cost(each.cost), effect]
        before = each.code
