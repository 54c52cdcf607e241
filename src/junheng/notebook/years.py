"""Several school years in a notebook: lines over the years, and the questions of the screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from junheng import publish, studies
from junheng.freezing import frozen
from junheng.notebook.balance import BalanceBoard
from junheng.notebook.shown import Shown
from junheng.registry import Snapshot

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen
class ScreenBoard(Shown):
    """What the screen asks; `write(folder)` leaves JSON and 疑点册 there."""

    study: "studies.ScreenStudy"

    def _view(self) -> "RenderableType":
        return publish.show_screening(self.study)

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_screening(self.study, Path(out))


@frozen
class YearBoard(Shown):
    """Several years side by side; `write(folder)` leaves JSON and 历年册 there."""

    years: "studies.Years"

    def _view(self) -> "RenderableType":
        return publish.show_years(self.years)

    @property
    def table(self) -> pl.DataFrame:
        """One row a figure and year; see `studies.years_table`."""
        return studies.years_table(self.years)

    def school(self, code: str) -> "YearBoard":
        """The line of one school, by any code it ever had."""
        return _OneSchool(self.years.only(school=code))

    def screen(self, *, kinds: Sequence[str] = ()) -> ScreenBoard:
        """What in these years is worth a question."""
        snapshots = [study.snapshot for study in self.years.studies.values()]
        days = {year: study.assessment.on for year, study in self.years.studies.items()}
        return ScreenBoard(studies.screen(snapshots, days=days, kinds=kinds))

    def balance(self) -> BalanceBoard:
        """How unequal all schools of these years are, and between whom."""
        return BalanceBoard(studies.balance_of(self.years.studies.values()))

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_years(self.years, Path(out))


class _OneSchool(YearBoard):
    """One school alone."""

    def _view(self) -> "RenderableType":
        return publish.show_years(self.years, schools=True)


def opened(snapshots: Sequence[Snapshot | str | Path]) -> list[Snapshot]:
    """Snapshots, or those at these paths."""
    return [s if isinstance(s, Snapshot) else Snapshot.open(Path(s)) for s in snapshots]
