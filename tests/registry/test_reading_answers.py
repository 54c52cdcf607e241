"""What the child says is believed only where it adds up: it has touched an untrusted file."""

from array import array
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from handmade import parts, sheet_xml, zipped

from junheng.registry.reading.process import Child, Sandbox
from junheng.registry.reading.sandbox.wire import NUMBERS, Cell, Limits, Refused, Sheet


def numbers(*listed: int) -> bytes:
    return array(NUMBERS, listed).tobytes()


def sheet(**otherwise: object) -> bytes:
    """A sheet of one row with one cell, as the child sends it, but for what is said otherwise."""
    fields = {
        "name": "表", "hidden": False, "whole": True, "contents": [Cell(0, "s", ""), Cell(0, "n", "1")],
        "_row_numbers": numbers(1), "row_hidden": b"\0", "shapes": [(1,)],
        "_row_shapes": numbers(0), "_which": numbers(1),
    }  # fmt: skip
    return msgspec.msgpack.encode(Sheet(**{**fields, **otherwise}))


ODD: dict[str, Callable[[], bytes]] = {
    "no message": lambda: b"\xc1",
    "another kind": lambda: msgspec.msgpack.encode(["shell", "rm"]),
    "half a number": lambda: sheet(_which=b"\0\0\0"),
    "a content that is not there": lambda: sheet(_which=numbers(7)),
    "more cells than columns": lambda: sheet(_which=numbers(1, 1)),
    "fewer cells than columns": lambda: sheet(shapes=[(1, 2)]),
    "a shape that is not there": lambda: sheet(_row_shapes=numbers(1)),
    "a row without a shape": lambda: sheet(_row_shapes=numbers()),
    "a row that is neither hidden nor shown": lambda: sheet(row_hidden=b""),
    "no contents": lambda: sheet(contents=[], _which=numbers(0)),
}


def book(folder: Path) -> Path:
    return zipped(folder / "表.xlsx", parts(sheet_xml("")))


def read(path: Path, answer: bytes) -> list[object]:
    with Sandbox(Limits()) as sandbox, patch.object(Child, "answer", lambda *_: answer):
        return [next(sandbox.read(path, [], [], whole=True))]


def test_a_sheet_that_adds_up_is_taken(tmp_path: Path) -> None:
    (found,) = read(book(tmp_path), sheet())
    assert isinstance(found, Sheet)
    assert [cell.text for row in found.rows for cell in row.cells] == ["1"]


@pytest.mark.parametrize("odd", ODD)
def test_an_answer_that_does_not_add_up_refuses_the_file(odd: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(book(tmp_path), ODD[odd]())
    assert refused.value.code == "S06"
