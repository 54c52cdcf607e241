"""The study of a class-size plan: its record has the documented shape, its receipt names what it rests on."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from junheng.diagnosis import Verdict
from junheng.plan.class_size import Outcome
from junheng.registry import Facts, Snapshot
from junheng.sample import make_county, marks_of
from junheng.studies import ClassSizeStudy, plan_classes

pytestmark = pytest.mark.slow

YEAR, ON = 2025, date(2026, 3, 31)
SCHEMA = json.loads(files("junheng.studies").joinpath("class_size.schema.json").read_text("utf-8"))


def studied(**choices: Any) -> ClassSizeStudy:
    rows = make_county(seed=1, schools=40, year=YEAR)
    facts = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
    snapshot = Snapshot(Path("seals/2025-000000000000"), facts, {})
    return plan_classes(snapshot, on=ON, **{"years": 2, "within_m": 2000, **choices})


@pytest.fixture(scope="module")
def study() -> ClassSizeStudy:
    return studied()


def test_the_record_has_the_documented_shape(study: ClassSizeStudy) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    record = json.loads(json.dumps(study.record, ensure_ascii=False))
    Draft202012Validator(SCHEMA).validate(record)
    assert "不得封存" in record["notice"]
    assert {action["item"] for action in record["actions"]} >= {"class_opening", "teacher_year"}


def test_the_verdicts_are_those_of_the_assessed_projections(study: ClassSizeStudy) -> None:
    for index, year in enumerate(study.answer.years):
        verdicts = study.class_size_verdicts(year)
        failing = {code for code, verdict in verdicts.items() if verdict is Verdict.FAIL}
        named = {s.now.head for s in study.answer.schools if not s.years[index].legal}
        assert failing == named
        assert study.failing(year)["GV5"] == len(failing)
        assert study.assessment(year).year == year


def test_fewer_schools_fail_after_the_plan_than_today(study: ClassSizeStudy) -> None:
    assert study.failing(study.years[-1])["GV5"] < study.failing(YEAR)["GV5"]
    assert any(school.outcome is Outcome.MENDED for school in study.answer.schools)


def test_the_receipt_names_facts_plan_prices_and_clauses(study: ClassSizeStudy) -> None:
    receipt = study.receipt
    assert receipt.facts == study.snapshot.facts.fingerprint
    assert receipt.plan == study.answer.plan.hash
    assert receipt.settings["prices_sha256"] == study.answer.prices.sha256
    codes = {clause["code"] for clause in receipt.clauses}
    assert {"GV5", "GV4", "CLASS-LARGE", "STAFF", "PLAN-NEIGHBOUR"} <= codes


def test_every_choice_is_part_of_the_plan(study: ClassSizeStudy) -> None:
    assert studied(within_m=1500).answer.plan.hash != study.answer.plan.hash
    assert studied(reorganise=True).answer.plan.hash != study.answer.plan.hash
    assert studied().answer.plan.hash == study.answer.plan.hash


def test_without_a_distance_the_platforms_own_is_taken() -> None:
    assert studied(within_m=None, years=1).answer.within_m == 2000
