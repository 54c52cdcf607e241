"""Figures of the county as a whole: stages in order of need, what is open, what is only shown."""

import pytest
from by_hand import COUNTY, JUNIOR, PRIMARY, case, standard
from worked.whole_county import ON, drop, facts_of, passing_county, put

from junheng.diagnosis import assess_facts
from junheng.diagnosis.shares import _open, judge_county_figure, shown_beside
from junheng.indicators import FiledCounty


def county(special=(), **form):
    return case(filed=FiledCounty(COUNTY, (), (), special, form))


def judged(code, **form):
    return judge_county_figure(standard().demands[code], county(**form))


FUNDS = {"special_ed_funds_total_yuan": 600_000, "special_ed_pupils": 100}
PAY = {"teacher_mean_pay_prev_yuan": 100, "civil_servant_mean_pay_prev_yuan": 100}


def test_only_what_speaks_of_special_education_asks_for_a_special_school():
    found = judged("GV7")
    assert (found.verdict, found.reasons) == ("不适用", ("没有特殊教育学校",))
    assert judged("GV8", **PAY).verdict == "达标"
    assert judged("GV8").verdict == "缺数据"


def test_pupils_of_a_special_school_or_the_school_itself_make_its_funds_due():
    assert judged("GV7", **FUNDS).verdict == "达标"
    assert judged("GV7", special_ed_pupils=100).verdict == "缺数据"
    assert judged("GV7", special_ed_pupils=0).verdict == "不适用"
    demand = standard().demands["GV7"]
    assert judge_county_figure(demand, county(special=(("S", "示例学校S"),))).verdict == "缺数据"


@pytest.mark.parametrize(
    ("owing", "words"),
    [
        (("甲",), "没有填报甲"),
        (("甲", "乙"), "2项没有填报：甲等"),
        (("甲", "乙", "丙"), "3项没有填报：甲等"),
    ],
)
def test_what_is_open_names_the_first_thing_lacking_and_counts_several(owing, words):
    assert _open(PRIMARY, "比例", owing) == f"小学比例缺数据，{words}"
    assert _open(None, "比例", owing) == f"比例缺数据，{words}"


def test_the_stage_further_from_its_limit_is_told_first():
    def told(primary, junior):
        rows = passing_county()
        put(rows, "schools", "Z", "in_zone_enrolment_primary", primary)
        put(rows, "schools", "J", "in_zone_enrolment_junior", junior)
        (found,) = assess_facts(facts_of(rows), on=ON).counties
        (line,) = (each for each in found.lines if each.code == "GV13")
        return [reason[:2] for reason in line.clauses[0].reasons]

    assert told(390, 200) == [JUNIOR.label, PRIMARY.label]
    assert told(200, 370) == [PRIMARY.label, JUNIOR.label]


def test_an_evidence_clause_shows_the_figure_of_its_county_and_no_other():
    rural = {"quality_senior_quota": 100, "quality_senior_quota_rural": 45}
    (shown,) = shown_beside(standard().demands["GV14-TILT"], county(**rural))
    assert "45" in shown
    assert shown.endswith("只列示，不判定）")
    (blank,) = shown_beside(standard().demands["GV14-TILT"], county())
    assert "没有填报" in blank
    assert shown_beside(standard().demands["GV1"], county()) == ()
    assert shown_beside(standard().demands["GV4"], county()) == ()


def test_a_county_without_any_special_school_is_known_from_its_register_too():
    rows = passing_county()
    for table in ("schools", "register"):
        drop(rows, table, "S")
    put(rows, "county", COUNTY, "special_ed_pupils", None)
    (found,) = assess_facts(facts_of(rows), on=ON).counties
    assert next(each for each in found.lines if each.code == "GV7").verdict == "不适用"
