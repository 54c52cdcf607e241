"""Clauses on every school: who is the weakest, whose limit is wider, what a school is asked as."""

from dataclasses import replace
from fractions import Fraction
from functools import cache

import msgspec
import pytest
from by_hand import case, standard
from worked.building import COUNTY, rows_of
from worked.whole_county import Rows, facts_of, ordinary, passing_county, put

from junheng.diagnosis.case import Allowances, measure_of
from junheng.diagnosis.every import judge_every, limit_keys, numbers_of
from junheng.errors import DeclarationError
from junheng.indicators import FiledCounty, build_parts, gather
from junheng.standards import Demand


def filed(rows: Rows) -> FiledCounty:
    facts = facts_of(rows)
    return gather(facts, build_parts(facts, standard()))[COUNTY]


@cache
def whole() -> FiledCounty:
    return filed(passing_county())


def changed(*data: tuple[str, str, int | None]) -> Rows:
    rows = passing_county()
    for school, column, value in data:
        put(rows, "schools", school, column, value)
    return rows


def judged(code: str, county: FiledCounty, **allowances):
    return judge_every(
        standard().demands[code], case(filed=county, allowances=Allowances(**allowances))
    )


def point(found, school: str):
    return next(each for each in found.schools if each.school_code == school)


def other(of: str, **clause) -> Demand:
    demand = standard().demands[of]
    return replace(demand, clause=msgspec.structs.replace(demand.clause, **clause))


def test_the_school_furthest_from_its_limit_is_named_as_the_weakest():
    sizes = changed(("M", "max_class_size_primary", 50), ("Z", "max_class_size_primary", 60))
    found = judged("GV5", filed(sizes))
    assert found.reasons[0].startswith("2所学校未达标，最弱的是示例学校Z（")


def test_a_school_of_both_stages_is_as_weak_as_its_weaker_stage():
    sizes = changed(
        ("M", "max_class_size_primary", 50),
        ("N", "max_class_size_primary", 46),
        ("N", "max_class_size_junior", 60),
    )
    found = judged("GV5", filed(sizes))
    assert "最弱的是示例学校N（" in found.reasons[0]
    assert "小学最大班额46人" in point(found, "N").reason
    assert "初中最大班额60人" in point(found, "N").reason
    only = judged("GV5", filed(changed(("N", "max_class_size_junior", 60))))
    assert "小学" not in point(only, "N").reason


@pytest.mark.parametrize(("absent", "first"), [("A", "A"), ("ZZ", "J")])
def test_of_schools_that_leave_a_clause_open_the_first_by_code_is_named(absent, first):
    rows = changed(("J", "max_class_size_junior", None), ("J", "classes_41_45_junior", None))
    rows["register"].append(
        {"school_code": absent, "school_name": f"示例学校{absent}", "school_type": "primary"}
        | {"location_unit": COUNTY}
    )
    found = judged("GV5", filed(rows))
    assert found.reasons[0].startswith(f"2所学校缺数据，最弱的是示例学校{first}（")
    assert len(found.wanting) == 2
    assert point(found, "J").reason.startswith("没有填报")
    assert point(found, "Z").reason == ""


def test_a_school_that_did_not_file_is_no_vocational_school_with_attached_classes():
    rows = passing_county()
    rows["register"].append(
        {"school_code": "A", "school_name": "示例学校A", "school_type": "primary"}
        | {"location_unit": COUNTY}
    )
    county = filed(rows)
    assert judged("GV4-VOCATIONAL", county).verdict == "达标"
    assert judged("GV4", county).verdict == "缺数据"


def test_where_nobody_filed_a_clause_is_open_but_that_on_vocational_schools_has_none():
    nobody = FiledCounty(COUNTY, (), (), (), {})
    found = judged("GV5", nobody)
    assert (found.verdict, found.reasons, found.wanting) == (
        "缺数据", ("没有学校填报",), ("各校填报表",),
    )  # fmt: skip
    assert judged("GV4-VOCATIONAL", nobody).verdict == "不适用"


def test_where_schools_filed_and_none_is_asked_the_clause_is_not_applicable():
    private = ordinary("A", "primary", {"primary": 60}, ownership="private")
    private["public_funds_budget_prev_yuan"] = None
    assert judged("GV6", filed(rows_of([private]))).verdict == "不适用"


