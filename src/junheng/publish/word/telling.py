"""Short words that every Word document needs: header, days, verdict cells, tables of lines."""

from datetime import date
from decimal import Decimal

from junheng.diagnosis import CountyVerdict, Line, Verdict
from junheng.publish.book.cells import Word, tone_of
from junheng.publish.digits import grouped
from junheng.publish.wording import DEMONSTRATION, is_demonstration

NO_SCHOOL = "没有学校数据，以下各项不能判定；请先报送学校填报表，再重新评估。"


def header_words(county: CountyVerdict, title: str) -> str:
    """What stands at the head of every page; invented figures are marked there."""
    return marked(county.name, title, DEMONSTRATION if is_demonstration(county) else "")


def marked(name: str, title: str, mark: str) -> str:
    """The head of a page; `mark` says that figures are invented, or nothing."""
    told = f"　【{mark}，非真实学校】" if mark else ""
    return f"{name}　{title}{told}"


def chinese_day(day: date) -> str:
    """2026年3月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def said(verdict: Verdict) -> Word:
    """A verdict in its colour."""
    return Word(verdict.value, tone_of(verdict))


def demanded(line: Line) -> str:
    """What the clauses of a line ask."""
    return "；".join(dict.fromkeys(each.demand.clause.gist for each in line.clauses))


def count(number: int | None) -> str:
    """A number of persons or things; 缺数据 where it is not known."""
    return Verdict.NO_DATA.value if number is None else grouped(Decimal(number))
