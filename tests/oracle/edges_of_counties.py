"""Edges of what the county files: evidence, its own figures, official results, statements, readings."""

from oracle.clean import NINE, OF_A_SCHOOL, ON, PRIMARY, SPECIAL
from oracle.edge import DAY, Edge, county, file_of, rooms, yuan
from oracle.verdicts import FAIL, NOTHING, PASS, UNKNOWN


def of_evidence():
    """Evidence that counts and that does not, on the day."""
    fates = {
        "none": (None, UNKNOWN), "returned": ({"review": "return"}, UNKNOWN),
        "unreviewed": ({"review": None}, UNKNOWN), "without hash": ({"sha256": None}, UNKNOWN),
        "no start": ({"valid_from": None}, UNKNOWN), "from today": ({"valid_from": ON}, PASS),
        "from tomorrow": ({"valid_from": ON + DAY}, UNKNOWN), "to today": ({"valid_to": ON}, PASS),
        "to yesterday": ({"valid_to": ON - DAY}, UNKNOWN), "without end": ({"valid_to": None}, PASS),
    }  # fmt: skip
    for fate, (columns, verdict) in fates.items():
        yield Edge(fate, "GV1", verdict, (("evidence", file_of("GV1"), columns),))
    for indicator in ("GV2", "GV8", "GV10", "GV14", "GV15"):
        change = ("evidence", file_of(indicator), {"review": "return"})
        yield Edge("returned", indicator, UNKNOWN, (change,))
    for indicator in OF_A_SCHOOL:
        for scope in (NINE, SPECIAL):
            yield Edge(
                f"none of {scope}",
                indicator,
                UNKNOWN,
                (("evidence", file_of(indicator, scope), None),),
            )


def of_the_county():
    """The county's own figures."""
    told = {
        "GV2": [
            ("primary on", PASS, {"fund_standard_primary_yuan": yuan("650")}),
            ("primary under", FAIL, {"fund_standard_primary_yuan": yuan("649.99")}),
            ("junior on", PASS, {"fund_standard_junior_yuan": yuan("850")}),
            ("junior under", FAIL, {"fund_standard_junior_yuan": yuan("849.99")}),
        ],
        "GV7": [
            ("on", PASS, {"special_ed_funds_total_yuan": yuan("600000")}),
            ("under", FAIL, {"special_ed_funds_total_yuan": yuan("599999.99")}),
            ("no pupils", NOTHING, {"special_ed_pupils": 0}),
            ("pupils not filed", UNKNOWN, {"special_ed_pupils": None}),
        ],
        "GV8": [
            ("on", PASS, {"teacher_mean_pay_prev_yuan": yuan("100000")}),
            ("under", FAIL, {"teacher_mean_pay_prev_yuan": yuan("99999.99")}),
            ("not filed", UNKNOWN, {"teacher_mean_pay_prev_yuan": None}),
        ],
        "GV11": [
            ("on both", PASS, {"rotated": 10, "rotated_key": 2}),
            ("under", FAIL, {"rotated": 9, "rotated_key": 9}),
            ("key under", FAIL, {"rotated": 10, "rotated_key": 1}),
            ("nobody eligible", NOTHING, {"rotation_eligible": 0, "rotated": 0, "rotated_key": 0}),
            ("key not filed", UNKNOWN, {"rotated_key": None}),
        ],
        "GV14": [
            ("on", PASS, {"quality_senior_quota": 500}),
            ("under", FAIL, {"quality_senior_quota": 499}),
            ("no plan", PASS, {"quality_senior_plan": 0}),
        ],
        "GV15": [
            ("on", PASS, {"migrant_in_public": 800}),
            ("under", FAIL, {"migrant_in_public": 799}),
            ("bought under", FAIL, {"migrant_in_public": 801, "migrant_in_bought_private": 48}),
            ("nobody", PASS, {"migrant_eligible": 0}),
            ("bought not filed", UNKNOWN, {"migrant_in_bought_private": None}),
        ],
        "QL2": [
            ("on", PASS, {"disabled_enrolled": 190}),
            ("under", FAIL, {"disabled_enrolled": 189}),
            ("nobody", NOTHING, {"disabled_school_age": 0}),
        ],
    }
    for line, cases in told.items():
        for name, verdict, columns in cases:
            yield Edge(name, line, verdict, county(**columns))
    yield Edge(
        "civil servants unpaid", "GV8", PASS, county(civil_servant_mean_pay_prev_yuan=yuan("0"))
    )
    standard = {"fund_standard_primary_yuan": None}
    yield Edge("primary not filed", "GV2", UNKNOWN, county(**standard), beside=(("GV6", UNKNOWN),))


