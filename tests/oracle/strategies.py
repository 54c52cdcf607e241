"""Hypothesis counties: small, and on every edge the rules have.

Values lie exactly on a limit or a floor, a step beside it, or are missing; combined schools,
attached classes, uncounted rows, schools without a return, and everything X1 and X2 look at.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from hypothesis import strategies as st

from oracle.clean import record
from oracle.judging import FLOOR, LIMIT, PER, SHARED, STAGES, STEP, WEIGHT
from oracle.schools import MAY_ATTACH, OWN_STAGES

COUNTIES = ("410199", "410198")
CV_LIMIT_J = Fraction(9, 20)
TYPES = ("primary", "junior", "nine_year", "nine_year", "twelve_year", "complete", "teaching_point",
         "senior", "vocational", "special")  # fmt: skip
PUPILS = st.sampled_from((0, 1, 40, 49, 50, 60, 98, 99, 100, 146, 500, 1000, 2000, 10_000))
CODES_OF_PLACE = ("111", "111", "112", "121", "210", "220")
TITLES = ("bachelor", "master", "doctorate")
SUBJECTS = ("pe", "music", "fine_arts", "arts")
AREAS = st.sampled_from((None, "0", "12.34", "500", "3000"))
STARTS = st.sampled_from((date(2025, 3, 1), date(2026, 3, 31), date(2026, 4, 1), None))
ENDS = st.sampled_from((date(2027, 2, 28), date(2026, 3, 31), date(2026, 3, 30), None))


@st.composite
def counties(draw) -> tuple[dict, set]:
    """Rows by table, and the cells filed as —."""
    rows = {t: [] for t in ("register", "schools", "seats", "staffing", "facilities", "evidence")}
    dashes: set[tuple[str, str, str]] = set()
    for number in range(draw(st.integers(1, 6))):
        _file(draw, rows, dashes, f"21419{number:05d}")
    if draw(st.integers(0, 3)):
        rows["dense_areas"] = [{"county_code": COUNTIES[0], "area_name": "示例街道"}]
    return rows, dashes


@st.composite
def counties_on_the_cv_limit(draw) -> tuple[dict, set]:
    """Two schools whose weighted CV of L5 is exactly the limit, or a hundredth of a m² beside it.

    With P = (a²k, b²k) the CV is c where X = (ab + c·b², ab − c·a²) times anything.
    """
    school_type, c = draw(st.sampled_from((("primary", Fraction(1, 2)), ("junior", CV_LIMIT_J))))
    a, b, k, times = (draw(st.integers(1, most)) for most in (12, 12, 30, 40))
    shares = ((a * a, a * b + c * b * b), (b * b, max(Fraction(0), a * b - c * a * a)))
    rows = {t: [] for t in ("register", "schools", "seats", "staffing", "facilities")}
    for number, (size, value) in enumerate(shares):
        code = {"school_code": f"21419{number:05d}"}
        identity = {"school_type": school_type, "location_unit": COUNTIES[0]}
        hundredths = int(20 * size * k * value * times) + draw(st.sampled_from((0, 0, 0, 1)))
        rows["schools"].append(code | identity | {"counts_as_school": True})
        rows["register"].append(code | identity)
        seats = {f"enrolment_{school_type}": size * k, "attached_primary_enrolment": 0}
        rows["seats"].append(code | seats)
        ground = {"gymnasium_area_m2": Decimal(0), "sports_ground_area_m2": _cents(hundredths)}
        rows["facilities"].append(code | ground)
    return rows, set()


def _file(draw, rows: dict, dashes: set, code: str) -> None:
    """One school on the register, with its return or without."""
    school = _identity(draw, rows, code)
    rows["register"].append(
        {c: school[c] for c in ("school_code", "school_name", "location_unit", "school_type")}
    )
    if draw(st.integers(0, 11)) == 0:
        return
    seats, pupils = _seats(draw, school, dashes)
    rows["schools"].append(school)
    rows["seats"].append(seats)
    rows["staffing"].append(_staffing(draw, school, pupils, dashes))
    rows["facilities"].append(_facilities(draw, school, pupils, dashes))
    rows["evidence"] += _proof(draw, code)


def _proof(draw, code: str) -> list[dict]:
    """Records for X1 and X2: mostly sound, at times one lacks what makes it count."""
    faults = ({}, {}, {}, {"review": "return"}, {"sha256": None}, {"valid_to": date(2026, 3, 30)})
    return [
        record(exception, code, **draw(st.sampled_from(faults)))
        for exception in ("X1", "X2")
        if draw(st.integers(0, 5))
    ]


def _identity(draw, rows: dict, code: str) -> dict:
    filed = [row["school_code"] for row in rows["schools"]]
    parent = draw(st.sampled_from([None, None, None, *filed, "2141999999"])) if filed else None
    return {
        "school_code": code,
        "school_name": f"示例学校{code[-2:]}",
        "school_type": draw(st.sampled_from(TYPES)),
        "location_unit": draw(st.sampled_from((COUNTIES[0],) * 7 + (COUNTIES[1],))),
        "counts_as_school": parent is None,
        "parent_school_code": parent,
        "urban_rural_code": draw(st.sampled_from(CODES_OF_PLACE)),
        "rural_small_50_99": draw(st.integers(0, 3)) > 0,
        "dense_urban_core": draw(st.booleans()),
    }


def _seats(draw, school: dict, dashes: set) -> tuple[dict, dict]:
    """The seats row, and the pupils by stage that the other rows are fitted to."""
    row = {"school_code": school["school_code"]}
    pupils = {stage: draw(PUPILS) for stage in OWN_STAGES[school["school_type"]]}
    row |= {f"enrolment_{stage}": count for stage, count in pupils.items()}
    attached = MAY_ATTACH.get(school["school_type"])
    if attached is not None:
        column = f"attached_{attached}_enrolment"
        row[column] = draw(st.sampled_from((0, 0, 0, 60, 146)))
        pupils[attached] = row[column]
        if row[column] == 0 and draw(st.booleans()):
            row[column] = None
            dashes.add(("seats", school["school_code"], column))
    _lose(draw, row)
    return row, pupils


def _lose(draw, row: dict) -> None:
    """At times one filed number of a row is missing."""
    numbers = [c for c in row if c != "school_code" and row[c] is not None]
    if numbers and draw(st.integers(0, 24)) == 0:
        row[draw(st.sampled_from(numbers))] = None


def _line(draw, code: str, stage: str) -> Fraction:
    """A value of the indicator: mostly a line, and a step beside it is added by the caller."""
    line = draw(st.sampled_from((LIMIT, LIMIT, LIMIT, LIMIT, FLOOR)))[code, stage]
    return line * draw(st.sampled_from((1, 1, 1, 1, 1, 1, 2, 0)))


def _steps(draw, code: str, need: Fraction) -> int:
    """Whole steps that just reach what is needed, or one step more or less."""
    return max(0, ceil(need / STEP[code]) + draw(st.sampled_from((0, 0, 0, 0, 0, 0, -1, 1))))


def _staffing(draw, school: dict, pupils: dict, dashes: set) -> dict:
    code = school["school_code"]
    row = {"school_code": code}
    for stage in STAGES:
        groups = {
            "L1": [f"teachers_{t}_{stage}" for t in TITLES],
            "L2": [f"key_teachers_county_plus_{stage}"],
            "L3": [f"teachers_{s}_{stage}" for s in SUBJECTS],
        }
        if stage == "primary":
            groups["L1"].append("teachers_associate_primary")
        guests = [f"visiting_{s}_teachers_{stage}" for s in SUBJECTS]
        if not pupils.get(stage):
            _dash(draw, dashes, "staffing", code, [c for g in groups.values() for c in g] + guests)
            continue
        for indicator, columns in groups.items():
            need = _line(draw, indicator, stage) * pupils[stage] / PER[indicator]
            row |= _spread_over(draw, columns, _steps(draw, indicator, need))
        row |= {guest: draw(st.sampled_from((None, None, 0, 1, 2))) for guest in guests}
    _lose(draw, row)
    return row


def _spread_over(draw, columns: list[str], total: int) -> dict:
    """The total in one of the columns, or in the first two, 0 in the others."""
    row = dict.fromkeys(columns, 0)
    first = draw(st.integers(0, total)) if len(columns) > 1 else total
    row[columns[0]] = first
    row[columns[-1]] += total - first
    return row


def _dash(draw, dashes: set, table: str, code: str, columns: list[str]) -> None:
    """Cells of a stage the school does not have: filed as — or left blank."""
    if draw(st.booleans()):
        dashes.update((table, code, column) for column in columns)


def _facilities(draw, school: dict, pupils: dict, dashes: set) -> dict:
    weighted = sum((WEIGHT[s] * count for s, count in pupils.items()), Fraction(0))
    judged = [stage for stage in STAGES if pupils.get(stage)] or ["primary"]
    steps = {}
    for code in SHARED:
        stage = draw(st.sampled_from(judged))
        need = _line(draw, code, stage) * weighted / WEIGHT[stage] / PER[code]
        steps[code] = _steps(draw, code, need)
    hall, gymnasium = draw(st.sampled_from((0, 0, 12_345))), draw(st.booleans())
    row = {
        "school_code": school["school_code"],
        "teaching_auxiliary_area_m2": _cents(steps["L4"] + hall),
        "indoor_sports_room_area_m2": _cents(hall),
        "gymnasium_area_m2": _cents(steps["L5"] if gymnasium else 0),
        "sports_ground_area_m2": _cents(0 if gymnasium else steps["L5"]),
        "equipment_value_yuan": _cents(steps["L6"] * 100 + draw(st.sampled_from((0, 0, 1, 99)))),
        "multimedia_classrooms": steps["L7"],
    }
    if draw(st.integers(0, 9)) == 0:
        row["equipment_value_yuan"] = max(Decimal(0), row["equipment_value_yuan"] - _cents(1))
    _lose(draw, row)
    _sports_space(draw, school, row, dashes)
    return row


def _sports_space(draw, school: dict, row: dict, dashes: set) -> None:
    space = ("leased_sports_area_m2", "other_campus_sports_area_m2")
    lease = ("leased_contract_no", "lease_start", "lease_end", "walking_minutes")
    if not school["dense_urban_core"]:
        _dash(draw, dashes, "facilities", school["school_code"], [*space, *lease])
        return
    for column in space:
        filed = draw(AREAS)
        row[column] = None if filed is None else Decimal(filed)
    row["leased_contract_no"] = draw(st.sampled_from(("租1号", "租1号", "", None)))
    row["lease_start"], row["lease_end"] = draw(STARTS), draw(ENDS)
    row["walking_minutes"] = draw(st.sampled_from((10, 0, 11, None)))


def _cents(value: int) -> Decimal:
    return Decimal(value) / 100
