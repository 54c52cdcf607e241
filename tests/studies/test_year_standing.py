"""What a certificate says of class sizes in a year of which only pupils and classes are told."""

from datetime import date

from plan.compliance.years import BY, ON, as_filed, forecast, small_classes

from junheng.diagnosis import Assessment, Verdict, assess_facts
from junheng.plan.compliance import Year, days_of, outlooks_of, years_of
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.studies.certificate import MET, UNKNOWN
from junheng.studies.year_standing import year_standing


def judge(facts: Facts, on: date) -> Assessment:
    return assess_facts(facts, on=on)


def test_class_sizes_nobody_told_are_not_said_to_be_met() -> None:
    facts = Facts.from_rows(small_classes(make_county(seed=5, schools=9, year=2025)), year=2025)
    today = judge(facts, ON)
    told = forecast(as_filed(facts, BY, lambda n: 2 * n), as_filed(facts, BY + 2))
    day_of = days_of([c.code for c in today.counties], ON, "2017-quality", None)
    years: list[Year] = [*years_of(facts, today, outlooks_of(facts, told, BY), day_of, judge)]
    assert told.unsized_years == (BY, BY + 2)
    for year, sized in ((years[0], False), (Year(BY, facts, today, binds=True), True)):
        standing = year_standing(year, today, year.judged, (), on_path=False, sized=sized)
        (line,) = [each for each in standing.lines if each.code == "GV5"]
        assert (line.after, line.reach) == (
            (Verdict.PASS, MET) if sized else (Verdict.NO_DATA, UNKNOWN)
        )
        areas = {area: then for area, _, then in standing.areas[line.county]}
        assert sized or Verdict.PASS not in {v for a, v in areas.items() if "政府保障" in a}
