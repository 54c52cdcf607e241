"""Readings in the terminal: which verdicts are firm, which reading flips which, what to ask."""

from collections.abc import Callable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from junheng.diagnosis import CountyVerdict
from junheng.publish.reading_words import (
    choices_words,
    firmness,
    headline_of,
    tried_sentence,
    turn_sentence,
    verdict_or_none,
)
from junheng.publish.terminal.looks import VERDICT_STYLE, WARNING_STYLE, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import county_title, is_demonstration, listed
from junheng.standards import Switch
from junheng.studies import KINDS, Readings, Robustness, Turn
from junheng.years import SchoolYear

WHOLE_COUNTY = ("county", "area", "line", "spread")


def show_readings(readings: Readings) -> RenderableType:
    """Every county of the study, then what must be asked of the authority."""
    counties = [_county(readings, county) for county in readings.base.counties]
    return Group(_head(readings), *counties, *_questions(readings), *_limits(readings))


def _head(readings: Readings) -> Panel:
    base = readings.base
    lines: list[RenderableType] = [
        Prose(headline_of(readings), "bold"),
        Prose(tried_sentence(readings)),
        Prose(
            f"方案：{base.scheme}；{SchoolYear(base.year)}；评估日期{base.on}；{_taken(readings)}"
        ),
    ]
    if any(is_demonstration(county) for county in base.counties):
        lines.append(Prose("以下是演示数据，不是任何真实学校的情况。", WARNING_STYLE))
    title = Text("结论经得起不同读法吗", "bold")
    return Panel(Group(*lines), title=title, box=box.ROUNDED, padding=(0, 1))


def _taken(readings: Readings) -> str:
    chosen = [f"{code}={option}" for code, option in sorted(readings.switches.readings.items())]
    chosen += [each for each in (readings.switches.variant,) if each and not chosen]
    chosen += [f"启用{code}" for code in readings.switches.relaxations]
    return f"基准口径：{'、'.join(chosen)}" if chosen else "基准：全部取默认口径"


def _county(readings: Readings, county: CountyVerdict) -> RenderableType:
    found = [each for each in readings.found if each.point.county == county.code]
    return Group(*_whole(county, found), *_schools(found))


def _whole(county: CountyVerdict, found: Sequence[Robustness]) -> Iterator[RenderableType]:
    shown = [each for each in found if each.point.kind in ("county", "area") or _lower(each)]
    table = ruled("结论", "现在", "各种口径下", "换哪种口径会变，变成什么")
    table.columns[0].max_width = 34
    for each in shown:
        style = VERDICT_STYLE[each.verdict] if each.verdict is not None else "dim"
        told = [Prose(turn_sentence(turn)) for turn in each.turns] or [Prose("")]
        table.add_row(
            Prose(each.point.title),
            Text(verdict_or_none(each.verdict), style),
            Text(firmness(each), "" if each.holds else WARNING_STYLE),
            Group(*told),
        )
    yield section(f"{county_title(county)}：区县、方面、指标、差异系数", table)
    quiet = sum(each.point.kind in WHOLE_COUNTY for each in found) - len(shown)
    if quiet:
        yield Prose(f"其余{quiet}项指标与差异系数的结论，在全部口径下都成立。", "dim")


def _lower(each: Robustness) -> bool:
    return each.point.kind in ("line", "spread") and bool(each.turns)


def _schools(found: Sequence[Robustness]) -> Iterator[RenderableType]:
    """Parts and schools by reading and change: many schools turn the same way."""
    for kind in ("part", "school"):
        here = [each for each in found if each.point.kind == kind]
        groups = _groups(here, lambda turn: turn.flips)
        if groups:
            judged = sum(each.verdict is not None for each in here)
            turning = sum(any(turn.flips for turn in each.turns) for each in here)
            title = f"{KINDS[kind]}的结论：{judged}个里会变的{turning}个"
            yield section(title, _grouped(groups))
    parts = [each for each in found if each.point.kind == "part"]
    groups = _groups(parts, lambda turn: not turn.flips)
    if groups:
        yield section("七项指标里计入哪些学校，口径不同就不同", _grouped(groups))


Change = tuple[str, str, str]
"""The reading, the verdict before, the verdict after."""


def _groups(found: Sequence[Robustness], wanted: Callable[[Turn], bool]) -> dict[Change, list[str]]:
    groups: dict[Change, list[str]] = {}
    for each in found:
        for turn in filter(wanted, each.turns):
            note = "（只作比较）" if turn.only_compared else ""
            choice = f"{choices_words(turn.choices)}{note}"
            key = (choice, verdict_or_none(turn.was), verdict_or_none(turn.becomes))
            groups.setdefault(key, []).append(each.point.title)
    return groups


def _grouped(groups: dict[Change, list[str]]) -> Table:
    table = ruled("换成的口径", "由", "变为", "个数", "哪些")
    table.columns[3].justify = "right"
    table.columns[0].max_width = 44
    for (choice, before, after), titles in groups.items():
        names = Prose(listed(titles, counter="个"))
        table.add_row(Prose(choice), before, after, str(len(titles)), names)
    return table


def _questions(readings: Readings) -> Iterator[RenderableType]:
    hanging = [(switch, count) for switch, count in readings.questions if count]
    if hanging:
        yield section("要向主管部门请示的（先问影响结论最多的）", _asked(hanging))
    turning = {
        choice.switch.code
        for each in readings.found
        for turn in each.turns
        for choice in turn.choices
    }
    quiet = [switch.title for switch, _ in readings.questions if switch.code not in turning]
    if quiet:
        yield section(
            f"另有{len(quiet)}处口径未决，但不改变这份数据的任何结论",
            Prose("；".join(quiet), "dim"),
        )


def _asked(hanging: list[tuple[Switch, int]]) -> Table:
    table = ruled("影响结论", "请示的问题", "平台现在的读法与理由")
    table.columns[0].justify = "right"
    for switch, count in hanging:
        default = next(o.label for o in switch.option if o.code == switch.default)
        table.add_row(
            f"{count}个",
            Prose(switch.question),
            Prose(f"{switch.title}：默认“{default}”。{switch.reason}（{switch.code}）"),
        )
    return table


def _limits(readings: Readings) -> Iterator[RenderableType]:
    told = [f"{c.switch.title}“{c.option.label}”没有试：{why}" for c, why in readings.refused]
    yield section("说明", items([*told, *readings.pairs_untried]))
