"""The closing law: what the plan says of a school is what the engine says of its projection."""

from collections import Counter
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from class_cases import BINS, GRADES, YEAR, Classes, alike, facts_of, filed
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.diagnosis import Assessment, Verdict, assess_facts
from junheng.errors import MisuseError
from junheng.plan import ClassSizePlan, plan_class_sizes
from junheng.plan.class_size import Outcome
from junheng.registry import Facts
from junheng.sample import make_county, marks_of
from junheng.schema import Stage

pytestmark = pytest.mark.slow

ON = date(2026, 3, 31)
WITHIN = 2000


def planned(facts: Facts, years: int = 3, **more: object) -> ClassSizePlan:
    return plan_class_sizes(facts, on=ON, years=years, **{"within_m": WITHIN, **more})


def class_size_verdicts(assessment: Assessment) -> dict[str, Verdict]:
    return {
        point.school_code: point.verdict
        for county in assessment.counties
        for line in county.lines
        if line.code == "GV5"
        for clause in line.clauses
        for point in clause.schools
    }


def refuse_unclosed(facts: Facts, answer: ClassSizePlan) -> None:
    """Assert the closing law: legal in the plan is 达标 in the assessed projection, and only that."""
    for index, year in enumerate(answer.years):
        projected = answer.plan.apply(facts, year=year).facts
        judged = class_size_verdicts(assess_facts(projected, on=ON))
        legal: dict[str, bool] = {}
        taught = Counter()
        for school in answer.schools:
            head = school.now.head
            legal[head] = legal.get(head, True) and school.years[index].legal
            taught[head] += sum(g.pupils for g in school.years[index].grades)
        said = {
            head: Verdict.PASS if ok else Verdict.FAIL for head, ok in legal.items() if taught[head]
        }
        assert {code: judged[code] for code in said} == said


def pupils_by_grade(facts: Facts) -> Counter[int]:
    return Counter(
        {g: int(facts["seats"][f"enrolment_grade_{g}"].sum() or 0) for g in range(1, 10)}
    )


# --- counties drawn at random ------------------------------------------------------------------

sizes = st.lists(st.integers(20, 70), min_size=1, max_size=3)
FEW = settings(max_examples=10)


@st.composite
def counties(draw: st.DrawFn) -> Facts:
    rows, listed = [], {}
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["primary", "primary", "junior", "nine_year"]))
        stages = {"nine_year": ("primary", "junior")}.get(kind, (kind,))
        classes: Classes = {g: draw(sizes) for stage in stages for g in GRADES[stage]}
        count = sum(map(len, classes.values()))
        code = f"21419900{number:02d}"
        rows.append(
            filed(code, kind, classes, rooms=count + draw(st.integers(-1, 6)), teachers=draw(st.integers(5, 40)),
                  north_m=draw(st.sampled_from([0, 900, 1800, 5000])) + number,
                  ownership=draw(st.sampled_from(["public", "public", "public", "private"])))
        )  # fmt: skip
        if draw(st.booleans()):
            listed[code] = classes
    return facts_of(*rows, listed=listed)


@FEW
@given(counties(), st.integers(1, 3), st.booleans())
def test_what_the_plan_mends_passes_and_what_it_does_not_mend_fails(
    facts: Facts, years: int, reorganise: bool
) -> None:
    refuse_unclosed(facts, planned(facts, years, reorganise=reorganise))


@FEW
@given(counties())
def test_no_pupil_appears_or_disappears(facts: Facts) -> None:
    """Each year's grade g + 1 is last year's grade g over all schools; entrants are this year's."""
    answer = planned(facts)
    before = pupils_by_grade(facts)
    entrants = {1: before[1], 7: before[7]}
    for year in answer.years:
        after = pupils_by_grade(answer.plan.apply(facts, year=year).facts)
        assert after == Counter({g: entrants.get(g, before[g - 1]) for g in range(1, 10)})
        before = after


