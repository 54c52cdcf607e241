"""Where we fall short: verdicts, gaps, shares of each CV, what flips a verdict."""

from junheng.diagnosis.assessing import assess_facts
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
    Verdict,
    Way,
)

__all__ = [
    "Assessment",
    "CountyVerdict",
    "Flip",
    "Gap",
    "PartIndicator",
    "PartVerdict",
    "Reading",
    "Share",
    "SpreadVerdict",
    "Verdict",
    "Way",
    "assess_facts",
]
