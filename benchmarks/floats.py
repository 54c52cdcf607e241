"""How often plain floating point decides wrongly where a value lies exactly on a line of the law.

python benchmarks/floats.py            the cases that docs/method/floats.md counts
python benchmarks/floats.py --large    many more, and real threads of DuckDB; --write keeps them

Every case is built with fractions so that it lies on its limit, where the law says 达标; a way of
writing the formula is wrong where it says otherwise. Nothing is drawn but from a seed.
"""

import argparse
import json
import math
import platform
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from junheng.indicators import CATALOGUE, Sample, exceeds
from junheng.schema import Stage
from junheng.standards import Standard

STANDARD = Standard.at("000000", date(2026, 3, 31))
SHARED = tuple(code for code in STANDARD.indicators if CATALOGUE[code].shared)
SMALL, LARGE = 40, 160
"""Steps of each number of pupils that are tried."""
SEED = 20170419
SCHOOLS, COUNTIES = 24, 400
KEPT = Path(__file__).with_suffix(".json")


@dataclass(frozen=True)
class Count:
    """One way of writing a formula, over all cases of a kind."""

    kind: str
    writing: str
    cases: int
    wrong: int


# --- values of schools on their limits -----------------------------------------------------------

Whole = tuple[str, Stage, int, int, Fraction]
"""Indicator, stage, primary and junior pupils, what the whole school has."""


def nine_year(steps: int, *, below: bool = False) -> Iterator[Whole]:
    """Nine-year schools of which one part lies exactly on its limit, or one smallest step below."""
    weights = STANDARD.weights
    for code in SHARED:
        each = CATALOGUE[code]
        for stage in STANDARD.stages:
            limit = STANDARD.limit(code, stage)
            for a in range(20, 20 + 10 * steps, 10):
                for b in range(22, 22 + 11 * steps, 11):
                    weighted = a * weights[Stage.PRIMARY] + b * weights[Stage.JUNIOR]
                    whole = limit * weighted / weights[stage] / each.ratio.per
                    if (whole / each.step).denominator == 1:
                        yield code, stage, a, b, whole - each.step if below else whole


def by_share(whole: float, own: float, other: float, pupils: int) -> float:
    """The share of the stage first, then a pupil of it."""
    return whole * (own / (own + other)) / pupils


def by_product(whole: float, own: float, other: float, pupils: int) -> float:
    """Multiplied first, divided twice."""
    return whole * own / (own + other) / pupils


def by_weighted_pupil(whole: float, own: float, other: float, pupils: int) -> float:
    """What a weighted pupil has, times the weight of a pupil."""
    return whole / (own + other) * (own / pupils)


SPLITS: dict[str, Callable[[float, float, float, int], float]] = {
    "R × (份额) ÷ 学生数": by_share,
    "R × 折算数 ÷ 全校折算数 ÷ 学生数": by_product,
    "R ÷ 全校折算数 × 权数": by_weighted_pupil,
}


def split_values(cases: Iterable[Whole], writing: str) -> Iterator[tuple[float, float]]:
    """(value, limit) of every case in floating point."""
    formula = SPLITS[writing]
    for code, stage, a, b, whole in cases:
        weighted = {Stage.PRIMARY: 1.0 * a, Stage.JUNIOR: 1.1 * b}
        own = weighted.pop(stage)
        (other,) = weighted.values()
        pupils = a if stage is Stage.PRIMARY else b
        value = formula(float(whole), own, other, pupils) * CATALOGUE[code].ratio.per
        yield value, float(STANDARD.limit(code, stage))


def split_counts(steps: int) -> Iterator[Count]:
    on, below = list(nine_year(steps)), list(nine_year(steps, below=True))
    for writing in SPLITS:
        wrong = sum(value < limit for value, limit in split_values(on, writing))
        yield Count("九年一贯制的一个学段部恰在限值上", writing, len(on), wrong)
    for writing in SPLITS:
        wrong = sum(round(value, 2) >= limit for value, limit in split_values(below, writing))
        yield Count("比限值少一个最小单位，先取两位小数再比", writing, len(below), wrong)


def one_stage_counts(steps: int) -> Iterator[Count]:
    """Schools of one stage exactly on the limit, and exactly on the floor."""
    writings: dict[str, Callable[[float, int, int], float]] = {
        "总量 ÷ 学生数 × 100（或 × 1）": lambda whole, pupils, per: whole / pupils * per,
        "总量 ÷（学生数 ÷ 100）": lambda whole, pupils, per: whole / (pupils / per),
    }
    for name, share in (
        ("限值", Fraction(1)),
        ("底线，底线写作 0.85 × 限值", STANDARD.floor_share),
    ):
        cases = list(_one_stage(steps, share))
        for writing, value in writings.items():
            wrong = sum(value(n, p, per) < line for n, p, per, line in cases)
            yield Count(f"一个学段的学校恰在{name}", writing, len(cases), wrong)


