"""Pupils and classes of the years to come, school by school, and where they were told.

They come from a table of the user's, or from a class-size plan, which also says what its new classes
need. The whole content goes into the plan and its hash: who checks a plan needs no other file.
"""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from junheng.schema import Stage

MOST_PUPILS, MOST_CLASSES = 20_000, 1_000
"""Of a stage of one school; what the return allows, and far more than any has."""
YearNumber = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Item = Literal["class_opening", "room_conversion", "teacher_year"]


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One stage of one filed school in one school year."""

    school: str
    stage: Stage
    year: YearNumber
    pupils: Annotated[int, msgspec.Meta(ge=0, le=MOST_PUPILS)]
    classes: Annotated[int, msgspec.Meta(ge=0, le=MOST_CLASSES)] | None
    """None at a stage whose classes no return counts (高中)."""
    sizes: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """(grade, pupils of each class), from a class-size plan; empty where only totals are known."""

    @property
    def key(self) -> tuple[str, Stage, int]:
        return (self.school, self.stage, self.year)


class Growth(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the new classes of a class-size plan need at one school, counted up to the end of a year."""

    school: str
    year: YearNumber
    item: Item
    stage: Stage | None
    amount: Annotated[int, msgspec.Meta(gt=0, le=10**6)]


class Unmended(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A school that the class-size plan itself cannot bring within the limit in a year, and why."""

    school: str
    year: YearNumber
    reason: str


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file that the numbers come from."""

    kind: Literal["table", "class_size"]
    file: str
    sha256: str
    """Of the file as it was read."""


class Forecast(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that is told of the years to come."""

    files: tuple[Told, ...] = ()
    counts: tuple[Count, ...] = ()
    growth: tuple[Growth, ...] = ()
    unmended: tuple[Unmended, ...] = ()
    path_years: tuple[YearNumber, ...] = ()
    """Years whose class sizes are those of a class-size plan."""
    sha256: str = ""
    """Of the counts and what follows from them; see `sealed`."""

    def __bool__(self) -> bool:
        return bool(self.counts)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that something is told of, in order."""
        return tuple(sorted({each.year for each in self.counts}))

    @property
    def unsized_years(self) -> tuple[int, ...]:
        """Years in which classes are told of some school and not how large they are."""
        found = {c.year for c in self.counts if c.classes and not c.sizes}
        return tuple(sorted(found))

    @property
    def content_sha256(self) -> str:
        """SHA-256 over the content as sorted JSON, in hexadecimal."""
        held = [self.counts, self.growth, self.unmended, self.path_years]
        return hashlib.sha256(msgspec.json.encode(held, order="sorted")).hexdigest()

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.to_builtins(self, str_keys=True)
        return found


def sealed(
    files: Iterable[Told],
    counts: Iterable[Count],
    growth: Iterable[Growth] = (),
    unmended: Iterable[Unmended] = (),
    path_years: Iterable[int] = (),
) -> Forecast:
    """A forecast in one order whatever the order of the file, with the hash of its content."""
    held = Forecast(
        files=tuple(files),
        counts=tuple(sorted(counts, key=lambda c: c.key)),
        growth=tuple(sorted(growth, key=lambda g: (g.school, g.year, g.item, g.stage or ""))),
        unmended=tuple(sorted(unmended, key=lambda u: (u.school, u.year))),
        path_years=tuple(sorted(path_years)),
    )
    return msgspec.structs.replace(held, sha256=held.content_sha256)


def read_back(told: Any) -> Forecast:
    """The forecast in the settings of a plan; nothing where there is none."""
    return Forecast() if told is None else msgspec.convert(told, Forecast)


NOTHING = Forecast()

__all__ = [
    "MOST_CLASSES",
    "MOST_PUPILS",
    "NOTHING",
    "Count",
    "Forecast",
    "Growth",
    "Item",
    "Told",
    "Unmended",
    "read_back",
    "sealed",
]
