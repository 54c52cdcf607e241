"""Work that several assessments of the same facts share: under another reading most stays the same.

A result is known by the very objects that it was made from, which are kept with it, so that no
other object can bear their identity. Nothing is guessed: what is made from other objects is made anew.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from junheng.standards import Standard

T = TypeVar("T")
SCOPE_ROLES = ("scope", "scope_point", "split")
SCOPE_POINTS = ("city-run", "private-schools", "campus", "teaching-points")
COUNTED_BY = ("X1", "X2")
"""Relaxations that change what is counted in the parts."""


class Kept:
    """Results by what they were made from."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[tuple[object, ...], Any]] = {}
        self._known: dict[str, list[Any]] = {}

    def once(
        self, kind: str, made_from: tuple[object, ...], also: Hashable, make: Callable[[], T]
    ) -> T:
        """The result of `make`, made once for the same objects and the same `also`."""
        key = (kind, *map(id, made_from), also)
        if key not in self._made:
            self._made[key] = made_from, make()
        found: T = self._made[key][1]
        return found

    def known(self, kind: str, found: T) -> T:
        """An equal one that was known before, else this one, known from now on."""
        listed = self._known.setdefault(kind, [])
        for earlier in listed:
            if earlier == found:
                same: T = earlier
                return same
        listed.append(found)
        return found


def parts_made_from(standard: Standard) -> tuple[tuple[object, ...], Hashable]:
    """What the building of parts reads of a standard."""
    demands = [standard.role(role) for role in SCOPE_ROLES]
    objects: list[object] = [each for d in demands for each in (d.clause, d.document)]
    objects += [standard.scheme, *(standard.relaxation(code) for code in COUNTED_BY)]
    return tuple(objects), (standard.on, *(standard.reading(code) for code in SCOPE_POINTS))


def resource_made_from(standard: Standard) -> tuple[tuple[object, ...], Hashable]:
    """What the judging of parts and of coefficients of variation reads of a standard."""
    demands = [standard.role(role) for role in standard.scheme.roles]
    demands += [standard.demands[code] for code in standard.indicators]
    demands += standard.variants.values()
    return (standard.scheme, *(demand.clause for demand in demands)), standard.variant
