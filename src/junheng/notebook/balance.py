"""City-wide balance in a notebook: how unequal all schools are, and between whom."""

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from junheng import publish, studies
from junheng.freezing import frozen
from junheng.notebook.shown import Shown

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen
class BalanceBoard(Shown):
    """The figures of a city; `write(folder)` leaves JSON, Parquet and 市域均衡.xlsx there."""

    study: "studies.BalanceStudy"

    def _view(self) -> "RenderableType":
        return publish.show_balance(self.study)

    @property
    def table(self) -> pl.DataFrame:
        """One row a figure and group; see `studies.balance_table`."""
        return studies.balance_table(self.study)

    def indicator(self, code: str) -> "BalanceBoard":
        """One indicator, with every county, settlement and kind of school."""
        return BalanceBoard(self.study.only(indicators=[code]))

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_balance(self.study, Path(out))
