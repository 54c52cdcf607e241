"""Progress towards the commitments: whose it is, and never less than it was."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from junheng.registry.checks.history import YEAR_BEFORE
from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Round, problem_at
from junheng.registry.checks.rows import rows_of, told
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import digits

Measured = tuple[date, Decimal]


@kind
def place_of_the_round(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A place is a county that filed, the unit that manages a school, or a city."""
    if not round_.counties or round_.unreadable("county"):
        return
    managing = {school.values.get("managing_unit") for school in round_.schools.values()}
    for row in rows_of(rule, round_):
        place = row.value(rule.at)
        if not isinstance(place, str) or place in {*round_.counties, *managing}:
            continue
        if not place.endswith(rule.words["city"]):
            yield problem_at(row, rule.at, told(row, rule.at))


@kind
def total_never_falls(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A number that adds up over the years is not below what was told for an earlier day."""
    known = _of_earlier_years(round_)
    rows = sorted(rows_of(rule, round_), key=lambda row: str(row.value("measured_on")))
    for row in rows:
        code, place = str(row.value("commitment")), str(row.value("place"))
        day, value = row.value("measured_on"), row.value("value")
        if code not in rule.words["cumulative"] or not isinstance(day, date):
            continue
        if not isinstance(value, Decimal):
            continue
        before = [each for each in known[code, place] if each[0] < day]
        most = max(before, key=lambda each: each[1], default=None)
        if most is not None and value < most[1]:
            found = f"{told(row, 'value')}，而 {most[0].isoformat()} 已达 {digits(most[1])}"
            yield problem_at(row, rule.at, found)
        known[code, place].append((day, value))


def _of_earlier_years(round_: Round) -> defaultdict[tuple[str, str], list[Measured]]:
    found: defaultdict[tuple[str, str], list[Measured]] = defaultdict(list)
    facts = round_.history.facts_of(YEAR_BEFORE)
    for row in facts["progress"].iter_rows(named=True) if facts is not None else ():
        if row["value"] is not None:
            found[row["commitment"], row["place"]].append((row["measured_on"], row["value"]))
    return found
