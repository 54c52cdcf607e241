"""整改清单: every item that is not met, school by school, with columns for who and by when."""

from pathlib import Path

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.book.opening import write_county_list
from junheng.publish.shortfalls import Shortfall, shortfalls
from junheng.publish.word.frame import LYING
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import NO_SCHOOL, chinese_day, header_words, said
from junheng.studies import Study
from junheng.years import SchoolYear

TITLE = "义务教育优质均衡整改清单"
NOTHING = "没有未达标或缺数据的事项"
TO_FILL = ("整改措施", "责任单位和责任人", "完成时限", "销号")
COLUMNS = (
    Column("序号", 10, "center"),
    Column("学校", 44),
    Column("代码", 12, "center"),
    Column("事项", 46),
    Column("现状", 25, "right"),
    Column("标准", 21, "right"),
    Column("差距或须补报", 37),
    *(Column(text, width) for text, width in zip(TO_FILL, (24, 18, 14, 10), strict=True)),
)
NOTES = (
    "一行一个事项。学校的七项指标只列学校标准没有通过的；允许一项低于标准的，不列。",
    "“整改措施”“责任单位和责任人”“完成时限”“销号”由县里填写。",
)


def items(county: CountyVerdict) -> list[Shortfall]:
    """What concerns the county first, then school by school."""
    return sorted(shortfalls(county), key=lambda each: each.school_code)


def row(number: int, item: Shortfall) -> list[Cell]:
    """One row of the list, without the columns that the office fills in."""
    figures = (item.found, item.limit) if item.what else (item.verdict.value, "—")
    return [
        number, item.school_name, item.code, item.what or f"{item.label}：{item.limit}", *figures,
        item.gap,
    ]  # fmt: skip


def checklist(study: Study, county: CountyVerdict) -> bytes:
    """The list as a Word file."""
    on = study.assessment.on
    paper = Paper(title=f"{county.name}{TITLE}", subject=str(SchoolYear(study.assessment.year)),
                  header=header_words(county, TITLE), on=on)  # fmt: skip
    paper.page = LYING
    paper.line(f"{county.name}{TITLE}", "SheetTitle")
    found = items(county)
    paper.line(
        f"{SchoolYear(study.assessment.year)}　评估日期：{chinese_day(on)}　{_counts(found)}",
        "Small",
    )
    if not county.parts:
        paper.line(NO_SCHOOL, "Small")
    for note in NOTES:
        paper.line(note, "Small")
    blanks: list[Cell] = [None] * len(TO_FILL)
    paper.table("整改事项", COLUMNS, [[*row(n, each), *blanks] for n, each in enumerate(found, 1)],
                empty=NOTHING)  # fmt: skip
    if county.missing:
        names = "、".join(f"{each.name}（{each.code}）" for each in county.missing)
        paper.line(f"缺报学校{len(county.missing)}所，须先报送填报表：{names}。", "Small")
    return paper.packed()


def _counts(found: list[Shortfall]) -> str:
    failing = sum(each.verdict is Verdict.FAIL for each in found)
    schools = len({each.school_code for each in found} - {""})
    return f"事项{len(found)}个（未达标{failing}个、缺数据{len(found) - failing}个），涉及学校{schools}所"


# --- the same list as Excel --------------------------------------------------------------------


def write_checklist_book(study: Study, county: CountyVerdict, path: Path) -> None:
    """The list as an Excel file: filterable, with columns to fill in."""
    write_county_list(study, county, _listing(county), path, title=TITLE)


def _listing(county: CountyVerdict) -> Listing:
    return Listing(
        name="整改清单",
        title=f"{county.name}{TITLE}",
        notes=NOTES,
        headings=[
            Heading("序号", 6, "center"),
            Heading("学校代码", 12, "center"),
            Heading("学校", 26),
            Heading("方面", 10, "center"),
            Heading("代码", 6, "center"),
            Heading("指标", 26),
            Heading("事项", 34),
            Heading("结论", 9, "center"),
            Heading("现状", 14),
            Heading("标准", 12),
            Heading("差距或须补报", 30),
            *(Heading(text, width) for text, width in zip(TO_FILL, (30, 18, 14, 8), strict=True)),
        ],
        rows=[_record(number, each) for number, each in enumerate(items(county), start=1)],
        sticky=3,
        empty=NOTHING,
    )


def _record(number: int, item: Shortfall) -> list[Cell]:
    _, name, code, what, found, limit, gap = row(number, item)
    return [
        number, item.school_code or None, name, item.area, code, item.label, what,
        said(item.verdict), found, limit, gap, *[None] * len(TO_FILL),
    ]  # fmt: skip
