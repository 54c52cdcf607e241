"""What is demanded: documents, schemes, clauses and relaxations as dated data."""

from junheng.standards.books import documents, places, scheme, schemes, superiors
from junheng.standards.choosing import Demand
from junheng.standards.nouns import (
    Area,
    Clause,
    Document,
    LineName,
    Option,
    Place,
    Relaxation,
    Scheme,
    Switch,
    Switches,
)
from junheng.standards.promises import Mechanism, Ordered, ScopeSet, Target
from junheng.standards.standard import Standard

__all__ = [
    "Area",
    "Clause",
    "Demand",
    "Document",
    "LineName",
    "Mechanism",
    "Option",
    "Ordered",
    "Place",
    "Relaxation",
    "Scheme",
    "ScopeSet",
    "Standard",
    "Switch",
    "Switches",
    "Target",
    "documents",
    "places",
    "scheme",
    "schemes",
    "superiors",
]
