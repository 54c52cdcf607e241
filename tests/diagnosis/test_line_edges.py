"""Lines at their edges: empty denominators, missing schools, combined and private schools, bad clauses."""

from datetime import date
from typing import Any

import msgspec
import pytest
from oracle.cases import batch
from worked.building import COUNTY, rows_of
from worked.whole_county import (
    ON,
    Rows,
    drop,
    evidence,
    facts_of,
    ordinary,
    passing_county,
    put,
)

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Line, assess_facts
from junheng.errors import DeclarationError
from junheng.registry import Facts
from junheng.standards import Clause, Document


def judged(rows: Rows, **settings: Any) -> CountyVerdict:
    (county,) = assess_facts(facts_of(rows), on=ON, **settings).counties
    return county


def changed(key: str, table: str = "schools", **columns: Any) -> Rows:
    rows = passing_county()
    for column, value in columns.items():
        put(rows, table, key, column, value)
    return rows


def line(county: CountyVerdict, code: str) -> Line:
    return next(each for each in county.lines if each.code == code)


def clause(county: CountyVerdict, code: str) -> ClauseVerdict:
    return next(
        each for line_ in county.lines for each in line_.clauses if each.demand.clause.code == code
    )


def weak(county: CountyVerdict) -> dict[str, str]:
    return {each.code: str(each.verdict) for each in county.lines if str(each.verdict) != "达标"}


# --- nothing is skipped --------------------------------------------------------------------------


def test_an_empty_county_has_all_lines_and_says_of_each_what_to_file():
    rows = rows_of([], county=[{"county_code": COUNTY, "county_name": "示例县"}])
    county = judged(rows)
    assert len(county.lines) == 39
    assert {str(each.verdict) for each in county.lines} == {"缺数据", "不适用"}
    assert {each.code for each in county.lines if str(each.verdict) == "不适用"} == {"GV7"}
    assert all(each.wanting for each in county.lines if str(each.verdict) == "缺数据")
    assert all(each.reasons for each in county.lines)
    assert county.verdict == "缺数据"


def test_a_county_that_filed_schools_only_asks_for_its_own_form():
    rows = passing_county()
    rows["county"] = []
    county = judged(rows)
    assert {code for code, word in weak(county).items() if word == "缺数据"} == {
        "GV2", "GV6", "GV7", "GV8", "GV11", "GV14", "GV15", "QL2",
    }  # fmt: skip
    assert all("区县填报表" in each for each in line(county, "GV15").wanting)


def test_the_area_of_resources_is_exactly_the_worst_of_its_lines():
    rows, marks = batch(range(60))
    for county in assess_facts(Facts.from_rows(rows, marks, year=2025), on=ON).counties:
        resource = next(area for area in county.areas if area.code == "resource")
        assert resource.verdict == county.resource, county.code
        assert len(county.lines) == 39


# --- empty denominators -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "code", "reason"),
    [
        ("rotation_eligible", "GV11", "符合交流条件教师总数为0"),
        ("rotated", "GV11-KEY", "实际交流轮岗教师数为0"),
        ("quality_senior_plan", "GV14", "优质高中招生计划总人数为0"),
        ("migrant_eligible", "GV15", "符合条件的随迁子女总人数为0"),
        ("disabled_school_age", "QL2", "适龄残疾儿童少年总数为0"),
        ("special_ed_pupils", "GV7", "特殊教育学校学生人数为0"),
        ("civil_servant_mean_pay_prev_yuan", "GV8", "上年度当地公务员年平均工资收入为0"),
    ],
)
def test_an_empty_denominator_is_not_applicable_with_its_reason(column, code, reason):
    found = clause(judged(changed(COUNTY, "county", **{column: 0})), code)
    assert found.verdict == "不适用"
    assert any(each.startswith(reason) for each in found.reasons)
    assert found.wanting == ()
    assert all(f.value is None and f.gap == "" and not f.near for f in found.figures)


def test_a_county_without_special_schools_is_not_asked_for_their_funds():
    rows = changed(COUNTY, "county", special_ed_funds_total_yuan=None, special_ed_pupils=None)
    for table in ("schools", "register"):
        drop(rows, table, "S")
    found = line(judged(rows), "GV7")
    assert (found.verdict, found.reasons) == ("不适用", ("没有特殊教育学校",))