@FEW
@given(counties())
def test_transfers_stay_near_public_and_within_the_stage(facts: Facts) -> None:
    answer = planned(facts)
    public = {s.now.code for s in answer.schools if s.now.public}
    stages = {s.now.code: s.now.stages for s in answer.schools}
    for each in answer.actions:
        if each.to:
            assert each.distance_m is not None
            assert each.distance_m <= WITHIN
            assert each.to in public
            assert each.stage in stages[each.to]


@FEW
@given(counties())
def test_a_receiver_stays_within_its_limit_and_its_rooms(facts: Facts) -> None:
    answer = planned(facts)
    receivers = {each.to for each in answer.actions} - {""}
    for school in answer.schools:
        if school.now.code in receivers:
            assert all(year.legal for year in school.years)
            rooms = max(school.now.rooms, school.now.classes)
            assert all(year.classes <= rooms for year in school.years)


@FEW
@given(counties())
def test_existing_classes_are_kept_but_for_those_that_an_action_merges(facts: Facts) -> None:
    answer = planned(facts)
    told = {(a.school, a.year): a.amount for a in answer.actions if a.item == "class_merging"}
    found = {}
    for school in answer.schools:
        held = {g: len(each) for g, each in school.now.sizes.items()}
        for year in school.years:
            now = {g.grade: len(g.sizes) for g in year.grades}
            gone = sum(max(0, n - now[g + 1]) for g, n in held.items() if g not in (6, 9))
            if gone:
                found[school.now.code, year.year] = gone
            held = now
    assert found == told
    assert answer.plan.goals[1].value == sum(told.values())


def super_large(answer: ClassSizePlan, *, nothing: bool) -> int:
    """School-years with a class of 66 or more."""
    return sum(
        any(
            size >= 66 for g in year.grades for size in (g.sizes_if_nothing if nothing else g.sizes)
        )
        for school in answer.schools
        for year in school.years
    )


@FEW
@given(counties())
def test_doing_nothing_opens_no_class_beyond_the_rooms_but_one_for_a_grade_without(
    facts: Facts,
) -> None:
    for school in planned(facts).schools:
        rooms = max(school.now.rooms, school.now.classes)
        for year in school.years:
            classes = {g.grade: len(g.sizes_if_nothing) for g in year.grades}
            if sum(classes.values()) > rooms:
                assert all(classes[g] <= 1 for g in (1, 7) if g in classes)


@FEW
@given(counties())
def test_the_plan_is_never_worse_than_doing_nothing(facts: Facts) -> None:
    """Wherever doing nothing fits into the rooms, so that it is one of the plan's own choices."""
    answer = planned(facts)
    fits = all(
        sum(len(g.sizes_if_nothing) for g in year.grades) <= max(s.now.rooms, s.now.classes)
        for s in answer.schools
        for year in s.years
    )
    if fits:
        assert super_large(answer, nothing=False) <= super_large(answer, nothing=True)


@FEW
@given(counties())
def test_the_goals_tell_what_the_classes_of_the_plan_are(facts: Facts) -> None:
    answer = planned(facts)
    states = [year for school in answer.schools for year in school.years]
    told = [goal.value for goal in answer.plan.goals]
    above = [(size - g.limit, size - 65) for y in states for g in y.grades for size in g.sizes]
    assert [told[0], *told[2:5]] == [
        sum(year.large >= 66 for year in states),
        sum(year.large >= 56 for year in states),
        sum(not year.legal for year in states),
        sum(max(0, each) for _, each in above),
    ]
    assert told[6] == sum(max(0, each) for each, _ in above)


@settings(max_examples=6)
@given(counties())
def test_the_same_facts_give_the_same_plan(facts: Facts) -> None:
    one, other = planned(facts), planned(facts)
    assert one.plan.hash == other.plan.hash
    assert one == other


# --- one thing at a time -----------------------------------------------------------------------


def only(answer: ClassSizePlan, code: str):
    return next(school for school in answer.schools if school.now.code == code)


def items(answer: ClassSizePlan) -> dict[str, int]:
    found: Counter[str] = Counter()
    for each in answer.actions:
        found[each.item] += each.amount
    return dict(found)


