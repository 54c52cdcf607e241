"""What the terminal says, at 80 and at 120 columns."""

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from junheng.diagnosis import Verdict
from junheng.publish import show_assessment, show_explanation, show_findings
from junheng.publish.digits import amount_text, spread_text, value_text
from junheng.publish.wording import headline
from junheng.registry import Filing, Finding, Level, Origin, Report, Source
from junheng.studies import Study, assess
from junheng.studies.explanation import explain_county, explain_school

WIDTHS = (80, 120)


def printed(shown: RenderableType, width: int) -> str:
    """The plain text of a view; no line may be wider than the terminal."""
    console = Console(record=True, width=width, file=io.StringIO(), color_system=None)
    console.print(shown)
    text = console.export_text()
    assert max(cell_len(line) for line in text.split("\n")) <= width
    return text


def joined(text: str) -> str:
    """The text without line breaks, blanks and frames, to look for sentences in."""
    return "".join(each for each in text if not each.isspace() and each not in "│─╭╮╰╯")


def holds(text: str, sentence: str) -> bool:
    return joined(sentence) in joined(text)


# --- an assessment -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_an_assessment_opens_with_the_verdict_its_reasons_and_the_variant(
    demo: Study, width: int
) -> None:
    text = printed(show_assessment(demo), width)
    county = demo.assessment.counties[0]
    assert "示例县（演示数据）　未达标" in text.split("\n")[1]
    assert holds(text, headline(county))
    assert all(holds(text, reason) for reason in county.reasons)
    assert holds(text, "差异系数算法：学生数加权")
    assert holds(text, "以下是演示数据")


@pytest.mark.parametrize("width", WIDTHS)
def test_each_failing_school_stands_with_its_indicators_and_what_it_lacks(
    demo: Study, width: int
) -> None:
    text = joined(printed(show_assessment(demo), width))
    for part in demo.assessment.parts:
        if part.verdict is not Verdict.FAIL:
            continue
        for each in part.indicators:
            if each.verdict is Verdict.FAIL and each.gap:
                line = f"{each.indicator}{value_text(each)}"
                assert line in text
                assert amount_text(each.gap.to_limit, each.gap.unit) in text


@pytest.mark.parametrize("width", WIDTHS)
def test_every_cv_stands_with_its_verdict_and_limit(demo: Study, width: int) -> None:
    text = printed(show_assessment(demo), width)
    assert "小学（≤0.50）" in text
    assert "初中（≤0.45）" in text
    table = text.partition("资源配置：校际差异系数")[2]
    for spread in demo.assessment.spreads:
        line = next(each for each in table.split("\n") if each.startswith(spread.indicator))
        assert spread_text(spread) in line
        assert spread.verdict.value in line


def test_verdicts_have_a_colour_and_a_word(demo: Study) -> None:
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    console.print(show_assessment(demo))
    coloured = console.export_html(inline_styles=True)
    assert "未达标" in coloured
    assert "color:" in coloured


@pytest.mark.parametrize("width", WIDTHS)
def test_missing_schools_blank_values_exceptions_and_doubtful_variants_are_said(
    two: Study, width: int
) -> None:
    text = printed(show_assessment(two), width)
    assert "中牟县　缺数据" in text
    missing = two.assessment.counties[1].missing
    assert len(missing) == 2
    assert all(holds(text, f"{each.code}{each.name}：{each.reason}") for each in missing)
    assert holds(text, "L7缺数据")
    assert holds(text, "注意：换一种算法，结论就不同")
    assert holds(text, "例外：X1、X2")
    assert holds(text, "采用，加计")


def test_a_cv_that_fails_by_a_hair_is_printed_above_its_limit(narrow: Study) -> None:
    text = printed(show_assessment(narrow), 80).partition("资源配置：校际差异系数")[2]
    line = next(each for each in text.split("\n") if each.startswith("L5"))
    shown = next(Fraction(word) for word in line.split() if word.startswith("0.5"))
    assert shown > Fraction(1, 2)
    assert "未达标" in line


def test_a_county_that_passes_has_no_list_of_failing_schools(passing: Study) -> None:
    text = printed(show_assessment(passing), 80)
    assert "示例县（演示数据）　达标" in text
    assert "未达标的学校" not in text