def test_a_school_without_classes_has_no_rooms_to_owe():
    found = clause(judged(changed("Z", class_count_primary=0)), "GV3-MUSIC")
    point = next(p for p in found.schools if p.school_code == "Z")
    assert (point.verdict, point.reason) == ("不适用", "班级总数为0，没有可比的基数")
    assert found.verdict == "达标"


def test_no_junior_cohort_leaves_retention_not_applicable():
    rows = passing_county()
    for code in "JN":
        put(rows, "schools", code, "cohort_grade7_enrolment", 0)
    assert line(judged(rows), "QL1").verdict == "不适用"


# --- who is asked -------------------------------------------------------------------------------


def test_a_school_on_the_register_that_did_not_file_leaves_every_school_line_open():
    rows = passing_county()
    rows["register"].append(
        {"school_code": "X", "school_name": "示例学校X", "school_type": "primary"}
        | {"location_unit": COUNTY}
    )
    county = judged(rows)
    # GV4 asks it too; the lines of the county form do not.
    assert set(weak(county)) == {
        *(f"L{n}" for n in range(1, 8)),
        "GV3", "GV4", "GV5", "GV6", "GV9", "GV12", "GV13", "QL1", "QL3", "QL4", "QL5", "QL6", "QL7", "QL8",
    }  # fmt: skip
    assert set(weak(county).values()) == {"缺数据"}
    assert "示例学校X（X）：在学校名册上，没有填报" in line(county, "GV5").wanting


def test_one_failing_school_fails_the_line_whatever_is_missing():
    rows = changed("Z", max_class_size_primary=46)
    put(rows, "schools", "J", "max_class_size_junior", None)
    put(rows, "schools", "J", "classes_41_45_junior", None)
    found = line(judged(rows), "GV5")
    assert found.verdict == "未达标"
    assert [p.school_code for p in found.failing_schools] == ["Z"]
    assert found.reasons[0].startswith(
        "1所学校未达标：示例学校Z（小学最大班额46人，要求≤45人，多1人"
    )
    assert found.reasons[1].startswith("1所学校缺数据：示例学校J")


def test_special_schools_are_asked_for_their_charter_and_not_for_their_size():
    county = judged(changed("QL3|S|QL3.pdf", "evidence", review=None))
    assert weak(county) == {"QL3": "缺数据"}
    assert "S" not in {p.school_code for p in clause(county, "GV4").schools}
    assert "V" not in {p.school_code for p in clause(county, "QL3").schools}


def test_a_teaching_point_of_under_fifty_is_outside_l_and_inside_class_sizes():
    rows = passing_county()
    extra = rows_of(
        [ordinary("T", "teaching_point", {"primary": 20}, urban_rural_code="220")],
        evidence=[evidence(code, "T") for code in ("QL3", "QL5", "QL6", "QL7", "QL8")],
    )
    for table, more in extra.items():
        rows[table] += more
    county = judged(rows)
    assert weak(county) == {}
    assert "T" in {p.school_code for p in clause(county, "GV5").schools}
    assert "T" not in {p.school_code for p in clause(county, "L1").schools}


def test_a_private_school_need_not_file_public_funds_and_is_then_not_judged():
    columns = {"ownership": "private", "public_funds_budget_prev_yuan": None}
    county = judged(changed("P", **columns))
    assert weak(county) == {}
    for code in ("QL4", "GV6"):
        assert "P" not in {p.school_code for p in clause(county, code).schools}
    filed = judged(changed("P", ownership="private", training_funds_budget_prev_yuan=1))
    assert [p.school_code for p in line(filed, "QL4").failing_schools] == ["P"]


def test_schools_without_pupils_are_not_asked():
    rows = changed("Z", enrolment_primary=0, in_zone_enrolment_primary=0, music_rooms_ge_96=0)
    county = judged(rows)
    for code in ("GV3-MUSIC", "GV4", "GV5", "GV6", "QL4", "QL3"):
        assert "Z" not in {p.school_code for p in clause(county, code).schools}


def test_a_complete_school_answers_for_its_junior_part_only():
    rows = changed("J", school_type="complete", enrolment_senior=3000)
    for column, value in (
        ("teaching_auxiliary_area_m2", 100_000),
        ("sports_ground_area_m2", 100_000),
        ("equipment_value_yuan", 50_000_000),
        ("multimedia_classrooms", 400),
    ):
        put(rows, "schools", "J", column, value)
    found = clause(judged(rows), "GV4")
    point = next(p for p in found.schools if p.school_code == "J")
    assert (point.figures[0].value, point.figures[0].limit) == (400, 2000)


