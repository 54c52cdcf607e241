"""What the terminal and the workbook say of a class-size plan."""

import hashlib
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from rich.console import Console
from sealed_cases import ON, YEAR, sealed, two_counties

from junheng.plan.class_size import Outcome
from junheng.publish import show_class_size, write_class_size
from junheng.publish.class_sizes import NOTICE, year_figures
from junheng.registry import Snapshot
from junheng.sample import make_county
from junheng.studies import ClassSizeStudy, plan_classes

pytestmark = pytest.mark.slow

SHEETS = ["结论", "分校汇总", "分校分年级", "措施", "解决不了的学校", "假设与凭据", "依据"]


@pytest.fixture(scope="module")
def snapshot(store: Path) -> Snapshot:
    return sealed(make_county(seed=1, schools=40, year=YEAR), store)


@pytest.fixture(scope="module")
def planned(snapshot: Snapshot) -> ClassSizeStudy:
    return plan_classes(snapshot, on=ON, years=2, within_m=2000)


@pytest.fixture(scope="module")
def files(planned: ClassSizeStudy, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_class_size(planned, tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def book(files: list[Path]) -> Workbook:
    return load_workbook(files[1])


def said(study: ClassSizeStudy, width: int = 120) -> str:
    console = Console(file=StringIO(), width=width, highlight=False)
    console.print(show_class_size(study))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def words_of(book: Workbook, sheet: str) -> str:
    return "\n".join(
        str(c) for row in book[sheet].iter_rows(values_only=True) for c in row if c is not None
    )


def test_the_terminal_names_every_school_that_nothing_mends(planned: ClassSizeStudy) -> None:
    text = said(planned).replace("\n", "")
    unmended = [s for s in planned.answer.schools if s.outcome is Outcome.UNMENDED]
    assert unmended
    assert all(s.now.name in text for s in unmended)
    for word in ("直线距离", "示例价格, 未核对", "演示数据", NOTICE, "不拆散、不合并现有班级"):
        assert word in text


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(planned: ClassSizeStudy, width: int) -> None:
    from rich.cells import cell_len

    assert max(cell_len(line.rstrip()) for line in said(planned, width).splitlines()) <= width


def test_the_book_has_its_sheets_and_marks_itself(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    summary = words_of(book, "结论")
    assert NOTICE in summary
    assert "演示数据" in summary
    assert "未核对" in summary


def test_the_figures_by_year_are_those_of_the_study(
    book: Workbook, planned: ClassSizeStudy
) -> None:
    (county,) = planned.answer.counties
    rows = [[c for c in row if c is not None] for row in book["结论"].iter_rows(values_only=True)]
    for each in year_figures(planned, county)[1:]:
        found = next(r for r in rows if r and str(r[0]).startswith(f"{each.year}—"))
        assert found[1:11] == [
            each.over_if_nothing, each.large_if_nothing, each.super_large_if_nothing, each.to_open, each.rooms_lacking,
            each.teachers_lacking, each.over, each.large, each.super_large, each.failing,
        ]  # fmt: skip


def test_the_costs_of_the_actions_add_up_to_the_plan(
    book: Workbook, planned: ClassSizeStudy
) -> None:
    rows = list(book["措施"].iter_rows(values_only=True))
    heading = next(i for i, row in enumerate(rows) if row[0] == "学年")
    at = rows[heading].index("方案期内（元）")
    total = sum(Decimal(str(row[at])) for row in rows[heading + 1 :] if row[at] is not None)
    exact = Decimal(planned.answer.cost_yuan.numerator) / planned.answer.cost_yuan.denominator
    assert abs(total - exact) < Decimal(len(rows)) / 2
    assert len(rows) - heading - 1 == len(planned.answer.actions)


def test_every_school_and_every_assumption_is_in_the_book(
    book: Workbook, planned: ClassSizeStudy
) -> None:
    schools = words_of(book, "分校汇总")
    assert all(s.now.code in schools and s.now.name in schools for s in planned.answer.schools)
    told = words_of(book, "假设与凭据")
    assert all(each in told for each in planned.answer.assumptions)
    assert planned.answer.plan.hash in told
    assert "GV5" in words_of(book, "依据")


def test_the_same_plan_gives_the_same_bytes(
    snapshot: Snapshot, files: list[Path], tmp_path: Path
) -> None:
    again = write_class_size(plan_classes(snapshot, on=ON, years=2, within_m=2000), tmp_path)
    for one, other in zip(files, again, strict=True):
        assert (
            hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()
        )


def test_the_date_of_the_file_is_the_day_asked(book: Workbook) -> None:
    created = book.properties.created
    assert created is not None
    assert created.date() == ON == date(2026, 3, 31)


def test_several_counties_are_told_side_by_side_and_then_one_by_one(tmp_path: Path) -> None:
    study = plan_classes(sealed(two_counties(), tmp_path), on=ON, years=1)
    found = load_workbook(write_class_size(study, tmp_path)[1])
    codes = [county.code for county in study.answer.counties]
    assert found.sheetnames == [*(f"结论 {c}" for c in codes), "各区县", *SHEETS[1:]]
    rows = {row[0]: row for row in found["各区县"].iter_rows(values_only=True)}
    text = said(study)
    for county in study.answer.counties:
        today, last = year_figures(study, county)
        assert rows[county.code][1:6] == (
            county.name, today.over, last.over, last.large, last.super_large,
        )  # fmt: skip
        told = [int(n) for n in rows[county.code][6:10]]
        assert sum(told) == len(county.schools) + len(county.unknown)
    assert text.index("各区县") < text.index("逐年")
    homes = {s.now.code: county.name for county in study.answer.counties for s in county.schools}
    homes |= {u.code: county.name for county in study.answer.counties for u in county.unknown}
    for sheet in ("分校汇总", "分校分年级", "措施", "解决不了的学校"):
        headings, listed = _listed(found[sheet])
        assert listed or sheet == "解决不了的学校"
        place, code = headings.index("区县"), headings.index("学校代码")
        assert all(row[place] == homes[row[code]] for row in listed)


def _listed(sheet: Worksheet) -> tuple[list[str], list[tuple[str, ...]]]:
    """The lowest row of headings, and the rows of schools under it."""
    rows = list(sheet.iter_rows(values_only=True))
    top = next(i for i, row in enumerate(rows) if "学校代码" in row)
    headings = [str(cell) for cell in rows[top]]
    code = headings.index("学校代码")
    return headings, [row for row in rows[top + 1 :] if str(row[code] or "").isdigit()]
