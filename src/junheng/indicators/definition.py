"""What an indicator is: a ratio of two exact quantities at a grain, without any threshold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from junheng.indicators.quantity import Amount, Only, Quantity, Row, Shared, plain
from junheng.registry import school_columns
from junheng.schema import Column, Kind, Stage

HUNDREDTHS = frozenset({Kind.AREA, Kind.MONEY})


@dataclass(frozen=True)
class Ratio:
    """Numerator over denominator, and for how many of the denominator the value is told."""

    numerator: Quantity
    denominator: Quantity
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


@cache
def part_columns() -> Mapping[str, Column]:
    """Columns of a part: whole-school columns by name, stage columns without their stage."""
    found: dict[str, Column] = {}
    for name, column in school_columns().items():
        found.setdefault(stage_free(name, column), column)
    return found


def stage_free(name: str, column: Column) -> str:
    return name.removesuffix(f"_{column.stage}") if column.stage else name


def label_of(column: str) -> str:
    """Chinese label of a parts column, without its stage."""
    if column == "pupils":
        return "学生数"
    declared = part_columns()[column]
    return declared.label.replace(declared.stage.label, "", 1) if declared.stage else declared.label


@dataclass(frozen=True)
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
    grain: Literal["part", "school", "county"]
    better: Literal["higher", "lower"]
    ratio: Ratio
    name: str
    summary: str

    @property
    def formula(self) -> str:
        """The formula in words, read from the expression itself."""
        labels = {column: label_of(column) for column in self.ratio.columns()}
        return _written(
            self.ratio, self.ratio.numerator.words(labels), self.ratio.denominator.words(labels)
        )

    def formula_of(self, row: Row) -> str:
        """The formula with the numbers of one part."""
        return _written(
            self.ratio, self.ratio.numerator.numbers(row), self.ratio.denominator.numbers(row)
        )

    @property
    def shared(self) -> bool:
        """Whether the school files it once and stages share it."""
        return isinstance(self.ratio.numerator, Shared)


def _written(ratio: Ratio, above: str, below: str) -> str:
    needs_brackets = any(sign in above for sign in "＋－") and not above.startswith("（")
    above = f"（{above}）" if needs_brackets else above
    return f"{above}÷{below}×{ratio.per}" if ratio.per != 1 else f"{above}÷{below}"


CATALOGUE: dict[str, Indicator] = {}


def indicator(
    code: str,
    label: str,
    *,
    unit: str,
    gap_unit: str,
    step: str,
    grain: Literal["part", "school", "county"] = "part",
    better: Literal["higher", "lower"] = "higher",
) -> Callable[[Callable[[Part], Ratio]], Callable[[Part], Ratio]]:
    """Enter a three-line function into the catalogue under its official code."""

    def enter(function: Callable[[Part], Ratio]) -> Callable[[Part], Ratio]:
        assert code not in CATALOGUE, f"indicator {code} is defined twice"
        CATALOGUE[code] = Indicator(
            code, label, unit, gap_unit, Fraction(step), grain, better,
            function(Part()), function.__name__, (function.__doc__ or "").strip(),
        )  # fmt: skip
        return function

    return enter


__all__ = [
    "CATALOGUE",
    "Indicator",
    "Part",
    "Ratio",
    "indicator",
    "label_of",
    "part_columns",
    "plain",
]
