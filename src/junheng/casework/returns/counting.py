"""Never ask twice: how many questions a return asks, and how many were answered beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.casework.returns.nouns import Row
from junheng.registry.applicability import applies
from junheng.registry.catalogue import tables
from junheng.registry.template.prefill import certainly_not


@dataclass(frozen=True)
class Asked:
    """Questions of one return: cells of the forms that apply to whoever fills them."""

    asked: int
    """Cells that apply."""
    prefilled: int
    """Of them, answered from last year before the clerk saw them."""
    kept: int
    """Of these, left as they were by the clerk."""
    spared: int
    """Cells that were not asked at all, because they cannot apply."""

    @property
    def typed(self) -> int:
        """What the clerk had to answer."""
        return self.asked - self.kept


def asked(
    rows: Mapping[str, list[Row]], last: Mapping[str, Row], *, county: bool, year: int
) -> Asked:
    """Count over the forms with one row an owner: a school's per-school tables, the county's form.

    `rows` are what is handed in (or prefilled), `last` the owner's row of last year by table.
    Lists (classes, rooms, papers) are not counted: their length is the school's own.
    """
    chosen = [t for t in tables().values() if (t.form if county else t.per_school)]
    held: dict[str, dict[str, Any]] = {
        t.name: dict(next(iter(rows.get(t.name, [])), {})) for t in chosen
    }
    owner = {k: v for row in held.values() for k, v in row.items() if v is not None}
    owner["school_year"] = year
    count = {"asked": 0, "prefilled": 0, "kept": 0, "spared": 0}
    for table in chosen:
        for column in table.column:
            if column.name in table.key and table.name != "schools":
                continue
            if certainly_not(column, owner) or not applies(column, owner):
                count["spared"] += 1
                continue
            before = last.get(table.name, {}).get(column.name) if column.carried else None
            count["asked"] += 1
            count["prefilled"] += before is not None
            count["kept"] += before is not None and held[table.name].get(column.name) == before
    return Asked(**count)
