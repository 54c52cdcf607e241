"""Tiny counties for trying everything: a few small schools of the sample, near their limits, cheap acts.

Rows come from `junheng.sample`, so every table and every check behind it is the real one; then pupils,
teachers, rooms and areas are drawn anew, so near what is asked that one teacher more or less decides.
Schools are of one pupil to two thousand, and some have a stage without any. Prices are a few yuan for
three or four kinds of action, to the fen and often alike, out of reach for the others, and money is a
few yuan, often just what some actions cost: what can be done at all can be counted. Over the seeds
every kind of action has its turn.

From the seed `MILD` on the schools have what they must have, but for two to five dents that some of
the cheap actions mend: there everything can be met, and the least cost decides.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import ceil
from random import Random

from junheng.sample import make_county

ITEMS = (
    "teacher_hiring", "qualification_upgrade", "key_teacher_training", "teacher_certification",
    "teacher_training_360h", "teacher_move", "new_teaching_area", "converted_teaching_area",
    "new_sports_ground", "gymnasium_area", "equipment", "multimedia_classroom", "music_room", "art_room",
)  # fmt: skip
UNITS = {
    "teacher_year": "元/人·年", "teacher_move": "元/人·年", "multimedia_classroom": "元/间",
    "music_room": "元/间", "art_room": "元/间", "new_teaching_area": "元/㎡",
    "converted_teaching_area": "元/㎡", "new_sports_ground": "元/㎡", "gymnasium_area": "元/㎡",
    "roof_sports_ground": "元/㎡", "underground_sports_ground": "元/㎡",
    "leased_sports_area": "元/㎡·年", "equipment": "元/元",
}  # fmt: skip
OUT_OF_REACH = 100_000
"""Fen, as all money here."""
CHEAP = (200, 200, 235, 301, 333, 400, 499, 500)
SIZES = ((1, 20), (21, 160), (51, 160), (161, 2_000))
"""Pupils of a stage."""
EMPTY = 0.1
"""How often a school with two stages has nobody in one."""
WIDE, SHORT = 0.2, 0.25
"""How often an amount is much above what is asked, and how often it is short of it by a few."""
TABLES = ("register", "schools", "seats", "staffing", "facilities", "finance", "quality")
TYPES = ("primary", "junior", "nine_year", "complete", "twelve_year", "teaching_point")
STAGES = ("primary", "junior")
PUPILS = {
    f"{way}" for s in (*STAGES, "senior") for way in (f"enrolment_{s}", f"attached_{s}_enrolment")
}
KEEPS_CLASSES = ("classes", "rooms", "campuses", "corrections", "evidence", "lineage", "progress")
LIMIT = {  # standards.md §2, as the second engine has them; only to draw amounts near them
    "L1": (4.2, 5.3), "L2": (1.0, 1.0), "L3": (0.9, 0.9), "L4": (4.5, 5.8), "L5": (7.5, 10.2),
    "L6": (2000.0, 2500.0), "L7": (2.3, 2.4),
}  # fmt: skip


MILD = 320
"""The first seed of the mild counties."""
MILD_SIZES = ((51, 160), (161, 2_000))
BUILT = {
    "new_teaching_area": "teaching_auxiliary_area_m2", "converted_teaching_area": "teaching_auxiliary_area_m2",
    "new_sports_ground": "sports_ground_area_m2", "gymnasium_area": "gymnasium_area_m2",
    "equipment": "equipment_value_yuan", "multimedia_classroom": "multimedia_classrooms",
}  # fmt: skip
"""Kinds of action → the column that each adds to."""


class Mild(Random):
    """Draws amounts of which none is short."""


@dataclass(frozen=True)
class Tiny:
    """One county, what things cost, and what there is not more of."""

    rows: dict[str, list[dict]]
    prices: dict[str, int]
    """Item → fen; hiring also as `hiring_pe`."""
    budget: int
    school_limits: dict[str, dict[str, int]]
    county_limits: dict[str, int]
    county: str


def tiny(seed: int) -> Tiny:
    """The county of a seed: one to four schools."""
    random = Random(seed) if seed < MILD else Mild(seed)
    rows = _some_schools(random)
    for place in range(len(rows["schools"])):
        _drawn_anew(random, rows, place)
    codes = [row["school_code"] for row in rows["schools"]]
    cheap = random.sample(ITEMS, random.choice((3, 4)))
    if seed >= MILD:
        for _ in range(random.choice((2, 3, 4, 5))):
            _dent(random, rows, random.choice(cheap))
    prices = {item: random.choice(CHEAP) if item in cheap else OUT_OF_REACH for item in ITEMS}
    if "teacher_hiring" in cheap:  # who is hired is trained, at the same price
        prices["teacher_training_360h"] = random.choice((100, 150, 199))
    prices["hiring_pe"] = prices["teacher_hiring"] + random.choice((0, 0, 50, 200))
    limits = {code: _land(random) for code in codes if random.random() < 0.4}
    quotas = _people(random)
    if "teacher_move" in cheap:
        quotas["moves"] = random.randint(0, 2)
    just = sum(prices[item] for item in random.sample(cheap, 2))
    budgets = (0, 600, 1000, 1500, just, 2 * just) if seed < MILD else (1000, 1500)
    return Tiny(
        rows, prices, random.choice(budgets), limits, quotas, rows["schools"][0]["location_unit"]
    )


@cache
def _pool(number: int) -> dict[str, list[dict]]:
    return make_county(seed=number, schools=40, year=2025)


def _some_schools(random: Random) -> dict[str, list[dict]]:
    whole = _pool(random.randint(1, 4))
    busy = {r["school_code"] for r in whole["seats"] if any(r[f"enrolment_{s}"] for s in STAGES)}
    main = [
        r for r in whole["schools"]
        if r["counts_as_school"] and r["school_type"] in TYPES and r["school_code"] in busy
    ]  # fmt: skip
    first = random.choice(main)
    alike = [r for r in main if r["school_type"] == first["school_type"]]
    others = [r for r in main if r is not first]
    more = [alike if random.random() < 0.6 else others for _ in range(random.randint(0, 3))]
    kept = {first["school_code"], *(random.choice(each)["school_code"] for each in more)}
    return {
        table: [dict(r) for r in listed if table not in TABLES or r["school_code"] in kept]
        for table, listed in whole.items()
        if table not in KEEPS_CLASSES
    }


def _drawn_anew(random: Random, rows: dict[str, list[dict]], place: int) -> None:
    """Pupils, teachers, rooms and areas of one school, close to what is asked of it."""
    school, seats, staffing, facilities = (
        rows[t][place] for t in ("schools", "seats", "staffing", "facilities")
    )
    assert len({r["school_code"] for r in (school, seats, staffing, facilities)}) == 1
    school["rural_small_50_99"] = False
    size = random.choice(MILD_SIZES if isinstance(random, Mild) else SIZES)
    held = [column for column in list(seats) if column in PUPILS and seats[column]]
    for column in held:
        seats[column] = random.randint(*size)
    if len(held) > 1 and random.random() < EMPTY and not isinstance(random, Mild):
        seats[random.choice(held)] = 0
    for column in list(seats):
        if column.startswith("class_count_") and seats[column]:
            seats[column] = random.randint(2, 15)
    pupils = {s: pupils_of(seats, s) for s in STAGES}
    for stage in STAGES:
        if staffing.get(f"full_time_teachers_{stage}") is not None:
            _teachers(random, staffing, stage, pupils[stage])
    _things(random, facilities, pupils, pupils_of(seats, "senior"))


def pupils_of(seats: dict, stage: str) -> int:
    """Those of its own type or of attached classes."""
    return seats.get(f"enrolment_{stage}") or seats.get(f"attached_{stage}_enrolment") or 0


def _near(random: Random, least: float) -> int:
    """A little below or above what is asked, or much above, so that the spread is too wide."""
    if isinstance(random, Mild):
        return ceil(least) + random.choice((0, 0, 1))
    kind = random.random()
    if kind < WIDE:
        return int(least * (1 + 2 * random.random())) + 1
    if kind < WIDE + SHORT:
        return max(0, ceil(least) - random.choice((1, 1, 1, 2, 2, 3)))
    return ceil(least) + random.choice((0, 0, 1, 3))


def _teachers(random: Random, row: dict, stage: str, pupils: int) -> None:
    if not pupils:  # and nobody to teach them
        row |= {c: 0 for c, n in row.items() if c.endswith(f"_{stage}") and isinstance(n, int)}
        return
    asked = [LIMIT[code][STAGES.index(stage)] * pupils / 100 for code in ("L1", "L2", "L3")]
    above, key, subjects = (_near(random, least) for least in asked)
    for degree in ("associate", "master", "doctorate"):
        row[f"teachers_{degree}_{stage}"] = 0
    row[f"teachers_bachelor_{stage}"] = above
    below = random.randint(0, 3)
    everyone = max(above + below, key, subjects)
    row[f"teachers_at_required_level_{stage}"] = everyone - above
    row[f"full_time_teachers_{stage}"] = everyone
    row[f"key_teachers_county_plus_{stage}"] = key
    for column, number in (("certified_teachers", 2), ("teachers_training_360h", 2)):
        less = 0 if isinstance(random, Mild) else random.choice((0, 0, 0, 0, number, 1))
        row[f"{column}_{stage}"] = max(0, everyone - less)
    for subject in ("music", "fine_arts", "arts"):
        row[f"teachers_{subject}_{stage}"] = 0
    row[f"teachers_pe_{stage}"] = subjects


def _things(random: Random, row: dict, pupils: dict[str, int], senior: int) -> None:
    """Areas, equipment and rooms, of which the stages share by their pupils weighted."""
    weight = pupils["primary"] + 1.1 * pupils["junior"] + 1.32 * senior
    shares = {"primary": 1.0, "junior": 1.1}

    def asked(code: str) -> float:
        """The whole at which the stage that asks most has what it must have."""
        per = 100 if code == "L7" else 1
        return max(
            LIMIT[code][place] * weight / shares[stage] / per
            for place, stage in enumerate(STAGES)
            if pupils[stage]
        )

    row["indoor_sports_room_area_m2"] = Decimal(0)
    row["teaching_auxiliary_area_m2"] = Decimal(_near(random, asked("L4")))
    row["gymnasium_area_m2"] = Decimal(20 if isinstance(random, Mild) else random.choice((0, 20)))
    row["sports_ground_area_m2"] = Decimal(max(0, _near(random, asked("L5")) - 20))
    row["equipment_value_yuan"] = Decimal(_near(random, asked("L6")))
    row["multimedia_classrooms"] = _near(random, asked("L7"))
    for kind, sizes in (("music", ("ge_96", "73_96", "61_73", "54_61")),
                        ("art", ("ge_90", "67_90", "61_67", "54_61"))):  # fmt: skip
        for size in sizes:
            row[f"{kind}_rooms_{size}"] = 0
        number = 3 if isinstance(random, Mild) else random.choice((1, 1, 2, 2, 2, 3))
        row[f"{kind}_rooms"] = row[f"{kind}_rooms_{sizes[0]}"] = number


def _dent(random: Random, rows: dict[str, list[dict]], item: str) -> None:
    """Take from a school one or two of what an action adds to, whether it is short of it then or not."""
    place, number = random.randrange(len(rows["schools"])), random.choice((1, 1, 2))
    facilities, staffing = rows["facilities"][place], rows["staffing"][place]
    if item in BUILT:
        facilities[BUILT[item]] = max(0, facilities[BUILT[item]] - number)
        return
    if item in ("music_room", "art_room"):
        kind, size = ("music", "ge_96") if item == "music_room" else ("art", "ge_90")
        for column in (f"{kind}_rooms", f"{kind}_rooms_{size}"):
            facilities[column] = max(0, facilities[column] - 2)
        return
    stage = random.choice([s for s in STAGES if staffing.get(f"full_time_teachers_{s}")])
    columns = {
        "key_teacher_training": ("key_teachers_county_plus",), "teacher_certification": ("certified_teachers",),
        "teacher_training_360h": ("teachers_training_360h",), "qualification_upgrade": ("teachers_bachelor",),
    }.get(item, ("full_time_teachers", "teachers_bachelor", "certified_teachers", "teachers_training_360h"))  # fmt: skip
    for column in columns:
        staffing[f"{column}_{stage}"] = max(0, staffing[f"{column}_{stage}"] - number)
    if item == "qualification_upgrade":
        staffing[f"teachers_at_required_level_{stage}"] += number


def _land(random: Random) -> dict[str, int]:
    keys = ("teaching_area_m2", "converted_area_m2", "sports_ground_m2", "gymnasium_m2",
            "music_and_art_rooms", "multimedia_classrooms")  # fmt: skip
    return {key: random.randint(0, 2) for key in keys if random.random() < 0.5}


def _people(random: Random) -> dict[str, int]:
    keys = ("hires", "key_teachers", "upgrades", "moves")
    return {key: random.randint(0, 2) for key in keys if random.random() < 0.25}


def price_list(prices: dict[str, int]) -> str:
    """The price list as a file of the user's would be."""
    head = 'title = "小算例"\nstatus = "小算例"\nsource = "测试"\ndate = 2026-01-01\n'
    amounts = [(item, "", prices[item]) for item in ITEMS if item != "teacher_hiring"]
    amounts += [("teacher_hiring", "", prices["teacher_hiring"])]
    amounts += [("teacher_hiring", s, prices["hiring_pe"]) for s in ("pe", "music", "fine_arts")]
    amounts += [("teacher_year", "", 0)]
    for sports in ("roof_sports_ground", "underground_sports_ground", "leased_sports_area"):
        amounts.append((sports, "", OUT_OF_REACH))
    return head + "".join(
        f'[[price]]\nitem = "{item}"\n' + (f'subject = "{subject}"\n' if subject else "")
        + f'unit = "{UNITS.get(item, "元/人")}"\namount = "{amount / 100:.2f}"\nsource = "测试"\n'
        "date = 2026-01-01\nconfidence = \"D\"\n"
        for item, subject, amount in amounts
    )  # fmt: skip
