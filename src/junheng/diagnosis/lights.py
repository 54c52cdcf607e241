"""The lights of targets and what stands behind each: figure, line, gap, pace, owner."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from junheng.diagnosis.points import Point
from junheng.diagnosis.trajectory import Base, Pace
from junheng.standards import Promise


class Light(StrEnum):
    """Where a target stands, in the words of the offices; the heaviest first."""

    OVERDUE = "逾期"
    BEHIND = "落后"
    ON_COURSE = "在轨"
    MET = "达成"
    NO_DATA = "无数据"
    NO_NUMBER = "无数字指标"


@dataclass(frozen=True)
class Outcome:
    """What judging a target at one place came to."""

    light: Light
    word: str
    """The verdict in the words of the target's force: 未达标, 未完成（力争目标） …"""
    reason: str
    point: Point | None = None
    """The figure that was judged."""
    previous: Point | None = None
    """That of the previous period, where the target compares with it."""
    base: Base | None = None
    expected: Fraction | None = None
    """Value on the straight line on the day of the figure."""
    missing: Fraction | None = None
    """How much is lacking, in the target's unit, never negative; None where nothing is, or unknown."""
    pace: Pace | None = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """The figure of the same commitment under a reading that is not taken."""

    code: str
    title: str
    reading: str
    point: Point


@dataclass(frozen=True)
class TargetVerdict:
    """One commitment at one place on one day."""

    promise: Promise
    place: str
    place_name: str
    whole: bool
    """Whether the place stands for the whole scope of the target."""
    outcome: Outcome
    beside: tuple[Beside, ...] = field(default=())

    @property
    def code(self) -> str:
        return self.promise.code

    @property
    def light(self) -> Light:
        return self.outcome.light

    @property
    def due(self) -> date | None:
        return self.promise.target.due


FORCE_WORDS = {
    "firm": "硬性",
    "strive": "力争",
    "soft": "大体",
    "trend": "趋势",
    "open": "没有写明",
}
_MET = {"strive": "已完成（力争目标）", "soft": "已达到"}
_MISSED = {"strive": "未完成（力争目标）", "soft": "未达到", "trend": "未完成（逐步推进）"}


def met_word(force: str) -> str:
    return _MET.get(force, "达标")


def missed_word(force: str) -> str:
    return _MISSED.get(force, "未达标")
