"""The answer by trying everything: every set of actions that the money allows, judged by the second engine.

Written from docs/howto/comply.md (what an action changes, what counts as unmet) and on `tests/oracle`;
nothing of the planner's is imported. Schools are tried one by one, since what is done at one changes
no other; what is tried together is every choice of what is done at each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from oracle.engine import measured
from oracle.filed import class_lists, is_asked, whole_school
from oracle.judging import CV_LIMIT, FAIL, FLOOR, INDICATORS, LIMIT, STAGES, cv_squared
from oracle.school_clauses import rooms
from oracle.schools import group_rows, join_tables
from plan.brute.counties import Tiny, pupils_of

WHOLE = ("full_time_teachers", "certified_teachers", "teachers_training_360h", "teachers_bachelor")
LAND = {  # key of a school's limits → kinds of action that it limits together
    "teaching_area_m2": ("new_teaching_area",),
    "converted_area_m2": ("converted_teaching_area",),
    "sports_ground_m2": ("new_sports_ground",),
    "gymnasium_m2": ("gymnasium_area",),
    "music_and_art_rooms": ("music_room", "art_room"),
    "multimedia_classrooms": ("multimedia_classroom",),
}
PEOPLE = {  # key of a county's limits → kinds; of moves those in
    "hires": ("teacher_hiring",),
    "key_teachers": ("key_teacher_training",),
    "upgrades": ("qualification_upgrade",),
    "moves": ("teacher_move",),
}


@dataclass(frozen=True)
class Act:
    """One thing that can be done at one school, any whole number of times up to `most`."""

    item: str
    cost: int
    adds: tuple[tuple[str, int], ...]
    most: int
    pool: str = ""
    sign: int = 0


@dataclass(frozen=True)
class Done:
    """Something done at one school: what it cost, what it used, what the school then is."""

    acts: tuple[tuple[Act, int], ...]
    cost: int
    missed: int
    """Requirements of its parts and its own clauses that are not met."""
    values: tuple[tuple[tuple[str, str], tuple[int, Fraction]], ...]
    """(Stage, indicator) → pupils and value."""
    people: tuple[int, int, int]
    """Teachers, certified, with their hours."""


def best(county: Tiny) -> tuple[int, int]:
    """Fewest requirements unmet, then least cost."""
    schools = [list(_choices(county, code)) for code in _codes(county)]
    found = None
    for chosen in _affordable(schools, county.budget):
        if not _allowed(county, chosen):
            continue
        cost = sum(done.cost for done in chosen)
        missed = sum(done.missed for done in chosen)
        if found is not None and (missed, cost) >= found:
            continue
        rank = (missed + _county_wide(chosen), cost)
        if found is None or rank < found:
            found = rank
    assert found is not None, "doing nothing is always allowed"
    return found


def unmet_after(county: Tiny, effects: Iterator[tuple[str, str, int]]) -> int:
    """Requirements unmet once these (school, column, amount) have been added to the returns."""
    added: dict[str, dict[str, int]] = {code: {} for code in _codes(county)}
    for code, column, amount in effects:
        added[code][column] = added[code].get(column, 0) + amount
    chosen = [_judged(county, code, (), 0, added[code]) for code in added]
    return sum(done.missed for done in chosen) + _county_wide(chosen)


def kinds_tried(county: Tiny) -> set[str]:
    """Kinds of action that this county's money reaches and its schools can take."""
    return {
        act.item for code in _codes(county) for act in _acts(county, code)
        if act.most > 0 and act.cost <= county.budget
    }  # fmt: skip


def _codes(county: Tiny) -> list[str]:
    return [row["school_code"] for row in county.rows["schools"]]


def _affordable(schools: list[list[Done]], money: int) -> Iterator[tuple[Done, ...]]:
    """Every choice of one thing a school that the money pays for."""
    if not schools:
        yield ()
        return
    for done in schools[0]:
        if done.cost <= money:
            for rest in _affordable(schools[1:], money - done.cost):
                yield (done, *rest)


def _allowed(county: Tiny, chosen: tuple[Done, ...]) -> bool:
    """Whoever comes has left another school; quotas hold."""
    balance: dict[str, int] = {}
    used = dict.fromkeys(PEOPLE, 0)
    for done in chosen:
        for act, number in done.acts:
            balance[act.pool] = balance.get(act.pool, 0) + act.sign * number
            for key, items in PEOPLE.items():
                used[key] += number * (act.item in items and act.sign >= 0)
    limits = county.county_limits
    return not any(balance.values()) and all(used[key] <= limits[key] for key in limits)


