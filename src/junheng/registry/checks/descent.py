"""Which school of an earlier year a school of today was: by the rows of 学校沿革.

A school is compared with itself under its old code, or, after a merger, with what it and those
merged into it were together. One that took part in a division is compared with nothing on its
own: the whole has a rule of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.registry.catalogue import school_columns
from junheng.schema import Merge

TYPE_CHANGED, MERGED, SPLIT, RENAMED, CLOSED = (
    "type_changed", "merged", "split", "renamed", "closed",
)  # fmt: skip
VOIDING = frozenset({TYPE_CHANGED, MERGED, CLOSED})
"""After these the old code is void and never used again."""
COLUMNS = ("old_code", "new_code", "change")
CODE_KEPT = frozenset({RENAMED, CLOSED})


@dataclass(frozen=True)
class Change:
    """One row of 学校沿革."""

    old: str
    new: str
    change: str


def changes_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """The rows that say all three: old code, new code, what happened."""
    found = [Change(*(row.get(each) or "" for each in COLUMNS)) for row in rows]
    return tuple(each for each in found if each.old and each.new and each.change)


def forebears(code: str, years: Sequence[Sequence[Change]]) -> frozenset[str] | None:
    """Codes under which a school stood so many years ago; None where it was divided since.

    `years` are the changes of this year, of the year before, …
    """
    codes = {code}
    for changes in years:
        if any(c.change == SPLIT and (c.old in codes or c.new in codes) for c in changes):
            return None
        codes |= {c.old for c in changes if c.change in (TYPE_CHANGED, MERGED) and c.new in codes}
    return frozenset(codes)


def together(
    code: str, codes: Iterable[str], rows: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The wide row of those codes as one school: quantities added, the rest of the school itself."""
    found = [rows[each] for each in sorted(codes, key=lambda c: (c != code, c)) if each in rows]
    if len(found) < 2:
        return found[0] if found else {}
    whole = dict(found[0])
    for name, column in school_columns().items():
        if column.merge is Merge.SUM:
            whole[name] = added(row.get(name) for row in found)
    return whole


def added(values: Iterable[int | Decimal | None]) -> int | Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [each for each in values if each is not None]
    return sum(known) if known else None
