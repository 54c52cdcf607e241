"""The files given: every Parquet file, CSV file and sheet known for a register, or named.

Parquet and UTF-8 CSV are read by DuckDB where they lie. A workbook, and a CSV file of another
encoding, goes through the sandbox of the reader: of it only the register's columns are kept, and
its identifiers only as digests.
"""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from junheng.errors import UnreadableFileError
from junheng.registry.filing import Finding, Level
from junheng.registry.reading.findings import listed
from junheng.registry.reading.gathering import Found
from junheng.registry.reading.process import Sandbox
from junheng.registry.reading.sandbox.delimited import SEPARATORS
from junheng.registry.reading.sandbox.wire import Cell, Limits, Refused, Remark, Sheet
from junheng.registry.reading.texts import EXACT_DIGITS, as_digits
from junheng.registry.rosters.declaring import Roster
from junheng.registry.rosters.engine import Engine, literal, located, name
from junheng.registry.rosters.finding_files import PARQUET, TEXT
from junheng.registry.rosters.findings import at_rows, finding
from junheng.registry.rosters.keeping import kept_of
from junheng.registry.rosters.parts import ROW, Part, Place
from junheng.registry.rosters.recognising import Recognised, lacking, recognise

COUNTED = ("pupils", "teachers", "room_register")
"""The registers of which figures are counted, in the order in which they are."""
HEAD_BYTES, HEAD_ROWS = 65_536, 30
LIMITS = Limits(cells=6_000_000, characters=256_000_000, memory_bytes=3 << 30, seconds=600.0)
"""A roster of 100,000 rows has more cells than a filing."""


@dataclass
class Opened:
    """What the files hold, before any row is counted."""

    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def of(self, roster: str) -> list[Part]:
        return [each for each in self.parts if each.roster.name == roster]


def open_rosters(files: Sequence[Found], rosters: Mapping[str, Roster], db: Engine) -> Opened:
    """What the files hold."""
    opened = Opened()
    with Sandbox(LIMITS) as sandbox:
        if any(each.path.suffix.lower() not in {*PARQUET, *TEXT} for each in files):
            sandbox.begin()
        for found in files:
            suffix = found.path.suffix.lower()
            try:
                if suffix in PARQUET:
                    _parquet(found, rosters, db, opened)
                elif suffix in TEXT and (head := _utf8_head(found.path)) is not None:
                    _delimited(found, head, rosters, db, opened)
                else:
                    _sheets(found, rosters, db, sandbox, opened)
            except Refused as refused:
                raise UnreadableFileError(found.name, refused.found, refused.mend) from None
    return opened


def _parquet(found: Found, rosters: Mapping[str, Roster], db: Engine, opened: Opened) -> None:
    scan = f"read_parquet({located(found.path)})"
    described = db.rows(f"DESCRIBE SELECT * FROM {scan}", about=found.name)
    known = _known(found.name, [str(each[0]) for each in described], rosters, opened)
    if known is None:
        return
    places = {
        column: Place(str(described[at][0]), str(described[at][1]), str(described[at][0]))
        for column, at in known.places.items()
    }
    numbered = (
        f"(SELECT *, file_row_number + 1 AS {ROW} FROM "
        f"read_parquet({located(found.path)}, file_row_number = true))"
    )
    ((rows,),) = db.rows(f"SELECT count(*) FROM {scan}", about=found.name)
    opened.parts.append(
        Part(known.roster, found.name, found.name, scan, numbered, places, rows, exact=True)
    )


