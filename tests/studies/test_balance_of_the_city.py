"""The demonstration city, whole in `make prove` and some units of it otherwise: every figure closes, and is that of the textbook."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from oracle import dispersion as textbook

from junheng.registry import Facts, Snapshot
from junheng.sample import make_unit, marks_of, units_of
from junheng.studies import CityFigure, Study, assess, balance_of

YEAR, ON = 2026, date(2027, 3, 31)


@cache
def held(units: int) -> Study:
    """The assessment of the first units of the city."""
    rows, marks = {}, []
    for unit in units_of()[:units]:
        one = make_unit(unit, seed=1, years=(YEAR,))[YEAR]
        for table, listed in one.items():
            rows.setdefault(table, []).extend(listed)
        marks += marks_of(one, year=YEAR)
    return assess(Snapshot(Path("seal"), Facts.from_rows(rows, marks, year=YEAR), {}), on=ON)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("units", "parts"), [(4, 80), pytest.param(16, 400, marks=pytest.mark.prove)]
)
def test_every_figure_of_the_demonstration_city_closes(units, parts):
    study = balance_of([held(units)])
    assert (study.place, len(study.units[YEAR]), len(study.figures)) == ("419900", units, 14)
    spreads = {(s.county, s.stage, s.indicator): s.cv for s in held(units).assessment.spreads}
    for figure in study.figures:
        assert figure.lacking == ()
        assert figure.whole.of == figure.whole.parts > parts
        own = {g.key: g.cv for g in figure.by("unit").groups}
        assert own == {unit: spreads[unit, figure.stage, figure.indicator] for unit in own}
        assert len(own) == units
        closes(figure)
    agrees_with_the_textbook(held(units), next(f for f in study.figures if f.indicator == "L5"))


def closes(figure: CityFigure) -> None:
    whole = figure.whole.figures
    for grouping in figure.groupings:
        found = grouping.found
        assert found.between + found.within == whole.variance
        assert sum(group.share for group in grouping.groups) == grouping.within
        assert sum(group.figures.pupils for group in grouping.groups) == whole.pupils
        theil = found.theil_between + found.theil_within
        assert theil == pytest.approx(whole.theil, rel=1e-12, abs=1e-12)
        assert 0 <= grouping.between <= 1
    assert figure.whole.cv == pytest.approx(float(whole.variance) ** 0.5 / float(whole.mean))


def agrees_with_the_textbook(held: Study, figure: CityFigure) -> None:
    population = [
        (part.of(figure.indicator).value, part.pupils)
        for part in held.assessment.parts
        if part.stage is figure.stage
    ]
    found = figure.whole.figures
    assert found.mean == textbook.mean(population)
    assert found.variance == textbook.variance(population)
    assert found.theil == pytest.approx(textbook.theil(population), rel=1e-12)
    floats = [(float(value), pupils) for value, pupils in population]
    assert float(found.gini) == pytest.approx(gini_in_floats(floats), rel=1e-9)


def gini_in_floats(population: list[tuple[float, int]]) -> float:
    """The double sum of the textbook; in fractions it would take minutes over a city."""
    everyone = sum(pupils for _, pupils in population)
    middle = sum(value * pupils for value, pupils in population) / everyone
    total = sum(p * q * abs(x - y) for x, p in population for y, q in population)
    return total / (2 * everyone**2 * middle)
