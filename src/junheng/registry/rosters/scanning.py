"""One pass over the rows of a register: how many there are of each kind, as written.

The one work that grows with the rows: nothing but DuckDB is needed for it, so it begins before
the rest of the program is loaded.
"""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from junheng.registry.rosters.declaring import Roster
from junheng.registry.rosters.engine import Engine, literal, name
from junheng.registry.rosters.parts import Part

CLASS_NO = "class_no"
YES, SAID = "_yes", "_said"
BAND = "_band"
"""How many of the bounds of the room bins an area reaches."""


@dataclass(frozen=True)
class Raw:
    """Counts of the rows of a register by what is written in the columns that are grouped."""

    roster: str
    label: str
    table: str
    kinds: str
    """The same without the classes, added up; the same table where nothing is gained by it."""
    held: tuple[str, ...]
    """The tables that take up memory."""
    said: frozenset[str] = frozenset()
    """Bools of which every row says yes or no."""
    unsaid: frozenset[str] = frozenset()
    """Bools that no file has."""


def scanned(parts: Sequence[Part], db: Engine) -> Raw:
    """Group the rows of all parts of one register by what stands in their keys.

    Columns: the keys as they stand there (of several parts: as trimmed text), `n`, for each bool
    `<name>_yes` and `<name>_said`, for each area `<name>_sum` and `<name>_said`. Raises
    UnreadableFileError, JunhengError where the memory does not suffice.
    """
    roster = parts[0].roster
    there = frozenset(column for part in parts for column in part.places)
    scan, kinds = f"scan_{roster.name}", f"scan_kinds_{roster.name}"
    for number, part in enumerate(parts):
        text = _counts(part, there, trimmed=len(parts) > 1)
        made = f"CREATE OR REPLACE TABLE {name(scan)} AS {text}"
        db.run(f"INSERT INTO {name(scan)} {text}" if number else made, about=part.name)
    raw = _whole(scan, roster, there, _flags(roster, there), db)
    if not _gains(roster):
        return Raw(roster.name, roster.label, raw, raw, (name(scan),))
    said = _said(scan, roster, there, db)
    flags = [each for each in _flags(roster, there) if each.removesuffix(SAID) not in said]
    shown = [name(key) for key in keys_of(roster) if key in there and key != CLASS_NO]
    shown += [f"sum({name(each)})::BIGINT AS {name(each)}" for each in ("n", *flags)]
    added = f"SELECT {', '.join(shown)} FROM {name(scan)} GROUP BY ALL"
    db.run(f"CREATE OR REPLACE TABLE {name(kinds)} AS {added}")
    both = (name(scan), name(kinds))
    added_up = _whole(kinds, roster, there, flags, db)
    unsaid = frozenset(each.name for each in roster.of_kind("bool")) - there
    return Raw(roster.name, roster.label, raw, added_up, both, said, unsaid)


def _said(scan: str, roster: Roster, there: AbstractSet[str], db: Engine) -> frozenset[str]:
    """The bools of which every row says yes or no."""
    asked = [each.name for each in roster.of_kind("bool") if each.name in there]
    every = ", ".join(f"bool_and({name(each + SAID)} = n)" for each in asked)
    (found,) = db.rows(f"SELECT {every} FROM {name(scan)}") if asked else ((),)
    return frozenset(each for each, always in zip(asked, found, strict=True) if always)


def _whole(
    scan: str, roster: Roster, there: AbstractSet[str], flags: Sequence[str], db: Engine
) -> str:
    """What was scanned with these `flags`, and the columns that are not kept because they say the
    same of every row: its name."""
    absent = [f"'' AS {name(key)}" for key in keys_of(roster) if key not in there]
    for each in roster.of_kind("bool"):
        nobody = [each.name + told for told in (YES, SAID) if each.name not in there]
        absent += [f"0::BIGINT AS {name(flag)}" for flag in nobody]
        if each.name in there and each.name + SAID not in flags:
            absent.append(f"n AS {name(each.name + SAID)}")
    made = f"CREATE OR REPLACE VIEW {name('raw_' + scan)} AS "
    db.run(f"{made}SELECT {', '.join(['*', *absent])} FROM {name(scan)}")
    return name("raw_" + scan)


def _flags(roster: Roster, columns: AbstractSet[str]) -> list[str]:
    """The counts of the bools among these columns."""
    bools = [each.name for each in roster.of_kind("bool") if each.name in columns]
    return [each + told for each in bools for told in (YES, SAID)]


def _gains(roster: Roster) -> bool:
    """Whether classes can be added up without losing what a figure asks of a row.

    Whether some row says neither of two flags, the sums of what is said of each do not tell.
    """
    classes = any(each.name == CLASS_NO for each in roster.column)
    added = not roster.of_kind("area") and all(len(each.flag) <= 1 for each in roster.figure)
    return classes and bool(roster.figure) and added


def keys_of(roster: Roster) -> tuple[str, ...]:
    """The columns by which rows are grouped."""
    return tuple(each.name for each in roster.of_kind("school", "class", "choice"))


def bands(roster: Roster) -> tuple[str, ...]:
    """Every lower bound of the room bins, rising; none where the register has no areas."""
    lows = {each.low for each in roster.figure if each.kind == "room_bins"}
    return tuple(sorted(lows, key=float))


def _counts(part: Part, there: AbstractSet[str], *, trimmed: bool) -> str:
    """Counts by what is written, as one SELECT of the columns that are `there` in some part; keys
    as they stand there, or as trimmed text."""
    keys = [key for key in keys_of(part.roster) if key in there]
    banded = bands(part.roster)
    inner = [f"{part.raw(key)} AS {name(key)}" for key in keys if key in part.places]
    counts = {"n": "count(*)"}
    # count_if takes a NULL for no, and costs less than a FILTER; a group of NULLs alone is NULL.
    for each in part.roster.of_kind("bool"):
        counts[each.name + YES] = f"coalesce(count_if({part.yes(each.name)}), 0)::BIGINT"
        counts[each.name + SAID] = part.said(each.name)
    for each in part.roster.of_kind("area"):
        number = part.number(each.name)
        counts[each.name + "_sum"] = f"coalesce(sum({number}), 0)"
        counts[each.name + "_said"] = f"count({number})"
    if banded:
        area = part.number("area_m2")
        reached = " + ".join(f"({area} >= {literal(b)}::DECIMAL(18,2))::INTEGER" for b in banded)
        inner.append(f"({reached}) AS {name(BAND)}")
    bools = {each.name for each in part.roster.of_kind("bool")}
    nowhere = _flags(part.roster, bools - there)
    absent = _flags(part.roster, bools - part.places.keys())
    counted = [f"{count} AS {name(n)}" for n, count in counts.items() if n not in absent]
    shown = [_shown(key, part, trimmed=trimmed) for key in keys]
    shown += [
        f"0::BIGINT AS {name(n)}" if n in absent else name(n) for n in counts if n not in nowhere
    ]
    shown += [name(BAND)] if banded else []
    return (
        f"SELECT {', '.join(shown)} FROM "
        f"(SELECT {', '.join([*inner, *counted])} FROM {part.scan} GROUP BY ALL)"
    )


def _shown(key: str, part: Part, *, trimmed: bool) -> str:
    if key not in part.places:
        return f"'' AS {name(key)}"
    return f"{as_text(name(key))} AS {name(key)}" if trimmed else name(key)


def as_text(written: str) -> str:
    """What is written, as trimmed text."""
    return f"coalesce(trim({written}::VARCHAR), '')"
