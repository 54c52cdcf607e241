"""The verdict of a county as its returns stand now 预览, and what every school sees of it.

Kept in memory by what it was made from: once for each change of a county, however many of its
schools look at it. Whether something has changed is asked with one narrow query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from junheng.casework.returns import joined
from junheng.diagnosis import CountyVerdict, assess_facts
from junheng.publish.word.bands import Values, values_of
from junheng.registry import Facts
from junheng.web.actions.filings.known import (
    HANDED_IN,
    county_cases,
    return_of,
    round_facts,
    standings_of,
)
from junheng.web.made_once import MadeOnce
from junheng.web.models import Case, Office

KEPT = 48


@dataclass(frozen=True)
class Preview:
    """A county's facts and verdict as of the returns handed in so far."""

    facts: Facts
    county: CountyVerdict | None
    handed_in: int
    schools: int

    @property
    def whole(self) -> bool:
        """Every school has handed in."""
        return self.handed_in == self.schools

    @cached_property
    def values(self) -> Values:
        """The values of all schools, among which one finds its place."""
        return values_of(self.county) if self.county is not None else {}


_previews: MadeOnce[Preview] = MadeOnce(KEPT)


def preview(county: Office, year: int, *, on: date, cases: Sequence[Case] | None = None) -> Preview:
    """The preview of a county on a day; the same returns, the same day: computed once."""
    if cases is None:
        told = standings_of(county, year)
    else:
        told = tuple((c.pk, c.state, c.version) for c in cases)

    def make() -> Preview:
        held = county_cases(county, year) if cases is None else list(cases)
        schools = [each for each in held if each.subject_id != county.pk]
        facts = round_facts(held, year)
        return Preview(
            facts,
            judged(facts, county.code, on=on),
            sum(each.state in HANDED_IN for each in schools),
            len(schools),
        )

    return _previews.get((county.pk, year, on, frozenset(told)), make)


def judged(facts: Facts, code: str, *, on: date) -> CountyVerdict | None:
    """The county's verdict in these facts by what is in force on the day."""
    found = assess_facts(facts, on=on).counties
    return next((each for each in found if each.code == code), None)


def alone(case: Case, *, on: date) -> CountyVerdict | None:
    """The verdict of one return by itself: its own numbers, without a band in the county."""
    held = return_of(case)
    if held is None:
        return None
    return judged(joined([held], year=case.year), held.owner.county, on=on)
