"""What kind of county it is: from which levels its schools are drawn, and what is not in order."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

Profile = Literal["mixed", "passing", "narrow"]
Lapse = Literal[
    "sizes", "classes", "rooms", "growth", "training", "certificates", "training_funds", "zones",
    "narrow_rooms", "small_funds", "migrants", "papers", "monitoring", "survey", "rotation",
    "disabled", "money",
]  # fmt: skip
"""A topic that is not in order: oversize schools, classes over 45 and 50, small music rooms, and so on."""
Rate = Literal["rotated", "quota", "migrant_places", "pay", "survey", "difference"]
LAPSES: tuple[Lapse, ...] = Lapse.__args__  # type: ignore[attr-defined]


class Bend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the levels of one topic differ from the usual ones of the profile."""

    times: float = 1.0
    spread: float = 1.0
    tail: float = 1.0
    """Factor of `long_tail`: how far the few schools with wide grounds stand above the rest."""


class Character(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A county's levels and lapses; the three profiles are the plain ones."""

    base: Literal["mixed", "passing"] = "mixed"
    narrow: bool = False
    """Whether the CV of the primary sports area is to miss its limit by a hair."""
    lapses: frozenset[Lapse] = frozenset()
    bends: Mapping[str, Bend] = {}
    """By "primary.L5", or by "L5" for both stages."""
    streams: Mapping[str, float] = {}
    """Stage → factor on the parallel classes of a grade."""

    pace: float = 1.0
    """Factor on the progress that it reports of the policy's commitments."""
    rates: Mapping[Rate, float] = {}
    """Factors on figures of the county's own return, and of the survey."""

    def rate(self, what: Rate) -> float:
        return self.rates.get(what, 1.0)

    def lapsed(self, topic: Lapse) -> bool:
        return topic in self.lapses

    def bend(self, stage: str, what: str) -> Bend:
        return self.bends.get(f"{stage}.{what}") or self.bends.get(what) or PLAIN


PLAIN = Bend()


@cache
def character_of(profile: Profile) -> Character:
    """The plain character of a profile: `mixed` lapses in everything, the others in nothing."""
    if profile == "mixed":
        return Character(lapses=frozenset(LAPSES))
    return Character(base="passing", narrow=profile == "narrow")
