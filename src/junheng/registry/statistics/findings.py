"""What an import can find, and how it is said."""

from collections.abc import Iterable

from junheng.registry.filing import Finding, Level, Origin
from junheng.registry.reading.findings import listed

CODES = {
    "I01": "没有认得的表头",
    "I02": "两个表头对应同一栏目",
    "I03": "认得的表里缺一个栏目的表头",
    "I04": "不是本年度的表",
    "I05": "没有写明学年",
    "I06": "跳过的合计、小计行",
    "I07": "隐藏的工作表、行、列",
    "I08": "单位不能换算",
    "I09": "没有学校标识码的行",
    "I10": "一所学校在两处的值不同",
    "I11": "没有区县代码",
    "I12": "不知道所属区县是哪个代码",
    "I13": "不认识的办学类型，或没有办学类型",
    "I14": "一套表不全",
    "I15": "表里缺学校",
    "I16": "没有读入的行",
    "I17": "学校类型没有这一栏，却有数",
    "I18": "一张表不止一种可能",
    "I19": "区县代码不合规则",
}
SEND_IN = "如果它确是统计报表，请用 --mapping 给出对照文件；也请把空白表样寄给我们（见文档）"


def finding(
    code: str,
    level: Level,
    origin: Origin,
    found: str,
    allowed: str,
    mend: str,
    *,
    key: str = "",
    column: str = "",
) -> Finding:
    """A finding of the import."""
    assert code in CODES
    return Finding(level, code, origin, found, allowed, mend, "", (key,) if key else (), column)


def file_place(file: str, sheet: str = "", cell: str = "") -> Origin:
    return Origin(file, sheet, cell)


def names(found: Iterable[str], most: int = 6) -> str:
    return listed(list(found), most)
