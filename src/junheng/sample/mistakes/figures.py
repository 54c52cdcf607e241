"""Reading a school's figures off the workbook, and the commonest shape of a recipe: type over one."""

from collections.abc import Callable
from random import Random

from openpyxl.cell.cell import Cell

from junheng.sample.desk import Desk, Raw
from junheng.sample.mistakes.recipe import Make

Number = int | float
Figured = Callable[[Desk, str], Raw | None]
"""What to type, from the school's figures; None where this school does not offer the mistake."""
Staged = Callable[[Desk, str, str], Raw | None]

STAGES = ("primary", "junior")
COMPULSORY = frozenset({"小学", "初中", "九年一贯制", "十二年一贯制", "完全中学"})
FEWEST_CLASSES, FEWEST_PUPILS = 4, 60
"""Below these the ranges of the checks say nothing."""


def figure(desk: Desk, code: str, column: str) -> Number:
    """The number there; 0 where there is none."""
    return desk.number(code, column) or 0


def filed(desk: Desk, column: str) -> Number:
    """The number in the county form; 0 where there is none."""
    value = desk.form_cell(column).value
    return value if isinstance(value, int | float) else 0


def listed(desk: Desk, table: str, number: int, column: str) -> Number:
    """The number in a row of a list; 0 where there is none."""
    value = desk.at(table, number, column).value
    return value if isinstance(value, int | float) else 0


def total(desk: Desk, code: str, *columns: str) -> Number:
    return sum(figure(desk, code, each) for each in columns)


def pupils(desk: Desk, code: str) -> Number:
    """Compulsory pupils, attached classes included."""
    return total(desk, code, *(f"enrolment_grade_{g}" for g in range(1, 10)))


def stage_pupils(desk: Desk, code: str, stage: str) -> Number:
    return total(desk, code, f"enrolment_{stage}", f"attached_{stage}_enrolment")


def ordinary(desk: Desk, code: str) -> bool:
    """A compulsory school that counts and is large enough to be judged."""
    return (
        desk.value(code, "school_type") in COMPULSORY
        and desk.value(code, "counts_as_school") == "是"
        and pupils(desk, code) >= FEWEST_PUPILS
    )


def at_all(desk: Desk, code: str) -> Number:
    """Pupils of all stages of an ordinary school, for values per pupil; 0 of any other."""
    senior = figure(desk, code, "enrolment_senior")
    return pupils(desk, code) + senior if ordinary(desk, code) else 0


def typed(column: str, of: Figured, *, shows_at: str = "") -> Make:
    """A recipe that types over `column`; the problem shows there, or at `shows_at`."""

    def make(desk: Desk, code: str, _: Random) -> Cell | None:
        if desk.number(code, column) is None:
            return None
        value = of(desk, code)
        if value is None:
            return None
        desk.put(desk.cell(code, column), value)
        return desk.cell(code, shows_at or column)

    return make


def typed_at_stage(column: str, of: Staged, *, shows_at: str = "") -> Make:
    """The same at one of the stages in which the school has classes; names without the stage."""

    def make(desk: Desk, code: str, chance: Random) -> Cell | None:
        stage = chosen_stage(desk, code, chance)
        if stage is None:
            return None
        there = f"{column}_{stage}"
        value = of(desk, code, stage) if desk.number(code, there) is not None else None
        if value is None:
            return None
        desk.put(desk.cell(code, there), value)
        return desk.cell(code, f"{shows_at or column}_{stage}")

    return make


def chosen_stage(desk: Desk, code: str, chance: Random) -> str | None:
    if desk.value(code, "school_type") not in COMPULSORY:
        return None
    held = [s for s in STAGES if figure(desk, code, f"class_count_{s}") >= FEWEST_CLASSES]
    return chance.choice(held) if held else None


def answered(column: str, word: str, fits: Callable[[Desk, str], bool], *, at: str = "") -> Make:
    """A recipe that answers a yes-or-no column, or a choice, with the wrong word."""

    def make(desk: Desk, code: str, _: Random) -> Cell | None:
        cell = desk.cell(code, column)
        if cell.value == word or not fits(desk, code):
            return None
        desk.put(cell, word)
        return desk.cell(code, at or column)

    return make


def exchanged(one: str, other: str, *, shows_at: str) -> Make:
    """A recipe that fills two columns the wrong way round."""

    def make(desk: Desk, code: str, _: Random) -> Cell | None:
        values = figure(desk, code, one), figure(desk, code, other)
        if 0 in values or values[0] == values[1]:
            return None
        desk.put(desk.cell(code, one), values[1])
        desk.put(desk.cell(code, other), values[0])
        return desk.cell(code, shows_at)

    return make


def wan(value: Number) -> Number:
    """A figure that was meant in 万元, ten thousand times too small, as typed."""
    return max(0.0001, round(value / 10_000, 4))
