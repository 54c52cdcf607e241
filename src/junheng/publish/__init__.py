"""What may be said, and how: wording, terminal views, the Excel result book, plain data for machines."""

from junheng.publish.book import write_book
from junheng.publish.comparisons import write_against, write_readings
from junheng.publish.results import finding_rows, findings_record, write_results
from junheng.publish.terminal import (
    show_against,
    show_assessment,
    show_explanation,
    show_findings,
    show_readings,
)

__all__ = [
    "finding_rows",
    "findings_record",
    "show_against",
    "show_assessment",
    "show_explanation",
    "show_findings",
    "show_readings",
    "write_against",
    "write_book",
    "write_readings",
    "write_results",
]
