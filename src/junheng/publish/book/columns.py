"""Columns that many sheets share: the county (where there are several), the school, its stage."""

from junheng.diagnosis import CountyVerdict, PartVerdict
from junheng.publish.book.cells import Cell
from junheng.publish.book.listing import Heading
from junheng.registry import school_columns
from junheng.studies import Study


def several(study: Study) -> bool:
    return len(study.assessment.counties) > 1


def county_heading(study: Study) -> list[Heading]:
    """The column 区县, in books of several counties only."""
    return [Heading("区县", 12)] if several(study) else []


def county_cell(study: Study, county: CountyVerdict) -> list[Cell]:
    return [county.name] if several(study) else []


SCHOOL = (
    Heading("学校代码", 11.5, "center"),
    Heading("学校（学段部）", 24),
    Heading("学段", 5, "center"),
)


def school_cells(part: PartVerdict) -> list[Cell]:
    return [part.school_code, part.title, part.stage.label]


def chosen(column: str, code: str | None) -> str:
    """The Chinese word of a coded school column."""
    return school_columns()[column].choices.get(code or "", code or "")
