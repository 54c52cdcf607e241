"""A small county that meets all 32 lines and none of the seven vetoes, to change one datum at a time.

P  primary, 1990 pupils, boarding (so outside GV13)     Z  primary, 400 pupils, zoned
J  junior, 400 pupils, zoned                            N  nine-year, 1250 + 1240 pupils, rural
M  primary, 60 pupils, rural (GV6)                      S  special education
V  vocational, with no ordinary class attached
"""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from junheng.registry import Facts, school_columns, table_of, tables
from junheng.schema import Kind
from worked.building import COUNTY, Row, in_facts_units, rows_of, school

Rows = dict[str, list[Row]]
ON = date(2026, 3, 31)
BY_COUNTY = ("GV1", "GV2", "GV8", "GV10", "GV14", "GV15")
BY_SCHOOL = ("QL3", "QL5", "QL6", "QL7", "QL8")
SUBJECTS = ("语文", "数学")
BINS = ("le_25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge_66")


def passing_county() -> Rows:
    """Rows by table, fresh on every call."""
    schools = [
        ordinary("P", "primary", {"primary": 1990}, urban_rural_code="111", boarding_school=True),
        ordinary("Z", "primary", {"primary": 400}, in_zone_enrolment_primary=400),
        ordinary("J", "junior", {"junior": 400}, in_zone_enrolment_junior=400, **cohort(400, 390)),
        ordinary(
            "N", "nine_year", {"primary": 1250, "junior": 1240}, urban_rural_code="220",
            **cohort(400, 392),
        ),
        ordinary("M", "primary", {"primary": 60}, urban_rural_code="220"),
        {"school_code": "S", "school_name": "示例学校S", "school_type": "special"}
        | {"location_unit": COUNTY, "counts_as_school": True, "ownership": "public"},
        {"school_code": "V", "school_name": "示例学校V", "school_type": "vocational"}
        | {"location_unit": COUNTY, "counts_as_school": True, "attached_junior_enrolment": 0},
    ]  # fmt: skip
    return rows_of(
        schools,
        county=[form()],
        evidence=[evidence(code, COUNTY) for code in BY_COUNTY]
        + [evidence(code, each) for code in BY_SCHOOL for each in "PZJNMS"],
        official_results=results(),
        statements=[statement(f"VT{number}") for number in range(1, 8)],
    )


def ordinary(code: str, school_type: str, pupils: dict[str, int], **filed: Any) -> Row:
    """A school well above its limits, with everything that the lines ask."""
    whole = sum(pupils.values())
    weighted = pupils.get("primary", 0) + pupils.get("junior", 0) * 11 // 10 + 1
    return school(
        code,
        school_type,
        pupils,
        **{
            "boarding_school": False,
            "attached_primary_enrolment": 0,
            "multimedia_classrooms": weighted // 25 + 1,
            "teaching_auxiliary_area_m2": weighted * 8,
            "sports_ground_area_m2": weighted * 12,
            "equipment_value_yuan": weighted * 3000,
            "music_rooms_ge_96": whole // 480 + 1,
            "art_rooms_ge_90": whole // 480 + 1,
            "music_rooms_73_96": 0, "music_rooms_61_73": 0, "music_rooms_54_61": 0,
            "art_rooms_67_90": 0, "art_rooms_61_67": 0, "art_rooms_54_61": 0,
            "public_funds_budget_prev_yuan": whole * 1100 + 100_000,
            "public_funds_final_prev_yuan": whole * 1100 + 100_000,
            "training_funds_budget_prev_yuan": whole * 100 + 6000,
            "migrant_children_enrolled": 0,
            "founding_year": 2018,
            "built_by_2010": False, "built_by_2016": False,
            "rural_small_max_class_lt30": False,
            **{k: v for stage, n in pupils.items() for k, v in staff_and_classes(stage, n).items()},
            **filed,
        },
    )  # fmt: skip


