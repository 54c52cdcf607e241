"""What may stand in a cell: text, a count, a number with its places, a verdict word with its tone."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from junheng.diagnosis import PartIndicator, Verdict
from junheng.publish.digits import amount, at_places, shown_cv, shown_value
from junheng.publish.wording import verdict_word
from junheng.studies.rounding import SHARE_PLACES, rounded

SHARE_SHOWN = 2
"""Places of a per cent as printed; kept are the twelve places of a share in `assessment.json`."""


class Tone(StrEnum):
    """How a cell is coloured; the word that says the same always stands in it or beside it."""

    PLAIN = "plain"
    GOOD = "good"
    NEAR = "near"
    NEAR_BAD = "near_bad"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True)
class Number:
    """A number and the places with which it is printed."""

    value: Decimal
    places: int
    tone: Tone = Tone.PLAIN
    signed: bool = False
    suffix: str = ""


@dataclass(frozen=True)
class Word:
    """A short word in the middle of its cell, coloured."""

    text: str
    tone: Tone = Tone.PLAIN


Cell = str | int | Number | Word | None


def tone_of(verdict: Verdict, *, near: bool = False) -> Tone:
    if verdict is Verdict.PASS:
        return Tone.NEAR if near else Tone.GOOD
    if verdict is Verdict.FAIL:
        return Tone.NEAR_BAD if near else Tone.BAD
    return Tone.OPEN


def verdict_cell(verdict: Verdict, *, near: bool = False) -> Word:
    """达标, 临界达标, 临界未达标, 未达标, 缺数据."""
    return Word(verdict_word(verdict, near=near), tone_of(verdict, near=near))


def value_cell(judged: PartIndicator) -> Cell:
    """The value of an indicator in the tone of its verdict; empty where it is missing."""
    found, tone = shown_value(judged), tone_of(judged.verdict, near=judged.near)
    return Word("", tone) if found is None else Number(found.number, found.places, tone)


def cv_cell(cv: float | None, limit: Fraction, verdict: Verdict, *, near: bool = False) -> Cell:
    """A CV in the tone of its verdict; empty where there is none."""
    found, tone = shown_cv(cv, limit, verdict), tone_of(verdict, near=near)
    return Word("", tone) if found is None else Number(found.number, found.places, tone)


def exact_cell(value: Fraction, *, least: int = 0) -> Number:
    """A limit or a floor with every digit it has."""
    number = (Decimal(value.numerator) / value.denominator).normalize()
    places = max(least, -int(number.as_tuple().exponent))
    return Number(at_places(value, places), places)


def amount_cell(value: Fraction | None, *, signed: bool = False) -> Cell:
    """An amount in natural units."""
    if value is None:
        return None
    number = amount(value)
    return Number(number, -int(number.as_tuple().exponent), signed=signed)


def float_cell(value: float | None, places: int = 4) -> Cell:
    """A figure that decides nothing: a mean, a deviation."""
    return None if value is None else Number(at_places(Fraction(value), 6), places)


def share_cell(share: Fraction) -> Number:
    """A share in per cent."""
    return Number(Decimal(rounded(share, SHARE_PLACES)).scaleb(2), SHARE_SHOWN, suffix="%")
