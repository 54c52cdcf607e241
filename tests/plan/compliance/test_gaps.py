"""What a table of pupils must not leave open: years that fall back, counties and main schools without anybody."""

from pathlib import Path

import msgspec
import pytest
from plan.compliance.years import BY, ON, as_filed, forecast, text_of

from junheng.errors import MisuseError
from junheng.plan.compliance import pose, refuse_gaps
from junheng.plan.compliance.ahead.nouns import Count
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.studies.compliance import told_ahead


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


def emptied(counts: list[Count], *schools: str) -> list[Count]:
    return [
        msgspec.structs.replace(c, pupils=0, classes=0) if c.school in schools else c
        for c in counts
    ]


def main_of(facts: Facts) -> tuple[str, str]:
    """A main school, and a teaching point that is counted with it."""
    rows = facts.schools.iter_rows(named=True)
    return next((r["parent_school_code"], r["school_code"]) for r in rows if r["parent_school_code"] and not r["counts_as_school"])  # fmt: skip


def test_a_school_that_is_told_of_one_year_and_not_of_a_later_is_named(
    facts: Facts, tmp_path: Path
) -> None:
    first, *others = as_filed(facts, 2029)
    counts = [*as_filed(facts, BY), *others, *as_filed(facts, 2030)]
    path = tmp_path / "学生数.csv"
    path.write_text(text_of(counts), encoding="utf-8")
    with pytest.raises(MisuseError) as caught:
        told_ahead(facts, BY, path, None)
    said = str(caught.value)
    assert f"“学生数.csv”里有学校写了前面的学年、没有写后面的学年，那一年会退回封存的数：{first.school} {first.stage.label}写了2028、2030学年，没有写2029学年。" in said  # fmt: skip
    path.write_text(text_of([*counts, first]), encoding="utf-8")
    assert told_ahead(facts, BY, path, None).years == (2028, 2029, 2030)


def test_the_year_of_compliance_is_missed_too_and_a_later_begin_is_none(facts: Facts) -> None:
    refuse_gaps(forecast(as_filed(facts, BY)[1:], as_filed(facts, 2029)), BY)
    with pytest.raises(MisuseError, match="写了2027、2029学年，没有写2028学年"):
        refuse_gaps(forecast(as_filed(facts, 2027), as_filed(facts, 2029)), BY)


def test_a_county_without_anybody_is_refused(facts: Facts) -> None:
    counts = as_filed(facts, BY)
    told = forecast(emptied(counts, *(c.school for c in counts)))
    with pytest.raises(MisuseError, match=r"2028学年\d{6}.*没有一个学段部有学生.*--county"):
        pose(facts, on=ON, by=BY, forecast=told)


def test_a_main_school_that_closes_before_its_teaching_point_is_named(facts: Facts) -> None:
    main, point = main_of(facts)
    counts = as_filed(facts, BY)
    (left,) = (c for c in counts if c.school == point)
    with pytest.raises(MisuseError, match=f"主校没有学生.*（{main}）：{point} {left.pupils}人"):
        pose(facts, on=ON, by=BY, forecast=forecast(emptied(counts, main)))
    pose(facts, on=ON, by=BY, forecast=forecast(emptied(counts, main, point)))
