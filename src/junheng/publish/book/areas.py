"""各方面 on the page of a county: each area with its verdict, its counts, its weakest points."""

from junheng.diagnosis import AreaVerdict, CountyVerdict, Verdict
from junheng.publish.book.cells import Cell, verdict_cell
from junheng.publish.book.page import Page, Span
from junheng.publish.line_words import line_told

SPANS: tuple[Span, ...] = ((0, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 11))
HEADINGS = (
    "方面",
    "结论",
    "项数",
    Verdict.PASS.value,
    Verdict.FAIL.value,
    Verdict.NO_DATA.value,
    "最弱之处",
)
MOST_NAMED = 3


def write_areas(page: Page, county: CountyVerdict) -> None:
    """One row an area, in the order of the scheme."""
    page.headings(list(zip(SPANS, HEADINGS, strict=True)))
    for area in county.areas:
        aligns = ("left", "center", "center", "center", "center", "center", "left")
        page.cells(list(zip(SPANS, _cells(area), aligns, strict=True)))


def _cells(area: AreaVerdict) -> list[Cell]:
    verdicts = [line.verdict for line in area.lines]
    counts = [verdicts.count(each) for each in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)]
    return [area.title, verdict_cell(area.verdict), len(verdicts), *counts, weakest(area)]


def weakest(area: AreaVerdict) -> str:
    """The lines that fail, else those without data, the first few with their reasons."""
    for verdict in (Verdict.FAIL, Verdict.NO_DATA):
        found = [line for line in area.lines if line.verdict is verdict]
        if found:
            named = [f"{line.code} {line.label}：{line_told(line)}" for line in found[:MOST_NAMED]]
            rest = len(found) - MOST_NAMED
            return "\n".join([*named, f"另有{rest}项" if rest > 0 else ""]).strip()
    return "各项都达标"
