"""What a register is made of: states, moves, deadlines, what the public may see.

A register is one TOML file in `casework/registers`. Its columns are declared as those of the
tables are (`schema.Column`), so that form, check, dictionary and disclosure read one declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

import msgspec

from junheng.registry.filing import Value
from junheng.schema import Column


class Reason(StrEnum):
    """When a move wants a reason in words."""

    NEVER = "never"
    LATE = "late"
    """Only after the deadline."""
    ALWAYS = "always"


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a case may stand."""

    name: str
    label: str
    """The word of the offices: 待填报."""
    waits_for: str = ""
    """Who must act next, in words; empty where nobody has to."""
    end: bool = False
    """Nothing has to follow; a move may still lead out of it (重开)."""


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A step from some states to one, who may take it, and what it demands."""

    name: str
    label: str
    begins: tuple[str, ...] = msgspec.field(name="from")
    ends: str = msgspec.field(name="to")
    by: dict[str, tuple[str, ...]]
    """Kind of subject (school, county) → names of roles; a kind left out cannot be moved so."""
    reason: Reason = Reason.NEVER
    fields: tuple[str, ...] = ()
    """Columns of the register that must be filled."""
    attachments: int = 0
    """Fewest files that must be attached."""
    clean: bool = False
    """The check of what the case is about must have nothing 必须改."""
    bulk: bool = False
    """May be taken for many cases at once."""
    help: str = ""
    """What the move does, one sentence shown beside its button."""


class Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long a case may stand in some states: so many working days, or until a day written in it."""

    name: str
    label: str
    states: tuple[str, ...]
    """The clock starts on entering one of them from outside, and stops on leaving them all."""
    working_days: int = 0
    column: str = ""
    """In place of `working_days`: the column that holds the last day."""
    once: bool = False
    """Counted once: a case that comes back into these states keeps its first day."""
    remind: int
    """Working days before the end from which the desk reminds."""
    source: str
    confidence: str
    """Letter of standards.md §0: D is a habit of this platform, no rule of law."""


class Public(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the public may see: cases in these states, these columns of them, and no more."""

    states: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `clean` means in a register, in words: the demand, and what to do where it is not met."""

    demand: str
    failed: str
    failed_mend: str
    absent: str
    absent_mend: str


class Exported(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Attachments of cases in these states become rows of this table when a year is sealed."""

    table: str
    states: tuple[str, ...]


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One kind of casework."""

    name: str
    label: str
    note: str
    subjects: tuple[str, ...]
    """Kinds of what a case is about: school, county."""
    start: str
    """State of a case that was just opened."""
    open_by: tuple[str, ...]
    """Roles that may open a case."""
    state: tuple[State, ...]
    move: tuple[Move, ...]
    deadline: tuple[Deadline, ...] = ()
    column: tuple[Column, ...] = ()
    check: Check | None = None
    """What the moves that demand a clean check ask for."""
    public: Public = Public()
    exported: tuple[Exported, ...] = ()

    @cached_property
    def states(self) -> dict[str, State]:
        return {each.name: each for each in self.state}

    @cached_property
    def moves(self) -> dict[str, Move]:
        return {each.name: each for each in self.move}

    @cached_property
    def columns(self) -> dict[str, Column]:
        return {each.name: each for each in self.column}

    def deadline_in(self, state: str) -> Deadline | None:
        """The clock that runs in a state; at most one does (see `soundness`)."""
        return next((each for each in self.deadline if state in each.states), None)


@dataclass(frozen=True)
class CaseFile:
    """A case as the pure floor sees it: where it stands and what lies in it."""

    register: Register
    subject: str
    """Kind of subject: school or county."""
    state: str
    values: Mapping[str, Value | None] = field(default_factory=dict)
    attachments: tuple[Mapping[str, Value | None], ...] = ()
    """The files in it, each as a row of the table to which they are exported."""
    clean: bool | None = None
    """Whether the last check found nothing 必须改; None: nothing was handed in yet."""
    due: date | None = None
    first: Mapping[str, date] = field(default_factory=dict)
    """Deadline → its first day, for those that are counted once."""
