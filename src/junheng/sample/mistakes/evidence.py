"""佐证材料: the wrong unit, code, file, hash or day, and what must not be handed in."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk, Raw
from junheng.sample.mistakes.recipe import mistake

UNKNOWN_SCHOOL = "2141998888"
LASTING, YEARLY = "QL3", "QL5"
"""A paper without end, one of a school year."""


def row_of(desk: Desk, code: str, indicator: str) -> int | None:
    """The row of one paper of a school; None where the school has none of it."""
    rows = desk.rows("evidence").get(indicator, [])
    return next((n for n in rows if desk.at("evidence", n, "scope").value == code), None)


def filing_year(desk: Desk) -> int:
    return int(str(desk.form_cell("filing_year").value))


def paper(
    name: str,
    *checks: str,
    column: str,
    of: Callable[[Desk, int], Raw],
    indicator: str = YEARLY,
    shows_at: str = "",
    level: Level = Level.MUST_FIX,
) -> None:
    """Enter a recipe that types over one cell of a school's paper; `of` is given its row."""

    def make(desk: Desk, code: str, _: Random) -> Cell | None:
        number = row_of(desk, code, indicator)
        if number is None:
            return None
        desk.put(desk.at("evidence", number, column), of(desk, number))
        return desk.at("evidence", number, shows_at or column)

    mistake(name, *checks, level=level)(make)


def _issued(desk: Desk, number: int) -> date:
    value = desk.at("evidence", number, "issued_on").value
    assert isinstance(value, date), "the invented papers are dated"
    return value


def _one_digit_off(desk: Desk, number: int) -> str:
    """The hash with one digit copied wrongly."""
    was = str(desk.at("evidence", number, "sha256").value)
    return ("0" if was[0] != "0" else "1") + was[1:]


paper("材料写了没有的学校", "R101", column="scope", of=lambda *_: UNKNOWN_SCHOOL)
paper("材料的指标代码不存在", "R102", column="indicator", of=lambda *_: "QL19")
paper("材料的有效期起止颠倒", "R103", column="valid_to",
      of=lambda d, n: _issued(d, n) - timedelta(days=30))  # fmt: skip
paper("材料先生效后出具", "R104", column="valid_from", level=Level.EXPLAIN,
      of=lambda d, n: _issued(d, n) - timedelta(days=100))  # fmt: skip
paper("退回的材料没有理由", "R105", column="review", shows_at="review_reason",
      of=lambda *_: "退回")  # fmt: skip
paper("材料已经失效", "R106", column="valid_to", indicator=LASTING, level=Level.EXPLAIN,
      of=lambda d, _: date(filing_year(d), 8, 31))  # fmt: skip
paper("校验值没有填", "R109", "R115", column="sha256", level=Level.NOTE, of=lambda *_: None)
paper("材料是学生名单", "R110", column="title", of=lambda *_: "受资助学生名单")
paper("材料的日期还没有到", "R111", column="issued_on",
      of=lambda d, _: date(filing_year(d) + 1, 9, 1))  # fmt: skip
paper("材料文件没有交", "R113", column="file_name", of=lambda *_: "没有交的材料.pdf")
paper("校验值抄错一位", "R114", column="sha256", of=_one_digit_off)


@mistake("学校指标的材料写了区县", "R108")
def of_the_county(desk: Desk, code: str, _: Random) -> Cell | None:
    number = row_of(desk, code, YEARLY)
    if number is None:
        return None
    cell = desk.at("evidence", number, "scope")
    desk.put(cell, desk.form_cell("county_code").value)
    return cell


@mistake("同一文件填了两个校验值", "R107")
def two_hashes(desk: Desk, code: str, _: Random) -> Cell | None:
    first, second = row_of(desk, code, LASTING), row_of(desk, code, YEARLY)
    if first is None or second is None:
        return None
    name = desk.at("evidence", first, "file_name").value
    desk.put(desk.at("evidence", second, "file_name"), name)
    return desk.at("evidence", second, "sha256")
