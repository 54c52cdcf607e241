"""What is demanded: documents, schemes, clauses and relaxations as dated data."""

from typing import TYPE_CHECKING

from junheng.later import later
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
from junheng.standards.places import common_superior, listed_name, places, superiors
from junheng.standards.policy import Policy, Promise
from junheng.standards.promises import Mechanism, Ordered, ScopeSet, Target
from junheng.standards.standard import Standard

if TYPE_CHECKING:
    from junheng.standards.differing import (
        Change,
        Difference,
        difference,
        difference_of_documents,
    )
    from junheng.standards.listing import KINDS, Item, Opened, in_force, place_of, show

__all__ = [
    "KINDS",
    "Area",
    "Change",
    "Clause",
    "Demand",
    "Difference",
    "Document",
    "Item",
    "LineName",
    "Mechanism",
    "Opened",
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
    "common_superior",
    "difference",
    "difference_of_documents",
    "documents",
    "in_force",
    "listed_name",
    "place_of",
    "places",
    "read_document",
    "scheme",
    "schemes",
    "show",
    "superiors",
]

__getattr__ = later(
    __name__,
    {
        "differing": ("Change", "Difference", "difference", "difference_of_documents"),
        "listing": ("KINDS", "Item", "Opened", "in_force", "place_of", "show"),
    },
)
