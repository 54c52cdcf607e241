"""A part: one file, or one sheet of one, known to be rows of a register."""

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.registry.reading.words import words
from junheng.registry.rosters.declaring import Roster
from junheng.registry.rosters.engine import literal, name

ROW = "_row"
BOOLEAN = "BOOLEAN"


@dataclass(frozen=True)
class Place:
    """Where a column of the register stands in a part."""

    column: str
    """Name in the scan."""
    type: str
    """DuckDB's type there."""
    heading: str
    """As headed in the file."""


@dataclass(frozen=True)
class Part:
    """Rows of one register and how DuckDB reaches them."""

    roster: Roster
    name: str
    """File, and sheet where it has several."""
    file: str
    scan: str
    """What may stand after FROM."""
    numbered: str
    """The same with the row's number in the column `_row`, as the file shows it."""
    places: Mapping[str, Place]
    rows: int
    exact: bool = False
    """Written by a program: identifiers are compared as they stand."""

    def raw(self, column: str) -> str:
        """The column as it stands there; NULL where the part has no such heading."""
        place = self.places.get(column)
        return name(place.column) if place else "NULL"

    def text(self, column: str) -> str:
        """The column as trimmed text, '' where nothing stands."""
        place = self.places.get(column)
        if place is None:
            return "''"
        if place.type == "VARCHAR":
            return f"coalesce(trim({name(place.column)}), '')"
        return f"coalesce({name(place.column)}::VARCHAR, '')"

    def yes(self, column: str) -> str:
        """Whether a bool is yes; NULL, if anything, where nothing is said."""
        declared, place = self.roster.columns()[column], self.places.get(column)
        if place is None:
            return "false"
        if declared.at_least:
            bound = literal(declared.at_least)
            return f"coalesce({self.number(column)} >= {bound}::DECIMAL(18,2), false)"
        blank = f" OR {self.blank_cell(column)}" if declared.blank == "yes" else ""
        if place.type == BOOLEAN:
            return f"({name(place.column)}{blank})"
        listed = (*sorted(words().yes), *self._ways(column, "yes"))
        return f"(lower({self.text(column)}) IN {_quoted(listed)}{blank})"

    def said(self, column: str) -> str:
        """Aggregate: in how many rows a bool is yes or no."""
        declared, place = self.roster.columns()[column], self.places.get(column)
        if place is None:
            return "0"
        blank = f" OR {self.blank_cell(column)}" if declared.blank else ""
        if declared.at_least:
            return f"count(*) FILTER ({self.number(column)} IS NOT NULL{blank})"
        if place.type == BOOLEAN:
            return "count(*)" if declared.blank else f"count({name(place.column)})"
        listed = (
            *sorted(words().yes | words().no),
            *self._ways(column, "yes"),
            *self._ways(column, "no"),
        )
        return f"count(*) FILTER (lower({self.text(column)}) IN {_quoted(listed)}{blank})"

    def not_read(self, column: str) -> str:
        """Whether something stands in a bool that is neither yes nor no."""
        place = self.places.get(column)
        if place is None or place.type == BOOLEAN:
            return "false"
        if self.roster.columns()[column].at_least:
            return f"({self.text(column)} <> '' AND {self.number(column)} IS NULL)"
        listed = (
            *sorted(words().yes | words().no),
            *self._ways(column, "yes"),
            *self._ways(column, "no"),
        )
        return f"(lower({self.text(column)}) NOT IN {_quoted(('', *listed))})"

    def _ways(self, column: str, code: str) -> tuple[str, ...]:
        return self.roster.columns()[column].ways.get(code, ())

    def blank_cell(self, column: str) -> str:
        place = self.places.get(column)
        if place is None:
            return "true"
        if place.type == BOOLEAN:
            return f"{name(place.column)} IS NULL"
        return f"{self.text(column)} = ''"

    def number(self, column: str) -> str:
        """The column as a number with two places; NULL where it is none."""
        return f"TRY_CAST({self.text(column)} AS DECIMAL(18,2))"

    def key(self) -> str:
        """The key of a row as one 64-bit number."""
        return f"hash({', '.join(self.key_text(each) for each in self.roster.key)})"

    def key_text(self, column: str) -> str:
        """A part of the key: Parquet is compared as it is, what people typed without spaces."""
        place = self.places[column]
        if self.exact:
            return name(place.column)
        return f"upper({self.text(column)})"

    def filled(self) -> str:
        """Whether no part of the key is empty."""
        return " AND ".join(
            f"{name(self.places[each].column)} IS NOT NULL AND {self._typed(each)} <> ''"
            for each in self.roster.key
        )

    def _typed(self, column: str) -> str:
        place = self.places[column]
        text = name(place.column)
        return text if self.exact and place.type == "VARCHAR" else self.text(column)


def _quoted(said: tuple[str, ...]) -> str:
    return "(" + ", ".join(literal(each.lower()) for each in said) + ")"
