"""What a missing value leaves open, and what it does not."""

from collections.abc import Iterator
from itertools import product

from junheng.diagnosis import Verdict, worst
from making.grids import grid
from making.method import written


def worst_of() -> Iterator[str]:
    """The worst of two verdicts, as the engine takes it."""
    order = (Verdict.FAIL, Verdict.NO_DATA, Verdict.PASS, Verdict.NOT_APPLICABLE)
    table = {(a, b): worst([a, b]) for a, b in product(order, order)}
    yield from grid(("", *order), ((f"**{a}**", *(table[a, b] for b in order)) for a in order))


def spreads(name: str, code: str) -> Iterator[str]:
    """The CVs of one indicator: what has a verdict, and which school is lacking."""
    rows = []
    for each in written.county(name).spreads:
        if each.indicator == code:
            lacking = "、".join(school for school, _ in each.missing) or "—"
            rows.append((each.stage.label, str(each.parts), lacking, f"**{each.verdict}**"))
    yield from grid(("学段", "有值的学校", "缺的学校", "差异系数的结论"), rows)


def county(name: str) -> Iterator[str]:
    yield f"**{written.county(name).resource}**"
