"""Where we fall short: verdicts, gaps, shares of each CV, what flips a verdict."""

from junheng.diagnosis.assessing import assess_facts
from junheng.diagnosis.lines import AreaVerdict, ClauseVerdict, Figure, Line, SchoolPoint
from junheng.diagnosis.nouns import (
    Assessment,
    CountyVerdict,
    Flip,
    Gap,
    PartIndicator,
    PartVerdict,
    Reading,
    Share,
    SpreadVerdict,
    Way,
)
from junheng.diagnosis.verdict import Verdict, worst

__all__ = [
    "AreaVerdict",
    "Assessment",
    "ClauseVerdict",
    "CountyVerdict",
    "Figure",
    "Flip",
    "Gap",
    "Line",
    "PartIndicator",
    "PartVerdict",
    "Reading",
    "SchoolPoint",
    "Share",
    "SpreadVerdict",
    "Verdict",
    "Way",
    "assess_facts",
    "worst",
]
