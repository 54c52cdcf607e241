"""Styles of the terminal, each always with a word beside it, and the small parts all views share."""

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from junheng.diagnosis import Verdict
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import verdict_word
from junheng.registry import Level

VERDICT_STYLE = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.NO_DATA: "bold magenta",
    Verdict.NOT_APPLICABLE: "dim",
}
NEAR_STYLE = "bold yellow"
LEVEL_STYLE = {Level.MUST_FIX: "bold red", Level.EXPLAIN: "bold yellow", Level.NOTE: "bold cyan"}
WARNING_STYLE = "yellow"


def verdict_style(verdict: Verdict, *, near: bool = False) -> str:
    return NEAR_STYLE if near and verdict is Verdict.PASS else VERDICT_STYLE[verdict]


def verdict_text(verdict: Verdict, *, near: bool = False) -> Text:
    return Text(verdict_word(verdict, near=near), verdict_style(verdict, near=near))


def heading(text: str) -> Text:
    return Text(text, "bold")


def section(title: str, *body: RenderableType) -> Group:
    """A blank line, a heading, what belongs to it."""
    return Group(Text(), heading(title), *body)


def ruled(*columns: str) -> Table:
    """An open table with one line under its headings."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column)
    return table


def items(lines: list[str], *, style: str = "") -> Group:
    """Sentences as a list."""
    return Group(*(Prose(f"· {line}", style, hang=2) for line in lines))
