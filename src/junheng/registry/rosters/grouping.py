"""One pass over the rows of a register: how many there are of each kind, as written.

The rows are grouped by what stands in them, then the few different writings are understood: a
grade is read once a writing, not once a pupil. What cannot be understood stays in the counts
without a code, and its rows are looked up only if there are any.
"""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.errors import UnreadableFileError
from junheng.registry.reading.plain import narrowed, squeezed
from junheng.registry.rosters.declaring import Roster, RosterColumn
from junheng.registry.rosters.engine import Engine, literal, name
from junheng.registry.rosters.parts import Part

MOST_WRITINGS = {"choice": 100_000, "class": 500_000, "school": 2_000_000, "area": 100_000}
BLANK, UNKNOWN, READ = "blank", "unknown", "read"
BAND = "_band"
"""How many of the bounds of the room bins an area reaches."""


@dataclass(frozen=True)
class Grouped:
    """The table `grouped_<register>`: a column of codes for each grouped column, and counts."""

    roster: Roster
    keys: tuple[str, ...]
    table: str

    def writings(self, column: str) -> str:
        """The table of the writings of a column: raw, code, state."""
        return name(f"writings_{self.roster.name}_{column}")


def grouped(parts: Sequence[Part], schools: Sequence[str], db: Engine) -> Grouped:
    """Group the rows of all parts of one register.

    Columns: the codes of the keys (NULL where not understood), `stage` where grades give it, `n`,
    for each bool `<name>_yes` and `<name>_said`, for each area `<name>_sum` and `<name>_said`.
    """
    roster = parts[0].roster
    keys = tuple(c.name for c in roster.of_kind("school", "class", "choice"))
    banded = bands(roster)
    raw = name(f"raw_{roster.name}")
    db.run(f"DROP TABLE IF EXISTS {raw}")
    for number, part in enumerate(parts):
        text = _raw(part, keys, banded)
        made = f"CREATE TEMP TABLE {raw} AS {text}" if not number else f"INSERT INTO {raw} {text}"
        db.run(made, about=part.name)
    found = Grouped(roster, keys, name(f"grouped_{roster.name}"))
    read = {key: _understand(found, roster.columns()[key], schools, db) for key in keys}
    once = len(parts) == 1 and all(each.injective for each in read.values())
    coded = _coded(found, raw, banded, read, once=once)
    db.run(f"CREATE OR REPLACE TEMP {'VIEW' if once else 'TABLE'} {found.table} AS {coded}")
    return found


@dataclass(frozen=True)
class _Writings:
    """How the writings of a column became codes: most registers write every code in one way."""

    identical: bool
    """Every writing is its own code."""
    injective: bool
    """No two writings are the same code."""


def bands(roster: Roster) -> tuple[str, ...]:
    """Every lower bound of the room bins, rising; none where the register has no areas."""
    lows = {each.low for each in roster.figure if each.kind == "room_bins"}
    return tuple(sorted(lows, key=float))


def _raw(part: Part, keys: Sequence[str], banded: Sequence[str]) -> str:
    """Counts by what is written, as one SELECT."""
    inner = [f"{part.raw(key)} AS {name(key)}" for key in keys]
    counts = ["count(*) AS n"]
    for each in part.roster.of_kind("bool"):
        counts.append(f"count(*) FILTER ({part.yes(each.name)}) AS {name(each.name + '_yes')}")
        counts.append(f"{part.said(each.name)} AS {name(each.name + '_said')}")
    for each in part.roster.of_kind("area"):
        number = part.number(each.name)
        counts.append(f"coalesce(sum({number}), 0) AS {name(each.name + '_sum')}")
        counts.append(f"count({number}) AS {name(each.name + '_said')}")
    if banded:
        area = part.number("area_m2")
        reached = " + ".join(f"({area} >= {literal(b)}::DECIMAL(18,2))::INTEGER" for b in banded)
        inner.append(f"({reached}) AS {name(BAND)}")
    plain = [f"coalesce(trim({name(key)}::VARCHAR), '') AS {name(key)}" for key in keys]
    rest = [each.rpartition(" AS ")[2] for each in counts] + ([name(BAND)] if banded else [])
    return (
        f"SELECT {', '.join([*plain, *rest])} FROM "
        f"(SELECT {', '.join([*inner, *counts])} FROM {part.scan} GROUP BY ALL)"
    )


