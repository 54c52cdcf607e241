"""The ways to act: what one unit adds to the returns, which price it has, how much there may be.

A way is data: item of the price list, columns and amounts. What it does to an indicator is never
written here; `asking` works the indicator out with the columns changed and without.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from junheng.plan.pricing import PriceList
from junheng.registry.checks.rule import rule_of
from junheng.schema import Stage

Row = Mapping[str, Any]
"""A return."""
TEACHER = ("full_time_teachers", "certified_teachers", "teachers_training_360h")
"""Columns that any teacher counts in who comes with certificate and trained hours."""
DEGREE = "teachers_bachelor"
BELOW = "teachers_at_required_level"
KEY = "key_teachers_county_plus"
PE, ARTS = "teachers_pe", ("teachers_music", "teachers_fine_arts", "teachers_arts")
SUBJECTS = ("pe", "music", "fine_arts")
MOVED = {"plain": (), "key": (KEY,), "pe": (PE,)}
"""Kinds of teachers who change school: what else, beside a degree, leaves and comes with them."""
KINDS = {"plain": "", "key": "骨干", "pe": "体育"}
"""The same in words."""


@dataclass(frozen=True)
class Way:
    """One way to act at one school."""

    item: str
    label: str
    unit: str
    columns: Mapping[str, int]
    """Column of the return → what one unit adds, in its natural unit."""
    once: Fraction
    """Yuan a unit, paid once."""
    yearly: Fraction = Fraction(0)
    stage: Stage | None = None
    most: int | None = None
    pool: str = ""
    sign: int = 0
    fine: bool = False
    subject: str = ""
    kind: str = ""
    clause: str = ""
    """The indicator or clause that it is there for."""
    beside: tuple[str, ...] = ()
    """Other columns that must be filed in the return that it is entered in."""
    counted_as: Mapping[str, int] | None = None
    """What the engine counts it as, where that is another column than is filed (X2)."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Column that the indicators read → what one unit adds."""
        return self.columns if self.counted_as is None else self.counted_as


def ways_of(
    row: Row, members: Sequence[Row], stages: tuple[Stage, ...], prices: PriceList, *, pools: str
) -> Iterator[tuple[Row | None, Way]]:
    """Everything that can be done at a school with this row, and the return that it is entered in.

    What is done with teachers who are there, or by letting them go, is done in the return that
    counts them; what is added, in the first that can take it (None). `pools` names the county."""
    for stage in stages:
        yield from ((None, way) for way in _hiring(stage, prices))
        for member in members:
            yield from ((member, way) for way in _raising(member, stage, prices))
        for member in members:
            if member.get("ownership") == "public":
                yield from ((member, way) for way in _leaving(member, stage, pools))
        if row.get("ownership") == "public":
            yield from ((None, way) for way in _arriving(stage, prices, pools))
    yield from ((None, way) for way in _building(row, prices))


def draw_on_others(way: Way) -> bool:
    """Whether a unit takes a teacher who is not counted as key: to be trained as one, or to leave."""
    leaving = way.sign < 0 and way.kind != "key"
    return leaving or way.item == "key_teacher_training"


def others(row: Row, stage: Stage) -> int:
    """Teachers there who are not counted as key: no more can be trained as key or leave, together."""
    return max(0, _held(row, f"full_time_teachers_{stage}") - _held(row, f"{KEY}_{stage}"))


def _hiring(stage: Stage, prices: PriceList) -> Iterator[Way]:
    trained, pay = prices.amount("teacher_training_360h"), prices.amount("teacher_year")
    columns = {f"{each}_{stage}": 1 for each in (*TEACHER, DEGREE)}
    once = prices.amount("teacher_hiring", qualification="bachelor") + trained
    yield Way("teacher_hiring", f"招聘{stage.label}教师（本科）", "人", columns, once, pay, stage, clause="L1")  # fmt: skip
    subject = min(SUBJECTS, key=lambda s: prices.amount("teacher_hiring", subject=s, qualification="bachelor"))  # fmt: skip
    once = prices.amount("teacher_hiring", subject=subject, qualification="bachelor") + trained
    label = {"pe": "体育", "music": "音乐", "fine_arts": "美术"}[subject]
    columns = {**columns, f"teachers_{subject}_{stage}": 1}
    yield Way("teacher_hiring", f"招聘{stage.label}{label}教师（本科）", "人", columns, once, pay, stage, subject=subject, clause="L3")  # fmt: skip


def _raising(row: Row, stage: Stage, prices: PriceList) -> Iterator[Way]:
    everyone = _held(row, f"full_time_teachers_{stage}")
    kinds = (
        ("qualification_upgrade", "教师提升学历", {DEGREE: 1, BELOW: -1}, _held(row, f"{BELOW}_{stage}"), "L1"),
        ("key_teacher_training", "培养骨干教师", {KEY: 1}, everyone - _held(row, f"{KEY}_{stage}"), "L2"),
        ("teacher_certification", "教师取得资格证", {"certified_teachers": 1},
         everyone - _held(row, f"certified_teachers_{stage}"), "GV12"),
        ("teacher_training_360h", "教师补足360学时培训", {"teachers_training_360h": 1},
         everyone - _held(row, f"teachers_training_360h_{stage}"), "GV9"),
    )  # fmt: skip
    for item, label, columns, most, clause in kinds:
        if most > 0:
            named = {f"{column}_{stage}": amount for column, amount in columns.items()}
            yield Way(item, f"{stage.label}{label}", "人", named, prices.amount(item), stage=stage, most=most, clause=clause)  # fmt: skip


