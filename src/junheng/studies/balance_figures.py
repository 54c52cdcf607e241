"""The figures of one year: for each stage and indicator, the whole and its three groupings.

A part without a value enters no sum and is listed; `parts` beside `of` says on how many of how
many a figure stands. A county's own CV is that of the assessment, which has none while a school
of the county is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from junheng.diagnosis import CountyVerdict, PartVerdict, SpreadVerdict
from junheng.indicators import (
    Decomposition,
    Dispersion,
    Missing,
    Sample,
    cv,
    decompose,
    dispersion,
)
from junheng.registry import school_columns
from junheng.registry.settlements import SETTLEMENTS, settlement
from junheng.schema import Stage
from junheng.studies.monitoring import Study

UNIT, SETTLEMENT, OWNERSHIP = "unit", "settlement", "ownership"
BY = {UNIT: "区县", SETTLEMENT: "城乡", OWNERSHIP: "公办、民办"}
"""The groupings, by what schools are put together."""
NO_VALUE = "计算所需的数没有填报"
NOT_FILED = "没有填报"


@dataclass(frozen=True)
class BalanceGroup:
    """Some parts of a city at one stage, by one indicator."""

    key: str
    """Code of the unit, 城区 / 镇区 / 乡村, public / private; empty where it was not filed."""
    name: str
    of: int
    """Parts that should have a value, those of schools that did not file included."""
    figures: Dispersion | None
    """Over the parts that have one; None where none has."""
    cv: float | None
    ratio: Fraction | None
    """Its mean over that of the city."""
    share: Fraction | None
    """What its own inequality adds to the city's variance; None where that is 0."""
    spread: SpreadVerdict | None = None
    """Of a unit: the CV as it was assessed, from which `cv` is taken."""

    @property
    def parts(self) -> int:
        """Parts that have a value."""
        return 0 if self.figures is None else self.figures.parts

    @property
    def complete(self) -> bool:
        return self.parts == self.of


@dataclass(frozen=True)
class Grouping:
    """One way to divide the parts of a city, and what lies between and within the groups."""

    by: str
    groups: tuple[BalanceGroup, ...]
    found: Decomposition | None
    """None where no part has a value."""

    @property
    def between(self) -> Fraction | None:
        """Share of the variance that lies between the groups' means; None where there is none."""
        if self.found is None or self.found.whole.variance == 0:
            return None
        return self.found.between / self.found.whole.variance

    @property
    def within(self) -> Fraction | None:
        """The rest: exactly 1 less `between`."""
        between = self.between
        return None if between is None else 1 - between

    @property
    def theil_share_between(self) -> float | None:
        """The same share of Theil's T."""
        found = self.found
        if found is None or found.theil_between is None or not found.whole.variance:
            return None
        assert found.whole.theil is not None, "what has a part between has a whole"
        return found.theil_between / found.whole.theil


@dataclass(frozen=True)
class CityFigure:
    """One indicator at one stage over all parts of a city in one year."""

    year: int
    stage: Stage
    indicator: str
    variant: str
    """How the CV is taken."""
    whole: BalanceGroup
    groupings: tuple[Grouping, ...]
    lacking: tuple[Missing, ...]
    """The parts without a value, and the schools that did not file."""

    def by(self, name: str) -> Grouping:
        return next(each for each in self.groupings if each.by == name)


@dataclass(frozen=True)
class _Row:
    """A part with or without a value: where it belongs."""

    code: str
    pupils: int
    value: Fraction | None
    keys: Mapping[str, str]


def city_figures(studies: Sequence[Study]) -> list[CityFigure]:
    """All figures of one year, stage by stage, over the counties of all its assessments."""
    counties = [county for study in studies for county in study.assessment.counties]
    standard = counties[0].standard
    city = _City(studies, counties, standard.variant)
    return [
        city.figure(stage, indicator)
        for stage in standard.stages
        for indicator in standard.indicators
        if city.has(stage)
    ]


