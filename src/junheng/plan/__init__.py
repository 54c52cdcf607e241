"""What to do: one module a question, each with its objective, its bound and its gap."""

from junheng.plan.class_size import ClassSizePlan, Entrants, plan_class_sizes, read_entrants
from junheng.plan.nouns import Action, Effect, Goal, Outlook, Plan, Projection
from junheng.plan.pricing import ITEMS, PriceList, load_prices, parse_prices

__all__ = [
    "ITEMS",
    "Action",
    "ClassSizePlan",
    "Effect",
    "Entrants",
    "Goal",
    "Outlook",
    "Plan",
    "PriceList",
    "Projection",
    "load_prices",
    "parse_prices",
    "plan_class_sizes",
    "read_entrants",
]
