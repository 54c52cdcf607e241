"""Which cells of a return apply and which must be filled, decided on its own values.

The conditions of `registry.applicability` answer True or False; here a third answer is needed.
Where a condition asks for a value that is blank or unclear, its answer is unknown, and neither
“must be filled” nor “does not apply” is claimed: one unclear school type is one finding, not fifty.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from junheng.registry.applicability import (
    CONDITIONS,
    IDENTITY,
    applies,
    must_fill,
    must_fill_where,
)
from junheng.registry.catalogue import tables
from junheng.registry.checks.leaving_out import without
from junheng.registry.filing import Entry, Record, State
from junheng.schema import Column

Decision = tuple[bool | None, bool | None]
"""(applies, must be filled) of a group of columns; None: unknown."""


class UndecidedError(Exception):
    """A condition asked for a value that is not known."""


_UNDECIDED: Final = object()


class Answers(Mapping[str, Any]):
    """The filed values of one return as the conditions see them; unknown ones raise."""

    def __init__(
        self, columns: Mapping[str, Column], filed: Mapping[str, Any], unclear: frozenset[str],
        **given: Any,
    ) -> None:  # fmt: skip
        self._columns = columns
        self._filed = filed
        self._unclear = unclear
        self._found: dict[str, Any] = dict(given)
        self._asking: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        if key not in self._found:
            self._found[key] = self._find(key)
        found = self._found[key]
        if found is _UNDECIDED:
            raise UndecidedError(key)
        return default if found is None else found

    def _find(self, name: str) -> Any:
        column = self._columns.get(name)
        if column is None:
            return None
        if name in self._asking:
            return _UNDECIDED
        self._asking.add(name)
        try:
            return self._value(name, column)
        except UndecidedError:
            return _UNDECIDED
        finally:
            self._asking.discard(name)

    def _value(self, name: str, column: Column) -> Any:
        if not applies(column, self):
            return _UNDECIDED if self._filed.get(name) else None
        if name in self._unclear:
            return _UNDECIDED
        if name in self._filed:
            return self._filed[name]
        return _UNDECIDED if must_fill(column, self) else None

    @property
    def asked(self) -> Iterable[str]:
        """The columns that were asked for."""
        return self._found

    def __getitem__(self, key: str) -> Any:
        return self.get(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._filed)

    def __len__(self) -> int:
        return len(self._filed)


Group = tuple[str, str, bool]
"""Columns that share both conditions, and whether a special school must fill them."""


def _group(column: Column) -> Group:
    return (column.applies, column.required, column.name.startswith(IDENTITY))


def always_filled(group: Group) -> bool:
    """Filled by every school whatever its type."""
    return group == ("always", "always", True)


@cache
def groups_of(table: str) -> tuple[tuple[str, Group], ...]:
    """Column name and group of every column of a table."""
    return tuple((column.name, _group(column)) for column in tables()[table].column)


@cache
def _speakers() -> dict[Group, Column]:
    """One column a group: what holds for it holds for all of them."""
    return {_group(column): column for table in tables().values() for column in table.column}


def all_groups() -> Iterable[Group]:
    return _speakers()


def decide(answers: Answers) -> dict[Group, Decision]:
    """What applies and what must be filled, for every group of columns."""
    held = _Held(answers)
    return {group: _decision(column, answers, held) for group, column in _speakers().items()}


class _Held(dict[str, bool | None]):
    """Condition → its answer; many groups ask the same one."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._answers = answers

    def __missing__(self, condition: str) -> bool | None:
        held: bool | None = None
        with suppress(UndecidedError):
            held = CONDITIONS[condition](self._answers)
        self[condition] = held
        return held

    def known(self, condition: str) -> bool:
        held = self[condition]
        if held is None:
            raise UndecidedError(condition)
        return held


def _decision(column: Column, answers: Answers, held: _Held) -> Decision:
    fits = held[column.applies]
    if not fits:
        return (fits, fits)
    try:
        return (True, must_fill_where(column, answers, held.known))
    except UndecidedError:
        return (True, True if always_filled(_group(column)) else None)


