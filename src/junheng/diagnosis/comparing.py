"""Whether a figure meets a target, by how much it does not, and how that is said."""

from fractions import Fraction

from junheng.diagnosis.telling import told
from junheng.standards import Target

SIGNS = {">=": "≥", "<=": "≤", "=": "＝", "≈": "≈", ">": "＞"}
DOWNWARD = frozenset({"<=", "="})
TRENDS = frozenset({"rising", "not_falling", "falling"})


def line(target: Target) -> Fraction:
    """The value that must be reached: the goal, less the tolerance that the authority set."""
    assert target.goal is not None, "a target without number is not compared"
    loose = target.comparator in ("≈", ">=") and target.force == "soft"
    return target.goal - Fraction(target.tolerance or 0) if loose else target.goal


def meets(target: Target, value: Fraction) -> bool:
    """Whether the value meets the target, its line included (but for ＞).

    ≈ is met from the number upwards: more than 左右 asks for is no shortfall."""
    if target.comparator == ">":
        return value > line(target)
    if target.comparator == "<=":
        return value <= line(target)
    return value == line(target) if target.comparator == "=" else value >= line(target)


def lacking(target: Target, value: Fraction) -> Fraction:
    """Distance between the value and the line."""
    return abs(line(target) - value)


def on_course(target: Target, value: Fraction, should_be: Fraction, *, falling: bool) -> bool:
    """Whether the value is not worse than the straight line; the line included."""
    if target.comparator == "=":
        return value <= should_be if falling else value >= should_be
    return value <= should_be if target.comparator == "<=" else value >= should_be


def with_unit(value: Fraction, target: Target, *beside: Fraction) -> str:
    """A value in the target's unit, true to the numbers `beside` it (see `telling`)."""
    return told(value, *beside) + spaced(target.unit)


def difference_words(value: Fraction, target: Target) -> str:
    """A distance in the target's unit; between two shares it is 个百分点."""
    return told(value, Fraction(0)) + (" 个百分点" if target.unit == "%" else spaced(target.unit))


def spaced(unit: str) -> str:
    return unit if unit in ("", "%") else f" {unit}"


def goal_words(target: Target) -> str:
    """≥ 150 所; 逐年提高; 没有数字."""
    if target.comparator in TRENDS:
        words = {"rising": "逐期提高", "not_falling": "只增不减", "falling": "逐期下降"}
        times = f"，每期为上期的 {told(target.goal)} 倍" if target.goal is not None else ""
        return words[target.comparator] + times
    if target.goal is None:
        return "没有数字"
    return f"{SIGNS[target.comparator]} {with_unit(target.goal, target)}" + (
        "（每年）" if target.every else ""
    )


def tolerance_words(target: Target) -> str | None:
    """The tolerance of a soft target; 未定 where the authority has not set it."""
    if target.force != "soft" or target.goal is None:
        return None
    if target.tolerance is None:
        return "容差：未定，先按原数判断"
    return f"容差：{with_unit(Fraction(target.tolerance), target)}"
