"""Numbers as they stand in addresses and forms, where anybody may write anything."""

LONGEST = 9
"""Digits. What the desk counts is shorter, and so much fits every column of both databases."""


def number_asked(text: str, *, longest: int = LONGEST) -> int | None:
    """The whole number of a text of up to so many decimal digits; None for anything else, `²` too."""
    return int(text) if len(text) <= longest and text.isdecimal() else None
