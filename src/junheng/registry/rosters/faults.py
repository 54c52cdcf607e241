"""Everything wrong with the rows of a register, in one go: what, in which file, how often, where.

The grouped rows say whether there is anything at all; only then are row numbers looked up.
"""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

from collections.abc import Iterator, Mapping, Sequence

from junheng.registry.filing import Finding, Level
from junheng.registry.rosters.declaring import Roster, RosterColumn
from junheng.registry.rosters.engine import Engine, literal, literals, name
from junheng.registry.rosters.findings import SHOWN, at_rows, finding
from junheng.registry.rosters.grouping import BLANK, UNKNOWN, Grouped
from junheng.registry.rosters.parts import ROW, Part
from junheng.registry.rosters.repeats import repeats

TO_MAP = "叫法不同的用 --mapping 写明；其余的请在台账里改正"


def faults(
    found: Grouped,
    parts: Sequence[Part],
    allowed: Mapping[str, frozenset[str]],
    db: Engine,
    *,
    unique: bool,
) -> Iterator[Finding]:
    """`allowed`: school type → stages it may have. `unique`: look for keys that repeat."""
    for column in found.keys:
        yield from _writings(found, found.roster.columns()[column], parts, db)
    for each in found.roster.of_kind("bool"):
        yield from _unread(each, found, parts, parts_condition="bool", db=db)
    for each in found.roster.of_kind("area"):
        yield from _unread(each, found, parts, parts_condition="area", db=db)
    yield from _stages(found, parts, allowed, db)
    if unique:
        yield from _keys(found, parts, db)


def _rows(part: Part, condition: str, db: Engine, joins: str = "") -> tuple[int, list[int]]:
    """How many rows meet a condition, and the first of them."""
    query = f"SELECT count(*), min({ROW}, {SHOWN}) FROM {part.numbered} p {joins} WHERE {condition}"
    ((total, rows),) = db.rows(query, about=part.name)
    return int(total), [int(each) for each in rows or ()]


def _writings(
    found: Grouped, column: RosterColumn, parts: Sequence[Part], db: Engine
) -> Iterator[Finding]:
    """Cells that say nothing, and cells that say what is not known."""
    for state in sorted(found.states(column.name) & {BLANK, UNKNOWN}):
        table = found.writings(column.name)
        for part in parts:
            if column.name not in part.places:
                continue
            raw = f"coalesce(trim({part.raw(column.name)}::VARCHAR), '')"
            condition = f"{raw} IN (SELECT raw FROM {table} WHERE state = {literal(state)})"
            total, rows = _rows(part, condition, db)
            if total:
                yield _of_writing(state, column, part, total, rows)


def _of_writing(
    state: str, column: RosterColumn, part: Part, total: int, rows: list[int]
) -> Finding:
    where = f"{at_rows(rows, total)}的“{column.label}”"
    if state == BLANK and column.required:
        return finding("A03", Level.MUST_FIX, part.name, f"{where}空着", "每行都要有", "请补填")
    if state == BLANK:
        return finding(
            "A10", Level.NOTE, part.name, f"{where}空着",
            "空着不当作“否”或“无”，用到它的数这些学校留空", "请补填；空着就表示某一种的，用 --mapping 写明 blank",
        )  # fmt: skip
    if column.kind == "school":
        return finding(
            "A05", Level.MUST_FIX, part.name, f"{where}不在学校名册里",
            "每行都要属于名册上的一所学校", "请改正学校代码，或在学校名册里补上这所学校",
        )  # fmt: skip
    choices = "、".join(column.choices.values())
    return finding(
        "A04", Level.MUST_FIX, part.name, f"{where}的写法不认识", f"认得：{choices}", TO_MAP
    )


def _unread(
    column: RosterColumn, found: Grouped, parts: Sequence[Part], *, parts_condition: str, db: Engine
) -> Iterator[Finding]:
    """A bool or an area that says nothing, or something that cannot be taken."""
    said = name(column.name + "_said")
    ((silent,),) = db.rows(f"SELECT coalesce(sum(n - {said}), 0) FROM {found.kinds}")
    if not silent:
        return
    for part in parts:
        if column.name not in part.places:
            continue
        if parts_condition == "bool":
            unread = part.not_read(column.name)
        else:
            unread = f"({part.text(column.name)} <> '' AND {part.number(column.name)} IS NULL)"
        total, rows = _rows(part, unread, db)
        if total:
            number = column.kind == "area" or column.at_least
            rule = "应为数" if number else "应为“是”或“否”"
            yield finding(
                "A14" if number else "A04", Level.MUST_FIX, part.name,
                f"{at_rows(rows, total)}的“{column.label}”读不出", rule, TO_MAP,
            )  # fmt: skip
        total, rows = _rows(part, f"{part.blank_cell(column.name)} AND {not column.blank}", db)
        if total:
            yield _of_writing(BLANK, column, part, total, rows)


