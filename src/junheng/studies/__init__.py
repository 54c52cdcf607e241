"""One computation with its receipt: monitoring a snapshot, explaining a verdict."""

from junheng.studies.definitions import DefinitionChange
from junheng.studies.explanation import (
    IndicatorExplanation,
    Input,
    SpreadExplanation,
    explain_county,
    explain_school,
)
from junheng.studies.jumps import Jump
from junheng.studies.lineage import Change, Life
from junheng.studies.monitoring import Study, as_json, assess, place, write_data
from junheng.studies.receipt import Receipt
from junheng.studies.record import record
from junheng.studies.rounding import natural, rounded, shown
from junheng.studies.years import CountyYears, SchoolYears, Years, day_of, follow, side_by_side
from junheng.studies.years_record import years_record, years_table

__all__ = [
    "Change",
    "CountyYears",
    "DefinitionChange",
    "IndicatorExplanation",
    "Input",
    "Jump",
    "Life",
    "Receipt",
    "SchoolYears",
    "SpreadExplanation",
    "Study",
    "Years",
    "as_json",
    "assess",
    "day_of",
    "explain_county",
    "explain_school",
    "follow",
    "natural",
    "place",
    "record",
    "rounded",
    "shown",
    "side_by_side",
    "write_data",
    "years_record",
    "years_table",
]
