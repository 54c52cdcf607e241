"""X1 and X2 on single schools: what is added, and why it is not."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from worked.building import COUNTY
from worked.whole_county import evidence

from junheng.indicators import RelaxationUse
from junheng.indicators.relaxing import claim, relax
from junheng.registry import Facts
from junheng.registry.records import Records
from junheng.standards import Standard, Switches

ON = date(2026, 3, 31)
SUBJECTS = ("pe", "music", "fine_arts", "arts")
BOTH = ("primary", "junior")
PROVEN = (evidence("X1", "A"), evidence("X2", "A"))
DENSE = {
    "rural_small_50_99": False, "dense_urban_core": True, "urban_rural_code": "112",
    "leased_sports_area_m2": Decimal("300.5"), "other_campus_sports_area_m2": Decimal(20),
    "leased_contract_no": "租1号", "lease_start": ON, "lease_end": ON, "walking_minutes": 10,
}  # fmt: skip
Uses = list[tuple[str, bool, str, str]]


def small(**filed: Any) -> dict[str, Any]:
    """A rural school of 30 primary and 20 junior pupils with one visiting PE teacher at each."""
    row = {
        "school_code": "A", "school_name": "示例小学", "location_unit": COUNTY, "stages": BOTH,
        "rural_small_50_99": True, "dense_urban_core": False, "urban_rural_code": "220",
        "pupils_primary": 30, "pupils_junior": 20, "sports_ground_area_m2": Decimal(500),
        "leased_sports_area_m2": None, "other_campus_sports_area_m2": None,
        "leased_contract_no": None, "lease_start": None, "lease_end": None, "walking_minutes": None,
    }  # fmt: skip
    for stage in BOTH:
        row |= {f"teachers_{each}_{stage}": 1 for each in SUBJECTS}
        row |= {f"visiting_{each}_teachers_{stage}": None for each in SUBJECTS}
        row[f"visiting_pe_teachers_{stage}"] = 1
    return row | filed


def relaxed(
    *schools: dict[str, Any],
    proof: Sequence[dict[str, Any]] = PROVEN,
    on: Sequence[str] = ("X1", "X2"),
    dense: Sequence[str] = (COUNTY,),
) -> tuple[list[dict[str, Any]], tuple[RelaxationUse, ...]]:
    rows = {
        "evidence": list(proof),
        "dense_areas": [{"county_code": each, "area_name": "示例街道"} for each in dense],
    }
    standard = Standard.at(COUNTY, ON, switches=Switches(relaxations=tuple(on)))
    return relax(list(schools), Facts.from_rows(rows, year=2025), standard)


def told(uses: Sequence[RelaxationUse]) -> Uses:
    return [(use.code, use.granted, use.reason, use.wanting) for use in uses]


def test_switched_off_nothing_is_added_or_told():
    assert relaxed(small(), small(**DENSE), on=()) == ([small(), small(**DENSE)], ())


@pytest.mark.parametrize("code", ["X1", "X2"])
def test_each_is_switched_on_by_itself(code):
    _, uses = relaxed(small(), small(**DENSE), on=(code,))
    assert [use.code for use in uses] == [code]


def test_visiting_teachers_are_added_subject_by_subject_and_stage_by_stage():
    visiting = {"visiting_music_teachers_primary": 2, "visiting_fine_arts_teachers_junior": 3,
                "visiting_arts_teachers_primary": 4}  # fmt: skip
    ((found,), uses) = relaxed(small(**visiting))
    assert told(uses) == [("X1", True, "加计11名交流轮岗、兼职、走教教师", "")]
    assert (uses[0].county, uses[0].school, uses[0].name) == (COUNTY, "A", "示例小学")
    assert {s: found[f"teachers_{s}_primary"] for s in SUBJECTS} == {
        "pe": 2, "music": 3, "fine_arts": 1, "arts": 5,
    }  # fmt: skip
    assert {s: found[f"teachers_{s}_junior"] for s in SUBJECTS} == {
        "pe": 2, "music": 1, "fine_arts": 4, "arts": 1,
    }  # fmt: skip


def test_teachers_that_were_not_filed_stay_unknown_and_a_stage_it_has_not_is_not_read():
    row = small(stages=("primary",), teachers_pe_primary=None, visiting_music_teachers_junior=9)
    ((found,), uses) = relaxed(row)
    assert found["teachers_pe_primary"] is None
    assert found["teachers_pe_junior"] == 1
    assert uses[0].reason == "加计1名交流轮岗、兼职、走教教师"


@pytest.mark.parametrize(
    ("primary", "junior", "granted"),
    [(30, 20, True), (30, 19, False), (50, 49, True), (50, 50, False), (None, 60, False), (60, None, False)],
)  # fmt: skip
def test_fifty_to_ninety_nine_pupils_of_both_stages_together(primary, junior, granted):
    row = small(pupils_primary=primary, pupils_junior=junior)
    found, uses = relaxed(row)
    assert uses[0].granted is granted
    if not granted:
        assert told(uses) == [("X1", False, "学生数不在50人及以上、不足100人的范围内", "")]
        assert found == [row]


@pytest.mark.parametrize("code", ["121", "112", None])
def test_a_school_that_is_not_rural_counts_no_visiting_teachers(code):
    row = small(urban_rural_code=code)
    found, uses = relaxed(row)
    assert told(uses) == [("X1", False, "城乡分类不是乡村", "")]
    assert found == [row]


def test_no_visiting_teachers_filed_is_told_none_filed_as_zero_is_granted():
    unfiled = {f"visiting_pe_teachers_{stage}": None for stage in BOTH}
    _, uses = relaxed(small(**unfiled))
    assert told(uses) == [("X1", False, "没有填报交流轮岗、兼职、走教教师数", "")]
    found, uses = relaxed(small(**unfiled | {"visiting_music_teachers_junior": 0}))
    assert told(uses) == [("X1", True, "加计0名交流轮岗、兼职、走教教师", "")]
    assert found[0]["teachers_music_junior"] == 1


@pytest.mark.parametrize(
    ("row", "code", "papers"),
    [
        (small(), "X1", "派任文件、课程表"),
        (small(**DENSE), "X2", "认定文件、租赁合同、平面图、步行时间"),
    ],
)
def test_without_a_record_that_counts_the_papers_are_asked_for(row, code, papers):
    other = [evidence("X1" if code == "X2" else "X2", "A"), evidence(code, "B")]
    found, uses = relaxed(row, proof=other)
    assert found == [row]
    assert told(uses) == [(code, False, f"没有佐证材料（{papers}）", papers)]
    found, uses = relaxed(row, proof=[evidence(code, "A", title="材料", review=None)])
    assert found == [row]
    assert told(uses) == [(code, False, "《材料》还没有审核", papers)]


def test_leased_and_other_grounds_are_added_to_the_own():
    ((found,), uses) = relaxed(small(**DENSE))
    assert told(uses) == [("X2", True, "加计320.5㎡", "")]
    assert found == small(**DENSE) | {"sports_ground_area_m2": Decimal("820.5")}
    assert (uses[0].county, uses[0].school, uses[0].name) == (COUNTY, "A", "示例小学")


def test_own_grounds_that_were_not_filed_stay_unknown():
    row = small(**DENSE | {"sports_ground_area_m2": None})
    assert relaxed(row)[0] == [row]


def test_either_area_alone_is_enough_and_neither_is_told():
    leased, other = {"leased_sports_area_m2": None}, {"other_campus_sports_area_m2": None}
    assert relaxed(small(**DENSE | leased))[1][0].reason == "加计20㎡"
    assert relaxed(small(**DENSE | other))[1][0].reason == "加计300.5㎡"
    row = small(**DENSE | leased | other)
    assert told(relaxed(row)[1]) == [("X2", False, "没有填报租赁场馆或校内其他场地面积", "")]
    assert relaxed(row)[0] == [row]


@pytest.mark.parametrize("code", ["121", "220", None])
def test_a_school_outside_the_city_adds_no_grounds(code):
    row = small(**DENSE | {"urban_rural_code": code})
    assert relaxed(row)[0] == [row]
    assert told(relaxed(row)[1]) == [("X2", False, "城乡分类不是城区（111、112）", "")]


@pytest.mark.parametrize("dense", [(), ("410198",)])
def test_only_a_county_with_a_certified_area_adds_grounds(dense):
    row = small(**DENSE)
    found, uses = relaxed(row, dense=dense)
    assert found == [row]
    assert told(uses) == [("X2", False, "所在区县没有填报经认定的人口密度过高中心城区", "")]


LEASES = {
    "租赁场馆没有合同编号": [{"leased_contract_no": None}, {"leased_contract_no": ""}],
    "租赁合同在2026-03-31这一天不在有效期内": [
        {"lease_start": None}, {"lease_end": None},
        {"lease_start": date(2026, 4, 1), "lease_end": date(2026, 5, 1)},
        {"lease_start": date(2026, 3, 1), "lease_end": date(2026, 3, 30)},
    ],
    "步行时间没有填报或超过10分钟": [{"walking_minutes": None}, {"walking_minutes": 11}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "reason"), [(each, reason) for reason, all_ in LEASES.items() for each in all_]
)
def test_a_poor_lease_is_left_out_and_other_grounds_still_count(changed, reason):
    ((found,), uses) = relaxed(small(**DENSE | changed))
    assert told(uses) == [
        ("X2", False, f"租赁场馆不计：{reason}", ""), ("X2", True, "加计20㎡", ""),
    ]  # fmt: skip
    assert found["sports_ground_area_m2"] == 520
    row = small(**DENSE | changed | {"other_campus_sports_area_m2": Decimal(0)})
    found, uses = relaxed(row)
    assert (found, told(uses)) == ([row], [("X2", False, reason, "")])


def test_without_a_leased_ground_no_lease_is_asked_for():
    row = small(**DENSE | {"leased_sports_area_m2": Decimal(0), "leased_contract_no": None})
    assert told(relaxed(row)[1]) == [("X2", True, "加计20㎡", "")]


def test_schools_keep_their_order_and_each_is_relaxed_by_itself():
    plain = small(school_code="C", rural_small_50_99=None)
    found, uses = relaxed(plain, small(), small(school_code="B", **DENSE))
    assert [row["school_code"] for row in found] == ["C", "A", "B"]
    assert [(use.code, use.school, use.granted) for use in uses] == [
        ("X1", "A", True), ("X2", "B", False),
    ]  # fmt: skip


def test_one_school_may_claim_both():
    both = DENSE | {"rural_small_50_99": True, "urban_rural_code": "220"}
    _, uses = relaxed(small(**both))
    assert [(use.code, use.granted) for use in uses] == [("X1", True), ("X2", False)]


def test_a_fault_is_told_before_any_paper_is_asked_for():
    standard = Standard.at(COUNTY, ON, switches=Switches(relaxations=("X1",)))
    x1, _ = standard.relaxations["X1"]
    nothing = Records(ON, {}, {}, {})
    who = ("A", "示例小学")
    assert claim(x1, COUNTY, who, "不是乡村", nothing, "加计") == RelaxationUse(
        "X1", COUNTY, "A", "示例小学", False, "不是乡村"
    )
    assert claim(x1, COUNTY, who, None, nothing, "加计").wanting == "派任文件、课程表"
