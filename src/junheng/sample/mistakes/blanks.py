"""Cells that are empty and must not be, or hold a figure and must not."""

from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry import school_columns
from junheng.registry.layout import NOT_APPLICABLE
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import COMPULSORY
from junheng.sample.mistakes.recipe import mistake
from junheng.schema import Column, Kind

LEASE = ("leased_contract_no", "lease_start", "lease_end", "walking_minutes")
OWN_CODE = ("visiting_", "leased_", "other_campus_", "in_zone_", "parent_")
"""Columns for which another check than S52 names a figure that does not belong there."""


def _required(desk: Desk, code: str) -> list[Cell]:
    """Filled numbers that must be filled."""
    if desk.value(code, "school_type") == "特殊教育学校":
        return []
    return [
        desk.cell(code, c.name)
        for c in school_columns().values()
        if c.required != "never" and c.name not in LEASE and desk.number(code, c.name) is not None
    ]


@mistake("必填栏空着", "S51")
def blank(desk: Desk, code: str, chance: Random) -> Cell | None:
    cells = _required(desk, code)
    if not cells:
        return None
    cell = chance.choice(cells)
    desk.put(cell, None)
    return cell


@mistake("必填栏填了不适用", "S58")
def dashed(desk: Desk, code: str, chance: Random) -> Cell | None:
    cells = _required(desk, code)
    if not cells:
        return None
    cell = chance.choice(cells)
    desk.put(cell, NOT_APPLICABLE)
    return cell


def _fill_dash(desk: Desk, code: str, chance: Random, columns: list[Column]) -> Cell | None:
    dashes = [c for c in columns if desk.value(code, c.name) == NOT_APPLICABLE]
    if not dashes:
        return None
    cell = desk.cell(code, chance.choice(dashes).name)
    desk.put(cell, chance.randint(1, 9))
    return cell


@mistake("不适用的栏填了数", "S52")
def needless(desk: Desk, code: str, chance: Random) -> Cell | None:
    whole = [c for c in school_columns().values() if c.kind is Kind.INT]
    columns = [c for c in whole if not c.name.startswith(OWN_CODE) and c.name not in LEASE]
    return _fill_dash(desk, code, chance, columns)


@mistake("不是乡村小规模学校填了走教教师", "K6.1")
def visiting(desk: Desk, code: str, chance: Random) -> Cell | None:
    columns = [c for n, c in school_columns().items() if n.startswith("visiting_")]
    return _fill_dash(desk, code, chance, columns)


@mistake("不在密集中心城区填了租赁场馆", "K7.1")
def leased(desk: Desk, code: str, chance: Random) -> Cell | None:
    return _fill_dash(desk, code, chance, [school_columns()["other_campus_sports_area_m2"]])


@mistake("非划片学校填了划片范围内学生数", "K14.1")
def zoned(desk: Desk, code: str, chance: Random) -> Cell | None:
    columns = [c for n, c in school_columns().items() if n.startswith("in_zone_")]
    return _fill_dash(desk, code, chance, columns)


@mistake("计校数的学校填了主校代码", "K3.1")
def needless_parent(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.cell(code, "parent_school_code")
    if cell.value != NOT_APPLICABLE:
        return None
    desk.put(cell, next(each for each in desk.schools if each != code))
    return cell


@mistake("租赁场馆没有合同编号", "K7.2")
def no_contract(desk: Desk, code: str, chance: Random) -> Cell | None:
    if not desk.number(code, "leased_sports_area_m2"):
        return None
    cell = desk.cell(code, chance.choice(LEASE))
    desk.put(cell, None)
    return cell


@mistake("漏填一张表", "S53")
def no_row(desk: Desk, code: str, chance: Random) -> Cell | None:
    if desk.value(code, "school_type") not in COMPULSORY:
        return None
    table = chance.choice(("seats", "staffing", "facilities", "finance"))
    desk.clear_row(table, desk.rows(table)[code][0])
    return desk.cell(code, "school_code")


@mistake("表中的学校代码写错", "S54")
def stray_row(desk: Desk, code: str, chance: Random) -> Cell | None:
    table = chance.choice(("staffing", "facilities", "finance"))
    cell = desk.at(table, desk.rows(table)[code][0], "school_code")
    desk.put(cell, f"{code[:4]}98{code[6:]}")
    return cell
