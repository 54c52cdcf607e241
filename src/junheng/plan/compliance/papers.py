"""Exceptions that hold on the day asked and no longer in a planned year: papers, leases and pupils run out.

A planned year is judged on its first day. What is not proven for that day is neither counted nor
offered; the schools are named here, so that their papers are renewed or the plan is known to do without.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from junheng.diagnosis import Assessment, CountyVerdict
from junheng.plan.compliance.ahead import Year
from junheng.plan.compliance.cut_short import cut_short
from junheng.plan.compliance.dense import X2, dense_ways, offered_then
from junheng.plan.pricing import PriceList
from junheng.registry import Facts

Key = tuple[str, str, str]
"""Exception, school code, school name."""


def papers_of(
    facts: Facts, today: Assessment, years: Sequence[Year], counties: Collection[str],
    prices: PriceList,
) -> Iterator[str]:  # fmt: skip
    """One sentence a year that is not judged on the day asked; nothing where no exception is switched on."""
    chosen = _of(today, counties)
    standard = chosen[0].standard
    if not standard.switches.relaxations:
        return
    codes = "、".join(standard.switches.relaxations)
    yield f"打开了例外{codes}：每个学年按它第一天有效的材料、合同和当年的学生数判断，到时失效的不计入，也不作为措施"
    ways = dense_ways(facts, standard, prices)
    offered = {school: [way.item for way in held] for school, held in ways.items()}
    granted = {key for each in chosen for key in _uses(each, granted=True)}
    for year in years:
        if year.judged.on == today.on:
            continue
        lapsed = {
            told: None
            for each in _of(year.judged, counties)
            for key, told in _uses(each, granted=False).items()
            if key in granted
        }
        lapsed |= dict.fromkeys(_not_offered(year, offered, counties))
        if lapsed:
            yield f"{year.year}学年（{year.judged.on}）不再采用的例外：{cut_short([*lapsed])}。续办以后请重新做方案"


def _of(judged: Assessment, counties: Collection[str]) -> list[CountyVerdict]:
    return [county for county in judged.counties if county.code in counties]


def _uses(county: CountyVerdict, *, granted: bool) -> Mapping[Key, str]:
    return {
        (use.code, use.school, use.name): _words(use.code, use.name, use.school, use.reason)
        for use in county.relaxations
        if use.granted is granted
    }


def _not_offered(
    year: Year, offered: Mapping[str, Sequence[str]], counties: Collection[str]
) -> Iterator[str]:
    standard = _of(year.judged, counties)[0].standard
    for school, reason in offered_then(year.facts, standard, offered):
        if school["location_unit"] in counties:
            yield _words(X2, school["school_name"], school["school_code"], reason)


def _words(code: str, name: str, school: str, reason: str) -> str:
    return f"{code} {name}（{school}）：{reason.removeprefix('租赁场馆不计：')}"


__all__ = ["papers_of"]
