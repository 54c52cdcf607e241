"""How often plain floating point is wrong, counted by benchmarks/floats.py while the page is made."""

import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import floats as counting

from junheng.schema import Stage
from making.grids import grid
from making.method.written import number, standard


@cache
def _counts() -> tuple[counting.Count, ...]:
    return tuple(counting.counts())


def table() -> Iterator[str]:
    yield from grid(
        ("案例", "写法", "案例数", "判错", "比例"),
        (
            (
                each.kind,
                each.writing,
                f"{each.cases:,}",
                f"{each.wrong:,}",
                f"{each.wrong / each.cases:.2%}",
            )
            for each in _counts()
        ),
    )


def engine() -> Iterator[str]:
    """How many of the CV cases the engine decides wrongly."""
    yield str(counting.engine_wrong(counting.SMALL))


def orders() -> Iterator[str]:
    """Counties on their limit, summed in other orders."""
    told = (
        ("同样的行，分给 1、2、4、8 个线程各自求和再相加", counting.by_threads(counting.COUNTIES)),
        ("同样的行，八种先后次序，一个线程", counting.by_row_order(counting.COUNTIES)),
    )
    yield from grid(
        ("怎样求和", "县", "算出不止一个数", "得到不止一个结论"),
        (
            (
                name,
                str(each.counties),
                f"{each.numbers}（{each.numbers / each.counties:.0%}）",
                f"{each.verdicts}（{each.verdicts / each.counties:.0%}）",
            )
            for name, each in told
        ),
    )


def nine_year_case(primary: str, junior: str, area: str, stage: str, code: str) -> Iterator[str]:
    """One school on the line: the float of the formula written plainly, and the exact value."""
    a, b, weights = int(primary), int(junior), standard().weights
    whole = a * weights[Stage.PRIMARY] + b * weights[Stage.JUNIOR]
    own = weights[Stage(stage)] * (a if stage == "primary" else b)
    exact = Fraction(area) * own / whole / (a if stage == "primary" else b)
    limit = standard().limit(code, Stage(stage))
    plain = float(area) * (a / (a + 1.1 * b)) / a
    assert exact == limit
    assert plain < float(limit)
    yield f"`{float(area)} * ({a} / ({a} + 1.1 * {b})) / {a}` 得 `{plain!r}`，比 {float(limit)} 小：浮点数判成未达标。"


def exact_case(primary: str, junior: str, area: str, stage: str, code: str) -> Iterator[str]:
    """The same school with fractions."""
    a, b, weights = int(primary), int(junior), standard().weights
    whole = a * weights[Stage.PRIMARY] + b * weights[Stage.JUNIOR]
    value = Fraction(area) / whole * weights[Stage(stage)]
    assert value == standard().limit(code, Stage(stage))
    yield (
        f"小学 {a} 人、初中 {b} 人，总量 {number(Fraction(area))}：{number(Fraction(area))} ÷"
        f"（{a} ＋ {number(weights[Stage.JUNIOR])} × {b}）＝ {number(Fraction(area))} ÷ {number(whole)}"
        f" ＝ {number(value)}，恰好等于标准 {number(standard().limit(code, Stage(stage)))}：达标。"
    )


def cases() -> Iterator[str]:
    yield f"{sum(each.cases for each in _counts()):,}"


def floor_product() -> Iterator[str]:
    """The floors that a float product misses."""
    missed = []
    for code in standard().indicators:
        for stage in standard().stages:
            limit, floor = standard().limit(code, stage), standard().floor(code, stage)
            product = float(standard().floor_share) * float(limit)
            if Fraction(product) != Fraction(float(floor)):
                missed.append(
                    f"`{float(standard().floor_share)} * {float(limit)}` 得 `{product!r}`，而不是 {float(floor)}"
                )
    yield "；".join(missed)


def larger() -> Iterator[str]:
    """The large run as it was kept: counts, orders, real threads."""
    kept = json.loads(counting.KEPT.read_text(encoding="utf-8"))
    rows = [
        (each["kind"], each["writing"], *_of(each["wrong"], each["cases"]))
        for each in kept["counts"]
    ]
    titles = {"threads": "分给 1、2、4、8 个线程", "row_order": "八种行的次序"}
    for name, each in kept["orders"].items():
        rows.append(
            (
                f"每县二十四所学校，{titles[name]}",
                "得到不止一个结论",
                *_of(each["verdicts"], each["counties"]),
            )
        )
    real = kept["real_threads"]
    rows.append((
        f"DuckDB {kept['duckdb']}，{real['rows']:,} 行，差异系数写成一条 SQL", "1 个线程与 2 个线程的数不同",
        *_of(real["differing"], real["counties"]),
    ))  # fmt: skip
    yield from grid(("案例", "写法", "案例数", "错（或不同）", "比例"), rows)
    yield f"本平台在同样的差异系数上判错 {kept['engine_wrong']} 个。Python {kept['python']}。"


def _of(wrong: int, cases: int) -> tuple[str, str, str]:
    return f"{cases:,}", f"{wrong:,}", f"{wrong / cases:.2%}"
