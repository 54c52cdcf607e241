"""For every check one mistake that it, and it alone, must name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from registry.county_of_eight import (
    ATTACHED,
    COMPLETE,
    COUNTY,
    DASH,
    JUNIOR,
    NINE,
    POINT,
    PRIMARY,
    SPECIAL,
    YEAR,
    Change,
    Explained,
    Rows,
    add_school,
    changed,
    filing,
    put,
    records,
    yuan,
)
from registry.papers import (
    CONTENT,
    VETOES,
    divided,
    lineage,
    moved_up,
    plan,
    progress,
    signed,
    survey,
)

from junheng.registry import Facts, Filing, Report, check
from junheng.registry.catalogue import tables

OTHER = "410198"


@dataclass(frozen=True)
class Mistake:
    """A change of the clean county, and the codes that answer it."""

    code: str
    changes: tuple[Change, ...]
    last: tuple[Change, ...] | None = None
    """Changes of the facts of an earlier year; None: no such facts."""
    last_year: int = YEAR - 1
    also: frozenset[str] = frozenset()
    """Other codes that cannot but fire as well."""
    then: Callable[[Filing], Filing] = lambda it: it
    files: dict[str, bytes] | None = None
    """The evidence files by name; None: no folder was given."""

    def report(self) -> Report:
        return self.check(self.filing())

    def filing(self, explained: Explained | None = None) -> Filing:
        return self.then(filing(changed(*self.changes), explained))

    def check(self, filed: Filing) -> Report:
        last = None if self.last is None else facts(*self.last, year=self.last_year)
        if self.files is None:
            return check(filed, year=YEAR, last=last)
        with TemporaryDirectory() as folder:
            for name, content in self.files.items():
                Path(folder, name).parent.mkdir(exist_ok=True)
                Path(folder, name).write_bytes(content)
            return check(filed, year=YEAR, last=last, evidence=Path(folder))


def facts(*changes: Change, year: int) -> Facts:
    return Facts.of(records(changed(*changes)), year=year)


def drop(code: str, *names: str) -> Change:
    """A change that takes a school's rows out of these tables."""

    def change(rows: Rows) -> None:
        for name in names:
            del rows[name][code]

    return change


SCHOOL_TABLES = tuple(name for name, table in tables().items() if table.per_school)


def gone(code: str) -> Change:
    return lambda rows: [rows[name].pop(code, None) for name in SCHOOL_TABLES]


def recoded(old: str, new: str) -> Change:
    def change(rows: Rows) -> None:
        for name in ("register", *SCHOOL_TABLES):
            if old in rows[name]:
                rows[name][new] = {**rows[name].pop(old), "school_code": new}

    return change


def entered(table: str, key: str, **values: Any) -> Change:
    return lambda rows: rows[table].update({key: dict(values)})


def shifted(table: str, key: str, column: str, by: int) -> Change:
    return lambda rows: rows[table][key].update({column: rows[table][key][column] + by})


def child(code: str, parent: str) -> Change:
    return put("schools", code, counts_as_school=False, parent_school_code=parent)


def dense(rows: Rows) -> None:
    """The school in the city core rents a hall, everything in order."""
    rows["schools"][NINE]["dense_urban_core"] = True
    rows["dense_areas"][f"{COUNTY}|示例街道"] = {
        "county_code": COUNTY, "area_name": "示例街道", "certified_by": "示例市教育局",
        "certified_on": date(2025, 3, 1), "document": "认定文件.pdf",
    }  # fmt: skip
    rows["facilities"][NINE] |= {
        "leased_sports_area_m2": yuan(800), "other_campus_sports_area_m2": yuan(0),
        "leased_contract_no": "示例2025-1", "lease_start": date(2025, 1, 1),
        "lease_end": date(2026, 12, 31), "walking_minutes": 10,
    }  # fmt: skip


