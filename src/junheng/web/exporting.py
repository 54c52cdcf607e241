"""A table as a file: Excel by the writer of the result book, CSV for whoever asks for it.

A text never becomes a formula: Excel cells are written as text, and in CSV a text that begins like
a formula gets an apostrophe in front, as in the files of `publish`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from junheng.publish.book.cells import Cell as BookCell
from junheng.publish.book.cells import Number, Tone, Word
from junheng.publish.book.listing import Heading, Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.registry.template.wording import display_width
from junheng.web.cells import Cell

CSV = "text/csv; charset=utf-8"
SENT_AT_ONCE = 500
"""Rows of a streamed file."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠−﹢﹣﹦﹫\t\r]")
NARROWEST, WIDEST = 8.0, 44.0
_TONES = {
    "pass": Tone.GOOD,
    "near": Tone.NEAR,
    "near-fail": Tone.NEAR_BAD,
    "fail": Tone.BAD,
    "none": Tone.OPEN,
}


def as_csv(
    name: str, _caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> HttpResponse:
    """UTF-8 with its mark, so that Excel and WPS read Chinese."""
    text = _csv_text([[safe_text(head) for head in heads], *map(_csv_row, rows)])
    return _file(text.encode("utf-8-sig"), f"{name}.csv", CSV)


def streamed_csv(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """The same file, sent while `rows` are read: however many they are, a few are held at a time."""

    def lines() -> Iterator[bytes]:
        yield ("\ufeff" + _csv_text([[safe_text(head) for head in heads]])).encode()
        several = iter(rows)
        while some := list(islice(several, SENT_AT_ONCE)):
            yield _csv_text([_csv_row(row) for row in some]).encode()

    response = StreamingHttpResponse(lines(), content_type=CSV)
    response["Content-Disposition"] = _named(f"{name}.csv")
    return response


def _csv_text(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _csv_row(row: Sequence[Cell]) -> list[str]:
    return [str(c.value) if c.value is not None else safe_text(c.text) for c in row]


def safe_text(text: str) -> str:
    """The text on one line, with an apostrophe where a spreadsheet would take it for a formula."""
    flat = " ".join(text.split("\n"))
    return f"'{flat}" if FORMULA.match(flat) else flat


def as_xlsx(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> HttpResponse:
    """A sheet with title, sticky heading and filter, ready to print."""
    cells = [[_book_cell(each) for each in row] for row in rows]
    listing = Listing(
        name=sheet_name(name),
        title=name,
        notes=(),
        headings=[
            Heading(h, _width(h, [row[n].text for row in rows])) for n, h in enumerate(heads)
        ],
        rows=cells,
        sticky=1,
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        book = opened_book(path, timezone.localdate(), title=name)
        sheet = Sheet(book.add_worksheet(listing.name), Looks(book))
        write_listing(sheet, listing, caption)
        sheet.printed(left=name, right="")
        book.close()
        return _file(path.read_bytes(), f"{name}.xlsx", XLSX)


def sheet_name(name: str) -> str:
    """What Excel takes as the name of a sheet."""
    return re.sub(r"[\\/*?:\[\]']", " ", name)[:31].strip() or "表"


def _book_cell(each: Cell) -> BookCell:
    tone = _TONES.get(each.tone, Tone.PLAIN)
    if each.value is None:
        return Word(each.text, tone) if each.tone else each.text
    if isinstance(each.value, int) and not each.tone:
        return each.value
    number = Decimal(each.value)
    return Number(number, max(0, -int(number.as_tuple().exponent)), tone)


def _width(head: str, texts: Sequence[str]) -> float:
    longest = max([display_width(text) for text in texts[:400]] or [0])
    return min(max(NARROWEST, longest + 2, min(display_width(head), 14) + 2), WIDEST)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = _named(name)
    return response


def _named(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"