def of_results():
    for name, verdict, columns in (
        ("level 3", PASS, {"level": 3}), ("level 2", FAIL, {"level": 2}),
        ("no level", UNKNOWN, {"level": None}), ("0.149999", PASS, {"difference": yuan("0.149999")}),
        ("0.15", FAIL, {"difference": yuan("0.15")}), ("today", PASS, {"published_on": ON}),
        ("too late", PASS, {"published_on": ON + DAY, "level": 1}),
    ):  # fmt: skip
        yield Edge(name, "QL9", verdict, (("official_results", "数学", columns),))
    for name, verdict, columns in (
        ("on", PASS, {"satisfied": 850}), ("under", FAIL, {"satisfied": 849}),
        ("rate on", PASS, {"satisfied": None, "rate_percent": yuan("85")}),
        ("rate under", FAIL, {"satisfied": None, "rate_percent": yuan("84.99")}),
        ("nobody asked", UNKNOWN, {"sampled": 0}), ("tomorrow", UNKNOWN, {"published_on": ON + DAY}),
        ("heads before rate", PASS, {"rate_percent": yuan("1")}),
    ):  # fmt: skip
        yield Edge(name, "SR1", verdict, (("official_results", "SR1", columns),))


def of_vetoes():
    for name, verdict, columns in (
        ("occurred", FAIL, {"occurred": True}), ("not said", UNKNOWN, {"occurred": None}),
        ("not signed", UNKNOWN, {"signed_by": None}), ("no day", UNKNOWN, {"signed_on": None}),
        ("signed today", PASS, {"signed_on": ON}), ("tomorrow", UNKNOWN, {"signed_on": ON + DAY}),
        ("open cases", PASS, {"open_cases": 3}), ("none", UNKNOWN, None),
    ):  # fmt: skip
        yield Edge(name, "VT1", verdict, (("statements", "VT1", columns),))
    for number in range(2, 8):
        change = ("statements", f"VT{number}", {"occurred": True})
        yield Edge("occurred", f"VT{number}", FAIL, (change,))


def of_readings():
    for switch, option, line, told in (
        ("fund-standard", "2023", "GV2", {"fund_standard_primary_yuan": ("720", "719.99")}),
        ("fund-standard", "2023", "GV2", {"fund_standard_junior_yuan": ("940", "939.99")}),
        ("special-funds", "7000", "GV7", {"special_ed_funds_total_yuan": ("700000", "699999.99")}),
        ("special-funds", "8000", "GV7", {"special_ed_funds_total_yuan": ("800000", "799999.99")}),
        ("inclusion-rate", "97", "QL2", {"disabled_enrolled": (194, 193)}),
        ("key-teacher-base", "eligible", "GV11", {"rotated_key": (20, 19)}),
    ):
        for column, sides in told.items():
            for value, verdict in zip(sides, (PASS, FAIL), strict=True):
                filed = yuan(value) if isinstance(value, str) else value
                name = f"{switch}={option}, {column} {value}"
                yield Edge(
                    name, line, verdict, county(**{column: filed}), readings=((switch, option),)
                )
    for count, verdict in ((1, PASS), (0, FAIL)):
        change = rooms(PRIMARY, music_rooms_ge_96=count)
        readings = (("music-art-rooms", "sum"),)
        yield Edge(f"music {count}, art none, summed", "GV3", verdict, (change,), readings=readings)


GROUPS = (of_evidence, of_the_county, of_results, of_vetoes, of_readings)
