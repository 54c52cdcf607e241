"""Plans in a notebook: the class-size plan of a snapshot, the compliance plan and trading it off by hand.

from junheng.notebook import plan_class_sizes
board = plan_class_sizes("封存库", on="2026-03-31", years=3, within_m=2000)
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from junheng import publish, studies
from junheng.notebook.shown import Shown
from junheng.plan import Plan, PriceList, Projection
from junheng.plan.compliance import Fixed, repriced
from junheng.plan.compliance.trading import places_of

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, repr=False)
class ClassSizeBoard(Shown):
    """A class-size plan; `write(folder)` leaves JSON and 班额方案.xlsx there."""

    study: "studies.ClassSizeStudy"

    def _view(self) -> "RenderableType":
        return publish.show_class_size(self.study)

    @property
    def plan(self) -> Plan:
        return self.study.answer.plan

    @cached_property
    def table(self) -> pl.DataFrame:
        """One row a school, year and grade: pupils, fewest classes, classes and largest class by plan."""
        return pl.DataFrame(list(self._rows()), infer_schema_length=None)

    def _rows(self) -> Iterator[dict[str, object]]:
        for school in self.study.answer.schools:
            for year in school.years:
                for grade in year.grades:
                    yield {
                        "school_code": school.now.code,
                        "school_name": school.now.name,
                        "outcome": school.outcome.value,
                        "year": year.year,
                        "stage": grade.stage.value,
                        "grade": grade.grade,
                        "limit": grade.limit,
                        "pupils_if_nothing": grade.pupils_before,
                        "classes_needed": grade.needed,
                        "pupils": grade.pupils,
                        "classes": len(grade.sizes),
                        "largest": grade.largest,
                    }

    def projection(self, year: int | None = None) -> Projection:
        """The facts as they would be in a planned year; not for sealing."""
        return self.plan.apply(self.study.snapshot, year=year)

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_class_size(self.study, Path(out))


@dataclass(frozen=True, repr=False)
class ComplianceBoard(Shown):
    """A compliance plan; `write(folder)` leaves its files there.

    `fix`, `forbid` and `reprice` note a change and give a new board; `solve` asks again with all
    that was noted."""

    study: "studies.ComplianceStudy"
    changes: tuple[Fixed, ...] = ()
    prices: PriceList | None = None

    def _view(self) -> "RenderableType":
        return publish.show_compliance(self.study)

    @property
    def plan(self) -> Plan:
        return self.study.answer.plan

    @cached_property
    def table(self) -> pl.DataFrame:
        """One row an action: school, item, words, amount, unit, year, yuan up to the end of the plan."""
        last = self.study.answer.last
        rows = [
            (a.school, a.item, a.reason, a.amount, a.unit, a.year, float(a.cost_by(last)), a.clause)
            for a in self.plan.actions
        ]
        names = {
            "school_code": pl.String(), "item": pl.String(), "what": pl.String(), "amount": pl.Int64(),
            "unit": pl.String(), "year": pl.Int64(), "cost_yuan": pl.Float64(), "clause": pl.String(),
        }  # fmt: skip
        return pl.DataFrame(rows, schema=names, orient="row")

    def fix(
        self, school: str, item: str, amount: int, *, what: str = "", year: int = 0
    ) -> "ComplianceBoard":
        """From the next `solve` on exactly so much of an item at a school; `what` tells which, where
        there are several (小学, 体育), `year` for which school year, where several ask something (the
        first, where none is named). Raises MisuseError where there is no such action."""
        change = Fixed(school, item, amount, what, year)
        places_of(self.study.question, change)
        return replace(self, changes=(*self.changes, change))

    def forbid(self, school: str, item: str, *, what: str = "") -> "ComplianceBoard":
        """From the next `solve` on none of it. Raises MisuseError where there is no such action."""
        return self.fix(school, item, 0, what=what)

    def reprice(self, item: str, yuan: int | str) -> "ComplianceBoard":
        """From the next `solve` on another price of an item, in its unit. Raises MisuseError."""
        now = self.prices or self.study.question.prices
        return replace(self, prices=repriced(now, item, Fraction(yuan)))

    def solve(self, **choices: Any) -> "ComplianceBoard":
        """Ask again with every change, from where it stood; the choices are `effort` and `told`."""
        found = studies.solve_again(self.study, changes=self.changes, prices=self.prices, **choices)
        return replace(self, study=found)

    def projection(self, year: int | None = None) -> Projection:
        """The facts as they would be in a year of the plan (the last); not for sealing."""
        return self.plan.apply(self.study.snapshot, year=year)

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_compliance(self.study, Path(out))
