"""What an indicator may read: declared columns, what is derived from them, numbers of the law.

A column filed by stage is named without its stage; whole schools and counties sum it over their
stages. Derived columns are worked out in `wholes`, law numbers come from the clause that is judged.
"""

from collections.abc import Mapping
from functools import cache

from junheng.indicators.quantity import Amount, Quantity
from junheng.registry import school_columns, tables
from junheng.schema import Column, Kind, Stage

HUNDREDTHS = frozenset({Kind.AREA, Kind.MONEY})
LAW = "law_"

DERIVED: Mapping[str, str] = {
    "pupils": "学生数",
    "pupils_primary": "小学学生数",
    "pupils_junior": "初中学生数",
    "accepted_music_rooms": "计入的音乐教室间数",
    "accepted_art_rooms": "计入的美术教室间数",
    "largest_class": "最大班额",
    "attached_pupils": "附设普通小学班、初中班学生数",
    "zoned_pupils": "城区、镇区公办非寄宿学校学生数",
    "zoned_in_zone": "城区、镇区公办非寄宿学校家庭住址在划片范围内的学生数",
    "urban_zoned_pupils": "城区公办非寄宿学校学生数",
    "urban_zoned_in_zone": "城区公办非寄宿学校家庭住址在划片范围内的学生数",
    "fund_standard_yuan": "规定的生均公用经费标准",
}
"""Columns of whole schools and counties that no form holds, with their labels; yuan end in `_yuan`."""

LAW_NUMBERS: Mapping[str, str] = {
    "law_per_classes": "规定的班数",
    "law_least_pupils": "规定的最少人数",
}


@cache
def part_columns() -> Mapping[str, Column]:
    """Columns of a part: whole-school columns by name, stage columns without their stage."""
    found: dict[str, Column] = {}
    for name, column in school_columns().items():
        found.setdefault(stage_free(name, column), column)
    return found


def stage_free(name: str, column: Column) -> str:
    return name.removesuffix(f"_{column.stage}") if column.stage else name


def label_of(column: str) -> str:
    """Chinese label of a column that an indicator reads, without its stage."""
    named = DERIVED.get(column) or LAW_NUMBERS.get(column)
    if named:
        return named
    declared = part_columns().get(column) or tables()["county"].columns()[column]
    return declared.label.replace(declared.stage.label, "") if declared.stage else declared.label


def scale_of(column: str) -> int:
    """How many of the integers in which a row holds a column make one natural unit."""
    if column in DERIVED or column in LAW_NUMBERS:
        return 100 if column.endswith("_yuan") else 1
    declared = part_columns().get(column) or tables()["county"].columns()[column]
    return 100 if declared.kind in HUNDREDTHS else 1


class Whole:
    """A whole school, a stage of it, or a county, as the author of an indicator sees it.

    Every declared column of the schools and of the county form, every derived one, and the
    numbers of the clause that is judged (`whole.law("per_classes")`).
    """

    def __getattr__(self, name: str) -> Quantity:
        known = name in DERIVED or name in part_columns() or name in tables()["county"].columns()
        if not known:
            raise AttributeError(f"no column is called {name}")
        return Amount(name, scale_of(name))

    def law(self, number: str) -> Quantity:
        """A number that the clause itself gives."""
        assert f"{LAW}{number}" in LAW_NUMBERS, f"give the law number {number} a label"
        return Amount(f"{LAW}{number}", 1)


STAGES_JUDGED = (Stage.PRIMARY, Stage.JUNIOR)
"""The stages of compulsory schooling."""
