"""Edges of what schools file: rooms, sizes, classes, funds, teachers, zones, the cohort that left."""

from oracle.clean import COUNTY, JUNIOR, NINE, OF_A_SCHOOL, PRIMARY
from oracle.edge import Edge, granted, rooms, seats, yuan
from oracle.verdicts import FAIL, NOTHING, PASS, UNKNOWN

VOCATIONAL, SENIOR = "3641990005", "3341990006"
AREAS_AND_YUAN = (
    "teaching_auxiliary_area_m2", "indoor_sports_room_area_m2", "gymnasium_area_m2",
    "sports_ground_area_m2", "equipment_value_yuan",
)  # fmt: skip
NOTHING_OF_ITS_OWN = (
    ("seats", {"enrolment_senior": 0, "attached_junior_enrolment": 0, "class_count_senior": 0}),
    ("facilities", {"multimedia_classrooms": 0} | dict.fromkeys(AREAS_AND_YUAN, yuan("0"))),
)
"""(table, columns) of a senior school whose figures lie with its campuses; of rooms, funds and training it
says nothing."""


def of_rooms():
    for kind, full in (("music", "ge_96"), ("art", "ge_90")):
        other = {"art_rooms_ge_90": 9} if kind == "music" else {"music_rooms_ge_96": 9}
        name = f"{kind}_rooms_{full}"
        for count, classes, verdict in ((1, 12, PASS), (1, 13, FAIL), (2, 24, PASS), (2, 25, FAIL)):
            yield Edge(
                f"{kind} {count} for {classes}", "GV3", verdict,
                (rooms(PRIMARY, **other, **{name: count}), seats(PRIMARY, class_count_primary=classes)),
            )  # fmt: skip
        for junior, verdict in ((6, PASS), (7, FAIL)):
            both = seats(NINE, class_count_primary=6, class_count_junior=junior)
            yield Edge(
                f"{kind} of both stages, junior {junior}", "GV3", verdict,
                (rooms(NINE, **other, **{name: 1}), both),
            )  # fmt: skip
        yield Edge(f"{kind} not filed", "GV3", UNKNOWN, (rooms(PRIMARY, **other, **{name: None}),))
    yield Edge("no classes", "GV3", PASS, (seats(PRIMARY, class_count_primary=0),))
    yield Edge("classes not filed", "GV3", UNKNOWN, (seats(PRIMARY, class_count_primary=None),))
    of_stages = ("L1", "L2", "L3", "L4", "L5", "L6", "L7", "GV4", "GV5", "GV6", "GV9", "GV12")
    yield Edge(
        "attached classes neither counted nor denied", "GV3", UNKNOWN,
        (seats(JUNIOR, attached_primary_enrolment=None),),
        beside=tuple((each, UNKNOWN) for each in of_stages),
    )  # fmt: skip


def of_size():
    sizes = [
        (PRIMARY, "primary", {"primary": 2000}, PASS), (PRIMARY, "primary", {"primary": 2001}, FAIL),
        (PRIMARY, "teaching_point", {"primary": 2000}, PASS),
        (PRIMARY, "teaching_point", {"primary": 2001}, FAIL),
        (JUNIOR, "junior", {"junior": 2000}, PASS), (JUNIOR, "junior", {"junior": 2001}, FAIL),
        (JUNIOR, "complete", {"junior": 2000, "senior": 900}, PASS),
        (JUNIOR, "complete", {"junior": 2001, "senior": 900}, FAIL),
        (NINE, "nine_year", {"primary": 1500, "junior": 1000}, PASS),
        (NINE, "nine_year", {"primary": 1500, "junior": 1001}, FAIL),
        (NINE, "twelve_year", {"primary": 1500, "junior": 1000, "senior": 900}, PASS),
        (NINE, "twelve_year", {"primary": 1500, "junior": 1001, "senior": 900}, FAIL),
    ]  # fmt: skip
    for code, school_type, pupils, verdict in sizes:
        name = f"{school_type} of {sum(pupils.values())}"
        yield Edge(name, "GV4", verdict, pupils={code: pupils}, types={code: school_type})
    for attached, verdict in ((0, PASS), (1, FAIL), (None, UNKNOWN)):
        identity = {
            "school_code": VOCATIONAL, "school_name": "示例职校", "school_type": "vocational",
            "location_unit": COUNTY, "counts_as_school": True, "ownership": "public",
        }  # fmt: skip
        row = {"school_code": VOCATIONAL, "attached_junior_enrolment": attached}
        changes = (("schools", None, identity), ("seats", None, row))
        yield Edge(f"vocational with {attached}", "GV4", verdict, changes)
    for juniors, primaries, verdict in (
        (2000, 0, PASS), (2001, 0, FAIL), (1000, 1500, PASS), (1001, 1500, FAIL),
    ):  # fmt: skip
        yield of_a_senior_school(juniors, primaries, verdict)


