"""Class lists cut to the limit, classes on paper, pupils parked at another school."""

from fractions import Fraction

from junheng.sample.fraud.kinds import Planting, fraud
from junheng.sample.sittings import Sittings, seated, sittings_of

ENTRY = (1, 7)


def _sat(planting: Planting, code: str) -> Sittings:
    """The classes of the list where there is one, else even classes from the totals."""
    found: Sittings = {}
    for row in planting.rows["classes"]:
        if row["school_code"] == code and row["grade"] < 10:
            found.setdefault(row["grade"], []).append(row["pupils"])
    return found or sittings_of(planting.row("seats", code))


def _seat(planting: Planting, code: str, sittings: Sittings) -> None:
    """Write these classes into the return and, where there was one, the class list."""
    seats = planting.row("seats", code)
    seats.update(seated(seats, sittings))
    others = [row for row in planting.rows["classes"] if row["school_code"] != code]
    if len(others) < len(planting.rows["classes"]):
        others += [
            {"school_code": code, "grade": grade, "class_no": str(n + 1), "pupils": size,
             "stage": "primary" if grade < 7 else "junior"}
            for grade, sizes in sittings.items() for n, size in enumerate(sizes)
        ]  # fmt: skip
    planting.rows["classes"] = others


def _crowded(planting: Planting, low: float, high: float) -> list[str]:
    """Schools, most of whose classes are over the limit, by between `low` and `high` on average."""
    found = []
    for code in planting.plain():
        limit = planting.greatest_class(planting.stage(code))
        sizes = [size for each in _sat(planting, code).values() for size in each]
        over = sum(size > limit for size in sizes)
        if (
            len(sizes) >= 9
            and over >= 0.6 * len(sizes)
            and low < sum(sizes) / len(sizes) - limit <= high
        ):
            found.append(code)
    return found


EXCESS = ((0.5, 2.0), (2.0, 4.0), (4.0, 30.0))
EXCESS_WORDS = ("平均超1—2人", "平均超3—4人", "平均超4人以上")


@fraud(
    "一所学校把超额班级的名单都改到限额",
    strengths=EXCESS_WORDS,
    answered_by=("class_limit", "class_limit_county", "cohort_shaved"),
)
def lists_cut_to_the_limit(planting: Planting) -> tuple[str, ...]:
    """Every class above the limit is filed as exactly the limit; the rest of the list is dropped."""
    chosen = _crowded(planting, *EXCESS[planting.strength - 1])[:1]
    for code in chosen:
        limit = planting.greatest_class(planting.stage(code))
        sat = _sat(planting, code)
        _seat(planting, code, {g: [min(n, limit) for n in each] for g, each in sat.items()})
    return tuple(chosen)


@fraud(
    "一所学校把超额班级的名单改到限额以下，参差不齐",
    strengths=EXCESS_WORDS,
    answered_by=("class_limit", "class_limit_county", "cohort_shaved"),
)
def lists_cut_with_care(planting: Planting) -> tuple[str, ...]:
    """As before, but spread over a few sizes below the limit."""
    chosen = _crowded(planting, *EXCESS[planting.strength - 1])[:1]
    for code in chosen:
        limit = planting.greatest_class(planting.stage(code))
        cut = {
            grade: [n if n <= limit else limit - planting.chance.randint(0, 3) for n in sizes]
            for grade, sizes in _sat(planting, code).items()
        }
        _seat(planting, code, cut)
    return tuple(chosen)


@fraud(
    "许多学校只改掉超过一两人的班",
    strengths=("3所学校", "至多6所学校", "至多12所学校"),
    answered_by=("class_limit", "class_limit_county", "cohort_shaved"),
)
def small_cuts_in_many_schools(planting: Planting) -> tuple[str, ...]:
    """Schools whose classes are a little too large file them as exactly the limit."""
    chosen = _crowded(planting, -0.5, 2.5)[: (3, 6, 12)[planting.strength - 1]]
    for code in chosen if len(chosen) >= 3 else ():
        limit = planting.greatest_class(planting.stage(code))
        sat = _sat(planting, code)
        _seat(planting, code, {g: [min(n, limit) for n in each] for g, each in sat.items()})
    return tuple(chosen) if len(chosen) >= 3 else ()


@fraud(
    "一所学校三年都把名单改到限额",
    strengths=EXCESS_WORDS,
    answered_by=("class_limit", "class_limit_county", "cohort_shaved"),
    reaches=3,
)
def lists_cut_every_year(planting: Planting) -> tuple[str, ...]:
    """The years before were cut in the same way, so that the cohorts agree."""
    chosen = _crowded(planting, *EXCESS[planting.strength - 1])[:1]
    earlier = [
        Planting(rows, rows, rows, planting.chance, planting.strength)
        for rows in (planting.before, planting.last)
    ]
    for code in chosen:
        limit = planting.greatest_class(planting.stage(code))
        for each in (*earlier, planting):
            sat = _sat(each, code)
            _seat(each, code, {g: [min(n, limit) for n in sizes] for g, sizes in sat.items()})
    return tuple(chosen)


@fraud(
    "名单上多编几个班",
    strengths=("1所学校", "至多3所学校", "至多8所学校"),
    answered_by=("rooms_lacking", "class_limit"),
)
def classes_on_paper(planting: Planting) -> tuple[str, ...]:
    """Pupils stay, classes are added until none is above the limit; no room is added."""
    chosen = _crowded(planting, 0.0, 30.0)[: (1, 3, 8)[planting.strength - 1]]
    for code in chosen:
        limit = planting.greatest_class(planting.stage(code))
        sat = {}
        for grade, sizes in _sat(planting, code).items():
            count = max(len(sizes), -(-sum(sizes) // limit))
            sat[grade] = [sum(sizes) // count + (i < sum(sizes) % count) for i in range(count)]
        _seat(planting, code, sat)
    return tuple(chosen)


@fraud(
    "把学生挂到另一所学校，刚好达标",
    strengths=("挂出4%以内", "挂出4%—8%", "挂出8%—20%"),
    answered_by=("pupils_moved", "cohort_shaved"),
)
def pupils_parked_elsewhere(planting: Planting) -> tuple[str, ...]:
    """Just so many pupils go to another school's list that an area per pupil passes."""
    low, high = ((0.005, 0.04), (0.04, 0.08), (0.08, 0.2))[planting.strength - 1]
    for code in planting.plain():
        stage = planting.stage(code)
        facilities = planting.row("facilities", code)
        area = facilities["sports_ground_area_m2"] + facilities["gymnasium_area_m2"]
        pupils = planting.row("seats", code)[f"enrolment_{stage}"]
        if not pupils or pupils < 200:
            continue
        surplus = pupils - int(Fraction(area) / planting.limit("L5", stage))
        takers = [
            each
            for each in planting.plain(planting.row("schools", code)["school_type"])
            if each != code and planting.row("seats", each)[f"enrolment_{stage}"] >= 200
        ]
        if low * pupils < surplus <= high * pupils and takers:
            _park(planting, code, takers[0], surplus)
            return (code, takers[0])
    return ()


def _park(planting: Planting, code: str, taker: str, surplus: int) -> None:
    """Pupils of the upper grades, class by class in turn, from one list to the other."""
    source, target = _sat(planting, code), _sat(planting, taker)
    upper = [g for g in source if g not in ENTRY and target.get(g)]
    places = [(g, i) for g in upper for i in range(len(source[g]))]
    for n in range(surplus if places else 0):
        grade, index = places[n % len(places)]
        source[grade][index] -= 1
        target[grade][n % len(target[grade])] += 1
    _seat(planting, code, source)
    _seat(planting, taker, target)