# --- an explanation ------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_an_indicator_is_explained_from_formula_to_cell_and_clause(demo: Study, width: int) -> None:
    part = next(p for p in demo.assessment.parts if p.verdict is Verdict.FAIL and p.combined)
    for explained in explain_school(demo, part.school_code):
        text = printed(show_explanation(explained), width)
        assert holds(text, explained.formula)
        assert holds(text, f"{explained.numbers}＝{value_text(explained.judged)}")
        assert explained.judged.verdict.value in text
        for each in explained.inputs:
            assert holds(text, each.label)
        assert holds(text, "示例县.xlsx")
        assert holds(text, explained.demand.clause.gist)
        assert holds(text, explained.demand.citation)
        assert holds(text, "可信度：")


def test_a_failing_part_is_told_the_ways_out(demo: Study) -> None:
    part = next(p for p in demo.assessment.parts if p.verdict is Verdict.FAIL and p.ways)
    text = printed(show_explanation(explain_school(demo, part.school_code, "L5")[0]), 80)
    assert holds(text, "达标的办法（任选一种，数量按全校计）")
    assert holds(text, "学校结论：未达标。")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_cv_is_explained_by_schools_variants_and_flips(demo: Study, width: int) -> None:
    explained = explain_county(demo, "410199", "L5")[0]
    text = printed(show_explanation(explained), width)
    spread = explained.spread
    assert holds(text, f"校际差异系数为{spread_text(spread)}，超过限值0.50，未达标")
    assert all(holds(text, share.school_name) for share in spread.shares[:10])
    assert holds(text, f"其余{len(spread.shares) - 10}个")
    assert "100.00%" in text
    assert holds(text, "学生数加权（本次采用）")
    assert all(holds(text, label) for label in ("各校等权（总体）", "各校等权（样本）", "怎样翻转"))


def test_a_cv_without_data_says_which_schools_are_missing(two: Study) -> None:
    explained = explain_county(two, "410199", "L5")[0]
    text = printed(show_explanation(explained), 80)
    assert holds(text, "缺数据而不能计算，不下结论")
    for code, name in explained.spread.missing:
        assert holds(text, f"{code}{name}")


def test_another_variant_is_named_where_it_is_used(demo: Study) -> None:
    other = assess(demo.snapshot, on=date(2026, 3, 31), variant="unweighted_pop")
    text = printed(show_assessment(other), 80)
    assert holds(text, "差异系数算法：各校等权（总体）")


# --- findings ------------------------------------------------------------------------------------


def report(*findings: Finding) -> Report:
    filing = Filing((), findings, (Source("甲县.xlsx", "0" * 64, 1),))
    return Report(filing, findings, (("2141000009", "乙校"),), (("K15", "没有上年数据"),))


FINDING = Finding(
    Level.MUST_FIX,
    "K2.1",
    Origin("甲县.xlsx", "校舍场地设备", "E5", "5000"),
    "“室内体育用房面积”为 5000 ㎡，大于“教学及辅助用房总面积”的 3240 ㎡",
    "教学及辅助用房总面积含室内体育用房",
    "请核对两栏的面积",
)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_finding_stands_with_place_what_was_found_what_is_allowed_and_how_to_mend(
    width: int,
) -> None:
    text = printed(show_findings(report(FINDING)), width)
    for sentence in (
        "甲县.xlsx校舍场地设备!E5〔K2.1〕",
        f"查到：{FINDING.found}",
        f"要求：{FINDING.allowed}",
        f"改法：{FINDING.mend}",
        "2141000009乙校",
        "K15：没有上年数据",
        "必须改1处、请说明0处、提示0处",
        "请先改正全部“必须改”",
    ):
        assert holds(text, sentence), sentence


@pytest.mark.slow
def test_findings_are_grouped_by_what_must_be_done_and_none_is_left_out() -> None:
    many = [
        replace(FINDING, level=level, found=f"第{n}处{level}")
        for n in range(150)
        for level in (Level.NOTE, Level.EXPLAIN, Level.MUST_FIX)
    ]
    text = printed(show_findings(report(*many)), 80)
    assert all(holds(text, f"查到：{each.found}") for each in many)
    places = [text.index(f"{level}（150处）") for level in Level]
    assert places == sorted(places)


def test_a_report_without_must_fix_may_be_sealed() -> None:
    text = printed(show_findings(report(replace(FINDING, level=Level.NOTE))), 80)
    assert holds(text, "没有必须改的问题，可以封存。")


def test_text_from_a_file_cannot_steer_the_terminal() -> None:
    evil = replace(FINDING, found="坏\x1b[2J\x07名", origin=Origin("甲\x1b]0;x\x07.csv", "", "A1"))
    console = Console(width=80, file=(out := io.StringIO()), force_terminal=False)
    console.print(show_findings(report(evil)))
    assert "\x1b" not in out.getvalue()
    assert "\x07" not in out.getvalue()
