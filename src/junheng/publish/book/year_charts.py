"""差异系数图: a small chart an indicator, both stages with their limits, gaps left open.

The numbers are those of 差异系数历年, in columns beside the charts. A point whose definition is
another than in the year before bears ＊.
"""

from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook

from junheng.publish.book.listing import Sheet
from junheng.publish.wording import short_label
from junheng.publish.year_words import CHANGED, CHANGED_TOLD, years_title
from junheng.schema import Stage
from junheng.studies import CountyYears, Years
from junheng.studies.rounding import shown

WIDTH, HEIGHT = 400, 255
"""Pixels of a chart: two side by side on a page held upright."""
ACROSS, ROWS_A_CHART, COLUMN = 2, 13, 58.0
TOP = 4
STYLES = {
    Stage.PRIMARY: ("#1F4E79", "circle"),
    Stage.JUNIOR: ("#B45F06", "diamond"),
    Stage.SENIOR: ("#4D4D4D", "square"),
}
DATA_COLUMN = 12
"""The numbers behind the charts stand to the right, outside the printed area."""


def draw_charts(book: Workbook, sheet: Sheet, years: Years) -> None:
    """A page of charts for each county."""
    sheet.sheet.hide_gridlines(2)
    for column in range(ACROSS):
        sheet.sheet.set_column(column, column, COLUMN)
    sheet.sheet.write_string(0, 0, "校际差异系数历年变化", sheet.looks.title)
    sheet.sheet.set_row(0, 24)
    told = f"{years_title(years)}　横轴是学年开始的年份；虚线是限值；线断开处没有封存或没有数。"
    sheet.sheet.write_string(1, 0, told, sheet.looks.note)
    if years.changes:
        sheet.sheet.write_string(2, 0, f"{CHANGED_TOLD}。", sheet.looks.note)
    data = _Data(sheet, years)
    row = TOP
    for county in years.counties:
        if len(years.counties) > 1:
            sheet.sheet.write_string(row, 0, county.name, sheet.looks.section)
            row += 1
        codes = list(dict.fromkeys(code for _, code in county.keys))
        for index, code in enumerate(codes):
            chart = _chart(book, county, code, data)
            place = (row + index // ACROSS * ROWS_A_CHART, index % ACROSS)
            sheet.sheet.insert_chart(*place, chart, {"object_position": 1})
        row += (len(codes) + ACROSS - 1) // ACROSS * ROWS_A_CHART
    sheet.sheet.print_area(0, 0, row, ACROSS - 1)


class _Data:
    """Years, values and limits in columns, one row a line."""

    def __init__(self, sheet: Sheet, years: Years) -> None:
        self.sheet = sheet.sheet
        self.name = sheet.sheet.get_name()
        self.looks = sheet.looks
        self.years = years
        self.row = 1
        self.sheet.write_string(0, DATA_COLUMN, "作图用的数", self.looks.note)
        for index, year in enumerate(years.span):
            self.sheet.write_string(0, DATA_COLUMN + 1 + index, f"{year}")

    @property
    def heads(self) -> list[Any]:
        last = DATA_COLUMN + len(self.years.span)
        return [self.name, 0, DATA_COLUMN + 1, 0, last]

    def add(self, title: str, numbers: list[float | None]) -> list[Any]:
        """Write a line of numbers and return its place; a missing one stays an empty cell."""
        self.sheet.write_string(self.row, DATA_COLUMN, title)
        for index, number in enumerate(numbers):
            if number is not None:
                self.sheet.write_number(self.row, DATA_COLUMN + 1 + index, number)
        self.row += 1
        last = DATA_COLUMN + len(numbers)
        return [self.name, self.row - 1, DATA_COLUMN + 1, self.row - 1, last]


def _chart(book: Workbook, county: CountyYears, code: str, data: _Data) -> Any:
    chart = book.add_chart({"type": "line"})
    for stage in (stage for stage, each in county.keys if each == code):
        _series(chart, county, stage, code, data)
    font = {"name": "宋体", "size": 9, "bold": False}
    chart.set_title(
        {"name": f"{code} {short_label(code)}", "name_font": {"name": "黑体", "size": 10}}
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_y_axis({"min": 0, "num_format": "0.0", "num_font": font,
                      "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}})  # fmt: skip
    chart.set_x_axis({"num_font": {**font, "size": 8}, "label_position": "low"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart


def _series(chart: Any, county: CountyYears, stage: Stage, code: str, data: _Data) -> None:
    years = data.years
    found = county.spread(stage, code)
    colour, marker = STYLES[stage]
    values = [_number(found[y].cv) if y in found else None for y in years.span]
    limits = _limits({y: each.limit for y, each in found.items()}, years)
    marks = [
        {"value": CHANGED} if years.changed(county.code, y, code, spread=True) else {"delete": True}
        for y in years.span
    ]
    chart.add_series(
        {
            "name": stage.label,
            "categories": data.heads,
            "values": data.add(f"{county.name}{stage.label}{code}", values),
            "line": {"color": colour, "width": 2},
            "marker": {"type": marker, "size": 6, "fill": {"color": colour}, "border": {"color": colour}},
            **({"data_labels": {"value": True, "custom": marks, "position": "above"}}
               if any("value" in each for each in marks) else {}),
        }
    )  # fmt: skip
    chart.add_series(
        {
            "name": f"{stage.label}限值",
            "categories": data.heads,
            "values": data.add(f"{county.name}{stage.label}{code}限值", limits),
            "line": {"color": colour, "width": 1, "dash_type": "dash"},
            "marker": {"type": "none"},
        }
    )


def _limits(found: dict[int, Fraction], years: Years) -> list[float | None]:
    """The limit of each year; through a gap the line goes on where both sides say the same."""
    told: list[float | None] = []
    for year in years.span:
        before = [found[y] for y in sorted(found) if y <= year]
        after = [found[y] for y in sorted(found) if y >= year]
        known = found.get(year) or (
            before[-1] if before and after and before[-1] == after[0] else None
        )
        told.append(None if known is None else known.numerator / known.denominator)
    return told


def _number(cv: float | None) -> float | None:
    """The six places that every output prints, so that the file is the same everywhere."""
    told = shown(cv)
    return None if told is None else float(told)
