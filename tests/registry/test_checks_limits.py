"""Exactly on a limit is allowed; the least step beyond it is named."""

from datetime import date
from decimal import Decimal

import pytest
from registry.county_of_eight import (
    ATTACHED,
    COUNTY,
    DASH,
    JUNIOR,
    NINE,
    POINT,
    PRIMARY,
    YEAR,
    add_school,
    changed,
    filing,
    put,
    yuan,
)
from registry.mistakes_of_checks import (
    PUPILS,
    TEACHERS,
    campus,
    child,
    class_list,
    correction,
    dense,
    facts,
    gone,
    listed_class,
    shifted,
)

from junheng.registry import check

FEN = Decimal("0.01")


def codes(*changes, last=None, year=YEAR - 1) -> set[str]:
    earlier = None if last is None else facts(*last, year=year)
    return {f.check for f in check(filing(changed(*changes)), year=YEAR, last=earlier).findings}


def site(**values):
    return put("facilities", PRIMARY, **values)


def money(**values):
    return put("finance", PRIMARY, **values)


def county(**values):
    return put("county", COUNTY, **values)


def funds(amount):
    return money(
        public_funds_budget_prev_yuan=yuan(amount), public_funds_final_prev_yuan=yuan(amount)
    )


LIMITS = [
    ("K1.2", site(equipment_value_yuan=yuan(PUPILS * 200)),
     site(equipment_value_yuan=yuan(PUPILS * 200) - FEN)),
    ("K1.2", site(equipment_value_yuan=yuan(PUPILS * 50_000)),
     site(equipment_value_yuan=yuan(PUPILS * 50_000) + FEN)),
    ("K1.1", site(equipment_value_yuan=yuan(PUPILS * 1_999_999)),
     site(equipment_value_yuan=yuan(PUPILS * 2_000_000))),
    ("K2.1", site(indoor_sports_room_area_m2=yuan(PUPILS * 6)),
     site(indoor_sports_room_area_m2=yuan(PUPILS * 6) + FEN)),
    ("R33", site(sports_ground_area_m2=yuan(PUPILS * 30)),
     site(sports_ground_area_m2=yuan(PUPILS * 30) + FEN)),
    ("R35", site(building_area_m2=yuan(PUPILS * 6)), site(building_area_m2=yuan(PUPILS * 6) - FEN)),
    ("K15.4", site(multimedia_classrooms=14), site(multimedia_classrooms=15)),
    ("K15.5", site(multimedia_classrooms=34), site(multimedia_classrooms=35)),
    ("R42", money(public_funds_final_prev_yuan=yuan(513_000) * 12 / 10),
     money(public_funds_final_prev_yuan=yuan(513_000) * 12 / 10 + FEN)),
    ("R42", money(public_funds_final_prev_yuan=yuan(513_000) * 8 / 10),
     money(public_funds_final_prev_yuan=yuan(513_000) * 8 / 10 - FEN)),
    ("K15.11", funds(PUPILS * 720), funds(PUPILS * 720 - 1)),
    ("R57", county(special_ed_funds_total_yuan=yuan(120 * 2000)),
     county(special_ed_funds_total_yuan=yuan(24))),
    ("R58", county(special_ed_funds_total_yuan=yuan(120 * 100_000)),
     county(special_ed_funds_total_yuan=yuan(120 * 100_000) + FEN)),
    ("K9.3", put("seats", PRIMARY, max_class_size_primary=45),
     put("seats", PRIMARY, max_class_size_primary=46)),
    ("K8.1", put("staffing", PRIMARY, key_teachers_county_plus_primary=TEACHERS),
     put("staffing", PRIMARY, key_teachers_county_plus_primary=TEACHERS + 1)),
    ("K12.2", county(rotated_key=8), county(rotated_key=9)),
    ("K12.3", county(rotation_eligible=192), county(rotation_eligible=193)),
    ("R54", county(migrant_in_public=102, migrant_eligible=200),
     county(migrant_in_public=103, migrant_eligible=200)),
    ("R11", put("seats", PRIMARY, migrant_children_enrolled=PUPILS),
     put("seats", PRIMARY, migrant_children_enrolled=PUPILS + 1)),
    ("R05", put("schools", PRIMARY, founding_year=2010), put("schools", PRIMARY, founding_year=2011)),
    ("R06", put("schools", PRIMARY, founding_year=2016, built_by_2010=False),
     put("schools", PRIMARY, founding_year=2017, built_by_2010=False)),
    ("R03", put("schools", PRIMARY, founding_year=YEAR, built_by_2010=False, built_by_2016=False),
     put("schools", PRIMARY, founding_year=YEAR + 1, built_by_2010=False, built_by_2016=False)),
    ("K13.1", shifted("quality", JUNIOR, "cohort_transfers_in", 0),
     shifted("quality", JUNIOR, "graduates_junior", 1)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "on", "over"), LIMITS, ids=[each[0] for each in LIMITS])
