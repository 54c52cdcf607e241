"""The remedies in the order of their urgency, counted, searched and ordered by the database.

What the database is told comes from the register: which states have a clock, and until which day a
term is short. A list of ten thousand is read a page at a time.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Choice
from django.db.models import Count, F, IntegerField, Q, QuerySet, Value, When

from junheng.casework import calendar
from junheng.casework.deadlines import soon_until
from junheng.casework.nouns import Register
from junheng.web.models import Case

LATE, SOON, EARLY, NEVER = range(4)
ORDER = ("urgency", "until", "subject__lineage", "pk")
"""Overdue first, then what is due soon; among equals by day and place."""


@dataclass(frozen=True)
class Counts:
    """How many there are by state, in all, and late."""

    by_state: dict[str, int]
    late: int

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


def counted(found: "QuerySet[Case]", register: Register, *, on: date) -> Counts:
    """One query over all that a person sees."""
    rows = (
        found.order_by()
        .values("state")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due__lt=on)))
    )
    held = [(row["state"], row["n"], row["late"]) for row in rows]
    late = sum(n for state, _, n in held if register.deadline_in(state) is not None)
    return Counts({state: n for state, n, _ in held}, late)


def ranked(found: "QuerySet[Case]", register: Register, *, on: date) -> "QuerySet[Case]":
    """Each row with its `urgency` (LATE … NEVER) and `until`, its last day where a clock runs."""
    clocks = {s.name: clock for s in register.state if (clock := register.deadline_in(s.name))}
    soon = [
        When(state=state, due__lte=soon_until(clock, on=on, days=calendar()), then=Value(SOON))
        for state, clock in clocks.items()
    ]
    runs = Q(state__in=clocks, due__isnull=False)
    return found.annotate(
        until=Choice(When(runs, then=F("due")), default=None),
        urgency=Choice(
            When(~runs, then=Value(NEVER)),
            When(due__lt=on, then=Value(LATE)),
            *soon,
            default=Value(EARLY),
            output_field=IntegerField(),
        ),
    )
