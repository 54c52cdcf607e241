"""Working out an indicator for a whole school, one of its stages, or a county.

One row of inputs is put together, integers as in the parts frame, and the indicator's own
expression is worked out on it exactly. What was not filed is named; nothing missing is zero.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from junheng.freezing import frozen
from junheng.indicators.asking import stages_asked, why_not_asked, zoned_rows
from junheng.indicators.class_sizes import ClassSizes
from junheng.indicators.columns import (
    HUNDREDTHS,
    LAW,
    STAGES_JUDGED,
    label_of,
    part_columns,
    scale_of,
)
from junheng.indicators.definition import Indicator
from junheng.indicators.filed import FiledCounty, FiledSchool
from junheng.registry import school_columns, tables
from junheng.schema import Column, Merge, Stage

Numbers = Mapping[str, Fraction]
"""Numbers of the clause that is judged, by name; `least_music_m2` and `least_art_m2` for rooms."""
ROOMS = re.compile(r"(music|art)_rooms_(?:ge_(?P<open>\d+)|(?P<low>\d+)_\d+)")
FORM = "区县填报表"


@frozen
class Found:
    """One input: its integer, and what had to be filed for it and was not."""

    value: int | None
    owing: tuple[str, ...] = ()


@frozen
class Measurement:
    """An indicator worked out for one school, stage of a school, or county."""

    stage: Stage | None
    value: Fraction | None
    numbers: str
    owing: tuple[str, ...]
    reason: str
    """Why there is nothing to measure; empty where there is."""
    class_sizes: ClassSizes | None = None
    inputs: tuple[Indicator, Mapping[str, Any]] | None = None
    """The indicator and the row it was worked out on, where it has a value."""

    @cached_property
    def slope(self) -> Fraction | None:
        """What one natural unit more of the leading input adds to the value."""
        if self.inputs is None:
            return None
        each, row = self.inputs
        leading = next(each.ratio.numerator.columns())
        more = each.value_of({**row, leading: row[leading] + scale_of(leading)})
        assert self.value is not None, "inputs are kept where there is a value"
        assert more is not None, "the value was known with one unit less"
        return more - self.value


def measure_school(
    each: Indicator, school: FiledSchool, stage: Stage | None, numbers: Numbers
) -> Measurement:
    """One indicator of grain `school`; `stage` None takes all compulsory stages together."""
    found = {c: read(school, c, stage, numbers) for c in each.ratio.columns()}
    sizes = school.class_sizes(stage) if stage is not None and "largest_class" in found else None
    return _worked_out(each, stage, found, sizes)


def measure_county(each: Indicator, county: FiledCounty, stage: Stage | None) -> Measurement:
    """One indicator of grain `county`: from its form, or summed over the schools that it asks."""
    if not each.asks:
        found = {c: _of_form(county.form, c, stage) for c in each.ratio.columns()}
        return _worked_out(each, stage, found)
    asked = [s for s in county.schools if not why_not_asked(each.asks, s)]
    found = {c: _summed(asked, c, stage) for c in each.ratio.columns()}
    absent = tuple(f"{m.name}（{m.code}）：{m.reason}" for m in county.absent)
    if not absent and not any_school(county):
        absent = ("没有学校填报",)
    if absent:
        found = {c: Found(None, (*f.owing, *absent)) for c, f in found.items()}
    return _worked_out(each, stage, found)


def any_school(county: FiledCounty) -> bool:
    """Whether any school of compulsory schooling has filed."""
    return any(not why_not_asked("compulsory", school) for school in county.schools)


def _worked_out(
    each: Indicator,
    stage: Stage | None,
    found: Mapping[str, Found],
    sizes: ClassSizes | None = None,
) -> Measurement:
    row: dict[str, Any] = {c: f.value for c, f in found.items()} | {"stage": stage}
    owing = tuple(dict.fromkeys(o for f in found.values() for o in f.owing))
    numbers = each.formula_of(row)
    below = each.ratio.denominator.exact(row)
    if below is not None and below <= 0:
        labels = {c: label_of(c) for c in each.ratio.columns()}
        reason = f"{each.ratio.denominator.words(labels)}为{below}，没有可比的基数"
        return Measurement(stage, None, numbers, (), reason, sizes)
    value = each.value_of(row)
    if value is None:
        return Measurement(stage, None, numbers, owing, "", sizes)
    return Measurement(stage, value, numbers, (), "", sizes, (each, row))


def read(school: FiledSchool, name: str, stage: Stage | None, numbers: Numbers) -> Found:
    """One input of one school; `stage` None sums over its compulsory stages."""
    if name.startswith(LAW):
        number = numbers[name.removeprefix(LAW)]
        assert number.denominator == 1, f"{name} counts classes or pupils"
        return Found(int(number))
    if name in _DERIVED:
        return _DERIVED[name](school, stage, numbers)
    if name in tables()["county"].columns():
        return _of_form(school.form, name, stage)
    stages = stages_asked(school) if stage is None else (stage,)
    names = [f"{name}_{s}" for s in stages if f"{name}_{s}" in school_columns()]
    columns = names or [name]
    if not names and name not in school_columns():
        return Found(0)
    return _total(_filed(school, column) for column in columns)


def _filed(school: FiledSchool, column: str) -> Found:
    """A declared column as an integer; what the school need not file counts as nothing."""
    value, declared = school.row[column], school_columns()[column]
    of_all_rows = declared.merge is not Merge.PARENT
    if (value is None or of_all_rows) and school.owes(column):
        return Found(None, (declared.label,))
    return Found(0 if value is None else _integer(value, declared))


def _integer(value: Any, column: Column) -> int:
    return int(value * 100) if column.kind in HUNDREDTHS else int(value)


def _total(found: Iterable[Found]) -> Found:
    listed = list(found)
    owing = tuple(o for each in listed for o in each.owing)
    known = [each.value for each in listed if each.value is not None]
    return Found(sum(known) if len(known) == len(listed) else None, owing)


def _of_form(form: Mapping[str, Any], name: str, stage: Stage | None) -> Found:
    if name == "fund_standard_yuan":
        name = f"fund_standard_{stage}_yuan"
    column = tables()["county"].columns()[name]
    value = form.get(name)
    if value is None:
        return Found(None, (f"{FORM}：{column.label}",))
    return Found(_integer(value, column))


def _summed(schools: Iterable[FiledSchool], name: str, stage: Stage | None) -> Found:
    found = []
    for school in schools:
        each = read(school, name, stage, {})
        found.append(
            Found(each.value, tuple(f"{school.name}（{school.code}）：{o}" for o in each.owing))
        )
    return _total(found)


def _pupils(school: FiledSchool, stage: Stage | None) -> Found:
    stages = stages_asked(school) if stage is None else (stage,)
    return _total(
        Found(n, () if n is not None else (f"{s.label}学生数",))
        for s, n in ((each, school.pupils(each)) for each in stages)
    )


def _rooms(school: FiledSchool, kind: str, numbers: Numbers) -> Found:
    """Rooms of `kind` in the bins from the least area allowed upwards, each bin once."""
    bounds = room_bounds(kind)
    least = numbers.get(f"least_{kind}_m2", Fraction(max(bounds)))
    return _total(_filed(school, bounds[low]) for low in bounds if low >= least)


@cache
def room_bounds(kind: str) -> Mapping[int, str]:
    """Least area of each bin of rooms of a kind → its column."""
    found = {}
    for name in part_columns():
        match = ROOMS.fullmatch(name)
        if match is not None and match[1] == kind:
            found[int(match["open"] or match["low"])] = name
    return found


def _attached(school: FiledSchool) -> Found:
    columns = ("attached_primary_enrolment", "attached_junior_enrolment")
    return _total(_filed(school, column) for column in columns)


def _zoned(school: FiledSchool, column: str, stage: Stage | None, *, urban: bool) -> Found:
    """A column summed over the rows that are zoned, each by its own codes."""
    found = []
    for each in STAGES_JUDGED if stage is None else (stage,):
        name = f"{column}_{each}"
        label = school_columns()[name].label
        for row, silent in zoned_rows(school, each, urban=urban):
            value = row[name]
            owing = silent if value is not None else (*silent, label)
            found.append(Found(None if silent else value, owing))
    return _total(found)


_DERIVED: dict[str, Callable[[FiledSchool, Stage | None, Numbers], Found]] = {
    "pupils": lambda school, stage, _: _pupils(school, stage),
    "pupils_primary": lambda school, *_: _pupils(school, Stage.PRIMARY),
    "pupils_junior": lambda school, *_: _pupils(school, Stage.JUNIOR),
    "accepted_music_rooms": lambda school, _, numbers: _rooms(school, "music", numbers),
    "accepted_art_rooms": lambda school, _, numbers: _rooms(school, "art", numbers),
    "largest_class": lambda school, stage, _: _largest(school, stage),
    "attached_pupils": lambda school, *_: _attached(school),
    "zoned_pupils": lambda s, stage, _: _zoned(s, "enrolment", stage, urban=False),
    "zoned_in_zone": lambda s, stage, _: _zoned(s, "in_zone_enrolment", stage, urban=False),
    "urban_zoned_pupils": lambda s, stage, _: _zoned(s, "enrolment", stage, urban=True),
    "urban_zoned_in_zone": lambda s, stage, _: _zoned(s, "in_zone_enrolment", stage, urban=True),
}


def _largest(school: FiledSchool, stage: Stage | None) -> Found:
    assert stage is not None, "the largest class is told by stage"
    largest = school.class_sizes(stage).largest
    owing = () if largest is not None else (school_columns()[f"max_class_size_{stage}"].label,)
    return Found(largest, owing)
