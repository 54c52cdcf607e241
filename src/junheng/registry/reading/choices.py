"""Yes or no, and words out of a list."""

import difflib
from collections.abc import Mapping
from functools import cache

from junheng.registry.filing import State
from junheng.registry.reading.outcome import Outcome, Problem, filed, requirement, unclear
from junheng.registry.reading.plain import narrowed, squeezed
from junheng.registry.reading.sandbox.wire import Cell
from junheng.registry.reading.texts import as_digits
from junheng.registry.reading.words import words
from junheng.schema import Column

SCHOOL = "学校"
NEAR = 0.5


def read_bool(cell: Cell, column: Column) -> Outcome:
    """是 or 否 in any of the usual ways."""
    said = _said(cell).rstrip(".。").lower()
    if said in words().yes:
        return filed(True)
    if said in words().no:
        return filed(False)
    return unclear("V16", cell, column, "既不是“是”也不是“否”", "请从下拉选项中选“是”或“否”")


def read_choice(cell: Cell, column: Column) -> Outcome:
    """The code of a choice, given by its word or its code; near misses are suggested."""
    said = squeezed(_said(cell))
    code = _ways(column.name, tuple(column.choices.items())).get(said)
    if code is not None:
        return filed(code)
    near = _nearest(narrowed(cell.text), column)
    mend = f"是否“{near}”？请从下拉选项中选" if near else "请从下拉选项中选一个"
    return unclear("V15", cell, column, "不在选项之内", mend)


def _said(cell: Cell) -> str:
    return as_digits(cell) if cell.kind == "n" else narrowed(cell.text)


@cache
def _ways(column: str, choices: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Every squeezed way of writing → code; a way that two choices share means neither."""
    found: dict[str, set[str]] = {}
    for code, word in choices:
        for way in (code, word, *_shorter(code, word), *_other(column, code)):
            for written in (way, way.removesuffix(SCHOOL), way + SCHOOL):
                found.setdefault(squeezed(written), set()).add(code)
    found.pop("", None)
    exact = {squeezed(word): code for code, word in choices}
    return {way: next(iter(codes)) for way, codes in found.items() if len(codes) == 1} | exact


def _shorter(code: str, word: str) -> tuple[str, str]:
    """111主城区 without its number, GCJ-02（高德、腾讯） without its bracket."""
    return word.removeprefix(code), word.partition("（")[0]


def _other(column: str, code: str) -> list[str]:
    return words().choices.get(column, {}).get(code, [])


def _nearest(said: str, column: Column) -> str | None:
    offered = list(column.choices.values())
    inside = [word for word in offered if word in said or (len(said) > 1 and said in word)]
    if len(inside) == 1:
        return inside[0]
    near = difflib.get_close_matches(said, offered, n=1, cutoff=NEAR)
    return near[0] if near else None


def no_choice(column: Column) -> Outcome:
    """A cell of a kind that cannot be a word: a logical value in a list of words."""
    problem = Problem(
        "V15", f"“{column.label}”填的是逻辑值", requirement(column), "请从下拉选项中选"
    )
    return Outcome(State.UNCLEAR, None, problem)
