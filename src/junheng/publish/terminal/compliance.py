"""A compliance plan in the terminal: what to do, what it costs, what it brings, what is proven."""

from collections.abc import Sequence
from fractions import Fraction

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table

from junheng.publish.compliances import (
    NOTICE,
    failing_text,
    headline,
    item_figures,
    label_of,
    proof,
    wan,
    what_if_text,
    worth_text,
)
from junheng.publish.terminal.looks import WARNING_STYLE, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import is_demonstration
from junheng.studies import ComplianceStudy, FrontierPoint

SHOWN = 12
"""Requirements left unmet that the terminal names; the book has them all."""


def show_compliance(study: ComplianceStudy) -> RenderableType:
    """The plan, its certificate and its assumptions."""
    left = [
        failing_text(study, each) + (f"：{each.reason}" if each.reason else "")
        for each in study.answer.left
    ]
    more = [f"等{len(left)}项，全部见达标方案.xlsx"] if len(left) > SHOWN else []
    return Group(
        _head(study),
        section("措施与费用", _items(study)),
        *([section("分年度、分来源的经费", _budgets(study))] if study.answer.paid else []),
        *([section("达不到的要求", items([*left[:SHOWN], *more]))] if left else []),
        section("前后对比（同一引擎评估）", _areas(study)),
        *_money(study),
        section("证明", items(list(proof(study)))),
        section("假设", items(list(study.answer.assumptions))),
    )


def _head(study: ComplianceStudy) -> Panel:
    answer = study.answer
    lines: list[RenderableType] = [
        Prose(headline(study), "bold"),
        Prose(f"价格：{answer.prices.title}（{answer.prices.status}）。{answer.on}有效的要求。"),
        Prose(f"{NOTICE}。", WARNING_STYLE),
    ]
    if any(is_demonstration(county) for county in study.today.counties):
        lines.append(Prose("以下是演示数据，不是任何真实学校的情况。", WARNING_STYLE))
    return Panel(Group(*lines), title="达标方案", box=box.ROUNDED, padding=(0, 1))


def _items(study: ComplianceStudy) -> Table:
    table = ruled("措施", "数量", "学校", "费用")
    for column in table.columns[1:]:
        column.justify = "right"
    for each in item_figures(study):
        table.add_row(Prose(label_of(each)), f"{each.amount:,}{each.unit}", f"{each.schools}所", wan(each.cost))  # fmt: skip
    return table


def _budgets(study: ComplianceStudy) -> Table:
    table = ruled("学年", "来源", "经费", "用去")
    for column in table.columns[2:]:
        column.justify = "right"
    for each in study.answer.paid:
        budget = each.budget
        table.add_row(
            f"{budget.year}", Prose(budget.name), wan(Fraction(budget.yuan)), wan(each.yuan)
        )
    return table


def _areas(study: ComplianceStudy) -> Table:
    years = study.certificate.years
    table = ruled("区县", "方面", "今天", *(f"{each.year}学年" for each in years))
    for county, areas in study.certificate.areas.items():
        for place, (title, before, _) in enumerate(areas):
            after = (each.areas[county][place][2].value for each in years)
            table.add_row(Prose(study.answer.counties[county]), title, before.value, *after)
    return table


def _money(study: ComplianceStudy) -> list[Group]:
    """What less money achieves, and what the budgets asked about do."""
    found = [section("经费与达标", _points(study.frontier))] if study.frontier else []
    if study.what_if:
        told = [what_if_text(point) for point in study.what_if]
        found.append(section("只有这么多钱时", Group(_points(study.what_if), items(told))))
    if study.worth:
        found.append(section("不作这项要求，能省多少", _worth(study)))
    return found


def _worth(study: ComplianceStudy) -> Table:
    """The dearest first; what saves nothing is left out."""
    table = ruled("要求", "省", "至少", "至多")
    for column in table.columns[1:]:
        column.justify = "right"
    for each in sorted(study.worth, key=lambda saving: -saving.saved):
        if each.saved:
            bounds = (wan(Fraction(round(n))) for n in (each.at_least, each.at_most))
            table.add_row(Prose(worth_text(each)), wan(each.saved), *bounds)
    return table


def _points(points: Sequence[FrontierPoint]) -> Table:
    table = ruled("经费", "用去", "达不到", "已证明至少", "达标学校", "达标项目")
    for column in table.columns:
        column.justify = "right"
    for each in points:
        table.add_row(
            wan(each.budget), wan(each.cost), f"{len(each.left)}项", f"{each.fewest}项",
            f"{each.schools_passing}/{each.schools}", f"{each.lines_passing}/{each.lines}",
        )  # fmt: skip
    return table
