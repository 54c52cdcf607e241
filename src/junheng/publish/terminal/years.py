"""Several years in the terminal: verdicts and CVs by year, one school's line, what changed in between."""

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from junheng.diagnosis import PartIndicator, SpreadVerdict, Verdict
from junheng.publish.digits import spread_text, value_text
from junheng.publish.terminal.looks import (
    VERDICT_STYLE,
    WARNING_STYLE,
    items,
    ruled,
    section,
    verdict_style,
    verdict_text,
)
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import short_label
from junheng.publish.year_words import (
    CHANGED,
    CHANGED_TOLD,
    NO_SNAPSHOT,
    change_sentence,
    gap_words,
    invented,
    judged_by,
    jump_order,
    jump_sentence,
    life_words,
    lineage_sentence,
    turning_sentences,
    years_title,
)
from junheng.schema import Stage
from junheng.studies import CountyYears, SchoolYears, Years
from junheng.years import SchoolYear

MOST = 20
"""So many sentences of one kind are shown; the workbook has all."""


def show_years(years: Years, *, indicator: str = "", schools: bool = False) -> RenderableType:
    """The counties of these years; one indicator with every school; or (`schools`) schools only."""
    body: list[RenderableType] = [Text(), _head(years)]
    for county in () if schools else years.counties:
        body += _county(years, county, indicator)
    if schools:
        body += [_school(years, school, indicator) for school in years.schools]
    elif indicator:
        body += _every_school(years, indicator)
    return Group(*body, *_definitions(years), *([] if indicator else _stories(years)))


def _head(years: Years) -> Panel:
    latest = years.counties[0].latest.verdict if len(years.counties) == 1 else None
    style = "bold" if latest is None else VERDICT_STYLE[latest]
    lines: list[RenderableType] = [Prose(judged_by(years))]
    if gap_words(years):
        lines.append(Prose(f"{gap_words(years)}。", WARNING_STYLE))
    if invented(years):
        lines.append(Prose("以下是演示数据，不是任何真实学校的情况。", WARNING_STYLE))
    return Panel(Group(*lines), title=Text(years_title(years), style), padding=(0, 1))


def _by_year(years: Years, *first: str) -> Table:
    table = ruled(*first)
    for year in years.span:
        table.add_column(str(SchoolYear(year)))
    return table


def _nothing(years: Years, year: int) -> Text:
    """What stands where there is no figure."""
    return Text("—" if year in years.studies else NO_SNAPSHOT, "dim")


def _verdicts(years: Years, found: Mapping[int, Verdict], changed: frozenset[int]) -> list[Text]:
    cells = []
    for year in years.span:
        if year not in found:
            cells.append(_nothing(years, year))
            continue
        cell = verdict_text(found[year])
        cells.append(cell.append(CHANGED) if year in changed else cell)
    return cells


def _county(years: Years, county: CountyYears, indicator: str) -> Iterator[RenderableType]:
    name = f"{county.name}：" if len(years.counties) > 1 else ""
    if not indicator:
        yield section(f"{name}结论", _conclusions(years, county))
    keys = [key for key in county.keys if indicator in ("", key[1])]
    if keys:
        yield section(f"{name}校际差异系数", _spreads(years, county, keys))
        turning = list(turning_sentences(county)) if not indicator else []
        if turning:
            yield section(f"{name}结论变了的差异系数", items(turning))
    codes = [c for c in county.line_names if indicator in ("", c) and not county.measures(c)]
    if codes:
        yield section(f"{name}其他指标", _lines(years, county, codes))


def _conclusions(years: Years, county: CountyYears) -> Table:
    table = _by_year(years, "")
    none: frozenset[int] = frozenset()
    table.add_row(
        "结论", *_verdicts(years, {y: c.verdict for y, c in county.verdicts.items()}, none)
    )
    titles = {a.code: a.title for c in county.verdicts.values() for a in c.areas}
    for code, title in titles.items():
        found = {
            year: area.verdict
            for year, each in county.verdicts.items()
            for area in each.areas
            if area.code == code
        }
        table.add_row(f"　{title}", *_verdicts(years, found, none))
    counts = [_passing(years, county, year) for year in years.span]
    table.add_row("　达标学校", *counts)
    return table


def _passing(years: Years, county: CountyYears, year: int) -> str:
    if year not in county.verdicts:
        return NO_SNAPSHOT if year not in years.studies else "—"
    schools = list(county.verdicts[year].schools.values())
    return f"{schools.count(Verdict.PASS)}/{len(schools)}所"


def _spreads(years: Years, county: CountyYears, keys: list[tuple[Stage, str]]) -> Table:
    table = _by_year(years, "学段", "指标", "")
    for stage, code in keys:
        found = county.spread(stage, code)
        cells = [_spread(years, county.code, code, year, found.get(year)) for year in years.span]
        table.add_row(stage.label, code, Prose(short_label(code)), *cells)
    return table


