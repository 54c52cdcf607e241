"""The unit in which a number is typed leaves no trace: 万元 in the form is 元 in the facts, to the yuan.

Amounts stand exactly on a limit, or one yuan or 0.01 m² beside it, and go through a workbook.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from worked.building import rows_of, school

from junheng.diagnosis import Assessment, Verdict, assess_facts
from junheng.registry import Facts, read
from junheng.registry.template import write_filled
from properties.cases import ON, YEAR, Rows, holds

LIMITS = {
    "L4": ("teaching_auxiliary_area_m2", Fraction("4.5"), Fraction(1, 100)),
    "L5": ("sports_ground_area_m2", Fraction("7.5"), Fraction(1, 100)),
    "L6": ("equipment_value_yuan", Fraction(2000), Fraction(1)),
}
"""Indicator → column, limit of a primary pupil (standards.md §2), the least that can be typed."""
beside = st.sampled_from((-1, 0, 1))
drawn = st.lists(st.tuples(st.integers(1, 2000), beside, beside, beside), min_size=8, max_size=16)


def schools_of(cast: Sequence[tuple[int, int, int, int]]) -> list[dict[str, Any]]:
    found = []
    for number, (hundreds, *steps) in enumerate(cast):
        pupils = 2 * hundreds
        amounts = {
            column: limit * pupils + step * least
            for (column, limit, least), step in zip(LIMITS.values(), steps, strict=True)
        }
        found.append(school(f"21419{number:05d}", "primary", {"primary": pupils}, **amounts))
    return found


def assessed(facts: Facts) -> Assessment:
    return assess_facts(facts, on=ON)


def through_the_workbook(rows: Rows) -> Facts:
    """The facts that are read from a workbook filled with the rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "示例县.xlsx"
        write_filled(path, rows, year=YEAR)
        return Facts.of(read([path]).records, year=YEAR)


@holds(drawn, few=1, many=20)
def test_money_in_wan_and_areas_of_the_form_are_judged_to_the_yuan_and_the_hundredth(cast):
    rows = rows_of(schools_of(cast))
    read_back, direct = through_the_workbook(rows), Facts.from_rows(rows, [], year=YEAR)
    assert read_back.fingerprint == direct.fingerprint
    parts = {part.school_code: part for part in assessed(read_back).parts}
    assert len(parts) == len(cast)
    for number, (_, *steps) in enumerate(cast):
        for code, step in zip(LIMITS, steps, strict=True):
            judged = parts[f"21419{number:05d}"].of(code)
            assert judged.verdict is (Verdict.FAIL if step < 0 else Verdict.PASS)
            least = LIMITS[code][2]
            assert judged.gap.to_limit == (least if step < 0 else 0)


@holds(drawn, st.sampled_from(("1", "1.0", "1.00")), few=2)
def test_idle_places_of_an_amount_are_no_other_amount(cast, one):
    rows = rows_of(schools_of(cast))
    typed = rows | {
        "facilities": [
            {c: v * Decimal(one) if isinstance(v, Decimal) else v for c, v in row.items()}
            for row in rows["facilities"]
        ]
    }
    facts, other = (Facts.from_rows(each, [], year=YEAR) for each in (rows, typed))
    assert other.fingerprint == facts.fingerprint
    assert assessed(other) == assessed(facts)


@holds(drawn, few=2)
def test_a_hundred_hundredths_are_one_square_metre(cast):
    """Values told per pupil are those of the amounts, whatever the integers in which they are kept."""
    found = assessed(Facts.from_rows(rows_of(schools_of(cast)), [], year=YEAR))
    for part, wide in zip(found.parts, schools_of(cast), strict=True):
        for code, (column, *_) in LIMITS.items():
            assert part.of(code).value == Fraction(wide[column]) / part.pupils
