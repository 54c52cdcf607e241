"""Exact numbers in running sentences, with as many digits as keep the sentence true."""

from collections.abc import Iterator
from fractions import Fraction

LEAST_PLACES, MOST_PLACES = 2, 9


def told(value: Fraction, *beside: Fraction) -> str:
    """`value` cut to the fewest digits, at least two unless it needs fewer, that still stand on its
    side of every number `beside`: 99.996 beside 100 is 99.99, never 100."""
    return next(text for text, cut in _cuts(value) if _true(value, cut, beside))


def _cuts(value: Fraction) -> Iterator[tuple[str, Fraction]]:
    for places in range(LEAST_PLACES, MOST_PLACES + 1):
        scaled = abs(value) * 10**places
        whole = scaled.numerator // scaled.denominator
        yield _digits(whole, places, negative=value < 0), Fraction(whole, 10**places)
    yield f"{value.numerator}/{value.denominator}", abs(value)


def _true(value: Fraction, cut: Fraction, beside: tuple[Fraction, ...]) -> bool:
    shown = -cut if value < 0 else cut
    return all(_side(shown, each) == _side(value, each) for each in beside)


def _side(value: Fraction, other: Fraction) -> int:
    return (value > other) - (value < other)


def _digits(scaled: int, places: int, *, negative: bool) -> str:
    text = f"{scaled:0{places + 1}d}"
    whole, rest = text[:-places], text[-places:].rstrip("0")
    number = f"{int(whole):,}" + (f".{rest}" if rest else "")
    return f"-{number}" if negative and scaled else number
