"""The compliance plan: what makes a county meet what is required of its resources, at least cost."""

from junheng.plan.compliance.limits import Limits, load_limits, parse_limits
from junheng.plan.compliance.outcome import CompliancePlan, Failing
from junheng.plan.compliance.planning import BY_LINES, Standing, plan_compliance, stands
from junheng.plan.compliance.searching import Effort, Progress

__all__ = [
    "BY_LINES",
    "CompliancePlan",
    "Effort",
    "Failing",
    "Limits",
    "Progress",
    "Standing",
    "load_limits",
    "parse_limits",
    "plan_compliance",
    "stands",
]
