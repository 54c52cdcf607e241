"""Working days of the offices: weeks, official holidays and the weekends worked for them.

The holidays of a year are data (`holidays/*.toml`), a file a country, a section a year, each with
the notice that set them. A year without a section is not known: counting into it is refused, since
a guessed holiday would be a wrong deadline.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import msgspec
import tomli

from junheng.errors import DeclarationError, RefusedError

DAY = timedelta(days=1)
FILE = "china.toml"
CONFIDENCE = "HMLBD"
SATURDAY = 5
"""`date.weekday` of the first day of the weekend."""


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Days off in a row, and the weekend days worked for them."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The holidays of one calendar year as a notice set them."""

    year: int
    document: str
    """Number of the notice."""
    source: str
    confidence: str
    checked: str
    """Who compared it with the published text, and when; 未核对 where nobody did."""
    holiday: tuple[Holiday, ...]


@dataclass(frozen=True)
class Calendar:
    """Which days of the known years are working days."""

    years: dict[int, Known]

    @property
    def span(self) -> str:
        """The known years in words: 2024—2026年."""
        known = sorted(self.years)
        return f"{known[0]}—{known[-1]}年" if len(known) > 1 else "、".join(f"{y}年" for y in known)

    def is_working(self, day: date) -> bool:
        """Whether the offices work on `day`. Raises RefusedError for a year that is not known."""
        known = self.years.get(day.year)
        if known is None:
            raise RefusedError(
                f"{day.year}年的放假调休安排没有登记（已登记：{self.span}），算不出工作日。"
                "请在国务院办公厅公布以后补登，或者直接写明日期。"
            )
        if any(day in each.worked for each in known.holiday):
            return True
        if any(each.first <= day <= each.last for each in known.holiday):
            return False
        return day.weekday() < SATURDAY

    def after(self, day: date, working_days: int) -> date:
        """The last day of a term of `working_days` that begins on the day after `day`.

        Raises RefusedError where the term runs into a year that is not known.
        """
        left = working_days
        while left:
            day += DAY
            left -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; 0 where `last` is not later."""
        return sum(
            self.is_working(first + DAY * n) for n in range(1, max((last - first).days, 0) + 1)
        )


@cache
def calendar() -> Calendar:
    """The calendar of the offices, as far as it is known."""
    text = (files("junheng.casework") / "holidays" / FILE).read_text(encoding="utf-8")
    return read_calendar(text, FILE)


def read_calendar(text: str, file: str) -> Calendar:
    """The calendar of a TOML text. Raises DeclarationError that names every fault."""
    try:
        known = msgspec.convert(tomli.loads(text)["year"], tuple[Known, ...])
    except (tomli.TOMLDecodeError, msgspec.ValidationError, KeyError) as error:
        raise DeclarationError(file, "year", str(error)) from error
    faults = [(file, str(each.year), fault) for each in known for fault in _faults(each)]
    if faults:
        raise DeclarationError.of_all(faults)
    return Calendar({each.year: each for each in known})


def _faults(known: Known) -> list[str]:
    """What a year says that cannot be."""
    found = []
    if not (known.confidence in CONFIDENCE and known.source.strip() and known.checked.strip()):
        found.append("没有写出处、核对情况或置信字母")
    for each in known.holiday:
        if each.first > each.last or each.last.year != known.year:
            found.append(f"{each.name}的起止日期不对")
        found += [
            f"{each.name}的调休上班日 {day} 不是周末"
            for day in each.worked
            if day.weekday() < SATURDAY
        ]
    return found
