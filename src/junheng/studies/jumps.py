"""Jumps from one year to the next, each with the 异常说明 that was filed beside it.

What counts as a jump is said by the checks against last year (`registry/checks/10_last_year.toml`);
here it is looked for along the line of one school, so that a new code does not hide it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.registry import EXPLAINED, Facts, school_columns, table_of
from junheng.registry.checks import rules
from junheng.studies.lineage import Life

LOOKED_FOR = {"jumped": (True, True), "rose": (True, False), "fell": (False, True)}
"""Kind of rule → whether it looks for a rise, for a fall."""


@dataclass(frozen=True)
class Jump:
    """One value that changed more than the checks let pass without a reason."""

    school_code: str
    school_name: str
    column: str
    label: str
    unit: str
    check: str
    before: int
    year: int
    was: Decimal
    now: Decimal
    explanation: str
    """The 异常说明 filed with the later value; empty where there is none."""
    lineage: str = ""
    """What 学校沿革 says of the school in that year, which may be the reason."""

    @property
    def change(self) -> Decimal:
        return self.now - self.was


def jumps(lives: Iterable[Life], facts: Mapping[int, Facts]) -> tuple[Jump, ...]:
    """Every jump between two school years that follow one another, by school and year."""
    rows = {
        year: {row["school_code"]: row for row in each.schools.iter_rows(named=True)}
        for year, each in facts.items()
    }
    told = {year: _explanations(each) for year, each in facts.items()}
    return tuple(
        jump
        for life in lives
        for year in sorted(life.codes)
        if year - 1 in life.codes
        for jump in _of(life, year, rows, told)
    )


def _explanations(facts: Facts) -> dict[tuple[str, str, str], str]:
    return {(t, k, c): text for t, k, c, m, text in facts.marks.iter_rows() if m == EXPLAINED}


def _of(
    life: Life,
    year: int,
    rows: Mapping[int, Mapping[str, Mapping[str, Any]]],
    told: Mapping[int, Mapping[tuple[str, str, str], str]],
) -> Iterator[Jump]:
    before = rows[year - 1].get(life.codes[year - 1])
    after = rows[year].get(life.codes[year])
    if before is None or after is None:
        return
    for rule in rules():
        if rule.kind not in LOOKED_FOR:
            continue
        for column in rule.columns or rule.left:
            was, now = before.get(column), after.get(column)
            if was is None or now is None or not _jumped(rule.kind, rule.numbers, was, now):
                continue
            key = (table_of(column).name, life.codes[year], column)
            yield Jump(
                life.codes[year], life.names[year], column, school_columns()[column].label,
                "元" if column.endswith("_yuan") else school_columns()[column].unit,
                rule.code, year - 1, year, Decimal(was), Decimal(now), told[year].get(key, ""),
                "、".join(change.label for change in life.changes if change.year == year),
            )  # fmt: skip


def _jumped(kind: str, numbers: Mapping[str, Decimal], was: Any, now: Any) -> bool:
    rise, fall = LOOKED_FOR[kind]
    allowed = numbers.get("share", Decimal(0)) * Decimal(was)
    change = Decimal(now) - Decimal(was)
    return (rise and change > allowed) or (fall and -change > allowed)
