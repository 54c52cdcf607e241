"""What a plan leads to could be filed: no kind of action, and no table of pupils, breaks a check that stops a return."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from plan.compliance.years import BY, ON, as_filed, forecast

from junheng.plan import Action, Effect, Outlook, Plan, applying, load_prices, plan_class_sizes
from junheng.plan.applying import applied
from junheng.plan.compliance import Effort, Limits, plan_compliance, pose
from junheng.plan.compliance.acting import Site, _owner
from junheng.plan.compliance.ahead import outlooks_of
from junheng.plan.compliance.ahead.nouns import Count
from junheng.plan.compliance.dense import LEASE
from junheng.plan.compliance.question import Question, action_of
from junheng.plan.compliance.ways import Way
from junheng.registry import Facts, Level, Snapshot, check
from junheng.registry.refiling import refiled
from junheng.sample import make_county, marks_of
from junheng.schema import Stage
from junheng.standards import Switches
from junheng.studies import certify
from junheng.studies.projected import faults_of, new_land

pytestmark = pytest.mark.slow

YEAR = 2025
LATE = date(2035, 12, 31)
PLENTY, SOME = 3_000, 20
"""Square metres or yuan, and people or rooms, where nothing limits them."""
KINDS = {
    "teacher_hiring", "qualification_upgrade", "key_teacher_training", "teacher_certification",
    "teacher_training_360h", "teacher_move", "new_teaching_area", "converted_teaching_area",
    "new_sports_ground", "gymnasium_area", "equipment", "multimedia_classroom", "music_room", "art_room",
    "roof_sports_ground", "underground_sports_ground", "leased_sports_area",
}  # fmt: skip


@pytest.fixture(scope="module")
def facts() -> Facts:
    """A county with lists of rooms, campuses, leases, corrections; its return can be filed as it is."""
    rows = make_county(seed=7, schools=120, year=YEAR)
    for row in rows["facilities"]:
        if row["lease_end"] is not None:
            row["lease_end"] = LATE
    for row in rows["evidence"]:
        if row["indicator"] == "X2":
            row.update(valid_to=LATE, review="pass")
    found = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
    assert check(refiled(found), year=YEAR).acceptable
    for table in ("rooms", "campuses", "corrections"):
        assert len(found[table])
    return found


@pytest.fixture(scope="module")
def question(facts: Facts) -> Question:
    return pose(facts, on=ON, by=BY, switches=Switches(relaxations=("X1", "X2")))


def plan(facts: Facts, question: Question, actions: Iterable[Action]) -> Plan:
    return Plan("compliance", facts.fingerprint, YEAR, {}, tuple(actions), question.outlooks, ())


def at_most(ways: Sequence[tuple[Site, Way]]) -> list[Action]:
    """As much of each as there may be."""
    plenty = [PLENTY if way.unit in ("㎡", "元") else SOME for _, way in ways]
    most = [plenty[place] if way.most is None else way.most for place, (_, way) in enumerate(ways)]
    return [
        action_of(site, way, number, BY)
        for (site, way), number in zip(ways, most, strict=True)
        if number
    ]


def test_each_kind_of_action_at_every_school_leaves_returns_that_could_be_filed(
    facts: Facts, question: Question
) -> None:
    kinds: dict[tuple[str, str], list[tuple[Site, Way]]] = defaultdict(list)
    for site, way in question.asked.ways:
        kinds[way.item, way.label].append((site, way))
    assert {item for item, _ in kinds} == KINDS
    for kind, ways in kinds.items():
        done = at_most(ways)
        assert done, kind
        projection = plan(facts, question, done).apply(facts)
        assert list(faults_of(projection, facts)) == [], kind


def test_everything_at_once_leaves_returns_that_could_be_filed(
    facts: Facts, question: Question
) -> None:
    """Key teachers trained and teachers gone share a limit: of each school half of both."""
    ways = question.asked.ways
    halves = [replace(a, amount=a.amount // 2) for a in at_most(ways) if a.amount > 1]
    done = [
        replace(a, effects=tuple(replace(e, amount=Fraction(int(e.amount) // 2)) for e in a.effects))
        for a in halves
    ]  # fmt: skip
    projection = plan(facts, question, done).apply(facts)
    assert list(faults_of(projection, facts)) == []


@pytest.mark.parametrize(
    ("column", "amount", "code"),
    [
        ("key_teachers_county_plus_primary", 500, "K8.1"),
        ("certified_teachers_primary", 500, "R21"),
        ("full_time_teachers_primary", -5, "K5."),
        ("multimedia_classrooms", 500, "K15.5"),
        ("music_rooms_ge_96", 9, "R31"),
    ],
)
def test_what_no_return_could_say_is_a_fault_of_the_plan(
    facts: Facts, question: Question, column: str, amount: int, code: str
) -> None:
    school = facts["schools"].filter(school_type="primary")["school_code"][0]
    act = replace(
        action_of(*question.asked.ways[0], 1, BY),
        school=school, effects=(Effect(school, column, Fraction(amount)),),
    )  # fmt: skip
    told = list(faults_of(plan(facts, question, [act]).apply(facts), facts))
    assert any(
        code in each and school in each and "学年的推演过不了填报校验" in each for each in told
    )


def test_ground_beyond_the_land_of_a_school_is_new_land(facts: Facts, question: Question) -> None:
    """Told in the certificate: a school may have none."""
    ways = [pair for pair in question.asked.ways if pair[1].item == "new_sports_ground"]
    projection = plan(facts, question, at_most(ways)).apply(facts)
    told = new_land(projection, facts)
    rows = {row["school_code"]: row for row in facts["facilities"].iter_rows(named=True)}
    short = {
        code: row["sports_ground_area_m2"] + PLENTY - row["campus_area_m2"]
        for code, row in rows.items()
        if row["campus_area_m2"] is not None and code in {site.code for site, _ in ways}
    }
    assert {each.school: each.area_m2 for each in told} == {
        code: area for code, area in short.items() if area > 0
    }
    assert 0 < len(told) < len(ways)


def test_what_is_built_stands_in_the_lists(facts: Facts, question: Question) -> None:
    """A school that lists its rooms lists the new ones; one with campuses has the new area on one."""
    items = ("music_room", "multimedia_classroom", "new_teaching_area")
    ways = [pair for pair in question.asked.ways if pair[1].item in items]
    done = [action_of(site, way, 2, BY) for site, way in ways if way.most is None or way.most > 1]
    after = plan(facts, question, done).apply(facts).facts
    listed = facts["rooms"].filter(room_type="music")["school_code"].unique().to_list()
    for code in listed:
        rooms = after["rooms"].filter(school_code=code)
        filed = after["facilities"].filter(school_code=code)
        assert len(rooms.filter(room_type="music")) == filed["music_rooms"][0]
        assert rooms.filter(networked=True).height == filed["multimedia_classrooms"][0]
        assert rooms["room_no"].is_unique().all()
    for code in facts["campuses"]["school_code"].unique():
        column = "teaching_auxiliary_area_m2"
        whole = after["facilities"].filter(school_code=code)[column][0]
        assert after["campuses"].filter(school_code=code)[column].sum() == whole
    assert listed


def test_an_incomplete_list_is_left_as_it_was_filed() -> None:
    rows = make_county(seed=7, schools=40, year=YEAR)
    code = rows["rooms"][0]["school_code"]
    music = next(r for r in rows["rooms"] if r["room_type"] == "music" and r["school_code"] == code)
    rows["rooms"].remove(music)
    facts = Facts.from_rows(rows, year=YEAR)
    after = applied(facts, BY, {}, {}, {(code, "music_rooms"): Fraction(1)})
    assert after["rooms"].filter(school_code=code).equals(facts["rooms"].filter(school_code=code))


Change = Callable[[Count], Count]
SHRUNK: dict[str, Change] = {
    "half": lambda c: replace_count(c, c.pupils // 2),
    "a few": lambda c: replace_count(c, min(c.pupils, 60)),
    "doubled": lambda c: replace_count(c, 2 * c.pupils),
    "some closed": lambda c: replace_count(c, 0 if int(c.school[-1]) < 3 else c.pupils),
}


def replace_count(count: Count, pupils: int) -> Count:
    classes = max(1, round((count.classes or 1) * pupils / max(count.pupils, 1))) if pupils else 0
    return Count(
        school=count.school, stage=count.stage, year=count.year, pupils=pupils, classes=classes
    )


@pytest.mark.parametrize("kind", SHRUNK)
def test_a_table_of_pupils_leads_to_returns_that_could_be_filed(facts: Facts, kind: str) -> None:
    counts = [SHRUNK[kind](c) for c in as_filed(facts, BY)]
    for outlook in outlooks_of(facts, forecast(counts), BY):
        told = Plan("compliance", facts.fingerprint, YEAR, {}, (), (outlook,), ())
        assert list(faults_of(told.apply(facts), facts)) == []


def test_a_school_whose_senior_classes_are_gone_is_of_another_type(facts: Facts) -> None:
    both = facts.schools.filter(school_type="twelve_year")["school_code"].to_list()
    assert both
    counts = [
        Count(school=code, stage=Stage.SENIOR, year=BY, pupils=0, classes=None) for code in both
    ]
    (outlook,) = outlooks_of(facts, forecast(counts), BY)
    told = Plan("compliance", facts.fingerprint, YEAR, {}, (), (outlook,), ())
    projection = told.apply(facts)
    assert list(faults_of(projection, facts)) == []
    for table in ("schools", "register"):
        types = dict(projection.facts[table].select("school_code", "school_type").iter_rows())
        assert {types[code] for code in both} == {"nine_year"}


def test_a_class_size_plan_leads_to_returns_that_could_be_filed(facts: Facts) -> None:
    answer = plan_class_sizes(facts, on=ON, years=2)
    assert answer.plan.actions
    for year in answer.years:
        assert list(faults_of(answer.plan.apply(facts, year=year), facts)) == []


def test_time_alone_is_no_fault_of_a_plan() -> None:
    """A lease that ran out stops the return of that year; nothing of the plan did it."""
    facts = Facts.from_rows(make_county(seed=7, schools=120, year=YEAR), year=YEAR)
    bare = applied(facts, BY, {}, {}, {})
    stopping = {each.check for each in check(refiled(bare), year=BY).at(Level.MUST_FIX)}
    assert "K7.5" in stopping
    told = Plan("compliance", facts.fingerprint, YEAR, {}, (), (Outlook(BY, {}, {}),), ())
    assert list(faults_of(told.apply(facts), facts)) == []


def test_ground_is_leased_in_the_return_that_has_the_lease(facts: Facts) -> None:
    """A main school without one, and a teaching point of its with one."""
    none = dict.fromkeys(("leased_contract_no", "lease_start", "lease_end", "walking_minutes"))
    lease = {"leased_contract_no": "租-1", "lease_start": date(2025, 1, 1), "lease_end": LATE, "walking_minutes": 5}  # fmt: skip
    way = Way(
        "leased_sports_area", "", "㎡", {"leased_sports_area_m2": 1}, Fraction(1), beside=LEASE
    )
    main, point = ({"school_code": c, "leased_sports_area_m2": Decimal(0)} for c in "AB")
    assert _owner([main | none, point | lease], way) == point | lease
    assert _owner([main | none], way) is None


def test_facts_filed_again_say_what_they_said(facts: Facts) -> None:
    assert Facts.of(refiled(facts).records, year=YEAR).fingerprint == facts.fingerprint
    area = facts["facilities"]["sports_ground_area_m2"]
    assert area.sum() > Decimal(0)


def test_a_plan_whose_projection_could_not_be_filed_is_not_certified(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were the lists not to follow what is built, the certificate would say so and not hold."""
    rows = make_county(seed=7, schools=40, year=YEAR)
    for row in rows["facilities"]:
        row["music_rooms"] = row["music_rooms_ge_96"] = 0
        row.update(dict.fromkeys((c for c in row if c.startswith("music_rooms_")), 0))
    rows["rooms"] = [r for r in rows["rooms"] if r["room_type"] != "music"]
    rows["rooms"] += [
        {**rows["rooms"][0], "school_code": r["school_code"], "room_no": "音1", "room_type": "music",
         "area_m2": Decimal(100), "networked": False}
        for r in rows["facilities"] if any(x["school_code"] == r["school_code"] for x in rows["rooms"])
    ]  # fmt: skip
    for row in rows["facilities"]:
        if any(x["school_code"] == row["school_code"] for x in rows["rooms"]):
            row["music_rooms"] = row["music_rooms_ge_96"] = 1
    facts = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
    answer = plan_compliance(facts, on=ON, by=BY, effort=Effort(seconds=5.0))
    assert any(act.item == "music_room" for act in answer.plan.actions)
    snapshot = Snapshot(Path("nowhere"), facts, {})
    prices, limits = load_prices(None), Limits()
    assert not any("校验" in each for each in certify(answer.plan, snapshot, prices=prices, limits=limits)[2].wrong)  # fmt: skip
    monkeypatch.setattr(applying, "lists_follow", lambda *_: None)
    _, _, certificate = certify(answer.plan, snapshot, prices=prices, limits=limits)
    assert any("过不了填报校验R76" in each for each in certificate.wrong)
    assert not certificate.holds
