"""What a compliance plan does and costs, set out by year, source, school and clause: for every output."""

from dataclasses import dataclass
from fractions import Fraction

from junheng.plan import ITEMS, Action
from junheng.publish.compliance_changes import effects
from junheng.publish.digits import amount_text
from junheng.registry import school_columns
from junheng.studies import ComplianceStudy, ItemDone, items_done

LEVELS = ("省", "市", "县")
"""Sources of money that are governments of a level; the others bear their whole name."""


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
class SourceMoney:
    """What one budget of one year holds and pays (yuan)."""

    year: int
    name: str
    """Where it comes from, and for whom and what it is, where only for some."""
    held: Fraction
    paid: Fraction


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
class ClauseMoney:
    """What is paid for the actions that serve one clause first."""

    clause: str
    schools: int
    actions: int
    cost: Fraction


def money_by_year(study: ComplianceStudy) -> list[YearMoney]:
    """Every school year in which something is paid, up to the last that is looked at."""
    actions, last = study.answer.plan.actions, study.answer.last
    found = []
    for year in range(min((a.year for a in actions), default=last), last + 1):
        once = sum((a.cost_yuan for a in actions if a.year == year), Fraction(0))
        owed = [a for a in actions if a.year <= year and (a.last_year is None or year <= a.last_year)]  # fmt: skip
        found.append(YearMoney(year, once, sum((a.yearly_cost_yuan for a in owed), Fraction(0))))
    return [each for each in found if each.total]


def sources(study: ComplianceStudy) -> list[SourceMoney]:
    """The budgets that were given, by year; empty where none was."""
    names = study.answer.counties
    found = []
    for each in study.answer.paid:
        given = each.budget
        only = [names.get(given.county, given.county), *(ITEMS[i].label for i in given.items)]
        told = "、".join(filter(None, only))
        level = f"{given.source}级" if given.source in LEVELS else given.source
        name = f"{level}（{told}）" if told else level
        found.append(SourceMoney(given.year, name, Fraction(given.yuan), each.yuan))
    return sorted(found, key=lambda source: source.year)


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
            sum((a.cost_by(study.answer.last) for a in actions), Fraction(0)),
            tuple(changed.get(code, ())),
        )
        for (code, year), actions in found.items()
    ]  # fmt: skip
    order = list(study.answer.counties.values())
    return sorted(works, key=lambda each: (order.index(each.county), each.code, each.year))


def items_by_year(study: ComplianceStudy) -> dict[int, list[ItemDone]]:
    """School year → what is done for it, the dearest first."""
    actions, last = study.answer.plan.actions, study.answer.last
    return {
        year: list(items_done([a for a in actions if a.year == year], last))
        for year in sorted({action.year for action in actions})
    }


def what_text(action: Action) -> str:
    """新建美术专用教室2间; a teacher who leaves is told as leaving."""
    return f"{action.reason}{action.amount:,}{action.unit}"


def effect_text(action: Action) -> str:
    """What the returns of the school would say more: 美术专用教室数+1."""
    return "；".join(
        f"{school_columns()[each.column].label}{amount_text(each.amount, '', signed=True)}"
        for each in action.effects
        if each.amount
    )


def clause_money(study: ComplianceStudy) -> list[ClauseMoney]:
    """The cost of the plan by the clause that each action serves first, the dearest first."""
    held: dict[str, list[Action]] = {}
    for action in study.answer.plan.actions:
        held.setdefault(action.clause, []).append(action)
    found = [
        ClauseMoney(
            clause, len({a.school for a in done}), len(done),
            sum((a.cost_by(study.answer.last) for a in done), Fraction(0)),
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
