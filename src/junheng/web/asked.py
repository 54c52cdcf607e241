"""Numbers and days as they stand in addresses and forms, where anybody may write anything."""

from datetime import date

from django.utils.dateparse import parse_date

LONGEST = 9
"""Digits. What the desk counts is shorter, and so much fits every column of both databases."""


def number_asked(text: str, *, longest: int = LONGEST) -> int | None:
    """The whole number of a text of up to so many decimal digits; None for anything else, `²` too."""
    return int(text) if len(text) <= longest and text.isdecimal() else None


def day_asked(text: str) -> date | None:
    """The day that a text names; None for an empty one. Raises ValueError where it names none."""
    if not text.strip():
        return None
    found = parse_date(text.strip())
    if found is None:
        raise ValueError(text)
    return found
