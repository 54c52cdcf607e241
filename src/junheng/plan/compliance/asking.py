"""From facts to the problem: what is required of a county, and what each way to act does to it.

No formula stands here. A coefficient is what the indicator says with one unit more, less what it
says without: with pupils fixed the indicators are linear in everything that can be done.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.diagnosis.case import measure_of
from junheng.diagnosis.every import ALL, numbers_of
from junheng.diagnosis.figures import limits
from junheng.errors import RefusedError
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
from junheng.indicators.columns import HUNDREDTHS, part_columns
from junheng.plan.compliance.problem import Cap, Demand, Lever, Need, PartRule, Problem, Spread
from junheng.plan.compliance.ways import Way, draw_on_others, others, ways_of
from junheng.plan.pricing import PriceList
from junheng.registry import school_columns
from junheng.schema import Stage
from junheng.standards import Demand as Clause
from junheng.standards import Standard

BY_SCHOOL, BY_COUNTY = ("GV3",), ("GV9", "GV12")
"""Lines beside L1–L7 that ways to act can bring to their limit."""


@dataclass(frozen=True)
class Site:
    """A school and the row of it that an action is entered in."""

    code: str
    name: str
    county: str


@dataclass(frozen=True)
class Asked:
    """The problem, and what its numbers are about."""

    problem: Problem
    ways: tuple[tuple[Site, Way], ...]
    """By lever."""
    parts: tuple[tuple[str, str, Stage], ...]
    """By part rule: school code, name, stage."""
    needs: tuple[tuple[int, str], ...]
    """By need: place of its part, indicator."""
    spreads: tuple[tuple[str, Stage, str], ...]
    """By spread: county, stage, indicator."""
    demands: tuple[tuple[str, str, str], ...]
    """By demand: line, clause, school code (empty = the county)."""
    mains: Mapping[str, str] = field(default_factory=dict)
    """Return → the school that it is counted with, of these counties."""


def ask(
    counties: Sequence[tuple[CountyVerdict, FiledCounty]], parts: Parts, prices: PriceList,
    *, years: int,
) -> Asked:  # fmt: skip
    """The problem of these counties together; yearly costs are paid for so many years.

    Raises RefusedError naming every school whose return lacks what must be known."""
    building = _Building(prices, years, parts)
    lacking = [told for county, _ in counties for told in _lacking(county)]
    if lacking:
        shown = "；".join(lacking[:20]) + (f"；等{len(lacking)}处" if len(lacking) > 20 else "")
        raise RefusedError(f"数据不全，不能做达标方案：{shown}。请补报、重新封存后再做。")
    for county, filed in counties:
        building.county(county, filed)
    return building.asked()


def _lacking(county: CountyVerdict) -> Iterator[str]:
    yield from (f"{m.name}（{m.code}）{m.reason}" for m in county.missing)
    for part in county.parts:
        blank = [each.indicator for each in part.indicators if each.value is None]
        if blank:
            yield f"{part.school_name}（{part.school_code}）{part.stage.part_label}没有填报{'、'.join(blank)}所需的数"


class _Building:
    """Collects levers, needs, rules, spreads and demands, county by county."""

    def __init__(self, prices: PriceList, years: int, parts: Parts) -> None:
        self.prices, self.years = prices, years
        self.rows = {(r["school_code"], r["stage"]): r for r in parts.frame.iter_rows(named=True)}
        self.levers: list[Lever] = []
        self.ways: list[tuple[Site, Way]] = []
        self.needs: list[tuple[Need, int, str]] = []
        self.rules: list[tuple[PartRule, tuple[str, str, Stage]]] = []
        self.spreads: list[tuple[Spread, tuple[str, Stage, str]]] = []
        self.demands: list[tuple[Demand, tuple[str, str, str]]] = []
        self.caps: list[Cap] = []
        self.mains: dict[str, str] = {}

    def county(self, county: CountyVerdict, filed: FiledCounty) -> None:
        levers = {school.code: self._act(school, county.code) for school in filed.schools}
        places: dict[tuple[Stage, str], list[tuple[int, int]]] = {}
        for part in county.parts:
            row = self.rows[part.school_code, part.stage.value]
            found = [
                self._need(code, part.stage, row, levers.get(part.school_code, ()), county.standard)
                for code in county.standard.indicators
            ]
            rule = PartRule(f"{part.school_name}{part.stage.part_label}", tuple(found), county.standard.needed)  # fmt: skip
            self.rules.append((rule, (part.school_code, part.school_name, part.stage)))
            for code, need in zip(county.standard.indicators, found, strict=True):
                places.setdefault((part.stage, code), []).append((need, part.pupils))
        for (stage, code), held in places.items():
            needs, pupils = zip(*held, strict=True)
            limit = county.standard.spread_limit(stage)
            spread = Spread(f"{county.name}{stage.label}{code}差异系数", needs, pupils, county.standard.variant, limit)  # fmt: skip
            self.spreads.append((spread, (county.code, stage, code)))
        self._clauses(county, filed, levers)

    def _act(self, school: FiledSchool, county: str) -> list[int]:
        """The levers of one school."""
        self.mains |= {member["school_code"]: school.code for member in school.members}
        stages = tuple(s for s in (Stage.PRIMARY, Stage.JUNIOR) if s in school.row["stages"] and school.pupils(s))  # fmt: skip
        found = []
        for at, way in ways_of(school.row, school.members, stages, self.prices, pools=county):
            row = _owner(school.members if at is None else (at,), way)
            if row is None:
                continue
            site = Site(
                row["school_code"], school.name if at is None else row["school_name"], county
            )
            name = f"{site.name}{way.label}"
            cost = way.once + way.yearly * self.years
            found.append(len(self.levers))
            self.levers.append(Lever(name, cost, way.most, way.pool, way.sign, way.fine))
            self.ways.append((site, way))
        for member in school.members:
            self.caps += (cap for stage in stages for cap in self._staff(member, stage, found))
        return found

    def _staff(self, row: Mapping[str, Any], stage: Stage, levers: Sequence[int]) -> Iterator[Cap]:
        """Nobody is trained as a key teacher here and teaches elsewhere as one who is none."""
        held = [
            i for i in levers for site, way in (self.ways[i],)
            if site.code == row["school_code"] and way.stage is stage and draw_on_others(way)
        ]  # fmt: skip
        there = others(row, stage)
        if sum(self.levers[i].most or 0 for i in held) > there:
            name = f"{row['school_name']}{stage.label}培养骨干和调出的教师最多{there}人（在校的非骨干教师）"  # fmt: skip
            yield Cap(name, dict.fromkeys(held, Fraction(1)), Fraction(there))

    def _need(
        self, code: str, stage: Stage, row: Mapping[str, Any], levers: Sequence[int], standard: Standard
    ) -> int:  # fmt: skip
        each = CATALOGUE[code]
        base = each.value_of(row)
        assert base is not None, "counties with missing values were refused"
        slopes = {}
        for lever in levers:
            added = each.value_of(_with(row, self.ways[lever][1], stage))
            assert added is not None, "one unit more of a known value is known"
            if added != base:
                slopes[lever] = added - base
        limit = standard.limit(code, stage)
        need = Need(f"{row['school_name']}{stage.part_label}{code}", base, slopes, limit, standard.floor(code, stage))  # fmt: skip
        self.needs.append((need, len(self.rules), code))
        return len(self.needs) - 1

    def _clauses(
        self, county: CountyVerdict, filed: FiledCounty, levers: Mapping[str, Sequence[int]]
    ) -> None:
        for line in county.lines:
            for judged in line.clauses:
                if line.code in BY_COUNTY and judged.figures:
                    self._for_county(line.code, judged.demand, county, filed, levers)
                elif line.code in BY_SCHOOL:
                    failing = {p.school_code for p in judged.schools if p.verdict is Verdict.FAIL}
                    for school in filed.schools:
                        if school.code in failing:
                            self._for_school(line.code, judged.demand, school, levers[school.code])

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
            for lever in levers[school.code]:
                after = _changed(school, self.ways[lever][1])
                more = _over(each, measure_county(each, replace(alone, schools=(after,)), None), limit)  # fmt: skip
                if more is not None and more != before:
                    slopes[lever] = more - before
        self.demands.append((Demand(f"{county.name}{line}", base, slopes), (line, clause.clause.code, "")))  # fmt: skip

    def _for_school(
        self, line: str, clause: Clause, school: FiledSchool, levers: Sequence[int]
    ) -> None:
        each = measure_of(clause)
        numbers = numbers_of(clause, each)
        ((_, limit),) = limits(clause.clause, (ALL,))
        base = _over(each, measure_school(each, school, None, numbers), limit)
        if base is None:
            return
        slopes = {}
        for lever in levers:
            after = measure_school(each, _changed(school, self.ways[lever][1]), None, numbers)
            more = _over(each, after, limit)
            if more is not None and more != base:
                slopes[lever] = more - base
        where = (line, clause.clause.code, school.code)
        self.demands.append((Demand(f"{school.name}{clause.clause.code}", base, slopes), where))

    def asked(self) -> Asked:
        problem = Problem(
            tuple(self.levers),
            tuple(need for need, *_ in self.needs),
            tuple(rule for rule, _ in self.rules),
            tuple(spread for spread, _ in self.spreads),
            tuple(demand for demand, _ in self.demands),
            tuple(self.caps),
        )
        return Asked(
            problem,
            tuple(self.ways),
            tuple(about for _, about in self.rules),
            tuple((part, code) for _, part, code in self.needs),
            tuple(about for _, about in self.spreads),
            tuple(about for _, about in self.demands),
            self.mains,
        )


def _owner(members: Sequence[Mapping[str, Any]], way: Way) -> Mapping[str, Any] | None:
    """The row of the school, its own before those merged into it, that filed what the way changes."""
    return next(
        (row for row in members if all(row[column] is not None for column in way.columns)), None
    )


def _with(row: Mapping[str, Any], way: Way, stage: Stage) -> dict[str, Any]:
    """The row of a part with one unit of the way done."""
    changed = dict(row)
    for column, amount in way.columns.items():
        own = column.removesuffix(f"_{stage}")
        name = own if own in changed else column
        if name in changed and changed[name] is not None:
            hundredths = part_columns()[name].kind in HUNDREDTHS
            changed[name] += amount * 100 if hundredths else amount
    return changed


def _changed(school: FiledSchool, way: Way) -> FiledSchool:
    """The school with one unit of the way done."""
    row = dict(school.row)
    for column, amount in way.columns.items():
        if column in school_columns() and row[column] is not None:
            row[column] += amount
    return replace(school, row=row)


def _over(each: Indicator, found: Measurement, limit: Fraction) -> Fraction | None:
    """How far the numerator is above what the limit asks of the denominator: linear in the inputs."""
    if found.inputs is None:
        return None
    _, row = found.inputs
    above, below = each.ratio.numerator.exact(row), each.ratio.denominator.exact(row)
    assert above is not None, "there is a value"
    assert below is not None, "there is a value"
    return above * each.ratio.per - limit * below
