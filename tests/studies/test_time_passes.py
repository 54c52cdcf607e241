"""A plan answers for what it does, not for what the years bring in any case."""

from datetime import date
from pathlib import Path

import pytest

from junheng.diagnosis import Verdict
from junheng.plan import load_prices
from junheng.plan.compliance import Limits, plan_compliance
from junheng.registry import Facts, Snapshot
from junheng.sample import make_county
from junheng.studies import certify
from junheng.studies.certificate import BEYOND

ON, BY = date(2026, 3, 31), 2028
LEAVERS = ("graduates_junior", "cohort_grade7_enrolment", "cohort_transfers_in", "cohort_transfers_out", "cohort_deaths")  # fmt: skip


@pytest.fixture(scope="module")
def facts() -> Facts:
    """A county with a junior school so young that nobody has left it yet, and all others in order."""
    rows = make_county(seed=5, schools=12, year=2025)
    types = {row["school_code"]: row["school_type"] for row in rows["schools"]}
    young = next(code for code, kind in types.items() if kind == "junior")
    for row in rows["quality"]:
        if row["school_code"] == young:
            row.update(dict.fromkeys(LEAVERS))
        elif row["graduates_junior"] is not None:
            row["graduates_junior"] = row["cohort_grade7_enrolment"]
            row.update(dict.fromkeys(LEAVERS[2:], 0))
    for row in rows["schools"]:
        if row["school_code"] == young:
            row.update(founding_year=2024, built_by_2010=False, built_by_2016=False)
    return Facts.from_rows(rows, year=2025)


def test_a_school_that_will_have_leavers_by_then_does_not_break_the_plan(facts: Facts) -> None:
    plan = plan_compliance(facts, on=ON, by=BY).plan
    snapshot = Snapshot(Path("nowhere"), facts, {})
    _, ahead, certificate = certify(plan, snapshot, prices=load_prices(None), limits=Limits())
    (line,) = [each for each in certificate.lines if each.code == "QL1"]
    assert (line.before, line.after) == (Verdict.PASS, Verdict.NO_DATA)
    assert line.reach == BEYOND
    assert certificate.holds
    assert ahead.year == BY