@dataclass
class Settled:
    """One row after its cells were settled."""

    record: Record
    blank: list[str] = field(default_factory=list)
    """Must be filled and is not."""
    dashed: list[str] = field(default_factory=list)
    """Must be filled and says 不适用."""
    needless: list[str] = field(default_factory=list)
    """Does not apply and holds a value other than zero."""
    nothing: list[str] = field(default_factory=list)
    """Without a meaning here."""
    free: list[str] = field(default_factory=list)
    """Blank, or —, where that is allowed: not filed, and so not zero either."""
    handed: Record | None = None
    """The row as it was handed in; None where nobody had to."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided of the columns of one table."""

    nothing: tuple[str, ...]
    """Without a meaning."""
    others: tuple[tuple[str, bool | None], ...]
    """The others, and whether they must be filled (None: unknown)."""
    names: frozenset[str]
    """The others, by name."""
    needed: frozenset[str]
    """Those of them that must be filled."""


@dataclass(frozen=True, slots=True)
class Plans:
    """What is decided of all that one school files."""

    of: Mapping[str, Plan]
    """By table."""
    nothing: frozenset[str]
    """Columns without a meaning, of all these tables."""
    may_lack: frozenset[str]
    """Tables of which no cell but the key must be filled, so that the row may be left out."""


_PLANS: dict[tuple[tuple[str, ...], tuple[Decision, ...]], Plans] = {}
"""Schools of one kind are decided alike: a city has some dozens of kinds."""


def plans_of(tables_: tuple[str, ...], decisions: Mapping[Group, Decision]) -> Plans:
    """The decisions, given in the order of `all_groups`, on the columns of some tables."""
    known = tables_, tuple(decisions.values())
    found = _PLANS.get(known)
    if found is None:
        plans = {table: plan_of(table, decisions) for table in tables_}
        found = _PLANS[known] = Plans(
            plans,
            frozenset(name for plan in plans.values() for name in plan.nothing),
            frozenset(table for table in tables_ if _may_lack(table, decisions)),
        )
    return found


def _may_lack(table: str, decisions: Mapping[Group, Decision]) -> bool:
    keys = tables()[table].key
    return all(decisions[group][1] is False for n, group in groups_of(table) if n not in keys)


def plan_of(table: str, decisions: Mapping[Group, Decision]) -> Plan:
    """The decisions on the columns of a table, in declared order."""
    named = [(name, *decisions[group]) for name, group in groups_of(table)]
    others = tuple((name, must) for name, fits, must in named if fits is not False)
    return Plan(
        tuple(name for name, fits, _ in named if fits is False),
        others,
        frozenset(name for name, _ in others),
        frozenset(name for name, must in others if must),
    )


def settle(record: Record, plan: Plan) -> Settled:
    """Sort the cells of one row; blanks and zeros that do not apply become 不适用.

    So the facts are the same whether the clerk typed —, typed 0 or left the cell blank.
    """
    settled = Settled(record, nothing=list(plan.nothing), handed=record)
    filed, row = record.filed, record.row
    out: dict[str, None] = {}
    for name, state in zip(plan.nothing, row.states(plan.nothing), strict=True):
        if filed.get(name):
            settled.needless.append(name)
        elif state in LEFT_OUT:
            out[name] = None
    if not filed.keys() >= plan.names:
        for name, must in plan.others:
            if name not in filed:
                _not_filed(settled, name, row.state(name), must)
    settled.record = without(record, out.keys())
    return settled


LEFT_OUT = (State.FILED, State.BLANK, None)
"""What says no more than 不适用 where a cell has no meaning: a zero, nothing, no cell at all."""


def _not_filed(settled: Settled, name: str, state: State | None, must: bool | None) -> None:
    if state is State.UNCLEAR:
        return
    if must:
        (settled.dashed if state is State.NOT_APPLICABLE else settled.blank).append(name)
    elif must is False:
        settled.free.append(name)


def unfiled(table: str, key: tuple[str, ...], like: Record) -> Record:
    """The row that a school need not hand in: only its code, standing where `like` stands."""
    code = Entry(State.FILED, key[0], like.origin)
    return Record(table, key, {"school_code": code}, like.origin)
