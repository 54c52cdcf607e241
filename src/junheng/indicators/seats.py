"""Size of schools and classes: GV4, GV5 (standards.md §6)."""

from junheng.indicators.definition import Ratio, Whole, indicator


@indicator(
    "GV4", "学校规模", unit="人", gap_unit="人", step="1", grain="school", better="lower", asks="compulsory",
)  # fmt: skip
def school_size(school: Whole) -> Ratio:
    """Compulsory pupils of the school, senior pupils left out."""
    return Ratio(school.pupils)


@indicator(
    "GV4-VOCATIONAL", "职业学校附设普通小学班、初中班学生数", unit="人", gap_unit="人", step="1", grain="school",
    better="lower", asks="vocational",
)  # fmt: skip
def pupils_attached_to_vocational_schools(school: Whole) -> Ratio:
    """Pupils of ordinary primary and junior classes attached to a vocational school."""
    return Ratio(school.attached_pupils)


@indicator(
    "GV5", "最大班额", unit="人", gap_unit="人", step="1", grain="school", better="lower", asks="compulsory",
    by_stage=True,
)  # fmt: skip
def largest_class(school: Whole) -> Ratio:
    """The largest class of the stage; a mean is no substitute."""
    return Ratio(school.largest_class)
