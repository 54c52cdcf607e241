"""By when a case must leave its state, and how it stands against that day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from junheng.casework.calendar import DAY, Calendar
from junheng.casework.nouns import CaseFile, Deadline
from junheng.errors import RefusedError


@dataclass(frozen=True)
class Due:
    """The last day of a term; `on` is None where no clock runs or the calendar does not reach."""

    deadline: Deadline | None = None
    on: date | None = None
    unknown: str = ""
    """Why the day could not be counted, for who must then set it by hand."""


class Lateness(StrEnum):
    """How a day stands against a deadline."""

    NONE = "不限期"
    EARLY = "未到期"
    SOON = "临近"
    LATE = "逾期"


def due_after(case: CaseFile, state: str, *, on: date, days: Calendar, opened: bool = False) -> Due:
    """The term of a case that comes into `state` on `on`, from where it stands or as it is `opened`.

    A clock that already ran runs on and keeps its day, unless the day is written in the case.
    """
    clock = case.register.deadline_in(state)
    if clock is None:
        return Due()
    if clock.column:
        day = case.values.get(clock.column)
        return Due(clock, day if isinstance(day, date) else None)
    if clock.once and clock.name in case.first:
        return Due(clock, case.first[clock.name])
    if not opened and case.due is not None and case.register.deadline_in(case.state) is clock:
        return Due(clock, case.due)
    try:
        return Due(clock, days.after(on, clock.working_days))
    except RefusedError as error:
        return Due(clock, None, str(error))


def lateness(due: date | None, deadline: Deadline | None, *, on: date, days: Calendar) -> Lateness:
    """How `on` stands against `due`; a year that the calendar does not know is counted as EARLY."""
    if due is None:
        return Lateness.NONE
    if on > due:
        return Lateness.LATE
    if deadline is not None and due <= soon_until(deadline, on=on, days=days):
        return Lateness.SOON
    return Lateness.EARLY


def soon_until(deadline: Deadline, *, on: date, days: Calendar) -> date:
    """The latest day that is SOON on `on`: no more than `deadline.remind` working days are left.

    A list of many cases compares its days with this one, instead of counting for each.
    """
    last, left = on, deadline.remind
    while True:
        following = last + DAY
        try:
            left -= days.is_working(following)
        except RefusedError:
            return last
        if left < 0:
            return last
        last = following
