"""The files of the statistics, opened in the sandbox: every sheet understood, or named."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from junheng.registry.filing import Finding, Level, Source
from junheng.registry.reading.gathering import Found, gather
from junheng.registry.reading.process import Sandbox
from junheng.registry.reading.reader import READABLE, source
from junheng.registry.reading.sandbox.wire import Limits, Refused, Remark, Row, Sheet
from junheng.registry.statistics.findings import file_place, finding
from junheng.registry.statistics.head import find_head
from junheng.registry.statistics.mappings import Mapping
from junheng.registry.statistics.nouns import Head, Hidden, Page
from junheng.registry.statistics.paths import parsed
from junheng.registry.statistics.recognising import (
    Recognised,
    ambiguous,
    recognise,
    take,
    unrecognised,
)
from junheng.registry.statistics.words import form_numbers, years_in
from junheng.registry.statistics.year import year_findings

HIDE = "要读的加 --hidden read，不要的加 --hidden skip；或在 Excel 里取消隐藏、删去后再导入"


@dataclass
class Opened:
    """What the files hold, before any row is read."""

    pages: list[Page] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def open_files(
    paths: Sequence[Path], mapping: Mapping, *, year: int, hidden: Hidden, limits: Limits
) -> Opened:
    """Every sheet of every file. A file that cannot be read is a finding and hides no other."""
    opened = Opened()
    keys = {next(iter(parsed(each)[-1])) for each in mapping.identity.school_code}
    with Sandbox(limits) as sandbox:
        for found in gather(paths):
            try:
                opened.sources.append(source(found, limits))
                with closing(
                    sandbox.read(found.path, [], list(mapping.identity.school_code), whole=True)
                ) as messages:
                    sheets = [each for each in messages if not isinstance(each, Remark)]
            except Refused as error:
                opened.findings.append(_unreadable(found, error))
                continue
            _File(found.name, mapping, keys, year, hidden).read(sheets, opened)
    return opened


def _unreadable(found: Found, error: Refused) -> Finding:
    place = file_place(found.name)
    return Finding(Level.MUST_FIX, error.code, place, error.found, READABLE, error.mend)


class _File:
    """The sheets of one file."""

    def __init__(
        self, file: str, mapping: Mapping, keys: set[str], year: int, hidden: Hidden
    ) -> None:
        self._file = file
        self._mapping = mapping
        self._keys = keys
        self._year = year
        self._hidden = hidden

    def read(self, sheets: Iterable[Sheet], opened: Opened) -> None:
        before = len(opened.pages)
        strangers: list[tuple[Head | None, str, list[str]]] = []
        filled = [each for each in sheets if each.rows]
        for sheet in filled:
            if sheet.hidden and self._hidden != "read":
                opened.findings += self._hidden_sheet(sheet)
                continue
            head = find_head(sheet, self._keys)
            forms: list[Recognised] = []
            unknown = form_numbers(sheet.name, bare=False)
            if head is not None:
                forms, unknown = recognise(self._mapping, head, file=self._file, sheet=sheet.name)
            if len(forms) > 1:
                opened.findings.append(ambiguous(forms, file=self._file, sheet=sheet.name))
            elif forms and head is not None:
                self._page(sheet, head, forms[0].form.form, forms[0].how, opened)
            else:
                strangers.append((head, sheet.name, unknown))
        alone = len(opened.pages) == before
        for head, name, unknown in strangers:
            grave = alone or head is not None or bool(unknown)
            level = Level.MUST_FIX if grave else Level.NOTE
            opened.findings.append(unrecognised(head, file=self._file, sheet=name, level=level))
        if not filled:
            opened.findings.append(
                unrecognised(None, file=self._file, sheet="", level=Level.MUST_FIX)
            )

    def _page(self, sheet: Sheet, head: Head, number: str, how: str, opened: Opened) -> None:
        form = next(each for each in self._mapping.form if each.form == number)
        seen = head if self._hidden == "read" else _without_hidden(head)
        taken, unknown, findings = take(form, seen, file=self._file, sheet=sheet.name)
        years = years_in((*head.above, sheet.name, self._file))
        page = Page(
            self._file, sheet.name, form, how, seen, taken, unknown, _rows(sheet, head), years[0] if years else None,
            sheet.date_1904,
        )  # fmt: skip
        opened.findings += findings
        opened.findings += year_findings(page, years, self._year)
        if self._hidden == "ask":
            opened.findings += self._hidden_parts(sheet, head)
        if self._hidden == "skip":
            page.rows = [row for row in page.rows if not row.hidden]
        if not taken and form.field:
            opened.findings.append(
                unrecognised(seen, file=self._file, sheet=sheet.name, level=Level.MUST_FIX)
            )
        opened.pages.append(page)

    def _hidden_sheet(self, sheet: Sheet) -> list[Finding]:
        level = Level.MUST_FIX if self._hidden == "ask" else Level.NOTE
        place = file_place(self._file, sheet.name)
        if find_head(sheet, self._keys) is None:
            return []
        return [
            finding("I07", level, place, "工作表是隐藏的，没有读取", "隐藏的内容不猜要不要", HIDE)
        ]

    def _hidden_parts(self, sheet: Sheet, head: Head) -> list[Finding]:
        found = []
        if columns := [each for each in head.headings if each.hidden]:
            said = "、".join(f"“{each.shown}”" for each in columns[:6])
            place = file_place(self._file, sheet.name, columns[0].cell)
            found.append(
                finding(
                    "I07",
                    Level.MUST_FIX,
                    place,
                    f"隐藏了 {len(columns)} 列：{said}",
                    "隐藏的内容不猜要不要",
                    HIDE,
                )
            )
        if rows := [row.number for row in _rows(sheet, head) if row.hidden]:
            place = file_place(self._file, sheet.name, f"A{rows[0]}")
            found.append(
                finding(
                    "I07",
                    Level.MUST_FIX,
                    place,
                    f"隐藏了 {len(rows)} 行，从第 {rows[0]} 行起",
                    "隐藏的内容不猜要不要",
                    HIDE,
                )
            )
        return found


def _rows(sheet: Sheet, head: Head) -> list[Row]:
    return [row for row in sheet.rows if row.number >= head.first_row]


def _without_hidden(head: Head) -> Head:
    return Head(tuple(e for e in head.headings if not e.hidden), head.first_row, head.above)
