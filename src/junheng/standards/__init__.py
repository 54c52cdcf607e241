"""What is demanded: documents, schemes, clauses and relaxations as dated data."""

from junheng.standards.books import documents, places, scheme, schemes, superiors
from junheng.standards.nouns import Clause, Document, Place, Relaxation, Scheme, Switches
from junheng.standards.standard import Demand, Standard

__all__ = [
    "Clause",
    "Demand",
    "Document",
    "Place",
    "Relaxation",
    "Scheme",
    "Standard",
    "Switches",
    "documents",
    "places",
    "scheme",
    "schemes",
    "superiors",
]
