"""One year of the question: its counties as the engine judges them, and what only some schools have or need."""

from collections.abc import Mapping, Sequence

from junheng.indicators import FiledSchool, build_parts, gather
from junheng.plan.class_size.law import law_of
from junheng.plan.class_size.rooms import convertible_rooms
from junheng.plan.compliance.ahead.gaps import refuse_beside_path, refuse_closed
from junheng.plan.compliance.ahead.nouns import Forecast, Growth
from junheng.plan.compliance.ahead.returns import Year
from junheng.plan.compliance.dense import dense_ways
from junheng.plan.compliance.requiring import InYear
from junheng.plan.compliance.ways import Way, growing
from junheng.plan.pricing import PriceList
from junheng.registry import Facts
from junheng.standards import Standard


def in_year(year: Year, counties: Sequence[str], forecast: Forecast, prices: PriceList) -> InYear:
    """The counties in one year, with the ways that only some of their schools have.

    Raises MisuseError where a county, or a main school, is told to be without pupils, or where the
    class-size plan of this year says nothing of a county."""
    judged = {county.code: county for county in year.judged.counties}
    chosen = [judged[code] for code in counties]
    standard = chosen[0].standard
    parts = build_parts(year.facts, standard)
    filed = gather(year.facts, parts)
    refuse_closed(year.year, chosen, filed, forecast)
    refuse_beside_path(
        forecast, year.year,
        {
            f"{county.code}{county.name}": [str(m["school_code"]) for s in filed[county.code].schools for m in s.members]
            for county in chosen
        },
    )  # fmt: skip
    schools = [school for code in counties for school in filed[code].schools]
    growth = _growth(schools, forecast, year.year)
    dense = dense_ways(year.facts, standard, prices)
    more = {
        school.code: (
            *dense.get(school.code, ()),
            *(_more(school, growth, year.facts, standard, prices) if school.code in growth else ()),
        )
        for school in schools
    }
    return InYear(
        year.year, [(county, filed[county.code]) for county in chosen], parts, growth, more,
        on_path=year.year in forecast.path_years,
    )  # fmt: skip


def _growth(
    schools: Sequence[FiledSchool], forecast: Forecast, year: int
) -> dict[str, list[Growth]]:
    """School after merging → what the new classes of its rows need by then.

    After the last year of the class-size plan the classes that it opened are still there."""
    told = max((each for each in forecast.path_years if each <= year), default=None)
    head = {str(member["school_code"]): s.code for s in schools for member in s.members}
    found: dict[str, list[Growth]] = {}
    for each in forecast.growth:
        if each.year == told and each.school in head:
            found.setdefault(head[each.school], []).append(each)
    return found


def _more(
    school: FiledSchool, growth: Mapping[str, Sequence[Growth]], facts: Facts, standard: Standard,
    prices: PriceList,
) -> list[Way]:  # fmt: skip
    items = {each.item for each in growth[school.code]}
    law = law_of(standard)
    spare = sum(
        not room.takes
        for member in school.members
        for room in convertible_rooms(facts, member, law)
    )
    return list(growing(items, spare, prices))


__all__ = ["in_year"]
