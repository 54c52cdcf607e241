"""Inequality over a city: variance, Theil and Gini, and what lies between and within groups."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from junheng.indicators.dispersion import Decomposition, decompose, dispersion
from junheng.indicators.spread import Sample
from making.grids import grid
from making.method.written import about, number, valued

SCHOOLS = (("甲县", 6, 100), ("甲县", 4, 300), ("乙县", 10, 200), ("乙县", 7, 200))
"""County, value and pupils of four invented schools."""


@cache
def _city() -> tuple[Sample, Decomposition]:
    sample = Sample(
        tuple(Fraction(x) for _, x, _ in SCHOOLS), tuple(pupils for *_, pupils in SCHOOLS)
    )
    return sample, decompose(sample, [county for county, *_ in SCHOOLS], dispersion(sample))


def schools() -> Iterator[str]:
    yield from grid(("区县", "值 X", "学生数 P"), ((c, str(x), str(p)) for c, x, p in SCHOOLS))


def figures() -> Iterator[str]:
    """Whole and groups."""
    _, found = _city()
    rows = []
    for name, each in (("全市", found.whole), *found.groups.items()):
        assert each.theil is not None
        assert each.gini is not None
        rows.append(
            (
                str(name),
                str(each.pupils),
                valued(each.mean),
                valued(each.variance),
                about(each.theil),
                valued(each.gini),
            )
        )
    yield from grid(("范围", "学生", "均值", "方差", "泰尔指数", "基尼系数"), rows)


def divided() -> Iterator[str]:
    """Between and within, and that they are the whole."""
    _, found = _city()
    assert found.between + found.within == found.whole.variance
    assert found.theil_between is not None
    assert found.theil_within is not None
    assert found.whole.theil is not None
    share = found.between / found.whole.variance
    theil = found.theil_between / found.whole.theil
    yield from grid(
        ("数", "之间", "之内", "相加", "之间占"),
        (
            ("方差", valued(found.between), valued(found.within), valued(found.between + found.within), f"{number(share)}，约 {about(share * 100, 2)}%"),
            ("泰尔指数", about(found.theil_between), about(found.theil_within), about(found.theil_between + found.theil_within), f"约 {about(theil * 100, 2)}%"),
        ),
    )  # fmt: skip
