"""A clean county made by hand: one school of each type, every cell with a plausible address."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from junheng.registry import Entry, Filing, Origin, Record, Source, State, tables
from junheng.registry.layout import FIRST_ROW, FORM_FIRST_ROW, slots

YEAR = 2025
COUNTY = "410199"
FILE = "示例县.xlsx"
DASH, UNCLEAR = "—", "？"
"""不适用, and a cell that the reader could not take as a value."""

PRIMARY, JUNIOR, NINE, COMPLETE, TWELVE, POINT, SPECIAL, ATTACHED = (
    "2141000001", "3141000002", "3141000003", "3441000004",
    "3441000005", "2141000006", "5141000007", "3141000008",
)  # fmt: skip

BINS = ("le_25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge_66")
UPPER = (25, 30, 35, 40, 45, 50, 55, 60, 65, 999)

Rows = dict[str, dict[str, dict[str, Any]]]
"""Table → key → column → value; None is a blank cell."""


def yuan(amount: int | str) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def clean() -> Rows:
    """The rows of the county: nothing to report."""
    rows: Rows = {name: {} for name in tables()}
    rows["county"][COUNTY] = _county()
    schools = (
        (PRIMARY, "primary", "第一小学", "121", {"primary": (2, 45)}),
        (JUNIOR, "junior", "第一中学", "121", {"junior": (2, 48)}),
        (NINE, "nine_year", "实验学校", "111", {"primary": (1, 40), "junior": (1, 44)}),
        (COMPLETE, "complete", "第二中学", "122", {"junior": (1, 47), "senior": (2, 50)}),
        (TWELVE, "twelve_year", "外国语学校", "112",
         {"primary": (1, 42), "junior": (1, 46), "senior": (1, 50)}),
        (POINT, "teaching_point", "河湾教学点", "220", {"primary": (1, 11)}),
        (ATTACHED, "junior", "第三中学", "210", {"primary": (1, 31), "junior": (1, 36)}),
    )  # fmt: skip
    for number, (code, type_, name, settlement, classes) in enumerate(schools):
        add_school(rows, code, type_, "示例县" + name, settlement, classes, founded=1990 + number)
    rows["register"][SPECIAL] = {
        "location_unit": COUNTY,
        "school_code": SPECIAL, "school_name": "示例县特殊教育学校", "school_type": "special",
    }  # fmt: skip
    rows["schools"][SPECIAL] = {
        **rows["register"][SPECIAL], "ownership": "public", "urban_rural_code": "121",
        "location_unit": COUNTY, "managing_unit": COUNTY, "counts_as_school": True,
        "founding_year": 2001,
    }  # fmt: skip
    return rows


def _county() -> dict[str, Any]:
    return {
        "county_name": "示例县", "county_code": COUNTY, "filing_year": YEAR,
        "fund_standard_primary_yuan": yuan(720), "fund_standard_junior_yuan": yuan(940),
        "special_ed_funds_total_yuan": yuan(960000), "special_ed_pupils": 120,
        "teacher_mean_pay_prev_yuan": yuan(102500),
        "civil_servant_mean_pay_prev_yuan": yuan(100800),
        "rotation_eligible": 60, "rotated": 8, "rotated_key": 3,
        "quality_senior_plan": 200, "quality_senior_quota": 120, "quality_senior_quota_rural": 50,
        "migrant_eligible": 60, "migrant_in_public": 40, "migrant_in_bought_private": 5,
        "disabled_school_age": 130, "disabled_enrolled": 128,
        "rotation_rule": "同一学校任教满6年", "rotation_rule_date": date(2016, 9, 1),
        "key_teacher_rule": "县级认定文件", "key_teacher_rule_document": None,
        "general_budget_edu_prev_yuan": yuan(40_000_000),
        "general_budget_edu_prev2_yuan": yuan(39_000_000),
        "enrolled_pupils_prev": 2000, "enrolled_pupils_prev2": 1990,
        "left_behind_children": 30,
        "disabled_special": 120, "disabled_inclusion": 6, "disabled_home": 2,
    }  # fmt: skip


GRADES = {"primary": range(1, 7), "junior": range(7, 10), "senior": range(10, 13)}


def add_school(
    rows: Rows,
    code: str,
    type_: str,
    name: str,
    settlement: str,
    classes: dict[str, tuple[int, int]],
    *,
    founded: int = 1998,
    county: str = COUNTY,
    parent: str | None = None,
) -> None:
    """Enter a school with so many classes of such a size in each grade of its stages."""
    pupils = {s: k * n * len(GRADES[s]) for s, (k, n) in classes.items()}
    compulsory = pupils.get("primary", 0) + pupils.get("junior", 0)
    everyone = sum(pupils.values())
    teachers = {s: 2 + p // 12 for s, p in pupils.items()}
    rooms = sum(k * len(GRADES[s]) for s, (k, _) in classes.items())
    rural = settlement.startswith("2")
    zoned = not rural
    attached = type_ == "junior" and "primary" in classes
    rows["register"][code] = {
        "school_code": code, "school_name": name, "school_type": type_, "location_unit": county,
    }  # fmt: skip
    rows["schools"][code] = {
        **rows["register"][code], "ownership": "public", "urban_rural_code": settlement,
        "location_unit": county, "managing_unit": county, "counts_as_school": parent is None,
        "parent_school_code": parent or DASH, "founding_year": founded, "built_by_2010": True,
        "built_by_2016": True, "dense_urban_core": False,
        "rural_small_50_99": rural and 50 <= compulsory <= 99,
        "rural_small_max_class_lt30": rural and max(n for _, n in classes.values()) < 30,
        "boarding_school": False, "boarders": 0, "lon": Decimal("113.62"),
        "lat": Decimal("34.75"), "crs": "cgcs2000", "group_id": None, "group_role": None,
    }  # fmt: skip
    seats: dict[str, Any] = {
        "enrolment_primary": DASH if attached else pupils.get("primary", DASH),
        "enrolment_junior": pupils.get("junior", DASH),
        "enrolment_senior": pupils.get("senior", DASH),
        "enrolment_kindergarten": 0,
        "attached_primary_enrolment": (pupils["primary"] if attached else 0)
        if type_ == "junior" else DASH,
        "attached_junior_enrolment": DASH,
        "migrant_children_enrolled": compulsory // 20,
        "in_zone_enrolment_primary": pupils["primary"] if zoned and "primary" in classes else DASH,
        "in_zone_enrolment_junior": pupils["junior"] if zoned and "junior" in classes else DASH,
    }  # fmt: skip
    for stage, grades in GRADES.items():
        count, size = classes.get(stage, (0, 0))
        for grade in grades:
            seats[f"enrolment_grade_{grade}"] = count * size if count else DASH
    staff: dict[str, Any] = {
        "full_time_teachers_senior": teachers.get("senior", DASH),
    }
    for stage in ("primary", "junior"):
        count, size = classes.get(stage, (0, 0))
        top = next(i for i, upper in enumerate(UPPER) if size <= upper)
        seats[f"class_count_{stage}"] = count * len(GRADES[stage]) if count else DASH
        seats[f"max_class_size_{stage}"] = size if count else DASH
        for i, name_ in enumerate(BINS):
            filled = count * len(GRADES[stage]) if i == top else 0
            seats[f"classes_{name_}_{stage}"] = filled if count else DASH
        all_, here = teachers.get(stage, 0), stage in classes
        figures = {
            "full_time_teachers": all_, "teachers_bachelor": all_ - 2, "teachers_master": 1,
            "teachers_doctorate": 0, "key_teachers_county_plus": 1 + all_ // 8,
            "certified_teachers": all_, "teachers_training_360h": all_, "teachers_pe": 1,
            "teachers_music": 1, "teachers_fine_arts": 1, "teachers_arts": 0,
            "teachers_at_required_level": None,
        }  # fmt: skip
        if stage == "primary":
            figures["teachers_associate"] = 1
        staff |= {f"{n}_{stage}": v if here else DASH for n, v in figures.items()}
        visiting = None if here and rows["schools"][code]["rural_small_50_99"] else DASH
        for subject in ("pe", "music", "fine_arts", "arts"):
            staff[f"visiting_{subject}_teachers_{stage}"] = visiting
    rows["seats"][code] = {"school_code": code, **seats}
    rows["staffing"][code] = {"school_code": code, **staff}
    rows["facilities"][code] = {
        "school_code": code, "teaching_auxiliary_area_m2": yuan(everyone * 6),
        "indoor_sports_room_area_m2": yuan(200), "gymnasium_area_m2": yuan(200),
        "sports_ground_area_m2": yuan(everyone * 10), "leased_sports_area_m2": DASH,
        "other_campus_sports_area_m2": DASH, "leased_contract_no": DASH, "lease_start": DASH,
        "lease_end": DASH, "walking_minutes": DASH, "equipment_value_yuan": yuan(everyone * 2600),
        "regular_classrooms": rooms + 2, "multimedia_classrooms": rooms + 1,
        "music_rooms": 2, "music_rooms_ge_96": 2, "music_rooms_73_96": 0, "music_rooms_61_73": 0,
        "music_rooms_54_61": 0, "art_rooms": 1, "art_rooms_ge_90": 1, "art_rooms_67_90": 0,
        "art_rooms_61_67": 0, "art_rooms_54_61": 0, "campus_area_m2": yuan(everyone * 30),
        "green_area_m2": yuan(everyone * 8), "building_area_m2": yuan(everyone * 9),
    }  # fmt: skip
    rows["finance"][code] = {
        "school_code": code, "public_funds_budget_prev_yuan": yuan(max(compulsory, 100) * 950),
        "public_funds_final_prev_yuan": yuan(max(compulsory, 100) * 940),
        "training_funds_budget_prev_yuan": yuan(max(compulsory, 100) * 50),
    }  # fmt: skip
    if "junior" in classes:
        cohort = classes["junior"][0] * classes["junior"][1]
        figures = {
            "graduates_junior": cohort, "cohort_grade7_enrolment": cohort,
            "cohort_transfers_in": 2, "cohort_transfers_out": 2, "cohort_deaths": 0,
        }  # fmt: skip
        rows["quality"][code] = {"school_code": code, **figures}


def address(table: str, row: int, column: str) -> str:
    """The cell in which a column of a record stands on its sheet."""
    if tables()[table].form:
        item = list(tables()[table].columns()).index(column)
        return f"{get_column_letter(4 + row)}{FORM_FIRST_ROW + item}"
    place = [slot.code for slot in slots(table)].index(column)
    return f"{get_column_letter(place + 1)}{FIRST_ROW + row}"


def entry(value: Any, origin: Origin, explanation: str | None = None) -> Entry:
    if isinstance(value, str) and value in (DASH, UNCLEAR):
        state = State.NOT_APPLICABLE if value == DASH else State.UNCLEAR
        return Entry(state, None, origin, explanation)
    state = State.BLANK if value is None else State.FILED
    return Entry(state, value, origin, explanation)


Explained = dict[tuple[str, str, str], str]
"""(table, key, column) → text of the 异常说明 beside it."""


def records(rows: Rows, explained: Explained | None = None, file: str = FILE) -> list[Record]:
    found = []
    for name, table in tables().items():
        for number, (key, values) in enumerate(rows[name].items()):
            cells = {
                column: entry(
                    values.get(column),
                    Origin(file, table.label, address(name, number, column)),
                    (explained or {}).get((name, key, column)),
                )
                for column in table.columns()
            }
            names = tuple(str(values.get(each, "")) for each in table.key)
            found.append(Record(name, names, cells, cells[table.key[0]].origin))
    return found


def filing(rows: Rows, explained: Explained | None = None) -> Filing:
    return Filing(tuple(records(rows, explained)), (), (Source(FILE, "0" * 64, 1),), "1-test")


Change = Callable[[Rows], object]


def changed(*changes: Change) -> Rows:
    rows = clean()
    for change in changes:
        change(rows)
    return rows


def put(table: str, key: str, **values: Any) -> Change:
    """A change that writes values over a row."""
    return lambda rows: rows[table][key].update(values)
