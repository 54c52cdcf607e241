"""Figures shaped to pass, planted into clean rows: what the screen is measured against.

Written apart from the screen: it shares neither code nor margins with it, and reads the limits from
the clauses as anyone who shapes figures would. Every kind has three strengths, 3 the boldest.
"""

from junheng.sample.fraud import classes, copying, facilities, people  # noqa: F401  (they enter their kinds)
from junheng.sample.fraud.kinds import FRAUDS, Fraud, Planting, plant_fraud

__all__ = ["FRAUDS", "Fraud", "Planting", "plant_fraud"]
