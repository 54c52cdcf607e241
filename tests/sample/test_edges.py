"""Random counties really lie on the edges they are made for."""

import json
from datetime import date
from fractions import Fraction

import pytest

from junheng.diagnosis import assess_facts
from junheng.indicators import build_parts, measure
from junheng.registry import Facts
from junheng.sample import marks_of, random_county
from junheng.schema import Stage
from junheng.standards import Standard

YEAR = 2025


@pytest.fixture(scope="module")
def counties():
    return [random_county(seed, 2 + seed % 39) for seed in range(120)]


def test_the_same_seed_gives_the_same_county():
    assert json.dumps(random_county(5, 20), default=str) == json.dumps(
        random_county(5, 20), default=str
    )
    assert random_county(5, 20) != random_county(6, 20)


def test_the_register_lists_as_many_schools_as_were_asked_for(counties):
    assert [len(rows["register"]) for rows in counties] == [2 + seed % 39 for seed in range(120)]


def test_everything_that_must_be_tried_appears(counties):
    schools = [s for rows in counties for s in rows["schools"]]
    codes = {s["school_code"] for s in schools}
    seats = [s for rows in counties for s in rows["seats"]]
    registered = [s["school_code"] for rows in counties for s in rows["register"]]
    assert len({s["school_type"] for s in schools}) == 9
    assert len({s["location_unit"] for s in schools}) == 2
    assert any(s["counts_as_school"] is False for s in schools)
    assert any(s["parent_school_code"] not in codes for s in schools if s["parent_school_code"])
    assert any(s["attached_junior_enrolment"] for s in seats)
    assert any(s["attached_primary_enrolment"] for s in seats)
    assert any(s["enrolment_primary"] == 0 for s in seats)
    assert len(registered) > len(schools)
    assert any(s["dense_urban_core"] for s in schools)
    assert any(s["rural_small_50_99"] for s in schools)


@pytest.mark.slow
def test_many_values_stand_exactly_on_a_limit_or_its_floor_and_some_are_missing(counties):
    standard = Standard.at("410198", date(2026, 3, 31))
    on_the_line = missing = judged = 0
    for rows in counties[:40]:
        facts = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
        frame = measure(build_parts(facts, standard).frame, standard.indicators)
        for row in frame.iter_rows(named=True):
            for code in standard.indicators:
                above, below = row[f"{code}_numerator"], row[f"{code}_denominator"]
                if above is None:
                    missing += 1
                    continue
                judged += 1
                stage = Stage(row["stage"])
                lines = (standard.limit(code, stage), standard.floor(code, stage))
                on_the_line += Fraction(int(above), int(below)) in lines
    assert on_the_line > judged / 10
    assert missing > 8


def test_what_the_other_lines_read_is_drawn_in_every_state(counties):
    evidence = [row for rows in counties for row in rows["evidence"]]
    assert {row["review"] for row in evidence} == {"pass", "return", None}
    assert any(row["sha256"] is None for row in evidence)
    assert {row["valid_to"] for row in evidence} == {None, date(2026, 3, 30), date(2026, 3, 31)}
    assert any(row["valid_from"] > date(2026, 3, 31) for row in evidence)
    statements = [row for rows in counties for row in rows["statements"]]
    assert {row["occurred"] for row in statements} == {True, False}
    assert any(row["signed_by"] is None for row in statements)
    results = [row for rows in counties for row in rows["official_results"]]
    assert any(row["rate_percent"] is not None for row in results)
    assert any(row["sampled"] == 0 for row in results)
    forms = [row for rows in counties for row in rows["county"]]
    assert any(row["rotation_eligible"] == 0 for row in forms)
    assert len(forms) < sum(len({s["location_unit"] for s in r["register"]}) for r in counties)


@pytest.mark.slow
def test_every_line_comes_out_both_ways_and_open(counties):
    """The counties are judged one by one until everything has been seen; only what never is takes all."""
    lacking: dict[str, set[str]] = {}
    for rows in counties:
        facts = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
        for county in assess_facts(facts, on=date(2026, 3, 31)).counties:
            for line in county.lines:
                lacking.setdefault(line.code, outcomes(line.code)).discard(str(line.verdict))
        if not any(lacking.values()):
            break
    assert len(lacking) > 30
    assert {code: verdicts for code, verdicts in lacking.items() if verdicts} == {}


def outcomes(code: str) -> set[str]:
    """Every verdict that a line can have; what is proven by papers is never failed."""
    proofs = {"GV1", "GV10", "QL3", "QL5", "QL6", "QL7", "QL8"}
    return {"达标", "缺数据"} | (set() if code in proofs else {"未达标"})
