"""What a compliance plan changes and costs, set out by year, school, clause, indicator: for every output."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, SpreadVerdict, Verdict
from junheng.plan import ITEMS, Action
from junheng.plan.compliance import Failing
from junheng.publish.digits import amount_text, value_text
from junheng.registry import tables
from junheng.schema import Stage
from junheng.studies import ComplianceStudy


@dataclass(frozen=True)
class YearMoney:
    """What is paid in one school year (yuan)."""

    year: int
    once: Fraction
    yearly: Fraction

    @property
    def total(self) -> Fraction:
        return self.once + self.yearly


@dataclass(frozen=True)
class SchoolWork:
    """What is done at one school for one school year."""

    county: str
    """Name of the county."""
    code: str
    name: str
    year: int
    actions: tuple[Action, ...]
    cost: Fraction
    """Yuan up to the end of the year of compliance."""
    effects: tuple[str, ...]
    """What the engine finds changed at the school, after all its work."""

    @property
    def clauses(self) -> list[str]:
        return sorted({each.clause for each in self.actions})


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


@dataclass(frozen=True)
class ClauseMoney:
    """What is paid for the actions that serve one clause first."""

    clause: str
    schools: int
    actions: int
    cost: Fraction


def money_by_year(study: ComplianceStudy) -> list[YearMoney]:
    """Every school year in which something is paid, up to the one of compliance."""
    actions, by = study.answer.plan.actions, study.answer.by
    found = []
    for year in range(min((a.year for a in actions), default=by), by + 1):
        once = sum((a.cost_yuan for a in actions if a.year == year), Fraction(0))
        owed = [a for a in actions if a.year <= year and (a.last_year is None or year <= a.last_year)]  # fmt: skip
        found.append(YearMoney(year, once, sum((a.yearly_cost_yuan for a in owed), Fraction(0))))
    return [each for each in found if each.total]


def school_names(study: ComplianceStudy) -> dict[str, tuple[str, str]]:
    """School code → county name and school name."""
    facts, counties = study.snapshot.facts["schools"], study.answer.counties
    rows = facts.select("school_code", "school_name", "location_unit").iter_rows()
    return {code: (counties.get(unit, ""), name) for code, name, unit in rows}


def school_works(study: ComplianceStudy) -> list[SchoolWork]:
    """School by school, in the order of county and code; a school of several years has several."""
    names, changed = school_names(study), effects(study)
    found: dict[tuple[str, int], list[Action]] = {}
    for action in study.answer.plan.actions:
        found.setdefault((action.school, action.year), []).append(action)
    works = [
        SchoolWork(
            *(names[code][0], code, names[code][1]), year, tuple(actions),
            sum((a.cost_by(study.answer.by) for a in actions), Fraction(0)),
            tuple(changed.get(code, ())),
        )
        for (code, year), actions in found.items()
    ]  # fmt: skip
    order = list(study.answer.counties.values())
    return sorted(works, key=lambda each: (order.index(each.county), each.code, each.year))


def what_text(action: Action) -> str:
    """新建美术专用教室2间; a teacher who leaves is told as leaving."""
    return f"{action.reason}{action.amount:,}{action.unit}"


def effect_text(action: Action) -> str:
    """What the returns of the school would say more: 美术专用教室数+1."""
    return "；".join(
        f"{_labels()[each.column]}{amount_text(each.amount, '', signed=True)}"
        for each in action.effects
        if each.amount
    )


@cache
def _labels() -> dict[str, str]:
    return {column.name: column.label for table in tables().values() for column in table.column}


# --- before and after, by the engine -----------------------------------------------------------


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
    """Every stage part of the plan's counties, before and after."""
    found = []
    for before, after in _both(study):
        then = {(part.school_code, part.stage): part for part in after.parts}
        found += [PartChange(before.name, p, then[p.school_code, p.stage]) for p in before.parts]
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
    """(county, before, after) of every coefficient of variation."""
    for before, after in _both(study):
        for one, other in zip(before.spreads, after.spreads, strict=True):
            yield before, one, other


def passing_schools(study: ComplianceStudy) -> tuple[int, int, int]:
    """Schools that pass today, that pass after, and all that are judged."""
    today, ahead = (
        [verdict for county in counties for verdict in county.schools.values()]
        for counties in (study.today.counties, study.ahead.counties)
    )
    return today.count(Verdict.PASS), ahead.count(Verdict.PASS), len(today)


def failing_name(study: ComplianceStudy, each: Failing) -> str:
    """Of a requirement: the school or county, and of a clause what it asks instead of its code."""
    demands = study.today.counties[0].standard.demands
    codes = [code for code in demands if each.kind == "clause" and each.name.endswith(code)]
    if not codes:
        return each.name
    code = max(codes, key=len)
    return f"{each.name.removesuffix(code)}：{demands[code].clause.gist}"


# --- money -------------------------------------------------------------------------------------


def clause_money(study: ComplianceStudy) -> list[ClauseMoney]:
    """The cost of the plan by the clause that each action serves first, the dearest first."""
    held: dict[str, list[Action]] = {}
    for action in study.answer.plan.actions:
        held.setdefault(action.clause, []).append(action)
    found = [
        ClauseMoney(
            clause, len({a.school for a in done}), len(done),
            sum((a.cost_by(study.answer.by) for a in done), Fraction(0)),
        )
        for clause, done in held.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.cost, each.clause))


def price_rows(study: ComplianceStudy) -> list[tuple[str, str, str, str, str]]:
    """The prices of what the plan does: (item, price, source, date, confidence)."""
    used = list(dict.fromkeys(action.item for action in study.answer.plan.actions))
    return [
        (ITEMS[each.item].label, amount_text(Fraction(each.amount), each.unit), each.source,
         each.date.isoformat(), each.confidence)
        for each in study.answer.prices.prices
        if each.item in used
    ]  # fmt: skip


def whose(study: ComplianceStudy) -> str:
    """One county by its name, several by their number."""
    names = list(study.answer.counties.values())
    return names[0] if len(names) == 1 else f"{len(names)}个区县"


def single(study: ComplianceStudy) -> bool:
    """Whether the plan is one county's."""
    return len(study.answer.counties) == 1
