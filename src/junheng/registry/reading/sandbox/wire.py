"""What passes between the reader and its child process: plain values, framed MessagePack.

Not pickle: the child has touched an untrusted file, and what it says must not be able to run.
"""

import struct
from array import array
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import IO

import msgspec

NUMBERS = "I"
"""Type of the arrays on the wire: both ends run on one machine."""

NOTHING = 0
"""Number of the content of a cell that holds nothing, in a row in which others do."""

PLAIN, DATE, PERCENT, SCALED, PADDED = 0, 1, 2, 3, 100
"""How a number cell looks: as it is, as a date, as a per cent, divided by its format, or (from
`PADDED` on) filled with zeros up to `look - PADDED` digits."""


class Limits(msgspec.Struct, frozen=True):
    """What one file may cost. A file beyond is named in a finding, never read in part."""

    file_bytes: int = 128 << 20
    inflated_bytes: int = 512 << 20
    """Bytes unpacked from all the parts read."""
    ratio: int = 400
    """Unpacked over packed size of one part; asked once 32 MiB have come out of it."""
    cells: int = 1_000_000
    """Filled cells of a file; also rows times columns of all its tables."""
    schools: int = 10_000
    """Rows of a table that has one row a school."""
    characters: int = 64_000_000
    """Characters in the cells of a file."""
    findings: int = 300_000
    """Problems of a file: far more than anyone makes by hand."""
    memory_bytes: int = 768 << 20
    """Address space of the child process, where the system can enforce it."""
    seconds: float = 50.0


class Cell(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One filled cell. `kind`: n number, s text, b bool, e error, d ISO date, - nothing cached."""

    column: int
    kind: str
    text: str
    look: int = PLAIN
    formula: bool = False


class Row(msgspec.Struct, array_like=True, frozen=True):
    number: int
    hidden: bool
    cells: list[Cell]


class Sheet(msgspec.Struct, array_like=True, tag="sheet", dict=True):
    """One sheet with its filled cells, and what the eye would see around them.

    Row n has the number `row_numbers[n]` and one cell for each column of `shapes[row_shapes[n]]`,
    in that order; `which` has the number of the content of every cell, row after row. A cell that
    holds nothing has the number 0.
    """

    name: str
    hidden: bool
    whole: bool
    """False: nothing on its first rows belongs to a template, so only these were read."""
    contents: list[Cell]
    """Each different content once, an empty one first; `column` is 0, since where it stands the
    shapes tell."""
    _row_numbers: bytes
    row_hidden: bytes
    """1 for a hidden row, 0 for any other."""
    shapes: list[tuple[int, ...]]
    _row_shapes: bytes
    _which: bytes
    hidden_columns: list[tuple[int, int]] = []
    merges: list[tuple[int, int, int, int]] = []
    """First row, first column, last row, last column."""
    date_1904: bool = False

    @cached_property
    def row_numbers(self) -> list[int]:
        return array(NUMBERS, self._row_numbers).tolist()

    @cached_property
    def row_shapes(self) -> list[int]:
        return array(NUMBERS, self._row_shapes).tolist()

    @cached_property
    def which(self) -> list[int]:
        return array(NUMBERS, self._which).tolist()

    @cached_property
    def starts(self) -> list[int]:
        """Place in `which` of the first cell of each row, and the end of the last."""
        widths = [len(each) for each in self.shapes]
        return [0, *accumulate(map(widths.__getitem__, self.row_shapes))]

    @property
    def adds_up(self) -> bool:
        """Whether the arrays fit each other: who sent them has touched an untrusted file."""
        try:
            rows, shapes = len(self.row_numbers), self.row_shapes
            which = self.which
        except ValueError:  # no whole number of numbers
            return False
        return (
            bool(self.contents)
            and rows == len(self.row_hidden) == len(shapes)
            and max(shapes, default=-1) < len(self.shapes)
            and self.starts[-1] == len(which)
            and max(which, default=-1) < len(self.contents)
        )

    def cells(self, index: int) -> Iterator[tuple[int, int]]:
        """(column, number of content) of the filled cells of the row at a place among the rows."""
        start = self.starts[index]
        columns = self.shapes[self.row_shapes[index]]
        return (
            each
            for each in zip(columns, self.which[start : start + len(columns)], strict=True)
            if each[1]
        )

    def row(self, index: int) -> Row:
        """The row at a place among the filled rows, its cells one by one."""
        cells = [
            Cell(column, c.kind, c.text, c.look, c.formula)
            for column, content in self.cells(index)
            for c in (self.contents[content],)
        ]
        return Row(self.row_numbers[index], bool(self.row_hidden[index]), cells)

    @cached_property
    def rows(self) -> list[Row]:
        """All rows; what has many goes by the arrays instead."""
        return [self.row(index) for index in range(len(self.row_numbers))]

    def first(self, count: int) -> list[Row]:
        """The first rows, in which a head is looked for."""
        return [self.row(index) for index in range(min(count, len(self.row_numbers)))]


class Refusal(msgspec.Struct, array_like=True, tag="refusal"):
    """Why a file was not read: check code, what was found, how to mend it."""

    code: str
    found: str
    mend: str
    final: bool = False
    """The child has ended with it: the next file deserves a fresh process."""


class Remark(msgspec.Struct, array_like=True, tag="remark"):
    """Something the user should know about a file that was read."""

    code: str
    found: str
    mend: str


class Done(msgspec.Struct, array_like=True, tag="done"):
    """The file is read to its end."""


class Request(msgspec.Struct, array_like=True):
    """Read this file. Sheets named in `names`, or showing one of `marks`, are read whole."""

    path: bytes
    limits: Limits
    names: list[str]
    marks: list[str]
    whole: bool = False
    """Read every sheet to its end."""


Message = Sheet | Remark | Refusal | Done

_LENGTH = struct.Struct(">I")


class Refused(Exception):  # noqa: N818 - a verdict on the file, carried across the process border
    def __init__(self, code: str, found: str, mend: str) -> None:
        super().__init__(found)
        self.code = code
        self.found = found
        self.mend = mend


def send(stream: IO[bytes], payload: bytes) -> None:
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next frame, or None where the other side has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None
