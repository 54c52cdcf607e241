"""junheng standards: list, show, compare; a wrong call is told in a sentence."""

import json
from pathlib import Path

import pytest

from junheng.cli import run
from junheng.standards import rule_files

HERE = ["standards", "--place", "410105", "--on", "2026-09-01"]
DRAFT = """
number = "修订草案"
title = "修订草案"
place = "410100"
in_force = 2026-09-01
checked = "未核对"
amends = ["教督〔2017〕6号"]

[[clause]]
code = "L5"
article = "第一条"
gist = "生均体育运动场馆面积提高"
source = "草案"
confidence = "L"
kind = "limit"
indicators = ["L5"]
at_least = { primary = "8.0", junior = "10.2" }
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "草案.toml"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def said(capsys, *words: str, status: int = 0) -> str:
    assert run([str(word) for word in words]) == status
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return err if status else out


def test_what_is_in_force_is_listed(capsys):
    text = said(capsys, *HERE)
    for part in (
        "金水区（410105）在 2026-09-01",
        "教督〔2017〕6号",
        "GV15-CARE",
        "VT7",
        "STAFF",
        "C02.1",
        "M66",
    ):
        assert part in text


def test_one_kind_is_listed(capsys):
    text = said(capsys, *HERE, "--kind", "statement")
    assert "VT1" in text
    assert "GV1" not in text


def test_the_list_is_given_to_machines(capsys):
    told = json.loads(said(capsys, *HERE, "--json", "--kind", "limit"))
    l5 = next(item for item in told["items"] if item["code"] == "L5")
    assert (told["place"], told["on"]) == ("410105", "2026-09-01")
    assert (l5["document"], l5["place"], l5["kind"]) == ("教督〔2017〕6号", "000000", "limit")
    assert l5["says"]["at_least"] == {"primary": "7.5", "junior": "10.2"}
    assert l5["says"]["confidence"] == "H"


def test_a_code_is_shown_with_its_formula_from_the_catalogue(capsys):
    text = said(capsys, "standards", "show", "L5")
    assert "限值 L5" in text
    assert "校内体育场面积" in text
    assert "可用的例外（2项）" in text
    told = json.loads(said(capsys, "standards", "show", "GV11", "--json"))
    assert {each["code"] for each in told["said"]} >= {"GV11", "GV11-KEY", "GV11-KEY-ELIGIBLE"}
    assert len(told["formulas"]) == 3


def test_two_days_are_compared(capsys):
    text = said(capsys, *HERE, "--diff-on", "2022-09-01", "--kind", "norm")
    assert "乙：金水区（410105），2022-09-01" in text
    assert "FUNDS-RAISED" in text
    assert "FUNDS-2016" not in text


def test_two_places_are_compared(capsys):
    text = said(capsys, *HERE, "--diff-place", "沈阳市", "--kind", "norm")
    assert "乙：沈阳市（210100）" in text
    assert "1150" in text


def test_a_draft_is_compared_with_what_is_in_force(capsys, draft):
    text = said(capsys, *HERE, "--diff-with", draft)
    assert "教督〔2017〕6号 → 修订草案" in text
    assert "8.0" in text
    early = ["standards", "--place", "410105", "--on", "2026-08-31", "--diff-with", draft]
    text = said(capsys, *early)
    assert "没有差别" in text
    assert "没有施行" in text
    told = json.loads(said(capsys, *HERE, "--diff-with", draft, "--json"))
    assert [
        f["after"] for f in told["changed"][0]["fields"] if f["field"] == "at_least.primary"
    ] == ["8.0"]


def test_two_documents_are_compared(capsys, tmp_path):
    ours = (rule_files.root() / "documents/china/2017-jiaodu-6.toml").read_text(encoding="utf-8")
    path = tmp_path / "新版.toml"
    path.write_text(ours.replace('primary = "7.5"', 'primary = "8.5"'), encoding="utf-8")
    text = said(capsys, "standards", "diff", "教督〔2017〕6号", path)
    assert "内容不同（1条）" in text
    assert "8.5" in text
    told = json.loads(said(capsys, "standards", "diff", path, "教督〔2017〕6号", "--json"))
    assert [f["before"] for f in told["changed"][0]["fields"]] == ["8.5"]


@pytest.mark.parametrize(
    ("words", "status", "named"),
    [
        (["standards"], 2, "--place 和 --on"),
        (["standards", "--place", "410105"], 2, "--place 和 --on"),
        (["standards", "--place", "金水", "--on", "2026-09-01"], 2, "金水区（410105）"),
        (["standards", "--place", "410105", "--on", "2026-9-1"], 2, "日期"),
        ([*HERE, "--kind", "limits"], 2, "limits"),
        ([*HERE, "--diff-place", "nowhere"], 2, "nowhere"),
        ([*HERE, "--diff-with", "没有.toml"], 1, "找不到"),
        (["standards", "show"], 2, "缺少"),
        (["standards", "show", "L99"], 2, "L99"),
        (["standards", "shw"], 2, "是不是“show”"),
        (["standards", "diff", "教督〔2017〕6号", "教督〔2018〕6号"], 2, "教督〔2018〕6号"),
        (["standards", "diff", "教督〔2017〕6号", "没有.toml"], 1, "找不到"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_refused_in_a_sentence(capsys, words, status, named):
    assert named in said(capsys, *words, status=status)


def test_a_draft_that_contradicts_is_refused_by_file_and_key(capsys, draft):
    draft.write_text(DRAFT.replace("amends", "#"), encoding="utf-8")
    text = said(capsys, *HERE, "--diff-with", draft, status=1)
    for part in ("草案.toml", "code = L5", "教督〔2017〕6号", "amends"):
        assert part in text


def test_an_option_never_takes_the_name_of_another_as_its_value(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["sample", "out.xlsx", "--evidence", "--years", "2"]) == 2
    assert "“--evidence”缺少它的值" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
