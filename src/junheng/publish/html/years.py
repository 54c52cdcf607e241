"""The years of each county and school: verdicts, CVs, values; a year without a snapshot is a gap."""

from typing import Any

from junheng.diagnosis import PartVerdict
from junheng.publish.digits import spread_text, value_text
from junheng.publish.wording import verdict_word
from junheng.publish.year_words import change_sentence, gap_words, judged_by, life_words
from junheng.studies import CountyYears, SchoolYears, Years
from junheng.years import SchoolYear


class YearsBook:
    """Looked up by county; says nothing where there is only one year."""

    def __init__(self, years: Years) -> None:
        self.years = years
        self.several = len(years.studies) > 1
        self._counties = {each.code: each for each in years.counties}

    def about(self) -> dict[str, Any]:
        """Which years, by which days, which are missing."""
        years = self.years
        return {
            "span": [str(SchoolYear(year)) for year in years.span],
            "missing": gap_words(years),
            "judged": judged_by(years),
        }

    def verdicts(self, code: str) -> list[str | None]:
        """The conclusion of a county by year; empty where there is nothing to compare."""
        county = self._counties.get(code)
        if not self.several or county is None:
            return []
        return self._by_year({y: c.verdict.value for y, c in county.verdicts.items()})

    def of(self, code: str) -> dict[str, Any] | None:
        """The years of one county; None where there is nothing to compare."""
        county = self._counties.get(code)
        if not self.several or county is None:
            return None
        return {
            "verdicts": self.verdicts(code),
            "resource": self._by_year({y: c.resource.value for y, c in county.verdicts.items()}),
            "spreads": {
                f"{stage.value}:{indicator}": self._by_year(
                    {
                        year: [
                            spread_text(each),
                            verdict_word(each.verdict, near=each.near),
                            self.years.changed(code, year, indicator, spread=True),
                        ]
                        for year, each in county.spread(stage, indicator).items()
                    }
                )
                for stage, indicator in county.keys
            },
            "lines": self._lines(county),
            "changes": [change_sentence(c) for c in self.years.changes if c.county == code],
            "schools": {
                school.life.code: self._school(school)
                for school in self.years.schools
                if school.life.county == code
            },
        }

    def _lines(self, county: CountyYears) -> dict[str, list[Any]]:
        return {
            code: self._by_year({y: line.verdict.value for y, line in county.line(code).items()})
            for code in county.line_names
        }

    def _school(self, school: SchoolYears) -> dict[str, Any]:
        told: dict[str, Any] = {
            stage.value: self._by_year({y: _part(part) for y, part in parts.items()})
            for stage, parts in school.parts.items()
        }
        words = life_words(school.life, self.years)
        return {**told, "life": words} if words else told

    def _by_year(self, found: dict[int, Any]) -> list[Any]:
        """One entry a year of the span; None where there is none."""
        return [found.get(year) for year in self.years.span]


def _part(part: PartVerdict) -> list[Any]:
    return [part.verdict.value, part.pupils, [value_text(each) for each in part.indicators]]
