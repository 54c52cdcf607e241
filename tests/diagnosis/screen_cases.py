"""Small counties for the screen: schools with their classes, and what is asked of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from worked.building import Row, rows_of, school

from junheng.diagnosis.screening import Question, screen_facts
from junheng.registry import Facts
from junheng.sample.sittings import Sittings, seated

NOW = 2025
Sizes = Mapping[int, Sequence[int]]


def sat(code: str, sizes: Sizes, school_type: str = "primary", **filed: Any) -> Row:
    """A wide row with these classes by grade, rooms for all of them, and everything else ample."""
    sittings: Sittings = {grade: list(each) for grade, each in sizes.items()}
    pupils = {
        stage: total
        for stage, grades in (("primary", range(1, 7)), ("junior", range(7, 10)))
        if (total := sum(sum(sittings.get(grade, ())) for grade in grades))
    }
    row = school(code, school_type, pupils, **filed)
    blank = dict.fromkeys(_seat_columns(school_type), 0)
    row |= seated({**blank, **{f"enrolment_{stage}": n for stage, n in pupils.items()}}, sittings)
    rooms = {"regular_classrooms": sum(len(each) for each in sizes.values())}
    return row | rooms | filed


def _seat_columns(school_type: str) -> list[str]:
    stages = {"primary": ("primary",), "junior": ("junior",)}.get(
        school_type, ("primary", "junior")
    )
    found = [f"enrolment_grade_{grade}" for grade in range(1, 10)]
    for stage in stages:
        found += [f"class_count_{stage}", f"max_class_size_{stage}", f"classes_le_25_{stage}"]
        found += [f"classes_{a}_{a + 4}_{stage}" for a in range(26, 66, 5)]
        found.append(f"classes_ge_66_{stage}")
    return found


def listed(code: str, sizes: Sizes) -> list[Row]:
    """The class list of one school."""
    return [
        {"school_code": code, "grade": grade, "class_no": str(n), "pupils": size,
         "stage": "primary" if grade < 7 else "junior"}
        for grade, each in sizes.items() for n, size in enumerate(each, start=1)
    ]  # fmt: skip


def even(size: int, classes: int = 2, grades: range = range(1, 7)) -> dict[int, list[int]]:
    """So many classes of one size in every grade."""
    return {grade: [size] * classes for grade in grades}


def facts(schools: list[Row], year: int = NOW, **more: list[Row]) -> Facts:
    return Facts.from_rows(rows_of(schools, **more), year=year)


def asked(kind: str, *years: Facts) -> list[Question]:
    """The questions of one kind in the latest year."""
    days = {each.year: date(each.year + 1, 3, 31) for each in years}
    found = screen_facts(years, days=days, kinds=[kind]).questions
    return [each for each in found if each.year == max(days)]


def codes(questions: Sequence[Question]) -> list[set[str]]:
    return [{each.code for each in question.schools} for question in questions]
