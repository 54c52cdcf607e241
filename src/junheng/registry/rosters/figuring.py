"""The figures of every school out of the grouped rows: counts, class sizes, areas.

A figure is NULL where the register does not say: no row of the stage, a value that some row in
question leaves open, an area that was not measured. Such a cell is typed, never taken for 0.
"""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from junheng.registry.rosters.declaring import Figure, Roster
from junheng.registry.rosters.engine import Engine, literal, name
from junheng.registry.rosters.grouping import Grouped
from junheng.registry.rosters.scanning import BAND, CLASS_NO, bands

STAGES = ("kindergarten", "primary", "junior", "senior")


def counted_only(roster: Roster) -> str:
    """The rows that count: of columns with `counted`, those codes, or nothing said."""
    conditions = [
        f"({name(each.name)} IS NULL OR {_one_of(each.name, each.counted)})"
        for each in roster.column
        if each.counted
    ]
    return " AND ".join(conditions) or "true"


def figures_query(found: Grouped, met: frozenset[str] | None) -> str:
    """A SELECT of the figures: school_code, rows, a column for each figure.

    `met` are the stages of which the register has a row; None where it tells of none.

    The columns are named f0, f1… in the order of `roster.figure`.
    """
    roster = found.roster
    asked: list[tuple[int, Figure]] = []
    nothing: list[tuple[int, Figure]] = []
    for each in enumerate(roster.figure):
        stages = set(_stages(each[1], roster))
        unmet = met is not None and stages and not stages & met
        unsaid = each[1].flag and found.unsaid.issuperset(each[1].flag)
        (nothing if unmet or unsaid else asked).append(each)
    shown = [f"{_value(figure, found)} AS f{i}" for i, figure in asked if not of_classes(figure)]
    shown += [f"NULL::BIGINT AS f{i}" for i, _ in nothing]
    counted = f"school_code IS NOT NULL AND {counted_only(roster)}"
    query = (
        f"SELECT school_code, sum(n)::BIGINT AS rows, {', '.join(shown)} "
        f"FROM {found.kinds} WHERE {counted} GROUP BY school_code"
    )
    classes = [(i, figure) for i, figure in asked if of_classes(figure)]
    if not classes:
        return query
    joined = f"SELECT * FROM ({query}) LEFT JOIN ({_of_classes(classes, found, counted)})"
    return f"{joined} USING (school_code)"


def of_classes(figure: Figure) -> bool:
    return figure.kind in ("classes", "class_bins", "largest_class")


def _all(conditions: Iterator[str] | Sequence[str]) -> str:
    return " AND ".join(conditions) or "true"


