"""An invented county or city from a seed: rows, workbooks, planted mistakes, random cases for tests."""

from junheng.sample.city import (
    CITY,
    CITY_NAME,
    CityWritten,
    Unit,
    boundaries,
    fill_city,
    make_unit,
    units_of,
)
from junheng.sample.county import make_county, make_years
from junheng.sample.edges import random_county
from junheng.sample.filling import Written, fill_workbook, fill_years
from junheng.sample.marks import marks_of
from junheng.sample.papers import write_evidence
from junheng.sample.planting import Planted, mend, plant

__all__ = [
    "CITY",
    "CITY_NAME",
    "CityWritten",
    "Planted",
    "Unit",
    "Written",
    "boundaries",
    "fill_city",
    "fill_workbook",
    "fill_years",
    "make_county",
    "make_unit",
    "make_years",
    "marks_of",
    "mend",
    "plant",
    "random_county",
    "units_of",
    "write_evidence",
]