class _City:
    """The parts of all counties in one year, and how they are grouped."""

    def __init__(
        self, studies: Sequence[Study], counties: Sequence[CountyVerdict], variant: str
    ) -> None:
        self.year = studies[0].assessment.year
        self.variant = variant
        self.counties = {county.code: county for county in counties}
        self.parts = [part for county in counties for part in county.parts]
        self.missing = [each for county in counties for each in county.missing]
        self.filed = {
            row["school_code"]: row
            for study in studies
            for row in study.snapshot.facts["schools"].iter_rows(named=True)
        }
        self.spreads = {
            (each.county, each.stage, each.indicator): each
            for county in counties
            for each in county.spreads
        }

    def has(self, stage: Stage) -> bool:
        here = any(part.stage is stage for part in self.parts)
        return here or any(stage in each.stages for each in self.missing)

    def figure(self, stage: Stage, indicator: str) -> CityFigure:
        rows = [*self._with_pupils(stage, indicator), *self._without_return(stage)]
        known = [row for row in rows if row.value is not None]
        sample = _sample(known)
        whole = dispersion(sample) if known else None
        spreads = {code: self.spreads.get((code, stage, indicator)) for code in self.counties}
        return CityFigure(
            year=self.year,
            stage=stage,
            indicator=indicator,
            variant=self.variant,
            whole=BalanceGroup(
                "", "", len(rows), whole, cv(sample, self.variant), _ratio(whole, whole), None
            ),
            groupings=tuple(
                self._grouping(by, rows, whole, spreads if by == UNIT else {}) for by in BY
            ),
            lacking=tuple(self._lacking(stage, indicator)),
        )

    def _with_pupils(self, stage: Stage, indicator: str) -> list[_Row]:
        return [
            _Row(part.school_code, part.pupils, part.of(indicator).value, self._keys(part))
            for part in self.parts
            if part.stage is stage
        ]

    def _without_return(self, stage: Stage) -> list[_Row]:
        return [
            _Row(each.code, 0, None, self._keys_of_missing(each))
            for each in self.missing
            if stage in each.stages
        ]

    def _keys(self, part: PartVerdict) -> dict[str, str]:
        return {
            UNIT: part.county,
            SETTLEMENT: settlement(part.urban_rural_code),
            OWNERSHIP: part.ownership or "",
        }

    def _keys_of_missing(self, each: Missing) -> dict[str, str]:
        row = self.filed.get(each.code, {})
        return {
            UNIT: each.county,
            SETTLEMENT: settlement(row.get("urban_rural_code")),
            OWNERSHIP: row.get("ownership") or "",
        }

    def _grouping(
        self,
        by: str,
        rows: Sequence[_Row],
        whole: Dispersion | None,
        spreads: Mapping[str, SpreadVerdict | None],
    ) -> Grouping:
        known = [row for row in rows if row.value is not None]
        keys = [row.keys[by] for row in known]
        found = None if whole is None else decompose(_sample(known), keys, whole)
        groups = [
            self._group(key, name, [row for row in rows if row.keys[by] == key], found, spreads)
            for key, name in self._names(by, {row.keys[by] for row in rows}).items()
        ]
        return Grouping(by, tuple(groups), found)

    def _group(
        self,
        key: str,
        name: str,
        rows: Sequence[_Row],
        found: Decomposition | None,
        spreads: Mapping[str, SpreadVerdict | None],
    ) -> BalanceGroup:
        """One group; a unit takes its CV from `spreads`, the others from their own values."""
        figures = None if found is None else found.groups.get(key)
        spread = spreads.get(key)
        own = cv(_sample([row for row in rows if row.value is not None]), self.variant)
        share = None
        if found is not None and figures is not None and found.whole.variance:
            share = found.within_of(key) / found.whole.variance
        return BalanceGroup(
            key=key,
            name=name,
            of=len(rows),
            figures=figures,
            cv=own if spread is None else spread.cv,
            ratio=_ratio(figures, None if found is None else found.whole),
            share=share,
            spread=spread,
        )

    def _names(self, by: str, keys: set[str]) -> dict[str, str]:
        """The groups that occur, in the order in which they are told."""
        if by == UNIT:
            return {code: self.counties[code].name for code in sorted(keys)}
        known = (
            {word: word for word in SETTLEMENTS.values()}
            if by == SETTLEMENT
            else dict(school_columns()["ownership"].choices)
        )
        return {key: name for key, name in {**known, "": NOT_FILED}.items() if key in keys}

    def _lacking(self, stage: Stage, indicator: str) -> list[Missing]:
        blank = (
            Missing(part.county, part.school_code, part.title, (stage,), NO_VALUE)
            for part in self.parts
            if part.stage is stage and part.of(indicator).value is None
        )
        absent = (each for each in self.missing if stage in each.stages)
        return sorted(chain(blank, absent), key=lambda each: (each.county, each.code))


def _sample(rows: Sequence[_Row]) -> Sample:
    values = tuple(row.value for row in rows if row.value is not None)
    return Sample(values, tuple(row.pupils for row in rows if row.value is not None))


def _ratio(figures: Dispersion | None, whole: Dispersion | None) -> Fraction | None:
    if figures is None or whole is None or whole.mean == 0:
        return None
    return figures.mean / whole.mean
