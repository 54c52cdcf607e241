"""The screens of the kinds that nearly every return keeps; each names what its kind would let pass."""

from collections.abc import Callable, Iterable
from operator import eq, gt, lt, mul, ne
from typing import Any

from junheng.registry.checks.relations import range_for
from junheng.registry.checks.returns import JUNIOR_PUPILS, PRIMARY_PUPILS
from junheng.registry.checks.rule import Range, Rule
from junheng.registry.checks.screening import SCREENS, Columns, Numbers, screen
from junheng.registry.checks.small import is_small

COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "sum_equals": ne, "sum_at_most": gt, "sum_less_than": lt, "looks_like_a_sum": eq,
}  # fmt: skip
"""How the two sums of a rule stand to one another where it is broken."""


@screen(*COMPARED)
def _sums(rule: Rule, columns: Columns) -> Iterable[int]:
    breaks = COMPARED[rule.kind]
    for place, (left, right) in enumerate(
        zip(columns.sums(rule.left), columns.sums(rule.right), strict=True)
    ):
        if left is not None and right is not None and breaks(left, right):
            yield place


@screen("ratio_range", "unit_slip")
def _beyond_range(rule: Rule, columns: Columns) -> Iterable[int]:
    """The value, held against its base, lies outside the range of its settlement."""
    ranges: dict[str, Range | None] = {
        each: range_for(rule, each) for each in set(columns.settlements)
    }
    bases: Numbers = columns.sums(rule.right) if rule.right else [1] * len(columns.returns)
    least, floor, whole = rule.per_least, rule.floor, not rule.right
    rows = zip(columns.sums(rule.left), bases, map(ranges.get, columns.settlements), strict=True)
    for place, (value, total, bounds) in enumerate(rows):
        if value is None or total is None or bounds is None:
            continue
        # What `base` and `inside` say, without asking them thirty thousand times.
        if total < least and not whole:
            continue
        per = 1 if whole else max(floor, total)
        if not bounds.low * per <= value <= bounds.high * per:
            yield place


def _rows(
    test: Callable[[Rule, tuple[Any, ...]], bool],
    asked: Callable[[Rule], tuple[str, ...]] = lambda rule: rule.columns,
) -> Callable[[Rule, Columns], Iterable[int]]:
    """A screen that looks at some columns of a return."""

    def found(rule: Rule, columns: Columns) -> Iterable[int]:
        rows = enumerate(columns.rows(asked(rule)))
        return (place for place, row in rows if test(rule, row))

    return found


def _at(rule: Rule) -> tuple[str, ...]:
    return (rule.at,)


def _type_and_columns(rule: Rule) -> tuple[str, ...]:
    return ("school_type", *(rule.columns or (rule.at,)))


def _of_type(rule: Rule, row: tuple[Any, ...]) -> bool:
    return row[0] in rule.words["types"]


SCREENS |= {
    "implies": _rows(lambda _, row: row[0] is True and row[1] is False),
    "flag_contradicts_year": _rows(lambda _, row: row[1] is True),
    "flag_in_settlement": _rows(lambda _, row: row[0] is True, _at),
    "dense_area_certified": _rows(lambda _, row: row[0] is True, _at),
    "lease_covers_count_day": _rows(lambda _, row: None not in row),
    "no_boarding_no_boarders": _rows(lambda _, row: row[0] is False and bool(row[1])),
    "type_has_pupils": _rows(
        lambda rule, row: _of_type(rule, row) and 0 in row[1:], _type_and_columns
    ),
    "type_without_pupils": _rows(
        lambda rule, row: _of_type(rule, row) and bool(row[1]), _type_and_columns
    ),
    "both_or_neither": _rows(lambda _, row: None not in row and (row[0] > 0) != (row[1] > 0)),
    "at_most_number": _rows(
        lambda rule, row: row[0] is not None and row[0] > rule.numbers["limit"],
        lambda rule: rule.left,
    ),
    "gymnasium_within_indoor_rooms": _rows(lambda _, row: None not in row and row[0] > row[1]),
    "multimedia_between": _rows(lambda _, row: None not in row[:2] and row[0] > row[1]),
    "small_class_flag": _rows(
        lambda rule, row: (
            row[0] is True
            or (row[0] is False and str(row[1] or "").startswith(rule.words["rural"]))
        ),
        lambda rule: (rule.at, "urban_rural_code"),
    ),
    **dict.fromkeys(
        ("parent_is_another", "parent_filed", "parent_counts", "parent_in_same_county"),
        _rows(lambda _, row: row[0] is not None, lambda _: ("parent_school_code",)),
    ),
}


@screen("small_school_flag")
def _small_school(rule: Rule, columns: Columns) -> Iterable[int]:
    """The flag is not what pupils and settlement make it."""
    pupils = columns.sums(PRIMARY_PUPILS + JUNIOR_PUPILS)
    for place, (filed, count, settlement) in enumerate(
        zip(columns.values(rule.at), pupils, columns.settlements, strict=True)
    ):
        if filed is None or count is None:
            continue
        if filed is not is_small(rule, settlement, int(count)):
            yield place


