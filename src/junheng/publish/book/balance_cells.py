"""Columns that the sheets of 市域均衡 share: which figure, on how many parts it stands, shares."""

from fractions import Fraction

from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import Cell, share_cell
from junheng.publish.book.listing import Heading
from junheng.publish.wording import short_label
from junheng.studies import BalanceStudy, CityFigure, Grouping
from junheng.years import SchoolYear

PARTS = (
    Heading("参加计算", 6, above=("学段部",)),
    Heading("应有", 6, above=("学段部",)),
    Heading("学生数", 10),
)


def figure_headings(study: BalanceStudy) -> list[Heading]:
    """The school year (where there are several), stage, indicator, its name and unit."""
    years = [Heading("学年", 13, "center")] if len(study.years) > 1 else []
    return [
        *years,
        Heading("学段", 5, "center"),
        Heading("指标", 5, "center"),
        Heading("指标名称", 20),
        Heading("单位", 8, "center"),
    ]


def figure_cells(study: BalanceStudy, figure: CityFigure) -> list[Cell]:
    code = figure.indicator
    years: list[Cell] = [str(SchoolYear(figure.year))] if len(study.years) > 1 else []
    return [*years, figure.stage.label, code, short_label(code), CATALOGUE[code].unit]


def share_or_blank(share: Fraction | None) -> Cell:
    return None if share is None else share_cell(share)


def theil_share(grouping: Grouping) -> Cell:
    """Share of Theil's T that lies between the groups."""
    share = grouping.theil_share_between
    return None if share is None else share_cell(Fraction(share))
