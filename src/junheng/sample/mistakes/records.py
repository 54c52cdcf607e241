"""官方结果, 一票否决声明, 政策目标进展, 学校沿革: what cannot be true together."""

from datetime import date
from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk
from junheng.sample.mistakes.evidence import UNKNOWN_SCHOOL
from junheng.sample.mistakes.figures import listed
from junheng.sample.mistakes.recipe import mistake
from junheng.sample.official import SUBJECTS, WHOLE

ELSEWHERE = "410197"
CUMULATIVE, PROMISED = "C03.1", "C15.4"


def _rows(desk: Desk, table: str) -> list[int]:
    return [number for numbers in desk.rows(table).values() for number in numbers]


def _where(desk: Desk, table: str, column: str, word: str) -> int | None:
    """The first row in which the column says the word."""
    rows = _rows(desk, table)
    return next((n for n in rows if str(desk.at(table, n, column).value) == word), None)


def _result(desk: Desk, item: str, column: str) -> Cell | None:
    number = _where(desk, "official_results", "item", item)
    return None if number is None else desk.at("official_results", number, column)


@mistake("质量监测没有填等级", "R121", scope="county", topic="监测")
def no_level(desk: Desk, _: str, __: Random) -> Cell | None:
    cell = _result(desk, SUBJECTS[0], "level")
    if cell is not None:
        desk.put(cell, None)
    return cell


@mistake("认可人数多于样本", "R122", scope="county", topic="认可度")
def more_than_asked(desk: Desk, _: str, __: Random) -> Cell | None:
    cell, asked = _result(desk, WHOLE, "satisfied"), _result(desk, WHOLE, "sampled")
    if cell is None or asked is None:
        return None
    desk.put(cell, int(str(asked.value)) + 1)
    return cell


@mistake("社会认可度没有合计", "R123", scope="county", topic="认可度")
def no_whole(desk: Desk, _: str, __: Random) -> Cell | None:
    """It shows at the group that comes first by name."""
    cell = _result(desk, WHOLE, "item")
    if cell is None:
        return None
    desk.put(cell, "全体")
    numbers = _rows(desk, "official_results")
    items = [desk.at("official_results", n, "item") for n in numbers]
    return min(
        (each for each in items if str(each.value) not in SUBJECTS), key=lambda c: str(c.value)
    )


@mistake("各群体之和与合计不等", "R124", level=Level.EXPLAIN, scope="county", topic="认可度")
def groups_off(desk: Desk, _: str, __: Random) -> Cell | None:
    cell = _result(desk, WHOLE, "satisfied")
    if cell is not None:
        desk.put(cell, int(str(cell.value)) - 5)
    return cell


@mistake("认可度与人数不符", "R125", scope="county", topic="认可度")
def rate_off(desk: Desk, _: str, __: Random) -> Cell | None:
    cell = _result(desk, WHOLE, "rate_percent")
    if cell is not None:
        desk.put(cell, 70.5)
    return cell


@mistake("一票否决声明少一项", "R131", scope="county", topic="声明")
def statement_missing(desk: Desk, _: str, __: Random) -> Cell | None:
    numbers = _rows(desk, "statements")
    if len(numbers) < 2:
        return None
    desk.clear_row("statements", numbers[-1])
    return desk.at("statements", numbers[0], "item")


@mistake("没有发生而有未办结", "R132", level=Level.EXPLAIN, scope="county", topic="声明")
def open_case(desk: Desk, _: str, __: Random) -> Cell | None:
    numbers = _rows(desk, "statements")
    if not numbers:
        return None
    cell = desk.at("statements", numbers[0], "open_cases")
    desk.put(cell, 2)
    return cell


@mistake("进展写了别的区县", "R141", scope="county", topic="进展")
def progress_elsewhere(desk: Desk, _: str, __: Random) -> Cell | None:
    numbers = desk.rows("progress").get(PROMISED, [])
    if not numbers:
        return None
    cell = desk.at("progress", numbers[0], "place")
    desk.put(cell, ELSEWHERE)
    return cell


@mistake("累计数变少", "R142", level=Level.EXPLAIN, scope="county", topic="进展")
def total_falls(desk: Desk, _: str, __: Random) -> Cell | None:
    numbers = desk.rows("progress").get(CUMULATIVE, [])
    if len(numbers) < 2:
        return None
    cell = desk.at("progress", numbers[-1], "value")
    desk.put(cell, listed(desk, "progress", numbers[0], "value") - 1)
    return cell


@mistake("承诺日期已经过去", "R143", scope="county", topic="进展")
def promised_before(desk: Desk, _: str, __: Random) -> Cell | None:
    numbers = desk.rows("progress").get(PROMISED, [])
    if not numbers:
        return None
    cell = desk.at("progress", numbers[-1], "recovery_date")
    desk.put(cell, date(2022, 12, 31))
    return cell


def _lineage(desk: Desk, change: str, column: str) -> Cell | None:
    number = _where(desk, "lineage", "change", change)
    return None if number is None else desk.at("lineage", number, column)


@mistake("改名写成改变类型", "R151", scope="county", topic="沿革：改名")
def no_new_code(desk: Desk, _: str, __: Random) -> Cell | None:
    cell = _lineage(desk, "改名", "change")
    if cell is None:
        return None
    shows = _lineage(desk, "改名", "new_code")
    desk.put(cell, "改变类型")
    return shows


@mistake("并入的学校代码写错", "R152", scope="county", topic="沿革：并入")
def merged_into_none(desk: Desk, _: str, __: Random) -> Cell | None:
    cell = _lineage(desk, "并入", "new_code")
    if cell is not None:
        desk.put(cell, UNKNOWN_SCHOOL)
    return cell


@mistake("撤销的学校仍在名册上", "R153", scope="county", topic="沿革：撤销")
def closed_and_there(desk: Desk, _: str, __: Random) -> Cell | None:
    old, new = _lineage(desk, "撤销", "old_code"), _lineage(desk, "撤销", "new_code")
    if old is None or new is None:
        return None
    for cell in (old, new):
        desk.put(cell, desk.schools[-1])
    return old