def test_an_uncounted_campus_counts_with_its_parent():
    rows = passing_county()
    campus = ordinary(
        "P2", "primary", {"primary": 11}, counts_as_school=False, parent_school_code="P",
        urban_rural_code="111", boarding_school=True, max_class_size_primary=46,
    )  # fmt: skip
    for table, more in rows_of([campus]).items():
        rows[table] += more
    county = judged(rows)
    assert {p.school_code for p in line(county, "GV4").failing_schools} == {"P"}
    assert line(county, "GV4").failing_schools[0].figures[0].value == 2001
    assert {p.school_code for p in line(county, "GV5").failing_schools} == {"P"}
    assert "P2" not in {p.school_code for p in clause(county, "QL3").schools}


def test_a_class_list_decides_and_counts_the_classes_over_the_limit():
    rows = changed("Z", max_class_size_primary=None)
    rows["classes"] += [
        {"school_code": "Z", "grade": 1, "class_no": str(n), "stage": "primary", "pupils": size}
        for n, size in enumerate((46, 44, 47), 1)
    ]
    (point,) = line(judged(rows), "GV5").failing_schools
    assert point.figures[0].value == 47
    assert point.figures[0].gap == "多2人，2个班超过45人"


def test_several_zoned_rows_of_a_school_count_by_their_own_codes():
    rows = passing_county()
    campus = ordinary(
        "Z2", "primary", {"primary": 30}, counts_as_school=False, parent_school_code="Z",
        urban_rural_code="220",
    )  # fmt: skip
    for table, more in rows_of([campus]).items():
        rows[table] += more
    figures = clause(judged(rows), "GV13").figures
    assert [f.numbers for f in figures] == ["400÷400×100%", "400÷400×100%"]


# --- proof --------------------------------------------------------------------------------------


def test_one_record_that_counts_is_enough_beside_others_that_do_not():
    rows = passing_county()
    rows["evidence"] += [
        evidence("GV1", COUNTY, file_name="旧.pdf", valid_to=date(2024, 1, 1)),
        evidence("GV1", COUNTY, file_name="退.pdf", review="return"),
    ]
    assert weak(judged(rows)) == {}


def test_evidence_of_another_county_or_school_does_not_count():
    rows = changed("GV1|410199|GV1.pdf", "evidence", scope="410198")
    put(rows, "evidence", "QL3|Z|QL3.pdf", "scope", COUNTY)
    county = judged(rows)
    assert weak(county) == {"GV1": "缺数据", "QL3": "缺数据"}
    (point,) = [p for p in clause(county, "QL3").schools if p.verdict != "达标"]
    assert (point.school_code, point.reason) == ("Z", "没有佐证材料")


def test_every_subject_that_was_filed_must_hold_and_none_filed_is_open():
    rows = changed(f"{COUNTY}|QL9|语文", "official_results", level=2)
    found = clause(judged(rows), "QL9-LEVEL")
    assert [(f.label, str(f.verdict)) for f in found.figures] == [
        ("数学监测水平等级", "达标"),
        ("语文监测水平等级", "未达标"),
    ]
    rows = passing_county()
    rows["official_results"] = []
    county = judged(rows)
    assert weak(county) == {"QL9": "缺数据", "SR1": "缺数据"}
    assert "官方结果：国家义务教育质量监测报告" in line(county, "QL9").wanting


def test_a_veto_declared_but_not_signed_fails_all_the_same():
    rows = changed(f"{COUNTY}|VT7", "statements", occurred=True, signed_by=None, open_cases=2)
    found = line(judged(rows), "VT7")
    assert found.verdict == "未达标"
    assert found.reasons == ("声明已经发生", "尚有2件投诉、审计问题没有办结")


# --- conclusions --------------------------------------------------------------------------------


