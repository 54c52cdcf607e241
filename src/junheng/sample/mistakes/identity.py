"""Who the school is: register, codes, main schools, years, flags."""

from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.registry.layout import NOT_APPLICABLE
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import answered, figure, filed, ordinary, pupils, typed
from junheng.sample.mistakes.recipe import mistake

EXPLAIN = Level.EXPLAIN
ELSEWHERE = "410198"
"""A county that does not file."""


def _urban_rural(desk: Desk, code: str) -> str:
    return str(desk.value(code, "urban_rural_code"))


@mistake("填报的学校不在名册上", "K11.2")
def unlisted(desk: Desk, code: str, _: Random) -> Cell | None:
    desk.clear_row("register", desk.rows("register")[code][0])
    return desk.cell(code, "school_code")


@mistake("学校名称与名册不一致", "K11.3")
def renamed(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.cell(code, "school_name")
    desk.put(cell, f"{cell.value}分校")
    return cell


@mistake("学校类型与名册不一致", "K11.4")
def retyped(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.at("register", desk.rows("register")[code][0], "school_type")
    desk.put(cell, "初中" if cell.value == "小学" else "小学")
    return desk.cell(code, "school_type")


@mistake("学校填在别的区县", "K11.6")
def elsewhere(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.cell(code, "location_unit")
    desk.put(cell, ELSEWHERE)
    return cell


@mistake("名册上的区县与学校所填不一致", "K11.12")
def register_differs(desk: Desk, code: str, _: Random) -> Cell | None:
    desk.put(desk.at("register", desk.rows("register")[code][0], "location_unit"), ELSEWHERE)
    return desk.cell(code, "location_unit")


@mistake("同一行填了两遍", "S21", "S57", "S22")
def doubled(desk: Desk, code: str, chance: Random) -> Cell | None:
    table = chance.choice(("register", "finance"))
    return desk.copy_row(table, desk.rows(table)[code][0])


def _recoded(desk: Desk, code: str, new: str) -> Cell | None:
    if any(code == desk.value(each, "parent_school_code") for each in desk.schools):
        return None
    desk.recode(code, new)
    return desk.cell(code, "school_code")


@mistake("代码类型位与学校类型不符", "R01", level=EXPLAIN)
def wrong_prefix(desk: Desk, code: str, _: Random) -> Cell | None:
    return _recoded(desk, code, ("31" if code[:2] == "21" else "21") + code[2:4] + "9" + code[5:])


@mistake("代码省份位不是本省", "R02", level=EXPLAIN)
def wrong_province(desk: Desk, code: str, _: Random) -> Cell | None:
    return _recoded(desk, code, f"{code[:2]}14{code[4:]}")


mistake("建校时间晚于填报年度", "R03")(
    typed("founding_year", lambda d, _: filed(d, "filing_year") + 1)
)
mistake("建校时间与2010年建成不符", "R05", level=EXPLAIN)(
    typed("founding_year", lambda d, c: 2014 if d.value(c, "built_by_2010") == "是" else None)
)
mistake("建校时间与2016年建成不符", "R06", level=EXPLAIN)(
    typed("founding_year", lambda d, c: 2019 if d.value(c, "built_by_2016") == "是" else None)
)
mistake("2016年前没有建成而2010年前建成", "R04")(
    answered("built_by_2016", "否", lambda d, c: d.value(c, "built_by_2010") == "是")
)
mistake("乡村小规模标识填错", "K6.2")(
    answered("rural_small_50_99", "是", lambda d, c: ordinary(d, c) and pupils(d, c) >= 100)
)
mistake("小班额标识填错", "R08")(
    answered(
        "rural_small_max_class_lt30", "是", lambda d, c: ordinary(d, c) and pupils(d, c) >= 100
    )
)
mistake("密集中心城区学校不在城区", "K7.3")(
    answered("dense_urban_core", "是", lambda d, c: not _urban_rural(d, c).startswith("11"))
)
mistake("完全中学没有高中学生", "K4.1")(
    typed(
        "enrolment_senior",
        lambda d, c: 0 if d.value(c, "school_type") in ("完全中学", "十二年一贯制") else None,
    )
)
mistake("九年一贯制没有小学生", "K4.2", level=EXPLAIN)(
    typed(
        "enrolment_primary",
        lambda d, c: 0 if d.value(c, "school_type") == "九年一贯制" else None,
    )
)
mistake("职业学校附设初中班", "K4.3", level=Level.NOTE)(
    answered(
        "school_type",
        "职业学校",
        lambda d, c: figure(d, c, "attached_junior_enrolment") > 0,
        at="attached_junior_enrolment",
    )
)


def _uncounted(desk: Desk) -> list[str]:
    return [c for c in desk.schools if desk.value(c, "counts_as_school") == "否"]


def _parent(desk: Desk, code: str, new: str | None) -> Cell | None:
    cell = desk.cell(code, "parent_school_code")
    if cell.value in (None, NOT_APPLICABLE) or new is None:
        return None
    desk.put(cell, new)
    return cell


@mistake("主校代码是自己", "K3.2")
def own_parent(desk: Desk, code: str, _: Random) -> Cell | None:
    return _parent(desk, code, code)


@mistake("主校没有填报", "K3.3")
def absent_parent(desk: Desk, code: str, _: Random) -> Cell | None:
    return _parent(desk, code, f"{code[:4]}999990")


@mistake("主校也不计校数", "K3.4")
def parent_of_parent(desk: Desk, code: str, _: Random) -> Cell | None:
    others = [each for each in _uncounted(desk) if each != code and each in desk.free]
    cell = _parent(desk, code, others[0] if others else None)
    if cell is not None:
        desk.use(others[0])
    return cell


@mistake("主校在另一个区县", "K3.5")
def parent_elsewhere(desk: Desk, code: str, _: Random) -> Cell | None:
    if desk.value(code, "counts_as_school") != "否":
        return None
    desk.put(desk.cell(code, "location_unit"), ELSEWHERE)
    return desk.cell(code, "parent_school_code")


def _listed_only(desk: Desk, name: str, type_: str, code: str, county: str = "") -> Cell:
    """A school that stands on the register and files nothing."""
    county = county or str(desk.form_cell("county_code").value)
    row = {"school_code": code, "school_name": name, "location_unit": county, "school_type": type_}
    return desk.add_row("register", row)


@mistake("名册上的学校没有填报", "K11.1", level=EXPLAIN, scope="county", topic="缺报")
def not_filed(desk: Desk, _: str, __: Random) -> Cell | None:
    return _listed_only(desk, "示例县未交表小学", "小学", "2141999901")


@mistake("名册上的高中没有填报", "K11.7", level=Level.NOTE, scope="county", topic="缺报的高中")
def upper_not_filed(desk: Desk, _: str, __: Random) -> Cell | None:
    return _listed_only(desk, "示例县第九高级中学", "高级中学", "3441999902")


@mistake("名册上的学校在别的区县", "K11.13", scope="county", topic="缺报的外县学校")
def listed_elsewhere(desk: Desk, _: str, __: Random) -> Cell | None:
    cell = _listed_only(desk, "邻县第一小学（示例）", "小学", "2141999903", ELSEWHERE)
    return desk.at("register", cell.row, "location_unit")


@mistake(
    "没有密集中心城区的认定范围", "K7.4", level=EXPLAIN, scope="county", topic="认定", alone=True
)
def no_dense_area(desk: Desk, _: str, __: Random) -> Cell | None:
    dense = [c for c in desk.schools if desk.value(c, "dense_urban_core") == "是"]
    for numbers in desk.rows("dense_areas").values():
        for number in numbers:
            desk.clear_row("dense_areas", number)
    return desk.cell(dense[0], "dense_urban_core") if dense else None
