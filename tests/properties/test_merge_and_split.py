"""A school divided into two equal halves, or filed as two rows that merge: what stays, what does not.

By pupils nothing changes, so the CV weighted by pupils and every figure of a city stay exactly. The
other variants count schools: each of them answers to the division.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from oracle.judging import VARIANTS, cv_squared
from oracle.view import differences, plain
from worked.building import rows_of, school

from junheng.diagnosis import Assessment
from junheng.registry import Facts, Snapshot
from junheng.studies import assess, balance_of
from properties.cases import ON, YEAR, assessed_schools, even_schools, holds

HALF = "2141999999"
BY_SCHOOLS = tuple(variant for variant in VARIANTS if variant != "weighted")


def halved(row: dict[str, Any]) -> dict[str, Any]:
    """Half of everything that is a number."""
    return {
        column: value if isinstance(value, bool | str) else Fraction(value) / 2
        for column, value in row.items()
    }


def divided(schools: list[dict[str, Any]], index: int, **second: Any) -> list[dict[str, Any]]:
    """The schools with one of them as two equal halves; `second` is what the second files otherwise."""
    half = halved(schools[index])
    others = [row for n, row in enumerate(schools) if n != index]
    return [*others, half, half | {"school_code": HALF} | second]


def squares(found: Assessment, variant: str) -> dict[tuple[str, str], Fraction | None]:
    (county,) = plain(found).values()
    return {
        (stage, indicator): each["cv_squared"]
        for (stage, indicator, its), each in county["cvs"].items()
        if its == variant
    }


@holds(even_schools(), st.data(), few=4, quick=True)
def test_dividing_a_school_leaves_the_cv_weighted_by_pupils_and_no_other(schools, data):
    index = data.draw(st.integers(0, len(schools) - 1))
    whole, parted = assessed_schools(schools), assessed_schools(divided(schools, index))
    assert squares(parted, "weighted") == squares(whole, "weighted")
    was = {(s.stage, s.indicator): s.verdict for s in whole.spreads}
    assert {(s.stage, s.indicator): s.verdict for s in parted.spreads} == was
    for variant in BY_SCHOOLS:
        assert squares(parted, variant) == expected(whole, schools[index], variant)


def expected(
    whole: Assessment, row: dict[str, Any], variant: str
) -> dict[tuple[str, str], Fraction | None]:
    """CV² of the textbook where the parts of one school stand twice, with half the pupils each."""
    found = {}
    for spread in whole.spreads:
        known = []
        for part in whole.parts:
            if part.stage is spread.stage:
                value = part.of(spread.indicator).value
                mine = part.school_code == row["school_code"]
                times, pupils = (2, part.pupils // 2) if mine else (1, part.pupils)
                known += [((part.school_code, n), pupils, value) for n in range(times)]
        found[spread.stage.value, spread.indicator] = cv_squared(known, variant)[0]
    return found


@holds(st.integers(1, 900), st.integers(1, 900), st.integers(1, 5000), st.integers(1, 5000), few=4)
def test_of_two_unequal_schools_every_other_variant_answers_to_the_division(p, q, x, y):
    assume(p != q and x * q != y * p)
    pair = [
        school(
            f"214190000{n}",
            "primary",
            {"primary": 2 * size},
            sports_ground_area_m2=2 * area,
            multimedia_classrooms=2,
        )
        for n, (size, area) in enumerate(((p, x), (q, y)))
    ]
    whole, parted = assessed_schools(pair), assessed_schools(divided(pair, 0))
    for variant in VARIANTS:
        same = squares(whole, variant)["primary", "L5"] == squares(parted, variant)["primary", "L5"]
        assert same is (variant == "weighted")


@holds(even_schools(fewest=1), st.data(), few=4)
def test_a_half_filed_as_an_uncounted_row_is_the_school_again(schools, data):
    index = data.draw(st.integers(0, len(schools) - 1))
    campus = {"counts_as_school": False, "parent_school_code": schools[index]["school_code"]}
    whole = plain(assessed_schools(schools))
    merged = plain(assessed_schools(divided(schools, index, **campus)))
    for county, told in whole.items():
        for what in ("verdict", "parts", "cvs", "left_out", "missing"):
            assert differences(told[what], merged[county][what]) == []


@holds(even_schools(), st.data(), few=3, many=60)
def test_dividing_a_school_leaves_every_figure_of_the_city(schools, data):
    index = data.draw(st.integers(0, len(schools) - 1))
    one, other = (city(each) for each in (schools, divided(schools, index)))
    assert len(one) == len(other)
    for was, now in zip(one, other, strict=True):
        for name in ("mean", "variance", "gini", "pupils"):
            assert getattr(was.whole.figures, name) == getattr(now.whole.figures, name)
        for here, there in zip(was.groupings, now.groupings, strict=True):
            assert (here.between, here.within) == (there.between, there.within)


def city(schools: list[dict[str, Any]]) -> tuple:
    facts = Facts.from_rows(rows_of(schools), [], year=YEAR)
    return balance_of([assess(Snapshot(Path("seal"), facts, {}), on=ON)]).figures
