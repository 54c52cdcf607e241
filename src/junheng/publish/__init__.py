"""What may be said, and how: wording, terminal views, the Excel result book, plain data for machines."""

from typing import TYPE_CHECKING

from junheng.later import later
from junheng.publish import terminal
from junheng.publish.store_record import store_record

if TYPE_CHECKING:
    from junheng.publish.balance_files import write_balance
    from junheng.publish.book import write_book
    from junheng.publish.class_size_files import write_class_size
    from junheng.publish.class_sizes import wan
    from junheng.publish.comparisons import write_against, write_readings
    from junheng.publish.compliance_files import write_compliance
    from junheng.publish.results import finding_rows, findings_record, write_results
    from junheng.publish.rule_words import rule_row
    from junheng.publish.target_files import write_targets
    from junheng.publish.terminal import (
        show_against,
        show_assessment,
        show_balance,
        show_class_size,
        show_compliance,
        show_difference,
        show_explanation,
        show_findings,
        show_opened,
        show_readings,
        show_screening,
        show_standing,
        show_store,
        show_targets,
        show_years,
    )
    from junheng.publish.year_files import write_screening, write_years

__all__ = [
    "finding_rows",
    "findings_record",
    "rule_row",
    "show_against",
    "show_assessment",
    "show_balance",
    "show_class_size",
    "show_compliance",
    "show_difference",
    "show_explanation",
    "show_findings",
    "show_opened",
    "show_readings",
    "show_screening",
    "show_standing",
    "show_store",
    "show_targets",
    "show_years",
    "store_record",
    "wan",
    "write_against",
    "write_balance",
    "write_book",
    "write_class_size",
    "write_compliance",
    "write_readings",
    "write_results",
    "write_screening",
    "write_targets",
    "write_years",
]

__getattr__ = later(
    __name__,
    {
        "balance_files": ("write_balance",),
        "book": ("write_book",),
        "class_size_files": ("write_class_size",),
        "class_sizes": ("wan",),
        "comparisons": (
            "write_against",
            "write_readings",
        ),
        "compliance_files": ("write_compliance",),
        "results": (
            "finding_rows",
            "findings_record",
            "write_results",
        ),
        "rule_words": ("rule_row",),
        "target_files": ("write_targets",),
        "terminal": terminal.__all__,
        "year_files": (
            "write_screening",
            "write_years",
        ),
    },
)
"""Book, Word and charts are loaded by who asks for them: a check waits for none of it."""
