"""The sheet itself was changed: headings, codes, hidden rows, rows that were deleted."""

from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.registry.layout import CODE_ROW, FIRST_ROW, HEADING_ROW
from junheng.sample.desk import Desk
from junheng.sample.mistakes.recipe import Make, mistake

LAYOUT = "布局"


def _head(desk: Desk, table: str, number: int, column: str) -> Cell:
    cell = desk.sheet(table).cell(number, desk.codes(table)[column])
    assert isinstance(cell, Cell), "a heading is not merged"
    return cell


def _heading(column: str, was: str, put: str) -> Make:
    def make(desk: Desk, _: str, __: Random) -> Cell | None:
        cell = _head(desk, "facilities", HEADING_ROW, column)
        desk.put(cell, str(cell.value).replace(was, put))
        return cell

    return make


def _whole(name: str, *checks: str, level: Level = Level.MUST_FIX, make: Make) -> None:
    """Enter a recipe that is made once, in a workbook without other mistakes."""
    mistake(name, *checks, level=level, scope="county", topic=LAYOUT, alone=True)(make)


_whole("表头单位改成元", "S18", make=_heading("equipment_value_yuan", "万元", "元"))
_whole("表头文字被改", "S19", level=Level.NOTE, make=_heading("green_area_m2", "绿化用地", "绿地"))


@mistake("多出一栏", "S15", level=Level.NOTE, scope="county", topic=LAYOUT, alone=True)
def extra_column(desk: Desk, _: str, __: Random) -> Cell | None:
    sheet = desk.sheet("finance")
    column = max(desk.codes("finance").values()) + 1
    cells = sheet.cell(HEADING_ROW, column), sheet.cell(FIRST_ROW, column)
    assert isinstance(cells[0], Cell), "outside the table nothing is merged"
    assert isinstance(cells[1], Cell), "outside the table nothing is merged"
    desk.put(cells[0], "本校备注")
    desk.put(cells[1], "已核对")
    return cells[1]


@mistake("两栏的代码被调换", "S16", scope="county", topic=LAYOUT, alone=True)
def exchanged_codes(desk: Desk, _: str, __: Random) -> Cell | None:
    """The headings were dragged, the hidden codes were not."""
    one = _head(desk, "facilities", HEADING_ROW, "campus_area_m2")
    other = _head(desk, "facilities", HEADING_ROW, "building_area_m2")
    words = one.value, other.value
    desk.put(one, words[1])
    desk.put(other, words[0])
    return one


@mistake("一栏出现两次", "S17", scope="county", topic=LAYOUT, alone=True)
def doubled_column(desk: Desk, _: str, __: Random) -> Cell | None:
    column = max(desk.codes("finance").values()) + 1
    code, heading = (
        _head(desk, "finance", row, "training_funds_budget_prev_yuan").value
        for row in (CODE_ROW, HEADING_ROW)
    )
    sheet = desk.sheet("finance")
    cells = sheet.cell(CODE_ROW, column), sheet.cell(HEADING_ROW, column)
    assert isinstance(cells[0], Cell), "outside the table nothing is merged"
    assert isinstance(cells[1], Cell), "outside the table nothing is merged"
    desk.put(cells[0], code)
    desk.put(cells[1], heading)
    return cells[1]


@mistake("删掉一栏的表头", "S14", scope="county", topic=LAYOUT, alone=True)
def lost_column(desk: Desk, _: str, __: Random) -> Cell | None:
    heading = _head(desk, "finance", HEADING_ROW, "training_funds_budget_prev_yuan")
    desk.put(_head(desk, "finance", CODE_ROW, "training_funds_budget_prev_yuan"), None)
    desk.put(heading, None)
    return _head(desk, "finance", HEADING_ROW, "school_code")


@mistake("学校名册是空的", "K11.5", scope="county", topic=LAYOUT, alone=True)
def no_register(desk: Desk, _: str, __: Random) -> Cell | None:
    for numbers in desk.rows("register").values():
        for number in numbers:
            desk.clear_row("register", number)
    return desk.cell(desk.schools[0], "school_code")


@mistake("区县填报表是空的", "S55", "S20", scope="county", topic=LAYOUT, alone=True)
def no_form(desk: Desk, _: str, __: Random) -> Cell | None:
    cell = desk.form_cell("county_code")
    desk.put(cell, None)
    return cell


@mistake("隐藏的行里有数据", "S23", level=Level.NOTE, scope="county", topic="隐藏")
def hidden(desk: Desk, _: str, chance: Random) -> Cell | None:
    number = desk.rows("finance")[chance.choice(desk.schools)][0]
    desk.hide_row("finance", number)
    return desk.at("finance", number, "school_code")
