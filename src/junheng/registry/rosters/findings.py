"""What aggregating can find. A sentence names file and rows, never what stands in a row."""

from collections.abc import Iterable, Sequence

from junheng.registry.filing import Finding, Level, Origin
from junheng.registry.reading.findings import ranges

CODES = {
    "A01": "认不出是哪种台账",
    "A02": "两个表头对应同一栏",
    "A03": "必填的栏空着",
    "A04": "写法不认识",
    "A05": "学校不在学校名册里",
    "A06": "年级或学段与学校类型不符",
    "A07": "同一编号出现多次",
    "A08": "班级台账上的班没有学生",
    "A09": "学生所在的班不在班级台账上",
    "A10": "选填的栏空着",
    "A11": "不计入的行",
    "A12": "名册上的学校在台账里没有一行",
    "A13": "学校名册的值读不出或前后不一",
    "A14": "不是数",
    "A15": "编号被存成了数，末位已丢失",
    "A16": "没有学校名册，或没有一种台账",
}
SHOWN = 12
"""So many row numbers are written out; all are counted."""


def finding(code: str, level: Level, file: str, found: str, allowed: str, mend: str) -> Finding:
    """A finding on a file."""
    assert code in CODES
    return Finding(level, code, Origin(file, "", ""), found, allowed, mend)


def at_rows(numbers: Sequence[int], total: int) -> str:
    """第 3、7—9 行; 第 3、7—9 行等共 120 行."""
    said = f"第 {ranges(list(numbers))} 行"
    return said if len(numbers) == total else f"{said}等共 {total} 行"


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop the work first, then by code and file."""
    order = list(Level)
    return tuple(sorted(found, key=lambda e: (order.index(e.level), e.check, e.origin.file)))
