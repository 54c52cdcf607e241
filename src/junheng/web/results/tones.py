"""Verdicts and values as cells: the word, its tone, an order in which the weakest stand first."""

import re
from decimal import Decimal

from junheng.web.cells import Cell
from junheng.web.tones import tone

WEAKEST_FIRST = ("未达标", "临界未达标", "缺数据", "临界达标", "达标", "不适用", "")
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")


def verdict_cell(word: str, link: str = "", text: str = "") -> Cell:
    """The verdict, or `text` in the colour of the verdict."""
    order = WEAKEST_FIRST.index(word) if word in WEAKEST_FIRST else len(WEAKEST_FIRST)
    return Cell(text or word or "—", order=order, link=link, tone=tone(word))


def value_cell(text: str, verdict: str, link: str = "") -> Cell:
    """A value that was judged: sorted as a number, coloured by its verdict."""
    found = number_of(text)
    return Cell(text, order=found, link=link, tone=tone(verdict), value=found)


def amount_cell(text: str, link: str = "") -> Cell:
    """An amount with its unit, sorted as a number."""
    return Cell(text, order=number_of(text), link=link)


def number_of(text: str) -> Decimal | None:
    """The number at the beginning of a text for people: 1,234.5㎡ → 1234.5; None where there is none."""
    found = _NUMBER.match(text)
    return Decimal(found[0].replace(",", "").replace("−", "-")) if found else None
