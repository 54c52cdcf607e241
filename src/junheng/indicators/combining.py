"""Quantities that whole schools and counties need besides sums: a product, a floor, a bare one."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import narwhals as nw
from narwhals.typing import IntoDType

from junheng.freezing import frozen
from junheng.indicators.quantity import Quantity, Row, bracketed


@frozen
class Product(Quantity):
    """Two quantities multiplied; nothing of what was not filed is still nothing."""

    left: Quantity
    right: Quantity

    @property
    def scale(self) -> int:
        return self.left.scale * self.right.scale

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return self.left.numerator(wide) * self.right.numerator(wide)

    def exact(self, row: Row) -> Fraction | None:
        left, right = self.left.exact(row), self.right.exact(row)
        if 0 in (left, right):
            return Fraction(0)
        return None if left is None or right is None else left * right

    def columns(self) -> Iterator[str]:
        yield from self.left.columns()
        yield from self.right.columns()

    def words(self, labels: Mapping[str, str]) -> str:
        return "×".join(bracketed(each, each.words(labels)) for each in (self.left, self.right))

    def numbers(self, row: Row) -> str:
        return "×".join(bracketed(each, each.numbers(row)) for each in (self.left, self.right))


@frozen
class NotLess(Quantity):
    """A quantity, or the floor under it where it is smaller."""

    inner: Quantity
    floor: Quantity

    @property
    def scale(self) -> int:
        assert self.inner.scale == self.floor.scale, "a floor has the unit of what stands on it"
        return self.inner.scale

    def numerator(self, wide: IntoDType) -> nw.Expr:
        inner, floor = self.inner.numerator(wide), self.floor.numerator(wide)
        return nw.when(inner < floor).then(floor).otherwise(inner)

    def exact(self, row: Row) -> Fraction | None:
        inner, floor = self.inner.exact(row), self.floor.exact(row)
        return None if inner is None or floor is None else max(inner, floor)

    def columns(self) -> Iterator[str]:
        yield from self.inner.columns()
        yield from self.floor.columns()

    def words(self, labels: Mapping[str, str]) -> str:
        floor = self.floor.words(labels)
        return f"{self.inner.words(labels)}（不足{floor}的按{floor}计）"

    def numbers(self, row: Row) -> str:
        inner, floor = self.inner.exact(row), self.floor.exact(row)
        if inner is not None and floor is not None and inner < floor:
            return self.floor.numbers(row)
        return self.inner.numbers(row)


@frozen
class One(Quantity):
    """Nothing to divide by: the value is the numerator itself."""

    @property
    def scale(self) -> int:
        return 1

    def numerator(self, wide: IntoDType) -> nw.Expr:
        return nw.lit(1).cast(wide)

    def exact(self, row: Row) -> Fraction | None:  # noqa: ARG002
        return Fraction(1)

    def columns(self) -> Iterator[str]:
        yield from ()

    def words(self, labels: Mapping[str, str]) -> str:  # noqa: ARG002
        return "1"

    def numbers(self, row: Row) -> str:  # noqa: ARG002
        return "1"


ONE = One()
