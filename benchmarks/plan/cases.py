"""The cases of the compliance benchmark: what is asked, and how near the bound within how many seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import ceil

from invented import KINDS, invented, invented_city

from junheng.plan.compliance import parse_limits, pose
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.repairing import nearest
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.standards import Standard

ON, YEAR, SCHOOLS = date(2026, 3, 31), 2025, 120
STANDARD = Standard.at("410100", ON)
BUILT = ["new_sports_ground", "gymnasium_area", "new_teaching_area", "converted_teaching_area"]
CITY = (150, 140, 130, 130, 120, 120, 115, 110, 110, 105, 100, 100, 90, 85, 80, 65)
"""Parts of sixteen counties: 1,750."""


@dataclass(frozen=True)
class Reach:
    """So small a gap within so many seconds; of a bound there is no gap."""

    gap: float | None
    seconds: float


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    name: str
    label: str
    make: Callable[[int], Problem]
    reaches: tuple[Reach, ...]
    bound: float
    """Seconds for the first bound or the proof that not all can be met."""
    seconds: float
    """After which a search is ended."""


def _county(parts: int) -> Callable[[int], Problem]:
    return lambda seed: invented(parts, seed, STANDARD, kind=KINDS[(seed - 1) % len(KINDS)])


def _impossible(seed: int) -> Problem:
    return invented(160, seed, STANDARD, tight=True)


def _facts(seed: int) -> Facts:
    return Facts.from_rows(make_county(seed=seed, schools=SCHOOLS, year=YEAR), year=YEAR)


def _sample(seed: int) -> Problem:
    """A county of the sample, from its returns by way of the indicators."""
    return pose(_facts(seed), on=ON, by=YEAR + 1).problem


def _years(seed: int) -> Problem:
    """The same in three years: what a plan costs and a little more, in equal parts by year and by
    source, money of the province for building alone; so many hired a year that two years do not suffice."""
    facts, years = _facts(seed), range(YEAR + 1, YEAR + 4)
    free = pose(facts, on=ON, by=years[-1])
    found = nearest(free.problem, relax(free.problem).amounts)
    held = zip(free.asked.ways, found, strict=True)
    hired = sum(n for (_, way), n in held if way.item == "teacher_hiring")
    money = float(free.problem.cost(found)) * (1.05 + 0.05 * seed) / len(years)
    (county,) = free.counties
    text = "".join(
        f"[[budget]]\nyear = {year}\nsource = '县'\nyuan = '{money * 0.6:.0f}'\n"
        f"[[budget]]\nyear = {year}\nsource = '省'\nyuan = '{money * 0.4:.0f}'\nitems = {BUILT}\n"
        f"[[quota]]\ncounty = '{county}'\nyear = {year}\nhires = {ceil(hired * 0.45)}\n"
        for year in years
    )
    limits = parse_limits(text, file="三年.toml")
    return pose(facts, on=ON, by=years[-1], limits=limits).problem


CASES = (
    Case("40", "40 个学段部", _county(40), (Reach(0.001, 5),), 1, 60),
    Case("160", "160 个学段部（一个县）", _county(160), (Reach(0.01, 10), Reach(0.002, 60)), 1, 60),
    Case("500", "500 个学段部", _county(500), (Reach(0.01, 40),), 1, 60),
    Case("sample", f"示例县，{SCHOOLS} 所学校，从填报表做起", _sample, (Reach(0.01, 10), Reach(0.002, 60)), 1, 60),
    Case("years", f"示例县，{SCHOOLS} 所学校，三个学年各有经费和招聘名额", _years, (Reach(0.02, 300),), 1, 300),
    Case("impossible", "160 个学段部，有的学校无地可扩", _impossible, (Reach(0.02, 300),), 1, 60),
    Case("city", "全市 16 个区县、1,750 个学段部，共用经费够用",
         lambda seed: invented_city(CITY, seed, STANDARD, share=1.5), (Reach(0.01, 600),), 10, 330),
    Case("short", "同上，共用经费只有所需的六成",
         lambda seed: invented_city(CITY, seed, STANDARD, share=0.6), (Reach(0.01, 600),), 10, 600),
)  # fmt: skip
