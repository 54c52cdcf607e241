"""City-wide balance 市域均衡: how unequal all schools of a city or province are, and between whom.

Every year is assessed as in `follow`; over the parts of that assessment, for each stage and
indicator: CV, variance, Theil and Gini of all parts, how much of them lies between and within the
units, 城区 / 镇区 / 乡村, and public / private schools. No document sets a limit for a city, so
nothing here is judged: a county's limit binds the county, not the city.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from junheng.errors import MisuseError
from junheng.registry import Facts, Snapshot
from junheng.schema import Stage
from junheng.standards import common_superior, listed_name
from junheng.studies.balance_figures import CityFigure, city_figures
from junheng.studies.monitoring import Study, assess
from junheng.studies.years import days_of


@dataclass(frozen=True)
class BalanceStudy:
    """The figures of one place over one or several years, and the assessments they rest on."""

    studies: Mapping[int, tuple[Study, ...]]
    """Year → the assessments of its snapshots; no county stands in two of them."""
    figures: tuple[CityFigure, ...]
    """By year, stage and indicator."""

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.studies)

    @cached_property
    def units(self) -> Mapping[int, Mapping[str, str]]:
        """Year → code of each unit → its name."""
        return {
            year: {c.code: c.name for study in held for c in study.assessment.counties}
            for year, held in self.studies.items()
        }

    @cached_property
    def place(self) -> str:
        """Code of the unit that all counties have in common."""
        return common_superior(sorted({code for units in self.units.values() for code in units}))

    @property
    def place_name(self) -> str:
        known = self.units[self.years[-1]]
        return known.get(self.place) or listed_name(self.place)

    @cached_property
    def uneven_years(self) -> tuple[int, ...]:
        """Years with other units than the last: their figures are of another whole."""
        last = set(self.units[self.years[-1]])
        return tuple(year for year, units in self.units.items() if set(units) != last)

    def at(self, year: int) -> tuple[CityFigure, ...]:
        return tuple(each for each in self.figures if each.year == year)

    def only(
        self, *, stages: Sequence[Stage] = (), indicators: Sequence[str] = ()
    ) -> "BalanceStudy":
        """The same study with the figures of some stages and indicators.

        Raises MisuseError where nobody has such a stage or indicator.
        """
        _refuse_unknown("学段", stages, {f.stage: f.stage.label for f in self.figures})
        _refuse_unknown("指标", indicators, {f.indicator: "" for f in self.figures})
        kept = tuple(
            each
            for each in self.figures
            if (not stages or each.stage in stages)
            and (not indicators or each.indicator in indicators)
        )
        return replace(self, figures=kept)


def measure_balance(
    snapshots: Iterable[Snapshot],
    *,
    on: date | None = None,
    days: Mapping[int, date] | None = None,
    variant: str = "",
    relaxations: Sequence[str] = (),
    readings: Mapping[str, str] | None = None,
) -> BalanceStudy:
    """Assess each snapshot and measure how unequal all its schools are; days as in `follow`.

    A year may come in several snapshots of different counties. Raises MisuseError where a county
    comes twice in one year, no snapshot is given, or a day, variant, relaxation or reading is not
    known.
    """
    held: dict[int, list[Snapshot]] = {}
    for each in snapshots:
        held.setdefault(each.facts.year, []).append(each)
    chosen = days_of(held, on=on, days=days)
    for year, found in held.items():
        _refuse_twice(year, [(s.path.name, _counties_of(s.facts)) for s in found])
    return balance_of(
        assess(
            snapshot,
            on=chosen[year],
            variant=variant,
            relaxations=relaxations,
            readings=readings,
        )
        for year in held
        for snapshot in held[year]
    )


def balance_of(studies: Iterable[Study]) -> BalanceStudy:
    """The balance over assessments that are there already.

    Raises MisuseError as `measure_balance`, and where the scheme measures no school by itself.
    """
    held: dict[int, list[Study]] = {}
    for study in studies:
        held.setdefault(study.assessment.year, []).append(study)
    if not held:
        raise MisuseError("没有可算的封存。请给出至少一次封存。")
    by_year = {year: tuple(held[year]) for year in sorted(held)}
    for year, found in by_year.items():
        _refuse(year, found)
    figures = tuple(figure for year in by_year for figure in city_figures(by_year[year]))
    return BalanceStudy(by_year, figures)


def _refuse(year: int, studies: Sequence[Study]) -> None:
    counties = [county for study in studies for county in study.assessment.counties]
    for county in counties:
        if not county.standard.judges_schools:
            raise MisuseError(
                f"方案“{county.standard.scheme.title}”不逐校计算指标，算不出市域均衡。请用 2017-quality。"
            )
    if not counties:
        raise MisuseError(f"{year}学年的封存里没有区县，算不出市域均衡。")
    _refuse_twice(
        year, [(s.snapshot.path.name, [c.code for c in s.assessment.counties]) for s in studies]
    )


def _refuse_twice(year: int, held: Sequence[tuple[str, Iterable[str]]]) -> None:
    """Each county once a year: (seal, its counties)."""
    seen: dict[str, str] = {}
    for seal, codes in held:
        for code in codes:
            if code in seen:
                raise MisuseError(
                    f"{year}学年的{listed_name(code)}（{code}）有两次封存：{seen[code]}、{seal}。"
                    "每个区县每个学年只能给一次。"
                )
            seen[code] = seal


def _counties_of(facts: Facts) -> list[str]:
    """Codes of the counties in which schools of the facts lie."""
    return sorted({*facts["schools"]["location_unit"]} - {None})


def _refuse_unknown(what: str, asked: Sequence[str], known: Mapping[str, str]) -> None:
    strange = [each for each in asked if each not in known]
    if strange:
        told = "、".join(f"{code}{label}" for code, label in known.items())
        raise MisuseError(f"没有{what}“{strange[0]}”的数。有：{told}。")
