"""Planting mistakes into a filled workbook, each written down so that it can be mended exactly."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from openpyxl.cell.cell import Cell

from junheng.errors import MisuseError
from junheng.registry.filing import Level
from junheng.sample.desk import Change, Desk, Raw
from junheng.sample.draws import stream
from junheng.sample.mistakes import MISTAKES, Mistake


@dataclass(frozen=True)
class Planted:
    """One mistake that was made: where it shows, what should be said of it, how to mend it."""

    mistake: str
    checks: tuple[str, ...]
    """Codes of checks, one of which must name the cell; empty where it is read silently."""
    level: Level
    sheet: str
    cell: str
    schools: tuple[str, ...]
    """Codes of the schools whose returns it touches or leans on; none for the county's own form."""
    was: Raw
    """What stood there, or in the first cell typed over where the mistake shows elsewhere."""
    put: Raw
    changes: tuple[Change, ...]
    """Everything that was typed over; `mend` puts it back."""

    @property
    def silent(self) -> bool:
        return not self.checks

    def __str__(self) -> str:
        said = "读取时自动处理" if self.silent else f"{self.level}（{'、'.join(self.checks)}）"
        was, put = _shown(self.was), _shown(self.put)
        return f"{self.sheet}!{self.cell}：{self.mistake}，{said}；原为{was}，改成{put}"


def _shown(value: Raw) -> str:
    return "空" if value is None else f"“{value}”"


def plant(
    workbook: Path, out: Path, *, count: int, seed: int, kinds: Collection[str] | None = None
) -> tuple[Planted, ...]:
    """Write to `out` the workbook with `count` mistakes, of every kind in turn.

    At most one mistake a school, so that no two can hide each other. `kinds` limits the kinds to
    these names. Raises MisuseError where the workbook has no room for so many, or a kind is unknown.
    """
    desk, chance = Desk(workbook), stream(seed, "mistakes")
    chance.shuffle(desk.free)
    planted: list[Planted] = []
    open_kinds = list(_chosen(kinds))
    if count < len(open_kinds):
        chance.shuffle(open_kinds)  # a few mistakes should not all be of one sheet
    topics: set[str] = set()
    while open_kinds and len(planted) < count:
        fitting = []
        for each in open_kinds:
            made = len(planted) < count and _make(each, desk, topics, chance)
            if made:
                planted.append(made)
            if made and each.scope == "school":
                fitting.append(each)
        open_kinds = fitting
    if len(planted) < count:
        raise MisuseError(
            f"这份工作簿里只能埋入 {len(planted)} 处错误，要求 {count} 处。请增加学校数。"
        )
    desk.save(out)
    return tuple(planted)


def mend(workbook: Path, out: Path, planted: Iterable[Planted]) -> None:
    """Write to `out` the workbook with exactly these mistakes taken back."""
    desk = Desk(workbook)
    for each in reversed(list(planted)):
        desk.undo(each.changes)
    desk.save(out)


def _chosen(kinds: Collection[str] | None) -> Iterable[Mistake]:
    if kinds is None:
        return [each for each in MISTAKES.values() if not each.alone]
    unknown = sorted(set(kinds) - set(MISTAKES))
    if unknown:
        raise MisuseError(f"没有这些错误种类：{'、'.join(unknown)}。")
    return [MISTAKES[name] for name in kinds]


def _make(kind: Mistake, desk: Desk, topics: set[str], chance: Random) -> Planted | None:
    """Try the kind at one free school after another; the school is used up where it fits."""
    if kind.scope == "county":
        if kind.topic in topics:
            return None
        topics.add(kind.topic)
        cell = kind.make(desk, "", chance)
        return _noted(kind, desk, cell, ()) if cell is not None else None
    before = list(desk.free)
    for code in before:
        cell = kind.make(desk, code, chance)
        if cell is not None:
            desk.use(code)
            return _noted(kind, desk, cell, tuple(c for c in before if c not in desk.free))
        assert not desk.changes, f"{kind.name} changed something and then gave up"
    return None


def _noted(kind: Mistake, desk: Desk, cell: Cell, schools: tuple[str, ...]) -> Planted:
    changes = desk.taken()
    here = [c for c in changes if c.sheet == cell.parent.title and c.cell == cell.coordinate]
    first = (here or changes)[0]
    return Planted(
        mistake=kind.name,
        checks=kind.checks,
        level=kind.level,
        sheet=cell.parent.title,
        cell=cell.coordinate,
        schools=schools,
        was=first.was,
        put=first.put,
        changes=changes,
    )
