"""Equipment lent for the count, areas written up, figures set exactly on the line."""

from decimal import Decimal
from math import ceil

from junheng.sample.fraud.kinds import Planting, fraud

HUNDRED = Decimal(100)


def _pupils(planting: Planting, code: str) -> int:
    return int(planting.row("seats", code)[f"enrolment_{planting.stage(code)}"] or 0)


def _lacking(planting: Planting, indicator: str, column: str, *others: str) -> list[str]:
    """Schools whose amount per pupil fails now and failed last year, and that have last year's row."""
    found = []
    for code in planting.plain():
        pupils, last = _pupils(planting, code), planting.last_row("facilities", code)
        row, then = planting.row("facilities", code), planting.last_row("seats", code)
        if pupils < 100 or last is None or then is None:
            continue
        stage = planting.stage(code)
        need = planting.limit(indicator, stage)
        now_short = sum(row[c] for c in (column, *others)) < need * pupils
        then_short = sum(last[c] for c in (column, *others)) < need * then[f"enrolment_{stage}"]
        if now_short and then_short:
            found.append(code)
    return found


@fraud(
    "年底突击把设备值做到标准",
    strengths=("超出1%—4%", "超出0.1%—1%", "分文不多"),
    answered_by=("equipment_topped", "at_threshold_county"),
)
def equipment_to_the_line(planting: Planting) -> tuple[str, ...]:
    """The value of equipment is filed as what passes and hardly more."""
    low, high = ((0.01, 0.04), (0.001, 0.01), (0.0, 0.0))[planting.strength - 1]
    for code in _lacking(planting, "L6", "equipment_value_yuan"):
        row = planting.row("facilities", code)
        need = float(planting.limit("L6", planting.stage(code)) * _pupils(planting, code))
        wanted = need * (1 + low + (high - low) * planting.chance.random())
        value = Decimal(ceil(wanted / 100) * 100)
        last = planting.last_row("facilities", code)
        if last is not None and value > last["equipment_value_yuan"] * Decimal("1.03"):
            row["equipment_value_yuan"] = value
            return (code,)
    return ()


@fraud(
    "借设备凑数，过后归还",
    strengths=("归还四成", "归还七成", "全部归还"),
    answered_by=("equipment_returned", "equipment_topped"),
    reaches=2,
)
def equipment_borrowed(planting: Planting) -> tuple[str, ...]:
    """Last year the borrowed equipment was counted; this year it is not."""
    returned = (Decimal("0.4"), Decimal("0.7"), Decimal(1))[planting.strength - 1]
    for code in _lacking(planting, "L6", "equipment_value_yuan"):
        last, then = planting.last_row("facilities", code), planting.last_row("seats", code)
        if last is None or then is None:
            continue
        own, stage = last["equipment_value_yuan"], planting.stage(code)
        need = ceil(planting.limit("L6", stage) * then[f"enrolment_{stage}"])
        lent = Decimal(
            int((Decimal(need) - own) * Decimal(str(1.05 + planting.chance.random() * 0.4)))
        )
        if lent < own * Decimal("0.08"):
            continue
        last["equipment_value_yuan"] = own + lent.quantize(HUNDRED)
        kept = lent * (1 - returned)
        row = planting.row("facilities", code)
        row["equipment_value_yuan"] = own + Decimal(int(kept / 100) * 100)
        return (code,)
    return ()


@fraud(
    "场地面积按整数多报",
    strengths=("多报到十位整数", "多报五十的倍数", "多报百的倍数"),
    answered_by=("area_round",),
)
def area_written_up(planting: Planting) -> tuple[str, ...]:
    """The sports ground is filed larger by a round number that is enough to pass."""
    step = (10, 50, 100)[planting.strength - 1]
    for code in _lacking(planting, "L5", "sports_ground_area_m2", "gymnasium_area_m2"):
        row, last = planting.row("facilities", code), planting.last_row("facilities", code)
        need = float(planting.limit("L5", planting.stage(code)) * _pupils(planting, code))
        short = need - float(row["gymnasium_area_m2"])
        if last is None:
            continue
        base = last["sports_ground_area_m2"]
        row["sports_ground_area_m2"] = base + ceil((short - float(base)) / step) * step
        return (code,)
    return ()


@fraud(
    "一所学校把不达标的项目都改到刚好达标",
    strengths=("3项", "4项", "5项"),
    answered_by=("at_threshold",),
)
def everything_on_the_line(planting: Planting) -> tuple[str, ...]:
    """Several indicators of one school are set to what passes and no more."""
    number = planting.strength + 2
    for code in planting.plain():
        pupils = _pupils(planting, code)
        if pupils < 700:
            continue
        for indicator in planting.chance.sample(["L1", "L4", "L5", "L6", "L7"], number):
            set_to_the_line(planting, code, indicator)
        return (code,)
    return ()


