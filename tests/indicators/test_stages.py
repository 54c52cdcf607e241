"""The stages of a row and its pupils at each, classes attached to it included."""

import pytest

from junheng.indicators.stages import pupils_of, stages_of, sum_known
from junheng.schema import Stage

P, J, S = Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR
OWN = {
    "primary": (P,), "teaching_point": (P,), "nine_year": (P, J), "twelve_year": (P, J, S),
    "junior": (J,), "complete": (J, S), "senior": (S,), "vocational": (), "special": (),
}  # fmt: skip


def attached(stage: str, count: int | None) -> dict:
    return {
        "attached_primary_enrolment": 0, "attached_junior_enrolment": 0,
        f"attached_{stage}_enrolment": count,
    }  # fmt: skip


@pytest.mark.parametrize("school_type", OWN)
def test_a_type_has_its_own_stages(school_type):
    assert stages_of(school_type) == OWN[school_type]
    assert stages_of(school_type, attached("primary", 0)) == OWN[school_type]


@pytest.mark.parametrize("count", [None, 1, 30])
@pytest.mark.parametrize("school_type", OWN)
def test_attached_classes_add_their_stage_unless_none_are_filed(school_type, count):
    with_primary = stages_of(school_type, attached("primary", count))
    assert (P in with_primary) is (P in OWN[school_type] or school_type == "junior")
    with_junior = stages_of(school_type, attached("junior", count))
    assert (J in with_junior) is (J in OWN[school_type] or school_type in ("senior", "vocational"))


def row(school_type: str, **filed: int | None) -> dict:
    names = (f"enrolment_{s}" for s in Stage)
    blank = dict.fromkeys((*names, "attached_primary_enrolment", "attached_junior_enrolment"))
    return {"school_type": school_type, **blank, **filed}


def test_pupils_are_those_of_the_stage_or_of_the_attached_classes():
    assert pupils_of(row("nine_year", enrolment_primary=60, enrolment_junior=40), P) == 60
    assert pupils_of(row("nine_year", enrolment_primary=60, enrolment_junior=40), J) == 40
    assert pupils_of(row("junior", attached_primary_enrolment=7), P) == 7
    assert pupils_of(row("vocational", attached_junior_enrolment=9), J) == 9


def test_a_stage_that_a_type_cannot_have_has_no_pupils():
    assert pupils_of(row("primary", enrolment_junior=5, attached_junior_enrolment=5), J) == 0
    assert pupils_of(row("vocational"), S) == 0


def test_pupils_not_filed_are_unknown():
    assert pupils_of(row("primary"), P) is None
    assert pupils_of(row("junior"), P) is None


@pytest.mark.parametrize(
    ("values", "total"), [((), 0), ((1, 2), 3), ((1, None), None), ((None, None), None)]
)
def test_a_sum_with_something_unknown_is_unknown(values, total):
    assert sum_known(values) == total
