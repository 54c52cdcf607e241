"""Relations between the cells of one return: sums, bounds, ratios, units."""

from dataclasses import replace
from decimal import Decimal

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Number, Return, Round, School
from junheng.registry.checks.rule import Range, Rule, rules
from junheng.registry.checks.wording import (
    amount,
    column_of,
    digits,
    labels,
    less_than,
    mean,
    more_than,
    said,
    summed,
)


def place(rule: Rule, subject: Return) -> str:
    """The column at which a problem is shown: the declared one, or the first that applies."""
    choices = ((rule.at,) if rule.at else ()) + rule.left + rule.right
    return next((each for each in choices if each not in subject.nothing), rule.place)


@kind
def sum_equals(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Σ left = Σ right."""
    left, right = subject.total(rule.left), subject.total(rule.right)
    if left is None or right is None or left == right:
        return
    found = f"{summed(subject, rule.left, left)}，{summed(subject, rule.right, right)}"
    yield subject.problem(place(rule, subject), found)


@kind
def sum_at_most(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Σ left ≤ Σ right."""
    left, right = subject.total(rule.left), subject.total(rule.right)
    if left is None or right is None or left <= right:
        return
    found = f"{summed(subject, rule.left, left)}，{more_than(subject, rule.right, right)}"
    yield subject.problem(place(rule, subject), found, hint=_swapped(rule, subject))


def _swapped(rule: Rule, subject: Return) -> str:
    """The suggestion that two cells were exchanged, where the numbers make it evident.

    Exchanging them mends this relation, breaks no other, and leaves the lesser within the share
    of the greater that is usual.
    """
    values = dict(subject.values)
    pair = [values[each] for each in rule.swap if each in values]
    if not pair or len(pair) < len(rule.swap):
        return ""
    one, other = rule.swap
    values[one], values[other] = values[other], values[one]
    turned = replace(subject, values=values)
    if not all(_holds(each, turned) for each in rules() if _bounds(each, rule.swap)):
        return ""
    least, greatest = sorted(pair)
    if least > rule.numbers.get("swap_share", Decimal(1)) * greatest:
        return ""
    return f"{labels(rule.swap[:1])}与{labels(rule.swap[1:])}疑似填颠倒"


def _bounds(rule: Rule, columns: tuple[str, ...]) -> bool:
    return rule.kind == "sum_at_most" and bool({*rule.left, *rule.right} & {*columns})


def _holds(rule: Rule, subject: Return) -> bool:
    left, right = subject.total(rule.left), subject.total(rule.right)
    return left is None or right is None or left <= right


@kind
def sum_less_than(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Σ left < Σ right wants an explanation (the reverse bound has a rule of its own)."""
    left, right = subject.total(rule.left), subject.total(rule.right)
    if left is None or right is None or left >= right:
        return
    found = f"{summed(subject, rule.left, left)}，{less_than(subject, rule.right, right)}"
    yield subject.problem(place(rule, subject), found)


@kind
def looks_like_a_sum(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Left equals Σ right and is not zero: a subtotal may stand where a count is asked."""
    left, right = subject.total(rule.left), subject.total(rule.right)
    if left is None or right is None or not left or left != right:
        return
    found = f"{summed(subject, rule.left, left)}，恰好等于{labels(rule.right)}之和"
    yield subject.problem(place(rule, subject), found)


@kind
def both_or_neither(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Two columns are both zero or both positive."""
    one, other = (subject.values.get(each) for each in rule.columns)
    if one is None or other is None or (one > 0) == (other > 0):
        return
    found = "，".join(said(subject, each) for each in rule.columns)
    yield subject.problem(rule.at, found)


@kind
def at_most_number(rule: Rule, subject: Return, _: Round) -> Outcome:
    """One column is at most the `limit` of the rule."""
    value = subject.values.get(rule.left[0])
    if value is not None and value > rule.numbers["limit"]:
        yield subject.problem(rule.place, said(subject, rule.left[0]))


@kind
def ratio_range(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Σ left per Σ right lies in the plausible range of the rule."""
    value, per, bounds = subject.total(rule.left), _per(rule, subject), _range(rule, subject)
    if value is None or per is None or bounds is None or inside(value, per, bounds):
        return
    found = _with_quotient(rule, subject, value, per)
    yield subject.problem(place(rule, subject), found, numbers=_shown(bounds))


@kind
def unit_slip(rule: Rule, subject: Return, _: Round) -> Outcome:
    """A money value out of range that ten thousand times more or less would bring into it."""
    meant, bounds = meant_value(rule, subject), _range(rule, subject)
    if meant is None or bounds is None:
        return
    column = rule.left[0]
    value, per = subject.values[column], _per(rule, subject)
    assert per is not None, "a meant value has a base"
    hint = (
        f"{_slip(column_of(column).unit, value > meant)}，应为 {amount(column_of(column), meant)}"
    )
    found = _with_quotient(rule, subject, value, per)
    yield subject.problem(column, found, hint=hint, numbers=_shown(bounds))


def meant_value(rule: Rule, subject: Return) -> Number | None:
    """What a value must have been before its unit was mistaken; None where nothing shows that."""
    value, per, bounds = (
        subject.values.get(rule.left[0]), _per(rule, subject), _range(rule, subject),
    )  # fmt: skip
    if not value or per is None or bounds is None or inside(value, per, bounds):
        return None
    factor = rule.numbers["factor"]
    candidates = (Decimal(value) / factor, Decimal(value) * factor)
    return next((each for each in candidates if inside(each, per, bounds)), None)


def _slip(unit: str, too_large: bool) -> str:
    if unit == "万元":
        return "疑似把元填成了万元" if too_large else "疑似单位错误，少了一万倍"
    return "疑似单位错误，多了一万倍" if too_large else "疑似按万元填写，而本栏单位是元"


def _per(rule: Rule, subject: Return) -> Number | None:
    """The base of a ratio; None where unknown or too small to judge by."""
    return base(rule, subject.total(rule.right) if rule.right else 1)


def base(rule: Rule, total: Number | None) -> Number | None:
    """What a ratio is taken of, from the sum of its right side."""
    if not rule.right:
        return 1
    return None if total is None or total < rule.per_least else max(total, rule.floor)


def _range(rule: Rule, subject: Return) -> Range | None:
    return range_for(rule, subject.settlement if isinstance(subject, School) else "")


def range_for(rule: Rule, settlement: str) -> Range | None:
    """The range of a settlement (its 城乡分类代码, empty where unknown); None where there is none."""
    for each in rule.ranges:
        if not each.settlement or (settlement and settlement.startswith(each.settlement)):
            return each
    return None


def inside(value: Number, per: Number, bounds: Range) -> bool:
    """low ≤ value ÷ per ≤ high."""
    return bounds.low * per <= value <= bounds.high * per


def _shown(bounds: Range) -> dict[str, str]:
    return {"low": digits(bounds.low), "high": digits(bounds.high)}


def _with_quotient(rule: Rule, subject: Return, value: Number, per: Number) -> str:
    text = summed(subject, rule.left, value)
    if not rule.right or not per:
        return text
    base = summed(subject, rule.right, per) if per != rule.floor else f"按 {digits(per)} 人计"
    return f"{text}，{base}，{mean(rule.left[0], rule.right[0], value, per)}"
