"""领导一页: on one sheet what fails, where, how far, who, by when."""

from collections.abc import Iterator, Sequence

from junheng.diagnosis import CountyVerdict, Line, Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.digits import amount_text
from junheng.publish.line_words import counted, line_told
from junheng.publish.priorities import first_look
from junheng.publish.totals import lacks
from junheng.publish.word.frame import ONE_SHEET
from junheng.publish.word.grid import Column, table
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import NO_SCHOOL, chinese_day, header_words, said
from junheng.publish.wording import headline, short_label
from junheng.publish.wrapping import wrapped
from junheng.registry.template.wording import display_width
from junheng.studies import Study
from junheng.years import SchoolYear

TITLE = "义务教育优质均衡情况（一页）"
HEIGHT, LINE, ROW = 264.0, 4.3, 1.3
"""Millimetres: what the sheet holds; a line of text; what the borders of a table row add."""
TEXT_WIDE, TOLD_WIDE, LABEL_WIDE = 92, 54, 18
"""Half-width characters in a line of text, and of the two wide columns."""
POINTS = 9
COLUMNS = (
    Column("代码", 12, "center"),
    Column("未达标的指标", 32),
    Column("在哪里、差多少", 90),
    Column("责任单位", 22),
    Column("完成时限", 18),
)
AREAS = (
    Column("方面", 34, "center"),
    Column("结论", 28, "center"),
    Column("项数", 28, "center"),
    Column("达标", 28, "center"),
    Column("未达标", 28, "center"),
    Column("缺数据", 28, "center"),
)


def leader_page(study: Study, county: CountyVerdict) -> bytes:
    """The sheet as a Word file."""
    on = study.assessment.on
    year = SchoolYear(study.assessment.year)
    paper = Paper(title=f"{county.name}{TITLE}", subject=str(year),
                  header=header_words(county, TITLE), on=on)  # fmt: skip
    paper.page = ONE_SHEET
    paper.line(f"{county.name}{TITLE}", "SheetTitle")
    lead = [f"{headline(county)}全部指标{len(county.lines)}项：{counted(county.lines)}。"]
    lead += [] if county.parts else [NO_SCHOOL]
    last = (
        f"责任单位、完成时限由县里确定。{year}数据，评估日期{chinese_day(on)}；"
        "逐校事项见《整改清单》，依据和算法见《自评报告》。"
    )
    failing = [line for line in county.lines if line.verdict is Verdict.FAIL]
    open_ = _open(county)
    # a title, two headings of tables, a small heading and the sentence on what did not fit
    room = HEIGHT - 6 * LINE - (len(county.areas) + 2) * (LINE + ROW)
    room -= sum(map(height_of, (*lead, *open_, last)))
    shown, room = _fitting(county, failing, room)
    for told in lead:
        paper.line(told, "Small")
    paper.add(table(AREAS, list(_areas(county)), points=POINTS))
    paper.line(f"未达标的指标（{len(failing)}项）", "SmallHead")
    if not failing:
        paper.line("没有未达标的指标。", "Small")
    if shown:
        paper.add(table(COLUMNS, [_row(county, line) for line in shown], points=POINTS))
    rest = failing[len(shown) :]
    if rest:
        paper.line(f"还有{len(rest)}项未达标：{_named(rest)}。", "Small")
    for told in (*open_, *_first(county, room), last):
        paper.line(told, "Small")
    return paper.packed()


def height_of(told: str) -> float:
    """Millimetres that a paragraph of small text takes."""
    return len(list(wrapped(told, TEXT_WIDE, display_width))) * (LINE + 1) + ROW


def _named(lines: Sequence[Line]) -> str:
    return "、".join(f"{line.label}（{line.code}）" for line in lines)


def _open(county: CountyVerdict) -> list[str]:
    """Which lines have no data: one sentence, or none."""
    open_ = [line for line in county.lines if line.verdict is Verdict.NO_DATA]
    return [f"缺数据、须先补报的{len(open_)}项：{_named(open_)}。"] if open_ else []


def _first(county: CountyVerdict, room: float) -> Iterator[str]:
    """What to look at first in the allocation of resources, as far as the sheet has room."""
    if not county.parts:
        return
    for told in first_look(county):
        room -= height_of(told)
        if room < 0:
            return
        yield told


def _areas(county: CountyVerdict) -> Iterator[list[Cell]]:
    for area in county.areas:
        verdicts = [line.verdict for line in area.lines]
        counts = [verdicts.count(v) for v in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)]
        yield [area.title, said(area.verdict), len(verdicts), *counts]


def _row(county: CountyVerdict, line: Line) -> list[Cell]:
    return [line.code, _label(county, line), _told(county, line), None, None]


def _label(county: CountyVerdict, line: Line) -> str:
    return short_label(line.code) if line.code in county.standard.indicators else line.label


def _told(county: CountyVerdict, line: Line) -> str:
    """Where and how far; for what is counted, how much all schools together lack."""
    lack = next((each for each in lacks(county) if each.indicator == line.code), None)
    if lack is None or not lack.to_limit:
        return line_told(line)
    return f"{line_told(line)}；全县合计还差{amount_text(lack.to_limit, lack.unit)}"


def _fitting(
    county: CountyVerdict, failing: Sequence[Line], room: float
) -> tuple[list[Line], float]:
    """As many lines as the sheet holds, and the room that is left."""
    shown = []
    for line in failing:
        lines = max(
            len(list(wrapped(_told(county, line), TOLD_WIDE, display_width))),
            len(list(wrapped(_label(county, line), LABEL_WIDE, display_width))),
        )
        height = lines * LINE + ROW
        if height > room:
            break
        room -= height
        shown.append(line)
    return shown, room
