"""The sentences say which schools, which numbers, how far, and never against the verdict."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.diagnosis import (
    Flip,
    Gap,
    PartIndicator,
    Reading,
    SpreadVerdict,
    Verdict,
    Way,
)
from junheng.indicators import CATALOGUE
from junheng.publish.priorities import SENTENCES, first_look
from junheng.publish.totals import lacks
from junheng.publish.wording import (
    change_words,
    disagreement_sentence,
    flip_sentence,
    gap_sentence,
    headline,
    part_sentence,
    short_label,
    spread_sentence,
    thing,
    verdict_word,
    way_sentence,
)
from junheng.schema import Stage
from junheng.studies import Study

LIMIT = Fraction("4.2")
SHARE = Fraction("0.85")


def judged(value: Fraction | None, *, near: bool = False) -> PartIndicator:
    if value is None:
        return PartIndicator(
            "L1", None, None, None, LIMIT, LIMIT * SHARE, Verdict.NO_DATA, None,
            near=False, gap=None, numbers="缺÷100×100",
        )  # fmt: skip
    verdict = Verdict.PASS if value >= LIMIT else Verdict.FAIL
    gap = Gap(max(LIMIT - value, Fraction(0)), Fraction(0), "人")
    return PartIndicator(
        "L1", value.numerator, value.denominator, value, LIMIT, LIMIT * SHARE, verdict,
        value >= LIMIT * SHARE, near, gap, "",
    )  # fmt: skip


def spread(cv: float | None, verdict: Verdict, **changed: object) -> SpreadVerdict:
    plain = SpreadVerdict(
        county="410199", stage=Stage.PRIMARY, indicator="L7", variant="weighted",
        limit=Fraction(1, 2), parts=2, cv=cv, mean=None, deviation=None, verdict=verdict, near=False,
        one_school=False, readings={}, missing=(), shares=(), total=0, flip=None, flip_by_adding=None,
    )  # fmt: skip
    return replace(plain, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "counted", "short"),
    [
        ("L1", "高于规定学历教师", "高于规定学历教师"),
        ("L3", "体育、艺术（美术、音乐）专任教师", "体育、艺术专任教师"),
        ("L5", "体育运动场馆面积", "体育运动场馆面积"),
        ("L7", "网络多媒体教室", "网络多媒体教室"),
    ],
)
def test_what_an_indicator_counts_is_read_from_its_official_label(
    code: str, counted: str, short: str
) -> None:
    assert thing(code) == counted
    assert short_label(code) == short


def test_every_indicator_has_a_short_name_that_is_part_of_its_label() -> None:
    assert all(thing(code) in each.label for code, each in CATALOGUE.items())


@given(st.fractions(min_value=0, max_value=9, max_denominator=10**7))
def test_a_gap_sentence_says_met_or_below_as_the_verdict_does(value: Fraction) -> None:
    told = gap_sentence(judged(value))
    assert ("达到标准" in told) is (value >= LIMIT)
    assert ("低于标准" in told) is (value < LIMIT)
    assert ("低于85%的底线" in told) is (value < LIMIT * SHARE)


def test_a_gap_sentence_names_value_limit_and_what_is_lacking() -> None:
    assert gap_sentence(judged(Fraction(4))) == (
        "“每百名学生拥有高于规定学历教师数”（L1）为4.00人/百人，低于标准4.2人/百人；"
        "还差高于规定学历教师0.2人"
    )
    assert "也低于85%的底线3.57" in gap_sentence(judged(Fraction(3)))
    assert gap_sentence(judged(Fraction("4.3"), near=True)).endswith("高出不多，属于临界")
    assert "缺数据，不能判定" in gap_sentence(judged(None))


def test_near_is_said_beside_the_verdict_and_never_instead_of_it() -> None:
    assert verdict_word(Verdict.PASS, near=True) == "临界达标"
    assert verdict_word(Verdict.FAIL, near=True) == "临界未达标"
    assert verdict_word(Verdict.NO_DATA, near=True) == "缺数据"
    assert verdict_word(Verdict.PASS, near=False) == "达标"


@given(st.floats(0.0, 2.0))
def test_a_spread_sentence_says_above_or_within_as_the_verdict_does(cv: float) -> None:
    verdict = Verdict.FAIL if cv > 0.5 else Verdict.PASS
    told = spread_sentence(spread(cv, verdict))
    assert ("，超过限值0.50，未达标" in told) is (verdict is Verdict.FAIL)
    assert ("不超过限值0.50，达标" in told) is (verdict is Verdict.PASS)


def test_a_cv_without_a_value_says_why() -> None:
    missing = spread(None, Verdict.NO_DATA, missing=(("1", "甲校"), ("2", "乙校")))
    assert "因甲校、乙校缺数据而不能计算，不下结论" in spread_sentence(missing)
    assert "没有学校可算" in spread_sentence(spread(None, Verdict.NO_DATA, parts=0))
    assert "各校数值都是0" in spread_sentence(spread(None, Verdict.NO_DATA))
    alone = spread(0.0, Verdict.PASS, one_school=True)
    assert "只有1所学校，校际差异系数按0计" in spread_sentence(alone)


def test_a_flip_says_who_changes_what_by_how_much_and_what_follows() -> None:
    more = Flip("1", "甲校", Fraction(3), "间", Verdict.PASS)
    less = Flip("2", "乙校", Fraction(-2), "间", Verdict.PASS)
    assert change_words(more, "L7") == "甲校增加网络多媒体教室3间"
    assert flip_sentence(spread(0.6, Verdict.FAIL, flip=more, flip_by_adding=more)) == (
        "最小的改动：甲校增加网络多媒体教室3间，就回到限值以内"
    )
    told = flip_sentence(spread(0.6, Verdict.FAIL, flip=less, flip_by_adding=more))
    assert "乙校减少网络多媒体教室2间才回到限值以内" in told
    assert "不是要求减少" in told
    assert told.endswith("只增不减时：甲校增加网络多媒体教室3间")
    assert "做不到" in flip_sentence(spread(0.6, Verdict.FAIL, flip=less))
    assert "需要几所学校一起补" in flip_sentence(spread(0.6, Verdict.FAIL))
    away = replace(more, becomes=Verdict.FAIL)
    assert flip_sentence(spread(0.4, Verdict.PASS, flip=away)).endswith("就会超过限值")
    assert flip_sentence(spread(None, Verdict.NO_DATA)) == ""


def test_a_way_says_what_may_stay_below_and_everything_to_add() -> None:
    way = Way("L5", (("L5", Fraction("12.5"), "㎡"), ("L7", Fraction(2), "间")))
    assert way_sentence(way, SHARE) == (
        "L5不低于标准的85%即可：增加体育运动场馆面积12.5㎡、网络多媒体教室2间"
    )
    only = Way("L5", (("L5", Fraction(7), "㎡"),))
    assert way_sentence(only, SHARE) == "L5补到标准的85%即可：增加体育运动场馆面积7㎡"


def test_variants_that_disagree_are_named_with_what_they_give(demo: Study) -> None:
    standard = demo.assessment.counties[0].standard
    readings = {
        "weighted": Reading(0.4, Verdict.PASS),
        "unweighted_pop": Reading(0.6, Verdict.FAIL),
    }
    told = disagreement_sentence(spread(0.4, Verdict.PASS, readings=readings), standard)
    assert "按“学生数加权”算为0.400，达标" in told
    assert "各校等权（总体）（0.600，未达标）" in told
    same = {"weighted": Reading(0.4, Verdict.PASS)}
    assert disagreement_sentence(spread(0.4, Verdict.PASS, readings=same), standard) == ""


# --- a whole county ------------------------------------------------------------------------------


def test_the_headline_counts_schools_and_cvs_by_verdict(demo: Study) -> None:
    county = demo.assessment.counties[0]
    verdicts = list(county.schools.values())
    told = headline(county)
    assert told.startswith("示例县（演示数据）：未达标。")
    assert f"参加计算的学校{len(verdicts)}所" in told
    assert f"未达标{verdicts.count(Verdict.FAIL)}；" in told
    assert "缺报" not in told


def test_a_county_that_stays_open_is_not_called_failed(two: Study) -> None:
    open_, failing = two.assessment.counties
    assert (open_.verdict, failing.verdict) == (Verdict.NO_DATA, Verdict.FAIL)
    assert "缺数据，暂不能下结论" in headline(open_)
    assert "另有2所学校缺报" in headline(failing)


def test_what_to_look_at_first_is_three_sentences_at_most_the_missing_first(two: Study) -> None:
    for county in two.assessment.counties:
        told = first_look(county)
        assert 1 <= len(told) <= SENTENCES
        assert all(each.endswith("。") for each in told)
    blank, failing = (first_look(county) for county in two.assessment.counties)
    assert len(failing) == SENTENCES, "more could be said"
    assert blank[0].startswith("先补数据：")
    assert failing[0].startswith("先催报：")


def test_where_nothing_fails_the_nearest_line_is_named(passing: Study) -> None:
    county = passing.assessment.counties[0]
    assert county.verdict is Verdict.PASS
    assert "最接近限值的是" in first_look(county)[-1]


def test_a_cv_that_fails_by_a_hair_is_printed_above_its_limit(narrow: Study) -> None:
    county = narrow.assessment.counties[0]
    failing = next(each for each in county.spreads if each.verdict is Verdict.FAIL)
    assert failing.cv is not None
    assert failing.cv - float(failing.limit) < 1e-4
    told = next(each for each in first_look(county) if "超限最多" in each)
    printed = told.split("（L5）：")[1].split("，")[0]
    assert Fraction(printed) > failing.limit


def test_part_sentences_hold_every_failing_indicator_with_its_gap(demo: Study) -> None:
    for part in demo.assessment.parts:
        failing = [each for each in part.indicators if each.verdict is Verdict.FAIL]
        told = part_sentence(part)
        assert all(f"{each.indicator} " in told for each in failing)
        assert told.count("差") >= len(failing)
        assert told.count("（低于底线）") == sum(not each.above_floor for each in failing)


def test_what_a_county_lacks_counts_shared_things_once_a_school(two: Study) -> None:
    county = two.assessment.counties[1]
    both = 0
    for lack in lacks(county):
        gaps: dict[str, list[Fraction]] = {}
        for part in county.parts:
            each = part.of(lack.indicator)
            if each.verdict is Verdict.FAIL and each.gap:
                gaps.setdefault(part.school_code, []).append(each.gap.to_limit)
        assert lack.schools == len(gaps)
        assert sum(lack.failing.values()) == sum(map(len, gaps.values()))
        one = max if CATALOGUE[lack.indicator].shared else sum
        assert lack.to_limit == sum((Fraction(one(each)) for each in gaps.values()), Fraction(0))
        both += CATALOGUE[lack.indicator].shared and any(len(each) > 1 for each in gaps.values())
    assert both, "some school lacks the same shared thing in both its parts"
