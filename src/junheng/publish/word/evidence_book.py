"""佐证材料目录 as an Excel file: every file of every unit, one a row."""

from pathlib import Path

from junheng.diagnosis import CountyVerdict
from junheng.publish.book.cells import Word
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.book.opening import write_county_list
from junheng.publish.word.evidence_index import NOTES, TITLE, day_text, entries
from junheng.studies import Study


def write_evidence_book(study: Study, county: CountyVerdict, path: Path) -> None:
    """Every file of every unit, one a row."""
    write_county_list(study, county, _listing(study, county), path, title=TITLE)


def _listing(study: Study, county: CountyVerdict) -> Listing:
    return Listing(
        name="佐证材料目录",
        title=f"{county.name}{TITLE}",
        notes=NOTES,
        headings=[
            Heading("序号", 6, "center"),
            Heading("状态", 18, "center"),
            Heading("代码", 7, "center"),
            Heading("指标", 26),
            Heading("应备材料", 44),
            Heading("单位代码", 12, "center"),
            Heading("单位", 24),
            Heading("材料名称", 34),
            Heading("文件名", 30),
            Heading("文件校验值（SHA-256）", 34),
            Heading("出具日期", 11, "center"),
            Heading("有效期止", 11, "center"),
        ],
        rows=[
            [
                number, Word(each.state, each.tone), each.code, each.label, each.required,
                each.unit, each.name, each.title, each.file, each.sha256, day_text(each.day),
                day_text(each.until),
            ]
            for number, each in enumerate(entries(study, county), start=1)
        ],
        sticky=3,
        empty="没有要列的材料",
    )  # fmt: skip
