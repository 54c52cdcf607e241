"""X3–X6: granted to a school only where flag, condition and valid evidence all hold, else the reason."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from diagnosis.by_hand import COUNTY, case
from msgspec.structs import replace
from worked.whole_county import ON, Rows, evidence, facts_of, passing_county, put

from junheng.diagnosis import CountyVerdict, assess_facts
from junheng.diagnosis.case import Allowances
from junheng.diagnosis.granting import grant
from junheng.errors import DeclarationError
from junheng.indicators import RelaxationUse, build_parts, gather
from junheng.registry.records import Records
from junheng.standards import Standard, Switches

ALL = ("X3", "X4", "X5", "X6")


def judged(rows: Rows, *relaxations: str) -> CountyVerdict:
    switches = Switches(relaxations=relaxations)
    (county,) = assess_facts(facts_of(rows), on=ON, switches=switches).counties
    return county


def changed(school: str, **columns: Any) -> Rows:
    rows = passing_county()
    for column, value in columns.items():
        put(rows, "schools", school, column, value)
    return rows


def standard_of(*relaxations: str) -> Standard:
    return Standard.at(COUNTY, ON, switches=Switches(relaxations=relaxations))


def otherwise(standard: Standard, code: str, numbers: dict[str, str | None]) -> Standard:
    """The standard with other numbers of a relaxation; None takes one away."""
    relaxation, document = standard.relaxations[code]
    kept = {k: v for k, v in {**relaxation.numbers, **numbers}.items() if v is not None}
    relaxed = {**standard.relaxations, code: (replace(relaxation, numbers=kept), document)}
    return dataclasses.replace(standard, relaxations=relaxed)


def granted(rows: Rows, standard: Standard) -> tuple[Allowances, tuple[RelaxationUse, ...]]:
    facts = facts_of(rows)
    filed = gather(facts, build_parts(facts, standard))[COUNTY]
    return grant(case(standard=standard, filed=filed, records=Records.of(facts, ON)))


def line(county: CountyVerdict, code: str) -> str:
    return str(next(each.verdict for each in county.lines if each.code == code))


def uses(county: CountyVerdict) -> list[tuple[str, str, bool, str]]:
    return [(u.code, u.school, u.granted, u.reason) for u in county.relaxations]


OLD_ROOMS = {"music_rooms_ge_96": 1, "music_rooms_73_96": 4, "art_rooms_ge_90": 1, "art_rooms_67_90": 4,
             "built_by_2016": True, "founding_year": 2016}  # fmt: skip
"""P has 50 classes: five rooms of each kind are needed."""
SMALL_ROOMS = {"urban_rural_code": "220", "music_rooms_ge_96": 0, "music_rooms_54_61": 1, "art_rooms_ge_90": 0,
               "art_rooms_54_61": 1, "rural_small_max_class_lt30": True, "max_class_size_primary": 29, "classes_36_40_primary": 0}  # fmt: skip
TOO_MANY = {"enrolment_primary": 2400, "built_by_2010": True, "founding_year": 2010,
            "teachers_bachelor_primary": 200, "key_teachers_county_plus_primary": 50, "teachers_pe_primary": 50,
            "multimedia_classrooms": 90, "public_funds_budget_prev_yuan": 3_000_000,
            "teaching_auxiliary_area_m2": 20_000, "sports_ground_area_m2": 30_000,
            "equipment_value_yuan": 7_200_000}  # fmt: skip
MIGRANTS = TOO_MANY | {"built_by_2010": False, "migrant_children_enrolled": 1201}

GRANTED = {
    "X3": ("P", OLD_ROOMS, "GV3", "音乐教室73㎡、美术教室67㎡及以上的计入"),
    "X4": ("M", SMALL_ROOMS, "GV3", "音乐教室54㎡、美术教室54㎡及以上的计入"),
    "X5": ("P", TOO_MANY, "GV4", "规模上限放宽到2,400人"),
    "X6": ("P", MIGRANTS, "GV4", "规模上限放宽到2,400人"),
}
each_relaxation = pytest.mark.parametrize("code", GRANTED)


def with_evidence(code: str, **record: Any) -> Rows:
    school, columns, _, _ = GRANTED[code]
    rows = changed(school, **columns)
    rows["evidence"].append(evidence(code, school, **record))
    return rows


@each_relaxation
def test_a_relaxation_switched_off_changes_nothing(code):
    county = judged(with_evidence(code))
    assert line(county, GRANTED[code][2]) == "未达标"
    assert uses(county) == []


@each_relaxation
def test_a_relaxation_is_granted_with_flag_condition_and_evidence(code):
    school, _, touched, terms = GRANTED[code]
    county = judged(with_evidence(code), code)
    assert uses(county) == [(code, school, True, terms)]
    assert {
        each.code: str(each.verdict) for each in county.lines if str(each.verdict) != "达标"
    } == {}
    point = next(
        p
        for each in county.lines
        if each.code == touched
        for p in each.clauses[0].schools
        if p.school_code == school
    )
    assert f"已按例外{code}放宽" in point.reason


@each_relaxation
@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (None, "没有佐证材料（"),
        ({"review": None}, "还没有审核"),
        ({"review": "return", "review_reason": "不清楚"}, "审核退回：不清楚"),
        ({"sha256": None}, "没有文件校验值"),
        ({"valid_to": date(2026, 3, 30)}, "已于2026-03-30失效"),
        ({"valid_from": date(2026, 4, 1)}, "自2026-04-01起才有效"),
        ({"valid_from": None}, "没有写明有效期起"),
    ],
)
def test_without_evidence_that_counts_it_is_not_granted(code, record, reason):
    school, columns, touched, _ = GRANTED[code]
    rows = changed(school, **columns) if record is None else with_evidence(code, **record)
    county = judged(rows, code)
    ((_, _, granted, told),) = uses(county)
    assert not granted
    assert reason in told
    assert line(county, touched) == "未达标"


def test_a_school_that_fails_only_what_the_relaxation_does_not_touch_claims_nothing():
    rows = changed("P", built_by_2016=True, founding_year=2016, max_class_size_primary=60)
    rows["evidence"].append(evidence("X3", "P"))
    county = judged(rows, "X3")
    assert line(county, "GV5") == "未达标"
    assert uses(county) == []


@pytest.mark.parametrize(
    ("code", "column", "value", "reason"),
    [
        ("X3", "founding_year", 2017, "建校时间2017年晚于2016年"),
        ("X3", "founding_year", None, "建校时间没有填报"),
        ("X4", "urban_rural_code", "122", "城乡分类不是乡村"),
        ("X4", "max_class_size_primary", 30, "最大班额不低于30人"),
        ("X5", "founding_year", 2011, "建校时间2011年晚于2010年"),
        ("X6", "migrant_children_enrolled", 1200, "随迁子女不超过学生数的50%"),
        ("X6", "migrant_children_enrolled", None, "随迁子女人数或学生人数没有填报"),
    ],
)
def test_without_its_condition_it_is_not_granted(code, column, value, reason):
    rows = with_evidence(code)
    put(rows, "schools", GRANTED[code][0], column, value)
    county = judged(rows, code)
    ((_, _, granted, told),) = uses(county)
    assert not granted
    assert reason in told
    assert line(county, GRANTED[code][2]) == "未达标"


@pytest.mark.parametrize(
    ("code", "flag"),
    [("X3", "built_by_2016"), ("X4", "rural_small_max_class_lt30"), ("X5", "built_by_2010")],
)
@pytest.mark.parametrize("value", [False, None])
def test_without_its_flag_nobody_claims_it(code, flag, value):
    rows = with_evidence(code)
    put(rows, "schools", GRANTED[code][0], flag, value)
    county = judged(rows, code)
    assert uses(county) == []
    assert line(county, GRANTED[code][2]) == "未达标"


def test_a_school_that_meets_the_clause_needs_no_relaxation():
    rows = changed("P", built_by_2010=True, founding_year=2010, built_by_2016=True)
    rows["evidence"] += [evidence(code, "P") for code in ALL]
    assert uses(judged(rows, *ALL)) == []


def test_one_pupil_above_the_relaxed_limit_fails_all_the_same():
    rows = with_evidence("X5")
    put(rows, "schools", "P", "enrolment_primary", 2401)
    county = judged(rows, "X5")
    assert uses(county)[0][2] is True
    (point,) = next(each for each in county.lines if each.code == "GV4").failing_schools
    assert (point.figures[0].limit, point.figures[0].gap) == (2400, "多1人")


def test_both_room_relaxations_together_count_each_bin_once():
    both = SMALL_ROOMS | {"class_count_primary": 36, "built_by_2016": True, "founding_year": 2000}
    both |= {f"music_rooms_{bin_}": 1 for bin_ in ("73_96", "61_73", "54_61")}
    rows = changed("M", **both, art_rooms_67_90=3)
    put(rows, "schools", "M", "art_rooms_54_61", 0)
    rows["evidence"] += [evidence("X3", "M"), evidence("X4", "M")]
    county = judged(rows, "X3", "X4")
    assert [each[:3] for each in uses(county)] == [("X3", "M", True), ("X4", "M", True)]
    figures = {
        clause.demand.clause.code: next(p for p in clause.schools if p.school_code == "M").figures[
            0
        ]
        for each in county.lines
        if each.code == "GV3"
        for clause in each.clauses
    }
    assert {code: f.numbers for code, f in figures.items()} == {
        "GV3-MUSIC": "3×12÷36",
        "GV3-ART": "3×12÷36",
    }


def test_rooms_of_54_square_metres_are_for_primary_schools_only():
    small = {k: v for k, v in SMALL_ROOMS.items() if k != "max_class_size_primary"}
    columns = small | {
        "max_class_size_primary": 20,
        "max_class_size_junior": 20,
        "classes_36_40_junior": 0,
        "music_rooms_54_61": 9,
    }
    rows = changed("N", **columns, art_rooms_61_67=9)
    rows["evidence"].append(evidence("X4", "N"))
    county = judged(rows, "X4")
    assert uses(county) == [("X4", "N", True, "音乐教室61㎡、美术教室61㎡及以上的计入")]
    verdicts = {
        clause.demand.clause.code: str(clause.verdict)
        for each in county.lines
        if each.code == "GV3"
        for clause in each.clauses
    }
    assert verdicts == {"GV3-MUSIC": "未达标", "GV3-ART": "达标"}


def test_a_type_without_a_relaxed_limit_keeps_its_own():
    rows = changed("N", enrolment_primary=1600, built_by_2010=True, founding_year=2000)
    put(rows, "schools", "N", "school_type", "twelve_year")
    put(rows, "schools", "N", "enrolment_senior", 0)
    rows["evidence"].append(evidence("X5", "N"))
    ((_, _, granted, reason),) = uses(judged(rows, "X5"))
    assert not granted
    assert "没有规定这类学校的上限" in reason


def test_a_nine_year_school_is_relaxed_to_its_own_limit():
    rows = changed("N", enrolment_primary=1600, built_by_2010=True, founding_year=2000)
    rows["evidence"].append(evidence("X5", "N"))
    assert uses(judged(rows, "X5")) == [("X5", "N", True, "规模上限放宽到3,000人")]


@each_relaxation
def test_papers_are_wanted_only_where_nothing_else_is_lacking(code):
    school, columns, _, _ = GRANTED[code]
    (use,) = judged(changed(school, **columns), code).relaxations
    assert use.reason == f"没有佐证材料（{use.wanting}）"
    (use,) = judged(with_evidence(code), code).relaxations
    assert use.wanting == ""


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [("X3", "music_m2", "music"), ("X3", "art_m2", "art"), ("X4", "primary_m2", "music"), ("X4", "junior_m2", "music")],
)  # fmt: skip
def test_an_area_that_cuts_a_bin_of_the_form_is_refused_though_nobody_claims_it(code, name, kind):
    _, document = standard_of(code).relaxations[code]
    of_province = otherwise(standard_of(code), code, {name: "60"})
    with pytest.raises(DeclarationError) as refused:
        grant(case(standard=of_province))
    told = str(refused.value)
    assert f"code = {code}" in told
    assert document.name in told
    lows = "54、61、73、96" if kind == "music" else "54、61、67、90"
    assert f"{name} 只能是各档的下限（{lows}）" in told


def test_who_misses_another_clause_only_needs_no_relaxation():
    rows = changed(
        "P",
        max_class_size_primary=46,
        **{**OLD_ROOMS, "music_rooms_ge_96": 5, "art_rooms_ge_90": 5},
    )
    rows["evidence"].append(evidence("X3", "P"))
    county = judged(rows, "X3")
    assert (line(county, "GV3"), line(county, "GV5")) == ("达标", "未达标")
    assert uses(county) == []


@pytest.mark.parametrize(("old", "migrants"), [("2400", "2600"), ("2600", "2400")])
def test_two_relaxations_of_the_size_give_the_wider_limit(old, migrants):
    rows = changed("P", **TOO_MANY | {"migrant_children_enrolled": 1201})
    rows["evidence"] += [evidence("X5", "P"), evidence("X6", "P")]
    standard = otherwise(standard_of("X5", "X6"), "X5", {"primary": old})
    allowed, told = granted(rows, otherwise(standard, "X6", {"primary": migrants}))
    assert [use.granted for use in told] == [True, True]
    assert allowed.sizes == {"P": 2600}
    assert allowed.granted == {"P": ("X5", "X6")}


def test_a_teaching_point_takes_no_limit_of_primary_schools():
    rows = changed("P", school_type="teaching_point", **TOO_MANY)
    rows["evidence"].append(evidence("X5", "P"))
    allowed, (use,) = granted(rows, otherwise(standard_of("X5"), "X5", {"teaching_point": None}))
    assert "没有规定这类学校的上限" in use.reason
    assert allowed.sizes == {}


def test_one_stage_with_larger_classes_keeps_a_school_from_the_relaxation():
    rows = changed("N", **SMALL_ROOMS, max_class_size_junior=30, classes_36_40_junior=0)
    rows["evidence"].append(evidence("X4", "N"))
    assert uses(judged(rows, "X4")) == [("X4", "N", False, "最大班额不低于30人")]
