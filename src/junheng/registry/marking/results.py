"""The two sheets that marking adds: 校验结果 for the reader, and a record of the former fills."""

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from junheng.registry.colours import BAND_FILL, LEVEL_FILL
from junheng.registry.filing import Finding, Level
from junheng.registry.marking.grid import cell_of
from junheng.registry.marking.styles import Styles
from junheng.registry.marking.wording import in_order, plain
from junheng.registry.reading.addresses import address, letters
from junheng.registry.template.wording import line_count

HEADINGS = ("序号", "组别", "检查", "工作表", "单元格", "发现的问题", "规则", "改法")
WIDTHS = (7, 10, 8, 18, 10, 50, 38, 38)
LINE_HEIGHT = 15.5
TALLEST = 409
"""Points; Excel allows no more."""
FIRST_ROW = 4
LINK_COLUMN = 5
ADVICE = (
    "点“单元格”一栏可以跳到出错的地方；改完后请再校验一次。红色＝必须改，橙色＝请说明，蓝色＝提示。"
)
Link = tuple[str, str]


def results_sheet(
    findings: Sequence[Finding], sheets: Mapping[str, int], styles: Styles, space: str
) -> bytes:
    """XML of 校验结果; `sheets` are the sheet names of the workbook with their order."""
    ordered = in_order(findings, sheets)
    body = styles.made()
    link = styles.made(colour="0563C1", centred=True)
    badges = {
        level: styles.made(bold=True, fill=colour, centred=True)
        for level, colour in LEVEL_FILL.items()
    }
    centred = styles.made(centred=True)
    rows = [
        _row(1, [_text("A1", summary(ordered), styles.made(bold=True, size=16, ruled=False))], 30),
        _row(2, [_text("A2", ADVICE, styles.made(ruled=False))], 36),
        _heading(styles.made(bold=True, fill=BAND_FILL, centred=True)),
    ]
    links: list[Link] = []
    for number, each in enumerate(ordered, 1):
        row = FIRST_ROW + number - 1
        words = (
            each.level, each.check, each.origin.sheet or "—", each.origin.cell or "—",
            f"{each.found}。", f"{each.allowed}。", f"{each.mend}。",
        )  # fmt: skip
        known = each.origin.sheet in sheets and cell_of(each.origin.cell) is not None
        looks = (badges[each.level], centred, centred, link if known else centred, body, body, body)
        cells = [_number(address(row, 1), number, centred)]
        cells += [
            _text(address(row, column), text, look)
            for column, (text, look) in enumerate(zip(words, looks, strict=True), 2)
        ]
        lines = max(line_count(t, w - 2) for t, w in zip(words, WIDTHS[1:], strict=True))
        rows.append(_row(row, cells, min(lines * LINE_HEIGHT + 4, TALLEST)))
        if known:
            target = f"'{each.origin.sheet.replace(chr(39), chr(39) * 2)}'!{each.origin.cell}"
            links.append((address(row, LINK_COLUMN), target))
    return _sheet(rows, links, len(ordered), space)


def summary(findings: Sequence[Finding]) -> str:
    counts = "，".join(f"{level} {sum(f.level is level for f in findings)} 处" for level in Level)
    return f"校验结果：{counts}" if findings else "校验结果：没有发现问题"


def record_sheet(was: Mapping[str, Mapping[str, str]], space: str) -> bytes:
    """XML of the record: sheet, cell, and the fill that the cell bore before it was marked."""
    rows = [
        _row(n, [_text(address(n, c), text, 0) for c, text in enumerate(cells, 1)])
        for n, cells in enumerate(
            ((sheet, cell, fill) for sheet in was for cell, fill in was[sheet].items()), 1
        )
    ]
    return f'<worksheet xmlns="{space}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()


def _heading(look: int) -> str:
    row = FIRST_ROW - 1
    cells = (_text(address(row, n), text, look) for n, text in enumerate(HEADINGS, 1))
    return _row(row, cells, 24)


def _text(where: str, text: str, look: int) -> str:
    return (
        f'<c r="{where}" s="{look}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(plain(text))}</t></is></c>"
    )


def _number(where: str, number: int, look: int) -> str:
    return f'<c r="{where}" s="{look}"><v>{number}</v></c>'


def _row(number: int, cells: Iterable[str], height: float | None = None) -> str:
    size = f' ht="{height}" customHeight="1"' if height is not None else ""
    return f'<row r="{number}"{size}>{"".join(cells)}</row>'


def _sheet(rows: Sequence[str], links: Sequence[Link], count: int, space: str) -> bytes:
    last = address(FIRST_ROW - 1 + count, len(WIDTHS))
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{wide}" customWidth="1"/>'
        for n, wide in enumerate(WIDTHS, 1)
    )
    hyperlinks = "".join(
        f'<hyperlink ref="{where}" location={quoteattr(plain(target))}/>' for where, target in links
    )
    across = letters(len(WIDTHS))
    return (
        f'<worksheet xmlns="{space}"><sheetPr><tabColor rgb="FFFF0000"/><pageSetUpPr fitToPage="1"/>'
        f'</sheetPr><dimension ref="A1:{last}"/><sheetViews><sheetView showGridLines="0" '
        f'tabSelected="1" workbookViewId="0"><pane ySplit="{FIRST_ROW - 1}" '
        f'topLeftCell="A{FIRST_ROW}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr '
        f'defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<autoFilter ref="A{FIRST_ROW - 1}:{last}"/>'
        f'<mergeCells count="2"><mergeCell ref="A1:{across}1"/><mergeCell ref="A2:{across}2"/>'
        "</mergeCells>"
        f"{f'<hyperlinks>{hyperlinks}</hyperlinks>' if hyperlinks else ''}"
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()
