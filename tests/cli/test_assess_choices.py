"""assess with its choices: scheme, readings, another document; every misuse is a sentence."""

import json

import pytest
from worked.building import rows_of, school

from junheng import cli
from junheng.registry import Facts, Snapshot
from junheng.registry import snapshot as registry_snapshot

ON = ["--on", "2026-03-31"]
OTHER = """
number = "示例〔2026〕1号"
title = "示例修订"
place = "000000"
checked = "演示"
amends = ["教督〔2017〕6号"]
[[clause]]
code = "L5"
article = "第一条"
gist = "示例"
source = "D"
confidence = "D"
kind = "limit"
indicators = ["L5"]
at_least = { primary = "8.5", junior = "11" }
"""


@pytest.fixture
def known(monkeypatch, tmp_path):
    """A snapshot that opens at a path, without a workbook: two primary schools, one private."""
    rows = [
        school("2141990001", "primary", {"primary": 1000}, teaching_auxiliary_area_m2=4000,
               sports_ground_area_m2=8000),
        school("2141990002", "primary", {"primary": 1000}, ownership="private"),
    ]  # fmt: skip
    facts = Facts.from_rows(rows_of(rows), year=2025)
    seal = {"by": "某人", "on": "2025-10-20", "year": 2025, "to_explain": [], "sources": []}
    opened = Snapshot(tmp_path / "seals" / "x", facts, seal | {"template": "", "unverified": []})
    monkeypatch.setattr(registry_snapshot.Snapshot, "open", classmethod(lambda cls, path: opened))
    return str(tmp_path)


def run(*words: str, expect: int = 0) -> None:
    assert cli.run(["assess", *words]) == expect


def test_readings_print_for_people_and_as_json(known, tmp_path, capsys):
    run(known, *ON, "--readings")
    assert "结论经得起不同读法吗" in capsys.readouterr().out
    run(known, *ON, "--readings", "--json")
    record = json.loads(capsys.readouterr().out)
    assert record["format"] == "junheng readings 1"
    run(known, *ON, "--readings", "-o", str(tmp_path / "out"))
    assert "口径.xlsx" in capsys.readouterr().out
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "readings.json",
        "口径.xlsx",
    ]


def test_another_document_prints_for_people_and_as_json(known, tmp_path, capsys):
    other = tmp_path / "other.toml"
    other.write_text(OTHER, encoding="utf-8")
    run(known, *ON, "--against", str(other))
    assert "新增不达标的学校（1个）" in capsys.readouterr().out
    run(known, *ON, "--against", str(other), "--json", "-o", str(tmp_path / "out"))
    record = json.loads(capsys.readouterr().out)
    assert [key[3] for key in record["newly_failing"]] == ["2141990001"]
    assert (tmp_path / "out" / "对照.xlsx").is_file()


def test_a_reading_changes_the_assessment_and_stands_in_its_receipt(known, capsys):
    run(known, *ON, "--json")
    plain = json.loads(capsys.readouterr().out)
    run(known, *ON, "--json", "--reading", "private-schools=out", "--reading", "x1=on")
    record = json.loads(capsys.readouterr().out)
    assert record["receipt"]["readings"] == {"private-schools": "out", "x1": "on"}
    assert record["receipt"]["relaxations"] == ["X1"]
    assert len(plain["counties"][0]["parts"]) == 2
    assert len(record["counties"][0]["parts"]) == 1


def test_explain_takes_readings_too(known, capsys):
    words = [known, *ON, "--school", "2141990002", "--indicator", "L5"]
    words += ["--reading", "private-schools=out"]
    assert cli.run(["explain", *words]) == 2
    assert "民办学校，按所选口径不计入" in capsys.readouterr().err


def test_the_scheme_of_2012_is_an_option(known, capsys):
    run(known, *ON, "--scheme", "2012-basic", "--json")
    record = json.loads(capsys.readouterr().out)
    assert record["scheme"] == "2012-basic"
    assert record["counties"][0]["verdict"] == "缺数据"


@pytest.mark.parametrize("code", ["B0", "B1"])
def test_a_line_of_2012_is_explained_where_that_scheme_is_asked_for(known, code, capsys):
    asked = ["explain", known, *ON, "--county", "410199", "--indicator", code]
    assert cli.run([*asked, "--scheme", "2012-basic"]) == 0
    assert "教督〔2012〕3号" in capsys.readouterr().out
    assert cli.run(asked) == 2
    assert f"这个方案没有“{code}”这一项" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--reading", "campus"], "看不懂"),
        (["--reading", "=school"], "看不懂"),
        (["--reading", "campus="], "看不懂"),
        (["--reading", "campus=nope"], "没有“nope”这个选项。可用：merged、school"),
        (["--reading", "nope=on"], "没有名为“nope”的未决口径"),
        (["--reading", "campus=school", "--reading", "campus=merged"], "写了两种读法"),
        (["--reading", "x1=off", "--relax", "X1"], "矛盾"),
        (["--reading", "cv-variant=weighted", "--variant", "unweighted_pop"], "矛盾"),
        (["--scheme", "nope"], "没有名为“nope”的评估方案。可用的方案"),
        (["--scheme", "2012-basic", "--reading", "campus=school"], "没有名为“campus”的未决口径"),
        (["--readings", "--against", "x.toml"], "请分两次运行"),
        (["--against", "没有.toml"], "找不到“没有.toml”"),
    ],
)
def test_a_choice_that_does_not_fit_is_a_sentence(known, capsys, words, told):
    run(known, *ON, *words, expect=2)
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""


def test_the_same_reading_said_twice_is_one(known, capsys):
    run(known, *ON, "--json", "--reading", "campus=school", "--reading", "campus=school")
    assert json.loads(capsys.readouterr().out)["receipt"]["readings"] == {"campus": "school"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OTHER.replace("at_least", "at_leest"), "at_leest"),
        (OTHER.replace('amends = ["教督〔2017〕6号"]', ""), "L5"),
        ("number = ", "内容"),
    ],
)
def test_a_document_that_cannot_be_used_is_named_with_its_fault(
    known, tmp_path, capsys, text, told
):
    other = tmp_path / "other.toml"
    other.write_text(text, encoding="utf-8")
    run(known, *ON, "--against", str(other), expect=1)
    said = capsys.readouterr().err
    assert told in said
    assert "other.toml" in said


def test_a_document_of_another_matter_is_refused(known, tmp_path, capsys):
    other = tmp_path / "other.toml"
    text = OTHER.replace('amends = ["教督〔2017〕6号"]', "").replace("L5", "NEW")
    other.write_text(text.replace('indicators = ["NEW"]', ""), encoding="utf-8")
    run(known, *ON, "--against", str(other), expect=2)
    assert "既没有写明修订" in capsys.readouterr().err
