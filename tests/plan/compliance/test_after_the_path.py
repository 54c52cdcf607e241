"""Years after the last of a class-size plan: the classes that it opened are still there and need what they need."""

import pytest
from plan.compliance.years import ON, as_filed, forecast

from junheng.plan.compliance import Forecast, answered, pose
from junheng.plan.compliance.ahead.nouns import Growth, sealed
from junheng.plan.compliance.requiring import FOLLOWED
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.schema import Stage

END = 2028


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


def opening(facts: Facts, *years: int) -> tuple[Forecast, str]:
    """One class more at a school in 2027, two by the end of the class-size plan; a table goes on."""
    counts = [c for year in years for c in as_filed(facts, year)]
    code = next(c.school for c in counts if c.stage is Stage.PRIMARY)
    growth = [
        Growth(school=code, year=year, item="class_opening", stage=Stage.PRIMARY, amount=n)
        for year, n in ((2027, 1), (END, 2))
    ]
    return sealed(forecast(counts).files, counts, growth, path_years=(2027, END)), code


@pytest.mark.parametrize("by", [END, 2029])
def test_what_new_classes_need_is_bought_whenever_the_plan_begins(facts: Facts, by: int) -> None:
    told, code = opening(facts, END, 2029)
    question = pose(facts, on=ON, by=by, forecast=told)
    assert {what[2] for what in question.asked.demands if what[1] == FOLLOWED} == {code}
    opened = [a for a in answered(question).plan.actions if a.item == "class_opening"]
    assert [(a.school, a.amount, a.year) for a in opened] == [(code, 2, by)]


def test_the_assumptions_say_which_years_the_class_size_plan_reaches(facts: Facts) -> None:
    told, _ = opening(facts, END, 2029)
    on, after = (" ".join(pose(facts, on=ON, by=by, forecast=told).assumptions) for by in (END, 2029))  # fmt: skip
    assert "班额按班额方案逐年走" in on
    assert "由班额方案约束" in on
    assert "班额按班额方案逐年走" not in after
    assert "由班额方案约束" not in after
    assert "班额方案写到2028学年为止" in after
