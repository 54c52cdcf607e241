"""What a register is: its columns, how they may be headed and written, what is counted from them.

`declarations/*.toml` come with the program; a user's file adds headings and ways of writing.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from junheng.errors import DeclarationError
from junheng.registry.catalogue import STAGES_FILED
from junheng.registry.checks.rule import rules
from junheng.registry.mapping_files import parsed, text_of

MEND = "请对照 docs/howto/aggregate.md 的写法修改。"
STAGE = "{stage}"
T = TypeVar("T")


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class RosterColumn(_Strict, frozen=True):
    """One column of a register."""

    name: str
    label: str
    kind: Literal["id", "school", "class", "choice", "bool", "area", "text"]
    """`id` is only compared with itself and never kept; `bool` is counted, `area` added up."""
    unit: str = ""
    required: bool = False
    """A file without this heading is not this register; a row without a value must be mended."""
    synonyms: tuple[str, ...] = ()
    choices: dict[str, str] = {}
    """Code → Chinese word."""
    ways: dict[str, tuple[str, ...]] = {}
    """Code → other ways of writing it."""
    others: str = ""
    """Code of every word that is not listed; empty: such a word must be mended."""
    blank: str = ""
    """Code that an empty cell stands for (bool: yes or no); empty: nothing was said."""
    counted: tuple[str, ...] = ()
    """Rows of other codes are passed over; empty: all count."""
    unique: tuple[str, ...] = ()
    """The key must be unique among rows of these codes only."""
    at_least: str = ""
    """A bool asked as a number: yes from this number on, decimal text."""
    like: str = ""
    """Choices and ways are those of the column of this name in that register."""
    note: str = ""


class Figure(_Strict, frozen=True):
    """One count of the template, taken from the rows of a register."""

    columns: tuple[str, ...] = ()
    """Columns of the template, the first that applies to the school takes the count."""
    kind: Literal["count", "classes", "class_bins", "largest_class", "room_bins", "sum"] = "count"
    where: dict[str, tuple[str, ...]] = {}
    """Column → codes; all must hold. `stage` may be derived from the grade."""
    flag: tuple[str, ...] = ()
    """A bool that must be yes: the first of these that the files have."""
    each: str = ""
    """One figure for every code of this column, `{name}` in `columns` filled with it."""
    first: int = msgspec.field(default=0, name="from")
    of: str = ""
    """Column that `sum` adds up."""
    rule: str = ""
    """Rule of the checks whose bins are counted."""
    low: str = ""
    high: str = ""
    """Bounds of a bin, both inside; set by the expansion."""


class Roster(_Strict, frozen=True):
    """One declared register."""

    name: str
    label: str
    unit: str
    """What one row is, for sentences."""
    key: tuple[str, ...]
    """Columns that together must not occur twice."""
    note: str = ""
    personal: tuple[str, ...] = ()
    """Headings of persons: known and never read."""
    column: tuple[RosterColumn, ...] = ()
    stages: dict[str, str | tuple[str, ...]] = {}
    """`of`: the column of grades; stage → its grades."""
    whole: dict[str, tuple[str, ...]] = {}
    """Rows that show the register of a school to be whole; without one, what is not listed is
    not known to be none."""
    outside: dict[str, tuple[str, ...]] = {}
    """Stage → school types at which it is not asked about: passed over, no fault."""
    figure: tuple[Figure, ...] = ()

    def columns(self) -> dict[str, RosterColumn]:
        return {each.name: each for each in self.column}

    def of_kind(self, *kinds: str) -> list[RosterColumn]:
        return [each for each in self.column if each.kind in kinds]

    @property
    def stage_of_grade(self) -> dict[str, str]:
        """Grade → stage; empty where the register names the stage itself."""
        return {
            grade: stage
            for stage, grades in self.stages.items()
            if not isinstance(grades, str)
            for grade in grades
        }


class _Words(_Strict, frozen=True):
    """What a user's file may add to one column."""

    synonyms: tuple[str, ...] = ()
    ways: dict[str, tuple[str, ...]] = {}
    others: str = ""
    blank: str = ""


@cache
def shipped() -> dict[str, Roster]:
    """The registers that come with the program, by name."""
    folder = files("junheng.registry.rosters") / "declarations"
    found = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    raw = [_parsed(each.read_text(encoding="utf-8"), each.name, Roster) for each in found]
    known = {each.name: each for each in raw}
    return {each.name: _completed(each, known) for each in raw}