def staff_and_classes(stage: str, pupils: int) -> Row:
    """Classes of at most 40 pupils, and teachers above the limits, all trained and certified."""
    classes = -(-pupils // 40)
    counts = dict.fromkeys(BINS, 0) | {"36_40": classes}
    teachers = pupils // 10 + 2
    return {
        f"class_count_{stage}": classes,
        f"max_class_size_{stage}": 40,
        **{f"classes_{name}_{stage}": count for name, count in counts.items()},
        f"teachers_bachelor_{stage}": pupils * 7 // 100 + 1,
        f"key_teachers_county_plus_{stage}": pupils * 2 // 100 + 1,
        f"teachers_pe_{stage}": pupils * 2 // 100 + 1,
        f"full_time_teachers_{stage}": teachers,
        f"teachers_training_360h_{stage}": teachers,
        f"certified_teachers_{stage}": teachers,
    }


def cohort(began: int, left: int) -> Row:
    return {
        "graduates_junior": left,
        "cohort_grade7_enrolment": began,
        "cohort_transfers_in": 0,
        "cohort_transfers_out": 0,
        "cohort_deaths": 0,
    }


def form() -> Row:
    return {
        "county_code": COUNTY, "county_name": "示例县", "filing_year": 2025,
        "fund_standard_primary_yuan": 800, "fund_standard_junior_yuan": 1000,
        "special_ed_funds_total_yuan": 960_000, "special_ed_pupils": 120,
        "teacher_mean_pay_prev_yuan": 102_500, "civil_servant_mean_pay_prev_yuan": 100_800,
        "rotation_eligible": 600, "rotated": 80, "rotated_key": 30,
        "quality_senior_plan": 2000, "quality_senior_quota": 1200, "quality_senior_quota_rural": 540,
        "migrant_eligible": 1000, "migrant_in_public": 700, "migrant_in_bought_private": 200,
        "disabled_school_age": 200, "disabled_enrolled": 196,
    }  # fmt: skip


def evidence(indicator: str, scope: str, **changed: Any) -> Row:
    """A record that counts: reviewed, with a hash, valid."""
    return {
        "indicator": indicator,
        "scope": scope,
        "file_name": f"{indicator}.pdf",
        "title": f"{indicator}材料",
        "issuer": "示例县教育局",
        "issued_on": date(2025, 9, 1),
        "valid_from": date(2025, 9, 1),
        "valid_to": date(2026, 8, 31),
        "sha256": "0" * 64,
        "review": "pass",
    } | changed


def results() -> list[Row]:
    given = {"county_code": COUNTY, "issuer": "示例中心", "published_on": date(2025, 12, 1)}
    monitored = [
        given | {"indicator": "QL9", "item": subject, "level": 4, "difference": "0.1"}
        for subject in SUBJECTS
    ]
    total = {"indicator": "SR1", "item": "合计", "satisfied": 900, "sampled": 1000}
    return [*monitored, given | total]


def statement(item: str, **changed: Any) -> Row:
    return {
        "county_code": COUNTY,
        "item": item,
        "occurred": False,
        "open_cases": 0,
        "signed_by": "示例县人民政府",
        "signed_on": date(2025, 10, 10),
    } | changed


def put(rows: Rows, table: str, key: str, column: str, value: Any) -> None:
    """Change one datum: of the school `key`, or of the row whose key columns joined by | are `key`."""
    if table == "schools" or (tables()[table].per_school and column in school_columns()):
        table = table_of(column).name
    keys = tables()[table].key
    (row,) = (r for r in rows[table] if "|".join(str(r[k]) for k in keys) == key)
    row[column] = in_facts_units(column, value) if column in school_columns() else value


def drop(rows: Rows, table: str, key: str) -> None:
    """Take one row away."""
    keys = tables()[table].key
    kept = [r for r in rows[table] if "|".join(str(r[k]) for k in keys) != key]
    assert len(kept) == len(rows[table]) - 1, f"{table} has one row {key}"
    rows[table] = kept


def facts_of(rows: Rows) -> Facts:
    return Facts.from_rows(_exact(rows), year=2025)


def _exact(rows: Rows) -> Rows:
    """Money and decimals as the facts hold them."""
    found = deepcopy(rows)
    for name in ("county", "official_results"):
        columns = tables()[name].columns()
        for row in found[name]:
            for column, value in row.items():
                if value is not None and columns[column].kind in (Kind.MONEY, Kind.DECIMAL):
                    row[column] = Decimal(str(value))
    return found