def second_county(rows: Rows) -> None:
    """The primary school lies in another county, which files as well."""
    rows["county"][OTHER] = {
        **rows["county"][COUNTY], "county_code": OTHER, "county_name": "邻县",
        "rotation_eligible": 10, "rotated": 2, "rotated_key": 1, "migrant_in_public": 10,
        "special_ed_funds_total_yuan": DASH, "special_ed_pupils": DASH,
    }  # fmt: skip
    for table in ("register", "schools"):
        rows[table][PRIMARY]["location_unit"] = OTHER


def vocational(rows: Rows) -> None:
    code = "3641000009"
    add_school(rows, code, "vocational", "示例县职业学校", "121", {"junior": (1, 40)})
    pupils = rows["seats"][code]["enrolment_junior"]
    rows["seats"][code] |= {
        "enrolment_junior": DASH, "attached_junior_enrolment": pupils,
        "in_zone_enrolment_junior": DASH,
    }  # fmt: skip
    del rows["quality"][code]


def no_juniors(rows: Rows) -> None:
    """The nine-year school has not yet admitted a grade 7."""
    seats = rows["seats"][NINE]
    for column in seats:
        if column.endswith("_junior") or column in {f"enrolment_grade_{g}" for g in (7, 8, 9)}:
            seats[column] = DASH if "attached" in column else 0


def no_key_teachers(rows: Rows) -> None:
    for row in rows["staffing"].values():
        for column in ("key_teachers_county_plus_primary", "key_teachers_county_plus_junior"):
            row[column] = DASH if row[column] == DASH else 0


def no_moves_out(rows: Rows) -> None:
    for row in rows["quality"].values():
        row["cohort_transfers_out"] = 0


def class_list(rows: Rows) -> None:
    """The primary school with classes of 43 lists them all."""
    add_school(rows, PRIMARY, "primary", "示例县第一小学", "121", {"primary": (2, 43)})
    for grade in range(1, 7):
        for number in ("1", "2"):
            listed_class(rows, PRIMARY, grade, number, "primary", 43)


def listed_class(rows: Rows, code: str, grade: int, number: str, stage: str, pupils: int) -> None:
    rows["classes"][f"{code}|{grade}|{number}"] = {
        "school_code": code, "grade": grade, "class_no": number, "stage": stage, "pupils": pupils,
    }  # fmt: skip


def room(number: str, type_: str, area: int, *, networked: bool = False) -> Change:
    return entered(
        "rooms", f"{PRIMARY}|{number}", school_code=PRIMARY, room_no=number, room_type=type_,
        area_m2=yuan(area), built_year=2012, networked=networked,
    )  # fmt: skip


def classrooms(networked: int) -> list[Change]:
    return [room(f"A{n}", "regular", 60, networked=n < networked) for n in range(14)]


def campus(name: str, pupils: int = 270, area: int = 1620) -> Change:
    return entered(
        "campuses", f"{PRIMARY}|{name}", school_code=PRIMARY, campus_name=name,
        address="示例路1号", stage="primary", pupils=pupils,
        teaching_auxiliary_area_m2=yuan(area), sports_ground_area_m2=yuan(2700),
        equipment_value_yuan=yuan(702_000),
    )  # fmt: skip


def correction(field: str, corrected: str) -> Change:
    return entered(
        "corrections", f"{PRIMARY}|{field}", school_code=PRIMARY, field=field,
        official_value="30", corrected_value=corrected, reason="新装", document="验收单.pdf",
    )  # fmt: skip


def twice(filed: Filing) -> Filing:
    """The first row of 经费 stands on the sheet a second time."""
    row = next(r for r in filed.records if r.table == "finance")
    later = replace(row, origin=replace(row.origin, cell="A99"))
    return replace(filed, records=(*filed.records, later))


UNEVEN = put("seats", PRIMARY, enrolment_grade_1=91, enrolment_grade_2=89, enrolment_grade_3=90)
"""The sum is what it was."""
SEATS, STAFF, SITE, MONEY = "seats", "staffing", "facilities", "finance"
PUPILS, TEACHERS = 540, 47
"""Of the primary school."""


