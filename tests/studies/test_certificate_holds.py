"""A certificate holds only where what the plan answers for is met and nothing that was met is broken."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.diagnosis import Verdict
from junheng.plan.compliance import Failing
from junheng.studies.certificate import BEYOND, HELD, MET, Certificate, LineStanding, YearStanding

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA


def year(line: LineStanding, *left: Failing) -> YearStanding:
    return YearStanding(2028, date(2026, 3, 31), {}, (line,), left)


def line(reach: str, before: Verdict, after: Verdict) -> LineStanding:
    return LineStanding("410199", "GV3", "音乐、美术教室", before, after, reach)


@pytest.mark.parametrize(
    ("reach", "before", "after", "holds"),
    [
        (HELD, FAIL, PASS, True), (HELD, FAIL, FAIL, False), (HELD, FAIL, OPEN, False),
        (MET, PASS, PASS, True), (MET, PASS, FAIL, False), (MET, PASS, OPEN, False),
        (BEYOND, FAIL, FAIL, True), (BEYOND, PASS, FAIL, True),
    ],
)  # fmt: skip
def test_what_is_met_today_must_still_be(
    reach: str, before: Verdict, after: Verdict, holds: bool
) -> None:
    assert year(line(reach, before, after)).holds is holds


@pytest.mark.parametrize("county", ["", "410199"])
def test_what_is_told_to_stay_unmet_breaks_no_promise(county: str) -> None:
    left = Failing("clause", county, "1", "学校", "GV3", "")
    assert year(line(MET, PASS, FAIL), left).holds
    assert not year(
        line(MET, PASS, FAIL), Failing("clause", "410198", "1", "学校", "GV3", "")
    ).holds


def test_a_certificate_that_does_not_hold_names_the_lines() -> None:
    broken = (line(HELD, FAIL, OPEN), line(MET, PASS, FAIL))
    standing = YearStanding(2028, date(2026, 3, 31), {}, (*broken, line(HELD, FAIL, PASS)), ())
    told = Certificate("f", "p", Fraction(0), (), ("对不上",), (standing,), (), "0", "c")
    assert not told.holds
    assert told.faults == (
        "对不上",
        "410199 GV3 音乐、美术教室：方案说本方案约束，引擎说2028学年缺数据",
        "410199 GV3 音乐、美术教室：方案说已经达标，引擎说2028学年未达标",
    )
