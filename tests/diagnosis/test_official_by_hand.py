"""Official results by hand: which records are read, what day counts, what is lacking."""

from datetime import date
from decimal import Decimal

import pytest
from by_hand import COUNTY, ON, case, standard

from junheng.diagnosis.case import Records
from junheng.diagnosis.official import judge_official

BLANK = {
    "item": "合计", "published_on": date(2025, 12, 1), "level": None, "difference": None,
    "satisfied": None, "sampled": None, "rate_percent": None,
}  # fmt: skip


def judged(code, *records):
    demand = standard().demands[code]
    found = {(COUNTY, demand.clause.indicators[0]): [BLANK | each for each in records]}
    return judge_official(demand, case(records=Records(ON, {}, found, {})))


def subject(name, **filed):
    return {"item": name, "level": 3, "difference": Decimal("0.1"), **filed}


@pytest.mark.parametrize(
    ("filed", "value", "numbers"),
    [
        ({"satisfied": 850, "sampled": 1000, "rate_percent": Decimal(9)}, 85, "850÷1000×100%"),
        ({"satisfied": 0, "sampled": 1000}, 0, "0÷1000×100%"),
        ({"satisfied": None, "sampled": 1000, "rate_percent": Decimal("85.0")}, 85, "85"),
        ({"satisfied": 850, "sampled": None, "rate_percent": Decimal("85.0")}, 85, "85"),
        ({"satisfied": 850, "sampled": 0, "rate_percent": Decimal("85.0")}, 85, "85"),
        ({"satisfied": None, "sampled": 1000}, None, "缺"),
        ({"satisfied": 850, "sampled": None}, None, "缺"),
    ],
)  # fmt: skip
def test_heads_go_before_the_published_rate_where_both_were_published(filed, value, numbers):
    (figure,) = judged("SR1", filed).figures
    assert (figure.value, figure.numbers) == (value, numbers)


@pytest.mark.parametrize(
    ("filed", "gap"),
    [
        ({"satisfied": 849, "sampled": 1000}, "还差1人认可"),
        ({"satisfied": 84, "sampled": 99}, "还差1人认可"),  # 84.15 are asked
        ({"satisfied": 700, "sampled": 1000}, "还差150人认可"),
        ({"satisfied": None, "sampled": 1000, "rate_percent": Decimal("84.996")}, "还差0.004%"),
        ({"satisfied": 84, "sampled": None, "rate_percent": Decimal(84)}, "还差1%"),
    ],
)  # fmt: skip
def test_a_lacking_recognition_is_told_in_heads_where_they_are_known(filed, gap):
    found = judged("SR1", filed)
    assert found.figures[0].gap == gap
    assert found.reasons[-1] == "社会认可度不达标，同时停止认定"


def test_only_the_record_of_the_whole_is_read_for_recognition():
    both = judged(
        "SR1", {"item": "家长", "satisfied": 1, "sampled": 100}, {"satisfied": 9, "sampled": 10}
    )
    assert [figure.value for figure in both.figures] == [90]
    assert (both.verdict, both.reasons) == ("达标", ())


@pytest.mark.parametrize(
    ("published", "verdict"),
    [(None, "达标"), (ON, "达标"), (date(2026, 4, 1), "缺数据")],
)
def test_what_is_published_after_the_day_does_not_count_yet(published, verdict):
    found = judged("SR1", {"satisfied": 9, "sampled": 10, "published_on": published})
    assert found.verdict == verdict
    if verdict == "缺数据":
        assert found.reasons == ("没有社会认可度的官方结果", "“合计”到2026-04-01才发布，不计")
        assert all(each.startswith("官方结果：") for each in found.wanting)


def test_the_weakest_subject_is_named_first_and_recognition_is_not_spoken_of():
    found = judged("QL9-LEVEL", subject("语文", level=2), subject("数学", level=1), subject("科学"))
    assert [reason[:2] for reason in found.reasons] == ["数学", "语文"]
    assert found.verdict == "未达标"


def test_a_blank_subject_is_named_and_wanted_and_others_are_not():
    found = judged("QL9-LEVEL", subject("语文", level=None), subject("数学"))
    assert (found.verdict, found.reasons) == ("缺数据", ("语文监测水平等级没有填报",))
    assert found.wanting == ("官方结果：语文监测水平等级",)


@pytest.mark.parametrize(
    ("difference", "gap"),
    [("0.15", "须低于0.15"), ("0.154", "高出0.004"), ("0.25", "高出0.1")],
)
def test_a_difference_must_lie_below_its_limit(difference, gap):
    (figure,) = judged("QL9-DIFFERENCE", subject("语文", difference=Decimal(difference))).figures
    assert (figure.verdict, figure.gap) == ("未达标", gap)


def test_only_a_clause_that_says_so_tells_what_else_follows():
    assert not any("停止认定" in each for each in judged("QL9-LEVEL", {"level": 2}).reasons)
    assert judged("SR1", {"satisfied": 9, "sampled": 10}).reasons == ()
