"""Robust verdicts: every switch changes exactly what it says; what holds and what flips is told."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from worked.building import COUNTY, rows_of, school
from worked.whole_county import evidence

from junheng.diagnosis import Verdict
from junheng.errors import MisuseError
from junheng.registry import Facts, Snapshot
from junheng.sample import make_county, marks_of
from junheng.standards import Standard
from junheng.studies import Readings, assess, read_every_way, readings_record, switches_of
from studies.reading_cases import CASES, CITY, Case, primary

pytestmark = pytest.mark.slow

ON = date(2026, 3, 31)
POINTS = Standard.at(COUNTY, ON).open_points
OPTIONS = [
    f"{code}={option.code}"
    for code, (point, _) in POINTS.items()
    for option in point.option
    if option.code != point.default
]
each_case = pytest.mark.parametrize("name", CASES)


def read(snapshot: Snapshot, **more) -> Readings:
    return read_every_way(snapshot, on=ON, **({"most_pairs": 0} | more))


@cache
def found_by(name: str):
    case = CASES[name]
    kind, *rest = case.key
    readings = read(case.snapshot)
    return readings, readings.of(kind, COUNTY, *rest)


def test_every_option_has_a_county_in_which_it_flips_a_verdict():
    assert set(CASES) == set(OPTIONS)


@each_case
def test_an_option_flips_the_verdict_that_it_is_about(name):
    case = CASES[name]
    _, found = found_by(name)
    (turn,) = [t for t in found.turns if [c.name for c in t.choices] == [name]]
    assert (str(turn.was), str(turn.becomes)) == (case.was, case.becomes)
    assert turn.flips
    assert turn.choices[0].switch.question.startswith("Q")


@each_case
def test_an_option_changes_figures_of_the_lines_that_it_says_and_of_no_other(name):
    readings, _ = found_by(name)
    (tried,) = [t for t in readings.tried if t.choice.name == name]
    assert tried.lines
    assert tried.lines <= set(tried.choice.switch.touches)


@each_case
def test_a_verdict_holds_unless_a_reading_that_somebody_claims_flips_it(name):
    _, found = found_by(name)
    claimed = [t for t in found.turns if t.flips and not t.only_compared]
    assert found.holds is (not claimed)


@pytest.mark.parametrize("name", ["cv-variant=unweighted_sample", "private-schools=out"])
def test_a_reading_only_for_comparison_is_shown_and_leaves_the_verdict_firm(name):
    readings, found = found_by(name)
    assert [c.name for t in found.turns for c in t.choices if t.only_compared]
    assert found.holds
    assert found not in readings.open_ones


@each_case
def test_taking_the_option_gives_the_verdict_that_was_foretold(name):
    case = CASES[name]
    switch, _, option = name.partition("=")
    kind, *rest = case.key
    taken = read(case.snapshot, switches=switches_of(readings={switch: option}))
    now = taken.of(kind, COUNTY, *rest)
    assert str(now.verdict) == case.becomes
    default = f"{switch}={POINTS[switch][0].default}"
    back = [t for t in now.turns if [c.name for c in t.choices] == [default]]
    assert [str(t.becomes) for t in back] == [case.was]


def test_the_defaults_written_out_are_the_same_assessment():
    defaults = {code: point.default for code, (point, _) in POINTS.items()}
    for case in CASES.values():
        spelt = assess(case.snapshot, on=ON, readings=defaults)
        plain = assess(case.snapshot, on=ON)
        assert spelt.record["counties"] == plain.record["counties"]


@each_case
def test_an_option_takes_effect_in_an_assessment_and_stands_in_its_receipt(name):
    switch, _, option = name.partition("=")
    study = assess(CASES[name].snapshot, on=ON, readings={switch: option})
    assert study.receipt.readings == {switch: option}
    assert study.record["receipt"]["readings"] == {switch: option}


# --- who counts --------------------------------------------------------------------------------


def test_a_school_that_leaves_the_count_flips_nothing_by_itself():
    rows = [primary("A"), primary("B", managing_unit=CITY)]
    snapshot = Snapshot(Path("seals/x"), Facts.from_rows(rows_of(rows), year=2025), {})
    found = read(snapshot).of("part", COUNTY, "", "B", "primary")
    assert found.holds
    assert not found.counted
    assert {t.becomes for t in found.turns} == {None}
    assert not any(turn.flips for turn in found.turns)


def test_a_school_that_enters_the_count_is_told_with_what_it_would_be():
    case = CASES["teaching-points=in"]
    found = read(case.snapshot).of("part", COUNTY, "", "T", "primary")
    assert found.verdict is None
    assert [(t.was, t.becomes) for t in found.turns] == [(None, Verdict.PASS)]


# --- pairs -------------------------------------------------------------------------------------


def _poor_in_two() -> Snapshot:
    """A county whose primary schools fail for two reasons, each mended by another exception."""
    small = primary("A", 60, urban_rural_code="220", rural_small_50_99=True, teachers_pe_primary=0,
                    visiting_pe_teachers_primary=1)  # fmt: skip
    dense = primary("B", urban_rural_code="111", dense_urban_core=True, sports_ground_area_m2=6000,
                    other_campus_sports_area_m2=1500)  # fmt: skip
    proof = [evidence("X1", "A"), evidence("X2", "B")]
    tables = rows_of(
        [small, dense],
        evidence=proof,
        dense_areas=[{"county_code": COUNTY, "area_name": "示例街道"}],
    )
    return Snapshot(Path("seals/x"), Facts.from_rows(tables, year=2025), {})


def _rich_twice() -> Snapshot:
    """Several schools that some reading counts and another does not, all in L1–L7."""
    rich = {"sports_ground_area_m2": 2_000_000}
    rows = [
        primary("A"),
        school("N", "nine_year", {"primary": 1000, "junior": 100}),
        primary("R", managing_unit=CITY, **rich),
        primary("T", 20, urban_rural_code="220", managing_unit=COUNTY),
        school("P", "teaching_point", {"primary": 30}, sports_ground_area_m2=60_000),
    ]
    rows[1] |= {"sports_ground_area_m2": 50_000}
    return Snapshot(Path("seals/x"), Facts.from_rows(rows_of(rows), year=2025), {})


def _rooms_of_two_kinds() -> Snapshot:
    """Two schools short of full-sized rooms, each mended by another exception of the same line."""
    (first,), (second,) = CASES["x3=on"].schools, CASES["x4=on"].schools
    case = Case(
        (first, second | {"school_code": "B"}),
        ("line", "GV3"),
        "未达标",
        "达标",
        evidence=(("X3", "A"), ("X4", "B")),
    )
    return case.snapshot


def test_a_verdict_that_only_two_readings_together_flip_is_found():
    line = read(_rooms_of_two_kinds(), most_pairs=40).of("line", COUNTY, "GV3")
    assert [sorted(c.name for c in turn.choices) for turn in line.turns] == [["x3=on", "x4=on"]]
    assert line.turns[0].becomes is Verdict.PASS
    assert not line.holds
    alone = read(_rooms_of_two_kinds()).of("line", COUNTY, "GV3")
    assert alone.holds


def test_a_verdict_that_one_reading_flips_is_not_looked_at_in_pairs():
    found = read(_rooms_of_two_kinds(), most_pairs=40).of("school", COUNTY, "GV3", "A")
    assert [[c.name for c in turn.choices] for turn in found.turns] == [["x3=on"]]


def test_pairs_are_tried_where_both_change_the_same_line_and_only_then():
    # X1 touches L3, X2 touches L5: not the same line, so the pair is not tried, and that is said.
    readings = read(_poor_in_two(), most_pairs=40)
    names = {t.choice.name for t in readings.tried if t.changed}
    assert {"x1=on", "x2=on"} <= names
    tried = [t.choices for each in readings.found for t in each.turns if len(t.choices) == 2]
    assert not any({c.name for c in pair} == {"x1=on", "x2=on"} for pair in tried)
    assert any("不改动同一项指标" in told for told in readings.pairs_untried)


def test_no_more_pairs_are_tried_than_allowed_and_the_rest_is_counted():
    snapshot = _rich_twice()
    everything = read(snapshot, most_pairs=1000)
    assert everything.pairs_tried > 1
    one = read(snapshot, most_pairs=1)
    assert one.pairs_tried == 1
    assert f"有{everything.pairs_tried - 1}对没有试" in one.pairs_untried[0]
    assert len(everything.pairs_untried) == 1


# --- the whole study ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demonstration() -> Readings:
    rows = make_county(seed=7, schools=30, year=2025)
    facts = Facts.from_rows(rows, marks_of(rows, year=2025), year=2025)
    return read_every_way(Snapshot(Path("seals/x"), facts, {}), on=ON, most_pairs=6)


def test_in_the_demonstration_county_every_option_stays_within_the_lines_it_touches(demonstration):
    assert {t.choice.name for t in demonstration.tried} == set(OPTIONS)
    for tried in demonstration.tried:
        assert tried.lines <= set(tried.choice.switch.touches), tried.choice.name


def test_every_verdict_of_the_assessment_is_there_once(demonstration):
    (county,) = demonstration.base.counties
    keys = [each.point.key for each in demonstration.found]
    assert len(set(keys)) == len(keys)
    kinds = [key[0] for key in keys]
    assert kinds.count("line") == len(county.lines) == 39
    assert kinds.count("area") == len(county.areas) == 5
    assert kinds.count("spread") == len(county.spreads)
    judged = [e for e in demonstration.found if e.point.kind == "part" and e.verdict is not None]
    assert len(judged) == len(county.parts)


def test_questions_are_asked_in_order_of_the_verdicts_that_hang_on_them(demonstration):
    counts = [count for _, count in demonstration.questions]
    assert counts == sorted(counts, reverse=True)
    assert {switch.code for switch, _ in demonstration.questions} == set(POINTS)


def test_the_record_is_plain_and_names_choice_question_and_outcome(demonstration):
    record = json.loads(json.dumps(readings_record(demonstration), ensure_ascii=False))
    assert record["verdicts"] - record["hold"] == len(demonstration.open_ones)
    assert {each["switch"] for each in record["open_points"]} == set(POINTS)
    assert all(each["question"] for each in record["open_points"])
    listed = [each for each in demonstration.found if each.turns]
    assert len(record["points"]) == len(listed)
    turn = record["points"][0]["turns"][0]
    assert set(turn) == {"choices", "labels", "flips", "becomes", "only_compared", "questions"}


def test_the_same_study_twice_is_the_same():
    snapshot = CASES["campus=school"].snapshot
    assert readings_record(read(snapshot)) == readings_record(read(snapshot))


def test_an_option_that_is_not_available_on_the_day_is_listed_with_the_reason(monkeypatch):
    from junheng.studies import readings as module

    kept = module.assess_facts

    def without_x2(facts, *, switches, **more):
        if "X2" in switches.relaxations:
            raise MisuseError("没有例外“X2”")
        return kept(facts, switches=switches, **more)

    monkeypatch.setattr(module, "assess_facts", without_x2)
    found = read(CASES["x2=on"].snapshot)
    assert [(choice.name, told) for choice, told in found.refused] == [("x2=on", "没有例外“X2”")]
    assert "x2" in {switch.code for switch, _ in found.questions}


def test_a_study_of_nothing_has_no_verdict():
    found = read(Snapshot(Path("seals/x"), Facts.from_rows({}, year=2025), {}))
    assert (found.found, found.tried, found.questions) == ((), (), ())
    assert readings_record(found)["points"] == []


@pytest.mark.parametrize(
    "switches",
    [switches_of(readings={"campus": "nope"}), switches_of(variant="nope")],
)
def test_a_study_under_unknown_switches_is_refused(switches):
    with pytest.raises(MisuseError, match="nope"):
        read(CASES["campus=school"].snapshot, switches=switches)


def test_the_readings_of_2012_are_its_own():
    found = read(CASES["private-schools=out"].snapshot, scheme="2012-basic")
    assert {t.choice.name for t in found.tried} == {
        "city-run=managing", "city-run=out", "private-schools=out",
    }  # fmt: skip