def test_a_school_with_free_rooms_opens_exactly_the_classes_it_needs() -> None:
    """Six grades of 50 in one class: each needs ⌈50 ÷ 45⌉ = 2, six more than today."""
    facts = facts_of(filed("A", "primary", alike([50]), rooms=12, teachers=9))
    answer = planned(facts)
    assert only(answer, "A").outcome is Outcome.MENDED
    assert items(answer) == {"class_opening": 6, "teacher_year": 9}
    first = only(answer, "A").years[0]
    assert (first.classes_needed, first.to_open, first.rooms_lacking) == (12, 6, 0)
    assert first.teachers_lacking == {Stage.PRIMARY: 9}
    assert answer.cost_yuan == 6 * 20_000 + 3 * 9 * 120_000


def test_a_school_that_is_within_the_limit_needs_nothing() -> None:
    answer = planned(facts_of(filed("A", "primary", alike([45, 45]), rooms=12)))
    assert only(answer, "A").outcome is Outcome.LEGAL
    assert answer.actions == ()
    assert answer.cost_yuan == 0


def test_one_pupil_above_the_limit_takes_one_more_class() -> None:
    answer = planned(facts_of(filed("A", "primary", {**alike([45]), 1: [46]}, rooms=12)), 1)
    assert items(answer)["class_opening"] == 2, "the entrants of next year are 46 as well"


def test_surplus_special_rooms_are_converted_only_where_enough_are_left() -> None:
    more = {"music_rooms_ge_96": 3, "music_rooms": 3, "art_rooms_ge_90": 1, "art_rooms": 1}
    facts = facts_of(filed("A", "primary", {**alike([40]), 6: [40], 1: [46]}, rooms=6, **more))
    answer = planned(facts, 1)
    assert items(answer)["room_conversion"] == 2
    after = answer.plan.apply(facts).facts["facilities"].row(0, named=True)
    assert (after["regular_classrooms"], after["music_rooms"], after["music_rooms_ge_96"]) == (
        8,
        1,
        1,
    )
    assert after["art_rooms"] == 1
    assert (
        after["teaching_auxiliary_area_m2"] == facts["facilities"]["teaching_auxiliary_area_m2"][0]
    )
    beyond = planned(facts, 1, entrants=given_entrants({("A", 2026, 1): 91}))
    assert only(beyond, "A").outcome is Outcome.UNMENDED, "the third must stay a music room"
    assert "另有2间可改造" in only(beyond, "A").reason


@pytest.mark.prove
@settings(max_examples=150, derandomize=False)
@given(counties(), st.integers(1, 3), st.booleans())
def test_every_property_of_a_plan_holds_of_very_many_counties(
    facts: Facts, years: int, reorganise: bool
) -> None:
    refuse_unclosed(facts, planned(facts, years, reorganise=reorganise))
    for each in PROPERTIES:
        each.hypothesis.inner_test(facts)


PROPERTIES = (
    test_no_pupil_appears_or_disappears,
    test_transfers_stay_near_public_and_within_the_stage,
    test_a_receiver_stays_within_its_limit_and_its_rooms,
    test_existing_classes_are_kept_but_for_those_that_an_action_merges,
    test_doing_nothing_opens_no_class_beyond_the_rooms_but_one_for_a_grade_without,
    test_the_plan_is_never_worse_than_doing_nothing,
    test_the_goals_tell_what_the_classes_of_the_plan_are,
    test_the_same_facts_give_the_same_plan,
)


@settings(max_examples=6)
@given(counties())
def test_the_projected_returns_agree_with_one_another(facts: Facts) -> None:
    """Bins, largest class, class list and pupils by grade tell the same classes."""
    after = planned(facts, 2).plan.apply(facts).facts
    for row in after["seats"].iter_rows(named=True):
        mine = after["classes"].filter(pl.col("school_code") == row["school_code"])
        for stage, grades in GRADES.items():
            if row[f"class_count_{stage}"] is None:
                continue
            listed = mine.filter(pl.col("stage") == stage)
            bins = {name: row[f"classes_{name}_{stage}"] for name, _, _ in BINS}
            assert len(listed) == row[f"class_count_{stage}"] == sum(bins.values())
            assert (listed["pupils"].max() or 0) == row[f"max_class_size_{stage}"]
            assert bins == {n: listed["pupils"].is_between(a, b).sum() for n, a, b in BINS}
            for grade in grades:
                pupils = listed.filter(pl.col("grade") == grade)["pupils"].sum()
                assert pupils == row[f"enrolment_grade_{grade}"]
            assert listed["pupils"].sum() == row[f"enrolment_{stage}"]


