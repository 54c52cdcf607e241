"""How many digits a number needs, so that what is printed never contradicts its verdict.

A CV of 0.5004 fails a limit of 0.50 although it would print as 0.50 (T12): digits are added until
the printed number stands on the side of every line on which the exact number stands.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from junheng.diagnosis import PartIndicator, SpreadVerdict, Verdict
from junheng.studies import rounded

VALUE_PLACES, CV_PLACES, MOST_PLACES = 2, 3, 12


def at_places(value: Fraction, places: int) -> Decimal:
    """`value` rounded half up once."""
    return Decimal(rounded(value, Decimal(1).scaleb(-places)))


def places_against(value: Fraction, lines: Iterable[Fraction], *, least: int) -> int:
    """Fewest places, from `least`, at which reaching or missing every line can still be read."""
    drawn = list(lines)
    for places in range(least, MOST_PLACES):
        shown = Fraction(at_places(value, places))
        if all((shown >= line) is (value >= line) for line in drawn):
            return places
    return MOST_PLACES


def value_places(judged: PartIndicator) -> int:
    """Places at which an indicator's value is shown beside its limit and its floor."""
    if judged.value is None:
        return VALUE_PLACES
    return places_against(judged.value, (judged.limit, judged.floor), least=VALUE_PLACES)


def cv_places(cv: float, limit: Fraction, verdict: Verdict) -> int:
    """Places at which a CV is shown: it must look above its limit where, and only where, it fails."""
    for places in range(CV_PLACES, MOST_PLACES):
        if reads_right(cv, limit, verdict, places):
            return places
    return MOST_PLACES


def reads_right(cv: float, limit: Fraction, verdict: Verdict, places: int = MOST_PLACES) -> bool:
    """Whether the rounded CV stands on the side of the limit on which its verdict puts it."""
    return (Fraction(at_places(Fraction(cv), places)) > limit) is (verdict is Verdict.FAIL)


def grouped(number: Decimal, *, signed: bool = False) -> str:
    """Digits in groups of three, as offices write them: 12,345.60."""
    return f"{number:+,f}" if signed else f"{number:,f}"


def value_text(judged: PartIndicator) -> str:
    """The value with the digits it needs; 缺数据 where there is none."""
    if judged.value is None:
        return Verdict.NO_DATA.value
    return grouped(at_places(judged.value, value_places(judged)))


def cv_text(cv: float | None, limit: Fraction, verdict: Verdict) -> str:
    """A CV with the digits it needs; 缺数据 where there is none."""
    if cv is None:
        return Verdict.NO_DATA.value
    shown = grouped(at_places(Fraction(cv), cv_places(cv, limit, verdict)))
    if reads_right(cv, limit, verdict):
        return shown
    return f"{shown}（按精确分数比较，{'略高于' if verdict is Verdict.FAIL else '不高于'}限值）"


def spread_text(spread: SpreadVerdict) -> str:
    """The CV of the variant used."""
    return cv_text(spread.cv, spread.limit, spread.verdict)


def exact_text(value: Fraction, *, least: int = 0) -> str:
    """A limit or floor: every digit it has, at least `least` places."""
    number = Decimal(value.numerator) / value.denominator
    places = max(least, -int(number.normalize().as_tuple().exponent))
    return grouped(at_places(value, places))


def amount_text(value: Fraction, unit: str, *, signed: bool = False) -> str:
    """An amount in natural units: 3人, 1,234.5㎡."""
    number = at_places(value, 2).normalize()
    whole = number == number.to_integral_value()
    return grouped(number.quantize(Decimal(1)) if whole else number, signed=signed) + unit
