"""Indicators of whole counties: from the form, or summed over the schools that are asked."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from worked.building import COUNTY, rows_of, school

from junheng.indicators import CATALOGUE, Measurement, any_school, build_parts, gather
from junheng.indicators.wholes import measure_county, room_bounds
from junheng.registry import Facts
from junheng.schema import Stage
from junheng.standards import Standard

ON = date(2026, 3, 31)


def county(*rows: dict, on_register: tuple[dict, ...] = (), **form):
    listed = rows_of(list(rows), county=[{"county_code": COUNTY, **form}], register=[*on_register])
    facts = Facts.from_rows(listed, [], year=2025)
    return gather(facts, build_parts(facts, Standard.at(COUNTY, ON)))[COUNTY]


def certified(code: str, holders: int | None, teachers: int = 10, kind: str = "primary") -> dict:
    return school(
        code, kind, {"primary": 100}, full_time_teachers_primary=teachers,
        certified_teachers_primary=holders,
    )  # fmt: skip


def told(code: str, of, stage=None) -> Measurement:
    return measure_county(CATALOGUE[code], of, stage)


def test_a_form_alone_gives_what_no_school_is_asked_for():
    found = told("GV14", county(quality_senior_quota=500, quality_senior_plan=1000))
    assert (found.value, found.owing, found.slope) == (50, (), Fraction(1, 10))


def test_what_the_form_does_not_say_is_owed():
    found = told("GV14", county(quality_senior_plan=1000))
    assert (found.value, found.reason, found.slope) == (None, "", None)
    assert found.owing == ("区县填报表：优质高中招生分配指标数",)


@pytest.mark.parametrize(("plan", "known"), [(0, False), (1, True)])
def test_a_base_of_zero_leaves_nothing_to_compare(plan, known):
    found = told("GV14", county(quality_senior_quota=1, quality_senior_plan=plan))
    assert (found.value is not None) is known
    assert ("没有可比的基数" in found.reason) is not known


def test_money_of_the_form_is_told_in_yuan_and_fund_standards_by_stage():
    primary, junior = Decimal("750.50"), Decimal(950)
    form = {"fund_standard_primary_yuan": primary, "fund_standard_junior_yuan": junior}
    assert told("GV2-FUNDS", county(**form), Stage.PRIMARY).value == Decimal("750.5")
    assert told("GV2-FUNDS", county(**form), Stage.JUNIOR).value == 950


def test_schools_that_are_asked_are_summed_and_others_are_not():
    asked = certified("A", 9), certified("B", 10), certified("S", 0, kind="special")
    assert told("GV12", county(*asked)).value == 95


def test_what_one_school_owes_leaves_the_county_unknown_and_is_told_of_it():
    found = told("GV12", county(certified("A", 9), certified("B", None)))
    assert found.value is None
    assert [each.partition("：")[0] for each in found.owing] == ["示例学校B（B）"]


def test_a_school_on_the_register_that_filed_nothing_is_missed():
    absent = {
        "school_code": "N", "school_name": "未报学校", "school_type": "primary",
        "location_unit": COUNTY,
    }  # fmt: skip
    found = told("GV12", county(certified("A", 10), on_register=(absent,)))
    assert (found.value, found.owing) == (None, ("未报学校（N）：在学校名册上，没有填报",))


def test_a_county_where_no_school_of_compulsory_schooling_filed_says_so():
    alone = county(certified("S", 0, kind="special"))
    assert not any_school(alone)
    assert told("GV12", alone).owing == ("没有学校填报",)
    assert any_school(county(certified("A", 1), certified("S", 0, kind="special")))


@pytest.mark.parametrize(("kind", "lows"), [("music", (54, 61, 73, 96)), ("art", (54, 61, 67, 90))])
def test_the_bins_of_rooms_are_known_by_their_least_area(kind, lows):
    bounds = room_bounds(kind)
    assert tuple(sorted(bounds)) == lows
    assert all(
        name.startswith(f"{kind}_rooms_") and str(low) in name for low, name in bounds.items()
    )
