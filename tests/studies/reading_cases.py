"""For every option of every open point one small county in which it flips a verdict, built by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from worked.building import COUNTY, Row, rows_of, school

from junheng.registry import Facts, Snapshot

CITY = "410100"
Key = tuple[str, ...]
"""Kind, code, school, stage of the point that flips."""


@dataclass(frozen=True)
class Case:
    """A county, the point that the option flips there, from what to what."""

    schools: tuple[Row, ...]
    key: Key
    was: str
    becomes: str
    county: tuple[tuple[str, Any], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    """(relaxation, school) of records that count."""
    dense: bool = False

    @property
    def snapshot(self) -> Snapshot:
        form = {"county_code": COUNTY, "county_name": "示例县", **dict(self.county)}
        tables = rows_of(
            list(self.schools),
            county=[form],
            evidence=[_record(*each) for each in self.evidence],
            dense_areas=[{"county_code": COUNTY, "area_name": "示例街道"}] if self.dense else [],
        )
        return Snapshot(Path("seals/x"), Facts.from_rows(tables, year=2025), {})


def _record(indicator: str, scope: str) -> Row:
    return {
        "indicator": indicator,
        "scope": scope,
        "file_name": "竣工验收.pdf",
        "title": "竣工验收",
        "valid_from": date(2020, 1, 1),
        "sha256": "a" * 64,
        "review": "pass",
    }


def primary(code: str, pupils: int = 1000, **filed: Any) -> Row:
    return school(code, "primary", {"primary": pupils}, **filed)


def junior(code: str, pupils: int = 100, **filed: Any) -> Row:
    zoned = {"boarding_school": False, "attached_primary_enrolment": 0}
    return school(code, "junior", {"junior": pupils}, **(zoned | filed))


def _t5() -> tuple[Row, ...]:
    """T5 of standards.md §4 as sports areas: weighted 0.515, plain 0.489, pooled and plain 0.464."""
    sizes, areas = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    pairs = zip(sizes, areas, strict=True)
    return tuple(primary(f"S{i}", p, sports_ground_area_m2=x) for i, (p, x) in enumerate(pairs))


def _one_rich(**filed: Any) -> tuple[Row, ...]:
    """Two like schools, and one with fifty times their sports area that may not count."""
    return primary("A"), primary("B"), primary("C", sports_ground_area_m2=2_000_000, **filed)


def _two_zoned(urban: int, town: int) -> tuple[Row, ...]:
    """100 junior pupils each in 城区 and 镇区, so many of them from within the zone."""
    return (
        junior("U", urban_rural_code="111", in_zone_enrolment_junior=urban),
        junior("V", urban_rural_code="121", in_zone_enrolment_junior=town),
    )


def _rooms(**filed: Any) -> tuple[Row, ...]:
    """Twelve classes and no room of full size."""
    none = {
        f"{kind}_rooms_{size}": 0
        for kind, sizes in (
            ("music", ("ge_96", "73_96", "61_73", "54_61")),
            ("art", ("ge_90", "67_90", "61_67", "54_61")),
        )
        for size in sizes
    }
    return (primary("A", class_count_primary=12, **(none | filed)),)


SPREAD = ("spread", "L5", "", "primary")
MONEY = Decimal("0.01")
CASES: dict[str, Case] = {
    "cv-variant=unweighted_pop": Case(_t5(), SPREAD, "未达标", "达标"),
    "cv-variant=pooled_unweighted": Case(_t5(), SPREAD, "未达标", "达标"),
    "cv-variant=unweighted_sample": Case(
        (primary("A", sports_ground_area_m2=14_500), primary("B", sports_ground_area_m2=5_500)),
        SPREAD,
        "达标",
        "未达标",
    ),
    "city-run=managing": Case(_one_rich(managing_unit=CITY), SPREAD, "未达标", "达标"),
    "city-run=out": Case(_one_rich(managing_unit=CITY), SPREAD, "未达标", "达标"),
    "private-schools=out": Case(_one_rich(ownership="private"), SPREAD, "未达标", "达标"),
    "campus=school": Case(
        (
            school("N", "nine_year", {"primary": 500, "junior": 500}),
            primary(
                "K",
                5000,
                counts_as_school=False,
                parent_school_code="N",
                teaching_auxiliary_area_m2=0,
                sports_ground_area_m2=0,
            ),
        ),
        ("part", "", "N", "primary"),
        "未达标",
        "达标",
    ),
    "teaching-points=in": Case(
        (
            primary("A"),
            school("T", "teaching_point", {"primary": 30}, sports_ground_area_m2=60_000),
        ),
        SPREAD,
        "达标",
        "未达标",
    ),
    "fund-standard=2023": Case(
        (primary("A"), junior("B")),
        ("line", "GV2"),
        "缺数据",
        "未达标",
        county=(
            ("fund_standard_primary_yuan", 700 + MONEY),
            ("fund_standard_junior_yuan", 900 + MONEY),
        ),
    ),
    "music-art-rooms=sum": Case(
        _rooms(music_rooms_ge_96=1), ("school", "GV3", "A"), "未达标", "达标"
    ),
    "special-funds=7000": Case(
        (school("S", "special"),),
        ("line", "GV7"),
        "达标",
        "未达标",
        county=(("special_ed_funds_total_yuan", 650_000 + MONEY), ("special_ed_pupils", 100)),
    ),
    "special-funds=8000": Case(
        (school("S", "special"),),
        ("line", "GV7"),
        "达标",
        "未达标",
        county=(("special_ed_funds_total_yuan", 750_000 + MONEY), ("special_ed_pupils", 100)),
    ),
    "key-teacher-base=eligible": Case(
        (primary("A"),),
        ("line", "GV11"),
        "达标",
        "未达标",
        county=(("rotation_eligible", 500), ("rotated", 100), ("rotated_key", 25)),
    ),
    "zoned-enrolment=every": Case(_two_zoned(100, 92), ("line", "GV13"), "达标", "未达标"),
    "zoned-enrolment=urban": Case(_two_zoned(93, 100), ("line", "GV13"), "达标", "未达标"),
    "inclusion-rate=97": Case(
        (primary("A"),),
        ("line", "QL2"),
        "达标",
        "未达标",
        county=(("disabled_school_age", 100), ("disabled_enrolled", 96)),
    ),
    "training-fund-base=final": Case(
        (
            primary(
                "A",
                public_funds_budget_prev_yuan=1000,
                public_funds_final_prev_yuan=1100,
                training_funds_budget_prev_yuan=50,
            ),
        ),
        ("school", "QL4", "A"),
        "达标",
        "未达标",
    ),
    "x1=on": Case(
        (
            primary(
                "A",
                60,
                urban_rural_code="220",
                rural_small_50_99=True,
                teachers_pe_primary=0,
                visiting_pe_teachers_primary=1,
            ),
        ),
        ("part", "", "A", "primary"),
        "未达标",
        "达标",
        evidence=(("X1", "A"),),
    ),
    "x2=on": Case(
        (
            primary(
                "A",
                urban_rural_code="111",
                dense_urban_core=True,
                sports_ground_area_m2=6000,
                other_campus_sports_area_m2=1500,
            ),
        ),
        ("part", "", "A", "primary"),
        "未达标",
        "达标",
        evidence=(("X2", "A"),),
        dense=True,
    ),
    "x3=on": Case(
        _rooms(built_by_2016=True, founding_year=2016, music_rooms_73_96=1, art_rooms_67_90=1),
        ("school", "GV3", "A"),
        "未达标",
        "达标",
        evidence=(("X3", "A"),),
    ),
    "x4=on": Case(
        _rooms(
            rural_small_max_class_lt30=True,
            urban_rural_code="220",
            max_class_size_primary=29,
            music_rooms_54_61=1,
            art_rooms_54_61=1,
        ),
        ("school", "GV3", "A"),
        "未达标",
        "达标",
        evidence=(("X4", "A"),),
    ),
    "x5=on": Case(
        (primary("A", 2400, built_by_2010=True, founding_year=2010),),
        ("school", "GV4", "A"),
        "未达标",
        "达标",
        evidence=(("X5", "A"),),
    ),
    "x6=on": Case(
        (primary("A", 2400, migrant_children_enrolled=1201),),
        ("school", "GV4", "A"),
        "未达标",
        "达标",
        evidence=(("X6", "A"),),
    ),
}
"""`switch=option` → the county in which it flips a verdict."""
