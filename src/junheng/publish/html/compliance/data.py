"""The data of the plan's page: texts as they are shown, numbers only where something is drawn or sorted."""

from fractions import Fraction
from typing import Any

from junheng.plan import Action
from junheng.publish.class_sizes import wan
from junheng.publish.compliance_changes import effects, indicator_changes, passing_schools
from junheng.publish.compliance_figures import (
    clause_money,
    effect_text,
    money_by_year,
    price_rows,
    school_names,
    sources,
    whose,
)
from junheng.publish.compliance_proof import MEANING, certificate_rows, reach_counts, warnings
from junheng.publish.compliances import (
    cost_of,
    done_text,
    headline,
    item_figures,
    label_of,
    left_text,
    proof,
    undone,
    worth_text,
)
from junheng.publish.digits import at_places, grouped
from junheng.publish.html.compliance.changes import parts, requirements, spreads
from junheng.publish.html.rules import stages
from junheng.publish.word.telling import chinese_day
from junheng.publish.wording import DEMONSTRATION, is_demonstration, short_label
from junheng.studies import ComplianceStudy, FrontierPoint
from junheng.years import SchoolYear

FORMAT = "junheng html plan 1"


def page_title(study: ComplianceStudy) -> str:
    return f"{whose(study)}义务教育优质均衡资源配置达标方案"


def page_data(study: ComplianceStudy) -> dict[str, Any]:
    """Everything that the page shows."""
    return {**_head(study), **_told(study), **_money(study), **_changed(study)}


def yuan(amount: Fraction) -> str:
    """Whole yuan, grouped."""
    return grouped(at_places(amount, 0))


def _head(study: ComplianceStudy) -> dict[str, Any]:
    answer = study.answer
    invented = any(map(is_demonstration, study.today.counties))
    return {
        "format": FORMAT,
        "title": page_title(study),
        "unit": whose(study),
        "demonstration": DEMONSTRATION if invented else "",
        "on": chinese_day(answer.on),
        "year": str(SchoolYear(answer.plan.base_year)),
        "by": str(SchoolYear(answer.by)),
        "years": [str(SchoolYear(year)) for year in answer.years],
        "facts": study.certificate.facts,
        "plan": study.certificate.plan,
        "version": study.certificate.code_version,
        "counties": dict(answer.counties),
        "stages": stages(study.today.counties[0].standard),
        "indicators": [
            [code, short_label(code)] for code in study.today.counties[0].standard.indicators
        ],
    }


def _told(study: ComplianceStudy) -> dict[str, Any]:
    """The first page and the certificate."""
    before, after, of = passing_schools(study)
    certificate = study.certificate
    return {
        "warnings": list(warnings(study)),
        "headline": headline(study),
        "undone": undone(study),
        "proof": list(proof(study)),
        "holds": certificate.holds,
        "cost": wan(study.answer.cost),
        "unmet": [len(study.answer.before), len(study.answer.left)],
        "passing": [before, after, of],
        "areas": [
            [
                county,
                title,
                before.value,
                *(standing.areas[county][place][2].value for standing in certificate.years),
            ]
            for county, areas in certificate.areas.items()
            for place, (title, before, _) in enumerate(areas)
        ],
        "items": [
            [label_of(each), f"{each.amount:,}{each.unit}", each.schools, yuan(each.cost)]
            for each in item_figures(study)
        ],
        "assumptions": list(study.answer.assumptions),
        "certificate": [list(row) for row in certificate_rows(study)],
        "meaning": MEANING,
        "reaches": [list(each) for each in reach_counts(study)],
        "lines": [
            [x.county, x.code, x.label, x.before.value, x.after.value, x.reach]
            for x in certificate.lines
        ],
        "prices": [list(row) for row in price_rows(study)],
    }


def _money(study: ComplianceStudy) -> dict[str, Any]:
    labels = {line.code: line.label for line in study.certificate.lines}
    return {
        "money": [
            [f"{each.year}学年", yuan(each.once), yuan(each.yearly), yuan(each.total)]
            for each in money_by_year(study)
        ],
        "sources": [[f"{x.year}学年", x.name, yuan(x.held), yuan(x.paid)] for x in sources(study)],
        "clauses": [
            [each.clause, labels[each.clause], each.schools, each.actions, yuan(each.cost)]
            for each in clause_money(study)
        ],
        "worth": [
            [worth_text(x), yuan(x.saved), yuan(Fraction(x.at_least)), yuan(Fraction(x.at_most))]
            for x in sorted(study.worth, key=lambda saving: -saving.saved)
            if x.saved
        ],
        "frontier": [_point(each) for each in study.frontier],
        "what_if": [_point(each) for each in study.what_if],
    }


def _point(each: FrontierPoint) -> dict[str, Any]:
    """One budget; `at` is where it stands on the axis, in 万元."""
    return {
        "at": float(at_places(each.budget / 10_000, 2)),
        "budget": yuan(each.budget),
        "cost": yuan(each.cost),
        "unmet": len(each.left),
        "fewest": each.fewest,
        "schools": [each.schools_passing, each.schools],
        "lines": [each.lines_passing, each.lines],
        "does": done_text(each),
        "left": left_text(each),
    }


def _changed(study: ComplianceStudy) -> dict[str, Any]:
    names = school_names(study)
    touched = {action.school for action in study.answer.plan.actions}
    return {
        "actions": [
            _action(study, each, names[each.school][0]) for each in study.answer.plan.actions
        ],
        "schools": {code: names[code][1] for code in sorted(touched)},
        "effects": {code: told for code, told in effects(study).items() if code in touched},
        "tallies": [
            [each.indicator, each.stage.value, each.parts, each.before, each.after]
            for each in indicator_changes(study)
        ],
        "parts": parts(study),
        "spreads": spreads(study),
        "requirements": requirements(study),
    }


def _action(study: ComplianceStudy, each: Action, county: str) -> list[Any]:
    money = (each.cost_yuan, each.yearly_cost_yuan, cost_of(each, study))
    return [
        county, each.school, each.year, each.reason, f"{each.amount:,}{each.unit}", *map(yuan, money),
        each.clause, effect_text(each),
    ]  # fmt: skip