def _one_stage(steps: int, share: Fraction) -> Iterator[tuple[float, int, int, float]]:
    """What the school has, its pupils, for how many the value is told, and the line as a program has it."""
    for code in STANDARD.indicators:
        each = CATALOGUE[code]
        for stage in STANDARD.stages:
            limit = STANDARD.limit(code, stage)
            line = float(limit) if share == 1 else float(share) * float(limit)
            for pupils in range(20, 50 * steps):
                whole = limit * share * pupils / each.ratio.per
                if (whole / each.step).denominator == 1:
                    yield float(whole), pupils, each.ratio.per, line


# --- coefficients of variation on their limits -----------------------------------------------------

County = tuple[tuple[int, ...], tuple[Fraction, ...], Fraction]
"""Pupils, totals and the limit."""


def two_schools(steps: int) -> Iterator[County]:
    """Two schools with a weighted CV of exactly the limit: P = (a²k, b²k), X = (ab + cb², ab − ca²)·t."""
    sizes = [(a, b) for a in range(1, 13) for b in range(1, 13) if a * b > 1]
    for stage in STANDARD.stages:
        c = STANDARD.spread_limit(stage)
        for a, b in sizes:
            for t in range(1, steps // 2):
                pupils = a * a * 7, b * b * 7
                values = (a * b + c * b * b) * t / 10, (a * b - c * a * a) * t / 10
                if min(values) >= 0 and all(
                    (p * x * 100).denominator == 1 for p, x in zip(pupils, values, strict=True)
                ):
                    yield pupils, (pupils[0] * values[0], pupils[1] * values[1]), c


def two_passes(pupils: Iterable[int], totals: Iterable[Fraction]) -> float:
    """Mean first, then the squares of the distances."""
    counts = list(pupils)
    values = [float(x) / p for x, p in zip(totals, counts, strict=True)]
    whole = sum(counts)
    mean = sum(p * x for p, x in zip(counts, values, strict=True)) / whole
    variance = sum(p * (x - mean) ** 2 for p, x in zip(counts, values, strict=True)) / whole
    return math.sqrt(variance) / mean


def one_pass(pupils: Iterable[int], totals: Iterable[Fraction]) -> float:
    """Mean of the squares less square of the mean, as one SQL query would write it."""
    counts, sums = list(pupils), [float(x) for x in totals]
    whole = sum(counts)
    mean = sum(sums) / whole
    squares = sum(x * x / p for x, p in zip(sums, counts, strict=True)) / whole
    return math.sqrt(max(squares - mean * mean, 0.0)) / mean


CVS = {"先均值，再离差平方（两遍）": two_passes, "平方的均值减均值的平方（一遍）": one_pass}


def cv_counts(steps: int) -> Iterator[Count]:
    cases = list(two_schools(steps))
    for writing, formula in CVS.items():
        wrong = sum(formula(p, x) > float(c) for p, x, c in cases)
        yield Count("两所学校的差异系数恰在限值上", writing, len(cases), wrong)
    above = [
        (p, (x[0] + Fraction(1, 100), x[1]), c) for p, x, c in cases if x[0] / p[0] > x[1] / p[1]
    ]
    over = [(p, x, c) for p, x, c in above if exceeds(_sample(p, x), "weighted", c)]
    wrong = sum(round(two_passes(p, x), 2) <= float(c) for p, x, c in over)
    yield Count("多 0.01 ㎡ 而超过限值，先取两位小数再比", "两遍", len(over), wrong)


def engine_wrong(steps: int) -> int:
    """How many of the same cases the engine decides wrongly."""
    cases = two_schools(steps)
    return sum(exceeds(_sample(p, x), "weighted", c) is not False for p, x, c in cases)


def _sample(pupils: tuple[int, ...], totals: tuple[Fraction, ...]) -> Sample:
    return Sample(tuple(x / p for x, p in zip(totals, pupils, strict=True)), pupils)


# --- sums in another order -----------------------------------------------------------------------


def many_schools(counties: int) -> Iterator[County]:
    """Counties of many schools with a weighted CV of exactly the limit: two groups of equal values."""
    chance = random.Random(SEED)
    pairs = list(two_schools(6))
    for _ in range(counties):
        pupils, totals, c = chance.choice(pairs)
        schools = [
            (part, part * total / whole)
            for whole, total in zip(pupils, totals, strict=True)
            for part in _cut(whole * 100, SCHOOLS // 2, chance)
        ]
        chance.shuffle(schools)
        yield tuple(p for p, _ in schools), tuple(x for _, x in schools), c


def _cut(whole: int, parts: int, chance: random.Random) -> list[int]:
    """A number of pupils cut at random into so many schools of at least one."""
    cuts = sorted(chance.sample(range(1, whole), parts - 1))
    return [b - a for a, b in pairwise([0, *cuts, whole])]


def partial(values: list[float], threads: int) -> float:
    """A sum as so many threads make it: each its own stretch, then the stretches together."""
    size = -(-len(values) // threads)
    return sum(sum(values[at : at + size]) for at in range(0, len(values), size))


def cv_of_threads(pupils: tuple[int, ...], totals: tuple[Fraction, ...], threads: int) -> float:
    sums, whole = [float(x) for x in totals], sum(pupils)
    mean = partial(sums, threads) / whole
    squares = partial([x * x / p for x, p in zip(sums, pupils, strict=True)], threads) / whole
    return math.sqrt(max(squares - mean * mean, 0.0)) / mean


@dataclass(frozen=True)
class Orders:
    """Counties on their limit, summed in several orders."""

    counties: int
    numbers: int
    """Of which the CV came out as more than one number."""
    verdicts: int
    """Of which it came out as more than one verdict."""


def by_threads(counties: int) -> Orders:
    """The same rows by 1, 2, 4 and 8 threads."""
    return _orders(
        counties,
        lambda p, x, _: [cv_of_threads(p, x, threads) for threads in (1, 2, 4, 8)],
    )


def by_row_order(counties: int) -> Orders:
    """The same rows in eight orders, by one thread."""

    def shuffled(p: tuple[int, ...], x: tuple[Fraction, ...], chance: random.Random) -> list[float]:
        found = []
        for _ in range(8):
            order = chance.sample(range(len(p)), len(p))
            found.append(cv_of_threads(tuple(p[i] for i in order), tuple(x[i] for i in order), 1))
        return found

    return _orders(counties, shuffled)


def _orders(
    counties: int,
    seen: Callable[[tuple[int, ...], tuple[Fraction, ...], random.Random], list[float]],
) -> Orders:
    chance = random.Random(SEED)
    numbers = verdicts = 0
    for pupils, totals, c in many_schools(counties):
        found = set(seen(pupils, totals, chance))
        numbers += len(found) > 1
        verdicts += len({value > float(c) for value in found}) > 1
    return Orders(counties, numbers, verdicts)


# --- all of it -----------------------------------------------------------------------------------


def counts(steps: int = SMALL) -> list[Count]:
    """Every count, in the order of the page."""
    return [*one_stage_counts(steps), *split_counts(steps), *cv_counts(steps)]


def real_threads(rows: int, counties: int) -> tuple[str, int]:
    """Version of DuckDB, and how many CVs of a float sum differ between 1 and 2 threads."""
    import duckdb

    found = []
    for threads in (1, 2):
        base = duckdb.connect(config={"threads": threads})
        base.execute("select setseed(0.5)")
        base.execute(
            "create table t as select (i * 7919) % ? as county, 40 + (i * 104729) % 1960 as p,"
            " round((40 + (i * 104729) % 1960) * (2 + (i * 15485863) % 997 / 100.0), 2)::double as x"
            " from range(?) r(i)",
            [counties, rows],
        )
        query = (
            "select county, sqrt(sum(x * x / p) / sum(p) - (sum(x) / sum(p)) ^ 2) / (sum(x) / sum(p))"
            " from t group by county order by county"
        )
        found.append(base.execute(query).fetchall())
        base.close()
    return duckdb.__version__, sum(a != b for a, b in zip(*found, strict=True))


def larger() -> dict[str, Any]:
    """Many more cases, and real threads: what `--write` keeps for the page."""
    rows, counties = 4_000_000, 8_000
    version, differing = real_threads(rows, counties)
    return {
        "python": platform.python_version(),
        "duckdb": version,
        "counts": [asdict(each) for each in counts(LARGE)],
        "engine_wrong": engine_wrong(LARGE),
        "orders": {
            "threads": asdict(by_threads(10 * COUNTIES)),
            "row_order": asdict(by_row_order(10 * COUNTIES)),
        },
        "real_threads": {"rows": rows, "counties": counties, "differing": differing},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="many more cases, and DuckDB")
    parser.add_argument("--write", action="store_true", help=f"keep the large run in {KEPT.name}")
    chosen = parser.parse_args()
    if chosen.large or chosen.write:
        told = json.dumps(larger(), ensure_ascii=False, indent=1) + "\n"
        if chosen.write:
            KEPT.write_text(told, encoding="utf-8")
        print(told)
        return
    for each in counts():
        share = each.wrong / each.cases
        print(f"{each.wrong:>9,} / {each.cases:>9,}  {share:7.2%}  {each.kind}：{each.writing}")
    print(f"{engine_wrong(SMALL):>9,}  本平台在同样的差异系数上判错的")
    for name, found in (
        ("线程 1、2、4、8", by_threads(COUNTIES)),
        ("行的次序", by_row_order(COUNTIES)),
    ):
        print(
            f"{found.numbers:>9,} / {found.counties:>9,}  数不同；结论不同 {found.verdicts:,}  {name}"
        )


if __name__ == "__main__":
    main()
