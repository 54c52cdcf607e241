"""A policy diff in the terminal: which clauses differ, which verdicts change, which schools newly fail."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from junheng.publish.against_words import (
    clause_heading,
    field_sentences,
    headline_against,
    mark_sentences,
    verdicts_words,
)
from junheng.publish.terminal.looks import WARNING_STYLE, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import is_demonstration
from junheng.studies import Against, VerdictChange
from junheng.years import SchoolYear


def show_against(found: Against) -> RenderableType:
    """The whole comparison."""
    return Group(_head(found), *_clauses(found), *_verdicts(found), *_schools(found))


def _head(found: Against) -> Panel:
    base = found.before
    lines: list[RenderableType] = [Prose(headline_against(found), "bold")]
    if found.idle:
        lines.append(Prose(f"注意：{found.idle}。", WARNING_STYLE))
    lines.append(
        Prose(
            f"对照文件：《{found.other.title}》（{found.other.name}，适用{found.other.place}）；"
            f"方案：{base.scheme}；{SchoolYear(base.year)}；评估日期{base.on}"
        )
    )
    if any(is_demonstration(county) for county in base.counties):
        lines.append(Prose("以下是演示数据，不是任何真实学校的情况。", WARNING_STYLE))
    title = Text("换一份文件，结论怎样变", "bold")
    return Panel(Group(*lines), title=title, box=box.ROUNDED, padding=(0, 1))


def _clauses(found: Against) -> Iterator[RenderableType]:
    if not found.clauses:
        yield section("不同的条款", Prose("没有"))
        return
    table = ruled("条款", "改了什么")
    for change in found.clauses:
        told = field_sentences(change) or ["只改条号、来源或可信度"]
        table.add_row(clause_heading(change), Group(*(Prose(line) for line in told)))
    yield section(f"不同的条款（{len(found.clauses)}条）", table)


def _verdicts(found: Against) -> Iterator[RenderableType]:
    listed = [c for kind in ("county", "area", "line", "spread") for c in found.of(kind)]
    if listed:
        yield section("区县、方面、指标、差异系数：改变的结论", _table(listed, "结论"))
    elif found.changes:
        yield section("区县、方面、指标、差异系数", Prose("没有结论改变"))


def _schools(found: Against) -> Iterator[RenderableType]:
    for title, changes in (
        ("新增不达标的学校", found.newly_failing),
        ("新增达标的学校", found.newly_passing),
    ):
        if changes:
            yield section(f"{title}（{len(changes)}个）", _table(changes, "学校（学段部）"))
    told = {*map(id, (*found.newly_failing, *found.newly_passing))}
    rest = [c for kind in ("part", "school") for c in found.of(kind) if id(c) not in told]
    if rest:
        lines = [f"{each.point.title}：{verdicts_words(each)}" for each in rest]
        yield section(f"其他改变的学校（{len(rest)}个）", items(lines))


def _table(changes: Sequence[VerdictChange], first: str) -> Table:
    table = ruled(first, "原结论 → 新结论", "数值与要求")
    table.columns[0].max_width = 40
    for change in changes:
        told = [Prose(line) for line in mark_sentences(change)]
        table.add_row(Prose(change.point.title), verdicts_words(change), Group(*told))
    return table
