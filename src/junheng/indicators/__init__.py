"""Numbers out of tables: indicators as exact ratios, stage parts, coefficients of variation."""

from junheng.indicators import (  # noqa: F401  (they enter the catalogue)
    admission,
    basic,
    facilities,
    finance,
    quality,
    seats,
    staffing,
)
from junheng.indicators.absences import LeftOut, Missing
from junheng.indicators.composite import composite, composite_exceeds, roots_exceed
from junheng.indicators.definition import CATALOGUE, Indicator, label_of
from junheng.indicators.measuring import measure
from junheng.indicators.parts import Parts, build_parts
from junheng.indicators.relaxing import RelaxationUse
from junheng.indicators.spread import (
    VARIANTS,
    Sample,
    cv,
    deviation_of,
    exceeds,
    mean_of,
    moments,
    shares,
)

__all__ = [
    "CATALOGUE",
    "VARIANTS",
    "Indicator",
    "LeftOut",
    "Missing",
    "Parts",
    "RelaxationUse",
    "Sample",
    "build_parts",
    "composite",
    "composite_exceeds",
    "cv",
    "deviation_of",
    "exceeds",
    "label_of",
    "mean_of",
    "measure",
    "moments",
    "roots_exceed",
    "shares",
]
