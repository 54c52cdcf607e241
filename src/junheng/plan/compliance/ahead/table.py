"""Pupils and classes by school, stage and year from a table of the user's: CSV, or every such sheet of a workbook.

Columns 学校代码、学段、学年、在校生数、班数, in any order. Everything that cannot be taken is told in one
pass: file, sheet, row, column and cell, what was found, what is allowed, how to mend it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.errors import UnreadableFileError
from junheng.plan.compliance.ahead.cells import (
    LONGEST,
    code_in,
    is_filled,
    text_in,
    told,
    whole_in,
)
from junheng.plan.compliance.ahead.nouns import (
    MOST_CLASSES,
    MOST_PUPILS,
    Count,
    Forecast,
    Told,
    sealed,
)
from junheng.plan.compliance.ahead.returns import stages_told
from junheng.registry import Facts
from junheng.registry.reading import Limits
from junheng.registry.reading.addresses import address
from junheng.registry.reading.process import Sandbox
from junheng.registry.reading.sandbox.wire import Cell, Refused, Row, Sheet
from junheng.schema import Stage

SCHOOL, STAGE, YEAR, PUPILS, CLASSES = COLUMNS = (
    "学校代码", "学段", "学年", "在校生数", "班数",
)  # fmt: skip
HEAD_ROWS = 20
"""Rows in which the heading is looked for."""
NEARLY = 3
"""Names of columns in one row from which on it is taken to be a heading that lacks some."""
SHOWN = 200
"""Faults told."""
STAGES = {stage.label: stage for stage in Stage}
MEND = f"请写成五列：{'、'.join(COLUMNS)}，一行一所学校的一个学段、一个学年，改好后再做。"


@dataclass(frozen=True)
class _Heading:
    """Where the columns are: name → column number."""

    row: int
    places: Mapping[str, int]


def read_pupils(path: str | Path, facts: Facts, *, latest: int) -> Forecast:
    """The table, fitted to the schools of the facts; years are those after theirs, up to `latest`.

    Raises UnreadableFileError for a file that cannot be read, and naming every wrong cell."""
    file = Path(path)
    try:
        with Sandbox(Limits()) as sandbox:
            messages = list(sandbox.read(file, [], list(COLUMNS), whole=True))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except Refused as refused:
        raise UnreadableFileError(str(path), refused.found, f"{refused.mend}。") from None
    sheets = [each for each in messages if isinstance(each, Sheet)]
    if not any(_names(row) >= {*COLUMNS} for sheet in sheets for row in sheet.first(HEAD_ROWS)):
        seen = "、".join(text_in(c) for s in sheets[:1] for r in s.rows[:1] for c in r.cells)
        words = f"第1行是“{seen[:LONGEST]}”" if seen else "是空的"
        raise UnreadableFileError(str(path), f"没有找到表头（{words}）", MEND)
    reader = _Reader(facts, latest)
    counts = [
        c for sheet in sheets for c in reader.sheet(sheet, sheet.name if len(sheets) > 1 else "")
    ]
    if not reader.faults and not counts:
        reader.faults.append("表头下面没有一行数")
    if reader.faults:
        rest = len(reader.faults) - SHOWN
        shown = [*reader.faults[:SHOWN], *([f"……另有{rest}处"] if rest > 0 else [])]
        listed = "；\n".join(shown)
        raise UnreadableFileError(file.name, f"有{len(reader.faults)}处不能用：\n{listed}", MEND)
    return sealed([Told(kind="table", file=file.name, sha256=digest)], counts)


def _names(row: Row) -> set[str]:
    """The columns that this row names, were it the heading."""
    return {text_in(cell) for cell in row.cells} & {*COLUMNS}


class _Reader:
    """Takes sheet after sheet and row after row, and keeps what is wrong with them."""

    def __init__(self, facts: Facts, latest: int) -> None:
        self.first, self.latest = facts.year + 1, latest
        self.heading = _Heading(0, {})
        self.name = ""
        """Of the sheet at hand; empty where there is only one."""
        self.schools = stages_told(facts)
        self.seen: dict[tuple[str, Stage, int], tuple[str, int]] = {}
        self.faults: list[str] = []

    def sheet(self, sheet: Sheet, name: str) -> Iterator[Count]:
        """What a sheet tells; one without the heading tells nothing, and must not look as if it did."""
        self.name = name
        head = next((r for r in sheet.first(HEAD_ROWS) if _names(r) >= {*COLUMNS}), None)
        if head is None:
            self._without_head(sheet)
            return
        places: dict[str, list[int]] = {}
        for cell in head.cells:
            places.setdefault(text_in(cell), []).append(cell.column)
        twice = [column for column in COLUMNS if len(places[column]) > 1]
        for column in twice:
            where = "、".join(address(head.number, place) for place in places[column])
            self._told(head, f"“{column}”写了{len(places[column])}列（{where}），只能有一列")
        if twice:
            return
        self.heading = _Heading(head.number, {column: places[column][0] for column in COLUMNS})
        for row in sheet.rows:
            if row.number > head.number:
                yield from self._row(row)

    def _without_head(self, sheet: Sheet) -> None:
        for row in sheet.first(HEAD_ROWS):
            named = _names(row)
            if len(named) >= NEARLY:
                lacking = "、".join(each for each in COLUMNS if each not in named)
                self._told(row, f"像是表头，没有“{lacking}”")
                return
        for row in sheet.rows:
            code = next((c for c in map(code_in, row.cells) if c in self.schools), "")
            if code:
                self._told(row, f"有学校代码“{code}”，工作表却没有表头")
                return

    def _row(self, row: Row) -> Iterator[Count]:
        cells = {cell.column: cell for cell in row.cells}
        held = {name: cells.get(column) for name, column in self.heading.places.items()}
        if not any(is_filled(cell) for cell in held.values()):
            return
        before = len(self.faults)
        school = self._school(row, held[SCHOOL])
        stage = self._stage(row, held[STAGE], school)
        year = self._number(row, YEAR, held[YEAR], self.first, self.latest)
        pupils = self._number(row, PUPILS, held[PUPILS], 0, MOST_PUPILS)
        classes: int | None = None
        if stage is not Stage.SENIOR or is_filled(held[CLASSES]):
            classes = self._number(row, CLASSES, held[CLASSES], 0, MOST_CLASSES)
        if len(self.faults) > before or not school or stage is None:
            return
        assert year is not None, "there was no fault"
        assert pupils is not None, "there was no fault"
        if stage is Stage.SENIOR:
            classes = None
        elif (pupils > 0) != bool(classes):
            wrong = f"“{pupils}名学生、{classes}个班”"
            self._fault(row, CLASSES, wrong, "有学生就至少有一个班，没有学生就没有班")
            return
        key = (school, stage, year)
        if key in self.seen:
            sheet, number = self.seen[key]
            where = f"工作表“{sheet}”" if sheet != self.name else ""
            self._fault(
                row, SCHOOL, f"“{school} {stage.label} {year}学年”",
                f"每所学校每个学段每年只写一行，{where}第{number}行已经写了",
            )  # fmt: skip
            return
        self.seen[key] = (self.name, row.number)
        yield Count(school=school, stage=stage, year=year, pupils=pupils, classes=classes)

    def _school(self, row: Row, cell: Cell | None) -> str:
        code = code_in(cell)
        if code not in self.schools:
            self._fault(row, SCHOOL, told(cell), "封存里有的学校代码，10位，前面的0不能丢")
            return ""
        return code

    def _stage(self, row: Row, cell: Cell | None, school: str) -> Stage | None:
        stage = STAGES.get(text_in(cell))
        if stage is None:
            self._fault(row, STAGE, told(cell), "小学、初中或高中")
        elif school and stage not in self.schools[school]:
            own = "、".join(each.label for each in self.schools[school]) or "没有可以写的学段"
            self._fault(row, STAGE, told(cell), f"{school} 有的学段（{own}）")
        return stage

    def _number(self, row: Row, name: str, cell: Cell | None, least: int, most: int) -> int | None:
        number = whole_in(cell, tail="学年" if name == YEAR else "")
        if number is None or not least <= number <= most:
            allowed = f"{least}到{most}的整数"
            if name == YEAR:
                allowed = f"{least}到{most}，学年写开始的那一年"
            self._fault(row, name, told(cell), allowed)
            return None
        return number

    def _fault(self, row: Row, name: str, found: str, allowed: str) -> None:
        place = address(row.number, self.heading.places[name])
        self._told(row, f"“{name}”（{place}）{found}，应当是{allowed}")

    def _told(self, row: Row, wrong: str) -> None:
        sheet = f"工作表“{self.name}”" if self.name else ""
        self.faults.append(f"{sheet}第{row.number}行{wrong}")


__all__ = ["COLUMNS", "read_pupils"]