def _spread(years: Years, county: str, code: str, year: int, spread: SpreadVerdict | None) -> Text:
    if spread is None:
        return _nothing(years, year)
    shown = spread_text(spread) if spread.cv is not None else spread.verdict.value
    mark = CHANGED if years.changed(county, year, code, spread=True) else ""
    word = "" if spread.cv is None else f" {spread.verdict}"
    return Text(f"{shown}{word}{mark}", verdict_style(spread.verdict, near=spread.near))


def _lines(years: Years, county: CountyYears, codes: list[str]) -> Table:
    table = _by_year(years, "指标", "")
    for code in codes:
        found = {year: line.verdict for year, line in county.line(code).items()}
        changed = frozenset(
            y for y in years.span if years.changed(county.code, y, code, spread=True)
        )
        table.add_row(code, Prose(county.line_names[code]), *_verdicts(years, found, changed))
    return table


# --- schools -----------------------------------------------------------------------------------


def _every_school(years: Years, code: str) -> Iterator[RenderableType]:
    """The values of one indicator in every school; for a line that asks schools, who fails it."""
    for stage in Stage:
        found = [each for each in years.schools if stage in each.parts]
        if found and any(county.measures(code) for county in years.counties):
            yield section(f"{stage.label}各校{code}", _one_indicator(years, found, stage, code))
    points = years.school_points(code)
    if points:
        table = _by_year(years, "学校代码", "学校")
        for life, verdicts in points:
            table.add_row(life.code, Prose(life.name), *_verdicts(years, verdicts, frozenset()))
        yield section(f"{code}没有达标的学校（任何一年）", table)


def _school(years: Years, school: SchoolYears, indicator: str) -> RenderableType:
    told = life_words(school.life, years)
    tables = [_one_part(years, school, stage, indicator) for stage in school.stages]
    return section(
        f"{school.life.code}　{school.life.name}", *([Prose(told, "dim")] if told else []), *tables
    )


def _one_part(years: Years, school: SchoolYears, stage: Stage, indicator: str) -> Table:
    table = _by_year(years, stage.label, "")
    parts = school.parts[stage]
    pupils = [Text(str(parts[y].pupils)) if y in parts else _nothing(years, y) for y in years.span]
    table.add_row("学生数", "", *pupils)
    verdicts = {year: part.verdict for year, part in parts.items()}
    table.add_row("结论", "", *_verdicts(years, verdicts, frozenset()))
    codes = {each.indicator for part in parts.values() for each in part.indicators}
    for code in sorted(c for c in codes if indicator in ("", c)):
        table.add_row(code, Prose(short_label(code)), *_values(years, school, stage, code))
    return table


def _values(years: Years, school: SchoolYears, stage: Stage, code: str) -> Iterator[Text]:
    for year in years.span:
        part = school.parts[stage].get(year)
        judged = next((i for i in part.indicators if i.indicator == code), None) if part else None
        changed = years.changed(school.life.county, year, code)
        yield _nothing(years, year) if judged is None else _value(judged, changed)


def _value(judged: PartIndicator, changed: bool) -> Text:
    mark = CHANGED if changed else ""
    return Text(f"{value_text(judged)}{mark}", verdict_style(judged.verdict, near=judged.near))


def _one_indicator(years: Years, found: list[SchoolYears], stage: Stage, code: str) -> Table:
    table = _by_year(years, "学校代码", "学校")
    for school in found:
        values = _values(years, school, stage, code)
        table.add_row(school.life.code, Prose(school.life.name), *values)
    return table


# --- what changed ------------------------------------------------------------------------------


def _definitions(years: Years) -> Iterator[RenderableType]:
    if years.changes:
        yield section(
            "口径变化",
            Prose(f"{CHANGED_TOLD}。"),
            _some([change_sentence(c) for c in years.changes]),
        )


def _stories(years: Years) -> Iterator[RenderableType]:
    """Where schools came from and went, and what jumped."""
    if years.lineage:
        yield section("学校沿革", _some([lineage_sentence(each) for each in years.lineage]))
    jumps = sorted(years.jumps, key=jump_order)
    if jumps:
        without = sum(not (jump.explanation or jump.lineage) for jump in jumps)
        title = f"变化大的数值（{len(jumps)}处，{without}处既没有异常说明也没有沿革）"
        yield section(title, _some([jump_sentence(jump) for jump in jumps]))


def _some(lines: list[str]) -> Group:
    """The first sentences, and how many more there are."""
    rest = len(lines) - MOST
    more = [f"另有{rest}条，见历年册。"] if rest > 0 else []
    return items([f"{line}。" for line in lines[:MOST]] + more)
