"""The areas and their lines in the terminal: every code with its verdict and why, none skipped."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from junheng.diagnosis import AreaVerdict, CountyVerdict, Line, Verdict
from junheng.publish.line_words import counted, line_told, wanting_sentence
from junheng.publish.terminal.looks import items, ruled, section, verdict_style, verdict_text
from junheng.publish.terminal.prose import Prose

MOST_WANTED = 8
LABEL_WIDTH = 30


def show_lines(county: CountyVerdict) -> Iterator[RenderableType]:
    """One section an area, then what is still to be filed."""
    for area in county.areas:
        yield Group(Text(), _title(area), _lines(area))
    wanted = [line for line in county.lines if line.wanting]
    if wanted:
        told = [wanting_sentence(line) for line in wanted[:MOST_WANTED]]
        rest = len(wanted) - MOST_WANTED
        more = [f"另有{rest}项，见结果册“补报清单”"] if rest > 0 else []
        yield section(f"要补报的（{len(wanted)}项）", items([*told, *more]))


def _title(area: AreaVerdict) -> Text:
    title = Text(f"{area.title}　", "bold")
    title.append(area.verdict.value, verdict_style(area.verdict))
    title.append(f"　共{len(area.lines)}项：{counted(area.lines)}", "dim")
    return title


def _lines(area: AreaVerdict) -> Table:
    table = ruled("代码", "指标", "结论", "数值与标准，或原因")
    table.columns[0].no_wrap = True
    table.columns[1].max_width = LABEL_WIDTH
    table.columns[2].no_wrap = True
    for line in area.lines:
        table.add_row(
            line.code,
            Prose(line.label),
            verdict_text(line.verdict),
            Prose(line_told(line), _style(line)),
        )
    return table


def _style(line: Line) -> str:
    return "" if line.verdict in (Verdict.FAIL, Verdict.NO_DATA) else "dim"
