"""The compliance plan: what makes a county meet what is required of its resources, at least cost."""

from junheng.plan.compliance.ahead import (
    NOTHING,
    Forecast,
    Year,
    days_of,
    joined,
    outlooks_of,
    read_back,
    read_class_size,
    read_pupils,
    refuse_gaps,
    years_of,
)
from junheng.plan.compliance.frontier import POINTS, steps_of
from junheng.plan.compliance.limits import Limits, load_limits, parse_limits
from junheng.plan.compliance.outcome import Affordable, CompliancePlan, Failing
from junheng.plan.compliance.planning import (
    answered,
    plan_compliance,
    priced_by_line,
    with_less,
)
from junheng.plan.compliance.question import BY_LINES, LATEST, Question, pose
from junheng.plan.compliance.requiring import BY_PATH
from junheng.plan.compliance.searching import Effort, Progress
from junheng.plan.compliance.standing import Standing, stands
from junheng.plan.compliance.trading import Fixed, as_priced, repriced
from junheng.plan.compliance.worth import Saving

__all__ = [
    "BY_LINES",
    "BY_PATH",
    "LATEST",
    "NOTHING",
    "POINTS",
    "Affordable",
    "CompliancePlan",
    "Effort",
    "Failing",
    "Fixed",
    "Forecast",
    "Limits",
    "Progress",
    "Question",
    "Saving",
    "Standing",
    "Year",
    "answered",
    "as_priced",
    "days_of",
    "joined",
    "load_limits",
    "outlooks_of",
    "parse_limits",
    "plan_compliance",
    "pose",
    "priced_by_line",
    "read_back",
    "read_class_size",
    "read_pupils",
    "refuse_gaps",
    "repriced",
    "stands",
    "steps_of",
    "with_less",
    "years_of",
]
