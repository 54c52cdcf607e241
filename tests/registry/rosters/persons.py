"""Invented persons and rooms that add up to an invented county: every count of it can be redone.

Every name and identifier begins with a mark that stands nowhere else, so that one that leaks is
found. Nobody is real.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from junheng.sample.cast import plan_of_county
from junheng.sample.character import character_of
from junheng.sample.county import CODE, NAME, rows_of_years
from junheng.sample.world import World

NAMES, PUPIL_IDS, TEACHER_IDS = "甲某丙", "G99Z7QX", "T77Z7QX"
"""The marks of what must not leave."""
Row = dict[str, Any]
GRADE_WORDS = dict(enumerate("一二三四五六七八九", 1)) | {
    10: "十",
    11: "十一",
    12: "十二",
}
BIN_AREA = {
    "music_rooms_ge_96": "98.50", "music_rooms_73_96": "73", "music_rooms_61_73": "72.99",
    "music_rooms_54_61": "54", "art_rooms_ge_90": "90", "art_rooms_67_90": "89.99",
    "art_rooms_61_67": "61", "art_rooms_54_61": "60.99",
}  # fmt: skip
EDUCATION = {
    "associate": "专科",
    "bachelor": "本科",
    "master": "硕士研究生",
    "doctorate": "博士研究生",
}
SUBJECTS = {"pe": "体育", "music": "音乐", "fine_arts": "美术", "arts": "艺术"}
STAGE_WORDS = {"primary": "小学", "junior": "初中", "senior": "高中"}


@dataclass
class Registers:
    """Rows by register, headed in Chinese."""

    schools: list[Row] = field(default_factory=list)
    pupils: list[Row] = field(default_factory=list)
    classes: list[Row] = field(default_factory=list)
    teachers: list[Row] = field(default_factory=list)
    rooms: list[Row] = field(default_factory=list)
    wide: dict[str, Row] = field(default_factory=dict)
    """What the county files for each school: the counts to be found again."""
    filed: dict[str, list[Row]] = field(default_factory=dict)
    """Every table as the county files it."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def write(self, folder: Path) -> Path:
        """One Parquet file a register."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in (
            ("学校名册", self.schools), ("学籍", self.pupils), ("班级台账", self.classes),
            ("教师台账", self.teachers), ("用房台账", self.rooms),
        ):  # fmt: skip
            if rows:
                pl.DataFrame(rows, infer_schema_length=None).write_parquet(
                    folder / f"{name}.parquet"
                )
        return folder


def registers(*, seed: int = 1, schools: int = 40, year: int = 2025) -> Registers:
    """The registers of an invented county."""
    world = World(
        seed=seed, plan=plan_of_county(seed, schools), last=year, code=CODE, name=NAME,
        character=character_of("mixed"),
    )  # fmt: skip
    rows = rows_of_years(world, (year,))[year]
    found = Registers(filed=rows)
    for table in ("schools", "seats", "staffing", "facilities"):
        for row in rows[table]:
            found.wide.setdefault(row["school_code"], {}).update(row)
    classes = world.classes(year)
    for site in world.sites(year):
        wide = found.wide[site.code]
        found.schools.append(_school(wide))
        found.pupils += _pupils(wide, classes[site.key], found)
        found.teachers += _teachers(wide, found)
        found.rooms += _rooms(wide)
    random.Random(seed).shuffle(found.pupils)
    return found


def _school(wide: Mapping[str, Any]) -> Row:
    return {
        "学校代码（标识码）": wide["school_code"],
        "学校名称": wide["school_name"],
        "办学类型": wide["school_type"],
        "统计三级": f"{wide['location_unit']}{NAME}",
        "办学性质": wide["ownership"],
        "城乡分类代码": wide["urban_rural_code"],
        "是否寄宿制": wide["boarding_school"],
        "是否50人及以上但不足100人的乡村小规模学校和教学点": wide["rural_small_50_99"],
    }


def _pupils(wide: Mapping[str, Any], classes: Sequence[Any], found: Registers) -> Iterator[Row]:
    left = {
        "随迁子女": wide.get("migrant_children_enrolled") or 0,
        "寄宿生": wide.get("boarders") or 0,
        "小学": wide.get("in_zone_enrolment_primary") or 0,
        "初中": wide.get("in_zone_enrolment_junior") or 0,
    }

    def taken(what: str, may: bool = True) -> bool:
        if not may or not left.get(what, 0):
            return False
        left[what] -= 1
        return True

    for each in classes:
        if not each.pupils:
            continue
        grade = f"{GRADE_WORDS[each.grade]}年级"
        found.classes.append(
            {"学校代码": wide["school_code"], "年级": grade, "班级": f"{each.number}班"}
        )
        for _ in range(each.pupils):
            compulsory = each.stage != "senior"
            number = next(found.numbers)
            yield {
                "学籍号": f"{PUPIL_IDS}{number:016d}",
                "姓名": f"{NAMES}{number}",
                "学校标识码": wide["school_code"],
                "年级": grade,
                "班级": f"{each.number}班",
                "是否随迁子女": "是" if taken("随迁子女", compulsory) else "否",
                "是否寄宿": taken("寄宿生"),
                "是否在划片范围内": taken(STAGE_WORDS[each.stage]),
            }
    if wide.get("enrolment_kindergarten"):
        found.classes.append({"学校代码": wide["school_code"], "年级": "中班", "班级": "1班"})
    for _ in range(wide.get("enrolment_kindergarten") or 0):
        number = next(found.numbers)
        yield {
            "学籍号": f"{PUPIL_IDS}{number:016d}", "姓名": f"{NAMES}{number}",
            "学校标识码": wide["school_code"], "年级": "大班", "班级": "1班",
            "是否随迁子女": "否", "是否寄宿": False, "是否在划片范围内": False,
        }  # fmt: skip


def _spread(counts: Mapping[str, int], total: int, rest: str) -> list[str]:
    """`total` words: each as often as counted, the rest at the end."""
    words = [word for word, count in counts.items() for _ in range(count)]
    return words + [rest] * (total - len(words))


def _teachers(wide: Mapping[str, Any], found: Registers) -> Iterator[Row]:
    for stage, word in STAGE_WORDS.items():
        total = wide.get(f"full_time_teachers_{stage}") or 0

        def held(name: str, stage: str = stage) -> int:
            return wide.get(f"{name}_{stage}") or 0

        least = "高中阶段" if stage == "primary" else "专科"
        degrees = {word: held(f"teachers_{k}") for k, word in EDUCATION.items()}
        if stage == "primary" or "专科" not in degrees:
            degrees[least] = degrees.get(least, 0) + held("teachers_at_required_level")
        else:
            degrees["专科"] = held("teachers_at_required_level")
        education = _spread(degrees, total, "高中阶段以下")
        subject = _spread({w: held(f"teachers_{k}") for k, w in SUBJECTS.items()}, total, "语文")
        for place in range(total):
            made = next(found.numbers)
            yield {
                "教师编号": f"{TEACHER_IDS}{made:08d}",
                "教师姓名": f"{NAMES}师{made}",
                "学校标识码": wide["school_code"],
                "任教学段": word,
                "教职工类别": "专任教师",
                "是否走教": "否",
                "最高学历": education[place],
                "任教学科": subject[place],
                "骨干教师级别": "县级" if place < held("key_teachers_county_plus") else "校级",
                "是否持有教师资格证": place < held("certified_teachers"),
                "近5年培训学时": "360" if place < held("teachers_training_360h") else "359.99",
                "职称": "一级教师" if place < held("teachers_intermediate_plus") else "二级",
            }
        for name, subject_word in (
            ("pe", "体育"),
            ("music", "音乐"),
            ("fine_arts", "美术"),
            ("arts", "艺术"),
        ):
            for _ in range(held(f"visiting_{name}_teachers")):
                yield {
                    "教师编号": f"{TEACHER_IDS}{1:08d}", "教师姓名": f"{NAMES}师走",
                    "学校标识码": wide["school_code"], "任教学段": word, "教职工类别": "管理人员",
                    "是否走教": "是", "最高学历": "本科", "任教学科": subject_word,
                    "骨干教师级别": "无", "是否持有教师资格证": True, "近5年培训学时": "0", "职称": "无",
                }  # fmt: skip


def _rooms(wide: Mapping[str, Any]) -> Iterator[Row]:
    kinds = ["普通教室"] * (wide.get("regular_classrooms") or 0)
    areas = ["62.40"] * len(kinds)
    for name, area in BIN_AREA.items():
        count = wide.get(name) or 0
        kinds += [{"music": "音乐教室", "art": "美术教室"}[name.split("_")[0]]] * count
        areas += [area] * count
    gross = [Decimal(50)] * len(kinds)
    gymnasium = wide.get("gymnasium_area_m2") or Decimal(0)
    indoor = wide.get("indoor_sports_room_area_m2") or Decimal(0)
    if gymnasium:
        kinds, areas, gross = [*kinds, "体育馆"], [*areas, "400"], [*gross, gymnasium]
    if indoor > gymnasium:
        kinds, areas, gross = [*kinds, "室内体育用房"], [*areas, "90"], [*gross, indoor - gymnasium]
    if kinds:
        gross[0] += (wide.get("teaching_auxiliary_area_m2") or Decimal(0)) - sum(gross)
    for number, (kind, area, built) in enumerate(zip(kinds, areas, gross, strict=True)):
        yield {
            "学校代码": wide["school_code"],
            "房间编号": f"A{number + 101}",
            "用房类型": kind,
            "使用面积": Decimal(area).quantize(Decimal("0.01")),
            "建筑面积": built,
            "是否联网多媒体": number < (wide.get("multimedia_classrooms") or 0),
        }
