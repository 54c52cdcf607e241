"""Quantities an indicator is written in: one tree, read as an expression, as words, as numbers.

A quantity is exact: an integer expression over an integer scale (areas in 0.01 m² over 100, money
in fen over 100, counts over 1). The same tree compiles to a Narwhals expression that runs on
Polars, DuckDB or Spark, and prints the formula in Chinese words or with a part's own numbers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw
from narwhals.typing import IntoDType

from junheng.freezing import frozen
from junheng.schema import Stage

Row = Mapping[str, Any]
"""One part, school or county: its columns as in the parts frame."""


class Quantity(ABC):
    """An exact amount of one part."""

    def __add__(self, other: "Quantity") -> "Quantity":
        return Sum(self, other)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Difference(self, other)

    @property
    @abstractmethod
    def scale(self) -> int:
        """How many of the expression's units make one natural unit."""

    @abstractmethod
    def numerator(self, wide: IntoDType) -> nw.Expr:
        """The amount times `scale` times `denominator`, an integer of the engine's `wide` type."""

    def denominator(self, wide: IntoDType) -> nw.Expr | None:  # noqa: ARG002
        """What the amount was divided by, where it was shared between stages."""
        return None

    @abstractmethod
    def exact(self, row: Row) -> Fraction | None:
        """The amount of one row in natural units; None where an input is missing."""

    @abstractmethod
    def columns(self) -> Iterator[str]:
        """The columns of the parts frame that are read, in order."""

    @abstractmethod
    def words(self, labels: Mapping[str, str]) -> str:
        """The formula in Chinese words."""

    @abstractmethod
    def numbers(self, row: Row) -> str:
        """The formula with the part's own values; 缺 where a value is missing."""


@frozen
class Amount(Quantity):
    """One declared column."""

    column: str
    _scale: int

    @property
    def scale(self) -> int:
        return self._scale

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return nw.col(self.column).cast(wide)

    def exact(self, row: Row) -> Fraction | None:
        value = row[self.column]
        return None if value is None else Fraction(value, self._scale)

    def columns(self) -> Iterator[str]:
        yield self.column

    def words(self, labels: Mapping[str, str]) -> str:
        return labels[self.column]

    def numbers(self, row: Row) -> str:
        return plain(row[self.column], self._scale)


@frozen
class Sum(Quantity):
    left: Quantity
    right: Quantity
    _sign: str = "＋"

    @property
    def scale(self) -> int:
        assert self.left.scale == self.right.scale, "only quantities of one unit are added"
        return self.left.scale

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return self.left.numerator(wide) + self.right.numerator(wide)

    def exact(self, row: Row) -> Fraction | None:
        left, right = self.left.exact(row), self.right.exact(row)
        return None if left is None or right is None else left + right

    def columns(self) -> Iterator[str]:
        yield from self.left.columns()
        yield from self.right.columns()

    def words(self, labels: Mapping[str, str]) -> str:
        return f"{self.left.words(labels)}{self._sign}{self.right.words(labels)}"

    def numbers(self, row: Row) -> str:
        return f"{self.left.numbers(row)}{self._sign}{self.right.numbers(row)}"


@frozen
class Difference(Sum):
    _sign: str = "－"

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return self.left.numerator(wide) - self.right.numerator(wide)

    def exact(self, row: Row) -> Fraction | None:
        left, right = self.left.exact(row), self.right.exact(row)
        return None if left is None or right is None else left - right


@frozen
class Only(Quantity):
    """A quantity that counts at one stage and is nothing at the others."""

    stage: Stage
    inner: Quantity

    @property
    def scale(self) -> int:
        return self.inner.scale

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return (
            nw.when(nw.col("stage") == self.stage.value)
            .then(self.inner.numerator(wide))
            .otherwise(nw.lit(0).cast(wide))
        )

    def exact(self, row: Row) -> Fraction | None:
        return self.inner.exact(row) if row["stage"] == self.stage.value else Fraction(0)

    def columns(self) -> Iterator[str]:
        yield from self.inner.columns()

    def words(self, labels: Mapping[str, str]) -> str:
        return f"{self.inner.words(labels)}（只计{self.stage.label}）"

    def numbers(self, row: Row) -> str:
        return self.inner.numbers(row) if row["stage"] == self.stage.value else "0"


@frozen
class Shared(Quantity):
    """The part's share of a whole-school quantity, by weighted pupils (standards.md §3)."""

    inner: Quantity

    @property
    def scale(self) -> int:
        return self.inner.scale

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return self.inner.numerator(wide) * nw.col("weighted_pupils").cast(wide)

    def denominator(self, wide: IntoDType) -> nw.Expr:
        return nw.col("weighted_pupils_school").cast(wide)

    def exact(self, row: Row) -> Fraction | None:
        inner = self.inner.exact(row)
        if inner is None:
            return None
        return inner * Fraction(row["weighted_pupils"], row["weighted_pupils_school"])

    def columns(self) -> Iterator[str]:
        yield from self.inner.columns()

    def words(self, labels: Mapping[str, str]) -> str:
        inner = bracketed(self.inner, self.inner.words(labels))
        return f"{inner}×本学段折算学生数÷全校折算学生数"

    def numbers(self, row: Row) -> str:
        inner = bracketed(self.inner, self.inner.numbers(row))
        if row["weighted_pupils"] == row["weighted_pupils_school"]:
            return inner
        scale = row["weight_scale"]
        return f"{inner}×{plain(row['weighted_pupils'], scale)}÷{plain(row['weighted_pupils_school'], scale)}"


def bracketed(quantity: Quantity, written: str) -> str:
    """What is written for a quantity, in brackets where it is a sum."""
    return f"（{written}）" if isinstance(quantity, Sum) else written


def plain(value: int | None, scale: int) -> str:
    """An integer over its scale as exact decimal text without idle zeros."""
    if value is None:
        return "缺"
    text = f"{Decimal(value) / scale:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