def set_to_the_line(planting: Planting, code: str, indicator: str) -> None:
    """File the least that passes for one indicator of a school of one stage."""
    stage, pupils = planting.stage(code), _pupils(planting, code)
    row, limit = planting.row("facilities", code), planting.limit(indicator, stage)
    if indicator == "L1":
        staff = planting.row("staffing", code)
        above = ("teachers_bachelor", "teachers_master", "teachers_doctorate", "teachers_associate")
        have = sum(
            staff.get(f"{name}_{stage}") or 0 for name in above[: 4 if stage == "primary" else 3]
        )
        change = ceil(limit * pupils / 100) - have
        staff[f"teachers_bachelor_{stage}"] += change
        staff[f"full_time_teachers_{stage}"] += change
    elif indicator == "L4":
        area = Decimal(ceil(limit * pupils * 100)) / 100
        row["teaching_auxiliary_area_m2"] = area + row["indoor_sports_room_area_m2"]
    elif indicator == "L5":
        area = Decimal(ceil(limit * pupils * 100)) / 100
        row["sports_ground_area_m2"] = area - row["gymnasium_area_m2"]
    elif indicator == "L6":
        row["equipment_value_yuan"] = Decimal(ceil(limit * pupils / 100) * 100)
    else:
        row["multimedia_classrooms"] = ceil(limit * pupils / 100)


@fraud(
    "全县把一项指标不达标的都改到刚好达标",
    strengths=("改四分之一", "改一半", "全改"),
    answered_by=("at_threshold_county",),
)
def county_on_the_line(planting: Planting) -> tuple[str, ...]:
    """All (or some) of the schools that fail L5 are set to what passes and no more."""
    short = _lacking(planting, "L5", "sports_ground_area_m2", "gymnasium_area_m2")
    chosen = short[: ceil(len(short) * (0.25, 0.5, 1.0)[planting.strength - 1])]
    if len(short) < 6:
        return ()
    for code in chosen:
        set_to_the_line(planting, code, "L5")
    return tuple(chosen)


@fraud(
    "教师数在两校之间对调，刚好达标",
    strengths=("1项指标", "2项指标", "3项指标"),
    answered_by=("teachers_moved",),
    reaches=2,
)
def teachers_lent(planting: Planting) -> tuple[str, ...]:
    """Teachers are written off one school and onto another that just passes with them."""
    names = {"L1": "teachers_bachelor", "L2": "key_teachers_county_plus", "L3": "teachers_pe"}
    chosen = ("L2", "L3", "L1")[: planting.strength]
    for code in planting.plain():
        stage, pupils = planting.stage(code), _pupils(planting, code)
        other = next((c for c in planting.plain(planting.row("schools", code)["school_type"])
                      if c != code and _pupils(planting, c) > 700), None)  # fmt: skip
        last = planting.last_row("staffing", code)
        if pupils < 500 or other is None or last is None:
            continue
        giver = planting.row("staffing", other)
        before = planting.last_row("staffing", other)
        taker = planting.row("staffing", code)
        if before is None:
            continue
        giver.update(before)
        for indicator in chosen:
            lent = planting.chance.randint(2, 4)
            _set_persons(planting, taker, last, indicator, stage, pupils, lent)
            giver[f"{names[indicator]}_{stage}"] = max(
                0, before[f"{names[indicator]}_{stage}"] - lent
            )
        return (code, other)
    return ()


def _set_persons(
    planting: Planting, taker: dict[str, int], last: dict[str, int], indicator: str, stage: str,
    pupils: int, lent: int,
) -> None:  # fmt: skip
    """The receiver lacked `lent` last year and has exactly what it needs now."""
    columns = {
        "L1": ("teachers_bachelor", "teachers_master", "teachers_doctorate", "teachers_associate"),
        "L2": ("key_teachers_county_plus",),
        "L3": ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts"),
    }[indicator]
    need = ceil(planting.limit(indicator, stage) * pupils / 100)
    names = [f"{name}_{stage}" for name in columns if f"{name}_{stage}" in taker]
    rest = sum(taker[name] or 0 for name in names[1:])
    for name in names[1:]:
        last[name] = taker[name]
    taker[names[0]] = max(0, need - rest)
    last[names[0]] = max(0, need - rest - lent)
