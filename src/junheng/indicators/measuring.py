"""Running the catalogue over a parts frame, on whatever engine holds it.

One Narwhals expression an indicator; Polars in process, DuckDB or Spark where the frame lives
there. All sums and products are integers of 128 bits (38 decimal digits on Spark, which has no
such integer), so thread count and order change nothing and declared maxima cannot overflow.
"""

from collections.abc import Iterable
from typing import Any

import narwhals as nw
from narwhals.typing import IntoDType, IntoFrame

from junheng.errors import DeclarationError
from junheng.indicators.definition import CATALOGUE, Indicator

PART = ("county", "school_code", "stage", "pupils")


def numerator(each: Indicator, wide: IntoDType) -> nw.Expr:
    """`value × denominator` as an integer; null where an input is missing."""
    ratio = each.ratio
    return ratio.numerator.numerator(wide) * nw.lit(ratio.denominator.scale * ratio.per).cast(wide)


def denominator(each: Indicator, wide: IntoDType) -> nw.Expr:
    ratio = each.ratio
    below = ratio.denominator.numerator(wide) * nw.lit(ratio.numerator.scale).cast(wide)
    shared = ratio.numerator.denominator(wide)
    return below if shared is None else below * shared


def _wide(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> IntoDType:
    """The widest exact integer of the engine that holds the frame."""
    return nw.Decimal(38, 0) if frame.implementation.is_pyspark() else nw.Int128()


def measure(parts: IntoFrame, codes: Iterable[str]) -> IntoFrame:
    """One row a part, and for each code the columns `<code>_numerator` and `<code>_denominator`.

    The value is their quotient; both are null-safe integers. Parts without pupils must have been
    left out before, so no denominator is zero. The frame returned is of the engine given.
    """
    frame = nw.from_native(parts)
    wide = _wide(frame)
    chosen = [CATALOGUE[code] for code in codes]
    held = set(frame.collect_schema().names())
    lacking = sorted({c for each in chosen for c in each.ratio.columns()} - held)
    if lacking:
        raise DeclarationError("parts", "列", f"计算所需的列不在表中：{'、'.join(lacking)}")
    measured = [
        e
        for each in chosen
        for e in (
            numerator(each, wide).alias(f"{each.code}_numerator"),
            denominator(each, wide).alias(f"{each.code}_denominator"),
        )
    ]
    return frame.select(*PART, *measured).to_native()
