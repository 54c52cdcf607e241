"""What the terminal shows: Rich renderables in Chinese, readable without colour, from 80 columns up."""

from junheng.publish.terminal.against import show_against
from junheng.publish.terminal.assessment import show_assessment
from junheng.publish.terminal.explanation import show_explanation
from junheng.publish.terminal.findings import show_findings
from junheng.publish.terminal.readings import show_readings

__all__ = [
    "show_against",
    "show_assessment",
    "show_explanation",
    "show_findings",
    "show_readings",
]
