"""目标册: every commitment with its light in a word, the registers whole, the same bytes each time."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from read_back import rows
from worked.building import rows_of, school

from junheng.publish import write_targets
from junheng.publish.target_files import TARGET_BOOK
from junheng.registry import Facts, Snapshot
from junheng.studies import TargetStudy, follow_targets

ON = date(2026, 11, 24)
SHEETS = ["逾期与落后", "全部目标", "口径与来源", "要求制定的文件", "机制", "待明确的口径", "来源"]


def followed(folder: Path) -> TargetStudy:
    progress = [
        {
            "commitment": code,
            "place": "410100",
            "measured_on": date.fromisoformat(day),
            "value": Decimal(value),
            "source": "=示例台账",
            "recovery_date": date(2027, 6, 30),
        }
        for code, day, value in (
            ("C03.1", "2025-12-31", "141"),
            ("C07.1", "2025-12-31", "41"),
            ("C09.5", "2026-10-31", "290"),
            ("C09.1", "2027-01-01", "195"),
        )
    ]
    schools = [school("2141000001", "primary", {"primary": 90})]
    form = {"county_code": "410199", "county_name": "示例县"}
    facts = Facts.from_rows(rows_of(schools, county=[form], progress=progress), year=2025)
    return follow_targets([Snapshot(folder / "2025-test", facts, {})], on=ON)


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> TargetStudy:
    return followed(tmp_path_factory.mktemp("targets"))


@pytest.fixture(scope="module")
def book(study, tmp_path_factory) -> Workbook:
    folder = tmp_path_factory.mktemp("book")
    write_targets(study, folder)
    return load_workbook(folder / TARGET_BOOK)


def test_the_sheets_are_those_announced(book):
    assert book.sheetnames == SHEETS


def test_every_commitment_has_its_light_in_a_word(book, study):
    found = rows(book, "全部目标")
    assert [each["编号"] for each in found] == [v.promise.target.code for v in study.board.verdicts]
    assert len(found) >= 79
    lights = Counter(each["亮灯"] for each in found)
    assert lights == {light.value: n for light, n in study.counts.items() if n}
    for each in found:
        assert each["条号"] == f"§{int(each['编号'][1:3])}"
        assert each["原因"], each
        assert each["责任单位"], each
        assert each["期限"], each


def test_colours_say_what_the_words_say(book):
    sheet = book["全部目标"]
    fills = {}
    for line in sheet.iter_rows(min_row=1):
        for cell in line:
            if cell.value in ("逾期", "落后", "达成", "无数据"):
                fills.setdefault(cell.value, set()).add(cell.fill.fgColor.rgb)
    assert all(len(each) == 1 for each in fills.values())
    assert len({next(iter(each)) for each in fills.values()}) == 4


def test_the_first_sheet_lists_what_is_overdue_and_then_what_is_behind(book):
    found = rows(book, "逾期与落后")
    assert [(each["亮灯"], each["编号"]) for each in found] == [
        ("逾期", "C03.1"),
        ("落后", "C09.5"),
    ]
    overdue = found[0]
    assert overdue["结论"] == "未达标"
    assert overdue["还差"] == "9 所"
    assert "到 2027-06-30（登记的承诺日期）补齐，每月至少" in overdue["补齐进度"]
    assert overdue["期限"] == "2025-12-31\n（到“十四五”末）"


def test_numbers_are_numbers_and_what_is_unknown_is_empty(book):
    found = {each["编号"]: each for each in rows(book, "全部目标")}
    assert found["C03.1"]["实际数"] == 141
    assert found["C09.1"]["实际数"] is None
    assert found["C04.1"]["结论"] is None


def test_text_that_begins_like_a_formula_stays_text(book):
    found = {each["编号"]: each for each in rows(book, "口径与来源")}
    assert found["C03.1"]["实际数的来源"].startswith("=示例台账")


def test_the_registers_are_whole(book):
    documents = rows(book, "要求制定的文件")
    assert [each["编号"] for each in documents] == [f"D{n:02}" for n in range(1, 24)]
    assert {each["状态"] for each in documents} == {"未核对"}
    assert [each["编号"] for each in rows(book, "机制")] == [f"M{n:02}" for n in range(1, 67)]
    points = rows(book, "待明确的口径")
    assert [each["出处"] for each in points][:11] == [f"附录C-{n}" for n in range(1, 12)]
    assert all(each["请主管部门答复"] and each["现在采用"] for each in points)


def test_what_was_not_used_is_on_the_last_sheet(book):
    unused = [each for each in rows(book, "来源") if each["类别"] == "没有采用"]
    assert [(each["名称"], each["内容"]) for each in unused] == [
        ("C09.1 410100 2027-01-01", "统计日期晚于 2026-11-24")
    ]


def test_invented_figures_say_so(book):
    texts = [str(line[0].value or "") for line in book["逾期与落后"].iter_rows(max_row=6)]
    assert any(text.startswith("演示数据") for text in texts)


def test_the_same_study_gives_the_same_bytes(study, tmp_path):
    one, two = tmp_path / "一", tmp_path / "二"
    write_targets(study, one)
    write_targets(followed(tmp_path), two)
    for name in ("targets.json", TARGET_BOOK):
        assert (one / name).read_bytes() == (two / name).read_bytes()
