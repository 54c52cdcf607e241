"""Numbers out of cells, exactly: counts, areas, money, coordinates, years. No float takes part."""

import math
import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import cache

from junheng.registry.reading.dates import from_serial
from junheng.registry.reading.outcome import Outcome, filed, places, unclear
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.sandbox.wire import DATE, PERCENT, SCALED, Cell
from junheng.registry.reading.words import unit_of
from junheng.schema import Column, Kind

EXCEL_KEEPS = Context(prec=15, rounding=ROUND_HALF_EVEN)
"""Excel takes and shows 15 significant digits, but stores the binary double, written with 17:
902.7 comes back as 902.70000000000005. Digits 16 and 17 were typed by nobody."""

WIDE = Context(prec=60)
LONGEST = 40
HUGE = 18
"""Powers of ten beyond which a number is refused before any arithmetic is tried on it."""
ALL_NINES = 999_999_999
YUAN_IN_WAN = Decimal(10_000)
CENT, MICRO = Decimal("0.01"), Decimal("0.000001")

_STORED = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_TYPED = re.compile(
    r"(?P<currency>¥?) ?(?P<sign>[+-]?) ?(?P<body>\d[\d., ]*|\.\d+)"
    r"(?P<power>[eE][+-]?\d+)?(?P<tail>.*)",
    re.ASCII,
)
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PLAIN = re.compile(r"\d+\.?\d*|\.\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?", re.ASCII)
_CHINESE_STOP = re.compile(r"(?<=\d)。(?=\d)")

_limit = cache(Decimal)

WRITE_ZERO_OR = "没有的填 0，本校不涉及的填 —"
DIGITS_ONLY = f"请改填阿拉伯数字，不带文字；{WRITE_ZERO_OR}"
PLAIN_FORMAT = "请把单元格格式改为“常规”，再重新填写这个数"


def read_number(cell: Cell, column: Column, *, date_1904: bool = False) -> Outcome:
    """A number cell or a text that is a number; anything else is named."""
    if cell.kind == "n":
        return _from_number(cell, column, date_1904=date_1904)
    if cell.kind == "s":
        return _from_text(cell, column)
    why = "存成了日期" if cell.kind == "d" else "是逻辑值"
    return unclear("V13" if cell.kind == "d" else "V01", cell, column, why, PLAIN_FORMAT)


def plain_counts(column: Column) -> range:
    """Numbers that a column of whole numbers takes as they stand; empty for any other column."""
    if column.kind not in (Kind.INT, Kind.YEAR):
        return range(0)
    least = math.ceil(_limit(column.minimum or "0"))
    most = math.floor(_limit(column.maximum)) if column.maximum else ALL_NINES
    return range(max(least, 0), min(most, ALL_NINES) + 1)


def plain_amount(text: str, column: Column) -> Decimal | None:
    """An amount written in digits, as nearly all are; None for whatever needs a closer look."""
    if len(text) > EXCEL_KEEPS.prec or not _DIGITS.fullmatch(text):
        return None
    if len(text.partition(".")[2]) > places(column):
        return None
    number = Decimal(text)
    least, most = _limit(column.minimum or "0"), _limit(column.maximum or "Infinity")
    return _in_facts_unit(number, column) if least <= number <= most else None


def stored_number(text: str) -> Decimal | None:
    """The decimal that was typed, from the text of a number cell."""
    if len(text) > LONGEST or not _STORED.fullmatch(text):
        return None
    number = Decimal(text)
    return number if len(text) <= EXCEL_KEEPS.prec else _as_shown(number)


def _as_shown(number: Decimal) -> Decimal:
    exact = len(number.as_tuple().digits) <= EXCEL_KEEPS.prec
    return number if exact else EXCEL_KEEPS.plus(number)


def shown(number: Decimal) -> str:
    """A number without exponent or idle zeros."""
    if abs(number.adjusted()) > HUGE:
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _from_number(cell: Cell, column: Column, *, date_1904: bool) -> Outcome:
    number = stored_number(cell.text)
    if number is None:
        return unclear("V01", cell, column, "不是数", DIGITS_ONLY)
    match cell.look:
        case 0:
            return _bounded(number, cell, column)
        case look if look == DATE:
            day = from_serial(number, date_1904=date_1904)
            seen = f"但按日期显示为 {day.isoformat()}" if day else "但单元格是日期格式"
            mend = PLAIN_FORMAT
            if column.kind is Kind.YEAR and day:
                mend = f"请把单元格格式改为“常规”，只填四位年份，例如 {day.year}"
            return unclear("V13", cell, column, seen, mend)
        case look if look == PERCENT:
            return unclear("V07", cell, column, "但按百分数显示", PLAIN_FORMAT)
        case look if look == SCALED:
            why = "但单元格格式把它缩小显示，看到的数与实际的数不同"
            return unclear("V20", cell, column, why, PLAIN_FORMAT)
    return _bounded(number, cell, column)


