"""Clean counties over several years, with everything honest that resembles shaping figures.

Schools that really cap their classes at 45 or 50 and fill every gap, areas filed in round numbers,
extensions, purchases that close a gap, disposals, rotation of teachers, villages that lose pupils.
Made to measure how often the screen asks where nothing is wrong; knows nothing of the screen.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from junheng.sample.character import Profile
from junheng.sample.county import make_county
from junheng.sample.draws import stream
from junheng.sample.marks import Row, Rows
from junheng.sample.sittings import Sittings, seated, sittings_of
from junheng.standards import Standard

AREAS = ("teaching_auxiliary_area_m2", "sports_ground_area_m2", "campus_area_m2", "green_area_m2",
         "building_area_m2")  # fmt: skip
HALLS = ("indoor_sports_room_area_m2", "gymnasium_area_m2")
STAGES = {"primary": range(1, 7), "junior": range(7, 10)}


@dataclass(frozen=True)
class Habit:
    """How one school fills its classes and its form."""

    cap: bool
    """Never takes more than the limit into a class."""
    full: bool
    """So sought after that every entry class is full."""
    refill: float
    """How likely a place that falls free in a capped class is filled again."""
    grain: int
    """Areas are filed in multiples of so many 0.01 m²."""


def lawful_years(
    *, seed: int, years: Sequence[int], schools: int = 60, profile: Profile = "mixed"
) -> dict[int, Rows]:
    """Rows by school year of one clean county; cohorts move up, buildings stay where they are."""
    chance = stream(seed, "honest")
    capping, leaving = chance.choice((0.1, 0.3, 0.8)), chance.choice((0.0, 0.2, 0.5))
    found: dict[int, Rows] = {}
    habits: dict[str, Habit] = {}
    sat: dict[str, Sittings] = {}
    limits = class_limits()
    for year in years:
        rows = make_county(seed=seed, schools=schools, year=year, profile=profile)
        last = found[max(found)] if found else None
        if last is None:
            for row in rows["seats"]:
                habits[row["school_code"]] = _habit(
                    stream(seed, row["school_code"], "habit"), capping
                )
        else:
            _carry(rows, last, stream(seed, "stock", year))
        for row, school in zip(rows["seats"], rows["schools"], strict=True):
            code = row["school_code"]
            draw = stream(seed, code, "sittings", year)
            rural = str(school["urban_rural_code"]).startswith("2")
            sat[code] = _sat(
                draw, row, sat.get(code), habits[code], limits, leaving if rural else 0.0
            )
        _change(stream(seed, "classes", year), sat, rows, limits, settled=last is not None)
        for row in rows["seats"]:
            row.update(seated(row, sat[row["school_code"]]))
        _fit(rows, sat, habits, seed)
        if last is not None:
            _close_gaps(rows, stream(seed, "gaps", year))
        found[year] = rows
    return found


def class_limits() -> dict[str, int]:
    """Greatest class by stage, from the clause on class size."""
    clause = Standard.at("000000", date(2026, 3, 31)).demands["GV5"].clause
    return {stage: int(clause.at_most[stage]) for stage in STAGES}


def _habit(chance: Random, capping: float) -> Habit:
    grain = chance.choices((1, 100, 1000, 10000), (50, 30, 15, 5))[0]
    refill = 1.0 if chance.random() < 0.15 else chance.random()
    return Habit(chance.random() < capping, chance.random() < 0.5, refill, grain)


def _sat(
    chance: Random,
    row: Row,
    last: Sittings | None,
    habit: Habit,
    limits: dict[str, int],
    leaving: float,
) -> Sittings:
    """The classes of this year: last year's a grade higher, and new ones in the entry grades."""
    drawn = sittings_of(row)
    found: Sittings = {}
    for grades in STAGES.values():
        limit = limits["primary" if 1 in grades else "junior"]
        for grade in grades:
            if grade not in drawn:
                continue
            above = None if last is None or grade == grades[0] else last.get(grade - 1)
            if above:
                found[grade] = [_moved(chance, size, habit, limit, leaving) for size in above]
            else:
                found[grade] = _entering(
                    chance, drawn[grade], habit, limit, settled=grade - grades[0]
                )
    return found


