"""The files of a study, and the findings as documented data."""

import json
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from sealed_cases import report_of

from junheng.publish import finding_rows, findings_record, write_results
from junheng.registry import Level
from junheng.sample import make_county
from junheng.studies import Study

SCHEMA = json.loads(files("junheng.publish").joinpath("findings.schema.json").read_text("utf-8"))


def test_all_results_are_written_into_a_new_folder_and_named(demo: Study, tmp_path: Path) -> None:
    written = write_results(demo, tmp_path / "new" / "out")
    assert [path.name for path in written] == [
        "assessment.json",
        "assessment.parquet",
        "receipt.json",
        "结果册.xlsx",
    ]
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == sorted(
        path.name for path in written
    )
    assert json.loads(written[0].read_text("utf-8")) == demo.record
    assert pl.read_parquet(written[1]).equals(demo.table)


def test_results_of_the_same_study_are_the_same_bytes(two: Study, tmp_path: Path) -> None:
    first = write_results(two, tmp_path / "1")
    second = write_results(two, tmp_path / "2")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_findings_are_plain_data_of_the_documented_shape() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    report = report_of(make_county(seed=7, schools=20))
    record = json.loads(json.dumps(findings_record(report), ensure_ascii=False))
    Draft202012Validator(SCHEMA).validate(record)
    assert record["counts"] == {"必须改": 0, "请说明": 0, "提示": 1}
    assert record["acceptable"] is True
    assert record["findings"] == finding_rows(report)
    assert record["findings"][0]["level"] == Level.NOTE
    assert record["findings"][0]["sentence"] == report.findings[0].sentence
    assert record["unverified"] == [{"check": "K15", "reason": "没有上年数据"}]


@pytest.mark.parametrize("change", ["drop", "add"])
def test_the_shape_allows_nothing_less_and_nothing_more(change: str) -> None:
    record = findings_record(report_of(make_county(seed=7, schools=20)))
    if change == "drop":
        del record["findings"][0]["mend"]
    else:
        record["findings"][0]["colour"] = "red"
    assert not Draft202012Validator(SCHEMA).is_valid(record)
