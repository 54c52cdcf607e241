"""The sheets 区县, 城乡 and 公办民办 of 市域均衡: each group beside the city."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.publish.balance_words import no_verdict, remark
from junheng.publish.book.balance_cells import (
    PARTS,
    figure_cells,
    figure_headings,
    share_or_blank,
)
from junheng.publish.book.cells import Cell, Number, float_cell
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.digits import at_places, shown_cv
from junheng.studies import BY, BalanceGroup, BalanceStudy, CityFigure

NAMES = {"unit": "区县", "settlement": "城乡", "ownership": "公办民办"}
NOTES = {
    "unit": "“差异系数”与评估结果相同：缺一所学校的数据就没有；它的限值与结论见结果册，这里不重复。",
    "settlement": "城区、镇区、乡村按城乡分类代码（11、12、2 开头）；没有填报代码的单列。",
    "ownership": "公办、民办按填报的办学性质；没有填报的单列。",
}


def groupings(study: BalanceStudy) -> Iterator[Listing]:
    """One sheet a grouping."""
    for by, what in BY.items():
        headings = figure_headings(study)
        yield Listing(
            name=NAMES[by],
            title=f"按{what}看：均值差多少，各组内部差距多大",
            notes=[
                *no_verdict(study),
                NOTES[by],
                "“占全市差距”是本组内部的差距占全市方差的份额，各组相加等于“之内”。",
            ],
            headings=[
                *headings,
                Heading(NAMES[by], 20),
                *PARTS,
                Heading("均值", 10),
                Heading("与全市之比", 8),
                Heading("差异系数", 9),
                Heading("泰尔指数", 9),
                Heading("基尼系数", 8),
                Heading("占全市差距", 9),
                Heading("说明", 30),
            ],
            rows=[
                _row(study, figure, group)
                for figure in study.figures
                for group in figure.by(by).groups
            ],
            sticky=len(headings) + 1,
        )


def _row(study: BalanceStudy, figure: CityFigure, group: BalanceGroup) -> list[Cell]:
    found = group.figures
    return [
        *figure_cells(study, figure),
        group.name,
        group.parts,
        group.of,
        None if found is None else found.pupils,
        None if found is None else float_cell(float(found.mean), 2),
        None if group.ratio is None else Number(at_places(group.ratio, 6), 3),
        _cv(group),
        None if found is None else float_cell(found.theil),
        None if found is None or found.gini is None else float_cell(float(found.gini), 3),
        share_or_blank(group.share),
        remark(group),
    ]


def _cv(group: BalanceGroup) -> Cell:
    """A county's CV with the digits at which it stands on its own side of its limit."""
    if group.cv is None:
        return None
    if group.spread is None:
        return Number(at_places(Fraction(group.cv), 6), 3)
    shown = shown_cv(group.cv, group.spread.limit, group.spread.verdict)
    return None if shown is None else Number(shown.number, shown.places)
