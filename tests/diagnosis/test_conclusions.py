"""What is said of whole counties: their names, their reasons, and each its own rows only."""

from datetime import date

import pytest
from worked.building import rows_of, school

from junheng.diagnosis.assessing import assess_facts
from junheng.registry import Facts
from junheng.standards import Switches

ON = date(2026, 3, 31)
HERE, THERE = "410199", "410198"


def assessed(rows, form=(), register=(), **switches):
    tables = rows_of(rows, county=list(form), register=list(register))
    facts = Facts.from_rows(tables, year=2025)
    return assess_facts(facts, on=ON, switches=Switches(**switches))


def primary(code, county=HERE, **filed):
    filed = {"location_unit": county} | filed
    return school(code, "primary", {"primary": 1000}, **filed)


def on_register(code, county=HERE):
    row = {"school_code": code, "school_name": f"示例{code}", "school_type": "primary"}
    return row | {"location_unit": county}


def test_a_county_bears_the_name_of_its_form_or_its_code():
    form = [{"county_code": HERE, "county_name": "示例县"}]
    found = assessed([primary("A"), primary("B", THERE), primary("C", "410105")], form)
    assert [(each.code, each.name) for each in found.counties] == [
        ("410105", "金水区"), (THERE, THERE), (HERE, "示例县"),
    ]  # fmt: skip


def test_each_county_is_judged_by_its_own_schools_only():
    rows = [
        primary("A"), primary("B", THERE),
        school("P", "teaching_point", {"primary": 20}, location_unit=THERE),
    ]  # fmt: skip
    there, here = assessed(rows, register=[on_register("M", THERE)]).counties
    assert [part.school_code for part in there.parts] == ["B"]
    assert [part.school_code for part in here.parts] == ["A"]
    assert [each.code for each in there.left_out] == ["P"]
    assert here.left_out == ()
    assert [each.code for each in there.missing] == ["M"]
    assert here.missing == ()
    assert (str(there.resource), str(here.resource)) == ("缺数据", "达标")


def test_relaxations_are_told_in_the_county_of_the_school():
    dense = {"dense_urban_core": True, "urban_rural_code": "111"}
    there, here = assessed(
        [primary("A", **dense), primary("B", THERE)], relaxations=("X2",)
    ).counties
    assert [(use.code, use.school) for use in here.relaxations] == [("X2", "A")]
    assert there.relaxations == ()


def test_resources_that_are_met_need_no_reason():
    (county,) = assessed([primary("A")]).counties
    assert (str(county.resource), county.resource_reasons) == ("达标", ())


def test_the_reasons_count_schools_and_parts_and_name_each_wide_cv():
    none = {"teaching_auxiliary_area_m2": 0, "sports_ground_area_m2": 0}
    nine = school("N", "nine_year", {"primary": 500, "junior": 500}, **none)
    rows = [nine, primary("A"), primary("B", multimedia_classrooms=None)]
    (county,) = assessed(rows, register=[on_register("M"), on_register("K")]).counties
    assert str(county.resource) == "未达标"
    assert county.resource_reasons == (
        "1所学校（2个学段部）未达到学校标准",
        "2所学校缺报",
        "1个学段部缺数据，不能判定",
    )
    (county,) = assessed([nine, primary("A")]).counties
    assert county.resource_reasons == (
        "1所学校（2个学段部）未达到学校标准",
        "2项校际差异系数超过限值：小学L4、小学L5",
    )


def test_a_county_without_schools_says_so():
    form = [{"county_code": HERE, "county_name": "示例县"}]
    (county,) = assessed([], form).counties
    assert county.resource_reasons == ("没有可以计算的学校",)
    assert (str(county.resource), county.spreads) == ("缺数据", ())


def test_a_stage_that_only_a_missing_school_has_is_open():
    (county,) = assessed(
        [primary("A")], register=[on_register("M") | {"school_type": "junior"}]
    ).counties
    assert {(s.stage.value, str(s.verdict)) for s in county.spreads} == {
        ("primary", "达标"), ("junior", "缺数据"),
    }  # fmt: skip
    assert len(county.spreads) == 14


@pytest.mark.parametrize("variant", ["weighted", "unweighted_pop"])
def test_variants_agree_where_all_say_the_same(variant):
    (county,) = assessed([primary("A"), primary("B")], variant=variant).counties
    assert not any(spread.disagree for spread in county.spreads)
    part = county.parts[0]
    assert [part.of(f"L{n}").indicator for n in range(1, 8)] == [f"L{n}" for n in range(1, 8)]


def test_the_conclusion_tells_the_two_weakest_points_of_an_area():
    (county,) = assessed(
        [primary("A", teachers_bachelor_primary=0, key_teachers_county_plus_primary=0,
                 teachers_pe_primary=0, multimedia_classrooms=0)]
    ).counties  # fmt: skip
    resource = next(each for each in county.areas if each.code == "resource")
    assert len(resource.reasons) > 2
    assert county.reasons[0] == f"资源配置未达标：{'；'.join(resource.reasons[:2])}"
