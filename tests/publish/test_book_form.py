"""The result book as a document: filters, sticky headings, print set-up, words with colours, no English."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from read_back import cells, heading_row
from xlsxwriter import Workbook as XlsxWorkbook

from junheng.diagnosis import Verdict
from junheng.errors import JunhengError
from junheng.publish import write_book
from junheng.publish.book.cells import Tone
from junheng.publish.book.listing import A3, A4, LEAST_SIZE, printed_size
from junheng.publish.book.looks import TONES, Looks
from junheng.publish.book.page import PAPER_TALL, SCALE, Page
from junheng.publish.wording import verdict_word
from junheng.registry import Facts, Snapshot
from junheng.studies import Study, assess

LISTS = (
    "全部指标", "学校逐项", "补报清单", "学校指标矩阵", "差异系数", "算法比较", "差距清单", "差距合计", "达标办法", "差异来源", "不参加计算",
    "指标定义", "规则与条款", "数据来源与凭据", "异常说明", "未核验检查",
)  # fmt: skip
PIXEL = 5 / 7
"""What a file adds to a width, in characters."""
WORDS = {verdict_word(verdict, near=near) for verdict in Verdict for near in (True, False)}
FILLS = {
    tone: str(look["bg_color"]).removeprefix("#")
    for tone, look in TONES.items()
    if "bg_color" in look
}
WORD_OF = {
    Tone.GOOD: {"达标"},
    Tone.NEAR: {"临界达标"},
    Tone.NEAR_BAD: {"临界未达标"},
    Tone.BAD: {"未达标"},
    Tone.OPEN: {"缺数据"},
}
CODES = re.compile(
    r"[0-9a-f]{12,64}|[A-Z]{1,2}\d*(-[A-Z]+)+|[a-z]+(-[a-z0-9]+)+|[A-Z]{1,3}\d+(\.\d+)?|CV(-[a-z]+)*|[A-Z]+-[A-Z]+|NEAR|SCOPE|SPLIT|X1、X2"
    r"|(?<![A-Za-z])[HMLBDn](?![A-Za-z])|\w+\.(xlsx|pdf|txt)|\d-示例"
)
"""Indicator, source and clause codes, hashes, confidence letters in notes, n−1, file names."""


def filled(cell: Cell) -> Tone | None:
    colour = str(cell.fill.fgColor.rgb)[2:] if cell.fill.fill_type else ""
    return next((tone for tone, fill in FILLS.items() if fill == colour), None)


def sheets(book: Workbook) -> list[Worksheet]:
    return [book[name] for name in book.sheetnames]


def test_the_sheets_stand_in_the_order_in_which_they_are_read(demo_book: Workbook) -> None:
    assert tuple(demo_book.sheetnames) == ("结论", *LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_filtered_and_keeps_its_headings_in_sight(
    demo_book: Workbook, name: str
) -> None:
    sheet = demo_book[name]
    top = heading_row(sheet)
    assert sheet.auto_filter.ref.startswith(f"A{top}:")
    assert sheet.freeze_panes is not None
    assert int(re.sub(r"\D", "", sheet.freeze_panes)) == top + 1
    assert not sheet.freeze_panes.startswith("A"), "the first columns stay too"
    first, last = (int(n) for n in re.findall(r"\d+", sheet.print_title_rows))
    assert first <= top == last


def test_every_list_prints_one_page_wide_in_readable_type_with_page_numbers(
    demo_book: Workbook, two_book: Workbook
) -> None:
    for sheet in (*sheets(demo_book), *sheets(two_book)):
        setup = sheet.page_setup
        assert setup.orientation == "landscape"
        if (
            sheet.title.startswith(("结论", "示例县结论", "中牟县结论"))
            and sheet.auto_filter.ref is None
        ):
            assert setup.scale == SCALE, "breaks are heeded only where the scale is fixed"
            assert setup.paperSize == A4
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (setup.fitToWidth, setup.fitToHeight) in ((1, 0), (None, 0))
            widths = [
                each.width - PIXEL
                for each in sheet.column_dimensions.values()
                for _ in range(each.min, each.max + 1)
            ]
            small = printed_size(widths, A4) < LEAST_SIZE
            assert setup.paperSize == (A3 if small else A4), sheet.title
        assert "第 &P 页，共 &N 页" in sheet.oddFooter.center.text
        assert "事实指纹" in sheet.oddFooter.right.text


def test_a_coloured_cell_always_has_a_word_in_it_or_right_of_it(
    demo_book: Workbook, two_book: Workbook
) -> None:
    coloured = 0
    for book in (demo_book, two_book):
        for name in ("学校指标矩阵", "差异系数", "算法比较"):
            for record in cells(book[name]):
                row = list(record.values())
                for cell, right in zip(row, [*row[1:], row[-1]], strict=True):
                    tone = filled(cell)
                    if tone is None or cell.value == "不一致":
                        continue
                    word = cell.value if cell.value in WORDS else right.value
                    assert word in WORD_OF[tone], f"{name} {cell.coordinate}"
                    coloured += 1
    assert coloured > 1_000


def test_tones_can_be_told_apart_without_colour(demo_book: Workbook) -> None:
    fonts = {
        tone: (bool(look.get("bold")), bool(look.get("italic"))) for tone, look in TONES.items()
    }
    assert fonts[Tone.BAD] == fonts[Tone.NEAR_BAD] == (True, False)
    assert fonts[Tone.GOOD] == fonts[Tone.NEAR] == (False, False)
    assert fonts[Tone.OPEN] == (False, True)
    assert len(WORDS - {"不适用"}) == 5
    assert demo_book["结论"]["A4"].value == Verdict.FAIL.value


def test_no_english_word_stands_in_a_visible_cell(demo_book: Workbook, two_book: Workbook) -> None:
    found = {
        (sheet.title, cell.coordinate, str(cell.value))
        for book in (demo_book, two_book)
        for sheet in sheets(book)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and re.search("[A-Za-z]", CODES.sub("", cell.value))
    }
    assert found == set()


def test_numbers_are_numbers_and_codes_are_text(demo_book: Workbook) -> None:
    for record in cells(demo_book["差距清单"]):
        assert isinstance(record["学校代码"].value, str)
        for name in ("数值", "标准", "到标准还差", "到底线还差"):
            assert isinstance(record[name].value, int | float)
            assert record[name].number_format.startswith("#,##0")


def test_text_from_the_schools_is_never_a_formula(demo: Study, tmp_path: Path) -> None:
    facts, evil = demo.snapshot.facts, "=HYPERLINK(1)"
    failing = next(p.school_code for p in demo.assessment.parts if p.verdict is Verdict.FAIL)
    named = pl.when(pl.col("school_code") == failing).then(pl.lit(evil)).otherwise("school_name")
    frame = facts["schools"].with_columns(school_name=named)
    changed = Facts(facts.year, {**facts.frames, "schools": frame}, facts.marks)
    snapshot = Snapshot(demo.snapshot.path, changed, demo.snapshot.seal)
    book = load_workbook(write_book(assess(snapshot, on=demo.assessment.on), tmp_path / "b.xlsx"))
    found = [
        cell
        for sheet in sheets(book)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(evil)
    ]
    assert {cell.parent.title for cell in found} >= {"结论", "学校指标矩阵", "差距清单"}
    assert all(cell.data_type == "s" for cell in found)


# --- the same bytes ------------------------------------------------------------------------------


def test_the_same_study_gives_the_same_bytes(demo: Study, two: Study, tmp_path: Path) -> None:
    for number, study in enumerate((demo, two)):
        first = write_book(study, tmp_path / f"{number}-1.xlsx").read_bytes()
        second = write_book(study, tmp_path / f"{number}-2.xlsx").read_bytes()
        assert first == second


def test_no_clock_is_in_the_book(demo: Study, tmp_path: Path) -> None:
    path = write_book(demo, tmp_path / "book.xlsx")
    assert load_workbook(path).properties.created == datetime(2026, 3, 31)  # noqa: DTZ001
    with zipfile.ZipFile(path) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_another_hash_seed_and_time_zone_give_the_same_bytes(demo: Study, tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from junheng.registry import Snapshot\n"
        "from junheng.studies import assess\n"
        "from junheng.publish import write_book\n"
        "write_book(assess(Snapshot.open(Path(sys.argv[1])), on=date(2026, 3, 31)), Path(sys.argv[2]))\n"
    )
    digests = {hashlib.sha256(write_book(demo, tmp_path / "0.xlsx").read_bytes()).hexdigest()}
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        out = tmp_path / f"{seed}.xlsx"
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        words = [sys.executable, "-c", program, str(demo.snapshot.path), str(out)]
        subprocess.run(words, env=env, check=True)
        digests.add(hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_book_that_cannot_be_finished_leaves_nothing_behind(
    demo: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("junheng.publish.book.writing.write_listing", fails)
    with pytest.raises(JunhengError, match=r"写不进去（no space left）"):
        write_book(demo, tmp_path / "book.xlsx")
    assert list(tmp_path.iterdir()) == []


class _Silent:
    """A sheet that takes everything and keeps where the paper is turned."""

    def __init__(self) -> None:
        self.breaks: list[int] = []

    def __getattr__(self, name: str) -> object:
        return lambda *told, **more: setattr(self, "breaks", told[0]) if "breaks" in name else None


def test_no_section_of_a_page_is_torn_that_could_stand_whole() -> None:
    class Held:
        sheet, looks = _Silent(), Looks(XlsxWorkbook())

    page = Page(Held, (20, 100))  # type: ignore[arg-type]
    starts = []
    for rows in (12, 12, 3, 30, 2):
        starts.append(page.row)
        page.section("一节")
        page.sentences(["一句"] * rows)
    page.finish()
    tall = page._tall / page.row
    assert Held.sheet.breaks
    assert set(Held.sheet.breaks) <= {*starts} | {each + 1 for each in starts}
    ends = [0, *Held.sheet.breaks, page.row]
    room = PAPER_TALL * 100 / SCALE
    assert all((b - a) * tall <= room * 1.1 for a, b in pairwise(ends))
