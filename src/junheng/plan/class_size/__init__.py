"""The class-size glide path: how each school comes to legal classes, year by year."""

from junheng.plan.class_size.entrants import Entrants, read_entrants
from junheng.plan.class_size.outcome import (
    ClassSizePlan,
    CountyPlan,
    GradeYear,
    Outcome,
    SchoolPlan,
    SchoolYear,
)
from junheng.plan.class_size.planning import plan_class_sizes
from junheng.plan.class_size.present import SchoolNow, SizeCount, Unknown

__all__ = [
    "ClassSizePlan",
    "CountyPlan",
    "Entrants",
    "GradeYear",
    "Outcome",
    "SchoolNow",
    "SchoolPlan",
    "SchoolYear",
    "SizeCount",
    "Unknown",
    "plan_class_sizes",
    "read_entrants",
]
