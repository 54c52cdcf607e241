"""What was measured of a target, when, and by whose word: computed from facts, or declared as progress."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.registry import Facts
from junheng.standards import Policy, listed_name


@dataclass(frozen=True)
class Point:
    """One figure of one target at one place."""

    on: date
    value: Fraction | None
    """In the target's unit; None where it cannot be told (`lacking`), or stands in `parts`."""
    source: str
    detail: str = ""
    """The figure with its numbers, in words."""
    parts: Mapping[str, Fraction] = field(default_factory=dict)
    """Several figures that are compared one by one with those of the previous period."""
    lacking: str = ""
    """Why there is no value."""
    recovery: date | None = None
    """承诺补齐日期, as filed beside it."""
    remark: str = ""

    @property
    def known(self) -> bool:
        return self.value is not None or bool(self.parts)


@dataclass(frozen=True)
class Ignored:
    """A progress row, or a whole snapshot, that takes no part, and why."""

    commitment: str
    place: str
    measured_on: date | None
    reason: str


Progress = dict[tuple[str, str], list[Point]]
"""Points by (code of the target under its reading, place), in order of date."""


def progress_of(several: Iterable[Facts], policy: Policy) -> tuple[Progress, tuple[Ignored, ...]]:
    """The declared progress rows that count on the policy's day, and those that do not.

    The same row in two snapshots counts once; where they differ the later school year is believed.
    """
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for facts in sorted(several, key=lambda f: f.year):
        for row in facts["progress"].iter_rows(named=True):
            rows[row["commitment"], row["place"], row["measured_on"]] = row
    scopes = _scopes(policy)
    found: Progress = {}
    ignored = []
    for row in rows.values():
        reason = _fault(row, scopes, policy)
        if reason:
            ignored.append(Ignored(row["commitment"], row["place"], row["measured_on"], reason))
        else:
            found.setdefault((row["commitment"], row["place"]), []).append(_point(row))
    for points in found.values():
        points.sort(key=lambda point: point.on)
    order = sorted(ignored, key=lambda i: (i.commitment, i.place, str(i.measured_on)))
    return found, tuple(order)


def _scopes(policy: Policy) -> dict[str, tuple[str, str]]:
    """(scope, place that stands for its whole) of every target, those of other readings too."""
    return {
        target.code: (target.scope, policy.whole(promise))
        for promise in policy.promises.values()
        for target in (promise.target, *promise.others)
    }


def _fault(
    row: Mapping[str, Any], scopes: dict[str, tuple[str, str]], policy: Policy
) -> str | None:
    """Why a row does not count."""
    day, code, place = row["measured_on"], row["commitment"], row["place"]
    if code not in scopes:
        return "没有这个目标编号"
    if day is None:
        return "没有统计日期"
    if day > policy.on:
        return f"统计日期晚于 {policy.on}"
    if row["value"] is None:
        return "没有实际数"
    scope, whole = scopes[code]
    if place != whole and not policy.covers(scope, place):
        return f"单位不在范围内（{policy.scope_name(scope)}）"
    return None


def _point(row: Mapping[str, Any]) -> Point:
    return Point(
        on=row["measured_on"],
        value=Fraction(row["value"]),
        source=row["source"] or "来源未写",
        recovery=row["recovery_date"],
        remark=row["remark"] or "",
    )


def place_name(code: str, several: Iterable[Facts] = ()) -> str:
    """Name of a unit: as its own form gives it, else as the unit table does."""
    for facts in several:
        for own, name in facts["county"].select("county_code", "county_name").iter_rows():
            if own == code and name:
                return str(name)
    return listed_name(code)
