"""A class-size plan as plain data: the documented shape of `class_size.json` and of `--json`.

Money is text in yuan, rounded half up to fen; everything else is whole.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from junheng.plan import Action, ClassSizePlan, Goal
from junheng.plan.class_size import CountyPlan, GradeYear, SchoolPlan, SchoolYear
from junheng.studies.rounding import rounded

FORMAT = "junheng class-size plan 1"
FEN = Decimal("0.01")


def class_size_record(
    answer: ClassSizePlan, receipt: dict[str, Any], failing: Mapping[int, Mapping[str, int]]
) -> dict[str, Any]:
    """The whole answer as JSON-ready data."""
    return {
        "format": FORMAT,
        "notice": "推演，不是填报数据：不得封存，不得作为事实公布。",
        "on": answer.on.isoformat(),
        "base_year": answer.plan.base_year,
        "years": list(answer.years),
        "within_m": answer.within_m,
        "reorganise": answer.reorganise,
        "prices": {
            "file": answer.prices.file,
            "title": answer.prices.title,
            "status": answer.prices.status,
            "source": answer.prices.source,
            "date": answer.prices.date.isoformat(),
        },
        "cost_yuan": rounded(answer.cost_yuan, FEN),
        "goals": [_goal(each) for each in answer.plan.goals],
        "failing": [
            {"year": year, "schools": dict(counts)} for year, counts in sorted(failing.items())
        ],
        "counties": [_county(each) for each in answer.counties],
        "actions": [_action(each, answer) for each in answer.actions],
        "assumptions": list(answer.assumptions),
        "receipt": receipt,
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "goal": goal.goal,
        "unit": goal.unit,
        "value": rounded(goal.value, FEN),
        "bound": rounded(goal.bound, FEN),
        "gap": rounded(goal.gap),
    }


def _action(action: Action, answer: ClassSizePlan) -> dict[str, Any]:
    return {
        "school": action.school,
        "item": action.item,
        "amount": action.amount,
        "unit": action.unit,
        "year": action.year,
        "cost_yuan": rounded(action.cost_yuan, FEN),
        "yearly_cost_yuan": rounded(action.yearly_cost_yuan, FEN),
        "cost_in_horizon_yuan": rounded(action.cost_by(answer.years[-1]), FEN),
        "stage": None if action.stage is None else action.stage.value,
        "grade": action.grade,
        "to": action.to or None,
        "distance_m": action.distance_m,
        "completes": action.completes,
        "clause": action.clause,
        "reason": action.reason,
    }


def _county(county: CountyPlan) -> dict[str, Any]:
    return {
        "code": county.code,
        "name": county.name,
        "limits": {stage.value: limit for stage, limit in county.law.limits.items()},
        "schools": [_school(each) for each in county.schools],
        "unknown": [
            {"code": u.code, "name": u.name, "wanting": list(u.wanting)} for u in county.unknown
        ],
    }


def _school(school: SchoolPlan) -> dict[str, Any]:
    now = school.now
    return {
        "code": now.code,
        "name": now.name,
        "counted_in": now.head,
        "outcome": school.outcome.value,
        "reason": school.reason,
        "rooms_to_build": school.rooms_to_build,
        "today": {
            "classes_listed": now.listed,
            "rooms": now.rooms,
            "free_rooms": now.free_rooms,
            "stages": [
                {
                    "stage": stage.value,
                    "classes": count.classes,
                    "over": count.over,
                    "large": count.large,
                    "super_large": count.super_large,
                    "largest": count.largest,
                    "exact": count.exact,
                }
                for stage, count in now.counts.items()
            ],
        },
        "years": [_year(each) for each in school.years],
    }


def _year(year: SchoolYear) -> dict[str, Any]:
    return {
        "year": year.year,
        "classes_needed": year.classes_needed,
        "to_open": year.to_open,
        "rooms_lacking": year.rooms_lacking,
        "teachers_lacking": {s.value: n for s, n in year.teachers_lacking.items()},
        "classes": year.classes,
        "legal": year.legal,
        "grades": [_grade(each) for each in year.grades],
    }


def _grade(grade: GradeYear) -> dict[str, Any]:
    return {
        "grade": grade.grade,
        "stage": grade.stage.value,
        "limit": grade.limit,
        "pupils_if_nothing": grade.pupils_before,
        "classes_if_nothing": grade.kept,
        "largest_if_nothing": max(grade.sizes_if_nothing, default=0),
        "classes_needed": grade.needed,
        "pupils": grade.pupils,
        "classes": list(grade.sizes),
    }
