"""Equipment and areas that rose just enough: December purchases, borrowed assets, round square metres."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from junheng.diagnosis.screening.kinds import Outcome, asked, looks_for
from junheng.diagnosis.screening.nouns import Question, Screen
from junheng.diagnosis.screening.view import PartKey, Row, Turn
from junheng.registry import school_columns

EQUIPMENT = "equipment_value_yuan"
AREAS = {
    "teaching_auxiliary_area_m2": "L4",
    "sports_ground_area_m2": "L5",
    "gymnasium_area_m2": "L5",
}
"""Areas that can lift an indicator, and which."""


def wan(value: Decimal) -> str:
    """Yuan as 万元, every digit."""
    return f"{(value / 10000).normalize():f}万元"


def _crossing(turn: Turn, indicator: str) -> Iterator[tuple[PartKey, Fraction, Fraction, Fraction]]:
    """Parts that failed the indicator last year and pass it now: key, then, now, limit."""
    standard = turn.now.standards[turn.county]
    for key, part in turn.now.parts_of(turn.county):
        last = turn.last_part(key)
        if last is None or indicator not in standard.indicators:
            continue
        then, now = last.value(indicator), part.value(indicator)
        limit = standard.limit(indicator, key[1])
        if then is not None and now is not None and then < limit <= now:
            yield key, then, now, limit


@looks_for("equipment_topped")
def equipment_topped(screen: Screen, turn: Turn) -> Outcome:
    """The value of equipment rose from below the limit to hardly above it."""
    seen = set()
    for key, _, now, limit in _crossing(turn, "L6"):
        code = key[0]
        row, last = turn.now.rows[code], turn.last_row(code)
        december = code in turn.now.december
        margin = screen.number("december_margin" if december else "margin")
        if last is None or code in seen or now > limit * (1 + margin):
            continue
        was, value = last[EQUIPMENT], row[EQUIPMENT]
        if not _rose(was, value, screen.number("rise_share")):
            continue
        seen.add(code)
        found = (
            f"教学仪器设备资产值{wan(was)}→{wan(value)}，"
            f"比刚好达标多{wan(_spare(value, now, limit))}"
        ) + ("；设备材料出具于12月" if december else "")
        yield Question(
            "equipment_topped", turn.county, turn.now.year, asked(turn, code), key[1], "L6", found,
            turn.now.told(code, EQUIPMENT),
        )  # fmt: skip


def _rose(was: Decimal | None, value: Decimal | None, share: Fraction) -> bool:
    """Whether a filed amount grew by at least this share."""
    return (
        was is not None
        and value is not None
        and Fraction(value) - Fraction(was) >= share * Fraction(was)
    )


def _spare(value: Decimal, now: Fraction, limit: Fraction) -> Decimal:
    """What could be taken away before the part falls below its limit, in yuan."""
    spare = Fraction(value) * (1 - limit / now)
    return Decimal(int(spare * 100)) / 100


@looks_for("equipment_returned")
def equipment_returned(screen: Screen, turn: Turn) -> Outcome:
    """The limit was met for one year only, and most of what had come went again."""
    if turn.last is None or turn.before is None:
        return
    standard = turn.now.standards[turn.county]
    for key, part in turn.now.parts_of(turn.county):
        code = key[0]
        last_code = turn.now.old_codes.get(code, code)
        first_code = turn.last.old_codes.get(last_code, last_code)
        parts = [turn.before.parts.get((first_code, key[1])), turn.last_part(key), part]
        values = [None if each is None else each.value("L6") for each in parts]
        rows = [turn.before.rows.get(first_code), turn.last_row(code), turn.now.rows[code]]
        sums = [None if row is None else row[EQUIPMENT] for row in rows]
        if None in values or None in sums:
            continue
        limit = standard.limit("L6", key[1])
        above = [value >= limit for value in values if value is not None]
        first, second, third = (Fraction(each) for each in sums if each is not None)
        rise = second - first
        if (
            above == [False, True, False]
            and rise >= screen.number("rise_share") * first
            and second - third >= screen.number("fall_share") * rise
        ):
            told = "→".join(wan(each) for each in sums if each is not None)
            found = f"教学仪器设备资产值三年为{told}，只有中间一年达到标准"
            yield Question(
                "equipment_returned", turn.county, turn.now.year, asked(turn, code), key[1], "L6",
                found, turn.now.told(code, EQUIPMENT),
            )  # fmt: skip


@looks_for("area_round")
def area_round(screen: Screen, turn: Turn) -> Outcome:
    """An area that was precise rose by a round number, and the school passes since."""
    for column, indicator in AREAS.items():
        seen = set()
        for key, *_ in _crossing(turn, indicator):
            code = key[0]
            last = turn.last_row(code)
            if last is None or code in seen:
                continue
            seen.add(code)
            if _round_rise(screen, turn.now.rows[code], last, column):
                was, now = last[column], turn.now.rows[code][column]
                label = school_columns()[column].label
                found = f"{label}{was}→{now}㎡，恰好多{now - was:f}㎡，{indicator}由不达标变为达标"
                yield Question(
                    "area_round", turn.county, turn.now.year, asked(turn, code), key[1], indicator,
                    found, turn.now.told(code, column),
                )  # fmt: skip


def _round_rise(screen: Screen, row: Row, last: Row, column: str) -> bool:
    was, now = last[column], row[column]
    if was is None or now is None or now <= was:
        return False
    precise = Fraction(was) % screen.number("rounded") != 0
    return precise and Fraction(now - was) % screen.number("multiple") == 0
