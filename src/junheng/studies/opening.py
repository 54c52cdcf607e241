"""Which explanation answers a question: a school or a county, and perhaps one code."""

from junheng.diagnosis import Verdict
from junheng.errors import MisuseError
from junheng.indicators.definition import part_indicators
from junheng.studies.explanation import (
    IndicatorExplanation,
    SpreadExplanation,
    explain_county,
    explain_school,
)
from junheng.studies.line_explanation import LineExplanation, explain_line, explain_school_line
from junheng.studies.monitoring import Study

Opened = tuple[IndicatorExplanation | SpreadExplanation | LineExplanation, ...]


def explain(
    study: Study, *, school: str | None = None, county: str | None = None, code: str | None = None
) -> Opened:
    """The verdict behind one school or one county opened up; raises MisuseError for what is not there.

    A school without a code: all its indicators, and every line that it alone keeps from passing.
    A county: with the code of an indicator its CVs, with that of a line the line by its clauses.
    """
    if (school is None) == (county is None):
        raise MisuseError("请在学校（school）与区县（county）中给出一个，只给一个。")
    if school is not None:
        return _of_school(study, school, code)
    if code is None:
        raise MisuseError("解释区县的结论需要指标代码，例如 L5、GV3。")
    measured = (c for c in study.assessment.counties if c.code == county)
    if any(spread.indicator == code for each in measured for spread in each.spreads):
        return explain_county(study, county or "", code)
    return (explain_line(study, county or "", code),)


def _of_school(study: Study, school: str, code: str | None) -> Opened:
    if code is not None and code not in part_indicators():
        return (explain_school_line(study, school, code),)
    lacking = {
        line.code: None
        for county in study.assessment.counties
        for line in county.lines
        for judged in line.clauses
        for point in judged.schools
        if code is None
        and point.school_code == school
        and line.code not in part_indicators()
        and point.verdict in (Verdict.FAIL, Verdict.NO_DATA)
    }
    lines = tuple(explain_school_line(study, school, each) for each in lacking)
    measured = any(part.school_code == school for part in study.assessment.parts)
    parts = explain_school(study, school, code) if measured or not lines else ()
    return (*parts, *lines)
