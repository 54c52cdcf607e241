"""What is demanded: documents, schemes, clauses and relaxations as dated data."""

from junheng.standards.books import documents, read_document, scheme, schemes
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
from junheng.standards.places import places, superiors
from junheng.standards.policy import Policy, Promise
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
    "Policy",
    "Promise",
    "Relaxation",
    "Scheme",
    "ScopeSet",
    "Standard",
    "Switch",
    "Switches",
    "Target",
    "documents",
    "places",
    "read_document",
    "scheme",
    "schemes",
    "superiors",
]
