"""The county form against the sums over its schools (K12, K13; filing.md §7 steps 5 and 6)."""

from decimal import ROUND_CEILING, Decimal

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import (
    JUNIOR_PUPILS,
    PRIMARY_PUPILS,
    County,
    Number,
    Round,
    School,
    Unchecked,
)
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import column_of, digits, labels, said


@kind
def at_most_over_schools(rule: Rule, county: County, round_: Round) -> Outcome:
    """A figure of the county is at most the sum of its schools' figures."""
    value = county.values.get(rule.place)
    if value is None:
        return
    whole = _over_schools(rule, county, round_)
    if isinstance(whole, Unchecked):
        yield whole
    elif value > whole:
        who = "公办学校" if rule.public_only else "各校"
        found = f"{said(county, rule.place)}，多于{who}{labels(rule.over_schools)}之和 {digits(whole)} 人"
        yield county.problem(rule.place, found)


def _over_schools(rule: Rule, county: County, round_: Round) -> Number | Unchecked:
    """The sum over the county's schools, or why it cannot be taken."""
    reason = round_.incomplete(county)
    if reason is not None:
        return Unchecked(f"{county.name}：{reason}，{labels(rule.over_schools)}无法求和")
    whole: Number = 0
    for school in round_.schools_of[county.code]:
        if rule.public_only and _private(school):
            continue
        part = school.total_where_filed(rule.over_schools)
        if part is None:
            return Unchecked(
                f"{county.name}：“{school.name}”的{labels(rule.over_schools)}没有填清，无法求和"
            )
        whole += part
    return whole


def _private(school: School) -> bool:
    return school.values.get("ownership") == "private"


def _transfers(rule: Rule, county: County, round_: Round) -> tuple[Number, Number] | Unchecked:
    """The county's sums of the two columns of the rule."""
    reason = round_.incomplete(county)
    if reason is not None:
        return Unchecked(f"{county.name}：{reason}，转入、转出无法求和")
    sums: list[Number] = [0, 0]
    for school in round_.schools_of[county.code]:
        for side, column in enumerate(rule.columns):
            part = school.total_where_filed((column,))
            if part is None:
                return Unchecked(f"{county.name}：“{school.name}”的转入、转出没有填清，无法求和")
            sums[side] += part
    return sums[0], sums[1]


@kind
def transfers_on_both_sides(rule: Rule, county: County, round_: Round) -> Outcome:
    """Pupils moved in while none moved out, or the reverse: one side was not filed."""
    sums = _transfers(rule, county, round_)
    if isinstance(sums, Unchecked):
        yield sums
    elif (sums[0] > 0) != (sums[1] > 0):
        side = 0 if sums[0] > 0 else 1
        schools = round_.schools_of[county.code]
        most = max(schools, key=lambda each: each.values.get(rule.columns[side]) or 0)
        yield most.problem(rule.columns[side], _both(rule, county, sums))


@kind
def transfers_balance(rule: Rule, county: County, round_: Round) -> Outcome:
    """Within a county each move in is a move out; the rest crossed its border."""
    sums = _transfers(rule, county, round_)
    if not isinstance(sums, Unchecked) and sums[0] != sums[1] and min(sums) > 0:
        yield county.problem("county_code", _both(rule, county, sums))


def _both(rule: Rule, county: County, sums: tuple[Number, Number]) -> str:
    each = (
        f"“{column_of(c).label}”合计 {digits(n)} 人"
        for c, n in zip(rule.columns, sums, strict=True)
    )
    return f"{county.name}各校{'，'.join(each)}"


@kind
def funded_as_a_hundred(rule: Rule, school: School, round_: Round) -> Outcome:
    """Public funds ≥ standard × pupils, a school under 100 funded as 100 (GV6).

    Rows that do not count as a school are taken together with their main school. The hundred is
    split as the pupils are: funds · n ≥ (std_P · P + std_J · J) · max(n, 100).
    """
    county = round_.counties.get(school.county or "")
    if county is None or school.values.get("ownership") != "public":
        return
    due, funds = _due(rule, school, county, round_), _sum(rule.left, school, round_)
    if due is None or funds is None or funds * due[1] >= due[0]:
        return
    wan = (due[0] / due[1] / 10_000).quantize(Decimal("0.0001"), ROUND_CEILING)
    found = f"{said(school, rule.place)}，而按区县规定的生均标准应不少于 {digits(wan)} 万元"
    yield school.problem(rule.place, found)


def _sum(columns: tuple[str, ...], school: School, round_: Round) -> Number | None:
    """Sum over a school and the rows that merge into it; None where one value is unknown."""
    whole: Number = 0
    for each in (school, *round_.children.get(school.code, ())):
        part = each.total(columns)
        if part is None:
            return None
        whole += part
    return whole


def _due(
    rule: Rule, school: School, county: County, round_: Round
) -> tuple[Decimal, Number] | None:
    """Numerator and denominator of the yuan due, so that nothing is rounded."""
    primary, junior = _sum(PRIMARY_PUPILS, school, round_), _sum(JUNIOR_PUPILS, school, round_)
    per_primary, per_junior = (county.values.get(each) for each in rule.right)
    if primary is None or junior is None or per_primary is None or per_junior is None:
        return None
    pupils = primary + junior
    if pupils <= 0:
        return None
    by_standard = Decimal(per_primary) * primary + Decimal(per_junior) * junior
    return by_standard * max(Decimal(pupils), rule.numbers["least"]), pupils
