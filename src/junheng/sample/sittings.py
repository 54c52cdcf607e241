"""Classes by grade of one filed row, and the row filled from classes again: totals, bins, largest class."""

import re
from typing import Any

from junheng.registry import tables
from junheng.sample.marks import Row

Sittings = dict[int, list[int]]
"""Grade → pupils of each of its classes; compulsory grades only."""
COMPULSORY = {"primary": range(1, 7), "junior": range(7, 10)}


def sittings_of(row: Row) -> Sittings:
    """Classes that fit the totals of the row, as even as can be; grades without pupils are absent."""
    found: Sittings = {}
    for stage, grades in COMPULSORY.items():
        pupils = {g: row[f"enrolment_grade_{g}"] for g in grades if row[f"enrolment_grade_{g}"]}
        for grade, count in _shared(pupils, row[f"class_count_{stage}"] or 0).items():
            total = pupils[grade]
            found[grade] = [total // count + (i < total % count) for i in range(count)]
    return found


def _shared(pupils: dict[int, int], classes: int) -> dict[int, int]:
    """So many classes over the grades, by pupils, at least one each."""
    counts = dict.fromkeys(pupils, 1)
    for _ in range(classes - len(counts)):
        fullest = max(counts, key=lambda g: (pupils[g] / counts[g], g))
        counts[fullest] += 1
    return counts


def seated(row: Row, sittings: Sittings) -> dict[str, Any]:
    """The columns of the table `seats` that these classes change; what is 不适用 stays empty."""
    found: dict[str, Any] = {}
    for stage, grades in COMPULSORY.items():
        sizes = [size for grade in grades for size in sittings.get(grade, ())]
        for grade in grades:
            found[f"enrolment_grade_{grade}"] = sum(sittings.get(grade, ()))
        found[f"class_count_{stage}"] = len(sizes)
        found[f"max_class_size_{stage}"] = max(sizes, default=0)
        for name, least, most in _bins():
            found[f"{name}_{stage}"] = sum(least <= size <= most for size in sizes)
        for name in (f"enrolment_{stage}", f"attached_{stage}_enrolment"):
            found[name] = sum(sizes) if row.get(name) else row.get(name)
        zoned = f"in_zone_enrolment_{stage}"
        found[zoned] = min(row[zoned], sum(sizes)) if row.get(zoned) else row.get(zoned)
    return {name: value for name, value in found.items() if row.get(name) is not None}


def _bins() -> list[tuple[str, int, int]]:
    """Class bins without their stage, with the least and the greatest class of each."""
    found = []
    for name in tables()["seats"].columns():
        told = re.fullmatch(r"(classes_(le_|ge_)?(\d+)(?:_(\d+))?)_primary", name)
        if told:
            edge, first = told[2], int(told[3])
            least = 1 if edge == "le_" else first
            found.append((told[1], least, first if edge == "le_" else int(told[4] or 10_000)))
    return found
