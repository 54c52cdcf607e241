"""政策目标进展: what the invented county reports of the policy's commitments, year by year."""

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from junheng.sample.draws import DEMONSTRATION

WHOLE = Decimal(100)
RECOVERED = {"C15.4": 1, "C03.1": 1}
"""Commitments that the county will not meet in time → years until it promises to."""


@cache
def _values() -> dict[str, tuple[Decimal, ...]]:
    text = (files("junheng.sample") / "progress.toml").read_text(encoding="utf-8")
    return {c: tuple(map(Decimal, values)) for c, values in tomli.loads(text).items()}


def progress_rows(*, code: str, year: int, last: int, pace: float = 1.0) -> list[dict[str, Any]]:
    """Rows of the table `progress`: the state at the end of last year and this September.

    None for the years before the policy was issued, three years before the last at the most.
    """
    found = []
    for commitment, usual in _values().items():
        values = [_paced(value, pace, whole=max(usual) <= WHOLE) for value in usual]
        now = len(values) - 1 - (last - year)
        if now < 1:
            continue
        promised = date(year + RECOVERED[commitment], 12, 31) if commitment in RECOVERED else None
        for at, day in ((now - 1, date(year - 1, 12, 31)), (now, date(year, 9, 30))):
            found.append(
                {
                    "commitment": commitment,
                    "place": code,
                    "measured_on": day,
                    "value": values[at],
                    "source": f"{DEMONSTRATION}：县教育局台账",
                    "recovery_date": promised,
                    "remark": None,
                }
            )
    return found


def _paced(value: Decimal, pace: float, *, whole: bool) -> Decimal:
    """The value at another pace, in whole numbers; a share is no more than the whole."""
    if pace == 1:
        return value
    paced = (value * Decimal(str(pace))).quantize(Decimal(1))
    return min(paced, WHOLE) if whole else paced
