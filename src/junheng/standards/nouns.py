"""What a rule file may say: documents, clauses, relaxations, schemes, places."""

from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Literal

import msgspec

from junheng.standards.promises import Mechanism, Ordered, ScopeSet, Target
from junheng.standards.words import Confidence as Confidence
from junheng.standards.words import Number as Number

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


@cache
def _exact(number: Number) -> Fraction:
    return Fraction(number)


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
    """Codes of the scheme's lines that this clause decides."""
    measure: str = ""
    """Code of the catalogue indicator that is compared; empty = the clause's own code."""
    at_least: dict[str, Number] = {}
    """≥. Keys of the four comparisons: a stage, a school type, or `all`."""
    at_most: dict[str, Number] = {}
    above: dict[str, Number] = {}
    below: dict[str, Number] = {}
    numbers: dict[str, Number] = {}
    evidence: tuple[str, ...] = ()
    """Files to ask for; an evidence clause passes only on reviewed records that are valid."""
    filed_by: Literal["", "county", "school"] = ""
    """Who hands the evidence in; `school` = every school of the county."""
    reading: str = ""
    """`switch=option`: in force only under that reading."""
    instead_of: str = ""
    """Code of the clause whose place it then takes."""
    excluded_types: tuple[str, ...] = ()
    variant: str = ""
    label: str = ""
    if_failed: str = ""
    """What follows besides where it is not met, as a sentence."""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def number(self, name: str) -> Fraction:
        return _exact(self.numbers[name])


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
        return _exact(self.numbers[name])


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One way to read an open point. What it does is named in the clauses that carry its `reading`,
    in the code that asks `Standard.reading`, or here: a CV variant, a relaxation switched on."""

    code: str
    label: str
    variant: str = ""
    relaxations: tuple[str, ...] = ()
    only_compared: bool = False
    """Nobody claims that it is the rule: shown beside the others, it leaves no verdict open."""


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An open reading of the rules: its options, the one taken by default and why, whom to ask."""

    code: str
    title: str
    default: str
    reason: str
    question: str
    """The question to put to the authority (standards.md §12, policy.md Appendix C)."""
    source: str
    confidence: Confidence
    touches: tuple[str, ...]
    """Lines or targets that it can change."""
    option: tuple[Option, ...]


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
    amends: tuple[str, ...] = ()
    """Names of the documents whose clauses of the same code it replaces while it is in force."""
    clause: tuple[Clause, ...] = ()
    relaxation: tuple[Relaxation, ...] = ()
    switch: tuple[Switch, ...] = ()
    target: tuple[Target, ...] = ()
    ordered: tuple[Ordered, ...] = ()
    mechanism: tuple[Mechanism, ...] = ()
    scope_set: tuple[ScopeSet, ...] = ()

    @property
    def name(self) -> str:
        """How the document is cited: its number, or its title where the number is not known."""
        return self.title if self.number == "未核对" else self.number

    def in_force_on(self, day: date) -> bool:
        begun = self.in_force is None or self.in_force <= day
        return begun and (self.repealed is None or day < self.repealed)


class LineName(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of a scheme: its official code and its short Chinese name."""

    code: str
    label: str


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a scheme that has a verdict of its own: 资源配置 … 一票否决."""

    code: str
    title: str
    line: tuple[LineName, ...]


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An assessment: which documents, which indicators, which clause plays which part."""

    code: str
    title: str
    documents: tuple[str, ...]
    indicators: tuple[str, ...]
    """The indicators measured by stage part, over which coefficients of variation are taken."""
    area: tuple[Area, ...] = ()
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
    readings: dict[str, str] = {}
    """Switch code → option code, for what differs from the defaults."""

    def taking(self, switch: Switch, option: Option) -> "Switches":
        """The same choices with one open point read as `option`."""
        others = {code for each in switch.option for code in each.relaxations}
        return Switches(
            variant=option.variant or self.variant,
            relaxations=tuple(sorted({*self.relaxations} - others | {*option.relaxations})),
            readings={**self.readings, switch.code: option.code},
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "variant": self.variant,
            "relaxations": list(self.relaxations),
            "readings": dict(sorted(self.readings.items())),
        }
