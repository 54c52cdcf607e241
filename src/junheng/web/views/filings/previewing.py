"""The verdict of a county as its returns stand now 预览, and what every school sees of it.

Kept in memory by what it was made from: a page that is opened again computes nothing.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from junheng.casework.returns import joined
from junheng.diagnosis import CountyVerdict, assess_facts
from junheng.registry import Facts
from junheng.web.actions.filings.known import HANDED_IN, county_cases, return_of, round_facts
from junheng.web.models import Case, Office

KEPT = 24
_kept: "OrderedDict[tuple[object, ...], Preview]" = OrderedDict()
_lock = Lock()


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


def preview(county: Office, year: int, *, on: date, cases: Sequence[Case] | None = None) -> Preview:
    """The preview of a county on a day; the same returns, the same day: computed once."""
    held = county_cases(county, year) if cases is None else list(cases)
    told = tuple(
        (c.pk, c.state, c.data["file"]["at"], c.version) for c in held if c.state in HANDED_IN
    )
    key = (county.pk, year, on, len(held), told)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    schools = [each for each in held if each.subject_id != county.pk]
    found = Preview(
        facts := round_facts(held, year),
        judged(facts, county.code, on=on),
        sum(each.state in HANDED_IN for each in schools),
        len(schools),
    )
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


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
