"""Plans in a notebook: the class-size plan of a snapshot.

from junheng.notebook import plan_class_sizes
board = plan_class_sizes("封存库", on="2026-03-31", years=3, within_m=2000)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
from rich.console import RenderableType

from junheng import publish, studies
from junheng.notebook.shown import Shown
from junheng.plan import Plan, Projection


@dataclass(frozen=True, repr=False)
class ClassSizeBoard(Shown):
    """A class-size plan; `write(folder)` leaves JSON and 班额方案.xlsx there."""

    study: studies.ClassSizeStudy

    def _view(self) -> RenderableType:
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