def test_a_crowded_school_caps_its_intake_before_it_moves_anybody() -> None:
    facts = facts_of(
        filed("A", "primary", alike([40]), rooms=6),
        filed("B", "primary", alike([30]), rooms=6, north_m=1000),
    )
    answer = planned(facts, 1, entrants=given_entrants({("A", 2026, 1): 46}))
    assert items(answer) == {"entrant_diverted": 1}
    (sent,) = answer.actions
    assert (sent.grade, sent.amount, sent.to, sent.distance_m) == (1, 1, "B", 1000)
    assert sent.cost_by(2026) == 500 + 600
    refuse_unclosed(facts, answer)


def test_one_year_of_growth_is_mended_by_moving_the_fewest() -> None:
    """Grade 1 of today, 46 in one class, is grade 2 next year: one pupil moves, no entrant."""
    facts = facts_of(
        filed("A", "primary", {**alike([40]), 1: [46]}, rooms=6),
        filed("B", "primary", alike([30]), rooms=6, north_m=1000),
    )
    answer = planned(facts, 1, entrants=given_entrants({("A", 2026, 1): 40}))
    assert items(answer)["pupil_moved"] == 1
    assert [(a.grade, a.to) for a in answer.actions if a.to] == [(2, "B")]


def first_grade(answer: ClassSizePlan, code: str, year: int = 0) -> tuple[int, ...]:
    return next(g.sizes for g in only(answer, code).years[year].grades if g.grade == 1)


def test_a_super_large_class_is_not_left_where_a_neighbour_can_take_it_down() -> None:
    """100 enter, one room is left, the neighbour has 40 places: 60 stay, above the limit all the same."""
    facts = facts_of(
        filed("A", "primary", alike([40]), rooms=6),
        filed("B", "primary", alike([30]), rooms=6, north_m=1000),
    )
    entrants = {("A", 2026, 1): 100, ("B", 2026, 1): 5}
    answer = planned(facts, 1, entrants=given_entrants(entrants))
    assert first_grade(answer, "A") == (60,)
    assert [goal.value for goal in answer.plan.goals[:8]] == [0, 0, 1, 1, 0, 0, 15, 40]
    refuse_unclosed(facts, answer)


def test_no_school_is_mended_at_the_price_of_a_super_large_class_elsewhere() -> None:
    """40 places. 15 would mend C (60), but A (100) must lose 35 to have no class of 66."""
    facts = facts_of(
        filed("A", "primary", alike([40]), rooms=6),
        filed("B", "primary", alike([30]), rooms=6, north_m=1000),
        filed("C", "primary", alike([40]), rooms=6, north_m=2000),
    )
    entrants = {("A", 2026, 1): 100, ("B", 2026, 1): 5, ("C", 2026, 1): 60}
    answer = planned(facts, 1, entrants=given_entrants(entrants))
    assert (first_grade(answer, "A"), first_grade(answer, "C")) == ((65,), (55,))
    assert [goal.value for goal in answer.plan.goals[:4]] == [0, 0, 1, 2]
    refuse_unclosed(facts, answer)


def test_enrolled_pupils_are_not_moved_merely_to_ease_a_class() -> None:
    """Grade 2 will be 52 in one room, the neighbour has 3 places: 49 would be above the limit still."""
    facts = facts_of(
        filed("A", "primary", {**alike([40]), 1: [52]}, rooms=6),
        filed("B", "primary", {**alike([40]), 1: [42]}, rooms=6, north_m=1000),
    )
    entrants = {("A", 2026, 1): 40, ("B", 2026, 1): 40}
    answer = planned(facts, 1, entrants=given_entrants(entrants))
    assert only(answer, "A").years[0].large == 52
    assert [a for a in answer.actions if a.to] == []


