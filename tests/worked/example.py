"""The form of a worked example, and how it is run through the engine."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from junheng.diagnosis import Assessment, CountyVerdict, assess_facts
from junheng.registry import NOT_APPLICABLE, Facts, table_of
from junheng.standards import Switches
from worked.building import COUNTY, rows_of, school
from worked.whole_county import evidence

FOLDER = Path(__file__).parent
Exact = str
"""A number as text: "4.2", "117/2"."""


class School(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    code: str
    type: str
    pupils: dict[str, int] = {}
    filed: dict[str, Any] = {}
    """Columns of the facts; what is not written is ample."""
    blank: tuple[str, ...] = ()
    """Columns that were not filed."""
    dash: tuple[str, ...] = ()
    """Columns filed as — (不适用)."""


class ExpectedPart(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    school: str
    stage: str
    value: dict[str, Exact] = {}
    amount: dict[str, Exact] = {}
    """Share of the whole school's resource, rounded to as many places as are written."""
    verdicts: dict[str, str] = {}
    gap: dict[str, Exact] = {}
    """To the limit, whole school, natural units."""
    floor_gap: dict[str, Exact] = {}
    met: int | None = None
    verdict: str = ""


class ExpectedSpread(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    stage: str
    indicator: str
    variant: str = "weighted"
    verdict: str
    cv: Exact = ""
    """Rounded to as many places as are written; "" = undefined."""
    mean: Exact = ""
    deviation: Exact = ""
    shares: dict[str, Exact] = {}
    one_school: bool = False
    missing: tuple[str, ...] = ()


class ExpectedCounty(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    verdict: str
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Expected(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    part: tuple[ExpectedPart, ...] = ()
    parts: tuple[str, ...] = ()
    """Every part of the county as "code stage", where the file says who is measured."""
    spread: tuple[ExpectedSpread, ...] = ()
    whole: dict[str, dict[str, Exact]] = {}
    """School → indicator → what the amounts of its parts add up to, exactly."""
    county: ExpectedCounty | None = None


class Example(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    title: str
    vectors: tuple[str, ...] = ()
    """Test vectors of standards.md that the file holds: T1 … T18."""
    indicators: tuple[str, ...] = ()
    """Indicators of which the file is a worked example from filed columns to value."""
    worked_by: str
    source: str
    on: date
    relaxations: tuple[str, ...] = ()
    certified: bool = False
    """The county has a certified over-dense centre (X2)."""
    proof: dict[str, dict[str, Any]] = {}
    """"X1 A" → what its record of evidence says otherwise than one that counts."""
    school: tuple[School, ...] = ()
    unfiled: tuple[School, ...] = ()
    """On the register, without a return."""
    expected: Expected

    def facts(self) -> Facts:
        filed = [school(s.code, s.type, s.pupils, **self._filed(s)) for s in self.school]
        absent = [
            {"school_code": s.code, "school_name": s.code, "location_unit": COUNTY}
            | {"school_type": s.type}
            for s in self.unfiled
        ]
        dense = [{"county_code": COUNTY, "area_name": "示例街道"}] if self.certified else []
        marks = [
            (table_of(column).name, s.code, column, NOT_APPLICABLE, "")
            for s in self.school
            for column in s.dash
        ]
        proof = [evidence(*about.split(), **other) for about, other in self.proof.items()]
        rows = rows_of(filed, register=absent, dense_areas=dense, evidence=proof)
        return Facts.from_rows(rows, marks, year=2025)

    def _filed(self, each: School) -> dict[str, Any]:
        return each.filed | dict.fromkeys((*each.blank, *each.dash))

    def assessed(self, variant: str = "weighted") -> Assessment:
        switches = Switches(variant=variant, relaxations=self.relaxations)
        return assess_facts(self.facts(), on=self.on, switches=switches)

    def county(self, variant: str = "weighted") -> CountyVerdict:
        (county,) = self.assessed(variant).counties
        return county


def examples() -> dict[str, Example]:
    """Every worked example by the name of its file."""
    return {
        path.stem: msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Example)
        for path in sorted(FOLDER.glob("*.toml"))
    }


def rounded_as(value: Fraction | float, text: Exact) -> Fraction:
    """A value rounded to as many places as the expected text has."""
    return round(Fraction(value), len(text.partition(".")[2]))