def m(code: str, *changes: Change, **more: Any) -> Mistake:
    return Mistake(code, changes, **more)


def county(**values: Any) -> Change:
    return put("county", COUNTY, **values)


def site(**values: Any) -> Change:
    return put(SITE, PRIMARY, **values)


MISTAKES = (
    m("S51", put(SEATS, PRIMARY, max_class_size_primary=None)),
    m("S52", put(STAFF, PRIMARY, teachers_pe_junior=3)),
    m("S53", drop(PRIMARY, MONEY)),
    m("S54", entered(MONEY, "2141000099", school_code="2141000099")),
    m("S55", lambda rows: rows["county"].clear()),
    m("S56", county(filing_year=YEAR - 1)),
    m("S57", then=twice),
    m("S58", put("schools", PRIMARY, boarders=DASH)),
    m("K1.1", site(equipment_value_yuan=yuan(PUPILS * 2600 * 10_000))),
    m("K1.2", site(equipment_value_yuan=yuan(PUPILS * 60))),
    m("K1.3", last=(site(equipment_value_yuan=yuan(PUPILS * 2600 + 1)),)),
    m("K2.1", site(indoor_sports_room_area_m2=yuan(5000))),
    m("K2.2", site(gymnasium_area_m2=yuan(0))),
    m("K2.3", site(gymnasium_area_m2=yuan(300))),
    m("K3.1", put("schools", PRIMARY, parent_school_code=JUNIOR)),
    m("K3.2", child(POINT, POINT)),
    m("K3.3", child(POINT, "2141000099")),
    m("K3.4", child(PRIMARY, JUNIOR), child(POINT, PRIMARY)),
    m("K3.5", second_county, child(POINT, PRIMARY)),
    m("K3.6", child(POINT, PRIMARY), campus("本部"), campus("示例县河湾教学点")),
    m("K4.1", put(SEATS, COMPLETE, enrolment_senior=0, enrolment_grade_10=0,
                  enrolment_grade_11=0, enrolment_grade_12=0)),
    m("K4.2", no_juniors),
    m("K4.3", vocational),
    m("K5.1", shifted(STAFF, PRIMARY, "teachers_bachelor_primary", 10)),
    m("K5.2", shifted(STAFF, JUNIOR, "teachers_bachelor_junior", 10)),
    m("K5.3", put(STAFF, PRIMARY, teachers_at_required_level_primary=5)),
    m("K5.4", put(STAFF, JUNIOR, teachers_at_required_level_junior=5)),
    m("K5.5", shifted(STAFF, PRIMARY, "teachers_bachelor_primary", -5),
      put(STAFF, PRIMARY, teachers_at_required_level_primary=1)),
    m("K5.6", put(STAFF, JUNIOR, teachers_at_required_level_junior=0)),
    m("K6.1", put(STAFF, PRIMARY, visiting_pe_teachers_primary=1)),
    m("K6.2", put("schools", POINT, rural_small_50_99=False)),
    m("K7.1", site(leased_sports_area_m2=yuan(100))),
    m("K7.2", dense, put(SITE, NINE, leased_contract_no=None)),
    m("K7.3", dense, put("schools", PRIMARY, dense_urban_core=True)),
    m("K7.4", put("schools", NINE, dense_urban_core=True)),
    m("K7.5", dense, put(SITE, NINE, lease_end=date(2025, 8, 31))),
    m("K7.6", dense, put(SITE, NINE, walking_minutes=11)),
    m("K8.1", put(STAFF, PRIMARY, key_teachers_county_plus_primary=TEACHERS + 1)),
    m("K8.2", put(STAFF, PRIMARY, teachers_pe_primary=TEACHERS)),
    m("K8.3", put(STAFF, PRIMARY, teachers_arts_primary=2)),
    m("K9.1", put(SEATS, PRIMARY, class_count_primary=13)),
    m("K9.2", put(SEATS, PRIMARY, classes_41_45_primary=0, classes_51_55_primary=12,
                  max_class_size_primary=55)),
    m("K9.3", put(SEATS, PRIMARY, max_class_size_primary=46)),
    m("K9.4", put(SEATS, PRIMARY, max_class_size_primary=44)),
    m("K11.1", gone(ATTACHED)),
    m("K11.2", drop(PRIMARY, "register")),
    m("K11.3", put("register", PRIMARY, school_name="示例县第二小学")),
    m("K11.4", put("register", POINT, school_type="primary")),
    m("K11.5", lambda rows: rows["register"].clear()),
    m("K11.6", put("register", PRIMARY, location_unit=OTHER),
      put("schools", PRIMARY, location_unit=OTHER)),
    m("K11.7", entered("register", "3441000077", school_code="3441000077",
                       school_name="示例县高级中学", school_type="senior", location_unit=COUNTY)),
    m("K11.8", last=(recoded(PRIMARY, "2141000077"),)),
    m("K11.9", last=(lambda rows: add_school(
        rows, "2141000077", "primary", "示例县旧小学", "121", {"primary": (1, 30)}),)),
    m("K11.10", last=(gone(PRIMARY),)),
    m("K11.11", put("schools", PRIMARY, founding_year=YEAR, built_by_2010=False,
                    built_by_2016=False), last=(gone(PRIMARY),)),
    m("K11.12", put("register", PRIMARY, location_unit=OTHER)),
    m("K11.13", gone(ATTACHED), put("register", ATTACHED, location_unit=OTHER),
      also=frozenset({"K11.1"})),
    m("K12.1", county(rotated=61)),
    m("K12.2", county(rotated_key=9)),
    m("K12.3", county(rotation_eligible=5000)),
    m("K12.4", no_key_teachers),
    m("K13.1", shifted("quality", JUNIOR, "graduates_junior", 5)),
    m("K13.2", no_moves_out),
    m("K13.3", put("quality", JUNIOR, cohort_transfers_in=3)),
    m("K13.4", last=(put(SEATS, JUNIOR, enrolment_grade_7=97),), last_year=YEAR - 3),
    m("K14.1", put(SEATS, POINT, in_zone_enrolment_primary=10)),
    m("K14.2", put(SEATS, PRIMARY, in_zone_enrolment_primary=PUPILS + 1)),
    m("K14.3", put(SEATS, JUNIOR, in_zone_enrolment_junior=289)),
    m("K15.1", shifted(SEATS, PRIMARY, "enrolment_grade_1", 1)),
    m("K15.2", shifted(SEATS, JUNIOR, "enrolment_grade_7", 1)),
    m("K15.3", shifted(SEATS, COMPLETE, "enrolment_grade_10", 1)),
    m("K15.4", site(multimedia_classrooms=15)),
    m("K15.5", site(multimedia_classrooms=35)),
    m("K15.6", site(teaching_auxiliary_area_m2=yuan(PUPILS * 41),
                    building_area_m2=yuan(PUPILS * 50))),
    m("K15.7", site(sports_ground_area_m2=yuan(100))),
    m("K15.8", site(campus_area_m2=yuan(PUPILS * 300))),
    m("K15.9", site(building_area_m2=yuan(PUPILS * 90))),
    m("K15.10", lambda rows: add_school(
        rows, "2141000009", "primary", "示例县第九小学", "121", {"primary": (2, 45)})),
    m("K15.11", put(MONEY, PRIMARY, public_funds_budget_prev_yuan=yuan(PUPILS * 720 - 1),
                    public_funds_final_prev_yuan=yuan(PUPILS * 720))),
    m("K15.12", last=(site(campus_area_m2=yuan(PUPILS * 20)),)),
    m("K15.13", last=(site(equipment_value_yuan=yuan(PUPILS * 2000)),)),
    m("R01", recoded(PRIMARY, "3141000099")),
    m("R02", recoded(PRIMARY, "2142000001")),
    m("R03", put("schools", PRIMARY, founding_year=YEAR + 1, built_by_2010=False,
                 built_by_2016=False)),
    m("R04", put("schools", PRIMARY, built_by_2016=False)),
    m("R05", put("schools", PRIMARY, founding_year=2012)),
    m("R06", put("schools", PRIMARY, founding_year=2018, built_by_2010=False)),
    m("R08", put("schools", POINT, rural_small_max_class_lt30=False)),
    m("R11", put(SEATS, PRIMARY, migrant_children_enrolled=PUPILS + 1)),
    m("R12", put("schools", POINT, boarding_school=True, boarders=67)),
    m("R13", put("schools", POINT, boarders=5)),
    m("R21", put(STAFF, PRIMARY, certified_teachers_primary=TEACHERS + 1)),
    m("R22", put(STAFF, PRIMARY, teachers_training_360h_primary=TEACHERS + 1)),
    m("R23", put(STAFF, PRIMARY, full_time_teachers_primary=300)),
    m("R31", site(music_rooms=1)),
    m("R32", site(art_rooms=0)),
    m("R33", site(sports_ground_area_m2=yuan(20_000))),
    m("R34", site(green_area_m2=yuan(20_000))),
    m("R35", site(building_area_m2=yuan(3000))),
    m("R41", put(MONEY, PRIMARY, training_funds_budget_prev_yuan=yuan(600_000))),
    m("R42", put(MONEY, PRIMARY, public_funds_final_prev_yuan=yuan(700_000))),
    m("R43", put(MONEY, PRIMARY, public_funds_budget_prev_yuan=yuan(PUPILS * 950 * 10_000))),
    m("R44", put(MONEY, PRIMARY, public_funds_budget_prev_yuan=yuan(PUPILS * 40_000),
                 public_funds_final_prev_yuan=yuan(PUPILS * 40_000))),
    m("R45", put(MONEY, PRIMARY, public_funds_final_prev_yuan=yuan(PUPILS * 950 * 10_000))),
    m("R46", put(MONEY, PRIMARY, training_funds_budget_prev_yuan=yuan(PUPILS * 50 * 10_000))),
    m("R51", county(quality_senior_quota=201)),
    m("R52", county(quality_senior_quota_rural=121)),
    m("R53", county(migrant_in_bought_private=21)),
    m("R54", county(migrant_in_public=1000, migrant_eligible=2000)),
    m("R55", county(disabled_school_age=127)),
    m("R56", county(disabled_home=3)),
    m("R57", county(special_ed_funds_total_yuan=yuan(96))),
    m("R58", county(special_ed_funds_total_yuan=yuan(120 * 1000))),
    m("R59", county(teacher_mean_pay_prev_yuan=yuan("10.25"))),
    m("R60", county(teacher_mean_pay_prev_yuan=yuan(9000))),
    m("R61", county(civil_servant_mean_pay_prev_yuan=yuan("10.08"))),
    m("R62", county(civil_servant_mean_pay_prev_yuan=yuan(9000))),
    m("R63", county(fund_standard_primary_yuan=yuan(200))),
    m("R64", county(fund_standard_junior_yuan=yuan(200))),
    m("R65", county(general_budget_edu_prev_yuan=yuan(4000))),
    m("R66", county(general_budget_edu_prev_yuan=yuan(2_000_000))),
    m("R67", county(general_budget_edu_prev2_yuan=yuan(3900))),
    m("R68", county(general_budget_edu_prev2_yuan=yuan(2_000_000))),
    m("R71", class_list, lambda rows: listed_class(rows, PRIMARY, 1, "3", "primary", 0)),
    m("R72", class_list, put(SEATS, PRIMARY, classes_41_45_primary=11, classes_36_40_primary=1)),
    m("R73", class_list, put(SEATS, PRIMARY, max_class_size_primary=44)),
    m("R74", class_list, lambda rows: listed_class(rows, PRIMARY, 1, "1", "primary", 42)),
    m("R75", lambda rows: listed_class(rows, SPECIAL, 7, "1", "primary", 8)),
    m("R76", *(room(f"M{n}", "music", area) for n, area in enumerate((98, 98, 40)))),
    m("R77", room("M1", "music", 98), room("M2", "music", 80)),
    m("R78", room("P1", "art", 70)),
    m("R79", *classrooms(networked=10)),
    m("R80", campus("东校区"), campus("西校区", area=1600)),
    m("R81", campus("东校区"), campus("西校区", pupils=200)),
    m("R82", entered("dense_areas", f"{OTHER}|示例街道", county_code=OTHER, area_name="示例街道",
                     certified_by="示例市教育局", certified_on=date(2025, 3, 1), document="文件")),
    m("R83", correction("网络教室数", "13")),
    m("R84", correction("网络多媒体教室间数", "36")),
    m("R91", last=(put(SEATS, PRIMARY, enrolment_primary=400),)),
    m("R92", last=(put("schools", PRIMARY, founding_year=1989),)),
    m("R93", last=(put("schools", POINT, school_type="primary"),)),
    m("R94", moved_up, last=(put(SEATS, PRIMARY, enrolment_grade_3=61),)),
    m("R95", last=(put(SEATS, JUNIOR, enrolment_grade_7=121),)),
    m("R96", UNEVEN, last=(UNEVEN,)),
    m("R97", put(SEATS, JUNIOR, enrolment_grade_7=97, enrolment_grade_8=95), last=(
        put(SEATS, JUNIOR, enrolment_grade_7=97, enrolment_grade_8=95),)),
    m("R101", plan(scope=OTHER)),
    m("R102", plan(indicator="GV16")),
    m("R103", plan(valid_to=date(2024, 2, 29)), also=frozenset({"R106"})),
    m("R104", plan(valid_from=date(2024, 2, 29))),
    m("R105", plan(review="return")),
    m("R106", plan(valid_to=date(2025, 8, 31))),
    m("R107", plan(), plan(indicator="GV2", sha256="1" * 64)),
    m("R108", plan(scope=PRIMARY)),
    m("R109", plan(sha256=None)),
    m("R110", plan(title="随迁子女花名册")),
    m("R111", plan(issued_on=date(2026, 9, 1), valid_from=date(2026, 9, 1))),
    m("R113", plan(), files={}),
    m("R114", plan(sha256="1" * 64), files={"布局规划.pdf": CONTENT}),
    m("R115", plan(sha256=None), files={"布局规划.pdf": CONTENT}),
    m("R116", plan(), files={"布局规划.pdf": CONTENT, "草稿.docx": b"x"}),
    m("R121", survey("数学", indicator="QL9", level=3)),
    m("R122", survey("合计", satisfied=1001, sampled=1000)),
    m("R123", survey("家长", satisfied=430, sampled=500)),
    m("R124", survey("合计", satisfied=900, sampled=1000),
      survey("家长", satisfied=430, sampled=500), survey("学生", satisfied=471, sampled=500)),
    m("R125", survey("合计", satisfied=861, sampled=1000, rate_percent=Decimal("86.61"))),
    m("R131", *(signed(each) for each in VETOES[:6])),
    m("R132", *(signed(each, open_cases=each == "VT2") for each in VETOES)),
    m("R141", progress(place=OTHER)),
    m("R142", progress(value=11), last=(progress(value=12, measured_on=date(2024, 12, 31)),)),
    m("R143", progress(recovery_date=date(2025, 12, 30))),
    m("R151", lineage("renamed", "2141000088", PRIMARY)),
    m("R152", lineage("type_changed", "2141000088", "2141000089")),
    m("R153", lineage("merged", POINT, PRIMARY)),
    m("R154", lineage("type_changed", "2141000088", PRIMARY), last=()),
    m("R155", lineage("type_changed", "2141000088", PRIMARY),
      last=(recoded(PRIMARY, "2141000088"),)),
    m("R156", last=(lineage("type_changed", POINT, PRIMARY),)),
    m("R157", divided, last=(put(SEATS, PRIMARY, enrolment_primary=420),)),
)  # fmt: skip