def _where(where: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [_one_of(column, codes) for column, codes in where.items()]


def _one_of(column: str, codes: Sequence[str]) -> str:
    """Equal to one of the codes: IN would compare the words of an ENUM, not its numbers."""
    equal = " OR ".join(f"{name(column)} = {literal(each)}" for each in codes)
    return f"({equal})"


def _value(figure: Figure, found: Grouped) -> str:
    """A figure of rows; NULL where it is not held or left open."""
    roster = found.roster
    scope = _where(figure.where)
    if figure.kind == "room_bins":
        scope += _band(figure, roster)
    inside = _all(scope)
    match figure.kind:
        case "sum":
            value = f"coalesce(sum({name(figure.of + '_sum')}) FILTER ({inside}), 0)"
        case _ if figure.flag:
            yes = " + ".join(name(each + "_yes") for each in figure.flag)
            value = f"coalesce(sum({yes}) FILTER ({inside}), 0)::BIGINT"
        case _:
            value = f"coalesce(sum(n) FILTER ({inside}), 0)::BIGINT"
    settled = _all([*_settled(figure, found)])
    return f"CASE WHEN {_held(figure, roster)} AND {settled} THEN {value} END"


def _band(figure: Figure, roster: Roster) -> list[str]:
    """Area from `low` to under `high`, as numbers of bounds reached."""
    bounds = bands(roster)
    found = [f"{BAND} >= {bounds.index(figure.low) + 1}"]
    return [*found, f"{BAND} < {bounds.index(figure.high) + 1}"] if figure.high else found


def _held(figure: Figure, roster: Roster) -> str:
    """Whether the register says anything of what the figure counts."""
    if stages := _stages(figure, roster):
        return f"coalesce(sum(n) FILTER ({_one_of('stage', stages)}), 0) > 0"
    if roster.whole:
        whole = f"coalesce(sum(n) FILTER ({_all(_where(roster.whole))}), 0) > 0"
        some = f"coalesce(sum(n) FILTER ({_all(_where(figure.where))}), 0) > 0"
        listed = figure.kind in ("count", "room_bins") and not figure.flag
        return f"({whole} OR {some})" if listed else whole
    return "true"


def _stages(figure: Figure, roster: Roster) -> tuple[str, ...]:
    grades = figure.where.get(str(roster.stages.get("of", "")), ())
    return figure.where.get("stage") or tuple(roster.stage_of_grade[each] for each in grades)


def _settled(figure: Figure, found: Grouped) -> Iterator[str]:
    """Conditions under which no row in question leaves the figure open."""
    roster = found.roster
    optional = {each.name for each in roster.column if not each.required}
    for column in figure.where:
        if column in optional:
            others = {k: v for k, v in figure.where.items() if k != column}
            yield _none(_all([*_where(others), f"{name(column)} IS NULL"]))
    if figure.flag and not found.said.intersection(figure.flag):
        said = "greatest(" + ", ".join(name(each + "_said") for each in figure.flag) + ")"
        yield _none(_all([*_where(figure.where), f"{said} < n"]))
    if figure.kind == "sum":
        yield _none(_all([*_where(figure.where), f"{name(figure.of + '_said')} < n"]))
    if figure.kind == "room_bins":
        yield _none(_all([*_where(figure.where), f"{BAND} IS NULL"]))


def _none(condition: str) -> str:
    return f"count(*) FILTER ({condition}) = 0"


def _of_classes(figures: Sequence[tuple[int, Figure]], found: Grouped, counted: str) -> str:
    """A SELECT of the figures of classes: the classes of each school and stage first, by size."""
    named = f"{counted} AND grade IS NOT NULL AND class_no IS NOT NULL"
    sized = f"SELECT school_code, stage, n AS size FROM {found.table} WHERE {named}"
    if not found.one_a_class:
        sized = (
            f"SELECT school_code, stage, sum(n) AS size FROM {found.table} WHERE {named} "
            "GROUP BY school_code, stage, grade, class_no"
        )
    bounds = {(each.low, each.high): f"b{i}" for i, each in figures}
    counts = [f"count_if({_within(*each)})::BIGINT AS {b}" for each, b in bounds.items()]
    of_stage = (
        f"SELECT school_code, stage, max(size)::BIGINT AS largest, {', '.join(counts)} "
        f"FROM ({sized}) GROUP BY school_code, stage"
    )
    shown = [f"{_told(figure, bounds)} AS f{i}" for i, figure in figures]
    return f"SELECT school_code, {', '.join(shown)} FROM ({of_stage}) GROUP BY school_code"


def _within(low: str, high: str) -> str:
    bounds = [f"size >= {int(low)}"] if low else []
    return _all([*bounds, f"size <= {int(high)}"] if high else bounds)


def _told(figure: Figure, bounds: Mapping[tuple[str, str], str]) -> str:
    """A figure of the classes of one stage; NULL where the school has none there."""
    (stage,) = figure.where["stage"]
    value = "largest" if figure.kind == "largest_class" else bounds[figure.low, figure.high]
    return f"max({value}) FILTER (stage = {literal(stage)})"  # of one row: it takes the least room


def class_list(found: Grouped) -> str:
    """A SELECT of the classes in no order: `pupils`, and `place`, one number that orders them by the
    place of the school among the schools, of the grade among the grades, of the name of the class
    among all names: (school × grades + grade) × `names_met` + name."""
    where = (
        f"{counted_only(found.roster)} AND stage IN ('primary', 'junior', 'senior') "
        "AND school_code IS NOT NULL AND class_no IS NOT NULL"
    )
    listed = f"SELECT school_code, grade, class_no, n AS size FROM {found.table} WHERE {where}"
    if not found.one_a_class:
        listed = (
            f"SELECT school_code, grade, class_no, sum(n) AS size FROM {found.table} "
            f"WHERE {where} GROUP BY ALL"
        )
    names = (
        "SELECT code AS class_no, row_number() OVER (ORDER BY length(code), code) - 1 AS name "
        f"FROM (SELECT DISTINCT code FROM {found.writings(CLASS_NO)} WHERE code IS NOT NULL)"
    )
    grades = len(_grades(found.roster))
    grade = f"place::UBIGINT * {grades} + enum_code(grade)::UBIGINT"
    return (
        f"SELECT ({grade}) * {names_met(found)} + name::UBIGINT AS place, size::BIGINT AS pupils "
        f"FROM ({listed}) JOIN schools USING (school_code) JOIN ({names}) USING (class_no)"
    )


def names_met(found: Grouped) -> int:
    """How many names of classes there are in the register."""
    return len({code for _, code, _ in found.read[CLASS_NO].rows if code is not None})


def _grades(roster: Roster) -> list[str]:
    """The codes of the grades, in the order of the ENUM of the column."""
    return list(roster.columns()["grade"].choices)


def numbered_classes(
    classes: pl.DataFrame, names: int, schools: pl.Series, roster: Roster
) -> pl.DataFrame:
    """The classes by school, grade and name, each numbered within its grade instead of its name.

    `classes` is what `class_list` selects, of so many `names`; `schools`: every code, in order.
    What a register calls a class may be anything, and does not leave it.
    """
    codes = _grades(roster)
    ordered = classes.sort("place")
    group = (ordered["place"] // max(names, 1)).cast(pl.UInt32).alias("group")
    place = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32)
    another = pl.col("group").ne_missing(pl.col("group").shift(1))
    before = pl.when(another).then(place - 1).forward_fill()
    numbered = group.to_frame().select(number=place - before)
    most = int(numbered.select(pl.col("number").max()).item() or 0)
    said = pl.Series([str(n) for n in range(most + 1)], dtype=pl.String())
    grade = group % len(codes)
    return pl.DataFrame({
        "school_code": schools.gather(group // len(codes)),
        "grade": pl.Series([int(code) for code in codes], dtype=pl.Int64()).gather(grade),
        "class_no": said.gather(numbered["number"]),
        "stage": pl.Series([roster.stage_of_grade.get(c) for c in codes], dtype=pl.String()).gather(grade),
        "pupils": ordered["pupils"],
    })  # fmt: skip


def stages_met(found: Grouped, db: Engine) -> frozenset[str]:
    """Stages of which the register has a row anywhere."""
    query = f"SELECT DISTINCT stage FROM {found.kinds} WHERE stage IS NOT NULL AND {counted_only(found.roster)}"
    return frozenset(str(stage) for (stage,) in db.rows(query))
