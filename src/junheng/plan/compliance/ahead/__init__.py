"""The years to come: pupils and classes that are told of them, and the returns that follow."""

from junheng.plan.compliance.ahead.gaps import refuse_gaps
from junheng.plan.compliance.ahead.joining import joined
from junheng.plan.compliance.ahead.nouns import NOTHING, Forecast, read_back
from junheng.plan.compliance.ahead.path import read_class_size
from junheng.plan.compliance.ahead.returns import Year, days_of, outlooks_of, years_of
from junheng.plan.compliance.ahead.table import read_pupils

__all__ = [
    "NOTHING",
    "Forecast",
    "Year",
    "days_of",
    "joined",
    "outlooks_of",
    "read_back",
    "read_class_size",
    "read_pupils",
    "refuse_gaps",
    "years_of",
]
