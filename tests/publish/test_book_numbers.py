"""Every number and verdict in the result book is that of the assessment."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import Workbook
from read_back import close, rows

from junheng.diagnosis import CountyVerdict, PartVerdict, SpreadVerdict, Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.priorities import first_look
from junheng.publish.totals import lacks
from junheng.publish.wording import headline, verdict_word
from junheng.studies import Study

Case = tuple[Study, Workbook]


@pytest.fixture(params=["demo", "two"])
def case(request: pytest.FixtureRequest) -> Case:
    """A study of one county, and one of two with gaps in the data."""
    return request.getfixturevalue(request.param), request.getfixturevalue(f"{request.param}_book")


def parts_of(study: Study) -> list[PartVerdict]:
    return list(study.assessment.parts)


def spreads_of(study: Study) -> Iterator[tuple[CountyVerdict, SpreadVerdict]]:
    return ((county, each) for county in study.assessment.counties for each in county.spreads)


def test_the_matrix_holds_every_part_with_its_values_words_and_verdict(case: Case) -> None:
    study, book = case
    found = rows(book, "学校指标矩阵")
    assert len(found) == len(parts_of(study))
    for row, part in zip(found, parts_of(study), strict=True):
        assert row["学校代码"] == part.school_code
        assert row["学校（学段部）"] == part.title
        assert (row["学段"], row["学生数"]) == (part.stage.label, part.pupils)
        assert (row["达标项数"], row["学校结论"]) == (
            part.met,
            verdict_word(part.verdict, near=part.near),
        )
        for each in part.indicators:
            value = next(
                v for k, v in row.items() if k.startswith(each.indicator) and k.endswith("数值")
            )
            word = next(
                v for k, v in row.items() if k.startswith(each.indicator) and k.endswith("结论")
            )
            assert close(value, each.value)
            assert word == verdict_word(each.verdict, near=each.near)


def test_values_in_cells_are_those_of_the_data_file(case: Case) -> None:
    study, book = case
    listed = [part for county in study.record["counties"] for part in county["parts"]]
    for row, part in zip(rows(book, "学校指标矩阵"), listed, strict=True):
        values = [v for k, v in row.items() if k.endswith("/数值")]
        for value, each in zip(values, part["indicators"], strict=True):
            assert (None if value is None else Fraction(str(value))) == (
                None if each["value"] is None else Fraction(each["value"])
            )


def test_each_cv_stands_with_limit_verdict_moments_and_flips(case: Case) -> None:
    study, book = case
    for row, (county, spread) in zip(rows(book, "差异系数"), spreads_of(study), strict=True):
        assert row.get("区县") in (None, county.name)
        assert (row["学段"], row["指标"]) == (spread.stage.label, spread.indicator)
        assert close(row["差异系数"], spread.cv)
        assert Fraction(str(row["限值"])) == spread.limit
        assert row["结论"] == verdict_word(spread.verdict, near=spread.near)
        assert close(row["均值"], spread.mean)
        assert close(row["标准差"], spread.deviation)
        assert row["参加计算的学段部"] == spread.parts
        for above, flip in (
            ("使结论翻转的最小改动", spread.flip),
            ("只增不减时的最小增加", spread.flip_by_adding),
        ):
            assert row[f"{above}/学校"] == (flip.school_name if flip else None)
            assert close(row[f"{above}/数量"], flip.change if flip else None)
        assert row["改动单位"] == (spread.flip.unit if spread.flip else None)
        assert row["翻转后"] == (spread.flip.becomes if spread.flip else None)


def test_schools_without_which_there_is_no_cv_are_named(two: Study, two_book: Workbook) -> None:
    open_ = 0
    for row, (_, spread) in zip(rows(two_book, "差异系数"), spreads_of(two), strict=True):
        for code, name in spread.missing:
            assert f"{name}（{code}）" in row["说明"]
            open_ += 1
    assert open_, "the case has schools without data"


def test_all_variants_stand_side_by_side_and_disagreement_is_said(case: Case) -> None:
    study, book = case
    for row, (county, spread) in zip(rows(book, "算法比较"), spreads_of(study), strict=True):
        for name, reading in spread.readings.items():
            label = county.standard.variants[name].clause.label
            cv, word = (v for k, v in row.items() if k.startswith(label))
            assert close(cv, reading.cv)
            assert word == reading.verdict
        agreed = "—" if spread.verdict is Verdict.NO_DATA else "一致"
        assert row["各算法结论"] == ("不一致" if spread.disagree else agreed)
    used = [key for key in rows(book, "算法比较")[0] if "（采用）" in key]
    assert all(key.startswith("学生数加权") for key in used)
    assert len(used) == 2


def test_the_gap_list_holds_each_failing_indicator_once_with_both_gaps(case: Case) -> None:
    study, book = case
    failing = [
        (part, each)
        for part in parts_of(study)
        for each in part.indicators
        if each.verdict is Verdict.FAIL
    ]
    for row, (part, each) in zip(rows(book, "差距清单"), failing, strict=True):
        assert (row["学校代码"], row["学段"], row["指标"]) == (
            part.school_code,
            part.stage.label,
            each.indicator,
        )
        assert close(row["数值"], each.value)
        assert Fraction(str(row["标准"])) == each.limit
        assert Fraction(str(row["底线（85%）"])) == each.floor
        assert each.gap is not None
        assert Fraction(str(row["到标准还差"])) == each.gap.to_limit
        assert Fraction(str(row["到底线还差"])) == each.gap.to_floor
        assert row["单位"] == each.gap.unit
        assert row["底线"] == ("达到" if each.above_floor else "低于")
        assert row["学校结论"] == verdict_word(part.verdict, near=part.near)
        assert row["计算式"] == each.numbers


def test_county_totals_are_those_of_the_gaps(case: Case) -> None:
    study, book = case
    expected = [lack for county in study.assessment.counties for lack in lacks(county)]
    for row, lack in zip(rows(book, "差距合计"), expected, strict=True):
        assert row["指标"] == lack.indicator
        assert Fraction(str(row["到标准合计还差"])) == lack.to_limit
        assert Fraction(str(row["到底线合计还差"])) == lack.to_floor
        assert row["涉及学校"] == lack.schools
        assert [row[f"{stage.label}未达标学段部"] for stage in lack.failing] == list(
            lack.failing.values()
        )


def test_every_way_of_a_failing_part_is_a_row_with_exactly_its_additions(case: Case) -> None:
    study, book = case
    expected = [
        (part, way) for part in parts_of(study) if part.verdict is Verdict.FAIL for way in part.ways
    ]
    for row, (part, way) in zip(rows(book, "达标办法"), expected, strict=True):
        assert (row["学校代码"], row["可保留项"]) == (part.school_code, way.stays)
        added = {
            key.split("/")[1]: Fraction(str(amount))
            for key, amount in row.items()
            if key.startswith("需要增加") and amount is not None
        }
        assert added == {code: amount for code, amount, _ in way.additions}
        assert row["要补几项"] == len(way.additions)


def test_shares_are_exact_ordered_and_add_up_to_a_hundred_per_cent(case: Case) -> None:
    study, book = case
    found = iter(rows(book, "差异来源"))
    for _, spread in spreads_of(study):
        running = Fraction(0)
        for place, share in enumerate(spread.shares if spread.total else (), start=1):
            row = next(found)
            running += Fraction(share.numerator, spread.total)
            assert (row["指标"], row["次序"], row["学校代码"]) == (
                spread.indicator,
                place,
                share.school_code,
            )
            assert close(row["占比"], Fraction(share.numerator, spread.total) * 100)
            assert close(row["累计占比"], running * 100)
            assert row["与均值比"] == ("低于均值" if share.below else "不低于均值")
        assert running in (0, 1)
    assert next(found, None) is None


def test_who_is_left_out_merged_missing_or_relaxed_is_listed(
    two: Study, two_book: Workbook
) -> None:
    found = rows(two_book, "不参加计算")
    kinds: dict[str, set[Any]] = {}
    for row in found:
        kinds.setdefault(row["类别"], set()).add((row["学校代码"], row["原因"]))
    counties = two.assessment.counties
    assert kinds["缺报"] == {(x.code, x.reason) for c in counties for x in c.missing}
    assert kinds["不参加"] == {(x.code, x.reason) for c in counties for x in c.left_out}
    uses = {(x.school, x.reason) for c in counties for x in c.relaxations}
    assert kinds["例外X1"] | kinds["例外X2"] == uses
    granted = {(x.code, x.school): x.granted for c in counties for x in c.relaxations}
    assert set(granted.values()) == {True, False}, "one use is refused"
    for row in found:
        if row["类别"].startswith("例外"):
            use = granted[row["类别"].removeprefix("例外"), row["学校代码"]]
            assert row["处理"] == ("采用" if use else "不采用")
    merged = {code for p in two.assessment.parts if p.merged for code in p.merged.split("、")}
    assert {code for code, _ in kinds["并入主校"]} == merged
    assert all(row["学校名称"] for row in found)


def test_limits_floors_formulas_and_sources_are_those_of_the_standard(case: Case) -> None:
    study, book = case
    expected = [
        (c.standard, code) for c in study.assessment.counties for code in c.standard.indicators
    ]
    for row, (standard, code) in zip(rows(book, "指标定义"), expected, strict=True):
        clause = standard.demands[code].clause
        assert (row["指标"], row["公式"]) == (code, CATALOGUE[code].formula)
        assert (row["条款要点"], row["条号"], row["来源"]) == (
            clause.gist,
            clause.article,
            clause.source,
        )
        for stage in standard.stages:
            assert Fraction(str(row[f"标准（不低于）/{stage.label}"])) == standard.limit(
                code, stage
            )
            assert Fraction(str(row[f"底线（不低于）/{stage.label}"])) == standard.floor(
                code, stage
            )


def test_every_clause_of_the_receipt_stands_in_the_list_of_rules(case: Case) -> None:
    study, book = case
    found = {(row["条款代号"], row["要点"]) for row in rows(book, "规则与条款")}
    assert found == {(each["code"], each["gist"]) for each in study.receipt.clauses}


def test_receipt_seal_files_and_open_checks_stand_in_the_provenance(
    demo: Study, demo_book: Workbook
) -> None:
    found = {row["项目"]: row["内容"] for row in rows(demo_book, "数据来源与凭据")}
    assert found["事实指纹"] == demo.snapshot.facts.fingerprint
    assert found["封存编号"] == demo.receipt.seal
    assert (found["封存人"], found["封存日期"]) == ("王敏", "2025-10-20")
    assert found["程序校验码"] == demo.receipt.code_sha256
    assert found["示例县.xlsx（12,345字节）"] == "ab" * 32
    assert found["校验发现：提示"] == "1处"
    assert rows(demo_book, "未核验检查") == [{"检查代号": "K15", "没有执行的原因": "没有上年数据"}]


def test_explanations_travel_with_their_values(demo: Study, demo_book: Workbook) -> None:
    marks = demo.snapshot.facts.marks.filter(mark="异常说明")
    found = rows(demo_book, "异常说明")
    assert len(found) == len(marks) > 0
    assert [row["异常说明"] for row in found] == list(marks["text"])
    assert all(row["填报值"] not in (None, "未填报") for row in found)


def test_the_first_page_says_verdict_reasons_and_what_to_look_at(
    demo: Study, demo_book: Workbook
) -> None:
    county = demo.assessment.counties[0]
    text = [
        str(c.value) for row in demo_book["结论"].iter_rows() for c in row if c.value is not None
    ]
    assert county.verdict.value in text
    whole = "\n".join(text)
    assert headline(county).split("。", 1)[1] in whole
    assert all(reason in whole for reason in county.reasons)
    assert all(sentence in whole for sentence in first_look(county))
    failing = [part for part in county.parts if part.verdict is Verdict.FAIL]
    assert all(part.title in text for part in failing)
    assert "演示数据：以下数字由程序生成，不是任何真实学校的情况" in text


def test_the_first_page_of_several_counties_lists_them_and_each_has_its_own(
    two: Study, two_book: Workbook
) -> None:
    listed = rows(two_book, "结论")
    assert [row["结论"] for row in listed] == [c.verdict.value for c in two.assessment.counties]
    for row, county in zip(listed, two.assessment.counties, strict=True):
        verdicts = list(county.schools.values())
        assert row["学校数（所）/参加计算的学校"] == len(verdicts)
        assert row["学校数（所）/未达标"] == verdicts.count(Verdict.FAIL)
        assert row["学校数（所）/缺报"] == len(county.missing)
    assert [n for n in two_book.sheetnames if "结论" in n] == [
        "结论",
        "中牟县结论 410122",
        "示例县结论 410199",
    ]


def test_the_cvs_of_the_first_page_are_those_of_the_assessment(
    demo: Study, demo_book: Workbook
) -> None:
    sheet = demo_book["结论"]
    county = demo.assessment.counties[0]
    found = {(s.stage, s.indicator): s for s in county.spreads}
    seen = 0
    for row in sheet.iter_rows(values_only=True):
        if row[0] in county.standard.indicators:
            for index, stage in enumerate(county.standard.stages):
                spread = found[stage, str(row[0])]
                assert close(row[4 + 4 * index], spread.cv)
                assert row[5 + 4 * index] == verdict_word(spread.verdict, near=spread.near)
                seen += 1
    assert seen == len(county.spreads)


def test_papers_that_an_exception_waits_for_are_asked_of_the_school(
    two: Study, two_book: Workbook
) -> None:
    told = {
        (row["代码"], row["要报什么"], row["要看什么材料"], row["由谁报"])
        for row in rows(two_book, "补报清单")
        if row["代码"].startswith("X")
    }
    uses = [u for c in two.assessment.counties for u in c.relaxations if u.wanting]
    assert uses, "one claim waits for its papers"
    assert told == {
        (u.code, f"{u.name}（{u.school}）的佐证材料：{u.reason}", u.wanting, "学校") for u in uses
    }
