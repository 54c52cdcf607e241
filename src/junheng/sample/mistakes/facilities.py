"""校舍场地设备: wrong units, columns exchanged, lost decimal points, another school's figures."""

from datetime import datetime
from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import (
    Number,
    at_all,
    exchanged,
    figure,
    ordinary,
    total,
    typed,
    wan,
)
from junheng.sample.mistakes.recipe import Make, mistake

EXPLAIN = Level.EXPLAIN
TEACHING, INDOOR, GYMNASIUM = (
    "teaching_auxiliary_area_m2", "indoor_sports_room_area_m2", "gymnasium_area_m2",
)  # fmt: skip
GROUND, CAMPUS, GREEN, BUILDING = (
    "sports_ground_area_m2", "campus_area_m2", "green_area_m2", "building_area_m2",
)  # fmt: skip
EQUIPMENT = "equipment_value_yuan"
MUSIC = ("music_rooms_ge_96", "music_rooms_73_96", "music_rooms_61_73", "music_rooms_54_61")
ART = ("art_rooms_ge_90", "art_rooms_67_90", "art_rooms_61_67", "art_rooms_54_61")
COPIED = (TEACHING, GROUND, CAMPUS, BUILDING, EQUIPMENT, GREEN, "full_time_teachers_primary",
          "full_time_teachers_junior")  # fmt: skip
MULTIMEDIA, REGULAR = "multimedia_classrooms", "regular_classrooms"


def _per_pupil(column: str, amount: Number) -> Make:
    """So much for every pupil: a decimal point was lost."""
    return typed(column, lambda d, c: round(at_all(d, c) * amount, 2) or None)


def _one_less(*bins: str) -> Make:
    return typed(
        bins[0].split("_", 1)[0] + "_rooms",
        lambda d, c: total(d, c, *bins) - 1 if total(d, c, *bins) else None,
    )


mistake("设备值把元填成万元", "V04", "K1.1")(
    typed(EQUIPMENT, lambda d, c: round(figure(d, c, EQUIPMENT) * 10_000) if at_all(d, c) else None)
)
mistake("设备值少了一万倍", "K1.1")(
    typed(EQUIPMENT, lambda d, c: wan(figure(d, c, EQUIPMENT)) if at_all(d, c) else None)
)
mistake("生均设备值过大", "K1.2", level=EXPLAIN)(_per_pupil(EQUIPMENT, 6))
mistake("室内体育用房与教学用房填颠倒", "K2.1")(exchanged(INDOOR, TEACHING, shows_at=INDOOR))
mistake("体育馆只填了一处", "K2.2", level=EXPLAIN)(
    typed(INDOOR, lambda d, c: 0 if figure(d, c, INDOOR) else None, shows_at=GYMNASIUM)
)
mistake("体育馆大于室内体育用房", "K2.3", level=EXPLAIN)(
    typed(GYMNASIUM, lambda d, c: round(figure(d, c, GYMNASIUM) * 1.5, 2) or None)
)
mistake("音乐教室总间数少于各段", "R31")(_one_less(*MUSIC))
mistake("美术教室总间数少于各段", "R32")(_one_less(*ART))
mistake("体育场与占地填颠倒", "R33")(exchanged(GROUND, CAMPUS, shows_at=GROUND))
mistake("绿化大于占地", "R34")(
    typed(GREEN, lambda d, c: round(figure(d, c, CAMPUS) + 10.5, 2) if ordinary(d, c) else None)
)
mistake("教学用房大于校舍建筑面积", "R35", level=EXPLAIN)(
    typed(BUILDING, lambda d, c: round(figure(d, c, TEACHING) * 0.8, 2) if ordinary(d, c) else None)
)
mistake("多媒体教室多于教室", "K15.4", level=EXPLAIN)(
    typed(
        MULTIMEDIA,
        lambda d, c: (
            figure(d, c, REGULAR) + 2
            if ordinary(d, c) and figure(d, c, MULTIMEDIA) <= figure(d, c, REGULAR)
            else None
        ),
    )
)
mistake("多媒体教室填成设备台数", "K15.5")(
    typed(
        MULTIMEDIA,
        lambda d, c: (
            3 * total(d, c, REGULAR, "music_rooms", "art_rooms") if ordinary(d, c) else None
        ),
    )
)
mistake("生均教学用房过大", "K15.6", level=EXPLAIN)(_per_pupil(TEACHING, 130))
mistake("生均体育场过大", "K15.7", level=EXPLAIN)(_per_pupil(GROUND, 260))
mistake("生均占地过大", "K15.8", level=EXPLAIN)(_per_pupil(CAMPUS, 620))
mistake("生均校舍过大", "K15.9", level=EXPLAIN)(_per_pupil(BUILDING, 260))
mistake("租赁场馆步行时间过长", "K7.6")(
    typed("walking_minutes", lambda d, c: figure(d, c, "walking_minutes") + 15)
)


@mistake("租赁合同到期", "K7.5")
def expired(desk: Desk, code: str, _: Random) -> Cell | None:
    """The lease ended before the count day."""
    cell, start = desk.cell(code, "lease_end"), desk.value(code, "lease_start")
    if not isinstance(start, datetime):
        return None
    desk.put(cell, start.replace(month=6, day=30))
    return cell


@mistake("租赁日期存成了数", "V14", "V12")
def serial_day(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.cell(code, "lease_start")
    if not isinstance(cell.value, datetime):
        return None
    desk.put(cell, (cell.value - datetime(1899, 12, 30)).days)  # noqa: DTZ001
    cell.number_format = "General"
    return cell


@mistake("租赁日期写成了话", "V12")
def worded_day(desk: Desk, code: str, _: Random) -> Cell | None:
    cell = desk.cell(code, "lease_start")
    if not isinstance(cell.value, datetime):
        return None
    desk.put(cell, "去年春天")
    return cell


@mistake("照抄了另一所学校", "K15.10", level=EXPLAIN)
def copied(desk: Desk, code: str, chance: Random) -> Cell | None:
    """The areas, equipment and teachers of a school that comes earlier, by row and by code."""
    if not ordinary(desk, code):
        return None
    earlier = desk.schools[: desk.schools.index(code)]
    alike = [
        each
        for each in earlier
        if each < code
        and each in desk.free
        and ordinary(desk, each)
        and all(desk.applies(each, c) == desk.applies(code, c) for c in COPIED)
    ]
    if not alike:
        return None
    source = chance.choice(alike)
    desk.use(source)
    for column in COPIED:
        desk.put(desk.cell(code, column), desk.value(source, column))
    return desk.cell(code, TEACHING)