# --- one school ------------------------------------------------------------------------------------


def _choices(county: Tiny, code: str) -> Iterator[Done]:
    """Everything that can be done at one school for the money."""
    acts = [a for a in _acts(county, code) if a.most > 0 and a.cost <= county.budget]
    row = county.rows["staffing"][_codes(county).index(code)]
    for done in _paid(acts, county.budget, county.county_limits.get("moves", 0)):
        if not _has_room(county.school_limits.get(code, {}), done) or not _are_there(row, done):
            continue
        added: dict[str, int] = {}
        for act, number in done:
            for column, amount in act.adds:
                added[column] = added.get(column, 0) + amount * number
        yield _judged(county, code, done, sum(act.cost * n for act, n in done), added)


def _paid(acts: list[Act], money: int, leaving: int) -> Iterator[tuple[tuple[Act, int], ...]]:
    """Every number of every act that the money pays for; no more leave than may come elsewhere."""
    if not acts:
        yield ()
        return
    first = acts[0]
    most = min(first.most, money // first.cost if first.cost else leaving)
    for number in range(most + 1):
        left = leaving - number if first.sign < 0 else leaving
        for rest in _paid(acts[1:], money - number * first.cost, left):
            yield ((first, number), *rest) if number else rest


def _has_room(limits: dict[str, int], done: tuple[tuple[Act, int], ...]) -> bool:
    return all(
        sum(n for act, n in done if act.item in LAND[key]) <= most for key, most in limits.items()
    )


def _are_there(row: dict, done: tuple[tuple[Act, int], ...]) -> bool:
    """Who is made a key teacher, and who leaves and is none, were there and were none."""
    for stage in STAGES:
        taken = sum(
            number for act, number in done
            if (act.item == "key_teacher_training" and act.adds[0][0].endswith(stage))
            or (act.sign < 0 and act.pool in (f"{stage} plain", f"{stage} pe"))
        )  # fmt: skip
        everyone = row.get(f"full_time_teachers_{stage}") or 0
        if taken and taken > everyone - row[f"key_teachers_county_plus_{stage}"]:
            return False
    return True


def _acts(county: Tiny, code: str) -> list[Act]:
    """Everything there is to do at a school."""
    place = _codes(county).index(code)
    row = {**county.rows["schools"][place]}
    for table in ("seats", "staffing", "facilities"):
        row |= county.rows[table][place]
    found = list(_things(county.prices, row))
    for stage in STAGES:
        if pupils_of(row, stage):
            found += _with_teachers(county.prices, row, stage)
            if row["ownership"] == "public":
                found += _movers(county.prices["teacher_move"], row, stage)
    return found


def _things(prices: dict[str, int], row: dict) -> Iterator[Act]:
    """A networked classroom needs a room: there may be twice as many as rooms that are counted (K15.5)."""
    rooms = sum(row[column] for column in ("regular_classrooms", "music_rooms", "art_rooms"))
    networked = max(0, 2 * rooms - row["multimedia_classrooms"])
    columns = {
        "new_teaching_area": ("teaching_auxiliary_area_m2",),
        "converted_teaching_area": ("teaching_auxiliary_area_m2",),
        "new_sports_ground": ("sports_ground_area_m2",),
        "gymnasium_area": ("gymnasium_area_m2",),
        "equipment": ("equipment_value_yuan",),
        "multimedia_classroom": ("multimedia_classrooms",),
        "music_room": ("music_rooms", "music_rooms_ge_96"),
        "art_room": ("art_rooms", "art_rooms_ge_90"),
    }
    for item, names in columns.items():
        most = networked if item == "multimedia_classroom" else 99
        yield Act(item, prices[item], tuple((name, 1) for name in names), most)


def _with_teachers(prices: dict[str, int], row: dict, stage: str) -> Iterator[Act]:
    everyone = row[f"full_time_teachers_{stage}"]
    hired = tuple((f"{column}_{stage}", 1) for column in WHOLE)
    trained = prices["teacher_training_360h"]
    yield Act("teacher_hiring", prices["teacher_hiring"] + trained, hired, 99)
    subject = ((f"teachers_pe_{stage}", 1),)
    yield Act("teacher_hiring", prices["hiring_pe"] + trained, hired + subject, 99)
    below = row[f"teachers_at_required_level_{stage}"]
    raised = ((f"teachers_bachelor_{stage}", 1), (f"teachers_at_required_level_{stage}", -1))
    yield Act("qualification_upgrade", prices["qualification_upgrade"], raised, below)
    for item, column in (
        ("key_teacher_training", "key_teachers_county_plus"),
        ("teacher_certification", "certified_teachers"),
        ("teacher_training_360h", "teachers_training_360h"),
    ):
        most = everyone - row[f"{column}_{stage}"]
        yield Act(item, prices[item], ((f"{column}_{stage}", 1),), most)


def _movers(price: int, row: dict, stage: str) -> Iterator[Act]:
    """Who leaves has a degree, certificate and hours, and is one of three kinds; all are counted as apart."""
    everyone = row[f"full_time_teachers_{stage}"]
    lacking = sum(everyone - row[f"{column}_{stage}"] for column in WHOLE[1:])
    key, sport = row[f"key_teachers_county_plus_{stage}"], row[f"teachers_pe_{stage}"]
    subjects = sport + sum(row[f"teachers_{s}_{stage}"] for s in ("music", "fine_arts", "arts"))
    having = max(0, everyone - lacking)
    most = {"plain": max(0, having - key - subjects)}
    most["key"] = max(0, min(key - lacking, having - subjects - most["plain"]))
    most["pe"] = max(0, min(sport - lacking, having - most["plain"] - most["key"]))
    more = {"plain": (), "key": ("key_teachers_county_plus",), "pe": ("teachers_pe",)}
    for kind, columns in more.items():
        names = [f"{column}_{stage}" for column in (*WHOLE, *columns)]
        pool = f"{stage} {kind}"
        yield Act("teacher_move", 0, tuple((n, -1) for n in names), most[kind], pool, -1)
        yield Act("teacher_move", price, tuple((n, 1) for n in names), 99, pool, 1)


def _judged(
    county: Tiny, code: str, done: tuple[tuple[Act, int], ...], cost: int, added: dict[str, int]
) -> Done:
    """The school with these amounts in its return, by the second engine."""
    rows = {
        table: [dict(r) for r in county.rows[table] if r.get("school_code") == code]
        for table in ("schools", "seats", "staffing", "facilities")
    }
    for column, amount in added.items():
        table = "facilities" if column in rows["facilities"][0] else "staffing"
        rows[table][0][column] += amount
    parts, _, missing = measured(rows, set(), None, (), {})
    assert not missing
    missed, values = 0, []
    for (_, _, stage), part in parts.items():
        missed += _missed(stage, part["values"])
        values += [((stage, i), (part["pupils"], part["values"][i])) for i in INDICATORS]
    school = _whole(rows)
    people = (0, 0, 0)
    if is_asked(school):
        missed += sum(rooms(school, kind, {})[0][2] == FAIL for kind in (("music",), ("art",)))
        people = tuple(
            sum(rows["staffing"][0].get(f"{c}_{s}") or 0 for s in STAGES)
            for c in ("full_time_teachers", "certified_teachers", "teachers_training_360h")
        )
    return Done(done, cost, missed, tuple(values), people)


def _whole(rows: dict) -> dict:
    ((group,), *_) = group_rows(join_tables(rows), {})
    return whole_school(group, class_lists(rows), set(), 2025)


def _missed(stage: str, values: dict[str, Fraction]) -> int:
    """The fewest indicators to be raised until six are at the limit and the seventh at its floor."""
    under = sum(values[i] < FLOOR[i, stage] for i in INDICATORS)
    between = sum(FLOOR[i, stage] <= values[i] < LIMIT[i, stage] for i in INDICATORS)
    return under + max(0, between - 1)


# --- the county ------------------------------------------------------------------------------------


def _county_wide(chosen: tuple[Done, ...] | list[Done]) -> int:
    """Coefficients of variation, certificates and hours that are not within their limits."""
    samples: dict[tuple[str, str], list[tuple[int, Fraction]]] = {}
    for done in chosen:
        for key, pair in done.values:
            samples.setdefault(key, []).append(pair)
    missed = sum(_too_wide(stage, tuple(held)) for (stage, _), held in samples.items())
    everyone, certified, trained = (sum(done.people[k] for done in chosen) for k in range(3))
    return missed + (everyone > 0 and certified < everyone) + (everyone > 0 and trained < everyone)


@cache
def _too_wide(stage: str, sample: tuple[tuple[int, Fraction], ...]) -> bool:
    known = [(str(n), pupils, value) for n, (pupils, value) in enumerate(sample)]
    squared, _ = cv_squared(known, "weighted")
    return squared is None or squared > CV_LIMIT[stage] ** 2