def _stages(
    found: Grouped, parts: Sequence[Part], allowed: Mapping[str, frozenset[str]], db: Engine
) -> Iterator[Finding]:
    """A grade or stage that the type of the school does not have."""
    roster = found.roster
    if not (roster.stages or "stage" in found.keys):
        return
    column = str(roster.stages.get("of", "stage"))
    stages = roster.stage_of_grade or {each: each for each in roster.columns()["stage"].choices}
    wrong = [
        (kind, code)
        for kind, may in allowed.items()
        for code, stage in stages.items()
        if stage not in may and stage != "none"
    ]
    outside = {(k, c) for k, c in wrong if k in roster.outside.get(stages[c], ())}
    for pairs, told in ((sorted(set(wrong) - outside), _impossible), (sorted(outside), _not_asked)):
        if not pairs:
            continue
        db.fill("type_stage", ("school_type", "code"), pairs)
        bad = (
            f"SELECT DISTINCT g.school_code, g.{name(column)} AS code FROM {found.kinds} g "
            "JOIN schools s USING (school_code) "
            f"JOIN type_stage t ON t.school_type = s.school_type AND t.code = g.{name(column)}"
        )
        db.run(f"CREATE OR REPLACE TABLE bad AS {bad}")
        if db.rows("SELECT 1 FROM bad LIMIT 1"):
            yield from _each(parts, found, ("school_code", column), db, told)


def _each(
    parts: Sequence[Part], found: Grouped, columns: tuple[str, str], db: Engine, told: "_Told"
) -> Iterator[Finding]:
    school, code = columns
    for part in parts:
        joins = " ".join(
            f"JOIN {found.writings(column)} {alias} ON {alias}.raw = "
            f"coalesce(trim(p.{part.raw(column)}::VARCHAR), '')"
            for column, alias in ((school, "ws"), (code, "wc"))
            if column in part.places
        )
        total, rows = _rows(
            part,
            "true",
            db,
            f"{joins} JOIN bad ON bad.school_code = ws.code AND bad.code = wc.code",
        )
        if total:
            yield told(part, total, rows, found.roster.columns()[code])


class _Told:
    """How one kind of wrong stage is said."""

    def __init__(self, code: str, level: Level, what: str, rule: str, mend: str) -> None:
        self._said = (code, level, what, rule, mend)

    def __call__(self, part: Part, total: int, rows: list[int], column: RosterColumn) -> Finding:
        code, level, what, rule, mend = self._said
        where = f"{at_rows(rows, total)}的“{column.label}”"
        return finding(code, level, part.name, where + what, rule, mend)


_impossible = _Told(
    "A06", Level.MUST_FIX, "是这类学校没有的", "年级、学段要与学校类型相符",
    "请改正年级或学校代码；学校类型不对的，改正学校名册",
)  # fmt: skip
_not_asked = _Told(
    "A11", Level.NOTE, "不在填报范围内，没有计入", "职业学校、特殊教育学校不填高中阶段", "不用改"
)


def _blank_keys(parts: Sequence[Part], db: Engine) -> Iterator[Finding]:
    """An identifier is needed to tell rows apart."""
    for part in parts:
        for column in part.roster.of_kind("id"):
            total, rows = _rows(part, part.blank_cell(column.name), db)
            if total:
                yield _of_writing(BLANK, column, part, total, rows)


def among(found: Grouped, part: Part) -> str:
    """The rows whose keys must differ: all, or those of some codes."""
    conditions = [
        f"coalesce(trim({part.raw(column.name)}::VARCHAR), '') IN "
        f"(SELECT raw FROM {found.writings(column.name)} WHERE code IN {literals(column.unique)})"
        for column in found.roster.column
        if column.unique and column.name in part.places
    ]
    return " AND ".join(conditions) or "true"


def _keys(found: Grouped, parts: Sequence[Part], db: Engine) -> Iterator[Finding]:
    """Keys that are not there, and keys that occur twice."""
    names = "、".join(found.roster.columns()[each].label for each in found.roster.key)
    met = repeats(parts, [among(found, part) for part in parts], db)
    if met.compared < sum(part.rows for part in parts):
        yield from _blank_keys(parts, db)
    for file, (total, rows) in met.files.items():
        yield finding(
            "A07", Level.MUST_FIX, file, f"{at_rows(rows, total)}的“{names}”与别的行相同",
            f"一{_measure(found.roster)}只能有一行", "请核对是重复登记还是编号填错，各留一行",
        )  # fmt: skip


def _measure(roster: Roster) -> str:
    return {"人": "个人", "间": "间用房", "个班": "个班"}.get(roster.unit, roster.unit)
