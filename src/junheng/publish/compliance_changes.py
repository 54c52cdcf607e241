"""What a compliance plan changes: parts, indicators and coefficients before and after, as the engine finds."""

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, SpreadVerdict, Verdict
from junheng.plan.compliance import Failing
from junheng.publish.digits import value_text
from junheng.schema import Stage
from junheng.studies import ComplianceStudy


@dataclass(frozen=True)
class PartChange:
    """One stage part before and after."""

    county: str
    """Name of the county."""
    before: PartVerdict
    after: PartVerdict

    @property
    def pairs(self) -> Iterator[tuple[PartIndicator, PartIndicator]]:
        yield from zip(self.before.indicators, self.after.indicators, strict=True)


@dataclass(frozen=True)
class IndicatorChange:
    """Stage parts below the limit of one indicator, before and after."""

    indicator: str
    stage: Stage
    parts: int
    before: int
    after: int


def _both(study: ComplianceStudy) -> Iterator[tuple[CountyVerdict, CountyVerdict]]:
    yield from zip(study.today.counties, study.ahead.counties, strict=True)


def effects(study: ComplianceStudy) -> dict[str, list[str]]:
    """School code → values and clauses that are other than today: 小学L5 6.9→7.5."""
    found: dict[str, list[str]] = {}
    for part in part_changes(study):
        for one, other in part.pairs:
            if one.value != other.value:
                told = f"{part.before.stage.label}{one.indicator} {value_text(one)}→{value_text(other)}"
                found.setdefault(part.before.school_code, []).append(told)
    for before, after in _both(study):
        standing = {
            (line.code, point.school_code): point.verdict
            for line in after.lines
            for clause in line.clauses
            for point in clause.schools
        }
        seven = before.standard.indicators
        for line in before.lines:
            for point in line.failing_schools if line.code not in seven else ():
                then = standing.get((line.code, point.school_code))
                if then is Verdict.PASS:
                    told = f"{line.code}{point.verdict}→{then}"
                    found.setdefault(point.school_code, []).append(told)
    return {code: list(dict.fromkeys(told)) for code, told in found.items()}


def part_changes(study: ComplianceStudy) -> list[PartChange]:
    """Every stage part of the plan's counties that has pupils before and after."""
    found = []
    for before, after in _both(study):
        then = {(part.school_code, part.stage): part for part in after.parts}
        both = [p for p in before.parts if (p.school_code, p.stage) in then]
        found += [PartChange(before.name, p, then[p.school_code, p.stage]) for p in both]
    return found


def indicator_changes(study: ComplianceStudy) -> list[IndicatorChange]:
    """For each indicator and stage, how many parts are below its limit."""
    held: dict[tuple[str, Stage], list[tuple[Verdict, Verdict]]] = {}
    for part in part_changes(study):
        for one, other in part.pairs:
            key = (one.indicator, part.before.stage)
            held.setdefault(key, []).append((one.verdict, other.verdict))
    return [
        IndicatorChange(
            code, stage, len(pairs), *(sum(p[n] is Verdict.FAIL for p in pairs) for n in (0, 1))
        )
        for (code, stage), pairs in sorted(held.items(), key=_by_code_and_stage)
    ]


def _by_code_and_stage(each: tuple[tuple[str, Stage], object]) -> tuple[str, int]:
    (code, stage), _ = each
    return code, list(Stage).index(stage)


def spread_changes(
    study: ComplianceStudy,
) -> Iterator[tuple[CountyVerdict, SpreadVerdict, SpreadVerdict]]:
    """(county, before, after) of every coefficient of variation that there is before and after."""
    for before, after in _both(study):
        then = {(each.stage, each.indicator): each for each in after.spreads}
        for one in before.spreads:
            if (one.stage, one.indicator) in then:
                yield before, one, then[one.stage, one.indicator]


def passing_schools(study: ComplianceStudy) -> tuple[int, int, int]:
    """Schools that pass today, that pass after, and all that are judged."""
    today, ahead = (
        [verdict for county in counties for verdict in county.schools.values()]
        for counties in (study.today.counties, study.ahead.counties)
    )
    return today.count(Verdict.PASS), ahead.count(Verdict.PASS), len(today)


def failing_name(study: ComplianceStudy, each: Failing) -> str:
    """Of a requirement: the school or county, of a clause what it asks instead of its code, and the
    year where several ask."""
    year = f"（{each.year}学年）" if len(study.answer.years) > 1 else ""
    return f"{_named(study, each)}{year}"


def _named(study: ComplianceStudy, each: Failing) -> str:
    demands = study.today.counties[0].standard.demands
    codes = [code for code in demands if each.kind == "clause" and each.name.endswith(code)]
    if not codes:
        return each.name
    code = max(codes, key=len)
    return f"{each.name.removesuffix(code)}：{demands[code].clause.gist}"
