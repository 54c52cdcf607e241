"""Edges of the exceptions X3–X6: flag, condition, evidence and date, each alone."""

from oracle.clean import JUNIOR, NINE, ON, PRIMARY
from oracle.edge import DAY, Edge, granted, rooms, seats
from oracle.verdicts import FAIL, PASS


def of_rooms_relaxed():
    only = {"music_rooms_73_96": 1, "art_rooms_67_90": 1}
    x3 = [
        ("granted", PASS, only, {"founding_year": 2016}, {}),
        ("built later", FAIL, only, {"founding_year": 2017}, {}),
        ("not flagged", FAIL, only, {"built_by_2016": False}, {}),
        ("no year", FAIL, only, {"founding_year": None}, {}),
        ("evidence lapsed", FAIL, only, {}, {"valid_to": ON - DAY}),
        ("music too small", FAIL, {**only, "music_rooms_73_96": 0, "music_rooms_61_73": 9}, {}, {}),
        ("art too small", FAIL, {**only, "art_rooms_67_90": 0, "art_rooms_61_67": 9}, {}, {}),
        ("full size needs no smaller bin", PASS,
         {"music_rooms_ge_96": 1, "music_rooms_73_96": None, "art_rooms_67_90": 1}, {}, {}),
    ]  # fmt: skip
    for name, verdict, counts, identity, evidence in x3:
        changes = (
            rooms(PRIMARY, **counts), ("schools", PRIMARY, {"school_name": "甲", **identity}),
            granted("X3", PRIMARY, **evidence),
        )  # fmt: skip
        yield Edge(name, "GV3", verdict, changes, relaxations=("X3",))
    yield Edge("X3 off", "GV3", FAIL, (rooms(PRIMARY, **only), granted("X3", PRIMARY)))
    smallest = {"music_rooms_54_61": 1, "art_rooms_54_61": 1}
    small = {"music_rooms_61_73": 1, "art_rooms_61_67": 1}
    rural = {"urban_rural_code": "210", "rural_small_max_class_lt30": True}
    for name, code, stage, counts, identity, largest, verdict in (
        ("primary", PRIMARY, "primary", smallest, rural, 29, PASS),
        ("class of 30", PRIMARY, "primary", smallest, rural, 30, FAIL),
        ("town", PRIMARY, "primary", smallest, {**rural, "urban_rural_code": "121"}, 29, FAIL),
        ("not flagged", PRIMARY, "primary", smallest, {"urban_rural_code": "210"}, 29, FAIL),
        ("junior too small", JUNIOR, "junior", smallest, rural, 29, FAIL),
        ("junior", JUNIOR, "junior", small, rural, 29, PASS),
    ):
        sizes = {f"max_class_size_{stage}": largest, f"classes_36_40_{stage}": 0}
        changes = (
            rooms(code, **counts), ("schools", code, identity), seats(code, **sizes),
            granted("X4", code),
        )  # fmt: skip
        yield Edge(name, "GV3", verdict, changes, relaxations=("X4",))


def of_sizes_relaxed():
    for code, school_type, pupils, verdict in (
        (PRIMARY, "primary", {"primary": 2400}, PASS), (PRIMARY, "primary", {"primary": 2401}, FAIL),
        (PRIMARY, "teaching_point", {"primary": 2400}, PASS),
        (PRIMARY, "teaching_point", {"primary": 2401}, FAIL),
        (JUNIOR, "junior", {"junior": 2400}, PASS), (JUNIOR, "junior", {"junior": 2401}, FAIL),
        (JUNIOR, "complete", {"junior": 2400, "senior": 1}, PASS),
        (JUNIOR, "complete", {"junior": 2401, "senior": 1}, FAIL),
        (NINE, "nine_year", {"primary": 2000, "junior": 1000}, PASS),
        (NINE, "nine_year", {"primary": 2000, "junior": 1001}, FAIL),
        (NINE, "twelve_year", {"primary": 1500, "junior": 1001, "senior": 9}, FAIL),
    ):  # fmt: skip
        most = {"migrant_children_enrolled": 1501}
        for exception, change in (
            ("X5", ("schools", code, {"founding_year": 2010})), ("X6", ("seats", code, most)),
        ):  # fmt: skip
            yield Edge(
                f"{school_type} of {sum(pupils.values())}", "GV4", verdict,
                (change, granted(exception, code)), pupils={code: pupils},
                types={code: school_type}, relaxations=(exception,),
            )  # fmt: skip
    size = {PRIMARY: {"primary": 2400}}
    for name, identity, verdict in (
        ("built in 2011", {"founding_year": 2011}, FAIL), ("not flagged", {"built_by_2010": False}, FAIL),
    ):  # fmt: skip
        changes = (("schools", PRIMARY, identity), granted("X5", PRIMARY))
        yield Edge(name, "GV4", verdict, changes, pupils=size, relaxations=("X5",))
    for migrants, verdict in ((1201, PASS), (1200, FAIL), (None, FAIL)):
        changes = (seats(PRIMARY, migrant_children_enrolled=migrants), granted("X6", PRIMARY))
        yield Edge(
            f"{migrants} migrants", "GV4", verdict, changes, pupils=size, relaxations=("X6",)
        )
    unproven = (seats(PRIMARY, migrant_children_enrolled=2400),)
    yield Edge("no evidence", "GV4", FAIL, unproven, pupils=size, relaxations=("X6",))


GROUPS = (of_rooms_relaxed, of_sizes_relaxed)