def test_rooms_go_where_the_fewest_pupils_are_left_above_the_limit() -> None:
    """Two rooms are left for three grades of 50, 60 and 80 in one class each."""
    crowded = {**alike([40]), 1: [50], 2: [60], 3: [80]}
    answer = planned(facts_of(filed("A", "primary", crowded, rooms=8)), 1,
                     entrants=given_entrants({("A", 2026, 1): 40}))  # fmt: skip
    sizes = {g.grade: g.sizes for g in only(answer, "A").years[0].grades}
    assert (sizes[2], sizes[3], sizes[4]) == ((50,), (30, 30), (40, 40))
    assert answer.plan.goals[6].value == 5


def test_classes_are_merged_where_nothing_else_takes_a_super_large_one_down() -> None:
    """Six grades of 60 in twos and one room for 90 entrants: one pair of the cohorts must give way."""
    facts = facts_of(filed("A", "primary", {**alike([30, 30]), 6: [60]}, rooms=11))
    entrants = given_entrants({("A", 2026, 1): 90})
    answer = planned(facts, 1, entrants=entrants)
    (merged,) = [a for a in answer.actions if a.item == "class_merging"]
    assert (merged.amount, merged.cost_yuan, merged.completes) == (1, 0, False)
    assert first_grade(answer, "A") == (45, 45)
    assert only(answer, "A").years[0].large == 60
    assert [goal.value for goal in answer.plan.goals[:4]] == [0, 1, 1, 1]
    refuse_unclosed(facts, answer)


def test_no_class_is_merged_for_less_than_a_super_large_one() -> None:
    """As above, but 65 entrants fit into the one room: above the limit, and no class is touched."""
    facts = facts_of(filed("A", "primary", {**alike([30, 30]), 6: [60]}, rooms=11))
    answer = planned(facts, 1, entrants=given_entrants({("A", 2026, 1): 65}))
    assert first_grade(answer, "A") == (65,)
    assert "class_merging" not in items(answer)


def test_doing_nothing_is_held_to_the_rooms_that_are_there() -> None:
    """The leavers give one room back, the entrants would have two classes."""
    facts = facts_of(filed("A", "primary", {**alike([45, 45]), 1: [50, 50], 6: [45]}, rooms=11))
    years = only(planned(facts), "A").years
    first = [next(g.sizes_if_nothing for g in year.grades if g.grade == 1) for year in years]
    assert first == [(100,), (50, 50), (50, 50)]
    assert [next(g.sizes_if_nothing for g in y.grades if g.grade == 2) for y in years] == [
        (50, 50),
        (100,),
        (50, 50),
    ]


def test_a_class_that_fills_no_room_needed_later_is_left_a_little_above_the_limit() -> None:
    """46 in grade 3 could have two classes in 2026; then no room would be left for 67 in 2027."""
    crowded = {**alike([20]), 1: [34, 33], 3: [46]}
    answer = planned(facts_of(filed("A", "primary", crowded, rooms=8)), 2,
                     entrants=given_entrants({("A", 2026, 1): 40, ("A", 2027, 1): 67}))  # fmt: skip
    assert [goal.value for goal in answer.plan.goals[:4]] == [0, 0, 0, 2]
    assert [first_grade(answer, "A", year) for year in (0, 1)] == [(40,), (34, 33)]


def test_a_school_that_grows_by_a_grade_a_year_is_held_to_its_rooms() -> None:
    """Six rooms, five grades in 2026, a sixth in 2027: from then on the 90 must sit in one class."""
    growing: Classes = {grade: [40] for grade in range(1, 5)}
    facts = facts_of(filed("A", "primary", growing, rooms=6))
    answer = planned(facts, 3, entrants=given_entrants({("A", 2026, 1): 90}))
    assert [year.classes for year in only(answer, "A").years] == [6, 6, 6]
    assert [year.large for year in only(answer, "A").years] == [45, 90, 90]
    refuse_unclosed(facts, answer)


