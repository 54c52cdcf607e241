"""Values that sit exactly on the line: several of one part, or one indicator of a whole county."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from math import ceil, floor

from junheng.diagnosis.parts import Measured
from junheng.diagnosis.screening.kinds import Outcome, asked, looks_for
from junheng.diagnosis.screening.nouns import Question, Screen
from junheng.diagnosis.screening.tails import at_least
from junheng.diagnosis.screening.view import PartKey, Turn
from junheng.indicators import CATALOGUE
from junheng.schema import Stage
from junheng.standards import Standard


@looks_for("at_threshold")
def at_threshold(screen: Screen, turn: Turn) -> Outcome:
    """One part has several indicators hardly above their limits, none of them too coarse to tell."""
    standard = turn.now.standards[turn.county]
    for key, part in turn.now.parts_of(turn.county):
        close = [code for code in standard.indicators if _hardly(screen, part, code, key, standard)]
        if len(close) >= screen.number("indicators"):
            found = f"“{turn.now.title(key)}”{'、'.join(close)}共{len(close)}项都恰好压线：{_values(part, close, standard, key)}"
            yield Question(
                "at_threshold", turn.county, turn.now.year, asked(turn, key[0]), key[1],
                "、".join(close), found,
            )  # fmt: skip


def _hardly(screen: Screen, part: Measured, code: str, key: PartKey, standard: Standard) -> bool:
    value, slope = part.value(code), part.slopes[code]
    if value is None or slope is None:
        return False
    limit = standard.limit(code, key[1])
    step = slope * CATALOGUE[code].step
    hardly = value - step < limit or value <= limit * (1 + screen.number("margin"))
    return value >= limit and hardly and step <= limit * screen.number("step")


def _values(part: Measured, codes: list[str], standard: Standard, key: PartKey) -> str:
    """Each value beside its limit, in thousandths rounded down: never shown below the limit."""
    told = []
    for code in codes:
        value, limit = part.value(code), standard.limit(code, key[1])
        assert value is not None, "only what was measured is close"
        told.append(
            f"{code} {Decimal(floor(value * 1000)) / 1000}（标准{Decimal(limit.numerator) / limit.denominator}）"
        )
    return "、".join(told)


@looks_for("at_threshold_county")
def at_threshold_county(screen: Screen, turn: Turn) -> Outcome:
    """More parts stand exactly on the limit of one indicator than on the steps around it."""
    standard = turn.now.standards[turn.county]
    for stage in standard.stages:
        parts = [p for key, p in turn.now.parts_of(turn.county) if key[1] is stage]
        for code in standard.indicators:
            steps = Counter(_steps(screen, parts, code, stage, standard))
            around = range(-int(screen.number("bins")), int(screen.number("bins")) + 1)
            total, hits = sum(steps[each] for each in around), steps[0]
            if hits < screen.number("least"):
                continue
            if at_least(hits, total, screen.number("fair_share")) <= screen.number("tail"):
                found = (
                    f"{stage.label}{code}刚好达标的学段部有{hits}个，线下三档{sum(steps[-n] for n in around if n > 0)}个，"
                    f"线上三档{sum(steps[n] for n in around if n > 0)}个"
                )
                yield Question(
                    "at_threshold_county", turn.county, turn.now.year, (), stage, code, found
                )


def _steps(
    screen: Screen, parts: list[Measured], code: str, stage: Stage, standard: Standard
) -> Iterator[int]:
    """How many steps each part stands above the least that passes; 0 = not one step to spare.

    A step is a person or a room, and for areas and money a share of the limit.
    """
    limit = standard.limit(code, stage)
    whole = CATALOGUE[code].step == 1 and CATALOGUE[code].gap_unit != "元"
    for part in parts:
        value, slope = part.value(code), part.slopes[code]
        if value is None or slope is None or slope == 0:
            continue
        if whole:
            spare = (value - limit) / slope
            yield floor(spare) if spare >= 0 else -ceil(-spare)
        else:
            yield floor((value / limit - 1) / screen.number("bin_share"))
