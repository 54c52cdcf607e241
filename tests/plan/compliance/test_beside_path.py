"""A class-size plan of one county asks nothing of another: the others are named, and not counted as unmet."""

from datetime import date

import pytest

from junheng.errors import MisuseError
from junheng.plan.compliance import Forecast, pose
from junheng.plan.compliance.ahead.gaps import beside_path
from junheng.plan.compliance.ahead.nouns import Count, Told, sealed
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.schema import Stage

ON, YEAR, FIRST, OTHER = date(2026, 3, 31), 2026, "410122", "410198"


@pytest.fixture(scope="module")
def facts() -> Facts:
    first = make_county(seed=5, schools=8, year=2025, code=FIRST, name="甲县")
    other = make_county(seed=7, schools=8, year=2025, code=OTHER, name="乙县")
    return Facts.from_rows({t: [*first[t], *other[t]] for t in first}, year=2025)


@pytest.fixture(scope="module")
def path(facts: Facts) -> Forecast:
    """A class-size plan that tells of one primary school of the first county, and of nobody else."""
    schools = facts.schools.iter_rows(named=True)
    row = next(
        r for r in schools if (r["location_unit"], r["school_type"]) == (FIRST, "primary") and r["enrolment_grade_1"]
    )  # fmt: skip
    sizes = []
    for grade in range(1, 7):
        pupils = row[f"enrolment_grade_{grade}"]
        classes = -(-pupils // 45)
        sizes.append(
            (grade, tuple(pupils // classes + (i < pupils % classes) for i in range(classes)))
        )
    count = Count(
        school=row["school_code"], stage=Stage.PRIMARY, year=YEAR,
        pupils=sum(sum(each) for _, each in sizes), classes=sum(len(each) for _, each in sizes),
        sizes=tuple(sizes),
    )  # fmt: skip
    told = Told(kind="class_size", file="class_size.json", sha256="0" * 64)
    return sealed([told], [count], path_years=(YEAR,))


def test_a_county_of_which_the_class_size_plan_says_nothing_is_named(
    facts: Facts, path: Forecast
) -> None:
    with pytest.raises(MisuseError, match=rf"班额方案没有写{OTHER}乙县的学校（{YEAR}学年）") as error:  # fmt: skip
        pose(facts, on=ON, by=YEAR, forecast=path)
    assert FIRST not in str(error.value)
    with pytest.raises(MisuseError, match="乙县"):
        pose(facts, on=ON, by=YEAR, forecast=path, counties=(OTHER,))


def test_its_own_county_is_asked_and_a_school_that_it_leaves_out_is_named_as_such(
    facts: Facts, path: Forecast
) -> None:
    (count,) = path.counts
    question = pose(facts, on=ON, by=YEAR, forecast=path, counties=(FIRST,))
    assert {each.county for each in question.beyond} == {FIRST}
    reasons = {each.reason for each in question.beyond if each.school != count.school}
    assert reasons == {"班额方案没有写这所学校，按已有的学生数、班数就达不到"}


def test_years_that_are_not_the_class_size_plans_ask_nothing_of_it(path: Forecast) -> None:
    told = path.counts[0].school
    schools = {"甲": {told, "1"}, "乙": {"2"}}
    assert beside_path(path, YEAR, schools) == ["乙"]
    assert beside_path(path, YEAR + 1, schools) == []
