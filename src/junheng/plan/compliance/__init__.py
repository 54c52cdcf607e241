"""The compliance plan: what makes a county meet what is required of its resources, at least cost."""

from junheng.plan.compliance.frontier import POINTS, steps_of
from junheng.plan.compliance.limits import Limits, load_limits, parse_limits
from junheng.plan.compliance.outcome import Affordable, CompliancePlan, Failing
from junheng.plan.compliance.planning import (
    BY_LINES,
    Question,
    Standing,
    answered,
    plan_compliance,
    pose,
    stands,
    with_less,
)
from junheng.plan.compliance.searching import Effort, Progress

__all__ = [
    "BY_LINES",
    "POINTS",
    "Affordable",
    "CompliancePlan",
    "Effort",
    "Failing",
    "Limits",
    "Progress",
    "Question",
    "Standing",
    "answered",
    "load_limits",
    "parse_limits",
    "plan_compliance",
    "pose",
    "stands",
    "steps_of",
    "with_less",
]
