"""What an indicator is: a ratio of two exact quantities at a grain, without any threshold."""

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from junheng.freezing import frozen
from junheng.indicators.columns import HUNDREDTHS, Whole, label_of, part_columns
from junheng.indicators.combining import ONE, One, Product
from junheng.indicators.quantity import Amount, Only, Quantity, Row, Shared, Sum, plain
from junheng.schema import Stage

Grain = Literal["part", "school", "county"]
Asks = Literal["", "compulsory", "public", "funded", "zoned", "urban_zoned", "vocational"]


@frozen
class Ratio:
    """Numerator over denominator, and for how many of the denominator the value is told."""

    numerator: Quantity
    denominator: Quantity = ONE
    per: int = 1

    def columns(self) -> tuple[str, ...]:
        """The parts columns this ratio reads, each once."""
        return tuple(dict.fromkeys([*self.numerator.columns(), *self.denominator.columns()]))


class Part:
    """A stage part as the author of an indicator sees it: every declared column, and its pupils.

    A column filed by stage is named without its stage: `teachers_pe` is `teachers_pe_primary`
    for a primary part and `teachers_pe_junior` for a junior part.
    """

    pupils: Quantity = Amount("pupils", 1)

    def __getattr__(self, name: str) -> Quantity:
        columns = part_columns()
        if name not in columns:
            raise AttributeError(f"no declared column is called {name}")
        return Amount(name, 100 if columns[name].kind in HUNDREDTHS else 1)

    def share_of(self, whole: Quantity) -> Quantity:
        """The part's share of something the school files once."""
        return Shared(whole)

    def only(self, stage: Stage, quantity: Quantity) -> Quantity:
        """`quantity` at `stage`, nothing elsewhere."""
        return Only(stage, quantity)


@frozen
class Indicator:
    """One indicator of the catalogue."""

    code: str
    label: str
    unit: str
    """Unit of the value: 人/百人, ㎡, 元, 间/百人."""
    gap_unit: str
    """Natural unit in which a gap is told: 人, ㎡, 元, 间."""
    step: Fraction
    """Smallest amount in which a gap is told: whole teachers, rooms and yuan, 0.01 m²."""
    grain: Grain
    better: Literal["higher", "lower"]
    asks: Asks
    """Which schools are asked; empty = the county form itself."""
    by_stage: bool
    """Whether a whole school or a county has one value a stage."""
    ratio: Ratio
    name: str
    summary: str

    @cached_property
    def formula(self) -> str:
        """The formula in words, read from the expression itself."""
        labels = {column: label_of(column) for column in self.ratio.columns()}
        return self._written(
            self.ratio.numerator.words(labels), self.ratio.denominator.words(labels)
        )

    def formula_of(self, row: Row) -> str:
        """The formula with the numbers of one part, school or county."""
        return self._written(self.ratio.numerator.numbers(row), self.ratio.denominator.numbers(row))

    def value_of(self, row: Row) -> Fraction | None:
        """The value of one row; None where an input is missing. The denominator must not be 0."""
        above, below = self.ratio.numerator.exact(row), self.ratio.denominator.exact(row)
        return None if above is None or below is None else above / below * self.ratio.per

    def _written(self, above: str, below: str) -> str:
        ratio = self.ratio
        if isinstance(ratio.numerator, Sum):
            above = f"（{above}）"
        if isinstance(ratio.denominator, Sum | Product):
            below = f"（{below}）"
        quotient = above if isinstance(ratio.denominator, One) else f"{above}÷{below}"
        percent = "%" if self.unit == "%" else ""
        return f"{quotient}×{ratio.per}{percent}" if ratio.per != 1 else quotient

    @property
    def shared(self) -> bool:
        """Whether the school files it once and stages share it."""
        return isinstance(self.ratio.numerator, Shared)


CATALOGUE: dict[str, Indicator] = {}


def indicator(
    code: str,
    label: str,
    *,
    unit: str,
    gap_unit: str,
    step: str,
    grain: Grain = "part",
    better: Literal["higher", "lower"] = "higher",
    asks: Asks = "",
    by_stage: bool = False,
) -> Callable[[Callable[[Any], Ratio]], Callable[[Any], Ratio]]:
    """Enter a three-line function into the catalogue under its official code."""

    def enter(function: Callable[[Any], Ratio]) -> Callable[[Any], Ratio]:
        assert code not in CATALOGUE, f"indicator {code} is defined twice"
        seen = Part() if grain == "part" else Whole()
        CATALOGUE[code] = Indicator(
            code, label, unit, gap_unit, Fraction(step), grain, better, asks, by_stage,
            function(seen), function.__name__, (function.__doc__ or "").strip(),
        )  # fmt: skip
        return function

    return enter


def part_indicators() -> tuple[str, ...]:
    """Codes of the indicators that are measured by stage part."""
    return tuple(code for code, each in CATALOGUE.items() if each.grain == "part")


__all__ = [
    "CATALOGUE",
    "HUNDREDTHS",
    "Indicator",
    "Part",
    "Ratio",
    "Whole",
    "indicator",
    "label_of",
    "part_columns",
    "part_indicators",
    "plain",
]
