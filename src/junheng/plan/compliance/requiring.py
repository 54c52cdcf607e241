"""What is required of some counties in one year, and what the ways to act do to it in that year.

Needs of every part with its rule, coefficients with that year's pupils as weights, further clauses on
schools and counties with that year's classes, and what the classes of a class-size plan need.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.diagnosis.case import measure_of
from junheng.diagnosis.every import ALL, numbers_of
from junheng.diagnosis.figures import limits
from junheng.indicators import (
    CATALOGUE,
    FiledCounty,
    FiledSchool,
    Indicator,
    Measurement,
    Parts,
    measure_county,
    measure_school,
)
from junheng.plan.compliance.acting import Acting, changed_by, part_slopes
from junheng.plan.compliance.ahead.nouns import Growth
from junheng.plan.compliance.problem import Demand, Need, PartRule, Spread
from junheng.plan.compliance.ways import Way
from junheng.schema import Stage
from junheng.standards import Demand as Clause

BY_SCHOOL, BY_COUNTY = ("GV3",), ("GV9", "GV12")
"""Lines beside L1–L7 that ways to act can bring to their limit."""
BY_PATH = ("GV4", "GV5")
"""Lines that follow a class-size plan where one is given."""
CLASSES, FOLLOWED = "GV5", "CLASS-SIZE-PLAN"
"""Line, and what stands for the clause, of what new classes need."""
ROOMS = ("room_conversion", "classroom_building")
NEEDED = {
    "class_opening": "增班所需的班级设备",
    "room_conversion": "增班所需的普通教室",
    "teacher_year": "增班所需的专任教师",
}


@dataclass(frozen=True)
class InYear:
    """The counties in one year, if nothing were done."""

    year: int
    counties: Sequence[tuple[CountyVerdict, FiledCounty]]
    parts: Parts
    growth: Mapping[str, Sequence[Growth]] = field(default_factory=dict)
    """School after merging → what its new classes need by then."""
    more: Mapping[str, Sequence[Way]] = field(default_factory=dict)
    """School after merging → ways that only it has."""
    on_path: bool = False
    """Whether classes are those of a class-size plan."""


@dataclass(frozen=True)
class Beyond:
    """A clause on a school that its pupils or classes miss, whatever is done."""

    line: str
    school: str
    name: str
    county: str
    year: int


class Required:
    """Collects what one year requires, county by county; levers are places among the ways."""

    def __init__(self, acting: Acting, year: InYear) -> None:
        self.acting, self.year = acting, year
        frame = year.parts.frame
        self.rows = {(r["school_code"], r["stage"]): r for r in frame.iter_rows(named=True)}
        self.needs: list[tuple[Need, int, str]] = []
        self.rules: list[tuple[PartRule, tuple[str, str, Stage]]] = []
        self.spreads: list[tuple[Spread, tuple[str, Stage, str]]] = []
        self.demands: list[tuple[Demand, tuple[str, str, str, str]]] = []
        self.beyond: list[Beyond] = []
        for county, filed in year.counties:
            self._county(county, filed)

    def _ways(self, levers: Sequence[int]) -> dict[int, Way]:
        return {place: self.acting.ways[place][1] for place in levers}

    def _there(self, school: FiledSchool) -> list[int]:
        """The ways of a school; what an exception lets it build or lease, only where it counts this year."""
        counted = {way.item for way in self.year.more.get(school.code, ())}
        ways = self._ways(self.acting.at(school))
        return [p for p, way in ways.items() if way.counted_as is None or way.item in counted]

    def _county(self, county: CountyVerdict, filed: FiledCounty) -> None:
        levers = {school.code: self._there(school) for school in filed.schools}
        places: dict[tuple[Stage, str], list[tuple[int, int]]] = {}
        standard = county.standard
        for part in county.parts:
            row = self.rows[part.school_code, part.stage.value]
            ways = self._ways(levers.get(part.school_code, ()))
            found = []
            for code in standard.indicators:
                base, slopes = part_slopes(CATALOGUE[code], row, part.stage, ways)
                name = f"{row['school_name']}{part.stage.part_label}{code}"
                limit, floor = standard.limit(code, part.stage), standard.floor(code, part.stage)
                found.append(len(self.needs))
                self.needs.append((Need(name, base, slopes, limit, floor), len(self.rules), code))
                places.setdefault((part.stage, code), []).append((found[-1], part.pupils))
            rule = PartRule(f"{part.school_name}{part.stage.part_label}", tuple(found), standard.needed, f"{part.school_code}/{part.stage}")  # fmt: skip
            self.rules.append((rule, (part.school_code, part.school_name, part.stage)))
        for (stage, code), held in places.items():
            needs, pupils = zip(*held, strict=True)
            limit = standard.spread_limit(stage)
            spread = Spread(f"{county.name}{stage.label}{code}差异系数", needs, pupils, standard.variant, limit)  # fmt: skip
            self.spreads.append((spread, (county.code, stage, code)))
        self._clauses(county, filed, levers)
        for school in filed.schools:
            self.demands += self._grown(school, county.code, levers[school.code])

    def _clauses(
        self, county: CountyVerdict, filed: FiledCounty, levers: Mapping[str, Sequence[int]]
    ) -> None:
        for line in county.lines:
            for judged in line.clauses:
                if line.code in BY_COUNTY and judged.figures:
                    self._for_county(line.code, judged.demand, county, filed, levers)
                failing = {p.school_code for p in judged.schools if p.verdict is Verdict.FAIL}
                schools = [school for school in filed.schools if school.code in failing]
                if line.code in BY_SCHOOL:
                    for school in schools:
                        self._for_school(
                            line.code, judged.demand, school, county.code, levers[school.code]
                        )
                elif line.code in BY_PATH and self.year.on_path:
                    self._past(line.code, schools, county.code)

    def _past(self, line: str, schools: Sequence[FiledSchool], county: str) -> None:
        """What a class-size plan leaves unmet at these schools."""
        for school in schools:
            told = Beyond(line, school.code, school.name, county, self.year.year)
            if told not in self.beyond:
                self.beyond.append(told)

    def _for_county(
        self, line: str, clause: Clause, county: CountyVerdict, filed: FiledCounty,
        levers: Mapping[str, Sequence[int]],
    ) -> None:  # fmt: skip
        each = measure_of(clause)
        ((_, limit),) = limits(clause.clause, (ALL,))
        base = _over(each, measure_county(each, filed, None), limit)
        if base is None:
            return
        slopes = {}
        for school in filed.schools:
            alone = replace(filed, schools=(school,), absent=())
            before = _over(each, measure_county(each, alone, None), limit)
            if before is None:
                continue
            for place, way in self._ways(levers[school.code]).items():
                after = changed_by(school, way)
                more = _over(each, measure_county(each, replace(alone, schools=(after,)), None), limit)  # fmt: skip
                if more is not None and more != before:
                    slopes[place] = more - before
        self.demands.append((Demand(f"{county.name}{line}", base, slopes), (line, clause.clause.code, "", county.code)))  # fmt: skip

    def _for_school(
        self, line: str, clause: Clause, school: FiledSchool, county: str, levers: Sequence[int]
    ) -> None:
        each = measure_of(clause)
        numbers = numbers_of(clause, each)
        ((_, limit),) = limits(clause.clause, (ALL,))
        base = _over(each, measure_school(each, school, None, numbers), limit)
        if base is None:
            return
        slopes = {}
        for place, way in self._ways(levers).items():
            after = measure_school(each, changed_by(school, way), None, numbers)
            more = _over(each, after, limit)
            if more is not None and more != base:
                slopes[place] = more - base
        where = (line, clause.clause.code, school.code, county)
        self.demands.append((Demand(f"{school.name}{clause.clause.code}", base, slopes), where))

    def _grown(
        self, school: FiledSchool, county: str, levers: Sequence[int]
    ) -> Iterator[tuple[Demand, tuple[str, str, str, str]]]:
        """Desks, rooms and teachers of the classes that a class-size plan opens."""
        sums: dict[tuple[str, Stage | None], int] = {}
        for each in self.year.growth.get(school.code, ()):
            key = (each.item, each.stage)
            sums[key] = sums.get(key, 0) + each.amount
        ways = self._ways(levers)
        for (item, stage), amount in sums.items():
            slopes = {
                place: Fraction(unit)
                for place, way in ways.items()
                if (unit := _serves(way, item, stage))
            }
            name = f"{school.name}{stage.label if stage else ''}{NEEDED[item]}"
            yield Demand(name, Fraction(-amount), slopes), (CLASSES, FOLLOWED, school.code, county)


def _serves(way: Way, item: str, stage: Stage | None) -> int:
    """How much of what new classes need one unit of the way gives."""
    if item == "teacher_year":
        return way.columns.get(f"full_time_teachers_{stage}", 0)
    return int(way.item in (ROOMS if item in ROOMS else (item,)))


def _over(each: Indicator, found: Measurement, limit: Fraction) -> Fraction | None:
    """How far the numerator is above what the limit asks of the denominator: linear in the inputs."""
    if found.inputs is None:
        return None
    _, row = found.inputs
    above, below = each.ratio.numerator.exact(row), each.ratio.denominator.exact(row)
    assert above is not None, "there is a value"
    assert below is not None, "there is a value"
    return above * each.ratio.per - limit * below


__all__ = ["BY_COUNTY", "BY_PATH", "BY_SCHOOL", "CLASSES", "Beyond", "InYear", "Required"]
