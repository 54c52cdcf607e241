"""The clauses of 资源配置 over parts and CVs that are judged already."""

from dataclasses import replace
from fractions import Fraction

import pytest
from diagnosis.by_hand import JUNIOR, PRIMARY, case, judged, missing, part, spread, standard

from junheng.diagnosis import Verdict
from junheng.diagnosis.nouns import Gap
from junheng.diagnosis.resource import judge_part_limit, judge_spread_limit

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA


def limit(*parts, absent=()):
    return judge_part_limit(standard().demands["L7"], "L7", case(parts=parts, missing=absent))


def cvs(*spreads):
    return judge_spread_limit(standard().role("spread"), "L1", case(spreads=spreads))


# --- limits, part by part ----------------------------------------------------------------------------


def test_parts_that_meet_their_limit_leave_nothing_to_say():
    found = limit(part("B", PASS, judged("L7", 10)), part("A", PASS, judged("L7", 12)))
    assert (found.verdict, found.reasons, found.wanting, found.figures) == (PASS, (), (), ())
    assert [(s.school_code, s.reason) for s in found.schools] == [("A", ""), ("B", "")]
    assert [s.figures[0].gap for s in found.schools] == ["", ""]


def test_the_weakest_part_is_named_with_what_it_lacks():
    found = limit(
        part("A", FAIL, judged("L7", 9)), part("B", FAIL, judged("L7", 4)), part("C", PASS, judged("L7", 99))
    )  # fmt: skip
    assert found.verdict is FAIL
    (reason,) = found.reasons
    assert reason.startswith("2所学校未达标，最弱的是示例B（小学")
    assert "还差6间" in reason


def test_of_parts_equally_weak_the_first_by_code_is_named():
    found = limit(*(part(code, FAIL, judged("L7", 5)) for code in "BAC"))
    assert "最弱的是示例A" in found.reasons[0]


def test_a_part_that_the_school_rule_forgives_is_told_and_counts_as_met():
    found = limit(part("A", PASS, judged("L7", 9)), part("B", PASS, judged("L7", 10)))
    assert found.verdict is PASS
    assert found.reasons == ("1个学段部低于限值，学校标准允许（达标项数够，且不低于标准的下限）",)
    assert found.schools[0].reason.endswith("还差1间；低于限值，学校标准允许")
    assert found.schools[0].verdict is PASS


def test_a_part_under_its_limit_whose_other_values_are_missing_stays_open():
    found = limit(part("A", OPEN, judged("L7", 9)))
    assert found.verdict is OPEN
    assert found.schools[0].reason.endswith("；其他项缺数据，尚不能判定")
    assert found.reasons[0].startswith("1所学校缺数据：示例A（小学")
    assert len(found.wanting) == 1


def test_a_part_without_value_and_a_school_without_return_are_asked_for():
    found = limit(part("A", OPEN, judged("L7", None)), absent=[missing("Z")])
    assert found.verdict is OPEN
    assert found.wanting == ("示例A（A）：小学缺数据：缺÷100", "示例Z（Z）：没有填报")
    assert [s.figures for s in found.schools][1] == ()
    assert found.schools[0].figures[0].gap == ""


def test_a_missing_school_stands_behind_those_that_fail():
    found = limit(part("B", FAIL, judged("L7", 9)), absent=[missing("A")])
    assert found.verdict is FAIL
    assert [reason[:8] for reason in found.reasons] == ["1所学校未达标：", "1所学校缺数据："]
    assert found.wanting == ()


def test_among_schools_that_lack_data_the_first_by_code_is_named():
    found = limit(
        part("B", OPEN, judged("L7", None)), part("D", PASS, judged("L7", 10)), absent=[missing("C"), missing("A")]
    )  # fmt: skip
    assert found.reasons == ("3所学校缺数据，最弱的是示例A（没有填报）",)


def test_no_school_at_all_leaves_the_limit_open():
    found = limit()
    assert (found.verdict, found.reasons, found.wanting) == (
        OPEN, ("没有可以计算的学校",), ("各校填报表",),
    )  # fmt: skip


def test_a_gap_of_nothing_is_not_told():
    met = replace(judged("L7", 12), gap=Gap(Fraction(0), Fraction(0), "间"))
    assert limit(part("A", PASS, met)).schools[0].figures[0].gap == ""


# --- coefficients of variation --------------------------------------------------------------------------


def test_cvs_of_both_stages_come_to_their_worst():
    found = cvs(
        spread("L1", 0.625, FAIL), spread("L1", 0.25, PASS, JUNIOR), spread("L2", 0.9, FAIL)
    )
    assert found.verdict is FAIL
    assert [(f.stage, f.value, f.verdict) for f in found.figures] == [
        (PRIMARY, Fraction(5, 8), FAIL), (JUNIOR, Fraction(1, 4), PASS),
    ]  # fmt: skip
    assert [f.gap for f in found.figures] == ["高出0.13", ""]
    assert [f.numbers for f in found.figures] == ["1.25÷2", "0.5÷2"]
    assert len(found.reasons) == 1
    assert found.reasons[0].startswith("小学")
    assert found.wanting == ()


def test_a_cv_only_just_above_its_limit_is_never_told_as_nothing_above():
    (figure,) = cvs(spread("L1", 0.500001, FAIL)).figures
    assert figure.gap == "高出0.000001"


def test_a_cv_that_passes_says_nothing():
    found = cvs(spread("L1", 0.25, PASS))
    assert (found.verdict, found.reasons, found.wanting) == (PASS, (), ())


def test_a_cv_without_some_schools_names_them():
    found = cvs(spread("L1", None, OPEN, lacking=(("A", "示例A"), ("B", "示例B"))))
    assert found.verdict is OPEN
    assert found.reasons == ("小学差异系数缺数据：2所学校缺数",)
    assert [each.partition("：")[0] for each in found.wanting] == ["示例A（A）", "示例B（B）"]
    (figure,) = found.figures
    assert (figure.value, figure.numbers, figure.gap) == (None, "缺÷缺", "")


def test_a_mean_of_nought_is_told_as_such():
    found = cvs(spread("L1", None, OPEN))
    assert found.reasons == ("小学差异系数缺数据：均值为0，没有差异系数",)
    assert found.wanting == ("各校填报表",)


def test_a_failing_stage_leaves_nothing_to_be_filed_first():
    found = cvs(spread("L1", 0.75, FAIL), spread("L1", None, OPEN, JUNIOR, (("A", "示例A"),)))
    assert (found.verdict, found.wanting) == (FAIL, ())
    assert [reason[:2] for reason in found.reasons] == ["小学", "初中"]


def test_without_any_cv_there_was_no_school():
    found = cvs()
    assert (found.verdict, found.reasons, found.wanting) == (
        OPEN, ("没有可以计算的学校",), ("各校填报表",),
    )  # fmt: skip


@pytest.mark.parametrize(("value", "share"), [(9, "9"), (Fraction(99999, 10000), "9.9999")])
def test_a_value_is_told_on_its_side_of_the_limit(value, share):
    assert f"{share}间" in limit(part("A", FAIL, judged("L7", value))).reasons[0]
