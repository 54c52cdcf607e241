"""Every finding of a check, grouped 必须改 / 请说明 / 提示, none left out."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from junheng.publish.terminal.looks import LEVEL_STYLE, items, section
from junheng.publish.terminal.prose import Prose
from junheng.registry import Finding, Level, Report

WHAT_TO_DO = {
    Level.MUST_FIX: "改正后才能封存",
    Level.EXPLAIN: "核对；确属实情的，在“异常说明”栏写明原因",
    Level.NOTE: "供参考，可以不改",
}


def show_findings(report: Report) -> RenderableType:
    """All findings of a report with place, what was found, what is allowed and how to mend."""
    return Group(*_shown(report))


def _shown(report: Report) -> Iterator[RenderableType]:
    for level in Level:
        found = report.at(level)
        if found:
            yield Text()
            yield Text(f"{level}（{len(found)}处）：{WHAT_TO_DO[level]}", LEVEL_STYLE[level])
            for number, each in enumerate(found, start=1):
                yield from _finding(number, each)
    if report.missing_schools:
        names = [f"{code}　{name}" for code, name in report.missing_schools]
        yield section(f"缺报学校（{len(names)}所）：在学校名册上，没有填报", items(names))
    if report.unverified:
        lines = [f"{code}：{reason}" for code, reason in report.unverified]
        yield section(f"未核验（{len(lines)}项）：现有材料不足，没有检查", items(lines))
    yield Text()
    yield _summary(report)


def _finding(number: int, each: Finding) -> Iterator[RenderableType]:
    lead = f"{number:>4}. "
    indent = " " * len(lead)
    yield Prose(f"{lead}{each.origin}　〔{each.check}〕", "bold", hang=len(lead))
    for label, text in (("查到", each.found), ("要求", each.allowed), ("改法", each.mend)):
        if text:
            yield Prose(f"{indent}{label}：{text}", hang=len(lead) + 6)


def _summary(report: Report) -> RenderableType:
    counts = "、".join(f"{level} {len(report.at(level))} 处" for level in Level)
    filed = len(report.filing.of("schools"))
    told = f"检查完毕：读入{len(report.filing.sources)}个文件、{filed}所学校；{counts}。"
    if report.acceptable:
        return Prose(f"{told}没有必须改的问题，可以封存。", LEVEL_STYLE[Level.NOTE])
    return Prose(f"{told}请先改正全部“{Level.MUST_FIX}”，再重新检查。", LEVEL_STYLE[Level.MUST_FIX])
