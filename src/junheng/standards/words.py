"""What every rule file shares: how sure we are of a figure, and how a number is written."""

from typing import Annotated, Literal

import msgspec

Confidence = Literal["H", "M", "L", "B", "D"]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)?$")]
"""Decimal text, never a float: 4.2 is written "4.2" and read as the fraction 21/5."""
