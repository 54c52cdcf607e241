"""Readings and policy diffs as they are shown: in 120 columns, as Excel lists, as files."""

import json
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len
from rich.console import Console
from sealed_cases import ON
from studies.reading_cases import CASES

from junheng import publish
from junheng.standards import read_document
from junheng.studies import Against, Readings, Study, assess_against, read_every_way

pytestmark = pytest.mark.slow

OTHER = """
number = "示例〔2026〕1号"
title = "示例修订"
place = "000000"
checked = "演示"
amends = ["教督〔2017〕6号"]
{more}
[[clause]]
code = "L5"
article = "第一条"
gist = "示例"
source = "D"
confidence = "D"
kind = "limit"
indicators = ["L5"]
at_least = {{ primary = "8.5", junior = "11" }}
"""


def printed(renderable: object, width: int = 120) -> str:
    console = Console(file=StringIO(), width=width, highlight=False)
    console.print(renderable)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def readings(demo: Study) -> Readings:
    return read_every_way(demo.snapshot, on=ON, most_pairs=3)


@pytest.fixture(scope="module")
def against(demo: Study, tmp_path_factory: pytest.TempPathFactory) -> Against:
    path = tmp_path_factory.mktemp("other") / "other.toml"
    path.write_text(OTHER.format(more=""), encoding="utf-8")
    return assess_against(demo.snapshot, on=ON, other=read_document(path))


# --- in the terminal ---------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(readings, against, width):
    for view in (publish.show_readings(readings), publish.show_against(against)):
        lines = printed(view, width).splitlines()
        assert max(cell_len(line) for line in lines) <= width


def test_every_verdict_that_flips_is_shown_with_the_reading_and_the_question(readings):
    text = "".join(printed(publish.show_readings(readings)).split())
    for each in readings.found:
        if each.point.kind not in ("area", "line", "spread"):
            continue
        for turn in each.turns:
            assert turn.choices[0].option.label.replace(" ", "") in text
    for switch, count in readings.questions:
        if count:
            assert "".join(switch.question.split()) in text.replace("│", "") or switch.code in text
            assert f"{count}个" in text


def test_the_headline_counts_what_holds(readings):
    judged = [each for each in readings.found if each.verdict is not None]
    text = printed(publish.show_readings(readings))
    assert f"共{len(judged)}个结论" in text
    assert f"{len(readings.open_ones)}个会因口径而变" in text


def test_a_county_whose_verdicts_all_hold_says_so():
    found = read_every_way(CASES["private-schools=out"].snapshot, on=ON, most_pairs=0)
    text = printed(publish.show_readings(found))
    assert "在全部未决口径下都成立" in text
    assert "（只作比较）" in text


def test_demonstration_data_say_so_everywhere(readings, against):
    for view in (publish.show_readings(readings), publish.show_against(against)):
        assert "演示数据" in printed(view)


def test_an_option_that_could_not_be_tried_is_told(readings):
    from dataclasses import replace

    choice = readings.tried[0].choice
    told = printed(publish.show_readings(replace(readings, refused=((choice, "当天没有"),))))
    assert "没有试：当天没有" in told


def test_the_diff_shows_clauses_and_schools_with_both_values(against):
    text = "".join(printed(publish.show_against(against)).split())
    assert "L5：改变" in text
    assert "小学7.5，初中10.2→小学8.5，初中11" in text
    assert against.newly_failing
    for change in against.newly_failing:
        assert "".join(change.point.title.split()) in text
    assert f"新增不达标的学校（{len(against.newly_failing)}个）" in text


def test_a_diff_without_effect_says_why(demo, tmp_path):
    path = tmp_path / "other.toml"
    path.write_text(OTHER.format(more="in_force = 2030-01-01"), encoding="utf-8")
    found = assess_against(demo.snapshot, on=ON, other=read_document(path))
    text = printed(publish.show_against(found))
    assert "没有任何结论改变" in text
    assert "尚未施行" in text


# --- as files ----------------------------------------------------------------------------------


def listed(path: Path, sheet: str) -> list[dict[str, object]]:
    """Rows of a listing by heading: the first row with an autofilter is that of the headings."""
    found = load_workbook(path)[sheet]
    first = int(
        found.auto_filter.ref.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$").lstrip("$")
    )
    rows = list(found.iter_rows(values_only=True))
    names = rows[first - 1]
    return [dict(zip(names, row, strict=True)) for row in rows[first:]]


def test_the_reading_book_lists_every_turn_every_verdict_and_every_question(readings, tmp_path):
    data, book = publish.write_readings(readings, tmp_path / "新" / "结果")
    assert (data.name, book.name) == ("readings.json", "口径.xlsx")
    turns = listed(book, "会变的结论")
    assert len(turns) == sum(len(each.turns) for each in readings.found)
    assert {row["变为"] for row in turns} <= {"达标", "未达标", "缺数据", "不适用", "不计入"}
    everything = listed(book, "全部结论")
    assert len(everything) == len(readings.found)
    assert sum(row["各种口径下"] == "会变" for row in everything) == len(readings.open_ones)
    questions = listed(book, "请示问题")
    assert [row["口径"] for row in questions] == [switch.code for switch, _ in readings.questions]
    assert json.loads(data.read_text("utf-8"))["format"] == "junheng readings 1"


def test_the_diff_book_lists_every_change_and_every_clause(against, tmp_path):
    data, book = publish.write_against(against, tmp_path)
    assert (data.name, book.name) == ("against.json", "对照.xlsx")
    changes = listed(book, "改变的结论")
    assert len(changes) == len(against.changes)
    assert {row["新结论"] for row in changes} <= {"达标", "未达标", "缺数据", "不适用"}
    (clause,) = listed(book, "不同的条款")
    assert clause["条款"] == "L5：改变"
    assert json.loads(data.read_text("utf-8"))["format"] == "junheng against 1"


def test_the_same_study_gives_the_same_bytes(readings, against, tmp_path):
    for write, found in ((publish.write_readings, readings), (publish.write_against, against)):
        first = [path.read_bytes() for path in write(found, tmp_path / "一")]
        second = [path.read_bytes() for path in write(found, tmp_path / "二")]
        assert first == second


def test_nothing_that_flips_leaves_a_list_that_says_so(tmp_path):
    found = read_every_way(CASES["inclusion-rate=97"].snapshot, on=ON, most_pairs=0)
    from dataclasses import replace

    quiet = replace(found, found=tuple(replace(each, turns=()) for each in found.found))
    _, book = publish.write_readings(quiet, tmp_path)
    (row,) = listed(book, "会变的结论")
    assert row["区县"] == "没有：全部结论在各种口径下都成立"


def test_the_scheme_of_2012_writes_its_data_and_no_book_of_schools(demo, tmp_path):
    from junheng.studies import assess

    study = assess(demo.snapshot, on=ON, scheme="2012-basic")
    names = [path.name for path in publish.write_results(study, tmp_path)]
    assert names == ["assessment.json", "assessment.parquet", "receipt.json"]
    text = printed(publish.show_assessment(study))
    assert "不评单所学校" in text
    assert "综合差异系数" in text
