"""Fonts, lines, fills and number formats of the workbook, each made once."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from junheng.registry import colours
from junheng.registry.code_shapes import shapes
from junheng.registry.template.cells import number_format
from junheng.registry.template.wording import Requirement, display_width
from junheng.schema import Column, Kind

BODY, HEAD, NOTE = "宋体", "黑体", "仿宋"
BODY_SIZE = 11
LINE_HEIGHT = 15.5
"""Points that one line of 11 point body text takes."""

_RULED = {"border": 1, "border_color": f"#{colours.LINE}"}
_HEADING = {
    "font_name": HEAD, "font_size": 10, "align": "center", "valign": "vcenter",
    "text_wrap": True, **_RULED,
}  # fmt: skip
_HEADINGS = {
    Requirement.ALWAYS: (colours.REQUIRED_FONT, colours.REQUIRED_FILL, True),
    Requirement.CONDITIONAL: (colours.CONDITIONAL_FONT, colours.CONDITIONAL_FILL, True),
    Requirement.OPTIONAL: (colours.OPTIONAL_FONT, colours.OPTIONAL_FILL, False),
}
_CENTRED = {Kind.BOOL, Kind.ENUM, Kind.CODE, Kind.YEAR, Kind.DATE}
_RIGHT = {Kind.INT, Kind.AREA, Kind.MONEY, Kind.COORDINATE, Kind.DECIMAL}


LONG_CHOICE = 22
"""A word of a drop-down wider than so many half-width characters takes several lines."""
SHORT_CODE = 20
"""A code of up to so many characters stands in one line."""


def is_long_code(column: Column) -> bool:
    return any(each.length > SHORT_CODE for each in shapes(column))


def has_long_choices(column: Column) -> bool:
    return any(display_width(each) > LONG_CHOICE for each in column.choices.values())


def wraps(column: Column) -> bool:
    """Whether a value may take several lines."""
    return column.kind is Kind.TEXT or is_long_code(column) or has_long_choices(column)


class Looks:
    """The formats of one workbook; the same wish gives the same format."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make(self, **wishes: Any) -> Format:
        key = tuple(sorted(wishes.items()))
        if key not in self._made:
            base = {"font_name": BODY, "font_size": BODY_SIZE, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **wishes})
        return self._made[key]

    @property
    def title(self) -> Format:
        return self.make(font_name=HEAD, font_size=16, align="center", text_wrap=True)

    @property
    def running_title(self) -> Format:
        """The table's name in the columns that every printed page repeats."""
        return self.make(font_name=HEAD, font_size=12, align="left")

    @property
    def note(self) -> Format:
        return self.make(font_name=NOTE, font_size=11, align="left", text_wrap=True)

    @property
    def code(self) -> Format:
        return self.make(font_size=8, font_color=f"#{colours.AID_FONT}")

    @property
    def aid_heading(self) -> Format:
        """Heading of a column that asks for no figure: the school's name, 异常说明."""
        return self._heading(colours.AID_FONT, colours.AID_FILL, bold=False)

    def heading(self, requirement: Requirement) -> Format:
        font, fill, bold = _HEADINGS[requirement]
        return self._heading(font, fill, bold=bold)

    def _heading(self, font: str, fill: str, *, bold: bool) -> Format:
        return self.make(**_HEADING, font_color=f"#{font}", bg_color=f"#{fill}", bold=bold)

    def label(self, requirement: Requirement) -> Format:
        """An item of the county form: as a heading, but read from the left."""
        font, fill, bold = _HEADINGS[requirement]
        wishes = {**_HEADING, "align": "left", "indent": 1, "font_size": 10.5}
        return self.make(**wishes, font_color=f"#{font}", bg_color=f"#{fill}", bold=bold)

    def unruled(self, column: Column | None) -> Format:
        """Default of a whole sheet column: right for what is pasted below the ruled rows."""
        return self.make(num_format=number_format(column) if column else "@")

    def value(self, column: Column, *, carried: bool = False) -> Format:
        align = (
            "center" if column.kind in _CENTRED else "right" if column.kind in _RIGHT else "left"
        )
        indent = 1 if align == "left" else 0
        wishes = {"num_format": number_format(column), "align": align, "indent": indent, **_RULED}
        if carried:
            wishes["font_color"] = f"#{colours.CARRIED_FONT}"
        return self.make(**wishes, text_wrap=wraps(column))

    def inapplicable(self, column: Column) -> Format:
        return self.make(
            num_format=number_format(column), align="center", **_RULED,
            font_color=f"#{colours.INAPPLICABLE_FONT}", bg_color=f"#{colours.INAPPLICABLE_FILL}",
        )  # fmt: skip

    @property
    def number(self) -> Format:
        """A running number."""
        return self.make(align="center", **_RULED)

    def text(self, *, aid: bool = False, **wishes: Any) -> Format:
        """Ruled running text; `aid` is for the eye only."""
        if aid:
            wishes |= {"font_color": f"#{colours.AID_FONT}", "bg_color": f"#{colours.AID_FILL}"}
        base = {"num_format": "@", "align": "left", "text_wrap": True, **_RULED, **wishes}
        return self.make(**base, indent=1 if base["align"] == "left" else 0)
