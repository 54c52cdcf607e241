"""Five lines in a notebook, and what each result looks like there."""

from pathlib import Path

import polars as pl
import pytest

import junheng
from junheng.errors import MisuseError
from junheng.sample import fill_workbook

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def filed(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("notebook") / "示例县.xlsx"
    fill_workbook(path, seed=5, schools=24)
    return path


@pytest.fixture(scope="module")
def study(filed, tmp_path_factory):
    report = junheng.check(junheng.read(filed))
    store = tmp_path_factory.mktemp("store")
    snapshot = junheng.seal(report, store, year=2025, by="填报人", on="2025-10-20")
    return junheng.assess(snapshot, on="2026-03-31")


def test_a_filing_and_a_snapshot_say_in_a_line_what_they_are(filed, study):
    assert "示例县.xlsx；24所学校" in repr(junheng.read(filed))
    line = repr(study.study.snapshot)
    assert "填报人 2025-10-20" in line
    assert study.study.assessment.facts in line
    assert "\n" not in line


def test_a_check_shows_itself_and_is_a_table(filed):
    report = junheng.check(junheng.read(filed))
    assert report.acceptable
    assert "检查完毕" in repr(report)
    assert "检查完毕" in report._repr_html_()
    assert report.table.columns == [
        "level",
        "check",
        "file",
        "sheet",
        "cell",
        "found",
        "allowed",
        "mend",
    ]
    assert len(report.table) == len(report.report.findings)


def test_a_study_shows_its_verdict_and_is_a_table(study):
    county = study.study.assessment.counties[0]
    assert county.verdict.value in repr(study)
    assert county.verdict.value in study._repr_html_()
    judged = study.table.filter(pl.col("what") == "value")
    assert len(judged) == 7 * len(county.parts)
    assert study.table.filter(pl.col("what") == "cv")["verdict"].to_list() == [
        s.verdict.value for s in county.spreads
    ]


def test_a_study_can_be_written_and_assessed_again_from_its_path(study, tmp_path):
    files = study.write(tmp_path)
    assert {each.suffix for each in files} == {".json", ".parquet", ".xlsx"}
    again = junheng.assess(str(study.study.snapshot.path), on="2026-03-31")
    assert again.study.record == study.study.record


def test_an_explanation_opens_a_school_and_a_county(study):
    part = study.study.assessment.counties[0].parts[0]
    shown = repr(junheng.explain(study, school=part.school_code, indicator="L5"))
    assert part.of("L5").numbers.split("÷")[0] in shown
    assert "示例县.xlsx 校舍场地设备!" in shown
    assert "校际差异系数" in repr(junheng.explain(study, county="410199", indicator="L5"))


def test_an_explanation_of_nothing_says_what_to_give(study):
    with pytest.raises(MisuseError, match="school"):
        junheng.explain(study)
    with pytest.raises(MisuseError, match="没有学校"):
        junheng.explain(study, school="9999999999")


def test_a_board_of_targets_shows_itself_and_is_a_table(study, tmp_path):
    board = junheng.targets(study.study.snapshot.path, on="2026-11-24", recover_by="2027-08-31")
    assert "政策目标：示例县（演示数据）" in repr(board)
    assert "逾期" in board._repr_html_()
    assert board.table["commitment"].n_unique() == 79
    assert {each.name for each in board.write(tmp_path)} == {"targets.json", "目标册.xlsx"}
    again = junheng.targets(study.study.snapshot, on="2026-11-24", readings={"seats": "net-2023"})
    assert again.study.board.policy.readings["seats"] == "net-2023"


def test_the_package_offers_its_names_and_no_others():
    assert set(junheng.__all__) <= set(dir(junheng))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = junheng.nothing
