"""What is promised: the targets of every policy that binds a place on a day, under chosen readings.

The counterpart of `Standard` for dated targets. It judges nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from junheng.errors import DeclarationError, MisuseError
from junheng.freezing import frozen
from junheng.standards.books import documents
from junheng.standards.nouns import Document, Switch
from junheng.standards.places import listed_name, places, superiors
from junheng.standards.promises import Mechanism, Ordered, ScopeSet, Target

T = TypeVar("T", Target, ScopeSet)


@frozen
class Promise:
    """A target in force and the document that says it."""

    target: Target
    document: Document
    others: tuple[Target, ...]
    """The same commitment under the readings not taken; their figures are shown beside it."""

    @property
    def code(self) -> str:
        """Code of the commitment, whichever reading is taken."""
        return self.target.instead_of or self.target.code

    @property
    def citation(self) -> str:
        return f"{self.document.name} {self.target.article}"


@frozen
class Policy:
    """The targets in force at `place` on `on`, by code of the commitment, in the documents' order."""

    place: str
    on: date
    readings: dict[str, str]
    """Option taken for every open point."""
    documents: tuple[Document, ...]
    promises: dict[str, Promise]
    scope_sets: dict[str, ScopeSet]
    open_points: dict[str, tuple[Switch, Document]]

    @classmethod
    def at(cls, place: str, on: date, *, readings: Mapping[str, str] | None = None) -> "Policy":
        """Raises MisuseError where no policy is in force, for an unknown reading, or where two
        chosen readings change one target."""
        bound = superiors(place)
        known = [d for d in documents().values() if d.target and d.place in bound]
        if not known:
            raise MisuseError(f"“{place}”没有登记政策目标。请核对单位代码。")
        found = tuple(d for d in known if d.in_force_on(on))
        if not found:
            raise MisuseError(f"{on} 这一天没有施行中的政策目标。{_begun(known)}")
        points = {s.code: (s, d) for d in found for s in d.switch}
        taken = _taken(points, readings or {})
        promises: dict[str, Promise] = {}
        sets: dict[str, ScopeSet] = {}
        for document in found:
            for code, target in _read(document.target, taken).items():
                others = tuple(t for t in document.target if t is not target and _same(t, code))
                promises[code] = Promise(target, document, others)
            sets |= _read(document.scope_set, taken)
        return cls(place, on, taken, found, promises, sets, points)

    @property
    def ordered(self) -> tuple[tuple[Ordered, Document], ...]:
        return tuple((each, d) for d in self.documents for each in d.ordered)

    @property
    def mechanisms(self) -> tuple[tuple[Mechanism, Document], ...]:
        return tuple((each, d) for d in self.documents for each in d.mechanism)

    def covers(self, scope: str, place: str) -> bool:
        """Whether `place` lies in a scope set (or is the place that the scope names)."""
        named = self.scope_sets.get(scope)
        if named is None:
            return place == scope
        above = superiors(place)
        inside = any(member in above for member in named.members)
        return inside and not any(each in above for each in named.without)

    def whole(self, promise: Promise) -> str:
        """The place whose code stands for the scope as a whole: the policy's own, or the one named."""
        scope = promise.target.scope
        return promise.document.place if scope in self.scope_sets else scope

    def members(self, scope: str) -> tuple[str, ...]:
        """The units of the unit table in a scope, invented ones left out."""
        return tuple(
            place.code
            for place in places().values()
            if self.covers(scope, place.code)
            and place.code not in {d.place for d in self.documents}
            and "演示" not in place.name
        )

    def scope_name(self, scope: str) -> str:
        named = self.scope_sets.get(scope)
        if named is not None:
            return named.name
        return listed_name(scope)


def _begun(known: list[Document]) -> str:
    return "；".join(f"{d.name} 自 {d.in_force} 起施行" for d in known if d.in_force) + "。"


def _same(target: Target, code: str) -> bool:
    return code in (target.code, target.instead_of)


def _taken(points: dict[str, tuple[Switch, Document]], chosen: Mapping[str, str]) -> dict[str, str]:
    for code, option in chosen.items():
        if code not in points:
            raise MisuseError(f"没有名为“{code}”的未决口径。可用：{'、'.join(points) or '无'}。")
        allowed = [each.code for each in points[code][0].option]
        if option not in allowed:
            raise MisuseError(f"口径“{code}”没有“{option}”这个选项。可用：{'、'.join(allowed)}。")
    return {code: chosen.get(code, point.default) for code, (point, _) in points.items()}


def _read(listed: tuple[T, ...], taken: dict[str, str]) -> dict[str, T]:
    """Items by code, those of the readings taken in the place of the default ones."""
    found = {each.code: each for each in listed if not each.reading}
    instead: dict[str, T] = {}
    for each in listed:
        switch, _, option = each.reading.partition("=")
        if not each.reading or taken.get(switch) != option:
            continue
        if each.instead_of not in found:
            raise DeclarationError(
                each.code, "instead_of", f"没有“{each.instead_of}”，或它本身也是一种口径"
            )
        if each.instead_of in instead:
            other = instead[each.instead_of].reading
            raise MisuseError(
                f"口径 {other} 与 {each.reading} 同时改动 {each.instead_of}，请分开查看。"
            )
        instead[each.instead_of] = each
    return found | instead
