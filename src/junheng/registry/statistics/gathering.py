"""The rows of all sheets: which are schools of the county, and what was passed over."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from junheng.registry.filing import Finding, Level, Origin
from junheng.registry.reading.addresses import address
from junheng.registry.reading.findings import ranges
from junheng.registry.reading.sandbox.wire import Cell, Row
from junheng.registry.statistics.counties import Counties
from junheng.registry.statistics.findings import file_place, finding
from junheng.registry.statistics.identity import (
    Places,
    TypeSaid,
    TypeWords,
    is_sum,
    places_of,
    school_code,
)
from junheng.registry.statistics.mappings import Mapping
from junheng.registry.statistics.nouns import Page

ENOUGH_TO_BE_A_ROW = 3
"""Filled cells: fewer without a code are a note under the table."""


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One row about one school."""

    page: Page
    places: Places
    number: int
    cells: dict[int, Cell]
    code: str
    type_said: TypeSaid
    county: str
    """Code of its county, where the row names it."""


@dataclass
class Rows:
    """All rows that count, and the findings about those that do not."""

    rows: list[SchoolRow] = field(default_factory=list)
    elsewhere: dict[str, Origin] = field(default_factory=dict)
    """Schools of other counties → where one said so."""
    findings: list[Finding] = field(default_factory=list)


def gather_rows(pages: Sequence[Page], mapping: Mapping, counties: Counties) -> Rows:
    """The rows of the county's schools in reading order."""
    found = Rows()
    types = TypeWords(mapping)
    places = [places_of(page, mapping) for page in pages]
    for page, where in zip(pages, places, strict=True):
        counties.meet(_units(page, where))
    for page, where in zip(pages, places, strict=True):
        _page(page, where, types, counties, found)
    found.findings += _in_two_counties(found)
    return found


def _in_two_counties(found: Rows) -> Iterator[Finding]:
    """A school that one sheet puts into the county and another elsewhere."""
    here = {row.code: row for row in found.rows if row.county}
    for code, origin in found.elsewhere.items():
        if code in here:
            heading = here[code].places.by_name["location_unit"].headings
            other = here[code].page.origin(here[code].number, heading, "")
            yield finding(
                "I10",
                Level.MUST_FIX,
                origin,
                f"{code}的统计三级这里是“{origin.raw}”，{other} 是本县",
                "一所学校只在一个区县",
                "请核对后改一处",
                key=code,
                column="location_unit",
            )


def _units(page: Page, places: Places) -> Iterator[tuple[str, Origin]]:
    column = places.at("location_unit")
    if not column:
        return
    heading = places.by_name["location_unit"].headings
    for row in page.rows:
        if is_sum(row, places):
            continue
        text = places.said(_cells(row), "location_unit")
        if text:
            yield text, page.origin(row.number, heading, text)


def _cells(row: Row) -> dict[int, Cell]:
    return {cell.column: cell for cell in row.cells}


def _page(page: Page, places: Places, types: TypeWords, counties: Counties, found: Rows) -> None:
    lost: list[int] = []
    unknown: Counter[str] = Counter()
    first: dict[str, int] = {}
    left: Counter[str] = Counter()
    for row in page.rows:
        if is_sum(row, places):
            page.subtotals.append(row.number)
            continue
        cells = _cells(row)
        code = school_code(cells.get(places.at("school_code")))
        if not code:
            lost += [row.number] if len(cells) >= ENOUGH_TO_BE_A_ROW else []
            continue
        unit = places.said(cells, "location_unit")
        if not counties.here(unit):
            headings = places.by_name["location_unit"].headings
            found.elsewhere.setdefault(code, page.origin(row.number, headings, unit))
            left["不属于本县"] += 1
            continue
        text = places.said(cells, "school_type")
        said = types.of(text) if text else TypeSaid(attached=True)
        if said.outside:
            left[said.outside] += 1
            continue
        if said.unknown:
            unknown[text] += 1
            first.setdefault(text, row.number)
        found.rows.append(
            SchoolRow(page, places, row.number, cells, code, said, counties.code(unit))
        )
    page.left_out.update(left)
    found.findings += _said(page, places, lost, left)
    for text, count in unknown.items():
        cell = address(first[text], places.at("school_type"))
        found.findings.append(
            finding(
                "I13",
                Level.MUST_FIX,
                file_place(page.file, page.sheet, cell),
                f"不认识办学类型“{text}”（{count} 行）",
                "要能归入模板的学校类型",
                f'请用 --mapping 写明，例如 [types.schools] 下写 "{text}" = "primary"',
            )
        )


def _said(page: Page, places: Places, lost: Sequence[int], left: Counter[str]) -> Iterator[Finding]:
    if page.subtotals:
        yield finding(
            "I06", Level.NOTE, file_place(page.file, page.sheet, f"A{page.subtotals[0]}"),
            f"第 {ranges(page.subtotals)} 行是合计、小计，跳过了", "只读一校一行", "不用改",
        )  # fmt: skip
    if lost:
        column = places.at("school_code")
        yield finding(
            "I09", Level.MUST_FIX, file_place(page.file, page.sheet, address(lost[0], column)),
            f"第 {ranges(list(lost))} 行有数，却没有读得出的10位学校标识码", "每行都要有学校标识码",
            "请补上标识码；不要的行请删去",
        )  # fmt: skip
    if left:
        said = "、".join(f"{why} {count} 行" for why, count in left.items())
        yield finding(
            "I16", Level.NOTE, file_place(page.file, page.sheet),
            f"没有读入：{said}", "只读本县的中小学与特殊教育学校", "不用改",
        )  # fmt: skip