def test_the_county_names_its_weakest_area_and_point_first():
    rows = changed(COUNTY, "county", rotated=59, disabled_enrolled=100)
    put(rows, "schools", "Z", "max_class_size_primary", 90)
    put(rows, "evidence", "GV1|410199|GV1.pdf", "review", None)
    put(rows, "statements", f"{COUNTY}|VT1", "signed_on", None)
    county = judged(rows)
    guarantee = next(area for area in county.areas if area.code == "guarantee")
    assert [reason[:4] for reason in guarantee.reasons] == ["GV5班", "GV11", "1项缺数"]
    assert guarantee.reasons[-1] == "1项缺数据：GV1"
    assert [reason[:4] for reason in county.reasons] == ["政府保障", "教育质量", "一票否决"]
    assert (county.verdict, county.resource) == ("未达标", "达标")


# --- clauses that nobody can judge --------------------------------------------------------------


def draft(**clause_: Any) -> Document:
    given: dict[str, Any] = {"article": "未核对", "gist": "试", "source": "D", "confidence": "D"}
    return Document(
        number="试1",
        title="试",
        place="000000",
        checked="未核对",
        amends=("教督〔2017〕6号",),
        clause=(msgspec.convert(given | clause_, Clause),),
    )


@pytest.mark.parametrize(
    ("clause_", "key", "found"),
    [
        ({"code": "GV8", "kind": "limit", "indicators": ["GV8"], "measure": "GV99"}, "GV8", "没有名为“GV99”的指标"),
        ({"code": "GV3-ART", "kind": "every", "indicators": ["GV3"]}, "GV3-ART", "per_classes"),
        (
            {"code": "GV3-ART", "kind": "every", "indicators": ["GV3"], "at_least": {"all": "1"},
             "numbers": {"per_classes": "12", "least_area_m2": "80"}},
            "GV3-ART", "least_area_m2 只能是各档的下限（54、61、67、90）",
        ),
        ({"code": "GV4", "kind": "every", "indicators": ["GV4"], "at_most": {"junior": "1"}}, "GV4", "没有学校类型“primary”的限值"),
        ({"code": "GV1", "kind": "evidence", "indicators": ["GV1"]}, "GV1", "filed_by 要写明由谁提交"),
        ({"code": "SR1", "kind": "official_result", "indicators": ["SR1"], "measure": "SR9"}, "SR1", "没有“SR9”的官方结果"),
        ({"code": "VT1", "kind": "norm", "indicators": ["VT1"]}, "VT1", "没有能判定它的有效条款"),
    ],
)  # fmt: skip
def test_a_clause_that_cannot_be_judged_is_named_never_skipped(clause_, key, found):
    with pytest.raises(DeclarationError) as error:
        judged(passing_county(), drafts=(draft(**clause_),))
    assert key in str(error.value)
    assert found in str(error.value)


@pytest.mark.parametrize(
    ("comparison", "rotated", "verdict", "gap"),
    [
        ("at_least", 60, "达标", ""), ("at_least", 59, "未达标", "还差1人"),
        ("above", 61, "达标", ""), ("above", 60, "未达标", "还差1人"), ("above", 59, "未达标", "还差2人"),
        ("at_most", 60, "达标", ""), ("at_most", 61, "未达标", "多1人"),
        ("below", 59, "达标", ""), ("below", 60, "未达标", "多1人"), ("below", 61, "未达标", "多2人"),
    ],
)  # fmt: skip
def test_each_comparison_holds_on_its_side_of_the_limit(comparison, rotated, verdict, gap):
    document = draft(code="GV11", kind="share", indicators=["GV11"], **{comparison: {"all": "10"}})
    county = judged(changed(COUNTY, "county", rotated=rotated), drafts=(document,))
    (figure,) = clause(county, "GV11").figures
    assert (figure.verdict, figure.gap) == (verdict, gap)


@pytest.mark.parametrize(
    ("rotated", "near"), [(57, False), (58, True), (60, True), (62, True), (63, False)]
)
def test_a_figure_is_near_within_five_per_cent_of_its_limit(rotated, near):
    (figure,) = clause(judged(changed(COUNTY, "county", rotated=rotated)), "GV11").figures
    assert figure.near is near


def test_a_missing_value_asks_of_its_own_school_only():
    county = judged(changed("Z", teachers_bachelor_primary=None))
    for code in ("L1", "CV"):
        found = next(each for each in line(county, "L1").clauses if each.demand.clause.code == code)
        assert found.verdict == "缺数据"
        assert [each[:9] for each in found.wanting] == ["示例学校Z（Z）："]
