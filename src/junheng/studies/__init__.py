"""One computation with its receipt: monitoring a snapshot, explaining a verdict."""

from typing import TYPE_CHECKING

from junheng.later import later
from junheng.studies.against_record import against_record
from junheng.studies.balance_record import NO_LIMIT, balance_record, balance_table
from junheng.studies.readings_record import readings_record
from junheng.studies.record import record
from junheng.studies.years_record import years_record, years_table

if TYPE_CHECKING:
    from junheng.registry.whole_file import place
    from junheng.studies.against import Against, ClauseChange, VerdictChange, assess_against
    from junheng.studies.balance import BalanceStudy, balance_of, measure_balance
    from junheng.studies.balance_figures import BY, BalanceGroup, CityFigure, Grouping
    from junheng.studies.cells import Cell, Cells
    from junheng.studies.certificate import HELD, Certificate, LineStanding
    from junheng.studies.class_size import ClassSizeStudy, PlanReceipt, plan_classes
    from junheng.studies.compliance import (
        ComplianceStudy,
        certify,
        plan_to_comply,
        solve_again,
        told_ahead,
    )
    from junheng.studies.compliance_check import check_written
    from junheng.studies.compliance_file import read_written
    from junheng.studies.compliance_record import budget_of, read_plan, unlike
    from junheng.studies.definitions import DefinitionChange
    from junheng.studies.explanation import (
        IndicatorExplanation,
        Input,
        SpreadExplanation,
        filed_columns,
    )
    from junheng.studies.frontier import FrontierPoint, ItemDone, items_done
    from junheng.studies.jumps import Jump
    from junheng.studies.line_explanation import LineExplanation
    from junheng.studies.lineage import Change, Life
    from junheng.studies.monitoring import Study, as_json, assess, switches_of, write_data
    from junheng.studies.opening import Opened, explain
    from junheng.studies.points import KINDS, Mark, Point
    from junheng.studies.readings import Choice, Readings, Robustness, Turn, read_every_way
    from junheng.studies.receipt import Receipt
    from junheng.studies.rounding import natural, rounded, shown
    from junheng.studies.screening import ScreenStudy, screen
    from junheng.studies.targets import TargetStudy, follow_targets
    from junheng.studies.years import (
        CountyYears,
        SchoolYears,
        Years,
        by_year,
        day_of,
        follow,
        side_by_side,
    )

__all__ = [
    "BY",
    "HELD",
    "KINDS",
    "NO_LIMIT",
    "Against",
    "BalanceGroup",
    "BalanceStudy",
    "Cell",
    "Cells",
    "Certificate",
    "Change",
    "Choice",
    "CityFigure",
    "ClassSizeStudy",
    "ClauseChange",
    "ComplianceStudy",
    "CountyYears",
    "DefinitionChange",
    "FrontierPoint",
    "Grouping",
    "IndicatorExplanation",
    "Input",
    "ItemDone",
    "Jump",
    "Life",
    "LineExplanation",
    "LineStanding",
    "Mark",
    "Opened",
    "PlanReceipt",
    "Point",
    "Readings",
    "Receipt",
    "Robustness",
    "SchoolYears",
    "ScreenStudy",
    "SpreadExplanation",
    "Study",
    "TargetStudy",
    "Turn",
    "VerdictChange",
    "Years",
    "against_record",
    "as_json",
    "assess",
    "assess_against",
    "balance_of",
    "balance_record",
    "balance_table",
    "budget_of",
    "by_year",
    "certify",
    "check_written",
    "day_of",
    "explain",
    "filed_columns",
    "follow",
    "follow_targets",
    "items_done",
    "measure_balance",
    "natural",
    "place",
    "plan_classes",
    "plan_to_comply",
    "read_every_way",
    "read_plan",
    "read_written",
    "readings_record",
    "record",
    "rounded",
    "screen",
    "shown",
    "side_by_side",
    "solve_again",
    "switches_of",
    "told_ahead",
    "unlike",
    "write_data",
    "years_record",
    "years_table",
]

__getattr__ = later(
    "junheng",
    {
        "registry.whole_file": ("place",),
        "studies.against": (
            "Against",
            "ClauseChange",
            "VerdictChange",
            "assess_against",
        ),
        "studies.balance": (
            "BalanceStudy",
            "balance_of",
            "measure_balance",
        ),
        "studies.balance_figures": (
            "BY",
            "BalanceGroup",
            "CityFigure",
            "Grouping",
        ),
        "studies.cells": (
            "Cell",
            "Cells",
        ),
        "studies.certificate": (
            "HELD",
            "Certificate",
            "LineStanding",
        ),
        "studies.class_size": (
            "ClassSizeStudy",
            "PlanReceipt",
            "plan_classes",
        ),
        "studies.compliance": (
            "ComplianceStudy",
            "certify",
            "plan_to_comply",
            "solve_again",
            "told_ahead",
        ),
        "studies.compliance_check": ("check_written",),
        "studies.compliance_file": ("read_written",),
        "studies.compliance_record": (
            "budget_of",
            "read_plan",
            "unlike",
        ),
        "studies.definitions": ("DefinitionChange",),
        "studies.explanation": (
            "IndicatorExplanation",
            "Input",
            "SpreadExplanation",
            "filed_columns",
        ),
        "studies.frontier": (
            "FrontierPoint",
            "ItemDone",
            "items_done",
        ),
        "studies.jumps": ("Jump",),
        "studies.line_explanation": ("LineExplanation",),
        "studies.lineage": (
            "Change",
            "Life",
        ),
        "studies.monitoring": (
            "Study",
            "as_json",
            "assess",
            "switches_of",
            "write_data",
        ),
        "studies.opening": (
            "Opened",
            "explain",
        ),
        "studies.points": (
            "KINDS",
            "Mark",
            "Point",
        ),
        "studies.readings": (
            "Choice",
            "Readings",
            "Robustness",
            "Turn",
            "read_every_way",
        ),
        "studies.receipt": ("Receipt",),
        "studies.rounding": (
            "natural",
            "rounded",
            "shown",
        ),
        "studies.screening": (
            "ScreenStudy",
            "screen",
        ),
        "studies.targets": (
            "TargetStudy",
            "follow_targets",
        ),
        "studies.years": (
            "CountyYears",
            "SchoolYears",
            "Years",
            "by_year",
            "day_of",
            "follow",
            "side_by_side",
        ),
    },
)
"""Solvers, charts of years and the like are loaded by who asks for them; functions named
like their modules cannot be, for the module would take the name."""
