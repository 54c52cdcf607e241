"""Which register a row of headings belongs to, and which heading is which of its columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from junheng.registry.catalogue import tables
from junheng.registry.reading.plain import squeezed
from junheng.registry.rosters.declaring import Roster, RosterColumn
from junheng.registry.statistics.words import segment

SCHOOLS, CLASSES = "schools", "class_register"


@dataclass(frozen=True)
class Recognised:
    """A register, and the place of each of its columns among the headings."""

    roster: Roster
    places: Mapping[str, int]
    doubled: Mapping[str, tuple[int, ...]]
    """Columns that several headings name."""
    unknown: tuple[int, ...]
    """Headings that are neither columns nor known to be personal."""


@cache
def evened(text: str) -> str:
    """A heading without its unit, signs and spaces."""
    return squeezed(segment(text)[0])


def ways(column: RosterColumn) -> Iterator[str]:
    """Every heading of a column, evened."""
    yield from map(evened, (column.name, column.label, *column.synonyms))


def recognise(headings: Sequence[str], rosters: Mapping[str, Roster]) -> Recognised | None:
    """The register whose required headings are all there, the one with most of them.

    A list of classes is taken for one only where nothing in it is about pupils.
    """
    evens = [evened(each) for each in headings]
    found = [
        known for roster in rosters.values() if (known := _as(roster, evens)) is not None
    ]  # fmt: skip
    if any(_personal(roster, evens) for roster in rosters.values()):
        found = [each for each in found if each.roster.personal]
    pupils = {way for each in rosters["pupils"].column for way in ways(each)}
    classes = {way for each in rosters[CLASSES].column for way in ways(each)}
    if set(evens) & (pupils - classes):
        found = [each for each in found if each.roster.name != CLASSES]
    return max(found, key=lambda each: len(each.places), default=None)


def _as(roster: Roster, evens: Sequence[str]) -> Recognised | None:
    by_way: dict[str, str] = {}
    for column in columns_of(roster):
        for way in ways(column):
            by_way.setdefault(way, column.name)
    named: dict[str, list[int]] = {}
    for place, each in enumerate(evens):
        if each in by_way:
            named.setdefault(by_way[each], []).append(place)
    if any(column.required and column.name not in named for column in roster.column):
        return None
    personal = {evened(each) for each in roster.personal}
    unknown = [i for i, e in enumerate(evens) if e and e not in by_way and e not in personal]
    return Recognised(
        roster,
        {name: places[0] for name, places in named.items()},
        {name: tuple(places) for name, places in named.items() if len(places) > 1},
        tuple(unknown),
    )


def columns_of(roster: Roster) -> tuple[RosterColumn, ...]:
    """The declared columns; of the list of schools also what the form asks of a school."""
    if roster.name != SCHOOLS:
        return roster.column
    known = roster.columns()
    return (
        *roster.column,
        *(
            RosterColumn(name=each.name, label=each.label, kind="text")
            for each in tables()["schools"].column
            if each.name not in known
        ),
    )


def _personal(roster: Roster, evens: Sequence[str]) -> bool:
    return bool({evened(each) for each in roster.personal} & set(evens))


def lacking(headings: Sequence[str], rosters: Mapping[str, Roster]) -> str:
    """What the nearest register would still need, in words."""
    evens = {evened(each) for each in headings}
    best = max(
        rosters.values(),
        key=lambda r: sum(bool(evens & set(ways(c))) for c in r.column if c.required),
    )
    missing = [c.label for c in best.column if c.required and not evens & set(ways(c))]
    return f"最像{best.label}，缺表头：{'、'.join(missing)}" if missing else f"最像{best.label}"
