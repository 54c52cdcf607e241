"""The kinds of fraud by name, and planting one of them in the latest year of clean rows."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random

from junheng.errors import MisuseError
from junheng.sample.draws import stream
from junheng.sample.marks import Row, Rows
from junheng.standards import Standard


@dataclass(frozen=True)
class Planting:
    """The years before, the rows to be shaped, and chance."""

    rows: Rows
    """Of the latest year; shaped in place."""
    last: Rows
    before: Rows
    chance: Random
    strength: int

    def row(self, table: str, code: str) -> Row:
        return _find(self.rows, table, code)

    def last_row(self, table: str, code: str) -> Row | None:
        found = (row for row in self.last[table] if row["school_code"] == code)
        return next(found, None)

    def plain(self, *types: str) -> list[str]:
        """Codes of public schools of one stage that merge with nobody, in random order."""
        hosts = {row["parent_school_code"] for row in self.rows["schools"]}
        codes = [
            row["school_code"]
            for row in self.rows["schools"]
            if row["school_type"] in (types or ("primary", "junior"))
            and row["counts_as_school"]
            and row["school_code"] not in hosts
            and not self.row("seats", row["school_code"])["enrolment_kindergarten"]
            and not self.row("seats", row["school_code"])["attached_primary_enrolment"]
        ]
        self.chance.shuffle(codes)
        return codes

    def stage(self, code: str) -> str:
        return "junior" if self.row("schools", code)["school_type"] == "junior" else "primary"

    def limit(self, indicator: str, stage: str) -> Fraction:
        return Fraction(standard().demands[indicator].clause.at_least[stage])

    def greatest_class(self, stage: str) -> int:
        return int(standard().demands["GV5"].clause.at_most[stage])


Plant = Callable[[Planting], tuple[str, ...]]


@dataclass(frozen=True)
class Fraud:
    """One kind: what is done, how the strengths differ, which questions would fit it."""

    name: str
    title: str
    strengths: tuple[str, str, str]
    """From the most careful to the boldest."""
    answered_by: tuple[str, ...]
    """Names of the screens that would be a hit."""
    reaches: int
    """So many of the latest years are shaped."""
    plant: Plant


FRAUDS: dict[str, Fraud] = {}


def fraud(
    title: str, *, strengths: tuple[str, str, str], answered_by: tuple[str, ...], reaches: int = 1
) -> Callable[[Plant], Plant]:
    """Enter a function as a kind of fraud under its own name."""

    def enter(plant: Plant) -> Plant:
        FRAUDS[plant.__name__] = Fraud(
            plant.__name__, title, strengths, answered_by, reaches, plant
        )
        return plant

    return enter


def plant_fraud(
    years: dict[int, Rows], kind: str, *, strength: int, seed: int
) -> tuple[dict[int, Rows], tuple[str, ...]]:
    """Three years of rows with one fraud in the latest, and the codes of the schools shaped.

    No codes where the county has no fitting school. Raises MisuseError for an unknown kind.
    """
    if kind not in FRAUDS:
        raise MisuseError(f"没有“{kind}”这种做假。可用：{'、'.join(FRAUDS)}。")
    *_, before, last, now = sorted(years)
    touched = sorted(years)[-FRAUDS[kind].reaches :]
    shaped = {year: deepcopy(rows) if year in touched else rows for year, rows in years.items()}
    chance = stream(seed, "fraud", kind, strength)
    codes = FRAUDS[kind].plant(
        Planting(shaped[now], shaped[last], shaped[before], chance, strength)
    )
    return shaped, tuple(sorted(codes))


@cache
def standard() -> Standard:
    return Standard.at("000000", date(2026, 3, 31))


def _find(rows: Rows, table: str, code: str) -> Row:
    return next(row for row in rows[table] if row["school_code"] == code)