def test_on_the_limit_is_allowed_and_beyond_it_is_named(code, on, over) -> None:
    assert code not in codes(on)
    assert code in codes(over)


@pytest.mark.parametrize(
    ("start", "end", "covers"),
    [
        (date(2025, 9, 1), date(2026, 8, 31), True),
        (date(2025, 9, 2), date(2026, 8, 31), False),
        (date(2020, 1, 1), date(2025, 9, 1), True),
        (date(2020, 1, 1), date(2025, 8, 31), False),
    ],
)
def test_a_lease_covers_the_count_day(start: date, end: date, covers: bool) -> None:
    assert (
        "K7.5" not in codes(dense, put("facilities", NINE, lease_start=start, lease_end=end))
    ) is covers


@pytest.mark.parametrize(
    ("before", "named"), [(450, False), (449, True), (675, False), (676, True), (0, True)]
)
def test_a_change_of_a_fifth_of_last_years_pupils_is_allowed(before: int, named: bool) -> None:
    """540 now: 450 + 20 % is 540, 675 − 20 % is 540."""
    assert ("R91" in codes(last=(put("seats", PRIMARY, enrolment_primary=before),))) is named


def test_what_was_not_filed_last_year_is_not_compared() -> None:
    blank = dict.fromkeys(("enrolment_primary", "enrolment_junior"))
    assert codes(last=(put("seats", PRIMARY, **blank), site(equipment_value_yuan=None))) == set()


def test_equipment_may_grow_by_a_fifth() -> None:
    now = site(equipment_value_yuan=yuan(PUPILS * 3000))
    then = yuan(PUPILS * 2500)
    assert codes(now, last=(site(equipment_value_yuan=then),)) == set()
    assert codes(now, last=(site(equipment_value_yuan=then - FEN),)) == {"K15.13"}


@pytest.mark.parametrize(("founded", "code"), [(YEAR - 2, "K11.10"), (YEAR - 1, "K11.11")])
def test_a_school_founded_before_last_years_count_should_have_been_there(founded, code) -> None:
    young = put("schools", PRIMARY, founding_year=founded, built_by_2010=False, built_by_2016=False)
    assert codes(young, last=(gone(PRIMARY),)) == {code}


def test_equipment_that_did_not_fall_needs_no_word() -> None:
    same = site(equipment_value_yuan=yuan(PUPILS * 2600))
    assert codes(last=(same,)) == set()
    assert codes(last=(site(equipment_value_yuan=yuan(PUPILS * 2600) + FEN),)) == {"K1.3"}


def village(size: int, classes: int = 1, *, flags: dict[str, bool]):
    """The teaching point with six grades of such classes and these two answers."""

    def change(rows) -> None:
        add_school(
            rows, POINT, "teaching_point", "示例县河湾教学点", "220", {"primary": (classes, size)}
        )
        rows["schools"][POINT] |= flags
        if not flags["rural_small_50_99"]:
            for column in rows["staffing"][POINT]:
                if column.startswith("visiting"):
                    rows["staffing"][POINT][column] = DASH

    return change


