"""The screen in the terminal: each question with its numbers, honest causes, what to ask for."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from junheng.diagnosis.screening import Question, screens
from junheng.publish.screen_words import PREFACE, counts_words, school_words, screened_title
from junheng.publish.terminal.looks import items, section
from junheng.publish.terminal.prose import Prose
from junheng.studies import ScreenStudy
from junheng.years import SchoolYear

MOST = 15
"""So many questions of one kind are shown; the workbook has all."""


def show_screening(study: ScreenStudy) -> RenderableType:
    """Every question, by kind."""
    kinds = [code for code in screens() if study.screening.of(code)]
    body = [_kind(study, code) for code in kinds]
    if not kinds:
        body = [section("没有要问的")]
    return Group(Text(), _head(study), *body, *_unscreened(study))


def _head(study: ScreenStudy) -> Panel:
    lines = [Prose(PREFACE), Prose(counts_words(study))]
    return Panel(Group(*lines), title=Text(screened_title(study), "bold"), padding=(0, 1))


def _kind(study: ScreenStudy, code: str) -> Group:
    found, screen = study.screening.of(code), screens()[code]
    lines = [_question(study, each) for each in found[:MOST]]
    if len(found) > MOST:
        lines.append(f"另有{len(found) - MOST}条，见疑点册。")
    return section(
        f"{screen.title}（{len(found)}）",
        items(lines),
        Prose(f"  可能的正当原因：{screen.honest}。", "dim", hang=2),
        Prose(f"  请对方提供：{screen.ask}。", hang=2),
    )


def _question(study: ScreenStudy, each: Question) -> str:
    county = f"{study.names.get(each.county, each.county)}　" if len(study.counties) > 1 else ""
    stage = "" if each.stage is None else f"（{each.stage.label}）"
    told = f"{county}{SchoolYear(each.year)}　{school_words(each)}{stage}：{each.found}"
    return f"{told}。异常说明：{each.explanation}" if each.explanation else f"{told}。"


def _unscreened(study: ScreenStudy) -> Iterator[RenderableType]:
    if study.screening.unscreened:
        lines = [f"{screens()[code].title}：{why}。" for code, why in study.screening.unscreened]
        yield section("没有做的筛查", items(lines))
