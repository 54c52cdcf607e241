"""What was scanned of a register, by codes instead of by what is written.

The few different writings are understood: a grade is read once a writing, not once a pupil. What
cannot be understood stays in the counts without a code, and its rows are looked up only if there
are any.
"""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.errors import UnreadableFileError
from junheng.registry.reading.plain import narrowed, squeezed
from junheng.registry.rosters.declaring import Roster, RosterColumn
from junheng.registry.rosters.engine import Engine, literal, literals, name
from junheng.registry.rosters.parts import Part
from junheng.registry.rosters.scanning import BAND, CLASS_NO, Raw, as_text, bands, keys_of

MOST_WRITINGS = {"choice": 100_000, "class": 500_000, "school": 2_000_000, "area": 100_000}
BLANK, UNKNOWN, READ = "blank", "unknown", "read"
INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
SCHOOLS = "SELECT school_code FROM schools"
CLASS = ("school_code", "grade", CLASS_NO)


@dataclass
class Writings:
    """How the writings of a column became codes: most registers write every code in one way."""

    table: str
    rows: Sequence[tuple[str, str | None, str]]
    """raw, code, state; a table of the engine only where it is asked for."""
    db: Engine
    own: str = ""
    """A SELECT of further writings, which are their own codes; rows may be none of them."""
    made: bool = False
    tidy: bool = True
    """No two ways of standing in the raw counts are one writing: no spaces around, no empty cell."""
    constant: bool = False
    """The files have no such column: there is one writing, which says nothing."""
    number: bool = False
    """They stand in the raw counts as whole numbers."""

    @property
    def identical(self) -> bool:
        """Every writing is its own code."""
        return all(code == text for text, code, _ in self.rows)

    @property
    def injective(self) -> bool:
        """No two writings are the same code."""
        codes = {code for _, code, _ in self.rows}
        if len(codes) < len(self.rows):
            return False
        listed = literals([code for code in codes if code is not None])
        return not self.own or not self.db.rows(
            f"SELECT 1 FROM ({self.own}) t(code) WHERE code IN {listed} LIMIT 1"
        )

    def named(self) -> str:
        """The table's name; fills it when first asked."""
        if not self.made:
            self.db.fill(self.table, ("raw", "code", "state"), self.rows)
            if self.own:
                self.db.run(
                    f"INSERT INTO {name(self.table)} "
                    f"SELECT code, code, {literal(READ)} FROM ({self.own}) t(code)"
                )
            self.made = True
        return name(self.table)


@dataclass(frozen=True)
class Grouped:
    """The table `grouped_<register>`: a column of codes for each grouped column, and counts.

    Codes of choices and stages are ENUMs, which are compared as numbers.
    """

    roster: Roster
    keys: tuple[str, ...]
    table: str
    kinds: str
    """The same without the classes: their rows added up; the same table where there are none."""
    read: Mapping[str, Writings]
    one_a_class: bool
    """No two of its rows are of one class: nothing else divides the pupils of a class."""
    said: frozenset[str] = frozenset()
    """Bools of which every row says yes or no, as far as it is known."""
    unsaid: frozenset[str] = frozenset()
    """Bools of which no row says anything."""

    def writings(self, column: str) -> str:
        """The table of the writings of a column: raw, code, state."""
        return self.read[column].named()

    def states(self, column: str) -> frozenset[str]:
        """How the writings of a column were understood: `BLANK`, `UNKNOWN`, `READ`."""
        return frozenset(state for _, _, state in self.read[column].rows)


def grouped(parts: Sequence[Part], raw: Raw, db: Engine) -> Grouped:
    """The rows of all parts of one register by the codes of their keys, out of what was scanned.

    The codes of the schools are in table `schools`. Columns: the codes of the keys (NULL where not
    understood), `stage` where grades give it, `n`, for each bool `<name>_yes` and `<name>_said`,
    for each area `<name>_sum` and `<name>_said`.
    """
    roster = parts[0].roster
    keys = keys_of(roster)
    banded = bands(roster)
    alone = parts[0] if len(parts) == 1 else None
    read = {key: _understand(roster.columns()[key], raw, alone, db) for key in keys}
    once = alone is not None and all(each.tidy and each.injective for each in read.values())
    dividing = {key for part in parts for key in keys if key in part.places} - set(CLASS)
    seen = once and all(each.identical or each.constant for each in read.values())
    made = {}
    for called, counts in (("grouped", raw.table), ("kinds", raw.kinds)):
        table = made[counts] = name(f"{called}_{roster.name}")
        held = read if counts == raw.table else {k: read[k] for k in read if k != CLASS_NO}
        coded = _coded(roster, counts, banded, held, once=once)
        db.run(f"CREATE OR REPLACE {'VIEW' if seen else 'TABLE'} {table} AS {coded}")
        if raw.kinds == raw.table:
            break
    for scan in () if seen else raw.held:
        db.run(f"DROP TABLE {scan}")
    one_a_class = once and not dividing and not banded
    return Grouped(
        roster, keys, made[raw.table], made[raw.kinds], read, one_a_class, raw.said, raw.unsaid
    )


