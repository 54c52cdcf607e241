"""What stands in the data cells of a workbook, whoever supplies it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from junheng.errors import MisuseError
from junheng.registry.catalogue import tables
from junheng.registry.facts import EXPLAINED, NOT_APPLICABLE, Facts, joined_key
from junheng.registry.filing import Filing, Value

Row = Mapping[str, Value | None]
Rows = Mapping[str, Sequence[Row]]
Mark = tuple[str, str, str, str, str]
"""(table, joined key, column, 不适用 or 异常说明, text), as in `Facts.marks`."""


@dataclass(frozen=True)
class Contents:
    """Rows by table in the order in which they are written, with what is marked on them."""

    rows: Rows = field(default_factory=dict)
    inapplicable: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """(table, joined key) → columns whose cell is —."""
    explanations: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    carried: bool = False
    """The values are last year's, to be confirmed."""
    spare: int = 0
    """Empty ruled rows after the last record."""

    @cached_property
    def names(self) -> dict[str, str]:
        """School code → name, for the name column beside the code."""
        return {
            str(row["school_code"]): str(row["school_name"])
            for table in ("register", "schools")
            for row in self.rows.get(table, ())
            if row.get("school_code") and row.get("school_name")
        }

    def key(self, table: str, row: Row) -> str:
        return joined_key(row.get(each) for each in tables()[table].key)

    @property
    def form_row(self) -> Row:
        """The record of the county form; a workbook holds one county.

        Raises MisuseError where there are more.
        """
        found = self.rows.get("county", ())
        if len(found) > 1:
            raise MisuseError(
                f"一个工作簿只能写一个区县，这里有 {len(found)} 个区县。请按区县分开，各写一个文件。"
            )
        return found[0] if found else {}


def from_rows(rows: Rows | Facts, marks: Iterable[Mark] = ()) -> Contents:
    """Contents that say exactly what `rows` and `marks` say, in the order of `rows`."""
    if isinstance(rows, Facts):
        marks = [*marks, *rows.marks.iter_rows()]
        rows = rows_of_facts(rows)
    inapplicable: dict[tuple[str, str], set[str]] = defaultdict(set)
    explanations: dict[tuple[str, str, str], str] = {}
    for table, key, column, mark, text in marks:
        if mark == NOT_APPLICABLE:
            inapplicable[table, key].add(column)
        elif mark == EXPLAINED:
            explanations[table, key, column] = text
    return Contents(rows, {k: frozenset(v) for k, v in inapplicable.items()}, explanations)


def rows_of_facts(facts: Facts) -> Rows:
    return {name: list(frame.iter_rows(named=True)) for name, frame in facts.frames.items()}


def rows_of_filing(filing: Filing) -> Rows:
    """The filed values by table, in the order of filing."""
    found = sorted(filing.records, key=lambda record: record.table)
    return {
        table: [{c: record.value(c) for c in tables()[table].columns()} for record in records]
        for table, records in groupby(found, key=lambda record: record.table)
    }
