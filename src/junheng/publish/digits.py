"""How many digits a number needs, so that what is printed never contradicts its verdict.

A CV of 0.5004 fails a limit of 0.50 although it would print as 0.50 (T12): digits are added until
the printed number stands on the side of every line on which the exact number stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from junheng.diagnosis import PartIndicator, SpreadVerdict, Verdict
from junheng.studies import rounded

VALUE_PLACES, CV_PLACES = 2, 3
KEPT_PLACES, MOST_PLACES = 6, 12
"""A cell holds the six places of `assessment.json`, more where six would stand on the wrong side.

Rounding never carries a number that passes across its line, so only a failure can be too close for
twelve places; then words say what the exact fractions found.
"""


@dataclass(frozen=True)
class Shown:
    """A number for people: what a cell holds, and with how many places it is printed."""

    number: Decimal
    places: int
    true: bool
    """Whether even the printed digits stand on the right side of every line."""

    @property
    def text(self) -> str:
        return grouped(at_places(Fraction(self.number), self.places))


def at_places(value: Fraction, places: int) -> Decimal:
    """`value` rounded half up once."""
    return Decimal(rounded(value, Decimal(1).scaleb(-places)))


def shown(value: Fraction, *, least: int, reads: Callable[[Fraction], bool]) -> Shown:
    """`value` with the fewest places, from `least`, at which `reads` says that it reads right."""

    def fitting(exact: Fraction, first: int, last: int) -> int:
        tried = (p for p in range(first, last) if reads(Fraction(at_places(exact, p))))
        return next(tried, last)

    number = at_places(value, fitting(value, KEPT_PLACES, MOST_PLACES))
    kept = Fraction(number)
    return Shown(number, fitting(kept, least, -int(number.as_tuple().exponent)), reads(kept))


def shown_value(judged: PartIndicator) -> Shown | None:
    """The value of an indicator, true to its limit and its floor; None where there is none."""
    if judged.value is None:
        return None
    return _against(judged.value, judged.limit, judged.floor)


@lru_cache(maxsize=100_000)
def _against(value: Fraction, *lines: Fraction) -> Shown:
    sides = [(line, value >= line) for line in lines]
    return shown(
        value,
        least=VALUE_PLACES,
        reads=lambda number: all((number >= line) is side for line, side in sides),
    )


def shown_cv(cv: float | None, limit: Fraction, verdict: Verdict) -> Shown | None:
    """A CV that looks above its limit where, and only where, it fails; None where there is none."""
    if cv is None:
        return None
    return shown(
        Fraction(cv),
        least=CV_PLACES,
        reads=lambda number: (number > limit) is (verdict is Verdict.FAIL),
    )


def grouped(number: Decimal, *, signed: bool = False) -> str:
    """Digits in groups of three, as offices write them: 12,345.60."""
    return f"{number:+,f}" if signed else f"{number:,f}"


def value_text(judged: PartIndicator) -> str:
    """The value with the digits it needs; 缺数据 where there is none."""
    found = shown_value(judged)
    if found is None:
        return Verdict.NO_DATA.value
    return found.text if found.true else f"{found.text}（精确值未达到标准）"


def cv_text(cv: float | None, limit: Fraction, verdict: Verdict) -> str:
    """A CV with the digits it needs; 缺数据 where there is none."""
    found = shown_cv(cv, limit, verdict)
    if found is None:
        return Verdict.NO_DATA.value
    return found.text if found.true else f"{found.text}（精确值略高于限值）"


def spread_text(spread: SpreadVerdict) -> str:
    """The CV of the variant used."""
    return cv_text(spread.cv, spread.limit, spread.verdict)


def exact_text(value: Fraction, *, least: int = 0) -> str:
    """A limit or floor: every digit it has, at least `least` places."""
    number = Decimal(value.numerator) / value.denominator
    places = max(least, -int(number.normalize().as_tuple().exponent))
    return grouped(at_places(value, places))


def amount(value: Fraction) -> Decimal:
    """An amount in natural units, at most two places, none idle."""
    number = at_places(value, 2)
    whole = number == number.to_integral_value()
    return number.quantize(Decimal(1)) if whole else number.normalize()


def amount_text(value: Fraction, unit: str, *, signed: bool = False) -> str:
    """An amount with its unit: 3人, 1,234.5㎡."""
    return grouped(amount(value), signed=signed) + unit
