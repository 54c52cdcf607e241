"""A line of which one school stays unmet is still one that the plan answers for: said so, and not promised."""

import pytest
from plan.compliance.years import BY, ON

from junheng.diagnosis import Assessment, assess_facts
from junheng.plan.compliance import Failing, Year
from junheng.plan.compliance.requiring import CLASSES
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.studies.certificate import BOUND, OPEN
from junheng.studies.year_standing import year_standing


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


@pytest.fixture(scope="module")
def today(facts: Facts) -> Assessment:
    return assess_facts(facts, on=ON)


@pytest.mark.parametrize("line", ["L5", "GV3", CLASSES])
def test_a_line_with_one_school_left_is_open(facts: Facts, today: Assessment, line: str) -> None:
    county = today.counties[0].code
    left = Failing("part", county, "1", "甲小学", line, "primary", year=BY)
    reach = {}
    for name, open_ in (("open", [left]), ("held", [])):
        bare = Year(BY, facts, today, binds=True)
        standing = year_standing(bare, today, today, open_, on_path=True, sized=True)
        reach[name] = next(each.reach for each in standing.lines if each.code == line)
    assert reach["open"] == OPEN
    assert reach["held"] in BOUND
    assert OPEN not in BOUND
