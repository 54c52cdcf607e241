"""Pupils and classes by school, stage and year from a table of the user's: CSV, or the first such sheet of a workbook.

Columns 学校代码、学段、学年、在校生数、班数, in any order. Everything that cannot be taken is told in one
pass: file, row, column and cell, what was found, what is allowed, how to mend it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.errors import UnreadableFileError
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
from junheng.registry.reading.process import Sandbox
from junheng.registry.reading.sandbox.wire import Cell, Refused, Row, Sheet
from junheng.schema import Stage

SCHOOL, STAGE, YEAR, PUPILS, CLASSES = COLUMNS = (
    "学校代码", "学段", "学年", "在校生数", "班数",
)  # fmt: skip
HEAD_ROWS = 20
"""Rows in which the heading is looked for."""
SHOWN, LONGEST = 200, 40
"""Faults told, and characters of a cell that are repeated."""
STAGES = {stage.label: stage for stage in Stage}
DIGITS = re.compile(r"[0-9]{1,9}(?:\.0+)?")
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
    found = _found(sheets)
    if found is None:
        seen = "、".join(_text(c) for s in sheets[:1] for r in s.rows[:1] for c in r.cells)
        told = f"第1行是“{seen[:LONGEST]}”" if seen else "是空的"
        raise UnreadableFileError(str(path), f"没有找到表头（{told}）", MEND)
    sheet, heading = found
    reader = _Reader(facts, heading, latest)
    counts = [c for row in sheet.rows if row.number > heading.row for c in reader.row(row)]
    if not reader.faults and not counts:
        reader.faults.append("表头下面没有一行数")
    if reader.faults:
        rest = len(reader.faults) - SHOWN
        shown = [*reader.faults[:SHOWN], *([f"……另有{rest}处"] if rest > 0 else [])]
        listed = "；\n".join(shown)
        raise UnreadableFileError(
            f"{file.name}”工作表“{sheet.name}" if len(sheets) > 1 else file.name,
            f"有{len(reader.faults)}处不能用：\n{listed}", MEND,
        )  # fmt: skip
    return sealed([Told(kind="table", file=file.name, sha256=digest)], counts)


def _found(sheets: Sequence[Sheet]) -> tuple[Sheet, _Heading] | None:
    """The first sheet with a row that has all the columns."""
    for sheet in sheets:
        for row in sheet.rows[:HEAD_ROWS]:
            places = {_text(cell): cell.column for cell in row.cells}
            if set(COLUMNS) <= places.keys():
                return sheet, _Heading(row.number, {name: places[name] for name in COLUMNS})
    return None


def _text(cell: Cell | None) -> str:
    return "" if cell is None or cell.kind == "-" else cell.text.strip()


class _Reader:
    """Takes row after row, and keeps what is wrong with them."""

    def __init__(self, facts: Facts, heading: _Heading, latest: int) -> None:
        self.first, self.latest = facts.year + 1, latest
        self.heading = heading
        self.schools = stages_told(facts)
        self.seen: dict[tuple[str, Stage, int], int] = {}
        self.faults: list[str] = []

    def row(self, row: Row) -> Iterator[Count]:
        cells = {cell.column: cell for cell in row.cells}
        held = {name: cells.get(column) for name, column in self.heading.places.items()}
        if not any(_text(cell) for cell in held.values()):
            return
        before = len(self.faults)
        school = self._school(row, held[SCHOOL])
        stage = self._stage(row, held[STAGE], school)
        year = self._number(row, YEAR, held[YEAR], self.first, self.latest)
        pupils = self._number(row, PUPILS, held[PUPILS], 0, MOST_PUPILS)
        classes: int | None = None
        if stage is not Stage.SENIOR or _text(held[CLASSES]):
            classes = self._number(row, CLASSES, held[CLASSES], 0, MOST_CLASSES)
        if len(self.faults) > before or not school or stage is None:
            return
        assert year is not None, "there was no fault"
        assert pupils is not None, "there was no fault"
        if stage is Stage.SENIOR:
            classes = None
        elif (pupils > 0) != bool(classes):
            wrong = f"{pupils}名学生、{classes}个班"
            self._fault(row, CLASSES, wrong, "有学生就至少有一个班，没有学生就没有班")
            return
        key = (school, stage, year)
        if key in self.seen:
            told = f"{school} {stage.label} {year}学年"
            self._fault(
                row, SCHOOL, told, f"每所学校每个学段每年只写一行，第{self.seen[key]}行已经写了"
            )
            return
        self.seen[key] = row.number
        yield Count(school=school, stage=stage, year=year, pupils=pupils, classes=classes)

    def _school(self, row: Row, cell: Cell | None) -> str:
        code = _text(cell)
        code = code.split(".")[0] if DIGITS.fullmatch(code) else code
        if code not in self.schools:
            self._fault(row, SCHOOL, _text(cell), "封存里有的学校代码，10位，前面的0不能丢")
            return ""
        return code

    def _stage(self, row: Row, cell: Cell | None, school: str) -> Stage | None:
        stage = STAGES.get(_text(cell))
        if stage is None:
            self._fault(row, STAGE, _text(cell), "小学、初中或高中")
        elif school and stage not in self.schools[school]:
            own = "、".join(each.label for each in self.schools[school]) or "没有可以写的学段"
            self._fault(row, STAGE, stage.label, f"{school} 有的学段（{own}）")
        return stage

    def _number(self, row: Row, name: str, cell: Cell | None, least: int, most: int) -> int | None:
        text = _text(cell).replace(",", "").removesuffix("学年" if name == YEAR else "")
        number = int(text.split(".")[0]) if DIGITS.fullmatch(text) else None
        if number is None or not least <= number <= most:
            allowed = f"{least}到{most}的整数"
            if name == YEAR:
                allowed = f"{least}到{most}，学年写开始的那一年"
            self._fault(row, name, _text(cell), allowed)
            return None
        return number

    def _fault(self, row: Row, name: str, found: str, allowed: str) -> None:
        place = f"{_letters(self.heading.places[name])}{row.number}"
        told = f"“{found[:LONGEST]}”" if found else "是空的"
        self.faults.append(f"第{row.number}行“{name}”（{place}）{told}，应当是{allowed}")


def _letters(column: int) -> str:
    """The column as a sheet names it."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


__all__ = ["COLUMNS", "read_pupils"]
