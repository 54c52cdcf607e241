"""The compliance plan as JSON, and back: a plan that was written down can be looked at anew."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.plan.compliance import CompliancePlan, Limits, Saving
from junheng.plan.compliance.funding import Paid
from junheng.plan.nouns import Plan
from junheng.plan.pricing import PriceList
from junheng.registry import Facts
from junheng.studies.certificate import Certificate, YearStanding
from junheng.studies.compliance_file import FORMAT, read_written


def compliance_record(
    answer: CompliancePlan, certificate: Certificate, spreads: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Everything that the plan says, and the plan itself, from which it can be said again."""
    return {
        "format": FORMAT,
        "counties": dict(answer.counties),
        "on": answer.on.isoformat(),
        "by": answer.by,
        "cost_yuan": str(answer.cost),
        "bound_yuan": round(answer.bound, 2),
        "gap": round(answer.gap, 6),
        "stopped_early": answer.stopped,
        "prices": {"title": answer.prices.title, "status": answer.prices.status, "source": answer.prices.source},
        "assumptions": list(answer.assumptions),
        "paid_by_budget": paid_record(answer.paid),
        "unmet_before": [vars(each) for each in answer.before],
        "unmet_after": [vars(each) for each in answer.left],
        "fewest_unmet_proven": answer.fewest,
        "teachers_moved": answer.moved,
        "fewest_moved_proven": answer.fewest_moved,
        "certificate": certificate_record(certificate),
        "spreads": list(spreads),
        "plan": _plan_json(answer.plan),
    }  # fmt: skip


def paid_record(paid: Sequence[Paid]) -> list[dict[str, Any]]:
    """What each budget pays, as JSON-ready data."""
    return [
        {"year": each.budget.year, "source": each.budget.source, "county": each.budget.county or None,
         "items": list(each.budget.items), "budget_yuan": each.budget.yuan, "paid_yuan": str(each.yuan)}
        for each in paid
    ]  # fmt: skip


def certificate_record(certificate: Certificate) -> dict[str, Any]:
    """What the engine says of the plan, as JSON-ready data."""
    return {
        "holds": certificate.holds,
        "facts": certificate.facts,
        "plan": certificate.plan,
        "cost_yuan": str(certificate.cost),
        "wrong": list(certificate.wrong),
        "areas": _areas(certificate.years[0]),
        "lines": _lines(certificate.years[0]),
        "required_on": certificate.years[0].on.isoformat(),
        "later": [
            {"year": each.year, "required_on": each.on.isoformat(), "holds": each.holds,
             "areas": _areas(each), "lines": _lines(each)}
            for each in certificate.years[1:]
        ],
        "new_land": [
            {"school": each.school, "name": each.name, "area_m2": str(each.area_m2)}
            for each in certificate.land
        ],
        "code_version": certificate.code_version,
        "code_sha256": certificate.code_sha256,
    }  # fmt: skip


def _areas(standing: YearStanding) -> dict[str, list[dict[str, str]]]:
    return {
        county: [
            {"area": title, "before": before.value, "after": after.value}
            for title, before, after in areas
        ]
        for county, areas in standing.areas.items()
    }


def _lines(standing: YearStanding) -> list[dict[str, str]]:
    return [
        {"county": each.county, "code": each.code, "label": each.label,
         "before": each.before.value, "after": each.after.value, "reach": each.reach}
        for each in standing.lines
    ]  # fmt: skip


def worth_record(worth: Sequence[Saving]) -> list[dict[str, Any]]:
    """What each group of requirements costs, as JSON-ready data."""
    return [
        {
            "line": each.group.line, "stage": each.group.stage or None, "saved_yuan": str(each.saved),
            "at_least_yuan": round(each.at_least, 2), "at_most_yuan": round(each.at_most, 2),
        }
        for each in worth
    ]  # fmt: skip


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "question": plan.question,
        "basis": plan.basis,
        "base_year": plan.base_year,
        "settings": dict(plan.settings),
        "years": [each.year for each in plan.outlooks],
        "goals": [[g.goal, g.unit, str(g.value), str(g.bound)] for g in plan.goals],
        "actions": [
            {
                "school": a.school, "item": a.item, "what": a.reason, "amount": a.amount, "unit": a.unit,
                "year": a.year, "cost_yuan": str(a.cost_yuan), "yearly_cost_yuan": str(a.yearly_cost_yuan),
                "clause": a.clause, "stage": a.stage.value if a.stage else None,
                "effects": {e.column: str(e.amount) for e in a.effects},
                "at": a.effects[0].school if a.effects else a.school,
            }
            for a in plan.actions
        ],
    }  # fmt: skip


def read_plan(path: Path, facts: Facts | None = None) -> tuple[Plan, str]:
    """The plan in a file, and the hash that its certificate says it has.

    A plan that was told pupils by year has that hash only on the facts that it was made from.

    Raises UnreadableFileError where the file is none of ours or lacks something."""
    written = read_written(path)
    plan = written.read if facts is None else written.on_facts(facts)
    return plan, written.certificate.plan


def budget_of(plan: Plan) -> Fraction | None:
    """The budget (yuan) that the plan was made within."""
    said = plan.settings["budget_yuan"]
    return None if said is None else Fraction(said)


def unlike(plan: Plan, said: str, prices: PriceList, limits: Limits) -> list[str]:
    """Where a plan read from a file is not the one that its certificate names, or was made from
    other prices or limits than those given."""
    found = []
    if plan.hash != said:
        found.append(
            f"方案的内容与证书里的哈希不符，写出以后被改动过（{plan.hash[:12]}，证书是 {said[:12]}）"
        )
    if prices.sha256 != plan.settings["prices_sha256"]:
        found.append(f"价格表“{prices.file}”不是做方案用的“{plan.settings['prices']}”")
    if limits.sha256 != plan.settings["limits_sha256"]:
        given = limits.file or "没有给出"
        found.append(f"限制表（{given}）不是做方案用的（{plan.settings['limits'] or '没有'}）")
    return found