def with_files(paths: Sequence[Path]) -> dict[str, Roster]:
    """The program's registers with the headings and words of the user's files added.

    A file is `[register.column]` tables of `synonyms`, `ways`, `others` and `blank`. Raises
    MisuseError, UnreadableFileError, DeclarationError.
    """
    found = dict(shipped())
    for path in paths:
        added = _parsed(text_of(path), path.name, dict[str, dict[str, _Words]])
        faults = [(path.name, where, what) for where, what in _faults(added, found)]
        if faults:
            raise DeclarationError.of_all(faults, MEND)
        for name, columns in added.items():
            found[name] = msgspec.structs.replace(
                found[name],
                column=tuple(_added(each, columns.get(each.name)) for each in found[name].column),
            )
    return found


def _parsed(text: str, file: str, kind: type[T]) -> T:
    try:
        return parsed(text, file, kind, MEND)
    except msgspec.ValidationError as error:
        raise DeclarationError(file, "内容", f"写法不对（{error}）", MEND) from error


def _faults(
    added: Mapping[str, Mapping[str, _Words]], known: Mapping[str, Roster]
) -> Iterator[tuple[str, str]]:
    for name, columns in added.items():
        if name not in known:
            yield f"[{name}]", f"没有这种台账；可用：{'、'.join(known)}"
            continue
        for column, words in columns.items():
            declared = known[name].columns().get(column)
            if declared is None:
                yield f"[{name}.{column}]", f"没有这一栏；可用：{'、'.join(known[name].columns())}"
                continue
            codes = {"yes", "no"} if declared.kind == "bool" else set(declared.choices)
            said = {*words.ways, words.others, words.blank} - {""}
            if wrong := sorted(said - codes):
                allowed = "、".join(sorted(codes)) or "这一栏没有选项"
                yield f"[{name}.{column}]", f"没有选项“{'、'.join(wrong)}”；可用：{allowed}"


def _added(column: RosterColumn, words: _Words | None) -> RosterColumn:
    if words is None:
        return column
    ways = {
        code: (*column.ways.get(code, ()), *words.ways.get(code, ()))
        for code in {*column.ways, *words.ways}
    }
    return msgspec.structs.replace(
        column,
        synonyms=(*column.synonyms, *words.synonyms),
        ways=ways,
        others=words.others or column.others,
        blank=words.blank or column.blank,
    )


def _completed(roster: Roster, known: Mapping[str, Roster]) -> Roster:
    """Choices taken over from another register, and figures written out one a template column."""
    columns = []
    for each in roster.column:
        if each.like:
            model = known[each.like].columns()[each.name]
            each = msgspec.structs.replace(each, choices=model.choices, ways=model.ways)  # noqa: PLW2901
        columns.append(each)
    roster = msgspec.structs.replace(roster, column=tuple(columns))
    figures = tuple(one for each in roster.figure for one in _expanded(each, roster))
    return msgspec.structs.replace(roster, figure=figures)


def _expanded(figure: Figure, roster: Roster) -> Iterator[Figure]:
    if figure.each:
        for code in roster.columns()[figure.each].choices:
            if int(code) >= figure.first:
                yield msgspec.structs.replace(
                    figure,
                    columns=tuple(c.replace("{" + figure.each + "}", code) for c in figure.columns),
                    where={**figure.where, figure.each: (code,)},
                )
    elif any(STAGE in codes for codes in figure.where.values()):
        for stage in STAGES_FILED:
            yield from _binned(_for_stage(figure, stage.value), stage.value)
    else:
        yield from _binned(figure, None)


def _for_stage(figure: Figure, stage: str) -> Figure:
    return msgspec.structs.replace(
        figure,
        columns=tuple(each.replace(STAGE, stage) for each in figure.columns),
        where={
            name: tuple(code.replace(STAGE, stage) for code in codes)
            for name, codes in figure.where.items()
        },
    )


def _binned(figure: Figure, stage: str | None) -> Iterator[Figure]:
    """One figure a bin of the rule; rooms: from `low` up to the next greater `low`."""
    if not figure.rule:
        yield figure
        return
    rule = next(each for each in rules() if each.code == figure.rule and each.stage == stage)
    above = ""
    for each in sorted(rule.bins, key=lambda b: b.low, reverse=True):
        high = str(each.high) if each.high is not None else ""
        yield msgspec.structs.replace(
            figure, columns=(each.column,), low=str(each.low), high=high or above
        )
        above = str(each.low) if figure.kind == "room_bins" else ""
