"""Long lists of places in a sentence: the first of them, and how many there are."""

from collections.abc import Sequence

SHOWN = 20


def cut_short(places: Sequence[str]) -> str:
    """At most the first twenty, and 等N处 where there are more."""
    more = f"；等{len(places)}处" if len(places) > SHOWN else ""
    return "；".join(places[:SHOWN]) + more


__all__ = ["cut_short"]
