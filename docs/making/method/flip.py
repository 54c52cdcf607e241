"""The smallest change at one school that turns a CV: the quadratic, and the exact proof around it."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis import Flip
from junheng.indicators import CATALOGUE, VARIANTS, Sample, moments
from junheng.schema import Stage
from making.grids import grid
from making.method import written
from making.method.cv import sample
from making.method.written import number, standard, valued


def found(name: str, stage: str, code: str) -> Iterator[str]:
    """What the engine says, in a sentence each."""
    spread = written.spread(name, stage, code)
    assert spread.flip is not None
    yield "* " + _told("最小的改变", spread.flip)
    if spread.flip_by_adding is not None:
        yield "* " + _told("只增不减的最小改变", spread.flip_by_adding)


def _told(title: str, flip: Flip) -> str:
    way = "增加" if flip.change > 0 else "减少"
    return f"{title}：学校 {flip.school_code} {way} {number(abs(flip.change))} {flip.unit}，结论变为**{flip.becomes}**"


def proof(name: str, stage: str, code: str) -> Iterator[str]:
    """F at the change and one step before it: the sign turns in between."""
    spread = written.spread(name, stage, code)
    flip = spread.flip
    assert flip is not None
    parts = [p for p in written.county(name).parts if p.stage.value == stage]
    index = next(i for i, p in enumerate(parts) if p.school_code == flip.school_code)
    step = CATALOGUE[code].step * (1 if flip.change > 0 else -1)
    base = sample(name, stage, code)
    rows = []
    for label, change in (
        ("不动", Fraction(0)),
        ("少动一个最小单位", flip.change - step),
        ("恰好", flip.change),
    ):
        value = base.values[index] + change / parts[index].pupils
        moved = base.replaced(index, value)
        exact = moments(moved, spread.variant)
        over = exact.exceeds(standard().spread_limit(Stage(stage)))
        rows.append(
            (
                label,
                number(change),
                valued(value, 6),
                _excess(moved, spread.variant, stage),
                "未达标" if over else "达标",
            )
        )
    assert rows[1][-1] != rows[2][-1] == flip.becomes, "the step itself turns the verdict"
    yield from grid(
        (
            "改变",
            CATALOGUE[code].gap_unit,
            f"学校 {flip.school_code} 的 X",
            "CV² − c²（约）",
            "结论（精确）",
        ),
        rows,
    )


def _excess(found: Sample, variant: str, stage: str) -> str:
    exact = moments(found, variant)
    square = Fraction(exact.variance, exact.divisor * exact.total**2)
    return f"{float(square - standard().spread_limit(Stage(stage)) ** 2):.3e}"


def quadratic(name: str, stage: str, code: str) -> Iterator[str]:
    """The exact coefficients of F(h) for the school that turns it, and the roots."""
    spread = written.spread(name, stage, code)
    assert spread.flip is not None
    parts = [p for p in written.county(name).parts if p.stage.value == stage]
    index = next(i for i, p in enumerate(parts) if p.school_code == spread.flip.school_code)
    base = sample(name, stage, code)
    limit = standard().spread_limit(Stage(stage))
    at = [_f(base.replaced(index, base.values[index] + h), spread.variant, limit) for h in range(3)]
    c, b, a = at[0], 2 * at[1] - (at[2] + 3 * at[0]) / 2, (at[2] - 2 * at[1] + at[0]) / 2
    assert all(a * h * h + b * h + c == each for h, each in enumerate(at))
    inside = b * b - 4 * a * c
    roots = sorted((-float(b) + way * float(inside) ** 0.5) / (2 * float(a)) for way in (1, -1))
    rows = [
        ("α", valued(a)),
        ("β", valued(b)),
        ("γ", valued(c)),
        ("根 h", "，".join(f"{r:.6f}" for r in roots)),
        ("折成全校的量（× 学生数）", "，".join(f"{r * parts[index].pupils:.4f}" for r in roots)),
    ]
    yield from grid((f"学校 {spread.flip.school_code}", "F(h) ＝ α·h² ＋ β·h ＋ γ"), rows)


def _f(found: Sample, variant: str, limit: Fraction) -> Fraction:
    """Σ a (mX − S)² − c² D S² over the values themselves."""
    chosen, pupils, values = VARIANTS[variant], found.pupils, found.values
    m = sum(pupils) if chosen.pooled else len(values)
    pulls = pupils if chosen.pooled else (1,) * len(values)
    weights = pupils if chosen.by_pupils else (1,) * len(values)
    s = sum(p * x for p, x in zip(pulls, values, strict=True))
    away = sum(w * (m * x - s) ** 2 for w, x in zip(weights, values, strict=True))
    return Fraction(away - limit**2 * chosen.divisor(pupils) * s**2)
