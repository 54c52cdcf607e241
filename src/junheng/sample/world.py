"""One invented county through its years: each year's records are made once and kept."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from junheng.registry import tables
from junheng.registry.applicability import applies
from junheng.registry.checks.descent import Change, forebears, together
from junheng.registry.layout import EXPLANATION
from junheng.sample.cast import Cast
from junheng.sample.character import Character
from junheng.sample.cohorts import SchoolClass, classes_of, furnished_for
from junheng.sample.defects import crowded_by_migrants, spoil
from junheng.sample.earlier import furnished_before
from junheng.sample.explanations import explanations
from junheng.sample.facilities import facilities
from junheng.sample.finance import finance
from junheng.sample.history import changes, sites_in
from junheng.sample.identity import OPEN_FIELDS, Ground, identity
from junheng.sample.quality import YEARS_OF_JUNIOR, balance_transfers, quality
from junheng.sample.register import CITY_UNIT, SETTLED, Site, roster
from junheng.sample.seats import seats
from junheng.sample.staffing import staffing

Wide = dict[str, Any]
NEW_SCHOOL = "新建学校，逐年招生"
YOUNG_YEARS = 4


class World:
    """A county whose story ends in `last`; any earlier year can be asked for."""

    def __init__(
        self,
        *,
        seed: int,
        plan: Sequence[Cast],
        last: int,
        code: str,
        name: str,
        character: Character,
        ground: Ground = OPEN_FIELDS,
        city: str = CITY_UNIT,
        settled: int = SETTLED,
    ) -> None:
        self.seed, self.last, self.code, self.name = seed, last, code, name
        self.character, self.ground = character, ground
        self.roster = roster(
            seed, plan=plan, year=last, county=code, name=name, city=city, settled=settled
        )
        self._sites: dict[int, list[Site]] = {}
        self._classes: dict[int, dict[str, list[SchoolClass]]] = {}
        self._wide: dict[int, list[Wide]] = {}

    def sites(self, year: int) -> list[Site]:
        if year not in self._sites:
            self._sites[year] = sites_in(self.roster, year)
        return self._sites[year]

    def classes(self, year: int) -> dict[str, list[SchoolClass]]:
        """The classes of every school, by the key that stays when the code changes."""
        if year not in self._classes:
            self._classes[year] = {
                s.key: classes_of(self.seed, s, character=self.character, year=year)
                for s in self.sites(year)
            }
        return self._classes[year]

    def pupils(self, year: int) -> int:
        """All pupils of a school year, senior pupils included."""
        return sum(c.pupils for classes in self.classes(year).values() for c in classes)

    def records(self, year: int) -> list[Wide]:
        """Wide records with what applies only, and the explanations that are due."""
        shown = [each for each in changes(self.roster) if each.year == year]
        told = {each.new: each.about for each in shown}
        filed = [Change(each.old, each.new, each.change) for each in shown]
        last = {w["school_code"]: _applicable(w) for w in self._made(year - 1)}
        found = []
        for site, made in zip(self.sites(year), self._made(year), strict=True):
            before = together(site.code, forebears(site.code, [filed]) or (), last)
            found.append(self._explained(site, made, before, told.get(site.code, ""), year))
        return found

    def _explained(
        self, site: Site, made: Wide, before: Mapping[str, Any], told: str, year: int
    ) -> Wide:
        row = _applicable(made)
        if not told and year - site.founding_year < YOUNG_YEARS:
            told = NEW_SCHOOL
        if not told and site.life.ending:
            told = "停止招生，在校生逐年减少"
        found = explanations(row, before, told)
        return row | {column + EXPLANATION: text for column, text in found.items()}

    def _made(self, year: int) -> list[Wide]:
        if year not in self._wide:
            wide = [self._draw(site, year) for site in self.sites(year)]
            spoil(
                self.seed,
                self.sites(year),
                wide,
                character=self.character,
                crowded=self._crowded,
            )
            balance_transfers([w for w in wide if w["school_type"] != "senior"])
            self._wide[year] = wide
        return self._wide[year]

    @cached_property
    def _crowded(self) -> str:
        classes = self.classes(self.last)
        pupils = {s.code: sum(c.pupils for c in classes[s.key]) for s in self.roster}
        return crowded_by_migrants(self.roster, pupils)

    def _draw(self, site: Site, year: int) -> Wide:
        """One record with the columns of all per-school tables."""
        seed, character, ago = self.seed, self.character, self.last - year
        classes = self.classes(year)[site.key]
        seated = seats(seed, site, classes)
        furnished = facilities(
            seed,
            site,
            furnished_for(seed, site, character=character),
            character=character,
            year=year,
            kindergarten=seated["enrolment_kindergarten"],
        )
        return {
            "key": site.key,
            "school_year": year,
            **seated,
            **staffing(seed, site, classes, character=character, years=ago),
            **furnished_before(seed, site, furnished, years=ago, character=character),
            **finance(seed, site, classes),
            **quality(
                seed,
                site,
                year=year,
                entered=self._grade(site, 7, year - YEARS_OF_JUNIOR),
                stayed=self._grade(site, 9, year - 1),
            ),
            **identity(seed, site, seated, self.ground),
        }

    def _grade(self, site: Site, grade: int, year: int) -> int:
        if site.founding_year > year:
            return 0
        return sum(c.pupils for c in self.classes(year).get(site.key, []) if c.grade == grade)


def _applicable(wide: Wide) -> Wide:
    """Cells without a meaning for this school emptied."""
    kept = {"school_year": wide["school_year"]}
    for table in tables().values():
        if table.per_school:
            kept |= {c.name: wide.get(c.name) if applies(c, wide) else None for c in table.column}
    return kept
