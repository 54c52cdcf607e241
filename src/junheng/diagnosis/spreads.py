"""Judging coefficients of variation: verdict, all variants, shares of the variance, what flips it."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.diagnosis.nouns import Flip, Reading, Share, SpreadVerdict
from junheng.diagnosis.parts import Measured
from junheng.diagnosis.verdict import Verdict
from junheng.indicators import (
    CATALOGUE,
    VARIANTS,
    Indicator,
    Missing,
    Moments,
    Sample,
    cv,
    deviation_of,
    exceeds,
    mean_of,
    moments,
)
from junheng.schema import Stage
from junheng.standards import Standard

TRIES = 64
"""Candidates that are verified exactly before a flip is given up: roots come from floats."""
CLOSE = 1e-9
"""Relative slack of the roots: a CV that stands on its limit, or only touches it, has one too."""
NO_STEP = 1e-3
"""Steps this near to none are tried in both directions."""


def judge_spread(
    county: str,
    indicator: str,
    stage: Stage,
    parts: Sequence[Measured],
    missing: Sequence[Missing],
    standard: Standard,
) -> SpreadVerdict:
    """One CV; with a school missing, or a value, there is a list of them and no verdict (T15)."""
    limit = standard.spread_limit(stage)
    valued = [(part, part.value(indicator)) for part in parts]
    known = [part for part, value in valued if value is not None]
    sample = Sample(
        tuple(value for _, value in valued if value is not None),
        tuple(part.row["pupils"] for part in known),
    )
    lacking = [part.row for part, value in valued if value is None]
    absent = {
        *((m.code, m.name) for m in missing if stage in m.stages),
        *((row["school_code"], row["school_name"]) for row in lacking),
    }
    complete = not absent
    readings = {
        name: _reading(sample, name, limit, complete=complete)
        for name in VARIANTS
        if name in standard.variants
    }
    used = readings[standard.variant]
    judged = used.verdict in (Verdict.PASS, Verdict.FAIL)
    exact = moments(sample, standard.variant) if judged else None
    flip, adding = None, None
    if judged:
        flip, adding = _flips(sample, known, CATALOGUE[indicator], standard, limit)
    return SpreadVerdict(
        county=county,
        stage=stage,
        indicator=indicator,
        variant=standard.variant,
        limit=limit,
        parts=len(known),
        cv=used.cv,
        mean=mean_of(sample, standard.variant) if complete else None,
        deviation=deviation_of(sample, standard.variant) if complete else None,
        verdict=used.verdict,
        near=exact is not None and _near(exact, limit, standard.near_margin * limit),
        one_school=complete and len(known) == 1,
        readings=readings,
        missing=tuple(sorted(absent)),
        shares=_shares(known, exact) if exact else (),
        total=exact.variance if exact else 0,
        flip=flip or adding,
        flip_by_adding=adding,
    )


def _reading(sample: Sample, variant: str, limit: Fraction, *, complete: bool) -> Reading:
    if not complete:
        return Reading(None, Verdict.NO_DATA)
    over = exceeds(sample, variant, limit)
    if over is None:
        return Reading(None, Verdict.NO_DATA)
    return Reading(cv(sample, variant), Verdict.FAIL if over else Verdict.PASS)


def _near(exact: Moments, limit: Fraction, margin: Fraction) -> bool:
    """Whether the CV lies within the margin of its limit, by its square."""
    scale = exact.divisor * exact.total**2
    return (limit - margin) ** 2 * scale < exact.variance < (limit + margin) ** 2 * scale


def _shares(known: Sequence[Measured], exact: Moments) -> tuple[Share, ...]:
    """What each part adds to the variance, the greatest first."""
    found = [
        Share(part.row["school_code"], part.row["school_name"], term, below=away < 0)
        for part, term, away in zip(known, exact.terms, exact.away, strict=True)
    ]
    return tuple(sorted(found, key=lambda share: (-share.numerator, share.school_code)))


def _flips(
    sample: Sample, known: Sequence[Measured], each: Indicator, standard: Standard, limit: Fraction
) -> tuple[Flip | None, Flip | None]:
    """Verified single changes that turn the verdict: the smallest, and the smallest addition."""
    fails = bool(exceeds(sample, standard.variant, limit))
    candidates = sorted(
        _candidates(sample, known, each, standard.variant, limit),
        key=lambda c: (abs(c[1]), c[0], c[1]),
    )

    def least(listed: Sequence[tuple[int, int]]) -> Flip | None:
        found: tuple[int, Fraction] | None = None
        for index, steps in listed[:TRIES]:
            if found is not None and (abs(steps) - 1) * each.step >= abs(found[1]):
                break
            change = _verified(sample, index, steps, known, each, standard, limit, fails=fails)
            if change is not None and (found is None or abs(change) < abs(found[1])):
                found = index, change
        if found is None:
            return None
        index, change = found
        row, becomes = known[index].row, Verdict.PASS if fails else Verdict.FAIL
        return Flip(row["school_code"], row["school_name"], change, each.gap_unit, becomes)

    return least(candidates), least([c for c in candidates if c[1] > 0])


def _candidates(
    sample: Sample, known: Sequence[Measured], each: Indicator, variant: str, limit: Fraction
) -> Iterator[tuple[int, int]]:
    """(part, whole steps) at which CV = limit, from the roots of a quadratic in that part's value.

    With the sums of `spread`, F(h) = Σ a (mX − S)² − c² D S² after X_i grows by h is quadratic in h.
    """
    chosen = VARIANTS[variant]
    values, pupils = [float(x) for x in sample.values], sample.pupils
    weights = pupils if chosen.by_pupils else (1,) * len(values)
    pulls = pupils if chosen.pooled else (1,) * len(values)
    m = sum(pupils) if chosen.pooled else len(values)
    s = math.fsum(p * x for p, x in zip(pulls, values, strict=True))
    sa, sax = sum(weights), math.fsum(a * x for a, x in zip(weights, values, strict=True))
    saxx = math.fsum(a * x * x for a, x in zip(weights, values, strict=True))
    rest = sa - float(limit) ** 2 * chosen.divisor(pupils)
    constant = (m * m * saxx, -2 * m * s * sax, s * s * rest)
    for index, (a, p, x, part) in enumerate(zip(weights, pulls, values, known, strict=True)):
        square = m * m * a - 2 * m * p * a + p * p * rest
        linear = (2 * m * m * a * x, -2 * m * s * a, -2 * m * p * sax, 2 * s * p * rest)
        slope = part.slopes[each.code]
        assert slope is not None, "a part with a value has a slope"
        for root in _roots(square, linear, constant):
            steps = root / float(slope * each.step)
            for way in (1, -1) if root >= -x else ():
                if way * steps > -NO_STEP:
                    yield index, way * max(1, math.ceil(way * steps))


def _roots(a: float, linear: Sequence[float], constant: Sequence[float]) -> tuple[float, ...]:
    """Roots of a·h² + b·h + c, with b and c given as the terms whose cancelling makes them inexact."""
    b, c = math.fsum(linear), math.fsum(constant)
    if a == 0:
        return (-c / b,) if b else ()
    inside = b * b - 4 * a * c
    if inside < -CLOSE * sum(map(abs, linear)) ** 2:
        return ()
    q = -(b + math.copysign(math.sqrt(max(inside, 0)), b)) / 2
    return (q / a, c / q) if q else (0,)


def _verified(
    sample: Sample,
    index: int,
    steps: int,
    known: Sequence[Measured],
    each: Indicator,
    standard: Standard,
    limit: Fraction,
    *,
    fails: bool,
) -> Fraction | None:
    """The change nearest to the float root that exactly turns the verdict, or None."""
    slope = known[index].slopes[each.code]
    assert slope is not None
    away = steps // abs(steps)
    for tried in (steps - away, steps, steps + away):
        change = tried * each.step
        value = sample.values[index] + change * slope
        if value >= 0 and exceeds(sample.replaced(index, value), standard.variant, limit) is (
            not fails
        ):
            return change
    return None