def _understand(column: RosterColumn, raw: Raw, alone: Part | None, db: Engine) -> Writings:
    """Read each different writing of a column once; codes of schools written as listed are known.

    `alone` is the only part, whose keys stand in the raw counts as they are."""
    place = alone.places.get(column.name) if alone is not None else None
    constant = alone is not None and place is None
    counts = raw.table if column.name == CLASS_NO else raw.kinds
    # Of a column that is not there, one row says as much as all.
    each = f"SELECT {name(column.name)} AS v FROM {counts} LIMIT 1"
    every = f"SELECT DISTINCT {name(column.name)} AS v FROM {counts}"
    own = SCHOOLS if column.kind == "school" else ""
    if own:  # hundreds of thousands, and nearly all of them are codes of schools as they stand
        every += f" r ANTI JOIN ({own}) s ON s.school_code = r.{name(column.name)}::VARCHAR"
    db.run(f"CREATE OR REPLACE TABLE met AS {each if constant else every}")
    query = f"SELECT DISTINCT {as_text('v')} AS code FROM met"
    most = MOST_WRITINGS[column.kind]
    found = db.rows(f"{query} {'EXCEPT ' + own if own else ''} LIMIT {most + 1}")
    writings = [str(text) for (text,) in found]
    if len(writings) > most:
        raise UnreadableFileError(
            raw.label,
            f"“{column.label}”一栏有超过 {most} 种写法，不像是这一栏",
            "请核对各列是否错位",
        )
    schools = [str(code) for (code,) in db.rows(own)] if own and writings else []
    codes = codes_of(column, schools)
    rows = [(text, *_read(text, column, codes)) for text in writings]
    said = Writings(f"writings_{raw.roster}_{column.name}", rows, db, own)
    said.constant = constant
    said.number = place is not None and place.type in INTEGERS
    if place is not None:
        odd = "v IS NULL OR trim(v::VARCHAR) <> v::VARCHAR"
        said.tidy = not db.rows(f"SELECT 1 FROM met WHERE {odd} LIMIT 1")
    return said


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
    roster: Roster, raw: str, banded: Sequence[str], read: Mapping[str, Writings], *, once: bool
) -> str:
    """The raw counts with codes for writings, added up where several writings are one code."""
    code_of = {key: _code(key, each) for key, each in read.items()}
    joins = [
        f"JOIN {each.named()} {name('w_' + key)} ON {name('w_' + key)}.raw = {as_text('r.' + name(key))}"
        for key, each in read.items()
        if not (each.identical or each.constant)
    ]
    declared = roster.columns()
    shown = []
    for key, code in code_of.items():
        codes = {each: each for each in declared[key].choices}
        shown.append(f"{_enumerated(code, codes, read[key])} AS {name(key)}")
    if roster.stages:
        of = str(roster.stages["of"])
        stage = _enumerated(code_of[of], roster.stage_of_grade, read[of], cases=True)
        shown.append(f"{stage} AS stage")
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


def _code(key: str, written: Writings) -> str:
    """The code of a row of the raw counts."""
    if written.constant:
        code = next((code for _, code, _ in written.rows), None)  # no row at all: no writing
        return "NULL" if code is None else literal(code)
    if not written.identical:
        return f"{name('w_' + key)}.code"
    return f"r.{name(key)}::VARCHAR" if written.tidy else as_text(f"r.{name(key)}")


def _enumerated(
    code: str, values: Mapping[str, str], written: Writings, *, cases: bool = False
) -> str:
    """The value of a code as one of an ENUM; `values`: code → value, empty: the code itself."""
    kind = _enum([*dict.fromkeys(values.values())])
    # A column without a row is identical to anything: only codes that are numbers are told as such.
    numbers = written.number and written.identical and all(map(str.isdecimal, values))
    if not (values and (cases or numbers)):
        return f"{code}{kind}"
    asked = code.removesuffix("::VARCHAR") if numbers else code
    told = " ".join(
        f"WHEN {each if numbers else literal(each)} THEN {literal(value)}{kind}"
        for each, value in values.items()
    )
    return f"CASE {asked} {told} END"


def _enum(codes: Sequence[str]) -> str:
    """A cast to these codes; nothing where a column has none."""
    return f"::ENUM({', '.join(map(literal, codes))})" if codes else ""
