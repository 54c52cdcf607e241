"""Colouring cells in the XML of a sheet: only the tags concerned change, all else stays.

The part is not rebuilt but cut at byte positions, so that formulas keep their last results and
nothing is lost that another program wrote there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from junheng.registry.filing import Level
from junheng.registry.marking.grid import Cell, Grid, cell_of
from junheng.registry.marking.styles import Styles
from junheng.registry.reading.addresses import address
from junheng.registry.reading.sandbox.package import Local, damaged, new_parser, ordinal

TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
STYLE = re.compile(rb"\ss\s*=\s*(\"[^\"]*\"|'[^']*')")
SPANS = re.compile(rb"\sspans\s*=\s*(\"[^\"]*\"|'[^']*')")
SELECTED = re.compile(rb"\stabSelected\s*=\s*(\"[^\"]*\"|'[^']*')")
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z0-9$:]+)[\"']")
INSIDE_CELLS = frozenset(("v", "f", "is", "t"))
AFTER_LEGACY = frozenset(
    (
        "legacyDrawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    )
)
"""Elements before which a drawing of notes must stand."""


@dataclass
class Colouring:
    """What was found and done on one sheet."""

    content: bytes = b""
    was: dict[str, str] = field(default_factory=dict)
    """Address of each marked cell → the fill it had."""
    grid: Grid = field(default_factory=Grid)
    legacy: str | None = None
    """Relation of the drawing that holds the notes."""
    after_legacy: int = 0
    """Bytes from the place of such a relation to the end."""
    prefix: str = ""

    def joined(self, tag: bytes) -> bytes:
        """The sheet with `tag`, which names its drawing of notes, in the right place."""
        at = len(self.content) - self.after_legacy
        return self.content[:at] + tag + self.content[at:]


def anchors(content: bytes) -> Mapping[Cell, Cell]:
    """Cell inside a merged area → the cell that is seen there."""
    found: dict[Cell, Cell] = {}
    for match in MERGE.finditer(content):
        first, _, last = match[1].decode().partition(":")
        start, end = cell_of(first), cell_of(last or first)
        if start and end and (end[0] - start[0] + 1) * (end[1] - start[1] + 1) <= 10_000:
            for row in range(start[0], end[0] + 1):
                found.update(((row, column), start) for column in range(start[1], end[1] + 1))
    return found


def colour(
    content: bytes, wanted: Mapping[Cell, Level], was: Mapping[str, str] | None, styles: Styles
) -> Colouring:
    """The sheet with the cells `wanted` in their colours and every older mark taken off.

    `was` tells the fill that a cell bore before it was marked last time; None: older marks stay.
    Raises Refused where the part is no XML.
    """
    return _Pass(_as_utf8(content), wanted, was, styles).run()


def _as_utf8(content: bytes) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
        return re.sub(
            r'encoding\s*=\s*["\'][^"\']*["\']', 'encoding="UTF-8"', text, count=1
        ).encode()
    return content


class _Pass:
    """One run of the parser over a sheet; collects cuts, then makes them all."""

    def __init__(
        self,
        content: bytes,
        wanted: Mapping[Cell, Level],
        was: Mapping[str, str] | None,
        styles: Styles,
    ) -> None:
        self.content = content
        self.was = was
        self.styles = styles
        self.done = Colouring()
        self.cuts: list[tuple[int, int, bytes]] = []
        self.local = Local()
        self.depth = 0
        self.rows: dict[int, dict[int, Level]] = {}
        for (row, column), level in sorted(wanted.items()):
            self.rows.setdefault(row, {})[column] = level
        self.due = sorted(self.rows, reverse=True)
        self.opened: dict[str, int] = {}
        self.row = self.column = 0
        self.row_style = 0
        self.parser = new_parser(self._start, self._end)

    def run(self) -> Colouring:
        try:
            self.parser.Parse(self.content, True)
        except expat.ExpatError as error:
            raise damaged(f"工作表第 {error.lineno} 行不是合格的 XML") from error
        pieces, at = [], 0
        for start, end, new in self.cuts:
            pieces += [self.content[at:start], new]
            at = end
        self.done.content = b"".join([*pieces, self.content[at:]])
        return self.done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        name = self.local[tag]
        if name in INSIDE_CELLS:
            return
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row(attributes)
        elif self.depth == 2 and name in AFTER_LEGACY and not self.done.after_legacy:
            self.done.after_legacy = len(self.content) - self._place()
        else:
            self._surroundings(name, tag, attributes)

    def _surroundings(self, name: str, tag: str, attributes: dict[str, str]) -> None:
        if name == "sheetData":
            self.done.prefix = tag.removesuffix(name)
            self.opened[name] = self._place()
        elif name == "sheetView" and "tabSelected" in attributes:
            start, end = self._span()
            self._cut(start, end, SELECTED.sub(b"", self.content[start:end]))
        elif name == "sheetFormatPr":
            grid = self.done.grid
            grid.default_height = _number(attributes.get("defaultRowHeight"), grid.default_height)
            grid.default_width = _number(attributes.get("defaultColWidth"), grid.default_width)
        elif name == "col":
            self._stretch(attributes)
        elif name == "legacyDrawing":
            self.done.legacy = next(
                (v for k, v in attributes.items() if self.local[k] == "id"), None
            )

    def _stretch(self, attributes: dict[str, str]) -> None:
        width = _number(attributes.get("width"), self.done.grid.default_width)
        if attributes.get("hidden") in ("1", "true"):
            width = 0
        first, last = ordinal(attributes.get("min")), ordinal(attributes.get("max"))
        self.done.grid.columns.append((first, last, width, ordinal(attributes.get("style"), 0)))

    def _end(self, tag: str) -> None:
        self.depth -= 1
        name = self.local[tag]
        if name == "row":
            self._finish("row", self._missing_cells(None))
            self.rows.pop(self.row, None)
        elif name == "sheetData":
            self._finish("sheetData", self._missing_rows(None))
        elif self.depth == 0 and not self.done.after_legacy:
            self.done.after_legacy = len(self.content) - self._place()

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = ordinal(attributes.get("r"), self.row + 1)
        self.column = 0
        formatted = attributes.get("customFormat") in ("1", "true")
        self.row_style = ordinal(attributes.get("s"), 0) if formatted else 0
        if attributes.get("hidden") in ("1", "true"):
            self.done.grid.heights[self.row] = 0.0
        elif "ht" in attributes:
            self.done.grid.heights[self.row] = _number(attributes["ht"], 15.0)
        missing = self._missing_rows(self.row)
        start, end = self._span()
        if missing:
            self._cut(start, start, missing)
        self.opened["row"] = start
        if self.row in self.rows:
            self._cut(start, end, SPANS.sub(b"", self.content[start:end]))

    def _cell(self, attributes: dict[str, str]) -> None:
        where = cell_of(attributes.get("r", ""))
        self.column = where[1] if where else self.column + 1
        wanted = self.rows.get(self.row, {})
        missing = self._missing_cells(self.column) if wanted else b""
        style = ordinal(attributes.get("s"), 0)
        level = wanted.pop(self.column, None)
        if not missing and level is None and not self._is_old_mark(style):
            return
        start, end = self._span()
        if missing:
            self._cut(start, start, missing)
        new = self._styled(style, level)
        if new != style:
            self._cut(start, end, _with_style(self.content[start:end], new))

    def _is_old_mark(self, style: int) -> bool:
        return self.was is not None and self.styles.is_mark(style)

    def _styled(self, style: int, level: Level | None) -> int:
        """The format that the cell at hand shall wear."""
        here = address(self.row, self.column)
        if self._is_old_mark(style):
            style = self.styles.filled(style, (self.was or {}).get(here, self.styles.no_fill))
        if level is None:
            return style
        self.done.was[here] = self.styles.fill(style)
        return self.styles.marked(style, level)

    def _missing_cells(self, before: int | None) -> bytes:
        """Cells of this row that are wanted but were never written, up to column `before`."""
        wanted = self.rows.get(self.row, {})
        due = [column for column in wanted if before is None or column < before]
        return b"".join(self._new_cell(column, wanted.pop(column)) for column in due)

    def _new_cell(self, column: int, level: Level) -> bytes:
        kept, self.column = self.column, column
        style = self._styled(self.row_style or self.done.grid.style_of_column(column), level)
        self.column = kept
        return f'<{self.done.prefix}c r="{address(self.row, column)}" s="{style}"/>'.encode()

    def _missing_rows(self, before: int | None) -> bytes:
        """Rows that are wanted but were never written, up to row `before`."""
        kept, styled = self.row, self.row_style
        made = []
        prefix = self.done.prefix
        while self.due and (before is None or self.due[-1] < before):
            self.row, self.row_style = self.due.pop(), 0
            if cells := self._missing_cells(None).decode():
                made.append(f'<{prefix}row r="{self.row}">{cells}</{prefix}row>')
        self.row, self.row_style = kept, styled
        return "".join(made).encode()

    def _finish(self, name: str, more: bytes) -> None:
        """Put `more` at the end of the element that is closing, also where it was empty."""
        if not more:
            return
        match = TAG.match(self.content, self.opened[name])
        if match is None or not match[1]:
            self._cut(self._place(), self._place(), more)
            return
        if self.cuts and self.cuts[-1][:2] == match.span():
            opening = self.cuts.pop()[2]
        else:
            opening = match[0]
        closing = f"</{self.done.prefix}{name}>".encode()
        self._cut(*match.span(), re.sub(rb"\s*/>$", b">", opening) + more + closing)

    def _place(self) -> int:
        return int(self.parser.CurrentByteIndex)

    def _span(self) -> tuple[int, int]:
        match = TAG.match(self.content, self._place())
        if match is None:
            raise damaged("工作表里有读不懂的标记")
        return match.span()

    def _cut(self, start: int, end: int, new: bytes) -> None:
        self.cuts.append((start, end, new))


def _with_style(tag: bytes, style: int) -> bytes:
    attribute = f' s="{style}"'.encode()
    if STYLE.search(tag):
        return STYLE.sub(attribute, tag, count=1)
    return re.sub(rb"^<[^\s/>]+", lambda found: found[0] + attribute, tag)


def _number(text: str | None, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default
