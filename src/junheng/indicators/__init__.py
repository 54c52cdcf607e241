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
from junheng.indicators.asking import NOBODY, stages_asked, why_not_asked
from junheng.indicators.class_sizes import ClassSizes
from junheng.indicators.composite import composite, composite_exceeds, roots_exceed
from junheng.indicators.definition import CATALOGUE, Indicator, label_of
from junheng.indicators.dispersion import Decomposition, Dispersion, decompose, dispersion
from junheng.indicators.filed import FiledCounty, FiledSchool, gather
from junheng.indicators.measuring import measure
from junheng.indicators.parts import Parts, build_parts
from junheng.indicators.relaxing import RelaxationUse, claim
from junheng.indicators.spread import (
    VARIANTS,
    Moments,
    Sample,
    cv,
    deviation_of,
    exceeds,
    mean_of,
    moments,
)
from junheng.indicators.wholes import (
    Measurement,
    any_school,
    measure_county,
    measure_school,
    room_bounds,
)

__all__ = [
    "CATALOGUE",
    "NOBODY",
    "VARIANTS",
    "ClassSizes",
    "Decomposition",
    "Dispersion",
    "FiledCounty",
    "FiledSchool",
    "Indicator",
    "LeftOut",
    "Measurement",
    "Missing",
    "Moments",
    "Parts",
    "RelaxationUse",
    "Sample",
    "any_school",
    "build_parts",
    "claim",
    "composite",
    "composite_exceeds",
    "cv",
    "decompose",
    "deviation_of",
    "dispersion",
    "exceeds",
    "gather",
    "label_of",
    "mean_of",
    "measure",
    "measure_county",
    "measure_school",
    "moments",
    "room_bounds",
    "roots_exceed",
    "stages_asked",
    "why_not_asked",
]