@pytest.mark.parametrize(("pupils", "small"), [(49, False), (50, True), (99, True), (100, False)])
def test_a_small_rural_school_has_50_to_99_pupils(pupils: int, small: bool) -> None:
    for answer in (True, False):
        flags = {"rural_small_50_99": answer, "rural_small_max_class_lt30": True}
        found = codes(village(pupils // 6, flags=flags), exactly(pupils))
        assert found == (set() if answer is small else {"K6.2"})


@pytest.mark.parametrize(
    ("size", "classes", "yes", "no"),
    [(11, 1, True, False), (29, 1, True, True), (30, 1, False, True), (25, 4, True, True)],
)
def test_a_larger_rural_school_with_small_classes_may_answer_either(size, classes, yes, no) -> None:
    """The wording leaves open whether 小规模 has a bound of its own."""
    small = 50 <= size * classes * 6 < 100
    for answer, allowed in ((True, yes), (False, no)):
        flags = {"rural_small_50_99": small, "rural_small_max_class_lt30": answer}
        assert ("R08" not in codes(village(size, classes, flags=flags))) is allowed


def test_a_school_under_100_pupils_is_funded_as_100_in_the_proportion_of_its_stages() -> None:
    """61 primary and 33 junior pupils: (720·61 + 940·33)·100/94 = 79723.40… yuan."""

    def tiny(amount: str):
        def change(rows) -> None:
            add_school(rows, NINE, "nine_year", "示例县实验学校", "111",
                       {"primary": (1, 10), "junior": (1, 11)})  # fmt: skip
            seats = rows["seats"][NINE]
            seats |= {"enrolment_primary": 61, "enrolment_grade_1": 11, "in_zone_enrolment_primary": 61,
                      "max_class_size_primary": 11}  # fmt: skip
            rows["finance"][NINE] |= {
                "public_funds_budget_prev_yuan": Decimal(amount),
                "public_funds_final_prev_yuan": Decimal(amount),
            }

        return change

    assert codes(tiny("79723.41")) == set()
    assert codes(tiny("79723.40")) == {"K15.11"}


def test_rows_that_do_not_count_are_funded_with_their_main_school() -> None:
    """540 + 66 pupils at 720 yuan; the point alone would have had to be funded as 100."""
    point = put("finance", POINT, public_funds_budget_prev_yuan=yuan(66 * 720),
                public_funds_final_prev_yuan=yuan(66 * 720))  # fmt: skip
    assert codes(point) == {"K15.11"}
    assert codes(child(POINT, PRIMARY), point, funds(PUPILS * 720)) == set()
    assert codes(child(POINT, PRIMARY), point, funds(PUPILS * 720 - 1)) == {"K15.11"}


@pytest.mark.parametrize(
    ("field", "value", "same"),
    [
        ("网络多媒体教室间数", "１３间", True),
        ("multimedia_classrooms", "13.0", True),
        ("multimedia_classrooms", "14", False),
        ("multimedia_classrooms", "NaN", False),
        ("教学仪器设备资产值（账面原值）(万元)", "140.4", True),
        ("equipment_value_wan", "1,404,000", False),
        ("是否寄宿制", "否", True),
        ("是否寄宿制", "是", False),
        ("办学性质", "公办", True),
        ("办学性质", "public", True),
        ("办学性质", "民办", False),
    ],
)
def test_a_correction_is_compared_in_the_words_and_units_of_the_form(field, value, same) -> None:
    assert codes(correction(field, value)) == (set() if same else {"R84"})


@pytest.mark.parametrize(("pupils", "column"), [(25, "classes_le_25"), (26, "classes_26_30"),
                                                (65, "classes_61_65"), (66, "classes_ge_66")])  # fmt: skip
def test_a_listed_class_falls_into_the_bin_of_its_size(pupils: int, column: str) -> None:
    rows = changed(class_list)
    listed_class(rows, PRIMARY, 1, "1", "primary", pupils)
    found = check(filing(rows), year=YEAR).findings
    assert {f.column for f in found if f.check == "R72"} == {
        f"{column}_primary", "classes_41_45_primary",
    }  # fmt: skip


def test_the_top_bin_holds_classes_of_any_size() -> None:
    def crowded(rows) -> None:
        add_school(rows, PRIMARY, "primary", "示例县第一小学", "121", {"primary": (1, 90)})

    assert codes(crowded) == set()
    assert codes(crowded, put("seats", PRIMARY, max_class_size_primary=65)) >= {"K9.3"}
    assert "K9.2" in codes(
        crowded, put("seats", PRIMARY, classes_ge_66_primary=0, classes_61_65_primary=6)
    )


def test_more_pupils_than_the_bins_can_hold_are_named() -> None:
    more = put("seats", PRIMARY, enrolment_primary=541, enrolment_grade_1=91)
    assert codes(more) == {"K9.2", "K9.4"}


@pytest.mark.parametrize(("listed", "allowed"), [(270, True), (300, True), (290, False)])
def test_campuses_may_or_may_not_count_the_kindergarten(listed: int, allowed: bool) -> None:
    found = codes(put("seats", PRIMARY, enrolment_kindergarten=30), campus("东校区"),
                  campus("西校区", pupils=listed))  # fmt: skip
    assert found == (set() if allowed else {"R81"})


def exactly(pupils: int):
    """The teaching point with so many pupils, its first grade taking what is left over."""
    rest = pupils - 5 * (pupils // 6)
    return put("seats", POINT, enrolment_primary=pupils, enrolment_grade_1=rest,
               max_class_size_primary=rest)  # fmt: skip


@pytest.mark.parametrize(("pupils", "judged"), [(49, False), (50, True)])
def test_an_implausible_ratio_of_a_very_small_school_is_not_judged(pupils, judged) -> None:
    flags = {"rural_small_50_99": judged, "rural_small_max_class_lt30": True}
    wide = put("facilities", POINT, campus_area_m2=yuan(pupils * 501))
    assert codes(village(8, flags=flags), exactly(pupils), wide) == ({"K15.8"} if judged else set())


def test_a_village_may_have_more_land_for_a_pupil_than_a_town() -> None:
    assert codes(put("facilities", POINT, campus_area_m2=yuan(66 * 500))) == set()
    assert codes(put("facilities", POINT, campus_area_m2=yuan(66 * 500) + FEN)) == {"K15.8"}
    assert codes(site(campus_area_m2=yuan(PUPILS * 200))) == set()
    assert codes(site(campus_area_m2=yuan(PUPILS * 200) + FEN)) == {"K15.8"}


def test_a_relation_is_shown_at_a_cell_that_applies() -> None:
    """A junior school has no 小学学生人数, but 附设小学班人数."""
    rows = changed(shifted("seats", ATTACHED, "enrolment_grade_1", 1))
    [found] = check(filing(rows), year=YEAR).findings
    assert (found.check, found.column) == ("K15.1", "attached_primary_enrolment")


def test_a_school_without_pupils_has_no_ratio() -> None:
    def empty(rows) -> None:
        seats = rows["seats"][POINT]
        for column, value in seats.items():
            if isinstance(value, int):
                seats[column] = 0
        rows["schools"][POINT]["rural_small_50_99"] = False

    assert codes(empty) <= {"K6.2"}
    assert "K1.2" not in codes(empty)


def test_transfers_in_without_any_out_and_out_without_any_in_are_both_named() -> None:
    def only(side: str):
        def change(rows) -> None:
            for row in rows["quality"].values():
                row["cohort_transfers_in"] = row["cohort_transfers_out"] = 0
                row["graduates_junior"] -= 5
            rows["quality"][JUNIOR][side] = 3

        return change

    for side in ("cohort_transfers_in", "cohort_transfers_out"):
        found = check(filing(changed(only(side))), year=YEAR).findings
        assert [(f.check, f.key, f.column) for f in found] == [("K13.2", (JUNIOR,), side)]


def test_a_senior_school_with_attached_junior_classes_has_nothing_to_report() -> None:
    def attached(rows) -> None:
        code = "3441000009"
        add_school(rows, code, "senior", "示例县高级中学", "121",
                   {"junior": (1, 40), "senior": (2, 50)})  # fmt: skip
        pupils = rows["seats"][code]["enrolment_junior"]
        rows["seats"][code] |= {
            "enrolment_junior": DASH, "attached_junior_enrolment": pupils,
            "in_zone_enrolment_junior": DASH,
        }  # fmt: skip
        del rows["quality"][code]

    assert codes(attached) == set()
