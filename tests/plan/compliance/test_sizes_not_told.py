"""A table tells pupils and classes and no class sizes: nobody says then that the class sizes are met."""

from typing import Any

import pytest
from plan.compliance.years import BY, ON, as_filed, forecast, small_classes

from junheng.diagnosis import Verdict, assess_facts
from junheng.plan.applying import applied
from junheng.plan.compliance.ahead.nouns import Count
from junheng.plan.compliance.ahead.returns import outlooks_of
from junheng.registry import Facts
from junheng.sample import make_county


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(small_classes(make_county(seed=5, schools=9, year=2025)), year=2025)


def class_sizes(facts: Facts, counts: list[Count]) -> tuple[Verdict, Any]:
    (then,) = outlooks_of(facts, forecast(counts), BY)
    held = applied(facts, BY, then.values, then.rows, {})
    (county,) = assess_facts(held, on=ON).counties
    (verdict,) = {line.verdict for line in county.lines if line.code == "GV5"}
    return verdict, held


def test_the_engine_lacks_class_sizes_where_only_classes_are_told(facts: Facts) -> None:
    (today,) = assess_facts(facts, on=ON).counties
    assert {line.verdict for line in today.lines if line.code == "GV5"} == {Verdict.PASS}
    for grown in (lambda n: n, lambda n: 2 * n):
        verdict, _ = class_sizes(facts, as_filed(facts, BY, grown))
        assert verdict is Verdict.NO_DATA


def test_stages_and_schools_of_which_nothing_is_told_keep_their_classes(facts: Facts) -> None:
    counts = as_filed(facts, BY)
    one = next(c for c in counts if c.stage == "primary")
    _, held = class_sizes(facts, [one])
    before, after = (
        {(r["school_code"], r["stage"]) for r in each["classes"].iter_rows(named=True)}
        for each in (facts, held)
    )
    assert before - after <= {(one.school, "primary")}
    row, filed = (
        next(r for r in each.schools.iter_rows(named=True) if r["school_code"] == one.school)
        for each in (held, facts)
    )
    assert row["max_class_size_primary"] is None
    assert row["max_class_size_junior"] == filed["max_class_size_junior"]
