"""The compliance plan: what makes a county meet what is required of its resources, at least cost."""

from junheng.plan.compliance.frontier import POINTS, steps_of
from junheng.plan.compliance.limits import Limits, load_limits, parse_limits
from junheng.plan.compliance.outcome import Affordable, CompliancePlan, Failing
from junheng.plan.compliance.planning import (
    answered,
    plan_compliance,
    priced_by_line,
    with_less,
)
from junheng.plan.compliance.question import BY_LINES, Question, pose
from junheng.plan.compliance.searching import Effort, Progress
from junheng.plan.compliance.standing import Standing, stands
from junheng.plan.compliance.trading import Fixed, repriced
from junheng.plan.compliance.worth import Saving

__all__ = [
    "BY_LINES",
    "POINTS",
    "Affordable",
    "CompliancePlan",
    "Effort",
    "Failing",
    "Fixed",
    "Limits",
    "Progress",
    "Question",
    "Saving",
    "Standing",
    "answered",
    "load_limits",
    "parse_limits",
    "plan_compliance",
    "pose",
    "priced_by_line",
    "repriced",
    "stands",
    "steps_of",
    "with_less",
]
