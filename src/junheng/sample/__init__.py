"""An invented county from a seed: rows, workbooks, planted mistakes, random cases for tests."""

from junheng.sample.county import make_county, make_years
from junheng.sample.edges import random_county
from junheng.sample.filling import Written, fill_workbook, fill_years
from junheng.sample.marks import marks_of
from junheng.sample.papers import write_evidence
from junheng.sample.planting import Planted, mend, plant

__all__ = [
    "Planted",
    "Written",
    "fill_workbook",
    "fill_years",
    "make_county",
    "make_years",
    "marks_of",
    "mend",
    "plant",
    "random_county",
    "write_evidence",
]
