"""What the author of an indicator may read: names, labels, and the units in which a row holds it."""

import pytest

from junheng.indicators.columns import Whole, label_of, scale_of
from junheng.indicators.definition import CATALOGUE, Part, indicator
from junheng.indicators.quantity import Amount

HELD = {  # column → label without its stage, integers in one natural unit
    "pupils": ("学生数", 1),
    "fund_standard_yuan": ("规定的生均公用经费标准", 100),
    "law_per_classes": ("规定的班数", 1),
    "teaching_auxiliary_area_m2": ("教学及辅助用房总面积", 100),
    "equipment_value_yuan": ("教学仪器设备资产值（账面原值）", 100),
    "multimedia_classrooms": ("网络多媒体教室间数", 1),
    "teachers_pe": ("体育专任教师人数", 1),
    "special_ed_funds_total_yuan": ("特殊教育学校公用经费总额", 100),
    "quality_senior_plan": ("优质高中招生计划总人数", 1),
}


@pytest.mark.parametrize("column", HELD)
def test_a_column_has_its_label_and_its_scale(column):
    assert (label_of(column), scale_of(column)) == HELD[column]


def test_a_label_loses_the_name_of_its_stage_once():
    assert label_of("max_class_size") == "最大班额"


@pytest.mark.parametrize("column", [each for each in HELD if not each.startswith("law_")])
def test_a_whole_school_or_county_shows_every_column(column):
    assert getattr(Whole(), column) == Amount(column, HELD[column][1])


def test_a_number_of_the_law_is_read_as_it_stands():
    assert Whole().law("per_classes") == Amount("law_per_classes", 1)


@pytest.mark.parametrize("seen", [Whole(), Part()])
def test_a_column_that_nobody_declared_is_refused_by_name(seen):
    with pytest.raises(AttributeError, match="unheard_of"):
        _ = seen.unheard_of


def test_a_part_shows_counts_as_they_are_and_areas_in_hundredths():
    assert Part().pupils == Amount("pupils", 1)
    assert Part().teachers_pe == Amount("teachers_pe", 1)
    assert Part().teaching_auxiliary_area_m2 == Amount("teaching_auxiliary_area_m2", 100)


@pytest.mark.parametrize(
    ("row", "value"),
    [((600, 200), 300), ((None, 200), None), ((600, None), None)],
)
def test_a_value_is_the_quotient_told_per_so_many_or_unknown(row, value):
    above, below = row
    each = CATALOGUE["GV14"]
    assert each.value_of({"quality_senior_quota": above, "quality_senior_plan": below}) == value


def test_an_indicator_is_not_told_by_stage_unless_it_says_so(monkeypatch):
    monkeypatch.delitem(CATALOGUE, "TRIAL", raising=False)
    enter = indicator("TRIAL", "试", unit="人", gap_unit="人", step="1", grain="county")
    try:
        enter(lambda whole: CATALOGUE["GV14"].ratio)
        made = CATALOGUE["TRIAL"]
    finally:
        CATALOGUE.pop("TRIAL", None)
    assert (made.by_stage, made.asks, made.better, made.summary) == (False, "", "higher", "")


def test_an_indicator_says_whether_schools_share_it_between_stages():
    assert CATALOGUE["L7"].shared
    assert not CATALOGUE["L1"].shared
