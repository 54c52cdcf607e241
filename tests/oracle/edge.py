"""An edge: the clean county with a single change, exactly on a limit or a step beside it.

An edge says which line it is about and what the line must then say; every other line stays 达标,
but for those that the change cannot leave alone, written in `beside`. Judged by hand.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from oracle.clean import COUNTY, clean_county, drop, put, record

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Edge:
    name: str
    line: str
    verdict: str
    changes: tuple = ()
    """(table, key, columns) for `put`; columns None = the rows are dropped; table None = a call."""
    pupils: dict = field(default_factory=dict)
    types: dict = field(default_factory=dict)
    relaxations: tuple = ()
    readings: tuple = ()
    beside: tuple = ()
    """(line, verdict) of other lines that the change cannot leave alone."""

    @property
    def setting(self):
        return self.relaxations, self.readings

    def rows(self):
        rows = clean_county(self.pupils, self.types)
        self.apply(rows)
        return rows

    def apply(self, rows):
        for table, key, columns in self.changes:
            if columns is None:
                drop(rows, table, key)
            elif key is None:
                rows[table].append(columns)
            else:
                put(rows, table, key, **columns)


def yuan(text):
    return Decimal(text)


def county(**columns):
    return (("county", COUNTY, columns),)


def seats(code, **columns):
    return ("seats", code, columns)


def rooms(code, **columns):
    """Rooms of a school by bin, the others none."""
    bins = {
        f"{kind}_rooms_{name}": 0
        for kind, names in (("music", ("ge_96", "73_96", "61_73", "54_61")),
                            ("art", ("ge_90", "67_90", "61_67", "54_61")))
        for name in names
    }  # fmt: skip
    return ("facilities", code, {**bins, **columns})


def file_of(indicator, scope=COUNTY):
    return f"{indicator}-{scope}.pdf"


def granted(exception, code, **other):
    return ("evidence", None, record(exception, code, **other))
