"""Exact numbers in running sentences, with as many digits as keep the sentence true."""

from collections.abc import Iterator
from fractions import Fraction

LEAST_PLACES, MOST_PLACES = 2, 9


def told(value: Fraction, *beside: Fraction) -> str:
    """`value` rounded half up to the fewest places, from two, that leave it on its side of every
    number `beside`, idle zeros dropped: 99.996 beside 100 stays 99.996; a fraction where nothing else does."""
    return next(text for text, shown in _rounded(value) if _true(value, shown, beside))


def _rounded(value: Fraction) -> Iterator[tuple[str, Fraction]]:
    for places in range(LEAST_PLACES, MOST_PLACES + 1):
        scaled = (2 * abs(value) * 10**places + 1) // 2
        text = f"{scaled:0{places + 1}d}"
        rest = text[-places:].rstrip("0")
        sign = "-" if value < 0 and scaled else ""
        number = f"{sign}{int(text[:-places]):,}" + (f".{rest}" if rest else "")
        yield number, Fraction(-scaled if value < 0 else scaled, 10**places)
    yield f"{value.numerator}/{value.denominator}", value


def _true(value: Fraction, shown: Fraction, beside: tuple[Fraction, ...]) -> bool:
    return all(_side(shown, each) == _side(value, each) for each in beside)


def _side(value: Fraction, other: Fraction) -> int:
    return (value > other) - (value < other)
