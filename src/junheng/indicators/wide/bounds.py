"""How large the integers of a measure can become: whether 64 bits hold them, proved beforehand."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

import narwhals as nw
from narwhals.typing import IntoDType

from junheng.freezing import frozen
from junheng.indicators.combining import One
from junheng.indicators.definition import CATALOGUE, Indicator
from junheng.indicators.quantity import Amount, Only, Quantity, Shared, Sum

INT64 = 2**63 - 1


@frozen
class Fixed(Amount):
    """A column that holds the same amount in every row."""

    amount: int

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return nw.lit(self.amount).cast(wide)


def greatest(quantity: Quantity, maxima: Mapping[str, int]) -> int:
    """A bound on the magnitude of the numerator's expression and of all that it is made of."""
    match quantity:
        case Fixed(amount=amount):
            return amount
        case Amount(column=column):
            return maxima[column]
        case Shared(inner=inner):
            return greatest(inner, maxima) * maxima["weighted_pupils"]
        case Only(inner=inner):
            return greatest(inner, maxima)
        case Sum(left=left, right=right):  # and Difference
            return greatest(left, maxima) + greatest(right, maxima)
        case One():
            return 1
    raise AssertionError(f"{type(quantity).__name__} has no bound")


def greatest_ratio(each: Indicator, maxima: Mapping[str, int]) -> tuple[int, int]:
    """Bounds on numerator and denominator as `measuring` writes them."""
    ratio = each.ratio
    above = greatest(ratio.numerator, maxima) * ratio.denominator.scale * ratio.per
    below = greatest(ratio.denominator, maxima) * ratio.numerator.scale
    shared = isinstance(ratio.numerator, Shared)
    return above, below * (maxima["weighted_pupils_school"] if shared else 1)


def one_step(code: str) -> Indicator:
    """The indicator with one step of its leading column, and nothing else, in the numerator.

    Numerators are linear, so this is what one step more adds to them: one teacher, 0.01 m².
    """
    each = CATALOGUE[code]
    lead = next(each.ratio.numerator.columns())
    amount = each.step * each.ratio.numerator.scale
    assert amount.denominator == 1, "a step is a whole number of the integers held"
    numerator = _alone(each.ratio.numerator, lead, int(amount))
    return replace(each, ratio=replace(each.ratio, numerator=numerator))


def _alone(quantity: Quantity, lead: str, amount: int) -> Quantity:
    if isinstance(quantity, Amount):
        return Fixed(quantity.column, quantity.scale, amount if quantity.column == lead else 0)
    assert is_dataclass(quantity)
    inner = {
        each.name: _alone(value, lead, amount)
        for each in fields(quantity)
        if isinstance(value := getattr(quantity, each.name), Quantity)
    }
    return replace(quantity, **inner)
