"""Where we fall short: verdicts, gaps, shares of each CV, what flips a verdict.

The lights of targets over the years are loaded when they are first asked for.
"""

from typing import TYPE_CHECKING

from junheng.diagnosis.assessing import assess_facts
from junheng.diagnosis.comparing import difference_words, goal_words, tolerance_words, with_unit
from junheng.diagnosis.keeping import Kept
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
from junheng.later import later

if TYPE_CHECKING:
    from junheng.diagnosis.lights import FORCE_WORDS, Beside, Light, Outcome, TargetVerdict
    from junheng.diagnosis.points import Ignored
    from junheng.diagnosis.targets import Board, judge_target, judge_targets

__all__ = [
    "FORCE_WORDS",
    "AreaVerdict",
    "Assessment",
    "Beside",
    "Board",
    "ClauseVerdict",
    "CountyVerdict",
    "Figure",
    "Flip",
    "Gap",
    "Ignored",
    "Kept",
    "Light",
    "Line",
    "Outcome",
    "PartIndicator",
    "PartVerdict",
    "Reading",
    "SchoolPoint",
    "Share",
    "SpreadVerdict",
    "TargetVerdict",
    "Verdict",
    "Way",
    "assess_facts",
    "difference_words",
    "goal_words",
    "judge_target",
    "judge_targets",
    "tolerance_words",
    "with_unit",
    "worst",
]

__getattr__ = later(
    __name__,
    {
        "lights": ("FORCE_WORDS", "Beside", "Light", "Outcome", "TargetVerdict"),
        "points": ("Ignored",),
        "targets": ("Board", "judge_target", "judge_targets"),
    },
)