def _utf8_head(path: Path) -> str | None:
    """The beginning of a UTF-8 file; None where it is no UTF-8."""
    with path.open("rb") as file:
        block = file.read(HEAD_BYTES)
    for cut in range(4):
        try:
            text = block[: len(block) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            if len(block) < HEAD_BYTES:
                return None
            continue
        return None if "\0" in text else text
    return None


def _delimited(
    found: Found, head: str, rosters: Mapping[str, Roster], db: Engine, opened: Opened
) -> None:
    separator = max(SEPARATORS, key=head.count)
    looked = list(csv.reader(io.StringIO(head), delimiter=separator))[:HEAD_ROWS]
    at = _head_row(looked, rosters)
    headings = looked[at] if at is not None else (looked or [[]])[0]
    known = _known(found.name, headings, rosters, opened)
    if known is None or at is None:
        return
    columns = [f"c{number}" for number in range(len(headings))]
    scan = (
        f"read_csv({located(found.path)}, auto_detect = false, header = true, skip = {at}, "
        f"delim = {literal(separator)}, quote = '\"', escape = '\"', null_padding = true, "
        f"strict_mode = false, max_line_size = 1048576, columns = {{"
        + ", ".join(f"{literal(each)}: 'VARCHAR'" for each in columns)
        + "})"
    )
    places = {
        column: Place(columns[place], "VARCHAR", headings[place])
        for column, place in known.places.items()
    }
    numbered = f"(SELECT *, row_number() OVER () + {at + 1} AS {ROW} FROM {scan})"
    ((rows,),) = db.rows(f"SELECT count(*) FROM {scan}", about=found.name)
    opened.parts.append(Part(known.roster, found.name, found.name, scan, numbered, places, rows))


def _sheets(
    found: Found,
    rosters: Mapping[str, Roster],
    db: Engine,
    sandbox: Sandbox,
    opened: Opened,
) -> None:
    marks = sorted(
        {way for r in rosters.values() for c in r.column for way in (c.label, *c.synonyms)}
    )
    strangers: list[list[str]] = []
    before = len(opened.parts)
    with closing(sandbox.read(found.path, [], marks, whole=True)) as messages:
        for sheet in messages:
            if isinstance(sheet, Remark) or not sheet.row_numbers:
                continue
            looked = [_texts(row.cells) for row in sheet.first(HEAD_ROWS)]
            at = _head_row(looked, rosters)
            if at is None:
                strangers.append(looked[0])
                continue
            _sheet(found, sheet, at, looked[at], rosters, db, opened)
    if len(opened.parts) == before:
        opened.findings.append(_stranger(found.name, (strangers or [[]])[0], rosters))


def _texts(cells: Sequence[Cell]) -> list[str]:
    found = [""] * max((cell.column for cell in cells), default=0)
    for cell in cells:
        found[cell.column - 1] = as_digits(cell) if cell.kind == "n" else cell.text
    return found


def _head_row(looked: Sequence[Sequence[str]], rosters: Mapping[str, Roster]) -> int | None:
    """The row of headings: the last of those that name most columns of a register."""
    best, most = None, 0
    for number, headings in enumerate(looked):
        known = recognise(headings, rosters)
        if known is not None and len(known.places) >= most:
            best, most = number, len(known.places)
    return best


def _sheet(
    found: Found,
    sheet: Sheet,
    at: int,
    headings: Sequence[str],
    rosters: Mapping[str, Roster],
    db: Engine,
    opened: Opened,
) -> None:
    named = f"{found.name} {sheet.name}" if found.path.suffix.lower() not in TEXT else found.name
    known = _known(named, headings, rosters, opened)
    if known is None:
        return
    order = {column: index for index, column in enumerate(known.places)}
    kept, lost = kept_of(sheet, at + 1, known)
    if lost:
        opened.findings.append(_lost(named, lost))
    import polars as pl

    table = f"part{len(opened.parts)}"
    columns = [f"c{index}" for index in order.values()]
    held = dict(zip([*columns, ROW], kept, strict=True))
    db.fill_columns(table, pl.DataFrame(held, schema=dict.fromkeys(held, pl.String())))
    places = {
        column: Place(f"c{index}", "VARCHAR", headings[known.places[column]])
        for column, index in order.items()
    }
    numbered = f"(SELECT * REPLACE ({ROW}::BIGINT AS {ROW}) FROM {name(table)})"
    opened.parts.append(
        Part(known.roster, named, found.name, name(table), numbered, places, len(kept[-1]))
    )


def _lost(file: str, rows: list[int]) -> Finding:
    return finding(
        "A15", Level.MUST_FIX, file,
        f"{at_rows(rows[:12], len(rows))}的编号是数字格式，超过 {EXACT_DIGITS} 位，末位已丢失",
        "编号应以文本存放", "请把编号一列改为文本格式，重新导出",
    )  # fmt: skip


def _known(
    file: str, headings: Sequence[str], rosters: Mapping[str, Roster], opened: Opened
) -> Recognised | None:
    known = recognise(headings, rosters)
    if known is None:
        opened.findings.append(_stranger(file, headings, rosters))
        return None
    for column, places in known.doubled.items():
        said = "、".join(f"“{headings[place]}”" for place in places)
        opened.findings.append(
            finding(
                "A02",
                Level.MUST_FIX,
                file,
                f"{said}都可以是{known.roster.label}的“{column}”",
                "一栏只能有一个表头",
                "请删去多余的一列，或改掉它的表头",
            )
        )
    return known


def _stranger(file: str, headings: Sequence[str], rosters: Mapping[str, Roster]) -> Finding:
    return finding(
        "A01", Level.MUST_FIX, file, f"认不出是哪种台账；{lacking(headings, rosters)}",
        f"认得的台账：{listed([each.label for each in rosters.values()])}",
        "请核对表头；叫法不同的，用 --mapping 写明",
    )  # fmt: skip
