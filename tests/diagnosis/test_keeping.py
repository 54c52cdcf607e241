"""Work shared between assessments changes no result: each reading comes out as if it stood alone."""

from datetime import date

import pytest

from junheng.diagnosis import Kept, assess_facts
from junheng.registry import Facts
from junheng.sample import make_county, marks_of
from junheng.standards import Standard, Switches

pytestmark = pytest.mark.slow

ON = date(2026, 3, 31)
POINTS = Standard.at("410199", ON).open_points
OPTIONS = [
    (code, option.code) for code, (point, _) in POINTS.items() for option in point.option
]  # fmt: skip


@pytest.fixture(scope="module")
def facts() -> Facts:
    rows = make_county(seed=1, schools=40, year=2025)
    return Facts.from_rows(rows, marks_of(rows, year=2025), year=2025)


@pytest.fixture(scope="module")
def kept(facts: Facts) -> Kept:
    """One assessment after another with the same store of shared work."""
    found = Kept()
    for code, option in OPTIONS:
        assess_facts(facts, on=ON, switches=Switches(readings={code: option}), kept=found)
    return found


@pytest.mark.parametrize(("code", "option"), OPTIONS)
def test_a_reading_comes_out_the_same_with_shared_work_and_without(facts, kept, code, option):
    switches = Switches(readings={code: option})
    (shared,) = assess_facts(facts, on=ON, switches=switches, kept=kept).counties
    (alone,) = assess_facts(facts, on=ON, switches=switches).counties
    assert shared == alone


def test_another_day_is_another_work(facts, kept):
    later = date(2040, 3, 31)
    shared = assess_facts(facts, on=later, kept=kept)
    assert shared == assess_facts(facts, on=later)


def test_work_is_made_once_for_the_same_objects_and_anew_for_others():
    found, made = Kept(), []

    def make() -> int:
        made.append(1)
        return len(made)

    one, other = [1], [1]
    assert found.once("k", (one,), "x", make) == found.once("k", (one,), "x", make) == 1
    assert found.once("k", (other,), "x", make) == 2
    assert found.once("k", (one,), "y", make) == 3
    assert found.once("j", (one,), "x", make) == 4
    assert found.known("k", one) is one
    assert found.known("k", other) is one
