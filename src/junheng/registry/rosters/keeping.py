"""What is kept of a sheet of a register: its columns, and of its identifiers only digests."""

import hashlib
from collections.abc import Mapping, Sequence

from junheng.registry.reading.sandbox.wire import Cell, Sheet
from junheng.registry.reading.texts import EXACT_DIGITS, as_digits
from junheng.registry.rosters.recognising import Recognised


def kept_of(sheet: Sheet, start: int, known: Recognised) -> tuple[list[list[str]], list[int]]:
    """The register's columns from a row on, in the order of `known`, and the rows' own numbers as
    the last; and the rows whose identifier is lost."""
    identifiers = {each.name for each in known.roster.of_kind("id")}
    digits = [as_digits(cell) if cell.kind == "n" else cell.text for cell in sheet.contents]
    rows = [dict(sheet.cells(row)) for row in range(start, len(sheet.row_numbers))]
    found: list[list[str]] = []
    lost: set[int] = set()
    for column, place in known.places.items():
        said: Mapping[int | None, str] = _Said(digits)
        if column in identifiers:
            cut = {n for n, cell in enumerate(sheet.contents) if _is_cut(cell, digits[n])}
            lost.update(n for n, row in enumerate(rows) if row.get(place + 1) in cut)
            said = _Digests(digits)
        found.append([said[row.get(place + 1)] for row in rows])
    numbers = sheet.row_numbers[start:]
    told = [n for n, texts in enumerate(zip(*found, strict=True)) if any(texts)]
    kept = [[texts[n] for n in told] for texts in (*found, [str(each) for each in numbers])]
    return kept, [numbers[n] for n in sorted(lost)]


class _Said(dict[int | None, str]):
    """Number of a content → its text; nothing where there is no cell."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__({None: ""})
        self._texts = texts

    def __missing__(self, content: int) -> str:
        self[content] = text = self._texts[content]
        return text


class _Digests(_Said):
    """The same for identifiers: of a text that says something only a digest is kept."""

    def __missing__(self, content: int) -> str:
        text = self._texts[content]
        self[content] = found = _digest(text) if text.strip() else text
        return found


def _is_cut(cell: Cell, text: str) -> bool:
    """A number too long for a spreadsheet to hold: its last digits are gone."""
    return cell.kind == "n" and len(text) > EXACT_DIGITS and bool(text.strip())


def _digest(text: str) -> str:
    """An identifier of a workbook, good only for being the same as another."""
    return hashlib.blake2b(text.strip().upper().encode(), digest_size=16).hexdigest()
