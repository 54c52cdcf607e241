"""The composite of 2012: a sum of square roots, judged without rounding."""

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from junheng.indicators import roots_exceed
from making.grids import grid


def bracket() -> Iterator[str]:
    """√2 + √3 beside its own value cut after 20 digits: how the interval decides."""
    squares = [Fraction(2), Fraction(3)]
    rows = []
    for bits in (8, 16, 32, 64):
        unit = 1 << bits
        low = sum(isqrt(int(q) * unit * unit) for q in squares)
        rows.append((str(bits), f"{low / unit:.15f}", f"{(low + len(squares)) / unit:.15f}"))
    yield from grid(("二进制小数位", "下界", "上界"), rows)


def decided(text: str) -> Iterator[str]:
    """Whether √2 + √3 lies above a decimal, as the engine says."""
    above = roots_exceed([Fraction(2), Fraction(3)], Fraction(text))
    yield f"√2 ＋ √3 {'＞' if above else '≤'} {text}"


def perfect(text: str) -> Iterator[str]:
    """Three perfect squares against a bound that they reach exactly."""
    squares = [Fraction(4, 25), Fraction(9, 25), Fraction(1, 4)]
    above = roots_exceed(squares, Fraction(text))
    yield f"√(4/25) ＋ √(9/25) ＋ √(1/4) ＝ 3/2 {'＞' if above else '≤'} {text}"
