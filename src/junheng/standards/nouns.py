"""What a rule file may say: documents, clauses, relaxations, schemes, places."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

import msgspec

ClauseKind = Literal[
    "limit",
    "share",
    "every",
    "spread",
    "evidence",
    "official_result",
    "statement",
    "target",
    "norm",
    "order",
]
Confidence = Literal["H", "M", "L", "B", "D"]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)?$")]
"""Decimal text, never a float: 4.2 is written "4.2" and read as the fraction 21/5."""


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One demand of one document, in our own words, with where it comes from."""

    code: str
    article: str
    """Article of the published text, or 未核对 where we have not seen it."""
    gist: str
    source: str
    """Rows of the source table of standards.md §13; D = derived here."""
    confidence: Confidence
    kind: ClauseKind
    indicators: tuple[str, ...] = ()
    at_least: dict[str, Number] = {}
    at_most: dict[str, Number] = {}
    numbers: dict[str, Number] = {}
    excluded_types: tuple[str, ...] = ()
    variant: str = ""
    label: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def number(self, name: str) -> Fraction:
        return Fraction(self.numbers[name])


class Relaxation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An exception X1–X6 (standards.md §5): off unless a study switches it on."""

    code: str
    touches: tuple[str, ...]
    article: str
    gist: str
    source: str
    confidence: Confidence
    evidence: str
    reason_off: str
    numbers: dict[str, Number] = {}
    valid_from: date | None = None
    valid_to: date | None = None

    def number(self, name: str) -> Fraction:
        return Fraction(self.numbers[name])


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One official document, in its own order."""

    number: str
    title: str
    place: str
    issued: date | None = None
    """None: not known (未核对); never guessed."""
    in_force: date | None = None
    """First day on which it binds; None: not known, treated as in force and shown as 未核对."""
    checked: str
    """Who compared this file with the published text, and when; or 未核对."""
    repealed: date | None = None
    note: str = ""
    clause: tuple[Clause, ...] = ()
    relaxation: tuple[Relaxation, ...] = ()

    @property
    def name(self) -> str:
        """How the document is cited: its number, or its title where the number is not known."""
        return self.title if self.number == "未核对" else self.number

    def in_force_on(self, day: date) -> bool:
        begun = self.in_force is None or self.in_force <= day
        return begun and (self.repealed is None or day < self.repealed)


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An assessment: which documents, which indicators, which clause plays which part."""

    code: str
    title: str
    documents: tuple[str, ...]
    indicators: tuple[str, ...]
    stages: tuple[str, ...]
    variant: str
    variant_reason: str
    roles: dict[str, str]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of the unit table; its superior is `parent`, never a code prefix."""

    code: str
    name: str
    parent: str


class Switches(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The open readings chosen for one study; printed on every output."""

    variant: str = ""
    """CV variant; empty = the scheme's default."""
    relaxations: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"variant": self.variant, "relaxations": list(self.relaxations)}
