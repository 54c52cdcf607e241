"""Where cells stand: columns by their letters, rows by their numbers, and whether they are shown."""

from string import ascii_uppercase

from junheng.registry.reading.sandbox.package import damaged

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576


class Columns(dict[str, int]):
    """Column letters → number, worked out once each. Raises Refused for letters that are none."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            number = number * 26 + ascii_uppercase.find(letter) + 1
        if not (letters.isalpha() and letters.isascii() and number <= LAST_COLUMN):
            raise damaged(f"单元格地址“{letters[:10]}…”不存在")
        self[letters] = number
        return number


def is_hidden(attributes: dict[str, str]) -> bool:
    """Of a row or a column."""
    return attributes.get("hidden") in ("1", "true")


def is_row_hidden(attributes: dict[str, str]) -> bool:
    return is_hidden(attributes) or attributes.get("ht") == "0"
