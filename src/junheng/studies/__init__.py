"""One computation with its receipt: monitoring a snapshot, explaining a verdict."""

from junheng.studies.explanation import (
    IndicatorExplanation,
    Input,
    SpreadExplanation,
    explain_county,
    explain_school,
)
from junheng.studies.monitoring import Study, as_json, assess, place, write_data
from junheng.studies.receipt import Receipt
from junheng.studies.record import natural, record, rounded, shown

__all__ = [
    "IndicatorExplanation",
    "Input",
    "Receipt",
    "SpreadExplanation",
    "Study",
    "as_json",
    "assess",
    "explain_county",
    "explain_school",
    "natural",
    "place",
    "record",
    "rounded",
    "shown",
    "write_data",
]
