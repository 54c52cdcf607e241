"""A line of one school opened up: the numbers it shows come from the cells it names."""

from fractions import Fraction

from test_terminal import holds, printed

from junheng.publish.terminal.line_explanation import show_line
from junheng.studies import Study
from junheng.studies.line_explanation import explain_line, explain_school_line


def _with_campus(study: Study) -> str:
    """A school that a campus (不计校数) is merged into."""
    return next(p.school_code for p in study.assessment.counties[0].parts if p.merged)


def test_the_inputs_of_a_line_include_the_campuses_merged_in(demo: Study) -> None:
    school = _with_campus(demo)
    explained = explain_school_line(demo, school, "GV4")
    pupils = [each for each in explained.inputs if each.column.startswith("enrolment_")]
    (figure,) = (f for _, point in explained.points for f in point.figures)
    assert figure.value == sum(Fraction(each.value) for each in pupils)
    assert len({each.school_code for each in pupils}) > 1
    text = printed(show_line(explained), 120)
    assert all(each.school_code in text for each in pupils)


def test_a_published_result_is_told_once_with_all_its_digits(demo: Study) -> None:
    text = printed(show_line(explain_line(demo, demo.assessment.counties[0].code, "QL9")), 120)
    assert holds(text, "数学校际差异＝0.152，标准<0.15")
    assert "0.152000" not in text
