"""A small county that meets all 32 lines and 7 vetoes, far from every limit: rows by table.

What a test wants on a limit it writes over. Four schools: a primary, a junior, a nine-year school
and a special one. Numbers are handmade; the facts are those of filing.md.
"""

from datetime import date
from decimal import Decimal

from worked.building import rows_of, school

PRIMARY, JUNIOR, NINE, SPECIAL = "2141990001", "3141990002", "3141990003", "5141990004"
COUNTY = "410199"
ON = date(2026, 3, 31)
PUPILS = {PRIMARY: {"primary": 500}, JUNIOR: {"junior": 400}, NINE: {"primary": 300, "junior": 200}}
TYPES = {PRIMARY: "primary", JUNIOR: "junior", NINE: "nine_year"}
STAGES = ("primary", "junior")
BINS = ("le_25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge_66")
ROOMS = ("music_rooms_ge_96", "music_rooms_73_96", "music_rooms_61_73", "music_rooms_54_61",
         "art_rooms_ge_90", "art_rooms_67_90", "art_rooms_61_67", "art_rooms_54_61")  # fmt: skip
OF_THE_COUNTY = ("GV1", "GV2", "GV8", "GV10", "GV14", "GV15")
OF_A_SCHOOL = ("QL3", "QL5", "QL6", "QL7", "QL8")
HASH = "0" * 64


def clean_county(pupils=None, types=None):
    """Rows of the whole county, fresh with every call; other pupils and types at will."""
    pupils, types = {**PUPILS, **(pupils or {})}, {**TYPES, **(types or {})}
    schools = [
        school(code, types[code], pupils[code], **_filed(types[code], pupils[code]))
        for code in pupils
    ]
    special = {
        "school_code": SPECIAL, "school_name": "示例特校", "school_type": "special",
        "location_unit": COUNTY, "counts_as_school": True, "ownership": "public",
    }  # fmt: skip
    rows = rows_of(schools)
    rows["schools"].append(special)
    rows["register"].append({c: special.get(c) for c in rows["register"][0]})
    rows["county"] = [form()]
    rows["evidence"] = [record(each, COUNTY) for each in OF_THE_COUNTY]
    rows["evidence"] += [record(q, code) for q in OF_A_SCHOOL for code in (*pupils, SPECIAL)]
    rows["official_results"] = [
        result("QL9", subject, level=4, difference=Decimal("0.1")) for subject in ("数学", "语文")
    ]
    rows["official_results"].append(result("SR1", "合计", satisfied=900, sampled=1000))
    rows["statements"] = [statement(f"VT{number}") for number in range(1, 8)]
    return rows


def _filed(school_type, pupils):
    """Everything that the lines beyond L1–L7 read of one school."""
    filed = {
        "founding_year": 2000, "built_by_2010": True, "built_by_2016": True,
        "rural_small_max_class_lt30": False, "boarding_school": False,
        "migrant_children_enrolled": 10, "managing_unit": COUNTY,
        "computers": 100, "books": 10_000,
        "public_funds_budget_prev_yuan": 5_000_000, "public_funds_final_prev_yuan": 5_000_000,
        "training_funds_budget_prev_yuan": 500_000, **dict.fromkeys(ROOMS, 0),
        "music_rooms": 9, "art_rooms": 9, "music_rooms_ge_96": 9, "art_rooms_ge_90": 9,
    }  # fmt: skip
    for stage in STAGES:
        if stage not in pupils:
            continue
        filed |= {f"classes_{name}_{stage}": 0 for name in BINS}
        filed |= {
            f"class_count_{stage}": 12, f"classes_36_40_{stage}": 12, f"max_class_size_{stage}": 40,
            f"in_zone_enrolment_{stage}": pupils[stage], f"full_time_teachers_{stage}": 40,
            f"certified_teachers_{stage}": 40, f"teachers_training_360h_{stage}": 40,
            f"teachers_intermediate_plus_{stage}": 20,
        }  # fmt: skip
    if "junior" in pupils:
        filed |= {"graduates_junior": 100, "cohort_grade7_enrolment": 100,
                  "cohort_transfers_in": 0, "cohort_transfers_out": 0, "cohort_deaths": 0}  # fmt: skip
    if school_type == "junior":
        filed["attached_primary_enrolment"] = 0
    return filed


def form():
    """The county's own return."""
    return {
        "county_code": COUNTY, "county_name": "示例县", "filing_year": 2025,
        "fund_standard_primary_yuan": Decimal(750), "fund_standard_junior_yuan": Decimal(950),
        "special_ed_funds_total_yuan": Decimal(900_000), "special_ed_pupils": 100,
        "teacher_mean_pay_prev_yuan": Decimal(110_000),
        "civil_servant_mean_pay_prev_yuan": Decimal(100_000),
        "rotation_eligible": 100, "rotated": 40, "rotated_key": 30,
        "quality_senior_plan": 1000, "quality_senior_quota": 800, "quality_senior_quota_rural": 400,
        "migrant_eligible": 1000, "migrant_in_public": 900, "migrant_in_bought_private": 50,
        "disabled_school_age": 200, "disabled_enrolled": 200,
    }  # fmt: skip


def record(indicator, scope, **other):
    """A record of evidence that was reviewed, is hashed, and is valid."""
    return {
        "indicator": indicator, "scope": scope, "file_name": f"{indicator}-{scope}.pdf",
        "title": "材料", "review": "pass", "sha256": HASH,
        "valid_from": date(2025, 9, 1), "valid_to": date(2026, 8, 31), **other,
    }  # fmt: skip


def result(indicator, item, **told):
    blank = dict.fromkeys(("level", "difference", "satisfied", "sampled", "rate_percent"))
    return {
        "county_code": COUNTY, "indicator": indicator, "item": item,
        "published_on": date(2025, 6, 30), **blank, **told,
    }  # fmt: skip


def statement(item, **told):
    return {
        "county_code": COUNTY, "item": item, "occurred": False, "open_cases": 0,
        "signed_by": "示例县人民政府", "signed_on": date(2025, 10, 10), **told,
    }  # fmt: skip


def put(rows, table, key, **values):
    """Write over columns of the rows of `table` in which some value is `key`."""
    for row in rows[table]:
        if key in row.values():
            row.update(values)


def drop(rows, table, key):
    """Take away the rows of `table` in which some value is `key`."""
    rows[table] = [row for row in rows[table] if key not in row.values()]