def given_entrants(given: dict[tuple[str, int, int], int]):
    from junheng.plan import Entrants

    return Entrants(given, "新生.csv")


def test_a_neighbour_beyond_the_distance_is_none() -> None:
    facts = facts_of(
        filed("A", "primary", {**alike([40]), 1: [46]}, rooms=6),
        filed("B", "primary", alike([30]), rooms=6, north_m=1000),
    )
    assert planned(facts, 1, within_m=1000).schools[0].outcome is Outcome.MENDED
    answer = planned(facts, 1, within_m=999)
    school = only(answer, "A")
    assert school.outcome is Outcome.UNMENDED
    assert school.unmended_years == (2026,)
    assert "999米以内没有" in school.reason
    assert school.rooms_to_build == 2
    refuse_unclosed(facts, answer)


def test_pupils_do_not_cross_the_border_of_a_county() -> None:
    facts = facts_of(
        filed("A", "primary", alike([46]), rooms=6),
        filed("B", "primary", alike([30]), rooms=12, north_m=100, location_unit="410198"),
    )
    answer = planned(facts, 1)
    assert [county.code for county in answer.counties] == ["410198", "410199"]
    assert only(answer, "A").outcome is Outcome.UNMENDED
    refuse_unclosed(facts, answer)


def test_a_receiver_does_not_grow_beyond_the_size_cap() -> None:
    """GV4: a primary school of at most 2,000. One pupil must go; the neighbour has 1,999 or 2,000."""

    def answered(neighbour_entrants: int) -> Outcome:
        big = {grade: [40] * 8 + [13] for grade in range(1, 7)}
        facts = facts_of(
            filed("A", "primary", alike([40]), rooms=6),
            filed("B", "primary", big, rooms=60, north_m=1000),
        )
        entrants = {("A", 2026, 1): 46, ("B", 2026, 1): neighbour_entrants}
        return only(planned(facts, 1, entrants=given_entrants(entrants)), "A").outcome

    assert answered(1999 - 5 * 333) is Outcome.MENDED
    assert answered(2000 - 5 * 333) is Outcome.UNMENDED


def test_a_school_above_the_cap_already_takes_in_as_many_as_it_loses() -> None:
    big = {grade: [40] * 9 for grade in range(1, 7)}
    facts = facts_of(
        filed("A", "primary", alike([40]), rooms=6),
        filed("B", "primary", big, rooms=70, north_m=1000),
    )
    answer = planned(facts, 1, entrants=given_entrants({("A", 2026, 1): 46}))
    assert only(answer, "A").outcome is Outcome.UNMENDED
    assert only(answer, "B").outcome is Outcome.LEGAL


def test_classes_that_sit_elsewhere_today_go_on_sitting_there() -> None:
    answer = planned(facts_of(filed("A", "primary", alike([40]), rooms=4)))
    assert only(answer, "A").outcome is Outcome.LEGAL
    assert any("班级多于普通教室" in each for each in answer.assumptions)


def test_senior_classes_take_their_rooms_first() -> None:
    """Three junior classes of 60 need six rooms; of seven, 101 seniors take three."""
    junior: Classes = {7: [60], 8: [60], 9: [60]}
    senior = {"enrolment_senior": 101, "enrolment_grade_10": 101}
    seven = filed("A", "complete", junior, rooms=7, **senior)
    nine = filed("A", "complete", junior, rooms=9, **senior)
    assert only(planned(facts_of(seven), 1), "A").years[0].rooms_lacking == 2
    assert only(planned(facts_of(nine), 1), "A").outcome is Outcome.MENDED


def test_half_a_teacher_is_a_teacher() -> None:
    """Nine teachers for six classes; seven classes want ten and a half."""
    facts = facts_of(filed("A", "primary", alike([40]), rooms=7, teachers=9))
    answer = planned(facts, 1, entrants=given_entrants({("A", 2026, 1): 46}))
    assert items(answer) == {"class_opening": 1, "teacher_year": 2}
    assert answer.plan.apply(facts).facts["staffing"]["full_time_teachers_primary"][0] == 11


