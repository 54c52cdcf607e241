"""Is a sheet of the school year that is asked for?"""

from collections.abc import Iterator, Sequence

from junheng.registry.filing import Finding, Level
from junheng.registry.statistics.findings import file_place, finding
from junheng.registry.statistics.nouns import Page


def year_findings(page: Page, years: Sequence[int], asked: int) -> Iterator[Finding]:
    """Another year stops the import; no year is said."""
    place = file_place(page.file, page.sheet)
    if not years:
        yield finding(
            "I05", Level.NOTE, place, "标题、工作表名、文件名都没有写学年",
            f"按 {asked}—{asked + 1} 学年读入", "请核对它确是这一学年的报表",
        )  # fmt: skip
    elif asked not in years:
        yield finding(
            "I04", Level.MUST_FIX, place, f"是 {years[0]}—{years[0] + 1} 学年的表",
            f"要导入的是 {asked}—{asked + 1} 学年",
            f"请换本年度的表；如果就是要导入那一年，请写 --year {years[0]}",
        )  # fmt: skip