@screen("bins_contain")
def _bins(rule: Rule, columns: Columns) -> Iterable[int]:
    """The pupils are fewer than the least of all classes, or more than the most of closed bins."""
    lows = [each.low for each in rule.bins]
    highs = [each.high or 0 for each in rule.bins]
    rows = columns.rows(each.column for each in rule.bins)
    for place, (counts, pupils) in enumerate(zip(rows, columns.sums(rule.right), strict=True)):
        if pupils is None or None in counts:
            continue
        if pupils < sum(map(mul, lows, counts)) or pupils > sum(map(mul, highs, counts)):
            yield place


@screen("largest_class_in_top_bin")
def _top_bin(rule: Rule, columns: Columns) -> Iterable[int]:
    """The largest class lies outside the highest bin that holds a class."""
    bounds = [(each.low, each.high) for each in rule.bins]
    rows = columns.rows((rule.at, *(each.column for each in rule.bins)))
    for place, (largest, *counts) in enumerate(rows):
        if largest is None or None in counts:
            continue
        top = max((n for n, count in enumerate(counts) if count > 0), default=None)
        low, high = (0, 0) if top is None else bounds[top]
        if largest < low or (high is not None and largest > high):
            yield place


@screen("largest_class_holds_the_mean")
def _mean(rule: Rule, columns: Columns) -> Iterable[int]:
    """The largest class, so many times as there are classes, is less than the pupils."""
    rows = columns.rows(rule.columns)
    for place, ((largest, classes), pupils) in enumerate(
        zip(rows, columns.sums(rule.right), strict=True)
    ):
        if None not in (largest, classes, pupils) and largest * classes < pupils:
            yield place


@screen("multimedia_beyond")
def _multimedia(rule: Rule, columns: Columns) -> Iterable[int]:
    """More networked rooms than so many times all rooms."""
    networked, rooms = columns.values(rule.columns[0]), columns.sums(rule.columns[1:])
    for place, (here, all_) in enumerate(zip(networked, rooms, strict=True)):
        if here is not None and all_ is not None and here > rule.numbers["times"] * all_:
            yield place


@screen("same_as_register", "same_place_as_register")
def _register(rule: Rule, columns: Columns) -> Iterable[int]:
    """The register says something else."""
    listed = columns.round.listed
    for place, (each, here) in enumerate(
        zip(columns.returns, columns.values(rule.at), strict=True)
    ):
        if here is not None and each.code in listed and listed[each.code].value(rule.at) != here:
            yield place


@screen("code_agrees_with_type")
def _code_of_type(rule: Rule, columns: Columns) -> Iterable[int]:
    """The first digits of the code are not those of the type."""
    for place, (each, type_) in enumerate(
        zip(columns.returns, columns.values("school_type"), strict=True)
    ):
        if type_ in rule.words and not each.code.startswith(rule.words[type_]):
            yield place


@screen("code_names_province")
def _code_of_province(rule: Rule, columns: Columns) -> Iterable[int]:
    provinces = rule.words["province"]
    return (n for n, each in enumerate(columns.returns) if not each.code[2:].startswith(provinces))


@screen("jumped", "rose", "fell", "unchanged", "grades_move_up", "cohort_as_then")
def _descended(rule: Rule, columns: Columns) -> Iterable[int]:
    """Was there in the year to compare with."""
    history = columns.round.history
    then = history.cohort if rule.kind == "cohort_as_then" else history.before
    return (n for n, each in enumerate(columns.returns) if then.get(each.code))


@screen("unchanged_under_code", "not_copied_from_last_year")
def _last_year(_rule: Rule, columns: Columns) -> Iterable[int]:
    """Was there last year under the same code."""
    then = columns.round.history.last_rows
    return (n for n, each in enumerate(columns.returns) if each.code in then)


@screen("void_code_not_reused")
def _years_before(_rule: Rule, columns: Columns) -> Iterable[int]:
    return range(len(columns.returns)) if columns.round.earlier else ()


@screen("campuses_make_the_school", "campus_pupils", "campus_not_a_row")
def _campuses(_rule: Rule, columns: Columns) -> Iterable[int]:
    """Has listed a campus."""
    listed = columns.round.rows["campuses"]
    return (n for n, each in enumerate(columns.returns) if each.code in listed)


@screen("class_list_count", "class_list_largest")
def _classes(rule: Rule, columns: Columns) -> Iterable[int]:
    """The classes listed are not as many, or the largest of them not as large, as filed."""
    listed, stage = columns.round.class_sizes, str(rule.stage)
    measure: Callable[[Any], int] = len if rule.kind == "class_list_count" else max
    for place, (each, filed) in enumerate(
        zip(columns.returns, columns.values(rule.at), strict=True)
    ):
        sizes = None if filed is None else listed.get(each.code, {}).get(stage)
        if sizes and measure(sizes) != filed:
            yield place


@screen("room_list_counts", "room_list_bins", "room_list_networked")
def _rooms(_rule: Rule, columns: Columns) -> Iterable[int]:
    """Has listed a room."""
    listed = columns.round.rows["rooms"]
    return (n for n, each in enumerate(columns.returns) if each.code in listed)
