"""The exact minimum of classes, and how pupils sit in them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.plan.class_size.present import inferred_sizes
from junheng.plan.class_size.sizes import even, minimum_classes, seated


@given(st.integers(0, 60), st.integers(1, 12))
def test_no_fewer_classes_than_the_minimum_can_hold_the_pupils(pupils: int, limit: int) -> None:
    classes = minimum_classes(pupils, limit)
    assert classes * limit >= pupils
    assert classes == 0 or (classes - 1) * limit < pupils


def fewest_by_trying(grades: list[int], limit: int) -> int:
    """Fewest classes of a school, by trying every number of classes in every grade."""
    return min(
        sum(counts)
        for counts in product(*(range(n + 1) for n in grades))
        if all(count * limit >= n for count, n in zip(counts, grades, strict=True))
    )


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_the_minimum_of_a_school_is_the_sum_over_its_grades(limit: int) -> None:
    for grades in product(range(6), repeat=3):
        total = sum(minimum_classes(n, limit) for n in grades)
        assert total == fewest_by_trying(list(grades), limit)


sizes = st.lists(st.integers(1, 70), max_size=6)


@given(sizes, st.integers(0, 400), st.integers(0, 10), st.integers(1, 50))
def test_everybody_has_a_seat_and_no_class_is_over_where_none_need_be(
    present: list[int], pupils: int, classes: int, limit: int
) -> None:
    classes = max(classes, min(1, pupils))
    if classes == len(present) and pupils < classes:
        pupils = classes
    found = seated(present, pupils, classes, limit)
    assert sum(found) == pupils * bool(classes)
    assert len(found) == classes
    if pupils <= limit * classes:
        assert max(found, default=0) <= limit


@given(sizes)
def test_legal_classes_that_nobody_joins_or_leaves_stay_as_they_are(present: list[int]) -> None:
    assert seated(present, sum(present), len(present), 70) == tuple(sorted(present, reverse=True))


def test_only_what_lies_above_the_limit_changes_class() -> None:
    assert seated((48, 40, 30), 118, 3, 45) == (45, 40, 33)


@given(st.integers(0, 300), st.integers(1, 9))
def test_even_classes_differ_by_one_at_most(pupils: int, classes: int) -> None:
    found = even(pupils, classes)
    assert sum(found) == pupils
    assert max(found) - min(found) <= 1


@given(st.dictionaries(st.integers(1, 6), st.integers(0, 120), min_size=1), st.integers(0, 14))
def test_the_inferred_split_has_every_pupil_and_every_class_filed(
    pupils: dict[int, int], classes: int
) -> None:
    found = inferred_sizes(pupils, classes)
    taught = [grade for grade, count in pupils.items() if count]
    assert {grade: sum(each) for grade, each in found.items()} == pupils
    assert sum(map(len, found.values())) == (max(classes, len(taught)) if taught else 0)


def test_classes_go_to_the_grade_where_they_would_be_largest() -> None:
    assert inferred_sizes({1: 90, 2: 130}, 5) == {1: (45, 45), 2: (44, 43, 43)}
