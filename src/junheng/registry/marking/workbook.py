"""Marking a whole workbook: colours, notes, the list, and the record for the next time."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from junheng.errors import UnreadableFileError
from junheng.registry.filing import Finding
from junheng.registry.layout import INSTRUCTIONS_SHEET, MARKS_SHEET, RESULTS_SHEET
from junheng.registry.marking.boxes import Boxes
from junheng.registry.marking.cells import Colouring, anchors, colour
from junheng.registry.marking.grid import Cell
from junheng.registry.marking.notes import Notes
from junheng.registry.marking.parts import Parts
from junheng.registry.marking.results import record_sheet, results_sheet
from junheng.registry.marking.source import Was, source_of
from junheng.registry.marking.styles import MAIN, Styles
from junheng.registry.marking.wording import by_cell, gravest_first, note
from junheng.registry.reading.sandbox.wire import Limits, Refused
from junheng.registry.whole_file import write_whole

LIMITS = Limits(inflated_bytes=192 << 20)
"""Tighter than for reading: here whole sheets are held in memory."""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def mark(source: Path, findings: Sequence[Finding], out: Path, *, name: str | None = None) -> None:
    """Write to `out` the workbook `source` with its findings on it.

    Each cell named wears the colour of its gravest finding and has the reasons in its note; the
    sheet 校验结果 lists all. Marks of an earlier run are taken off first; findings of other files
    are passed over; `name` is what findings call the file where that is not its own name. A CSV comes back as an .xlsx of text cells. All else stays as it was.
    Raises UnreadableFileError where `source` is no workbook or would do harm.
    """
    own = [each for each in findings if each.origin.file == (name or source.name)]
    try:
        book = source_of(source, LIMITS)
        own = [_renamed(each, book.renamed) for each in own]
        with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
            marked = _Marking(Parts(archive, LIMITS), book.was).run(own)
    except Refused as refused:
        raise UnreadableFileError(source.name, refused.found, refused.mend) from refused
    write_whole(out, marked)


def _renamed(finding: Finding, names: Mapping[str, str]) -> Finding:
    sheet = names.get(finding.origin.sheet)
    return replace(finding, origin=replace(finding.origin, sheet=sheet)) if sheet else finding


@dataclass(frozen=True)
class _Sheet:
    name: str
    part: str


class _Marking:
    """One workbook on its way."""

    def __init__(self, parts: Parts, was: Was) -> None:
        self.parts = parts
        self.was = was
        self.book = parts.tree(parts.workbook)
        self.space = etree.QName(self.book).namespace or MAIN
        self.relations = RELATIONS if self.space == MAIN else STRICT_RELATIONS
        self.styles_part = parts.related(parts.workbook, "styles")
        self.styles = Styles(parts.read(self.styles_part) if self.styles_part else None)
        self.sheets = self._listed()

    def run(self, findings: Sequence[Finding]) -> bytes:
        """Mark every sheet and return the archive."""
        was: Was = {}
        for sheet in self.sheets:
            if sheet.name not in (RESULTS_SHEET, MARKS_SHEET):
                was[sheet.name] = self._mark(
                    sheet, [f for f in findings if f.origin.sheet == sheet.name]
                )
        order = {sheet.name: n for n, sheet in enumerate(self.sheets)}
        self._add(
            RESULTS_SHEET, results_sheet(findings, order, self.styles, self.space), first=True
        )
        self._add(MARKS_SHEET, record_sheet(was, self.space), first=False)
        self._open_first()
        self.parts.put_tree(self.parts.workbook, self.book)
        self._put_styles()
        return self.parts.save()

    def _listed(self) -> list[_Sheet]:
        related = self.parts.relations(self.parts.workbook)
        found = []
        for each in self._element("sheets"):
            kind, path = related.get(self._relation(each), ("", ""))
            if kind == "worksheet" and self.parts.has(path):
                found.append(_Sheet(each.get("name", "").strip(), path))
        return found

    def _relation(self, element: Any) -> str:
        return next(
            (str(v) for k, v in element.attrib.items() if etree.QName(k).localname == "id"), ""
        )

    def _element(self, name: str) -> Any:
        found = self.book.find(f"{{{self.space}}}{name}")
        return found if found is not None else ()

    def _mark(self, sheet: _Sheet, findings: Sequence[Finding]) -> dict[str, str]:
        """Mark one sheet; returns the fills that its marked cells had."""
        content = self.parts.read(sheet.part)
        shown_at = anchors(content)
        found: dict[Cell, list[Finding]] = {}
        for cell, some in by_cell(findings).items():
            found.setdefault(shown_at.get(cell, cell), []).extend(some)
        found = {cell: gravest_first(some) for cell, some in found.items()}
        wanted = {cell: some[0].level for cell, some in found.items()}
        # The legend on 填报说明 wears the same colours and keeps them.
        was = None if sheet.name == INSTRUCTIONS_SHEET else self.was.get(sheet.name, {})
        done = colour(content, wanted, was, self.styles)
        texts = {cell: note(some) for cell, some in found.items()}
        self.parts.put(sheet.part, self._annotate(sheet, done, texts))
        return done.was

    def _annotate(self, sheet: _Sheet, done: Colouring, texts: dict[Cell, str]) -> bytes:
        """Bring the notes up to date; returns the sheet, joined to its drawing if that is new."""
        part = self.parts.related(sheet.part, "comments")
        if part is None and not texts:
            return done.content
        notes = Notes(self.parts.read(part) if part else None, self.space)
        changed = notes.replace(texts)
        if not changed:
            return done.content
        if part is None:
            part = self.parts.new_name("xl/comments{}.xml")
            self.parts.relate(sheet.part, f"{self.relations}/comments", part)
            self.parts.declare(part, f"{SPREADSHEET}.comments+xml")
        self.parts.put(part, notes.content())
        return self._draw(sheet, done, changed)

    def _draw(self, sheet: _Sheet, done: Colouring, changed: dict[Cell, str | None]) -> bytes:
        _, drawing = self.parts.relations(sheet.part).get(done.legacy or "", ("", ""))
        boxes = Boxes(self.parts.read(drawing) if self.parts.has(drawing) else None)
        boxes.replace(changed, done.grid)
        if self.parts.has(drawing):
            self.parts.put(drawing, boxes.content())
            return done.content
        drawing = self.parts.new_name("xl/drawings/vmlDrawing{}.vml")
        relation = self.parts.relate(sheet.part, f"{self.relations}/vmlDrawing", drawing)
        self.parts.declare(drawing, "application/vnd.openxmlformats-officedocument.vmlDrawing")
        self.parts.put(drawing, boxes.content())
        tag = f'<{done.prefix}legacyDrawing xmlns:r="{self.relations}" r:id="{relation}"/>'.encode()
        return done.joined(tag)

    def _add(self, name: str, content: bytes, *, first: bool) -> None:
        """Put a sheet of ours in place, over the one of last time."""
        old = next((sheet for sheet in self.sheets if sheet.name == name), None)
        if old is not None:
            self.parts.put(old.part, content)
            return
        part = self.parts.new_name("xl/worksheets/sheet{}.xml")
        self.parts.put(part, content)
        self.parts.declare(part, f"{SPREADSHEET}.worksheet+xml")
        relation = self.parts.relate(self.parts.workbook, f"{self.relations}/worksheet", part)
        listed = self._element("sheets")
        number = max((int(each.get("sheetId", "0")) for each in listed), default=0) + 1
        entry = etree.Element(
            f"{{{self.space}}}sheet",
            {"name": name, "sheetId": str(number), f"{{{self.relations}}}id": relation},
            nsmap={"r": self.relations},
        )
        if first:
            listed.insert(0, entry)
            self._shift_names()
        else:
            entry.set("state", "veryHidden")
            listed.append(entry)

    def _shift_names(self) -> None:
        """Names that belong to a sheet count sheets from the first."""
        for each in self._element("definedNames"):
            number = each.get("localSheetId")
            if number is not None and number.isdigit():
                each.set("localSheetId", str(int(number) + 1))

    def _open_first(self) -> None:
        names = [each.get("name") for each in self._element("sheets")]
        for each in self._element("bookViews"):
            each.set("activeTab", str(names.index(RESULTS_SHEET)))
            each.attrib.pop("firstSheet", None)

    def _put_styles(self) -> None:
        if self.styles_part is None:
            self.styles_part = self.parts.new_name("xl/styles{}.xml")
            self.parts.relate(self.parts.workbook, f"{self.relations}/styles", self.styles_part)
            self.parts.declare(self.styles_part, f"{SPREADSHEET}.styles+xml")
        self.parts.put(self.styles_part, self.styles.content())
