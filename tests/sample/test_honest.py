"""The clean counties of the measurement are what they say, and so is the planted fraud."""

import pytest

from junheng.registry import Facts
from junheng.sample import marks_of
from junheng.sample.fraud import FRAUDS, plant_fraud
from junheng.sample.honest import class_limits, lawful_years
from junheng.sample.marks import Rows
from junheng.sample.sittings import seated, sittings_of

pytestmark = pytest.mark.slow

YEARS = (2023, 2024, 2025)


@pytest.fixture(scope="module")
def county() -> dict[int, Rows]:
    return lawful_years(seed=4, years=YEARS, schools=60)


def by_code(rows: Rows, table: str) -> dict[str, dict]:
    return {row["school_code"]: row for row in rows[table]}


def test_the_same_seed_gives_the_same_county(county):
    again = lawful_years(seed=4, years=YEARS, schools=60)
    for year, rows in county.items():
        ours, theirs = (
            Facts.from_rows(each, marks_of(each, year=year), year=year)
            for each in (rows, again[year])
        )
        assert ours.fingerprint == theirs.fingerprint


def test_totals_bins_and_class_lists_agree(county):
    for rows in county.values():
        listed: dict[tuple[str, str], list[int]] = {}
        for row in rows["classes"]:
            listed.setdefault((row["school_code"], row["stage"]), []).append(row["pupils"])
        seats = by_code(rows, "seats")
        for (code, stage), sizes in listed.items():
            row = seats[code]
            assert row[f"class_count_{stage}"] == len(sizes)
            assert row[f"max_class_size_{stage}"] == max(sizes)
            assert row[f"classes_41_45_{stage}"] == sum(41 <= size <= 45 for size in sizes)
        for row in rows["seats"]:
            pupils = [row[f"enrolment_grade_{grade}"] or 0 for grade in range(1, 7)]
            if row["enrolment_primary"] is not None:
                assert sum(pupils) == row["enrolment_primary"]


def test_cohorts_move_up_and_buildings_stay(county):
    before, after = by_code(county[2024], "seats"), by_code(county[2025], "seats")
    then = sum(before[code]["enrolment_grade_3"] or 0 for code in after)
    now = sum(after[code]["enrolment_grade_4"] or 0 for code in after)
    assert 0 < abs(now - then) < then / 20
    old, late = by_code(county[2024], "facilities"), by_code(county[2025], "facilities")
    same = sum(old[c]["campus_area_m2"] == late[c]["campus_area_m2"] for c in late if c in old)
    assert same > 0.8 * len(late)


def test_some_schools_really_cap_their_classes_at_the_limit():
    """Else a silent screen would say nothing about lawful capping."""
    limits, full = class_limits(), 0
    for seed in range(6):
        rows = lawful_years(seed=seed, years=(2025,), schools=60)[2025]
        full += sum(row["pupils"] == limits[row["stage"]] for row in rows["classes"])
    assert full > 100


def test_classes_are_counted_into_grades_bins_and_totals(county):
    row = by_code(county[2025], "seats")["2141990001"]
    assert sum(map(sum, sittings_of(row).values())) == row["enrolment_primary"]
    found = seated(row, {1: [45, 46], 2: [40, 66], 6: [25]})
    told = {name: count for name, count in found.items() if count}
    assert told == {
        "enrolment_grade_1": 91, "enrolment_grade_2": 106, "enrolment_grade_6": 25,
        "class_count_primary": 5, "max_class_size_primary": 66, "classes_le_25_primary": 1,
        "classes_36_40_primary": 1, "classes_41_45_primary": 1, "classes_46_50_primary": 1,
        "classes_ge_66_primary": 1, "enrolment_primary": 222, "in_zone_enrolment_primary": 222,
    }  # fmt: skip


@pytest.mark.parametrize("kind", FRAUDS)
def test_a_fraud_changes_only_the_schools_it_names_and_only_the_years_it_says(county, kind):
    for strength in (1, 2, 3):
        shaped, codes = plant_fraud(county, kind, strength=strength, seed=4)
        for year, rows in shaped.items():
            untouched = year not in YEARS[-FRAUDS[kind].reaches :]
            assert (rows is county[year]) is untouched
            for table in ("seats", "staffing", "facilities", "finance"):
                old, late = by_code(county[year], table), by_code(rows, table)
                changed = {code for code in late if late[code] != old[code]}
                assert changed <= set(codes), (table, strength)


def test_every_fraud_finds_a_place_in_some_county():
    left = set(FRAUDS)
    for seed in (1, 4, 6, 9):
        years = lawful_years(seed=seed, years=YEARS, schools=100)
        left -= {kind for kind in left if plant_fraud(years, kind, strength=3, seed=seed)[1]}
        if not left:
            break
    assert left == set()
