"""Limits of what is not there are named; limits of a main school hold for all that is counted with it."""

from datetime import date

import pytest

from junheng.errors import MisuseError
from junheng.plan.compliance import Limits, parse_limits, plan_compliance, pose
from junheng.plan.compliance.checking import broken
from junheng.registry import NOT_APPLICABLE, Facts
from junheng.sample import make_county

YEAR, BY, ON = 2025, 2028, date(2026, 3, 31)
MAIN, CAMPUS, COUNTY = "2141990001", "2141990002", "410199"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=12, year=YEAR), year=YEAR)


def limits(text: str) -> Limits:
    return parse_limits(text, file="限制.toml")


STRANGE = {
    "[[county]]\ncode = '888888'\nmoves = 0\n": r"\[\[county\]\] code = 888888.*封存里有：410199",
    "[[quota]]\ncounty = '999999'\nyear = 2026\nhires = 1\n": r"\[\[quota\]\] county = 999999.*410199",
    "[[budget]]\ncounty = '4101'\nyear = 2026\nsource = '县'\nyuan = '1'\n": r"\[\[budget\]\] county = 4101",
    "[[school]]\ncode = '0000000000'\ngymnasium_m2 = 1\n": "0000000000 不在封存里",
    f"[[school]]\ncode = '{CAMPUS}'\ngymnasium_m2 = 1\n": f"{CAMPUS}（并入 {MAIN}）.*写在主校名下",
    "[[quota]]\ncounty = '410199'\nyear = 2040\nhires = 1\n": "2040学年不在方案之内",
}


@pytest.mark.parametrize("text", STRANGE)
def test_what_is_not_there_is_named_with_what_is(facts: Facts, text: str) -> None:
    with pytest.raises(MisuseError, match=STRANGE[text]) as caught:
        plan_compliance(facts, on=ON, by=BY, limits=limits(text))
    assert "限制.toml" in str(caught.value)


def test_a_limit_of_a_county_that_is_there_and_not_asked_of_is_none_of_this_plan() -> None:
    rows = make_county(seed=5, schools=12, year=YEAR)
    more = make_county(seed=6, schools=6, year=YEAR, code="410198")
    both = {table: [*held, *more[table]] for table, held in rows.items()}
    facts = Facts.from_rows(both, year=YEAR)
    other = limits("[[county]]\ncode = '410198'\nhires = 0\n")
    asked = pose(facts, on=ON, by=BY, counties=(COUNTY,), limits=other)
    assert asked.problem.caps == pose(facts, on=ON, by=BY, counties=(COUNTY,)).problem.caps


def test_a_limit_of_the_main_school_holds_where_a_campus_filed_what_is_built(facts: Facts) -> None:
    """The main school left its gymnasium blank: what is built is entered in the campus's return."""
    rows = make_county(seed=5, schools=12, year=YEAR)
    by_code = {row["school_code"]: row for row in rows["facilities"]}
    assert by_code[CAMPUS]["gymnasium_area_m2"] is not None
    for row in rows["schools"]:
        assert (row["parent_school_code"] == MAIN) == (row["school_code"] == CAMPUS)
    by_code[MAIN]["gymnasium_area_m2"] = None
    marks = [("facilities", MAIN, "gymnasium_area_m2", NOT_APPLICABLE, "—")]
    none = limits(f"[[school]]\ncode = '{MAIN}'\ngymnasium_m2 = 0\n")
    asked = pose(Facts.from_rows(rows, year=YEAR, marks=marks), on=ON, by=BY, limits=none)
    lever = next(
        i for i, (site, way) in enumerate(asked.asked.ways)
        if site.code == CAMPUS and way.item == "gymnasium_area"
    )  # fmt: skip
    amounts = [int(i == lever) for i in range(len(asked.problem.levers))]
    assert any("新建体育馆最多0" in name for name in broken(asked.problem, amounts))
