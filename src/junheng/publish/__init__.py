"""What may be said, and how: wording, terminal views, the Excel result book, plain data for machines."""

from junheng.publish.book import write_book
from junheng.publish.results import finding_rows, findings_record, write_results
from junheng.publish.terminal import show_assessment, show_explanation, show_findings

__all__ = [
    "finding_rows",
    "findings_record",
    "show_assessment",
    "show_explanation",
    "show_findings",
    "write_book",
    "write_results",
]
