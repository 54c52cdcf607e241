"""One exact value against one limit: comparison, 临界, and the gap in natural units and words."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from junheng.diagnosis.lines import Figure
from junheng.diagnosis.telling import told
from junheng.diagnosis.verdict import Verdict
from junheng.indicators import ClassSizes, Indicator, Measurement
from junheng.standards import Clause

AT_LEAST, AT_MOST, ABOVE, BELOW = "≥", "≤", ">", "<"
RAISED = (AT_LEAST, ABOVE)


def limits(clause: Clause, keys: Sequence[str]) -> Iterator[tuple[str, Fraction]]:
    """(sign, limit) of each comparison that the clause makes under the first key it knows."""
    comparisons = (
        (AT_LEAST, clause.at_least),
        (AT_MOST, clause.at_most),
        (ABOVE, clause.above),
        (BELOW, clause.below),
    )
    for sign, given in comparisons:
        key = next((each for each in keys if each in given), None)
        if key is not None:
            yield sign, Fraction(given[key])


def holds(value: Fraction, sign: str, limit: Fraction) -> bool:
    """Whether a value stands on the right side of its limit."""
    if sign == AT_LEAST:
        return value >= limit
    if sign == AT_MOST:
        return value <= limit
    return value > limit if sign == ABOVE else value < limit


def near(value: Fraction, limit: Fraction, margin: Fraction) -> bool:
    """Whether a value lies within the margin, a share of the limit, on either side."""
    return abs(value - limit) < margin * limit


def figure_of(
    each: Indicator, found: Measurement, sign: str, limit: Fraction, margin: Fraction
) -> Figure:
    """One measurement judged against one limit."""
    verdict = _verdict(found, sign, limit)
    return Figure(
        label=each.label,
        stage=found.stage,
        value=found.value,
        comparator=sign,
        limit=limit,
        unit=each.unit,
        verdict=verdict,
        near=found.value is not None and near(found.value, limit, margin),
        formula=each.formula,
        numbers=found.numbers,
        gap=_gap(each, found, sign, limit) if verdict is Verdict.FAIL else "",
    )


def _verdict(found: Measurement, sign: str, limit: Fraction) -> Verdict:
    if found.reason:
        return Verdict.NOT_APPLICABLE
    if found.value is not None:
        return Verdict.PASS if holds(found.value, sign, limit) else Verdict.FAIL
    sizes = found.class_sizes
    if sizes is None or sizes.between is None:
        return Verdict.NO_DATA
    least, most = sizes.between
    sides = {holds(Fraction(end), sign, limit) for end in (least, most) if end is not None}
    if sides == {False}:
        return Verdict.FAIL
    return Verdict.PASS if sides == {True} and most is not None else Verdict.NO_DATA


def _gap(each: Indicator, found: Measurement, sign: str, limit: Fraction) -> str:
    """What must be added, or is too much, in whole steps of the natural unit."""
    classes = _classes_over(found.class_sizes, limit, each.gap_unit)
    if found.value is None or found.slope is None:
        return classes or _known(found.class_sizes, each.gap_unit)
    shortfall = limit - found.value if sign in RAISED else found.value - limit
    steps = shortfall / found.slope / each.step
    whole = floor(steps) + 1 if sign in (ABOVE, BELOW) else ceil(steps)
    amount = f"{told(whole * each.step)}{each.gap_unit}"
    return "，".join(t for t in (f"{'还差' if sign in RAISED else '多'}{amount}", classes) if t)


def _classes_over(sizes: ClassSizes | None, limit: Fraction, unit: str) -> str:
    over = None if sizes is None else sizes.over(limit)
    if sizes is None or not over:
        return ""
    least = "至少" if sizes.listed and sizes.owed else ""  # who neither listed nor told has others
    return f"{least}{over}个班超过{told(limit)}{unit}"


def _known(sizes: ClassSizes | None, unit: str) -> str:
    """Of a school where not every row told its largest class, how large it is known to be."""
    between = None if sizes is None else sizes.between
    return "" if between is None else f"已知最大的至少{between[0]}{unit}"


def sentence(figure: Figure) -> str:
    """A figure that fails, in a short sentence: 小学最大班额52人，限≤45人，多7人."""
    stage = figure.stage.label if figure.stage else ""
    value = "" if figure.value is None else f"{told(figure.value, figure.limit)}{figure.unit}，"
    limit = f"要求{figure.comparator}{told(figure.limit)}{figure.unit}"
    return f"{stage}{figure.label}{value}{limit}" + (f"，{figure.gap}" if figure.gap else "")


def shortfall(figure: Figure) -> Fraction:
    """How far a failing figure is from its limit, as a share of it; 0 where it does not fail."""
    if figure.verdict is not Verdict.FAIL or figure.value is None:
        return Fraction(0)
    away = abs(figure.value - figure.limit)
    return away / figure.limit if figure.limit else Fraction(1)
