"""The optional lists (classes, rooms, campuses) against the figures of the school they explain."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from junheng.registry.catalogue import tables
from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import ALL_PUPILS, Number, Round, School, problem_at
from junheng.registry.checks.rule import Bin, Rule
from junheng.registry.checks.wording import amount, column_of, digits, said
from junheng.registry.filing import Record


def known(record: Record, column: str) -> Any:
    """A value of a list row; None where it is blank, unclear or no number."""
    value = record.value(column)
    return None if isinstance(value, Decimal) and not value.is_finite() else value


def _rows(table: str, school: School, round_: Round, columns: Sequence[str]) -> Sequence[Record]:
    """The school's rows of a list; none where one of them is not fully known."""
    rows = round_.rows[table].get(school.code, ())
    for column in columns:
        for row in rows:
            value = row.filed.get(column)
            if value is None or (isinstance(value, Decimal) and not value.is_finite()):
                return ()
    return rows


def _differs(school: School, column: str, listed: Number, sheet: str) -> Outcome:
    filed = school.values.get(column)
    if filed is not None and filed != listed:
        found = f"{said(school, column)}，而“{sheet}”中是 {amount(column_of(column), listed)}"
        yield school.problem(column, found)


def in_bin(value: Number, bins: Iterable[Bin]) -> str | None:
    """The column of the bin into which a value falls: low ≤ value < next low, or ≤ high."""
    for each in bins:
        if each.low <= value and (each.high is None or value <= each.high):
            return each.column
    return None


class _InBins(dict[int, str | None]):
    """Number → the column of its bin, looked for once."""

    def __init__(self, bins: Sequence[Bin]) -> None:
        super().__init__()
        self._bins = bins

    def __missing__(self, number: int) -> str | None:
        self[number] = column = in_bin(number, self._bins)
        return column


@cache
def _in_bins(bins: tuple[Bin, ...]) -> _InBins:
    return _InBins(bins)


def _class_sizes(rule: Rule, school: School, round_: Round) -> Sequence[int]:
    """Pupils of each listed class of the rule's stage."""
    return round_.class_sizes.get(school.code, {}).get(str(rule.stage), ())


@kind
def class_list_count(rule: Rule, school: School, round_: Round) -> Outcome:
    sizes = _class_sizes(rule, school, round_)
    if sizes:
        yield from _differs(school, rule.at, len(sizes), tables()["classes"].label)


@kind
def class_list_bins(rule: Rule, school: School, round_: Round) -> Outcome:
    sizes = _class_sizes(rule, school, round_)
    found = Counter(map(_in_bins(rule.bins).__getitem__, sizes))
    for each in rule.bins if sizes else ():
        yield from _differs(school, each.column, found[each.column], tables()["classes"].label)


@kind
def class_list_largest(rule: Rule, school: School, round_: Round) -> Outcome:
    sizes = _class_sizes(rule, school, round_)
    if sizes:
        yield from _differs(school, rule.at, max(sizes), tables()["classes"].label)


@kind
def class_list_grades(rule: Rule, school: School, round_: Round) -> Outcome:
    """Σ pupils of the listed classes of a grade = enrolment of the grade."""
    grades = round_.class_grades.get(school.code, {})
    sums = {f"enrolment_grade_{grade}": sum(pupils) for grade, pupils in grades.items()}
    for column in rule.columns:
        if column in sums:
            yield from _differs(school, column, sums[column], tables()["classes"].label)


@kind
def class_list_stage(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The grade of a class belongs to its stage."""

    def fits_not(grade: Any, stage: object) -> bool:
        last = rule.numbers.get(f"last_{stage}")
        first = rule.numbers.get(f"first_{stage}")
        return None not in (grade, last, first) and not first <= grade <= last

    for row in round_.lists["classes"].those(fits_not, "grade", "stage"):
        label = amount(tables()["classes"].columns()["stage"], row.value("stage"))
        yield problem_at(row, "stage", f"{row.value('grade')} 年级的班填了学段{label}")


@kind
def room_list_counts(rule: Rule, school: School, round_: Round) -> Outcome:
    """Rooms listed of a type = rooms counted; a type not listed at all is not judged."""
    rows = _rows("rooms", school, round_, ("room_type",))
    found = Counter(str(row.value("room_type")) for row in rows)
    for column, types in rule.words.items():
        listed = sum(found[each] for each in types)
        if listed:
            yield from _differs(school, column, listed, tables()["rooms"].label)


@kind
def room_list_bins(rule: Rule, school: School, round_: Round) -> Outcome:
    """Rooms of the rule's type by size; the upper bound of a bin is the lower one of the next."""
    rows = _rows("rooms", school, round_, ("room_type", "area_m2"))
    areas: list[Any] = [
        r.filed["area_m2"] for r in rows if r.filed["room_type"] in rule.words["types"]
    ]
    found = Counter(map(_by_size(rule.bins).__getitem__, areas))
    for each in rule.bins if areas else ():
        yield from _differs(school, each.column, found[each.column], tables()["rooms"].label)


class _BySize(dict[Number, str]):
    """Area → the column of the first bin that it reaches, looked for once; empty: of none."""

    def __init__(self, bins: Sequence[Bin]) -> None:
        super().__init__()
        self._bins = bins

    def __missing__(self, area: Number) -> str:
        self[area] = column = next((b.column for b in self._bins if area >= b.low), "")
        return column


@cache
def _by_size(bins: tuple[Bin, ...]) -> _BySize:
    return _BySize(bins)


@kind
def room_list_networked(rule: Rule, school: School, round_: Round) -> Outcome:
    """Networked rooms listed = multimedia rooms, where the ordinary classrooms are listed."""
    rows = _rows("rooms", school, round_, ("room_type", "networked"))
    if any(row.value("room_type") == "regular" for row in rows):
        listed = sum(row.value("networked") is True for row in rows)
        yield from _differs(school, rule.at, listed, tables()["rooms"].label)


@kind
def campuses_make_the_school(rule: Rule, school: School, round_: Round) -> Outcome:
    """Σ over the campuses = the school."""
    for column in rule.columns:
        rows = _rows("campuses", school, round_, (column,))
        if rows:
            whole = sum(known(row, column) for row in rows)
            yield from _differs(school, column, whole, tables()["campuses"].label)


@kind
def campus_pupils(_rule: Rule, school: School, round_: Round) -> Outcome:
    """Σ pupils of the campuses = pupils of all stages, with or without the kindergarten."""
    rows = _rows("campuses", school, round_, ("pupils",))
    pupils = school.total(ALL_PUPILS)
    if not rows or pupils is None:
        return
    listed = sum(known(row, "pupils") for row in rows)
    if listed not in (pupils, pupils + (school.values.get("enrolment_kindergarten") or 0)):
        held = [each for each in ALL_PUPILS if each in school.values]
        column = next((each for each in held if school.values[each]), held[0])
        found = f"全校学生 {digits(pupils)} 人，而“校区”中各校区学生数之和是 {digits(listed)} 人"
        yield school.problem(column, found)


@kind
def campus_not_a_row(_rule: Rule, school: School, round_: Round) -> Outcome:
    """A campus listed under the main school is not filed as a row of its own as well."""
    names = {child.name: child for child in round_.children.get(school.code, ())}
    for row in round_.rows["campuses"].get(school.code, ()):
        child = names.get(str(known(row, "campus_name")))
        if child is not None:
            found = f"校区“{child.name}”已列在主校的“校区”表中，又以代码 {child.code} 单独填报"
            yield problem_at(row, "campus_name", found)
