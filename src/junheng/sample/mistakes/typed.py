"""Slips of typing in one cell: what the reader must read through, and what it must name."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry import school_columns
from junheng.registry.layout import NOT_APPLICABLE
from junheng.sample.desk import Desk, Raw
from junheng.sample.mistakes.recipe import mistake
from junheng.schema import Column, Kind

WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
KEYS = ("school_code",)


def columns_of(*kinds: Kind) -> list[Column]:
    return [c for c in school_columns().values() if c.kind in kinds and c.name not in KEYS]


def number_cell(
    desk: Desk, code: str, chance: Random, *kinds: Kind, least: float = 0
) -> tuple[Cell, int | float] | None:
    """A random filled number of the school, of at least that size, with its cell."""
    found = [
        (desk.cell(code, column.name), value)
        for column in columns_of(*kinds)
        if (value := desk.number(code, column.name)) is not None and value >= least
    ]
    return chance.choice(found) if found else None


def _over(
    *kinds: Kind, write: Callable[[int | float], Raw], least: float = 0
) -> Callable[[Desk, str, Random], Cell | None]:
    """A recipe that types `write(value)` over a number of one of these kinds."""

    def make(desk: Desk, code: str, chance: Random) -> Cell | None:
        found = number_cell(desk, code, chance, *kinds, least=least)
        if found is None:
            return None
        desk.put(found[0], write(found[1]))
        return found[0]

    return make


NUMBERS = (Kind.INT, Kind.AREA, Kind.MONEY)

mistake("全角数字")(_over(Kind.INT, write=lambda v: str(v).translate(WIDE)))
mistake("前后空格")(_over(*NUMBERS, write=lambda v: f"  {v} "))
mistake("千分位逗号")(_over(Kind.INT, write=lambda v: f"{v:,}", least=1000))
mistake("数字存成文本")(_over(*NUMBERS, write=str))
mistake("读不出的数", "V01")(_over(*NUMBERS, write=lambda v: f"约{v}", least=1))
mistake("人数不是整数", "V02")(_over(Kind.INT, write=lambda v: v + 0.5))
mistake("负数", "V03")(_over(*NUMBERS, write=lambda v: -v, least=1))
mistake("数大得离谱", "V04")(_over(*NUMBERS, write=lambda _: 10**12))
mistake("小数位太多", "V05")(_over(Kind.AREA, write=lambda v: round(v) + 0.125, least=1))
mistake("写了百分数", "V07")(_over(Kind.INT, write=lambda _: "85%"))
mistake("写了“无”", "V08")(_over(*NUMBERS, write=lambda _: "无"))
mistake("公式出错", "V09")(_over(*NUMBERS, write=lambda _: "#DIV/0!"))
mistake("公式没有结果", "V11")(_over(*NUMBERS, write=lambda _: "=1+1"))
mistake("数存成了日期", "V13")(
    _over(Kind.INT, write=lambda v: datetime(2025, int(v) % 12 + 1, 1), least=1)  # noqa: DTZ001
)


@mistake("面积写了亩", "V06")
def acres(desk: Desk, code: str, chance: Random) -> Cell | None:
    """Land told in 亩 where m² are asked."""
    cell = desk.cell(code, "campus_area_m2")
    desk.put(cell, f"{chance.randint(8, 60)}亩")
    return cell


@mistake("格式把数缩小显示", "V20")
def shrunk(desk: Desk, code: str, chance: Random) -> Cell | None:
    """A format that shows thousands hides what is really there."""
    found = number_cell(desk, code, chance, Kind.AREA, least=2000)
    if found is None:
        return None
    desk.reformat(found[0], "0.0,")
    return found[0]


@mistake("选项之外的词", "V15")
def odd_choice(desk: Desk, code: str, chance: Random) -> Cell | None:
    column = chance.choice([c for c in columns_of(Kind.ENUM) if desk.value(code, c.name)])
    cell = desk.cell(code, column.name)
    if cell.value == NOT_APPLICABLE:
        return None
    desk.put(cell, "其他情况")
    return cell


@mistake("选项前后有空格")
def spaced_choice(desk: Desk, code: str, chance: Random) -> Cell | None:
    cell = desk.cell(code, chance.choice(("ownership", "urban_rural_code", "crs")))
    desk.put(cell, f" {cell.value}　")
    return cell


@mistake("是否填了别的话", "V16")
def neither_yes_nor_no(desk: Desk, code: str, chance: Random) -> Cell | None:
    column = chance.choice(columns_of(Kind.BOOL))
    cell = desk.cell(code, column.name)
    desk.put(cell, "部分是")
    return cell


@mistake("是否打了勾")
def ticked(desk: Desk, code: str, chance: Random) -> Cell | None:
    column = chance.choice(columns_of(Kind.BOOL))
    cell = desk.cell(code, column.name)
    desk.put(cell, {"是": "√", "否": "×"}[str(cell.value)])
    return cell


@mistake("管理单位代码多一位", "V17")
def long_code(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.cell(code, "managing_unit")
    desk.put(cell, f"{cell.value}0")
    return cell


@mistake("代码丢了一位", "V18", "V17")
def short_code(desk: Desk, code: str, _: Random) -> Cell | None:
    """A code typed as a number loses the zero in front."""
    cell = desk.cell(code, "managing_unit")
    desk.put(cell, int(str(cell.value)[1:]))
    return cell


@mistake("代码变成科学计数法", "V19")
def scientific(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.cell(code, "parent_school_code")
    if cell.value in (None, NOT_APPLICABLE):
        return None
    desk.put(cell, f"{int(str(cell.value)):.2E}")
    return cell


@mistake("不适用写成短横")
def short_dash(desk: Desk, code: str, chance: Random) -> Cell | None:
    dashed = [c for c in school_columns() if desk.value(code, c) == NOT_APPLICABLE]
    if not dashed:
        return None
    cell = desk.cell(code, chance.choice(dashed))
    desk.put(cell, chance.choice(("-", "/", "不适用", "－－")))
    return cell


@mistake("整行缺学校代码", "S20")
def nameless_row(desk: Desk, code: str, chance: Random) -> Cell | None:
    """The code of one row of one sheet was deleted; the row cannot be joined any more."""
    table = chance.choice(("finance", "staffing", "facilities"))
    cell = desk.at(table, desk.rows(table)[code][0], "school_code")
    desk.put(cell, None)
    return cell


@mistake("数据区合并单元格", "S24")
def merged(desk: Desk, code: str, _: Random) -> Cell | None:
    """Two cells side by side in one row, merged: the second lost its value."""
    number = desk.rows("finance")[code][0]
    first = desk.at("finance", number, "public_funds_budget_prev_yuan")
    if first.value is None:
        return None
    desk.merge(first, desk.at("finance", number, "public_funds_budget_prev_yuan!explanation"))
    return first