def test_an_unopened_school_takes_entrants_only() -> None:
    facts = facts_of(
        filed("A", "primary", alike([46]), rooms=6),
        filed("B", "primary", {}, rooms=12, north_m=500),
    )
    answer = planned(facts, 3)
    assert {a.item for a in answer.actions if a.to} <= {"entrant_diverted"}


def test_pupils_of_a_teaching_point_go_on_to_its_main_school() -> None:
    point = filed("P", "teaching_point", {1: [9], 2: [8], 3: [7]}, rooms=3, counts_as_school=False,
                  parent_school_code="A")  # fmt: skip
    facts = facts_of(filed("A", "primary", alike([30]), rooms=9), point)
    answer = planned(facts, 3)
    after = [g.pupils for year in only(answer, "A").years for g in year.grades if g.grade == 4]
    assert after == [30 + 7, 30 + 8, 30 + 9]
    refuse_unclosed(facts, answer)


def test_pupils_of_a_lone_point_are_told_as_lost_to_the_count() -> None:
    point = filed("P", "teaching_point", {1: [9], 2: [8]}, rooms=2)
    answer = planned(facts_of(point), 2)
    assert any("1个教学点各年共17人升级后去向不明" in each for each in answer.assumptions)


def test_what_is_not_filed_is_named_and_the_school_left_alone() -> None:
    blank = filed("A", "primary", alike([60]), rooms=6, regular_classrooms=None)
    answer = planned(facts_of(blank, filed("B", "primary", alike([30]), rooms=6)))
    assert [(u.code, u.wanting) for u in answer.counties[0].unknown] == [("A", ("普通教室间数",))]
    assert [s.now.code for s in answer.schools] == ["B"]


def test_bins_are_counted_as_filed_and_the_inferred_split_is_told() -> None:
    uneven = {**alike([40, 40]), 1: [70, 10], 2: [56, 24]}
    facts = facts_of(filed("A", "primary", uneven, rooms=14))
    count = only(planned(facts, 1), "A").now.counts[Stage.PRIMARY]
    assert (count.classes, count.over, count.large, count.super_large) == (12, 2, 2, 1)
    assert any("没有班级清单" in each for each in planned(facts, 1).assumptions)
    known = facts_of(filed("A", "primary", uneven, rooms=14), listed={"A": uneven})
    assert only(planned(known, 1), "A").now.sizes[1] == (70, 10)


def test_uneven_classes_are_evened_without_a_new_class() -> None:
    uneven = {**alike([40, 40]), 1: [50, 20]}
    facts = facts_of(filed("A", "primary", uneven, rooms=12), listed={"A": uneven})
    answer = planned(facts, 1)
    grade = next(g for g in only(answer, "A").years[0].grades if g.grade == 2)
    assert grade.sizes == (45, 25)
    assert answer.actions == ()


@pytest.mark.parametrize("years", [0, 4])
def test_a_horizon_beyond_the_grades_of_today_is_refused(years: int) -> None:
    with pytest.raises(MisuseError, match="1 到 3"):
        planned(facts_of(filed("A", "primary", alike([40]), rooms=6)), years)


def test_entrants_of_a_stranger_are_refused() -> None:
    with pytest.raises(MisuseError, match="Z 2026学年1年级"):
        planned(
            facts_of(filed("A", "primary", alike([40]), rooms=6)),
            entrants=given_entrants({("Z", 2026, 1): 40}),
        )


# --- the demonstration county ------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7])
def test_the_closing_law_holds_in_the_demonstration_county(seed: int) -> None:
    rows = make_county(seed=seed, year=YEAR)
    facts = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
    answer = planned(facts)
    refuse_unclosed(facts, answer)
    assert {Outcome.MENDED, Outcome.UNMENDED} <= {school.outcome for school in answer.schools}
    assert all(goal.gap == 0 for goal in answer.plan.goals)
    assert Fraction(0) < answer.cost_yuan
