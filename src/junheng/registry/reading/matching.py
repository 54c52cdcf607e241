"""Which table a sheet holds, and which sheet column is which declared column.

Codes and headings are looked for in the first rows, wherever they stand: columns may be moved,
the code row may be gone. Where codes and headings contradict each other, neither is believed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from junheng.registry.catalogue import tables
from junheng.registry.layout import EXPLANATION, Slot
from junheng.registry.reading.headings import PLAIN_EXPLANATION, Named, by_code, evened, named
from junheng.registry.reading.sandbox.wire import Sheet

HEAD_ROWS = 20
HALF = Fraction(1, 2)
ENOUGH = 2
"""Fewer codes or headings in a row are a coincidence."""

Grid = Mapping[int, Mapping[int, str]]


def head_of(sheet: Sheet) -> Grid:
    """The texts of the first rows: row → column → text."""
    return {
        row.number: {cell.column: cell.text.strip() for cell in row.cells}
        for row in sheet.first(HEAD_ROWS)
        if row.number <= HEAD_ROWS
    }


@dataclass
class Columns:
    """The columns of a row sheet, and everything about its head that is not as it should be."""

    table: str
    code_row: int
    heading_row: int
    """0 where there is none."""
    codes: Mapping[int, str]
    headings: Mapping[int, str]
    placed: dict[str, int] = field(default_factory=dict)
    """Slot code → sheet column, for the slots that can be read."""
    swapped: list[tuple[int, Slot, Slot]] = field(default_factory=list)
    """Sheet column, slot of its code, slot of its heading."""
    repeated: list[tuple[int, Slot, int]] = field(default_factory=list)
    """Sheet column, slot, and the sheet column that was there before."""
    other_unit: list[tuple[int, Slot, str]] = field(default_factory=list)
    renamed: list[tuple[int, Slot]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)

    @property
    def first_row(self) -> int:
        return max(self.code_row, self.heading_row) + 1

    @cached_property
    def disputed(self) -> frozenset[str]:
        """Slots about which the head says two things; their cells cannot be taken."""
        found = {slot.code for _, *pair in self.swapped for slot in pair}
        found |= {slot.code for _, slot, _ in self.repeated}
        return frozenset(found | {slot.code for _, slot, _ in self.other_unit})

    @cached_property
    def missing(self) -> list[Slot]:
        """Declared columns that stand nowhere on the sheet."""
        return [
            slot
            for slot in by_code(self.table).values()
            if slot.role == "value"
            and slot.code not in self.placed
            and slot.code not in self.disputed
        ]

    @cached_property
    def understood(self) -> frozenset[int]:
        """Sheet columns that are, or claim to be, a column of the table."""
        claimed = (at for at, *_ in (*self.swapped, *self.repeated, *self.other_unit))
        return frozenset((*self.placed.values(), *claimed))

    @property
    def whole(self) -> bool:
        """The head names every column, and nothing in it is disputed."""
        return not self.missing and not self.disputed


def match_columns(table: str, head: Grid) -> Columns | None:
    """The columns of a row sheet; None where its head shows neither codes nor headings."""
    code_row = _row_of(head, by_code(table).__contains__)
    heading_row = _row_of(head, lambda text: named(text, table) is not None)
    if not code_row and not heading_row:
        return None
    found = Columns(table, code_row, heading_row, head.get(code_row, {}), head.get(heading_row, {}))
    for column in sorted({*found.codes, *found.headings}):
        _place(found, column)
    return found


def _row_of(head: Grid, known: Callable[[str], bool]) -> int:
    """Number of the row with most known texts, 0 where none has enough."""
    counted = {
        number: sum(known(text) for text in texts.values()) for number, texts in head.items()
    }
    best = max(counted, key=lambda number: (counted[number], -number), default=0)
    return best if counted.get(best, 0) >= ENOUGH else 0


def _place(found: Columns, column: int) -> None:
    """Decide what one sheet column is."""
    coded = by_code(found.table).get(found.codes.get(column, ""))
    text = found.headings.get(column, "")
    headed = named(text, found.table) or _plain_explanation(found, column, text)
    slot = coded or (headed.slot if headed else None)
    if slot is None:
        found.unknown.append(column)
        return
    if coded and headed and headed.slot is not coded:
        found.swapped.append((column, coded, headed.slot))
        return
    if slot.code in found.placed:
        found.repeated.append((column, slot, found.placed[slot.code]))
        return
    if headed and headed.other_unit:
        found.other_unit.append((column, slot, headed.other_unit))
        return
    if coded and text and headed is None:
        found.renamed.append((column, slot))
    found.placed[slot.code] = column


def _plain_explanation(found: Columns, column: int, text: str) -> Named | None:
    """A heading that only says 异常说明 belongs to the column on its left."""
    if evened(text) != PLAIN_EXPLANATION:
        return None
    beside = next((code for code, at in found.placed.items() if at == column - 1), "")
    slot = by_code(found.table).get(beside + EXPLANATION)
    return Named(slot) if slot else None


def table_shown(head: Grid) -> str | None:
    """The table whose codes or headings these are, if it is beyond doubt.

    Measured by what table and sheet have in common over what either has: the register's few
    columns all stand on 学校基本情况 too.
    """
    texts = {text for row in head.values() for text in row.values()}
    common = {table: {t for t in texts if _belongs(t, table)} for table in tables()}
    known = set().union(*common.values())
    scores = {
        table: Fraction(len(own), len(by_code(table)) + len(known - own))
        for table, own in common.items()
    }
    best = max(scores, key=lambda table: scores[table])
    rivals = [table for table in scores if scores[table] == scores[best]]
    return best if scores[best] >= HALF and len(rivals) == 1 else None


def _belongs(text: str, table: str) -> bool:
    return text in by_code(table) or named(text, table) is not None
