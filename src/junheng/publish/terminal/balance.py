"""City-wide balance in the terminal: the city at a glance, one indicator by its groups, the years."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from junheng.publish.balance_words import (
    MEANING,
    NONE,
    balance_title,
    caveat,
    group_cv_text,
    number_text,
    percent_text,
    preface,
)
from junheng.publish.terminal.looks import WARNING_STYLE, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import short_label
from junheng.schema import Stage
from junheng.studies import BY, BalanceGroup, BalanceStudy, CityFigure
from junheng.years import SchoolYear

MOST = 20
"""So many schools without data are named; the workbook has all."""


def show_balance(study: BalanceStudy) -> RenderableType:
    """The latest year stage by stage, the years side by side; a single indicator by its groups."""
    stages = dict.fromkeys(each.stage for each in study.figures)
    latest = study.at(study.years[-1])
    body: list[RenderableType] = [Text(), _head(study)]
    for stage in stages:
        here = [each for each in latest if each.stage is stage]
        body.append(section(f"{stage.label}　{SchoolYear(study.years[-1])}", _overview(here)))
        if len(here) == 1:
            body += _groups(here[0])
        if len(study.years) > 1:
            body += _years(study, stage)
    return Group(*body, *_lacking(study))


def _head(study: BalanceStudy) -> Panel:
    lines = [*preface(study), MEANING]
    return Panel(
        Group(*(Prose(line) for line in lines)),
        title=Text(balance_title(study), "bold"),
        padding=(0, 1),
    )


def _overview(figures: list[CityFigure]) -> Table:
    table = _numbers(
        "指标", "", "学段部", "均值", "差异系数", "基尼", "区县间", "城乡间", "公民间", words=2
    )
    for each in figures:
        table.add_row(
            each.indicator,
            Prose(short_label(each.indicator)),
            _standing(each.whole),
            _mean(each.whole),
            group_cv_text(each.whole),
            _gini(each.whole),
            *(percent_text(each.by(by).between) for by in BY),
        )
    return table


def _numbers(*titles: str, words: int) -> Table:
    """A table whose first columns hold words and may wrap, the others numbers that may not."""
    table = ruled(*titles[:words])
    for title in titles[words:]:
        table.add_column(title, justify="right", no_wrap=True)
    return table


def _groups(figure: CityFigure) -> Iterator[RenderableType]:
    for by, what in BY.items():
        grouping = figure.by(by)
        table = _numbers("", "学段部", "均值", "比全市", "差异系数", "基尼", "占全市差距", words=1)
        table.add_column("")
        for group in grouping.groups:
            table.add_row(Prose(group.name), *_cells(group), Prose(caveat(group), "dim"))
        told = f"之间{percent_text(grouping.between)}，之内{percent_text(grouping.within)}"
        yield section(f"按{what}（{told}）", table)


def _cells(group: BalanceGroup) -> Iterator[str]:
    yield _standing(group)
    yield _mean(group)
    yield number_text(group.ratio, 2)
    yield group_cv_text(group)
    yield _gini(group)
    yield percent_text(group.share)


def _standing(group: BalanceGroup) -> str:
    """On how many parts, and of how many where some are missing: 45/46."""
    return str(group.parts) if group.complete else f"{group.parts}/{group.of}"


def _mean(group: BalanceGroup) -> str:
    return number_text(None if group.figures is None else group.figures.mean, 2)


def _gini(group: BalanceGroup) -> str:
    return number_text(None if group.figures is None else group.figures.gini, 3)


def _years(study: BalanceStudy, stage: Stage) -> Iterator[RenderableType]:
    held = {(f.indicator, f.year): f for f in study.figures if f.stage is stage}
    codes = dict.fromkeys(code for code, _ in held)
    for title, told in (("差异系数历年", _cv), ("区县之间占方差历年", _between)):
        table = _numbers("指标", "", *(str(SchoolYear(y)) for y in study.years), words=2)
        for code in codes:
            cells = (told(held[code, y]) if (code, y) in held else NONE for y in study.years)
            table.add_row(code, Prose(short_label(code)), *cells)
        yield section(f"{stage.label}{title}", table)


def _cv(figure: CityFigure) -> str:
    return group_cv_text(figure.whole)


def _between(figure: CityFigure) -> str:
    return percent_text(figure.by("unit").between)


def _lacking(study: BalanceStudy) -> Iterator[RenderableType]:
    found = dict.fromkeys(
        f"{SchoolYear(figure.year)}　{study.units[figure.year].get(each.county, each.county)}　"
        f"{each.code} {each.name}：{each.reason}。"
        for figure in study.figures
        for each in figure.lacking
    )
    if found:
        rest = len(found) - MOST
        more = [f"另有{rest}所，见工作簿“缺数据”。"] if rest > 0 else []
        lines = [*list(found)[:MOST], *more]
        yield section(f"缺数据（{len(found)}）", items(lines, style=WARNING_STYLE))