def of_a_senior_school(juniors, primaries, verdict):
    """Campuses under a senior school, whose type has no limit: its stages say which it is held to."""
    identity = {
        "school_code": SENIOR, "school_name": "示例高中", "school_type": "senior",
        "location_unit": COUNTY, "counts_as_school": True, "ownership": "public",
        "founding_year": 2000, "managing_unit": COUNTY,
    }  # fmt: skip
    under = {"counts_as_school": False, "parent_school_code": SENIOR}
    campuses = [JUNIOR, *([PRIMARY] if primaries else [])]
    return Edge(
        f"senior with {juniors} juniors and {primaries} primaries", "GV4", verdict,
        (
            ("schools", None, identity),
            *((table, None, {"school_code": SENIOR, **columns}) for table, columns in NOTHING_OF_ITS_OWN),
            *(("schools", code, under) for code in campuses),
            *(granted(each, SENIOR) for each in OF_A_SCHOOL),
        ),
        beside=tuple((line, UNKNOWN) for line in ("GV3", "GV6", "QL4")),
        pupils={JUNIOR: {"junior": juniors}} | ({PRIMARY: {"primary": primaries}} if primaries else {}),
    )  # fmt: skip


def of_classes():
    for code, stage, most in (
        (PRIMARY, "primary", 45),
        (JUNIOR, "junior", 50),
        (NINE, "primary", 45),
    ):
        for largest, verdict in ((most, PASS), (most + 1, FAIL)):
            change = seats(code, **{f"max_class_size_{stage}": largest})
            yield Edge(f"{code} {stage} largest {largest}", "GV5", verdict, (change,))
            row = {
                "school_code": code,
                "grade": 1,
                "class_no": "1",
                "stage": stage,
                "pupils": largest,
            }
            yield Edge(
                f"{code} {stage} listed {largest}", "GV5", verdict, (("classes", None, row),)
            )
    silent = {f"max_class_size_{s}": None for s in ("primary", "junior")}
    for most, verdict in ((50, UNKNOWN), (51, FAIL)):
        changes = (
            ("schools", JUNIOR, {"counts_as_school": False, "parent_school_code": NINE}),
            seats(JUNIOR, max_class_size_junior=most),
            seats(NINE, max_class_size_junior=None, classes_36_40_junior=None),
        )
        yield Edge(f"campus of {most}, its school silent", "GV5", verdict, changes)
        row = {
            "school_code": JUNIOR,
            "grade": 7,
            "class_no": "1",
            "stage": "junior",
            "pupils": most,
        }
        listed = (*changes, ("classes", None, row))
        yield Edge(f"campus that listed {most}, its school silent", "GV5", verdict, listed)
    for code, stage, name, verdict in (
        (PRIMARY, "primary", "41_45", PASS), (PRIMARY, "primary", "46_50", FAIL),
        (JUNIOR, "junior", "46_50", PASS), (JUNIOR, "junior", "51_55", FAIL),
        (JUNIOR, "junior", "ge_66", FAIL),
    ):  # fmt: skip
        change = seats(code, **{f"max_class_size_{stage}": None, f"classes_{name}_{stage}": 1})
        yield Edge(f"{code} by the bin {name}", "GV5", verdict, (change,))
    yield Edge(
        "a bin not filed", "GV5", UNKNOWN, (seats(PRIMARY, **silent, classes_ge_66_primary=None),)
    )
    yield Edge(
        "a bin over the limit, another not filed", "GV5", FAIL,
        (seats(PRIMARY, **silent, classes_ge_66_primary=None, classes_46_50_primary=1),),
    )  # fmt: skip
    yield Edge(
        "the bins know more than the largest told",
        "GV5",
        FAIL,
        (seats(PRIMARY, classes_46_50_primary=1),),
    )


def of_funds():
    budget = "public_funds_budget_prev_yuan"
    due = [
        (PRIMARY, {"primary": 50}, "75000"), (PRIMARY, {"primary": 99}, "75000"),
        (PRIMARY, {"primary": 100}, "75000"), (PRIMARY, {"primary": 101}, "75750"),
        (NINE, {"primary": 30, "junior": 30}, "85000"),
        (NINE, {"primary": 100, "junior": 20}, "94000"),
    ]  # fmt: skip
    for code, pupils, amount in due:
        for less, verdict in (("0", PASS), ("0.01", FAIL)):
            change = ("finance", code, {budget: yuan(amount) - yuan(less)})
            name = f"{pupils} due {amount} less {less}"
            yield Edge(name, "GV6", verdict, (change,), pupils={code: pupils})
    no_standard = ("county", COUNTY, {"fund_standard_junior_yuan": None})
    for amount, verdict in (("375000", UNKNOWN), ("374999.99", FAIL)):
        change = ("finance", PRIMARY, {budget: yuan(amount)})
        name = f"primary {amount}, junior standard not filed"
        beside = (("GV2", UNKNOWN),)
        yield Edge(name, "GV6", verdict, (no_standard, change), beside=beside)
    private = ("schools", PRIMARY, {"ownership": "private"})
    poor = ("finance", PRIMARY, {budget: yuan("1"), "training_funds_budget_prev_yuan": yuan("1")})
    yield Edge("private", "GV6", PASS, (private, poor))
    silent = ("finance", PRIMARY, {budget: None, "training_funds_budget_prev_yuan": yuan("0")})
    yield Edge("private, not filed", "QL4", PASS, (private, silent))
    meagre = ("finance", PRIMARY, {"training_funds_budget_prev_yuan": yuan("1")})
    yield Edge("private, filed", "QL4", FAIL, (private, meagre))
    yield Edge(
        "public, not filed",
        "QL4",
        UNKNOWN,
        (("finance", PRIMARY, {budget: None}),),
        beside=(("GV6", UNKNOWN),),
    )
    for spent, verdict in (("250000", PASS), ("249999.99", FAIL)):
        change = ("finance", NINE, {"training_funds_budget_prev_yuan": yuan(spent)})
        yield Edge(f"training {spent}", "QL4", verdict, (change,))
        other = {"training_funds_budget_prev_yuan": yuan(spent), budget: yuan("9000000")}
        yield Edge(
            f"training {spent} of the final account", "QL4", verdict, (("finance", NINE, other),),
            readings=(("training-fund-base", "final"),),
        )  # fmt: skip


