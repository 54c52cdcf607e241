"""A county that misses by a hair: only the CV of the primary sports area is above its limit.

Given a county in which everything passes: the grounds of some primary schools are widened step by
step until the CV would exceed the limit; the last step is undone, and then one school alone gets
the least 0.01 m² that tips it. Judged by the same `spread` as everywhere, in exact fractions.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from junheng.errors import MisuseError
from junheng.indicators import Sample, build_parts, measure, moments
from junheng.registry import Facts
from junheng.sample.draws import CENT
from junheng.sample.marks import Row, Rows, marks_of
from junheng.schema import Stage
from junheng.standards import Standard

INDICATOR = "L5"
GROUND, CAMPUS = "sports_ground_area_m2", "campus_area_m2"
SHARE_WIDENED = 0.16
"""Share of the primary pupils whose schools get wide grounds."""
STEP = Decimal("1.04")
MOST_STEPS = 60


Widened = dict[str, dict[str, Decimal]]
"""School code → column → what was added."""


def widen_primary_grounds(rows: Rows, *, year: int, place: str) -> Widened:
    """Change `rows` in place and tell what was added. Raises MisuseError where the county has too few primary schools."""
    standard = Standard.at(place, date(year + 1, 3, 31))
    facts = Facts.from_rows(rows, marks_of(rows, year=year), year=year)
    sample, schools = _primary(facts, standard)
    chosen = _chosen(rows, schools, sample)
    limit = standard.spread_limit(Stage.PRIMARY)

    def too_wide(values: Sample) -> bool:
        return moments(values, standard.variant).exceeds(limit) is True

    grounds = {code: row[GROUND] for code, row in chosen.items()}
    for _ in range(MOST_STEPS):
        wider = {code: (area * STEP).quantize(CENT) for code, area in grounds.items()}
        if too_wide(_with(sample, schools, chosen, wider)):
            break
        grounds = wider
    else:
        raise MisuseError("学校太少，做不出差异系数刚好超限的示例县。请增加学校数。")
    largest = max(grounds, key=lambda code: (grounds[code], code))
    low, high = grounds[largest], wider[largest]
    while not too_wide(_with(sample, schools, chosen, grounds | {largest: high})):
        high *= 2
    while high - low > CENT:
        middle = ((low + high) / 2).quantize(CENT)
        tipped = too_wide(_with(sample, schools, chosen, grounds | {largest: middle}))
        low, high = (low, middle) if tipped else (middle, high)
    added: Widened = {}
    for code, area in (grounds | {largest: high}).items():
        added[code] = dict.fromkeys((CAMPUS, GROUND), area - chosen[code][GROUND])
        chosen[code][CAMPUS] += area - chosen[code][GROUND]
        chosen[code][GROUND] = area
    return added


def _primary(facts: Facts, standard: Standard) -> tuple[Sample, list[str]]:
    parts = build_parts(facts, standard).frame
    measured = measure(parts, [INDICATOR])
    assert isinstance(measured, pl.DataFrame), "polars in, polars out"
    frame = measured.filter(pl.col("stage") == Stage.PRIMARY.value)
    pairs = frame.select(f"{INDICATOR}_numerator", f"{INDICATOR}_denominator").iter_rows()
    values = tuple(Fraction(int(n), int(d)) for n, d in pairs)
    return Sample(values, tuple(frame["pupils"])), list(frame["school_code"])


def _chosen(rows: Rows, schools: list[str], sample: Sample) -> dict[str, Row]:
    """Primary schools that stand alone, from the end of the list, up to the share of pupils."""
    by_code = {row["school_code"]: row for row in rows["schools"]}
    tied = {row["parent_school_code"] for row in rows["schools"]}
    tied |= {row["school_code"] for row in rows["campuses"]}
    facilities = {row["school_code"]: row for row in rows["facilities"]}
    enough, held = sum(sample.pupils) * SHARE_WIDENED, 0
    found: dict[str, Row] = {}
    for code, pupils in reversed(list(zip(schools, sample.pupils, strict=True))):
        if held >= enough:
            break
        if by_code[code]["school_type"] == "primary" and code not in tied:
            found[code] = facilities[code]
            held += pupils
    return found


def _with(
    sample: Sample, schools: list[str], chosen: dict[str, Row], grounds: dict[str, Decimal]
) -> Sample:
    """The sample as it would be with other grounds."""
    for code, area in grounds.items():
        at = schools.index(code)
        added = Fraction(area - chosen[code][GROUND]) / sample.pupils[at]
        sample = sample.replaced(at, sample.values[at] + added)
    return sample
