"""The coefficient of variation: four variants as one fraction, judged without a root."""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from junheng.indicators import VARIANTS, Sample, cv, deviation_of, mean_of, moments
from junheng.schema import Stage
from making.grids import grid
from making.method import written
from making.method.written import about, number, standard, valued


def variants() -> Iterator[str]:
    """The four variants: m, S, a, D, and what each is worth."""
    rows = []
    for name, each in VARIANTS.items():
        clause = standard().variants[name].clause
        rows.append(
            (
                f"`{name}` {clause.label}",
                "N ＝ ΣP" if each.pooled else "n",
                "ΣPX" if each.pooled else "ΣX",
                "P" if each.by_pupils else "1",
                "N" if each.by_pupils else "n − 1" if each.less_one else "n",
                f"{clause.gist}；来源 {clause.source}，可信度 **{clause.confidence}**",
            )
        )
    yield from grid(("算法", "m", "S", "a", "D", "地位"), rows)


def sample(name: str, stage: str, code: str) -> Sample:
    """Values and pupils of a worked example, as the engine found them."""
    parts = [p for p in written.county(name).parts if p.stage.value == stage]
    values = [p.of(code).value for p in parts]
    return Sample(tuple(v for v in values if v is not None), tuple(p.pupils for p in parts))


def schools(name: str, stage: str, code: str) -> Iterator[str]:
    parts = [p for p in written.county(name).parts if p.stage.value == stage]
    found = sample(name, stage, code)
    rows = [
        (p.school_code, str(p.pupils), valued(x)) for p, x in zip(parts, found.values, strict=True)
    ]
    yield from grid(("学校", "学生数 P", "值 X"), rows)


def by_hand(name: str, stage: str, code: str, variant: str) -> Iterator[str]:
    """Every integer of the exact test of one CV, and the float beside it."""
    found = sample(name, stage, code)
    exact, chosen = moments(found, variant), VARIANTS[variant]
    common = lcm(*(x.denominator for x in found.values))
    scaled = [int(x * common) for x in found.values]
    limit = standard().spread_limit(Stage(stage))
    p, q = limit.numerator, limit.denominator
    m = sum(found.pupils) if chosen.pooled else len(scaled)
    left, right = exact.variance * q**2, exact.divisor * exact.total**2 * p**2
    verdict = "未达标" if left > right else "达标"
    assert verdict == written.spread(name, stage, code, variant).verdict
    shown = cv(found, variant)
    assert shown is not None
    weights = found.pupils if chosen.by_pupils else (1,) * len(scaled)
    rows = [
        ("各值通分成整数", f"公分母 {common:,}：" + "，".join(f"{x:,}" for x in scaled)),
        ("m", f"{m:,}"),
        ("S", f"{exact.total:,}"),
        ("mX − S", "，".join(number(each) for each in exact.away)),
        ("a·(mX − S)²", "，".join(f"{a} × {abs(w):,}² ＝ {t:,}" for a, w, t in zip(weights, exact.away, exact.terms, strict=True))),
        ("Σ a·(mX − S)²", f"{exact.variance:,}"),
        ("D·S²", f"{exact.divisor:,} × {exact.total:,}² ＝ {exact.divisor * exact.total**2:,}"),
        ("CV²", number(Fraction(exact.variance, exact.divisor * exact.total**2))),
        (f"与限值 {p}/{q} 比较", f"{exact.variance:,} × {q}² {'＞' if left > right else '≤'} {exact.divisor * exact.total**2:,} × {p}²：**{verdict}**"),
        ("供显示的 CV", about(shown, 9)),
    ]  # fmt: skip
    yield from grid(("步骤", "数"), rows)


def side_by_side(name: str, stage: str, code: str) -> Iterator[str]:
    """The four variants of one CV: mean, deviation, CV, the exact square where short, verdict."""
    found = sample(name, stage, code)
    limit = standard().spread_limit(Stage(stage))
    rows = []
    for variant in VARIANTS:
        exact = moments(found, variant)
        square = Fraction(exact.variance, exact.divisor * exact.total**2)
        verdict = "未达标" if square > limit**2 else "达标"
        assert verdict == written.spread(name, stage, code, variant).verdict
        shown = cv(found, variant)
        assert shown is not None
        rows.append(
            (
                f"`{variant}`",
                about(mean_of(found, variant)),
                about(deviation_of(found, variant)),
                about(shown),
                f"{about(square)} {'＞' if square > limit**2 else '≤'} {number(limit**2)}",
                f"**{verdict}**",
            )
        )
    yield from grid(("算法", "均值", "标准差", "CV", "CV² 与限值的平方", "结论"), rows)


def shown(name: str, stage: str, code: str, places: str) -> Iterator[str]:
    """The CV as it is printed."""
    value = written.spread(name, stage, code).cv
    assert value is not None
    yield about(value, int(places))


def verdict(name: str, stage: str, code: str) -> Iterator[str]:
    yield str(written.spread(name, stage, code).verdict)


def divided() -> Iterator[str]:
    """One school divided in two of the same value: which variants notice."""
    whole = Sample((Fraction(6), Fraction(4)), (100, 300))
    halves = Sample((Fraction(6), Fraction(4), Fraction(4)), (100, 150, 150))
    rows = [
        (f"`{name}`", about(cv(whole, name) or 0), about(cv(halves, name) or 0))
        for name in VARIANTS
    ]
    yield from grid(("算法", "100 人、300 人两所", "300 人的一所分成两所 150 人"), rows)
