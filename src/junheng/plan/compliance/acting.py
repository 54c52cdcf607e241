"""Everything that can be done at the schools of some counties, and what a unit of it does to a value.

No formula stands here. A slope is what the indicator says with one unit more, less what it says
without: with pupils fixed the indicators are linear in everything that can be done. The ways are the
same in every year; what they do to a value is worked out year by year.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from junheng.indicators import FiledSchool, Indicator
from junheng.indicators.columns import HUNDREDTHS, STAGES_JUDGED, part_columns
from junheng.plan.compliance.problem import Cap
from junheng.plan.compliance.ways import Way, draw_on_others, in_its_rooms, others, ways_of
from junheng.plan.pricing import PriceList
from junheng.registry import school_columns
from junheng.schema import Stage


@dataclass(frozen=True)
class Site:
    """A school and the row of it that an action is entered in."""

    code: str
    name: str
    county: str


class Acting:
    """Ways to act by place, collected over the years; and the limits that the returns set them."""

    def __init__(self, prices: PriceList) -> None:
        self.prices = prices
        self.ways: list[tuple[Site, Way]] = []
        self.caps: list[Cap] = []
        self.mains: dict[str, str] = {}
        """Return → the school that it is counted with, in the first year in which it is there."""
        self._places: dict[tuple[str, str, str], int] = {}
        self._staffed: set[tuple[str, Stage]] = set()
        self._by_code: dict[str, list[int]] = {}

    def enter(self, school: FiledSchool, county: str, more: Sequence[Way]) -> None:
        """What can be done at a school that is there in some year."""
        stages = tuple(s for s in STAGES_JUDGED if s in school.row["stages"] and school.pupils(s))
        ways = ways_of(school.row, school.members, stages, self.prices, pools=county)
        for member in school.members:
            self.mains.setdefault(str(member["school_code"]), school.code)
        held = []
        for at, way in (*ways, *((None, each) for each in more)):
            row = _owner(school.members if at is None else (at,), way)
            if row is not None:
                name = school.name if at is None else row["school_name"]
                site = Site(str(row["school_code"]), name, county)
                held.append(self._placed(site, in_its_rooms(row, way)))
        for member in school.members:
            for stage in stages:
                if (member["school_code"], stage) not in self._staffed:
                    self._staffed.add((member["school_code"], stage))
                    self.caps += self._staff(member, stage, held)

    def _placed(self, site: Site, way: Way) -> int:
        place = self._places.setdefault((site.code, way.item, way.label), len(self.ways))
        if place == len(self.ways):
            self.ways.append((site, way))
            self._by_code.setdefault(site.code, []).append(place)
        return place

    def _staff(self, row: Mapping[str, Any], stage: Stage, levers: Sequence[int]) -> Iterator[Cap]:
        """Nobody is trained as a key teacher here and teaches elsewhere as one who is none."""
        held = [
            i for i in levers for site, way in (self.ways[i],)
            if site.code == row["school_code"] and way.stage is stage and draw_on_others(way)
        ]  # fmt: skip
        there = others(row, stage)
        if sum(self.ways[i][1].most or 0 for i in held) > there:
            name = f"{row['school_name']}{stage.label}培养骨干和调出的教师最多{there}人（在校的非骨干教师）"  # fmt: skip
            yield Cap(name, dict.fromkeys(held, Fraction(1)), Fraction(there))

    def at(self, school: FiledSchool) -> list[int]:
        """The ways that change a row of this school, in whichever year they began."""
        codes = sorted(str(member["school_code"]) for member in school.members)
        return sorted(place for code in codes for place in self._by_code.get(code, ()))


def _owner(members: Sequence[Mapping[str, Any]], way: Way) -> Mapping[str, Any] | None:
    """The row of the school, its own before those merged into it, that filed what the way changes and
    what must stand beside it."""
    asked = (*way.columns, *way.beside)
    return next((row for row in members if all(row[column] is not None for column in asked)), None)


def part_slopes(
    each: Indicator, row: Mapping[str, Any], stage: Stage, ways: Mapping[int, Way]
) -> tuple[Fraction, dict[int, Fraction]]:
    """The indicator of a part, and what one unit of each way adds to it."""
    base = each.value_of(row)
    assert base is not None, "counties with missing values were refused"
    slopes = {}
    for place, way in ways.items():
        added = each.value_of(_with(row, way, stage))
        assert added is not None, "one unit more of a known value is known"
        if added != base:
            slopes[place] = added - base
    return base, slopes


def _with(row: Mapping[str, Any], way: Way, stage: Stage) -> dict[str, Any]:
    """The row of a part with one unit of the way done."""
    changed = dict(row)
    for column, amount in way.counts.items():
        own = column.removesuffix(f"_{stage}")
        name = own if own in changed else column
        if name in changed and changed[name] is not None:
            hundredths = part_columns()[name].kind in HUNDREDTHS
            changed[name] += amount * 100 if hundredths else amount
    return changed


def changed_by(school: FiledSchool, way: Way) -> FiledSchool:
    """The school with one unit of the way done."""
    row = dict(school.row)
    for column, amount in way.counts.items():
        if column in school_columns() and row[column] is not None:
            row[column] += amount
    return replace(school, row=row)


__all__ = ["STAGES_JUDGED", "Acting", "Site", "changed_by", "part_slopes"]
