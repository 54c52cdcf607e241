"""The list of schools: every code once, with what the list says of it, in the units of the form."""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from junheng.registry.catalogue import tables
from junheng.registry.filing import Finding, Level, State, Value
from junheng.registry.reading.cells import Reader
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.sandbox.wire import Cell
from junheng.registry.reading.words import words
from junheng.registry.rosters.engine import Engine
from junheng.registry.rosters.findings import SHOWN, at_rows, finding
from junheng.registry.rosters.parts import ROW, Part
from junheng.registry.statistics.identity import TypeWords
from junheng.registry.statistics.mappings import shipped

_UNIT = re.compile(r"([0-9A-Z]{6})(?:[0-9]{6})?(.*)", re.DOTALL)
_CODE = re.compile(tables()["schools"].columns()["school_code"].pattern, re.ASCII)
_NAME = re.compile("[\u4e00-\u9fff]+[0-9]*[\u4e00-\u9fff]*")
"""Names that need no evening out: nearly all of them, and there may be hundreds of thousands."""
NEEDED = ("school_code", "school_type", "location_unit")


@dataclass
class Schools:
    """Code → column → value; county code → name, where the list names it."""

    values: dict[str, dict[str, Value]] = field(default_factory=dict)
    counties: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    outside: int = 0
    """Rows of what the form does not ask about: kindergartens."""


class _Unread(dict[tuple[str, str], list[int]]):
    """(column, why) → row numbers."""

    def add(self, column: str, why: str, row: int) -> None:
        self.setdefault((column, why), []).append(row)


def read_schools(parts: Sequence[Part], db: Engine) -> Schools:
    """Every school of the lists. A school may stand in several lists that agree."""
    found = Schools()
    for part in parts:
        _Reading(part, found).read(db)
    found.values = dict(sorted(found.values.items()))
    return found


class _Reading:
    """One part, row by row."""

    def __init__(self, part: Part, found: Schools) -> None:
        self._part, self._found = part, found
        declared = tables()["schools"].columns()
        self._columns = [each for each in part.places if each in declared]
        self._readers = {each: Reader(declared[each]) for each in self._columns}
        self._types = TypeWords(shipped())
        self._unread = _Unread()

    def read(self, db: Engine) -> None:
        shown = ", ".join(self._part.text(each) for each in self._columns)
        query = f"SELECT {ROW}, {shown} FROM {self._part.numbered}"
        rows = [each for each in db.rows(query, about=self._part.name) if any(each[1:])]
        numbers = [int(each[0]) for each in rows]
        texts = [[str(each[at]) for each in rows] for at in range(1, len(self._columns) + 1)]
        values = [
            self._values(column, said, numbers)
            for column, said in zip(self._columns, texts, strict=True)
        ]
        for row, *held in zip(numbers, *values, strict=True):
            self._row(row, dict(zip(self._columns, held, strict=True)))
        self._found.findings += self._told()

    def _values(self, column: str, texts: Sequence[str], rows: Sequence[int]) -> list[Value | None]:
        """One column; each different text is understood once."""
        known: dict[str, tuple[Value | None, str]] = {}
        found = []
        for text, row in zip(texts, rows, strict=True):
            if text not in known:
                known[text] = self._value(column, text)
            value, why = known[text]
            if why:
                self._unread.add(column, why, row)
            found.append(value)
        return found

    def _row(self, row: int, held: Mapping[str, Value | None]) -> None:
        if held.get("school_type") == "":
            self._found.outside += 1
            return
        values = {column: value for column, value in held.items() if value is not None}
        code = values.get("school_code")
        if isinstance(code, str) and all(column in values for column in NEEDED):
            self._put(code, values, row)

    def _put(self, code: str, values: dict[str, Value], row: int) -> None:
        held = self._found.values.setdefault(code, values)
        if held is values:
            return
        for column, value in values.items():
            if held.setdefault(column, value) != value:
                self._unread.add(column, "与前面同一学校的值不同", row)

    def _value(self, column: str, text: str) -> tuple[Value | None, str]:
        """The value of a text, or why there is none."""
        if not text:
            return None, "空着" if column in NEEDED else ""
        if column == "school_type" and (known := self._type(text)) is not None:
            return known, ""
        if column == "location_unit" and (unit := _UNIT.fullmatch(narrowed(text).replace(" ", ""))):
            self._found.counties[unit[1]] = unit[2] or self._found.counties.get(unit[1], "")
            return unit[1], ""
        if column == "school_code" and _CODE.fullmatch(text):
            return text, ""
        if column == "school_name" and _NAME.fullmatch(text) and text not in words().asked:
            return text, ""
        outcome = self._readers[column].read(Cell(1, "s", text))
        why = f"读不出（{outcome.problem.check}）" if outcome.problem is not None else ""
        return outcome.value if outcome.state is State.FILED else None, why

    def _type(self, text: str) -> str | None:
        """The school type; '' for what stands outside the form; None where it is another's word."""
        said = self._types.of(text)
        return said.school_type or ("" if said.outside else None)

    def _told(self) -> Iterator[Finding]:
        declared = tables()["schools"].columns()
        for (column, why), rows in self._unread.items():
            grave = column in NEEDED or why.startswith("与前面")
            yield finding(
                "A13",
                Level.MUST_FIX if grave else Level.NOTE,
                self._part.name,
                f"{at_rows(rows[:SHOWN], len(rows))}的“{declared[column].label}”{why}",
                "学校代码、类型、所在区县每所学校都要有，几处写的要一致",
                "请改正学校名册" if grave else "这一栏留空，等人填",
            )
