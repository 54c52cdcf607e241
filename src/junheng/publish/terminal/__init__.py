"""What the terminal shows: Rich renderables in Chinese, readable without colour, from 80 columns up."""

from typing import TYPE_CHECKING

from junheng.later import later

if TYPE_CHECKING:
    from junheng.publish.terminal.against import show_against
    from junheng.publish.terminal.assessment import show_assessment
    from junheng.publish.terminal.balance import show_balance
    from junheng.publish.terminal.class_size import show_class_size
    from junheng.publish.terminal.compliance import show_compliance
    from junheng.publish.terminal.explanation import show_explanation
    from junheng.publish.terminal.findings import show_findings
    from junheng.publish.terminal.readings import show_readings
    from junheng.publish.terminal.screening import show_screening
    from junheng.publish.terminal.standing import show_difference, show_opened, show_standing
    from junheng.publish.terminal.store import show_store
    from junheng.publish.terminal.targets import show_targets
    from junheng.publish.terminal.years import show_years

__all__ = [
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
]

__getattr__ = later(
    __name__,
    {
        "against": ("show_against",),
        "assessment": ("show_assessment",),
        "balance": ("show_balance",),
        "class_size": ("show_class_size",),
        "compliance": ("show_compliance",),
        "explanation": ("show_explanation",),
        "findings": ("show_findings",),
        "readings": ("show_readings",),
        "screening": ("show_screening",),
        "standing": (
            "show_difference",
            "show_opened",
            "show_standing",
        ),
        "store": ("show_store",),
        "targets": ("show_targets",),
        "years": ("show_years",),
    },
)
"""One view is loaded at a time."""