def _entering(
    chance: Random, sizes: list[int], habit: Habit, limit: int, *, settled: int
) -> list[int]:
    """Classes that were formed by the school's habit, and have lived so many years since."""
    total, count = sum(sizes), len(sizes)
    if not habit.cap or total < limit:
        return sizes
    count = max(count, -(-total // limit))
    even = [total // count + (i < total % count) for i in range(count)]
    formed = [limit] * count if habit.full and total > (limit - 5) * count else even
    for _ in range(settled):
        formed = [_moved(chance, size, habit, limit, 0.0) for size in formed]
    return formed


def _moved(chance: Random, size: int, habit: Habit, limit: int, leaving: float) -> int:
    """A class a year later."""
    if habit.cap and size <= limit:
        left = chance.choices((0, 1, 2, 3), (50, 30, 15, 5))[0]
        back = sum(chance.random() < habit.refill for _ in range(left))
        return max(1, size - left + back)
    change = chance.choices((-2, -1, 0, 1, 2), (8, 22, 40, 22, 8))[0]
    return max(1, size + change - (chance.random() < leaving))


def _change(
    chance: Random, sat: dict[str, Sittings], rows: Rows, limits: dict[str, int], *, settled: bool
) -> None:
    """Crowded grades are divided into more classes, and now and then a zone is drawn anew."""
    types = {row["school_code"]: row["school_type"] for row in rows["schools"]}
    for code in sorted(sat):
        if settled and chance.random() < 0.03:
            for grade, sizes in sat[code].items():
                if sum(sizes) > limits["primary" if grade < 7 else "junior"] * len(sizes):
                    count, total = len(sizes) + 1, sum(sizes)
                    sat[code][grade] = [total // count + (i < total % count) for i in range(count)]
    if settled and chance.random() < 0.15:
        large = [
            c for c in sorted(sat) if types[c] == "primary" and sum(map(sum, sat[c].values())) > 400
        ]
        if len(large) > 1:
            _rezone(chance, *(sat[code] for code in chance.sample(large, 2)))


def _rezone(chance: Random, giver: Sittings, taker: Sittings) -> None:
    """Streets of one zone go to another, with the pupils who live there."""
    share = 0.05 + chance.random() * 0.07
    for grade in range(2, 7):
        if giver.get(grade) and taker.get(grade):
            for n in range(int(sum(giver[grade]) * share)):
                giver[grade][n % len(giver[grade])] -= 1
                taker[grade][n % len(taker[grade])] += 1


def _close_gaps(rows: Rows, chance: Random) -> None:
    """Some schools that lack equipment buy what the standard asks, mostly with something to spare."""
    seats = {row["school_code"]: row for row in rows["seats"]}
    standard = Standard.at("000000", date(2026, 3, 31))
    for row in rows["facilities"]:
        by_stage = {s: seats[row["school_code"]][f"enrolment_{s}"] or 0 for s in STAGES}
        held = [stage for stage, pupils in by_stage.items() if pupils >= 100]
        if len(held) != 1 or chance.random() >= 0.15:
            continue
        least = float(standard.demands["L6"].clause.at_least[held[0]]) * by_stage[held[0]]
        if float(row["equipment_value_yuan"]) < least:
            bought = least * (1.0 + chance.random() * 0.12)
            row["equipment_value_yuan"] = Decimal(int(bought / 100 + 1) * 100)


def _carry(rows: Rows, last: Rows, chance: Random) -> None:
    """What stands stays: buildings, equipment and teachers of last year, with honest changes."""
    for table in ("facilities", "staffing"):
        rows[table] = deepcopy(last[table])
    for row in rows["facilities"]:
        _extend(row, chance)
        _equip(row, chance)
    for row in rows["staffing"]:
        for stage in STAGES:
            if row[f"full_time_teachers_{stage}"]:
                hire(row, stage, chance.choices((-2, -1, 0, 1, 2), (5, 15, 50, 20, 10))[0], chance)
    _rotate(rows["staffing"], chance)


def _extend(row: Row, chance: Random) -> None:
    """Now and then a building or a ground is added; some are designed in round numbers."""
    if chance.random() >= 0.06:
        return
    column = chance.choice(AREAS[:2])
    more = Decimal(chance.randint(15000, 250000)) / 100
    kind = chance.random()
    if kind < 0.1:
        more = Decimal(int(more) // 50 * 50 + 50)
    elif kind < 0.4:
        more = Decimal(int(more))
    row[column] += more
    row["building_area_m2" if column == AREAS[0] else "campus_area_m2"] += more


def _equip(row: Row, chance: Random) -> None:
    """Purchases of a few per cent, some large ones, some disposals."""
    kind = chance.random()
    share = (
        -chance.random() * 0.15 if kind < 0.06
        else 0.12 + chance.random() * 0.35 if kind < 0.14
        else chance.random() * 0.06
    )  # fmt: skip
    value = row["equipment_value_yuan"]
    row["equipment_value_yuan"] = value + Decimal(int(float(value) * share / 100) * 100)


def hire(row: Row, stage: str, number: int, chance: Random) -> None:
    """So many teachers more or fewer at a stage, each a whole person in every count."""
    for _ in range(abs(number)):
        step = 1 if number > 0 else -1
        if step < 0 and row[f"teachers_bachelor_{stage}"] < 3:
            return
        named = ["full_time_teachers", "teachers_bachelor", "certified_teachers",
                 "teachers_training_360h"]  # fmt: skip
        named += ["key_teachers_county_plus"] if chance.random() < 0.2 else []
        named += [chance.choice(("teachers_pe", "teachers_music"))] if chance.random() < 0.2 else []
        for name in named:
            row[f"{name}_{stage}"] = max(0, row[f"{name}_{stage}"] + step)


def _rotate(staffing: list[Row], chance: Random) -> None:
    """Rotation: a few teachers go from one school to another, persons with all their counts."""
    for stage in STAGES:
        able = [row for row in staffing if (row[f"full_time_teachers_{stage}"] or 0) >= 20]
        for _ in range(len(able) // 6):
            giver, taker = chance.sample(able, 2)
            number, seed = chance.randint(1, 3), chance.random()
            hire(giver, stage, -number, Random(seed))  # noqa: S311 - repeatable, not secret
            hire(taker, stage, number, Random(seed))  # noqa: S311


def _fit(rows: Rows, sat: dict[str, Sittings], habits: dict[str, Habit], seed: int) -> None:
    """Rooms for every class (some schools teach one or two in a special room), class lists."""
    listed = {row["school_code"] for row in rows["classes"]}
    rows["classes"] = [
        {"school_code": code, "grade": grade, "class_no": str(n + 1), "pupils": size,
         "stage": "primary" if grade < 7 else "junior"}
        for code in sorted(listed) for grade, sizes in sat[code].items() for n, size in enumerate(sizes)
    ]  # fmt: skip
    for row in rows["facilities"]:
        code = row["school_code"]
        crowded = stream(seed, code, "crowded").choices((0, 1, 2), (96, 3, 1))[0]
        classes = sum(len(sizes) for sizes in sat[code].values())
        row["regular_classrooms"] = max(row["regular_classrooms"] or 0, classes - crowded)
        _coarsen(row, habits[code].grain)


def _coarsen(row: dict[str, Any], grain: int) -> None:
    """Areas as the school files them."""
    for column in (*AREAS, *HALLS):
        if row[column]:
            row[column] = Decimal(max(1, round(row[column] * 100 / grain)) * grain) / 100