def _leaving(row: Row, stage: Stage, pools: str) -> Iterator[Way]:
    """Teachers with a degree, certificate and hours who go to another school of the county.

    Between public schools only."""
    for kind, most in _movable(row, stage).items():
        if most:
            gone = dict.fromkeys(_moved(kind, stage), -1)
            yield Way("teacher_move", f"调出{stage.label}{KINDS[kind]}教师", "人", gone, Fraction(0), stage=stage, most=most, pool=f"{pools}/{stage}/{kind}", sign=-1, kind=kind, clause="L1")  # fmt: skip


def _arriving(stage: Stage, prices: PriceList, pools: str) -> Iterator[Way]:
    pay = prices.amount("teacher_move")
    for kind, label in KINDS.items():
        columns = dict.fromkeys(_moved(kind, stage), 1)
        yield Way("teacher_move", f"调入{stage.label}{label}教师", "人", columns, Fraction(0), pay, stage, pool=f"{pools}/{stage}/{kind}", sign=1, kind=kind, clause="L1")  # fmt: skip


def _moved(kind: str, stage: Stage) -> list[str]:
    """Columns that a teacher of this kind counts in."""
    return [f"{each}_{stage}" for each in (*TEACHER, DEGREE, *MOVED[kind])]


def _movable(row: Row, stage: Stage) -> dict[str, int]:
    """How many of each kind may leave.

    Whoever leaves must be there: a plain teacher is one who is neither counted as key nor teaches PE,
    music or art, whatever the overlaps; the three kinds together are no more than those who have all
    that a mover must have, and who stays suffices for the key and subject teachers still counted."""
    everyone = _held(row, f"full_time_teachers_{stage}")
    lacking = sum(everyone - _held(row, f"{each}_{stage}") for each in (*TEACHER[1:], DEGREE))
    key, sport = _held(row, f"{KEY}_{stage}"), _held(row, f"{PE}_{stage}")
    subjects = sport + sum(_held(row, f"{each}_{stage}") for each in ARTS)
    having = max(0, everyone - lacking)
    plain = max(0, having - key - subjects)
    leading = max(0, min(key - lacking, having - subjects - plain))
    return {
        "plain": plain,
        "key": leading,
        "pe": max(0, min(sport - lacking, having - plain - leading)),
    }


def _building(row: Row, prices: PriceList) -> Iterator[Way]:
    kinds = (
        ("new_teaching_area", "新建教学及辅助用房", "㎡", {"teaching_auxiliary_area_m2": 1}, "L4"),
        ("converted_teaching_area", "改造为教学及辅助用房", "㎡", {"teaching_auxiliary_area_m2": 1}, "L4"),
        ("new_sports_ground", "新建体育运动场地", "㎡", {"sports_ground_area_m2": 1}, "L5"),
        ("gymnasium_area", "新建体育馆", "㎡", {"gymnasium_area_m2": 1}, "L5"),
        ("equipment", "购置教学仪器设备", "元", {"equipment_value_yuan": 1}, "L6"),
        ("multimedia_classroom", "建设网络多媒体教室", "间", {"multimedia_classrooms": 1}, "L7"),
        ("music_room", "新建音乐专用教室", "间", {"music_rooms": 1, "music_rooms_ge_96": 1}, "GV3"),
        ("art_room", "新建美术专用教室", "间", {"art_rooms": 1, "art_rooms_ge_90": 1}, "GV3"),
    )  # fmt: skip
    for item, label, unit, columns, clause in kinds:
        if all(row.get(column) is not None for column in columns):
            yield Way(item, label, unit, columns, prices.amount(item), fine=item == "equipment", clause=clause)  # fmt: skip


def in_its_rooms(row: Row, way: Way) -> Way:
    """The way, with no more networked rooms than the rooms that the return counts can hold: beyond
    that it could not be filed (check K15.5)."""
    rule = rule_of("multimedia_beyond")
    networked, *rooms = rule.columns
    if networked not in way.columns:
        return way
    most = rule.numbers["times"] * sum(_held(row, column) for column in rooms)
    return replace(way, most=max(0, int(most) - _held(row, networked)))


def growing(items: Collection[str], spare: int, prices: PriceList) -> Iterator[Way]:
    """What new classes need: their desks, and rooms; `spare` other rooms of the school can be made classrooms."""
    room = {"regular_classrooms": 1}
    if "class_opening" in items:
        yield Way("class_opening", "新开班", "班", {}, prices.amount("class_opening"), clause="GV5")
    if "room_conversion" in items:
        if spare:
            yield Way("room_conversion", "改造为普通教室", "间", room, prices.amount("room_conversion"), most=spare, clause="GV5")  # fmt: skip
        yield Way("classroom_building", "新建普通教室", "间", room, prices.amount("classroom_building"), clause="GV5")  # fmt: skip


def _held(row: Row, column: str) -> int:
    value = row.get(column)
    return 0 if value is None else int(value)