def _from_text(cell: Cell, column: Column) -> Outcome:
    text = _CHINESE_STOP.sub(".", narrowed(cell.text))
    typed = _TYPED.fullmatch(text) if len(text) <= LONGEST else None
    if typed is None:
        return unclear("V01", cell, column, "读不出数", _year_hint(text, column) or DIGITS_ONLY)
    body = typed["body"].strip()
    tail = typed["tail"].strip() or ("元" if typed["currency"] else "")
    if typed["power"]:
        mend = "请把单元格格式改为“常规”或“文本”，照原始材料重新填写"
        return unclear("V19", cell, column, "是科学计数法，可能丢了末位数字", mend)
    if tail.startswith(("%", "‰")):
        return unclear("V07", cell, column, "是百分数", "请填数本身，不填百分数")
    if not (_PLAIN.fullmatch(body) or _GROUPED.fullmatch(body)):
        return unclear("V01", cell, column, "逗号、空格或小数点的位置不对", DIGITS_ONLY)
    number = stored_number(typed["sign"] + body.replace(",", "").replace(" ", ""))
    assert number is not None, "a short run of digits is a number"
    if tail and tail not in (column.label, f"({column.unit})"):
        return _with_unit(number, tail, text, cell, column)
    return _bounded(number, cell, column)


def _with_unit(number: Decimal, tail: str, text: str, cell: Cell, column: Column) -> Outcome:
    unit = unit_of().get(tail.lower())
    if unit is None:
        hint = _year_hint(text, column) or DIGITS_ONLY
        return unclear("V01", cell, column, "读不出数", hint)
    if unit == column.unit:
        return _bounded(number, cell, column)
    mend = "请换算成规定的单位，只填数"
    if (unit, column.unit) == ("元", "万元"):
        mend += f"：{shown(number)}元是 {shown(WIDE.divide(number, YUAN_IN_WAN))} 万元"
    elif (unit, column.unit) == ("万元", "元"):
        mend += f"：{shown(number)}万元是 {shown(WIDE.multiply(number, YUAN_IN_WAN))} 元"
    asked = f"本栏单位是{column.unit}" if column.unit else "本栏没有单位"
    return unclear("V06", cell, column, f"单位是“{tail}”，{asked}", mend)


def _year_hint(text: str, column: Column) -> str:
    if column.kind is not Kind.YEAR:
        return ""
    year = re.match(r"(?:1|2)\d{3}(?!\d)", text, re.ASCII)
    return f"请只填四位年份，例如 {year[0]}；学年填开始的年份" if year else "请只填四位年份"


def _bounded(number: Decimal, cell: Cell, column: Column) -> Outcome:
    """The value, if it stands inside what the column allows."""
    if number and abs(number.adjusted()) > HUGE:
        check, why = ("V04", "数太大") if number.adjusted() > 0 else ("V05", "小数位数太多")
        return unclear(check, cell, column, why, "请核对后重新填写")
    if column.minimum and number < _limit(column.minimum):
        why = "是负数" if number < 0 else "太小"
        return unclear("V03", cell, column, why, f"请核对后重新填写；{WRITE_ZERO_OR}")
    if column.maximum and number > _limit(column.maximum):
        why = "太大，是否把元填成了万元" if column.unit == "万元" else "太大"
        return unclear("V04", cell, column, why, "请核对数和单位后重新填写")
    if _decimals(number) > places(column):
        return _too_fine(number, cell, column)
    number = number or abs(number)  # minus zero is zero
    return filed(int(number) if places(column) == 0 else _in_facts_unit(number, column))


def _decimals(number: Decimal) -> int:
    """Places after the point, idle zeros not counted."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "infinity and NaN do not match the pattern of a number"
    if exponent >= 0:
        return 0
    exact = number.normalize(WIDE).as_tuple().exponent
    assert isinstance(exact, int), "as above"
    return -exact


def _too_fine(number: Decimal, cell: Cell, column: Column) -> Outcome:
    if places(column) == 0:
        hint = _year_hint(cell.text, column) if column.kind is Kind.YEAR else ""
        return unclear("V02", cell, column, "不是整数", hint or "请核对后填整数")
    step = Decimal(1).scaleb(-places(column))
    rounded = number.quantize(step, ROUND_HALF_UP, WIDE)
    why = f"小数超过 {places(column)} 位"
    return unclear("V05", cell, column, why, f"如果原始材料如此，请四舍五入填 {shown(rounded)}")


def _in_facts_unit(number: Decimal, column: Column) -> Decimal:
    match column.kind:
        case Kind.AREA:
            return number.quantize(CENT, context=WIDE)
        case Kind.MONEY:
            factor = YUAN_IN_WAN if column.unit == "万元" else 1
            return (number * factor).quantize(CENT, context=WIDE)
        case Kind.COORDINATE | Kind.DECIMAL:
            return number.quantize(MICRO, context=WIDE)
    return number
