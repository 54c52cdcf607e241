"""The invented county through its years: cohorts move up, money agrees, every change is told."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date

import pytest
from sample.in_memory import filing

from junheng.errors import MisuseError
from junheng.registry import Facts, Level
from junheng.registry.checks import check
from junheng.sample import make_county, make_years, marks_of
from junheng.sample.marks import wide_rows

pytestmark = pytest.mark.slow

YEARS = (2022, 2023, 2024, 2025)
PROFILES = ("mixed", "passing", "narrow")


@pytest.fixture(scope="module", params=PROFILES)
def story(request):
    return make_years(seed=3, schools=40, years=YEARS, profile=request.param)


@pytest.fixture(scope="module")
def mixed():
    return make_years(seed=3, years=YEARS)


def facts_of(rows, year) -> Facts:
    return Facts.from_rows(rows, marks_of(rows, year=year), year=year)


def by_code(rows, table):
    return {row["school_code"]: row for row in rows[table]}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_county_alone_is_the_last_of_its_years(profile):
    years = make_years(seed=8, schools=30, profile=profile)
    assert list(years) == [2023, 2024, 2025]
    assert years[2025] == make_county(seed=8, schools=30, profile=profile)


def test_a_year_is_the_same_whichever_other_years_are_asked_for():
    some, more = make_years(seed=8, schools=30), make_years(seed=8, schools=30, years=YEARS)
    assert all(some[year] == more[year] for year in some)


def test_years_in_any_order_come_oldest_first_and_none_is_refused():
    assert list(make_years(seed=1, schools=12, years=(2025, 2023, 2024, 2024))) == [
        2023,
        2024,
        2025,
    ]
    with pytest.raises(MisuseError, match="没有年度"):
        make_years(seed=1, years=())


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    code = (
        "import hashlib, json; from junheng.sample import make_years; "
        "years = make_years(seed=7, schools=12); "
        "print(hashlib.sha256(json.dumps(years, default=str).encode()).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Asia/Shanghai"}
    there = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    here = json.dumps(make_years(seed=7, schools=12), default=str).encode()
    assert there.stdout.decode().strip() == hashlib.sha256(here).hexdigest()


def _told(report) -> list[str]:
    """What remains to be answered, or is answered without need to say why."""
    return [f.sentence for f in report.findings if f.level is not Level.NOTE]


COUNTIES = [
    pytest.param(
        seed, schools, profile,
        marks=pytest.mark.prove if schools == 150 and profile != "mixed" else (),
    )
    for seed, schools in ((0, 24), (1, 60), (2, 150))
    for profile in PROFILES
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "schools", "profile"), COUNTIES)
def test_every_year_is_clean_against_the_years_before_it(seed, schools, profile):
    years = make_years(seed=seed, schools=schools, years=YEARS, profile=profile)
    sealed: dict[int, Facts] = {}
    for year, rows in years.items():
        earlier = [each for y, each in sealed.items() if year - y in (1, 3)]
        found = check(filing(rows, year), year=year, last=earlier, on=date(year, 10, 20))
        assert _told(found) == []
        sealed[year] = facts_of(rows, year)


def test_the_demonstration_county_is_clean_against_the_year_before():
    years = make_years(seed=1)
    last = facts_of(years[2024], 2024)
    found = check(filing(years[2025], 2025), year=2025, last=last, on=date(2025, 10, 20))
    assert _told(found) == []


def test_a_grade_is_the_grade_below_of_last_year_but_for_a_few(story):
    for year in YEARS[1:]:
        before, now = by_code(story[year - 1], "seats"), by_code(story[year], "seats")
        points = {
            row["school_code"]
            for row in story[year]["schools"]
            if row["school_type"] == "teaching_point"
        }
        merged = {r["new_code"] for r in story[year]["lineage"] if r["change"] == "merged"}
        for code in before.keys() & now.keys() - merged:
            for grade in (*range(1, 6), 7, 8):
                then = before[code][f"enrolment_grade_{grade}"] or 0
                after = now[code][f"enrolment_grade_{grade + 1}"] or 0
                if code in points and not after:
                    continue  # a teaching point ends with grade 3 or 4
                assert abs(after - then) <= max(5, then * 0.05), (year, code, grade)


def test_pupils_of_a_merged_school_go_on_in_the_one_that_took_it_in(story):
    (merger,) = (r for rows in story.values() for r in rows["lineage"] if r["change"] == "merged")
    year = merger["changed_on"].year
    before, now = by_code(story[year - 1], "seats"), by_code(story[year], "seats")
    for grade in range(1, 6):
        column = f"enrolment_grade_{grade}"
        then = before[merger["old_code"]][column] + before[merger["new_code"]][column]
        assert abs(now[merger["new_code"]][f"enrolment_grade_{grade + 1}"] - then) <= 5


def test_graduates_were_the_grade_seven_of_three_years_ago(story):
    then = by_code(story[2022], "seats")
    told = 0
    for code, row in by_code(story[2025], "quality").items():
        if row["cohort_grade7_enrolment"] is not None and code in then:
            assert row["cohort_grade7_enrolment"] == then[code]["enrolment_grade_7"]
            told += 1
    assert told > 5


def test_what_one_year_calls_the_year_before_last_the_other_called_last_year(story):
    for year in YEARS[1:]:
        before, now = story[year - 1]["county"][0], story[year]["county"][0]
        for column in ("general_budget_edu", "enrolled_pupils"):
            last, earlier = (
                (f"{column}_prev_yuan", f"{column}_prev2_yuan")
                if column == "general_budget_edu"
                else (f"{column}_prev", f"{column}_prev2")
            )
            assert now[earlier] == before[last]
        pupils = sum(
            sum(row[f"enrolment_grade_{g}"] or 0 for g in range(1, 13))
            for row in story[year - 1]["seats"]
        )
        assert now["enrolled_pupils_prev"] == pupils


def test_spending_only_rises_but_for_one_year_of_the_mixed_county():
    for profile in ("mixed", "passing"):
        years = make_years(seed=5, schools=24, years=YEARS, profile=profile)
        falls = [
            y
            for y, rows in years.items()
            if rows["county"][0]["general_budget_edu_prev_yuan"]
            < rows["county"][0]["general_budget_edu_prev2_yuan"]
        ]
        assert falls == ([2024] if profile == "mixed" else [])


def test_what_was_bought_is_never_worth_less_the_year_after(mixed):
    for year in YEARS[1:]:
        before = by_code(mixed[year - 1], "facilities")
        for code, row in by_code(mixed[year], "facilities").items():
            if code in before:
                assert row["equipment_value_yuan"] >= before[code]["equipment_value_yuan"]


def test_every_kind_of_change_happens_and_is_told_in_the_year_in_which_it_shows(story):
    told = {
        row["change"]: (year, row["old_code"], row["new_code"])
        for year, rows in story.items()
        for row in rows["lineage"]
    }
    assert set(told) == {"renamed", "merged", "closed", "type_changed"}
    for change, (year, old, new) in told.items():
        before, now = by_code(story[year - 1], "schools"), by_code(story[year], "schools")
        assert old in before
        assert (new in now) is (change != "closed")
        assert (old in now) is (change == "renamed")
        if change == "renamed":
            assert before[old]["school_name"] != now[new]["school_name"]
        if change == "type_changed":
            assert (before[old]["school_type"], now[new]["school_type"]) == ("complete", "junior")


def test_schools_come_and_go_only_where_the_story_says_so(story):
    for year in YEARS[1:]:
        before, now = by_code(story[year - 1], "schools"), by_code(story[year], "schools")
        old = {row["old_code"] for row in story[year]["lineage"]}
        new = {row["new_code"] for row in story[year]["lineage"]}
        assert before.keys() - now.keys() <= old
        for code in now.keys() - before.keys() - new:
            assert now[code]["founding_year"] == year


def test_a_school_that_fills_up_and_one_that_runs_out_say_why(mixed):
    young = next(
        c for c, r in by_code(mixed[2025], "schools").items() if r["founding_year"] == 2023
    )
    pupils = [by_code(mixed[y], "seats")[young]["enrolment_junior"] for y in (2023, 2024, 2025)]
    assert pupils[0] == 0 < pupils[1] < pupils[2]
    reasons = by_code(mixed[2025], "seats")[young]["enrolment_junior!explanation"]
    assert "新建" in reasons
    closed = next(r["old_code"] for r in mixed[2025]["lineage"] if r["change"] == "closed")
    left = [by_code(mixed[y], "seats")[closed]["enrolment_primary"] for y in (2022, 2023, 2024)]
    assert left[0] > left[1] > left[2] > 0


def test_cumulative_progress_never_falls_and_tells_its_place_and_source(mixed):
    reached: dict[str, list] = {}
    for rows in mixed.values():
        for row in rows["progress"]:
            assert row["place"] == "410199"
            assert row["source"].startswith("演示数据")
            reached.setdefault(row["commitment"], []).append((row["measured_on"], row["value"]))
    for code in ("C03.1", "C15.2", "C17.2"):
        values = [value for _, value in sorted(reached[code])]
        assert values == sorted(values)


def test_a_tiny_county_has_no_story_and_yet_its_years():
    years = make_years(seed=2, schools=2)
    assert [len(rows["schools"]) for rows in years.values()] == [2, 2, 2]
    assert all(rows["lineage"] == [] for rows in years.values())


@pytest.mark.slow
def test_names_and_codes_stay_apart_in_every_year():
    for year, rows in make_years(seed=1, schools=300).items():
        names = [row["school_name"] for row in wide_rows(rows, year=year).values()]
        assert len(set(names)) == len(names)
