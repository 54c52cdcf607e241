"""The requirements of a later year: those in force on its first day, where they are not those of the day asked."""

from datetime import date
from pathlib import Path

import pytest
from plan.compliance.years import BY, ON, as_filed, forecast

from junheng import standards
from junheng.diagnosis import Verdict, assess_facts
from junheng.errors import MisuseError
from junheng.plan import load_prices
from junheng.plan.compliance import Effort, Limits, plan_compliance, pose, stands
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.standards import choosing, read_document

pytestmark = pytest.mark.slow

HIGHER = """
number = "示例〔2028〕1号"
title = "关于提高体育场地标准的通知（示例）"
place = "410100"
checked = "未核对"
amends = ["教督〔2017〕6号"]
in_force = 2028-09-01

[[clause]]
code = "L5"
article = "未核对"
gist = "生均体育运动场馆面积提高"
source = "示例"
confidence = "D"
kind = "limit"
indicators = ["L5"]
at_least = { primary = "9", junior = "12" }
"""
FROM = date(2028, 9, 1)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


@pytest.fixture
def amended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of rules with a document that comes into force with the school year of 2028."""
    path = tmp_path / "提高.toml"
    path.write_text(HIGHER, encoding="utf-8")
    more = read_document(path)
    held = {**standards.documents(), more.name: more}
    monkeypatch.setattr(choosing, "documents", lambda: held)


def ground(plan: object) -> int:
    actions = plan.plan.actions  # type: ignore[attr-defined]
    return sum(a.amount for a in actions if a.item in ("new_sports_ground", "gymnasium_area"))


def test_a_year_is_planned_and_judged_by_what_is_in_force_on_its_first_day(
    facts: Facts, amended: None
) -> None:
    before, after = (plan_compliance(facts, on=ON, by=year, effort=Effort(gap=0.0)) for year in (2027, BY))  # fmt: skip
    assert pose(facts, on=ON, by=2027).required_on == ON
    assert pose(facts, on=ON, by=BY).required_on == FROM
    assert ground(after) > ground(before) > 0
    low, high = (
        assess_facts(plan.plan.apply(facts).facts, on=FROM).counties[0].resource
        for plan in (before, after)
    )
    assert (low, high) == (Verdict.FAIL, Verdict.PASS)
    assert assess_facts(before.plan.apply(facts).facts, on=ON).counties[0].resource is Verdict.PASS


def test_with_the_same_pupils_a_later_year_asks_what_its_rules_ask(
    facts: Facts, amended: None
) -> None:
    told = forecast(as_filed(facts, 2027), as_filed(facts, BY))
    question = pose(facts, on=ON, by=2027, forecast=told)
    assert question.asked.years == (2027, BY)
    found = plan_compliance(facts, on=ON, by=2027, forecast=told)
    assert found.left == ()
    later = [a for a in found.plan.actions if a.year == BY]
    assert {a.item for a in later} & {"new_sports_ground", "gymnasium_area"}
    today = assess_facts(facts, on=ON)
    looked = stands(found.plan, facts, today, prices=load_prices(), limits=Limits())
    assert (looked.wrong, looked.left, looked.cost) == ((), (), found.cost)


def test_without_the_amendment_both_years_are_asked_by_the_day_given(facts: Facts) -> None:
    told = forecast(as_filed(facts, 2027), as_filed(facts, BY))
    question = pose(facts, on=ON, by=2027, forecast=told)
    assert question.asked.years == (2027,)
    assert question.required_on == ON


def test_a_day_without_clauses_is_named(facts: Facts) -> None:
    with pytest.raises(MisuseError, match="没有有效的"):
        pose(facts, on=date(2001, 1, 1), by=BY)
