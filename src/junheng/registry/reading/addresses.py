"""Cell addresses as Excel shows them."""

from functools import cache
from string import ascii_uppercase


@cache
def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = ascii_uppercase[rest] + name
    return name


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}"