def test_a_school_without_classes_says_why_nothing_is_asked_of_it():
    found = judged("GV3-MUSIC", filed(changed(("Z", "class_count_primary", 0))))
    assert point(found, "Z").reason == "班级总数为0，没有可比的基数"


@pytest.mark.parametrize("per_classes", [None, "12.5"])
def test_a_number_of_the_law_must_be_there_and_whole(per_classes):
    numbers = dict(standard().demands["GV3-MUSIC"].clause.numbers)
    numbers |= {"per_classes": per_classes} if per_classes else {}
    if per_classes is None:
        del numbers["per_classes"]
    demand = other("GV3-MUSIC", numbers=numbers)
    with pytest.raises(DeclarationError, match="numbers 里要有整数“per_classes”"):
        numbers_of(demand, measure_of(demand))


def test_an_area_is_read_as_the_lower_bound_of_its_own_kind_of_room():
    demand = standard().demands["GV3-MUSIC"]
    found = numbers_of(demand, measure_of(demand))
    assert [name for name in found if name.startswith("least_") and name.endswith("_m2")] == [
        "least_area_m2", "least_music_m2",
    ]  # fmt: skip


def test_a_wider_size_widens_the_size_of_its_school_and_nothing_else():
    county = filed(changed(("P", "enrolment_primary", 2400), ("Z", "max_class_size_primary", 46)))
    wide = {"sizes": {"P": Fraction(2400)}, "granted": {"P": ("X5",)}}
    found = judged("GV4", county, **wide)
    assert point(found, "P").figures[0].limit == 2400
    assert point(found, "P").reason == "已按例外X5放宽"
    assert [each.reason for each in found.schools if each.school_code != "P"] == [""] * 4
    assert [f.limit for s in judged("GV5", county, **wide).schools for f in s.figures] == [
        45 if f.stage == "primary" else 50 for s in judged("GV5", county).schools for f in s.figures
    ]
    assert point(judged("GV5", county, **wide), "P").reason == ""


def test_an_exception_never_narrows_a_limit():
    found = judged("GV4", whole(), sizes={"P": Fraction(100)})
    assert point(found, "P").figures[0].limit == 2000


def test_a_clause_that_measures_size_under_another_code_is_widened_too():
    demand = other("GV4", code="GV4-CITY", measure="GV4")
    allowances = Allowances(sizes={"P": Fraction(2400)})
    found = judge_every(demand, case(filed=whole(), allowances=allowances))
    assert point(found, "P").figures[0].limit == 2400
    under_its_name = other("GV4", measure="GV5", at_most={"all": 30})
    found = judge_every(under_its_name, case(filed=whole(), allowances=allowances))
    assert {f.limit for f in point(found, "P").figures} == {30}


def test_smaller_rooms_are_counted_for_whom_they_were_granted_and_only_where_needed():
    county = filed(changed(("P", "music_rooms_ge_96", 1), ("P", "music_rooms_73_96", 4)))
    rooms = {"P": {"least_music_m2": Fraction(73)}}
    assert point(judged("GV3-MUSIC", county), "P").verdict == "未达标"
    assert point(judged("GV3-MUSIC", county, rooms=rooms), "P").verdict == "达标"
    # Who meets the clause as it stands needs no file on what the exception would add.
    blank = filed(changed(("P", "music_rooms_73_96", None)))
    assert point(judged("GV3-MUSIC", blank, rooms=rooms), "P").verdict == "达标"


def test_a_school_is_limited_by_its_type_then_by_what_its_stages_make_it():
    rows = rows_of([
        ordinary("A", "complete", {"junior": 100}, enrolment_senior=100),
        ordinary("B", "nine_year", {"primary": 100, "junior": 100}),
        ordinary("C", "twelve_year", {"primary": 100, "junior": 100}, enrolment_senior=100),
    ])  # fmt: skip
    found = {school.code: limit_keys(school) for school in filed(rows).schools}
    assert found == {
        "A": ("complete", "junior", "all"),
        "B": ("nine_year", "nine_year", "all"),
        "C": ("twelve_year", "nine_year", "all"),
    }
