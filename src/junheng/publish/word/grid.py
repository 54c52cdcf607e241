"""Tables with explicit grids: Word reads the total width, WPS the columns, so both are always said."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from junheng.publish.book.cells import Cell, Number, Tone, Word
from junheng.publish.digits import at_places, grouped
from junheng.publish.word.markup import PLAIN, Look, paragraph, run, twips

CELL, HEAD = "TableText", "TableHead"
FILLS = {
    Tone.GOOD: "E6F2E6",
    Tone.NEAR: "FFF6D9",
    Tone.NEAR_BAD: "FBE3CC",
    Tone.BAD: "F8D7D7",
    Tone.OPEN: "E7E7E7",
}
HEAD_FILL = "DCE6F1"
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
ALIGN = {"left": "left", "center": "center", "right": "right"}


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in millimetres, how its text is set."""

    text: str
    width: float
    align: str = "left"
    above: str = ""
    """Upper heading; neighbours with the same words share one cell."""
    joined: bool = False
    """Equal cells below one another are one cell; such columns stand first."""


def cell_text(cell: Cell) -> str:
    """What a cell shows: numbers grouped as everywhere else."""
    if cell is None:
        return ""
    if isinstance(cell, Number):
        return (
            grouped(at_places(Fraction(cell.value), cell.places), signed=cell.signed) + cell.suffix
        )
    if isinstance(cell, Word):
        return cell.text
    return cell if isinstance(cell, str) else grouped(Decimal(cell))


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]],
    *, points: float = 0, noted: bool = False,
) -> str:  # fmt: skip
    """One table; its heading rows are repeated on every page, no row is torn.

    Where a note follows (`noted`), the last row stays with it."""
    widths = [twips(column.width) for column in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = Look(points=points) if points else PLAIN
    tall = any(column.above for column in columns)
    heads = [_upper(columns, widths, look)] if tall else []
    heads.append(_heading(columns, widths, look, below=tall))
    last = len(rows) - 1 if noted else -1
    body = [
        _row(row, columns, widths, look, kept=number == last, merges=merges)
        for number, (row, merges) in enumerate(zip(rows, _merges(columns, rows), strict=True))
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(heads)}{''.join(body)}</w:tbl>"
    )


def _heading(columns: Sequence[Column], widths: Sequence[int], look: Look, *, below: bool) -> str:
    """The lowest heading row; `below` another, a column that stands alone goes through both."""
    cells = []
    for column, width in zip(columns, widths, strict=True):
        through = below and not column.above
        cells.append(
            _cell(
                "" if through else column.text, width, "center", look,
                head=True, merged="continue" if through else "",
            )
        )  # fmt: skip
    return _line(cells, head=True)


def _upper(columns: Sequence[Column], widths: Sequence[int], look: Look) -> str:
    cells, start = [], 0
    for end in range(1, len(columns) + 1):
        if end < len(columns) and columns[end].above == columns[start].above != "":
            continue
        first = columns[start]
        cells.append(
            _cell(
                first.above or first.text, sum(widths[start:end]), "center", look,
                head=True, span=end - start, merged="" if first.above else "restart",
            )
        )  # fmt: skip
        start = end
    return _line(cells, head=True)


def _merges(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """For each cell whether it begins a cell of several rows, goes on with one, or neither."""
    joined = [i for i, column in enumerate(columns) if column.joined]
    keys = [[tuple(row[: i + 1]) for i in joined] for row in rows]
    same = [[a == b for a, b in zip(*pair, strict=True)] for pair in pairwise(keys)]
    no = [False] * len(joined)
    found = []
    for before, after in zip([no, *same], [*same, no], strict=False):
        told = dict(zip(joined, zip(before, after, strict=True), strict=True))
        found.append([_merge(*told.get(i, (False, False))) for i in range(len(columns))])
    return found[: len(rows)]


def _merge(like_above: bool, like_below: bool) -> str:
    if like_above:
        return "continue"
    return "restart" if like_below else ""


def _row(
    row: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], look: Look,
    *, kept: bool, merges: Sequence[str],
) -> str:  # fmt: skip
    cells = []
    for cell, column, width, merged in zip(row, columns, widths, merges, strict=True):
        fill = FILLS.get(cell.tone, "") if isinstance(cell, Word | Number) else ""
        text = "" if merged == "continue" else cell_text(cell)
        cells.append(_cell(text, width, column.align, look, fill=fill, kept=kept, merged=merged))
    return _line(cells)


def _line(cells: Sequence[str], *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, width: int, align: str, look: Look,
    *, head: bool = False, fill: str = "", span: int = 1, kept: bool = False, merged: str = "",
) -> str:  # fmt: skip
    shade = HEAD_FILL if head else fill
    told = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    told += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    told += f'<w:vMerge w:val="{merged}"/>' if merged else ""
    told += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    told += '<w:vAlign w:val="center"/>'
    keep = "<w:keepNext/>" if kept else ""
    settings = f'{keep}<w:snapToGrid w:val="0"/><w:jc w:val="{ALIGN[align]}"/>'
    inner = paragraph(run(text, look) if text else "", HEAD if head else CELL, settings)
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{inner}</w:tc>"
