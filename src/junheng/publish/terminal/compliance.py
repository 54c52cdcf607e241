"""A compliance plan in the terminal: what to do, what it costs, what it brings, what is proven."""

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table

from junheng.publish.compliances import (
    NOTICE,
    failing_text,
    headline,
    item_figures,
    proof,
    wan,
)
from junheng.publish.terminal.looks import WARNING_STYLE, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import is_demonstration
from junheng.studies import ComplianceStudy

SHOWN = 12
"""Requirements left unmet that the terminal names; the book has them all."""


def show_compliance(study: ComplianceStudy) -> RenderableType:
    """The plan, its certificate and its assumptions."""
    left = [failing_text(each) for each in study.answer.left]
    more = [f"等{len(left)}项，全部见达标方案.xlsx"] if len(left) > SHOWN else []
    return Group(
        _head(study),
        section("措施与费用", _items(study)),
        *([section("达不到的要求", items([*left[:SHOWN], *more]))] if left else []),
        section("前后对比（同一引擎评估）", _areas(study)),
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
        table.add_row(Prose(each.label), f"{each.amount:,}{each.unit}", f"{each.schools}所", wan(each.cost))  # fmt: skip
    return table


def _areas(study: ComplianceStudy) -> Table:
    table = ruled("区县", "方面", "今天", f"{study.answer.by}学年")
    for county, areas in study.certificate.areas.items():
        for title, before, after in areas:
            table.add_row(Prose(study.answer.counties[county]), title, before.value, after.value)
    return table
