"""Texts and codes out of cells: nothing that Excel did to a code goes unnoticed."""

import re
from functools import cache

from junheng.registry.reading.numbers import shown, stored_number
from junheng.registry.reading.outcome import Outcome, code_length, filed, unclear
from junheng.registry.reading.plain import LONGEST_WORD, cleaned, narrowed
from junheng.registry.reading.sandbox.wire import DATE, PADDED, PERCENT, Cell
from junheng.registry.reading.words import words
from junheng.schema import Column

AS_TEXT = "请把单元格格式改为“文本”，照原始材料重新填写"
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+", re.ASCII)
_QUOTED = re.compile(r'="(.*)"')
_INNER = re.compile(r"[\s-]+")
EXACT_DIGITS = 15


def read_text(cell: Cell, column: Column) -> Outcome:
    """The text, trimmed; one that looks like a formula stays a text."""
    if cell.kind == "n" and cell.look == DATE:
        return unclear("V13", cell, column, "被存成了日期", AS_TEXT)
    if cell.kind == "n" and cell.look == PERCENT:
        return unclear("V07", cell, column, "但按百分数显示", AS_TEXT)
    if cell.kind == "n":
        return filed(as_digits(cell))
    if cell.kind == "b":
        return filed("TRUE" if cell.text == "1" else "FALSE")
    return filed(cleaned(cell.text))


def as_digits(cell: Cell) -> str:
    """A number cell as the digits that were typed, with the zeros its format shows."""
    number = stored_number(cell.text)
    if number is None:
        return cell.text
    digits = shown(number)
    if cell.look > PADDED and digits.isdecimal():
        return digits.zfill(cell.look - PADDED)
    return digits


def read_code(cell: Cell, column: Column) -> Outcome:
    """A code of declared form; lost zeros and lost digits are told apart from mistypings."""
    if cell.kind not in "ns":
        return unclear("V17", cell, column, "不是代码", AS_TEXT)
    if cell.kind == "n" and cell.look == DATE:
        return unclear("V13", cell, column, "被存成了日期", AS_TEXT)
    code = as_digits(cell) if cell.kind == "n" else _typed(cell.text)
    # A hash is written small, a commitment with a small last letter: C03.2n.
    for each in (code, code.lower(), code.capitalize()):
        if _form(column.pattern).fullmatch(each):
            return filed(each)
    return _wrong(code, cell, column)


def plain_code(text: str, column: Column) -> str | None:
    """A code of letters and digits, as nearly all are; None for whatever needs a closer look."""
    if len(text) <= LONGEST_WORD or not (text.isascii() and text.isalnum()):
        return None
    form = _form(column.pattern)
    for each in (text.upper(), text.lower(), text.capitalize()):
        if form.fullmatch(each):
            return each
    return None


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _typed(text: str) -> str:
    """The code as typed, without the tricks that keep Excel from changing it: 'x and ="x"."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = narrowed(text).lstrip("'’‘`")
    inside = _QUOTED.fullmatch(plain)
    return _INNER.sub("", inside[1] if inside else plain).upper()


def _wrong(code: str, cell: Cell, column: Column) -> Outcome:
    length = code_length(column)
    if _SCIENTIFIC.fullmatch(code) or (cell.kind == "n" and len(code) > EXACT_DIGITS):
        return unclear("V19", cell, column, "是科学计数法，末位数字可能已丢失", AS_TEXT)
    if code in words().totals:
        return unclear("V17", cell, column, "这一行像是合计行", "请删除合计行，合计由程序计算")
    if length and code.isascii() and code.isdecimal() and len(code) < length:
        lost = f"只有 {len(code)} 位，疑似丢失开头的0"
        mend = f"请核对是否为 {code.zfill(length)}，把单元格格式改为“文本”后填全 {length} 位"
        return unclear("V18", cell, column, lost, mend)
    why = f"有 {len(code)} 位" if length and len(code) != length else "含有不允许的字符"
    return unclear("V17", cell, column, why, "请照登记的代码填写")
