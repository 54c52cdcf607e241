"""二: what is done, over all and school by school, year by year, with its cost and its effect."""

from junheng.publish.book.cells import Cell, Number
from junheng.publish.class_sizes import wan
from junheng.publish.compliance_figures import SchoolWork, school_works, single, what_text
from junheng.publish.compliances import item_figures, label_of
from junheng.publish.digits import at_places
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.studies import ComplianceStudy

COLUMNS = (
    Column("学校", 38),
    Column("学年", 12, "center"),
    Column("措施", 43),
    Column("费用（万元）", 23, "right"),
    Column("作用（现状→做完以后）", 40),
)
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
    paper.heading("逐校措施", 2)
    works = school_works(study)
    for county in study.answer.counties.values():
        held = [each for each in works if each.county == county]
        title = "逐校措施、费用和作用" if single(study) else f"{county}逐校措施、费用和作用"
        paper.table(
            title, COLUMNS, [_row(each) for each in held], empty="不需要任何措施", note=SHOWN
        )


def _row(each: SchoolWork) -> list[Cell]:
    done = "，".join(what_text(action) for action in each.actions)
    cost = Number(at_places(each.cost / 10_000, 2), 2)
    return [each.name, str(each.year), done, cost, "；".join(each.effects) or "—"]