def of_teachers():
    for line, column in (("GV9", "teachers_training_360h"), ("GV12", "certified_teachers")):
        for code, stage in ((PRIMARY, "primary"), (NINE, "junior")):
            for count, verdict in ((39, FAIL), (None, UNKNOWN)):
                change = ("staffing", code, {f"{column}_{stage}": count})
                yield Edge(f"{code} {stage} {count}", line, verdict, (change,))


def of_zones():
    zone = "in_zone_enrolment"
    yield Edge("one primary pupil", "GV13", FAIL, (seats(PRIMARY, **{f"{zone}_primary": 499}),))
    yield Edge("junior on", "GV13", PASS, (seats(JUNIOR, **{f"{zone}_junior": 370}),))
    yield Edge("junior under", "GV13", FAIL, (seats(JUNIOR, **{f"{zone}_junior": 369}),))
    yield Edge("not filed", "GV13", UNKNOWN, (seats(JUNIOR, **{f"{zone}_junior": None}),))
    nobody = seats(PRIMARY, **{f"{zone}_primary": 0})
    for name, columns, verdict in (
        ("boarding", {"boarding_school": True}, PASS), ("private", {"ownership": "private"}, PASS),
        ("village", {"urban_rural_code": "220"}, PASS), ("town", {"urban_rural_code": "123"}, FAIL),
        ("city", {"urban_rural_code": "112"}, FAIL),
    ):  # fmt: skip
        yield Edge(name, "GV13", verdict, (nobody, ("schools", PRIMARY, columns)))
    every, urban = (("zoned-enrolment", "every"),), (("zoned-enrolment", "urban"),)
    for count, verdict in ((380, PASS), (379, FAIL)):
        change = seats(JUNIOR, **{f"{zone}_junior": count})
        yield Edge(f"each, {count}", "GV13", verdict, (change,), readings=every)
    yield Edge("no city", "GV13", NOTHING, readings=urban)
    city = ("schools", JUNIOR, {"urban_rural_code": "111"})
    for count, verdict in ((380, PASS), (379, FAIL)):
        changes = (nobody, city, seats(JUNIOR, **{f"{zone}_junior": count}))
        yield Edge(f"city only, {count}", "GV13", verdict, changes, readings=urban)


def of_cohorts():
    told = [
        ("on", PASS, {"graduates_junior": 90}), ("under", FAIL, {"graduates_junior": 89}),
        ("one came", FAIL, {"graduates_junior": 90, "cohort_transfers_in": 1}),
        ("one went", PASS, {"graduates_junior": 89, "cohort_transfers_out": 1}),
        ("one died, on", PASS, {"graduates_junior": 90, "cohort_deaths": 1}),
        ("one died, under", FAIL, {"graduates_junior": 89, "cohort_deaths": 1}),
        ("twenty died", PASS, {"graduates_junior": 71, "cohort_deaths": 20}),
        ("nineteen died", FAIL, {"graduates_junior": 71, "cohort_deaths": 19}),
        ("not filed", UNKNOWN, {"cohort_deaths": None}),
    ]  # fmt: skip
    for name, verdict, columns in told:
        yield Edge(name, "QL1", verdict, (("quality", JUNIOR, columns),))
    blank = dict.fromkeys(
        ("graduates_junior", "cohort_grade7_enrolment", "cohort_transfers_in",
         "cohort_transfers_out", "cohort_deaths")
    )  # fmt: skip
    for year, verdict in ((2022, UNKNOWN), (2023, PASS)):
        changes = (("quality", JUNIOR, blank), ("schools", JUNIOR, {"founding_year": year}))
        yield Edge(f"founded in {year}", "QL1", verdict, changes)


GROUPS = (of_rooms, of_size, of_classes, of_funds, of_teachers, of_zones, of_cohorts)