def _understand(
    found: Grouped, column: RosterColumn, schools: Sequence[str], db: Engine
) -> _Writings:
    """Read each different writing of a column once."""
    raw = name(f"raw_{found.roster.name}")
    query = f"SELECT DISTINCT {name(column.name)} FROM {raw} LIMIT {MOST_WRITINGS[column.kind] + 1}"
    writings = [str(text) for (text,) in db.rows(query)]
    if len(writings) > MOST_WRITINGS[column.kind]:
        raise UnreadableFileError(
            found.roster.label,
            f"“{column.label}”一栏有超过 {MOST_WRITINGS[column.kind]} 种写法，不像是这一栏",
            "请核对各列是否错位",
        )
    codes = codes_of(column, schools)
    table = [(text, *_read(text, column, codes)) for text in writings]
    db.fill(f"writings_{found.roster.name}_{column.name}", ("raw", "code", "state"), table)
    codes_met = {code for _, code, _ in table}
    return _Writings(all(code == text for text, code, _ in table), len(codes_met) == len(table))


def codes_of(column: RosterColumn, schools: Sequence[str] = ()) -> Mapping[str, str]:
    """Every way of writing, evened → code."""
    if column.kind == "school":
        return {each: each for each in schools}
    found = {squeezed(each): code for code, ways in column.ways.items() for each in ways}
    for code, word in column.choices.items():
        found[squeezed(code)] = found[squeezed(word)] = code
    return found


def _read(text: str, column: RosterColumn, codes: Mapping[str, str]) -> tuple[str | None, str]:
    """Code and state of a writing."""
    plain = narrowed(text)
    if not plain:
        return (column.blank, READ) if column.blank else (None, BLANK)
    if column.kind == "class":
        return plain, READ
    code = codes.get(plain.replace(" ", "") if column.kind == "school" else squeezed(text))
    if code is None and column.others:
        code = column.others
    return (code, READ) if code is not None else (None, UNKNOWN)


def _coded(
    found: Grouped, raw: str, banded: Sequence[str], read: Mapping[str, _Writings], *, once: bool
) -> str:
    """The raw counts with codes for writings, added up where several writings are one code."""
    roster = found.roster
    code_of = {
        key: f"r.{name(key)}" if read[key].identical else f"{name('w_' + key)}.code"
        for key in found.keys
    }
    joins = [
        f"JOIN {found.writings(key)} {name('w_' + key)} ON {name('w_' + key)}.raw = r.{name(key)}"
        for key in found.keys
        if not read[key].identical
    ]
    shown = [f"{code} AS {name(key)}" for key, code in code_of.items()]
    if roster.stages:
        shown.append(f"{_stage(roster, code_of[str(roster.stages['of'])])} AS stage")
    if banded:
        shown.append(f"r.{name(BAND)} AS {name(BAND)}")
    counts = ["n"]
    for each in roster.of_kind("bool"):
        counts += [f"{each.name}_yes", f"{each.name}_said"]
    for each in roster.of_kind("area"):
        counts += [f"{each.name}_sum", f"{each.name}_said"]
    added = "r.{0} AS {0}" if once else "sum(r.{0}) AS {0}"
    sums = [added.format(name(each)) for each in counts]
    grouping = "" if once else " GROUP BY ALL"
    return f"SELECT {', '.join([*shown, *sums])} FROM {raw} r {' '.join(joins)}{grouping}"


def _stage(roster: Roster, grade: str) -> str:
    cases = " ".join(
        f"WHEN {literal(code)} THEN {literal(stage)}"
        for code, stage in roster.stage_of_grade.items()
    )
    return f"CASE {grade} {cases} END"
