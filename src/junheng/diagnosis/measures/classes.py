"""Class sizes: classes within the prescribed size, large classes (article 3: C03.4, C03.5).

The class list of a school is read where it holds every class of the stage, else the size bins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from junheng.diagnosis.measures.registry import County, Row, measure
from junheng.diagnosis.points import Point
from junheng.registry import Facts, school_columns
from junheng.schema import Stage

BIN = re.compile(r"classes_(?P<open>le|ge)?_?(?P<one>\d+)(?:_(?P<two>\d+))?_(?P<stage>[a-z]+)")
SIZE_CLAUSE = "GV5"
"""The clause that holds the prescribed class size."""


@dataclass(frozen=True)
class _Bin:
    """A declared column of classes by size; `most` None: open at the top."""

    column: str
    least: int
    most: int | None


@dataclass(frozen=True)
class _Sizes:
    """Classes of one stage of one school: (least size, greatest size or None, how many)."""

    name: str
    counts: tuple[tuple[int, int | None, int], ...]

    @property
    def total(self) -> int:
        return sum(count for *_, count in self.counts)

    def above(self, limit: Fraction) -> int | None:
        """Classes larger than `limit`; None where a bin lies across it."""
        if any(c and low <= limit and (top is None or top > limit) for low, top, c in self.counts):
            return None
        return sum(count for low, _, count in self.counts if low > limit)


@measure("classes_within_limit")
def classes_within_limit(county: County) -> Iterator[Point]:
    """Classes not larger than the prescribed size over all classes, in per cent."""
    for over in _over(county):
        if isinstance(over, Point):
            yield over
        else:
            total = sum(each.total for each, _ in over)
            within = total - sum(above for _, above in over)
            yield county.share(within, total, "不超限的班", "全部班")


@measure("schools_within_limit")
def schools_within_limit(county: County) -> Iterator[Point]:
    """Schools (by stage) all of whose classes are within the size over all, in per cent."""
    for over in _over(county):
        if isinstance(over, Point):
            yield over
        else:
            good = sum(above == 0 for _, above in over)
            yield county.share(good, len(over), "全部班不超限的学校（学段）", "学校（学段）")


@measure("large_classes")
def large_classes(county: County) -> Iterator[Point]:
    """Classes of at least `large_class_from` pupils."""
    least = Fraction(county.target.numbers["large_class_from"])
    limits = dict.fromkeys(county.standard.stages, least - 1)
    for over in _counted(county, limits):
        if isinstance(over, Point):
            yield over
        else:
            found = sum(above for _, above in over)
            worst = sorted(((above, s.name) for s, above in over if above), reverse=True)[:3]
            named = "、".join(f"{name} {above} 个" for above, name in worst)
            total = sum(s.total for s, _ in over)
            told = f"全部 {total:,} 个班" + (f"；{named}" if named else "")
            yield county.point(Fraction(found), told) if total else county.nothing("没有班级")


def _over(county: County) -> Iterator[Point | list[tuple[_Sizes, int]]]:
    demand = county.standard.demands.get(SIZE_CLAUSE)
    if demand is None:
        yield county.nothing(f"没有规定班额的条款（{SIZE_CLAUSE}）")
        return
    limits = {
        stage: Fraction(demand.clause.at_most[stage])
        for stage in county.standard.stages
        if stage in demand.clause.at_most
    }
    yield from _counted(county, limits)


def _counted(
    county: County, limits: dict[Stage, Fraction]
) -> Iterator[Point | list[tuple[_Sizes, int]]]:
    """Sizes and how many classes are above the stage's limit; or one point that says why not."""
    lists = county.once("class lists", lambda: _lists(county.facts))
    found, blank = [], []
    for row in county.schools:
        for stage, limit in limits.items():
            sizes = _sizes(row, stage, lists) if stage in county.stages(row) else None
            above = None if sizes is None else sizes.above(limit)
            if sizes is not None and above is not None:
                found.append((sizes, above))
            elif stage in county.stages(row):
                blank.append(row["school_name"])
    yield county.incomplete(blank, "各班额段的班级数（或班级清单）") or found


def _lists(facts: Facts) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for row in facts["classes"].iter_rows(named=True):
        if row["pupils"] is not None:
            found.setdefault((row["school_code"], row["stage"]), []).append(row["pupils"])
    return found


def _sizes(row: Row, stage: Stage, lists: dict[tuple[str, str], list[int]]) -> _Sizes | None:
    listed = lists.get((row["school_code"], stage.value), [])
    if listed and len(listed) == row[f"class_count_{stage}"]:
        return _Sizes(row["school_name"], tuple((size, size, 1) for size in listed))
    filed = [(each, row[each.column]) for each in _bins(stage)]
    if any(count is None for _, count in filed):
        return None
    return _Sizes(row["school_name"], tuple((each.least, each.most, n) for each, n in filed))


@cache
def _bins(stage: Stage) -> tuple[_Bin, ...]:
    """The declared size bins of a stage, read from the names of the columns."""
    found = []
    for name in school_columns():
        match = BIN.fullmatch(name)
        if match and match["stage"] == stage.value:
            one = int(match["one"])
            if match["open"] == "le":
                found.append(_Bin(name, 0, one))
            elif match["open"] == "ge":
                found.append(_Bin(name, one, None))
            else:
                found.append(_Bin(name, one, int(match["two"])))
    return tuple(found)
