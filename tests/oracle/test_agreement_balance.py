"""The figures of a city are those of the textbook over the parts that the second engine finds."""

from collections import defaultdict
from pathlib import Path

import pytest

from junheng.registry import Facts, Snapshot
from junheng.schema import Stage
from junheng.studies import CityFigure, Grouping, assess, balance_of
from oracle import dispersion as textbook
from oracle.cases import ON, batch, dashes
from oracle.engine import assess as assess_plainly
from oracle.judging import cv_squared

SIZE, FAST, SLOW, BATCHES = 6, 1, 4, 40
NEAR = {"rel": 1e-11, "abs": 1e-12}
KINDS = {"11": "城区", "12": "镇区", "2": "乡村"}


def settled(code):
    return next((word for start, word in KINDS.items() if str(code or "").startswith(start)), "")


class City:
    """What the second engine knows of all counties together."""

    def __init__(self, rows, marks):
        self.counties = assess_plainly(rows, on=ON, not_applicable=dashes(marks))
        filed = {row["school_code"]: row for row in rows["schools"]}
        self.places = {c: settled(row.get("urban_rural_code")) for c, row in filed.items()}
        self.owners = {c: row.get("ownership") or "" for c, row in filed.items()}

    def key(self, by, county, school):
        return {
            "unit": county,
            "settlement": self.places.get(school, ""),
            "ownership": self.owners.get(school, ""),
        }[by]

    def parts(self, stage, indicator):
        """(county, school, pupils, value or None) of every part, then of every school missing."""
        for code, county in self.counties.items():
            for (school, its), part in county["parts"].items():
                if its == stage:
                    yield code, school, part["pupils"], part["values"][indicator]
            for school, stages in county["missing"]:
                if stage in stages:
                    yield code, school, 0, None


def agree(figure: CityFigure, city: City) -> None:
    parts = list(city.parts(figure.stage.value, figure.indicator))
    known = [(school, pupils, value) for _, school, pupils, value in parts if value is not None]
    assert figure.whole.of == len(parts)
    assert figure.whole.parts == len(known)
    lacking = sorted((county, school) for county, school, _, value in parts if value is None)
    assert [(each.county, each.code) for each in figure.lacking] == lacking
    assert (figure.whole.figures is None) is not bool(known)
    if not known:
        return
    population = [(value, pupils) for _, pupils, value in known]
    agree_on_whole(figure, population)
    squared, _ = cv_squared(known, figure.variant)
    assert (figure.whole.cv is None) is (squared is None)
    if squared is not None:
        assert figure.whole.cv == pytest.approx(float(squared) ** 0.5, **NEAR)
    for grouping in figure.groupings:
        agree_on_grouping(grouping, parts, city)


def agree_on_whole(figure: CityFigure, population) -> None:
    found = figure.whole.figures
    assert found.mean == textbook.mean(population)
    assert found.variance == textbook.variance(population)
    if found.mean > 0 and min(value for value, _ in population) >= 0:
        assert found.gini == textbook.gini(population)
        assert found.theil == pytest.approx(textbook.theil(population), **NEAR)
    else:
        assert found.gini is None


def agree_on_grouping(grouping: Grouping, parts, city: City) -> None:
    groups, expected = defaultdict(list), defaultdict(int)
    for county, school, pupils, value in parts:
        key = city.key(grouping.by, county, school)
        expected[key] += 1
        if value is not None:
            groups[key].append((value, pupils))
    assert {g.key: g.of for g in grouping.groups} == dict(expected)
    assert {g.key: g.parts for g in grouping.groups if g.parts} == {
        key: len(group) for key, group in groups.items()
    }
    for each in grouping.groups:
        if each.figures is not None:
            assert each.figures.mean == textbook.mean(groups[each.key])
            assert each.figures.variance == textbook.variance(groups[each.key])
    assert grouping.found.between == textbook.between_variance(groups.values())
    assert grouping.found.within == textbook.within_variance(groups.values())
    if grouping.found.theil_between is not None:
        within = textbook.theil_within(groups.values())
        assert grouping.found.theil_between == pytest.approx(
            textbook.theil_between(groups.values()), **NEAR
        )
        assert grouping.found.theil_within == pytest.approx(within, **NEAR)


def weight(number):
    if number < FAST:
        return ()
    return pytest.mark.slow if number < SLOW else pytest.mark.prove


@pytest.mark.parametrize("number", [pytest.param(n, marks=weight(n)) for n in range(BATCHES)])
def test_the_balance_of_random_cities_is_that_of_the_textbook(number):
    rows, marks = batch(range(number * SIZE, (number + 1) * SIZE))
    snapshot = Snapshot(Path("seal"), Facts.from_rows(rows, marks, year=2025), {})
    study = balance_of([assess(snapshot, on=ON)])
    assert {figure.stage for figure in study.figures} <= {Stage.PRIMARY, Stage.JUNIOR}
    assert len(study.figures) == 14
    city = City(rows, marks)
    for figure in study.figures:
        agree(figure, city)
