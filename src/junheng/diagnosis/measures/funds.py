"""Money from the county form: education spending, the same per pupil, standards (articles 1, 4, 5)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from junheng.diagnosis.measures.registry import County, Row, measure
from junheng.diagnosis.points import Point
from junheng.schema import Stage
from junheng.years import SchoolYear

TEN_THOUSAND = 10_000
YEARS_BACK = {"prev": 0, "prev2": 1}
"""Suffix of a column of the county form → fiscal years before the form's own."""


@measure("education_spending")
def education_spending(county: County) -> Iterator[Point]:
    """一般公共预算教育支出 of the two fiscal years in the county form, in 万元."""
    for suffix, row, day in _years(county):
        spent = row[f"general_budget_edu_{suffix}_yuan"]
        if spent is None:
            yield Point(day, None, county.source, lacking="没有填报一般公共预算教育支出")
        else:
            yield Point(day, Fraction(spent) / TEN_THOUSAND, county.source)


@measure("education_spending_per_pupil")
def education_spending_per_pupil(county: County) -> Iterator[Point]:
    """The same over the pupils enrolled in that year, in yuan a pupil."""
    for suffix, row, day in _years(county):
        spent, pupils = row[f"general_budget_edu_{suffix}_yuan"], row[f"enrolled_pupils_{suffix}"]
        if spent is None or not pupils:
            lacking = "没有填报一般公共预算教育支出或在校生数"
            yield Point(day, None, county.source, lacking=lacking)
        else:
            detail = f"{spent:,f} 元 ÷ {pupils:,} 人"
            yield Point(day, Fraction(spent) / pupils, county.source, detail)


@measure("fund_standards")
def fund_standards(county: County) -> Iterator[Point]:
    """Prescribed public funds per pupil by stage, in yuan."""
    for row in _forms(county):
        found = {
            stage.label: Fraction(value)
            for stage in (Stage.PRIMARY, Stage.JUNIOR)
            if (value := row[f"fund_standard_{stage}_yuan"]) is not None
        }
        if found:
            yield Point(county.counted_on, None, county.source, parts=found)
        else:
            yield county.nothing("没有填报生均公用经费标准")


def _years(county: County) -> Iterator[tuple[str, Row, date]]:
    year = SchoolYear(county.facts.year).fiscal_year
    for row in _forms(county):
        for suffix, back in YEARS_BACK.items():
            yield suffix, row, date(year - back, 12, 31)


def _forms(county: County) -> Iterator[Row]:
    yield from county.facts["county"].filter(county_code=county.place).iter_rows(named=True)
