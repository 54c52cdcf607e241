"""Exact numbers as decimal text for reading: rounded half up, once."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PLACES = Decimal("0.000001")
SHARE_PLACES = Decimal("0.000000000001")


def rounded(value: Fraction, places: Decimal = PLACES) -> str:
    """Decimal text of a fraction, rounded half up once."""
    digits = -int(places.as_tuple().exponent)
    below = value.denominator
    scaled = (2 * abs(value.numerator) * 10**digits + below) // (2 * below)
    text = f"{Decimal(scaled).scaleb(-digits):.{digits}f}"
    return f"-{text}" if value < 0 and scaled else text


def natural(value: Fraction) -> str:
    """An amount in natural units, exact: gaps have at most two places."""
    text = rounded(value, Decimal("0.01"))
    return text.rstrip("0").rstrip(".")


def shown(value: float | None) -> str | None:
    """A floating figure for display, six places."""
    return None if value is None else str(Decimal(repr(value)).quantize(PLACES, ROUND_HALF_UP))
