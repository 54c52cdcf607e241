"""What a policy promises: dated targets, ordered documents, mechanisms, and the places it names."""

from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from junheng.standards.words import Confidence, Number

Comparator = Literal[">=", "<=", "=", "≈", ">", "rising", "not_falling", "falling", "none"]
"""`not_falling` is 只增不减: an equal period is no breach, and is pointed out."""
Force = Literal["firm", "strive", "soft", "trend", "open"]
"""确保 达到 不少于 | 力争 | 原则上 基本达到 左右 | 逐步 逐年 不断 | the text does not say."""


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One commitment of a policy (policy.md Appendix B), in our own words."""

    code: str
    article: str
    title: str
    title_en: str = ""
    measure: str
    """What is counted, in words."""
    comparator: Comparator
    value: Number | None = None
    """None: the text gives no number; never shown as met by default. Of `rising`: how many times
    the previous period it must be."""
    unit: str = ""
    period_start: date | None = None
    due: date | None = None
    """Last day on which it is in time; None: no deadline in the text."""
    due_text: str = ""
    every: Literal["", "year"] = ""
    """`year`: the value is due anew in each calendar year, from `period_start` to `due`."""
    scope: str
    """Code of a scope set of the document, or of a place."""
    binds: Literal["whole", "each"]
    """Whether the value is asked of the scope as a whole, or of each place in it."""
    owner: str
    owner_basis: Literal["text", "inferred"]
    force: Force
    base_value: Number | None = None
    base_date: date | None = None
    data_source: Literal["facts", "progress", "none"]
    """Where its figure comes from: computed from facts, a declared progress record, nowhere yet."""
    formula: str = ""
    """Name of the computed measure where the source is `facts`."""
    numbers: dict[str, Number] = {}
    """Further numbers that the computed measure needs."""
    tolerance: Number | None = None
    """How far below the value a `soft` target still counts as met; None: not set by the authority."""
    source: str
    confidence: Confidence
    note: str = ""
    reading: str = ""
    """`switch=option`: takes the place of `instead_of` under that reading; its progress is filed
    under its own code."""
    instead_of: str = ""

    @property
    def goal(self) -> Fraction | None:
        """The value, exact."""
        return None if self.value is None else Fraction(self.value)


class Ordered(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A document that the policy orders to be made (D01–D23)."""

    code: str
    article: str
    title: str
    issuer: str
    status: Literal["未核对", "未启动", "起草", "征求意见", "印发", "修订"]
    copies: int = 1
    number: str = ""
    issued: date | None = None
    link: str = ""
    targets: tuple[str, ...] = ()
    note: str = ""


class Mechanism(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A named mechanism of the policy (M01–M66)."""

    code: str
    article: str
    title: str
    note: str = ""


class ScopeSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A set of places that a policy names."""

    code: str
    name: str
    members: tuple[str, ...]
    """Place codes; a place brings in all places under it."""
    without: tuple[str, ...] = ()
    """Places under a member that are not in the set."""
    basis: Literal["text", "inferred"]
    note: str = ""
    reading: str = ""
    """`switch=option`: takes the place of the set `instead_of` under that reading."""
    instead_of: str = ""
