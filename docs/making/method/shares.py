"""What each school adds to a CV: exact shares."""

from collections.abc import Iterator
from fractions import Fraction

from making.grids import grid
from making.method import written
from making.method.written import about


def table(name: str, stage: str, code: str) -> Iterator[str]:
    found = written.spread(name, stage, code)
    rows = [
        (
            each.school_code,
            "均值之下" if each.below else "均值之上",
            str(Fraction(each.numerator, found.total)),
            f"{about(Fraction(each.numerator, found.total) * 100, 4)}%",
        )
        for each in found.shares
    ]
    whole = sum(Fraction(each.numerator, found.total) for each in found.shares)
    assert whole == 1, "shares add up exactly"
    rows.append(("合计", "", str(whole), "100%"))
    yield from grid(("学校", "在哪一边", "占方差的份额（精确）", "约"), rows)
