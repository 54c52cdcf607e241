"""学生与班级: totals, bins and largest classes that do not fit together."""

from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import (
    chosen_stage,
    figure,
    pupils,
    stage_pupils,
    typed,
    typed_at_stage,
)
from junheng.sample.mistakes.recipe import mistake

TOP = {"classes_le_25": 25, "classes_26_30": 30, "classes_31_35": 35, "classes_36_40": 40,
       "classes_41_45": 45, "classes_46_50": 50, "classes_51_55": 55, "classes_56_60": 60}  # fmt: skip


def _more(desk: Desk, code: str, column: str, by: int) -> int | float | None:
    value = figure(desk, code, column)
    return value + by if value else None


mistake("小学学生数与分年级不符", "K15.1")(
    typed("enrolment_primary", lambda d, c: _more(d, c, "enrolment_primary", 9))
)
mistake("初中学生数与分年级不符", "K15.2")(
    typed("enrolment_junior", lambda d, c: _more(d, c, "enrolment_junior", 9))
)
mistake("高中学生数与分年级不符", "K15.3")(
    typed("enrolment_senior", lambda d, c: _more(d, c, "enrolment_senior", 90))
)
mistake("随迁子女多于学生", "R11")(
    typed("migrant_children_enrolled", lambda d, c: pupils(d, c) + 1 if pupils(d, c) else None)
)
mistake("寄宿生多于学生", "R12")(
    typed(
        "boarders",
        lambda d, c: (
            pupils(d, c) + figure(d, c, "enrolment_senior") + 5
            if figure(d, c, "boarders") and d.value(c, "school_type") != "高级中学"
            else None
        ),
    )
)
mistake("非寄宿制学校有寄宿生", "R13", level=Level.EXPLAIN)(
    typed(
        "boarders",
        lambda d, c: 12 if d.value(c, "boarding_school") == "否" and pupils(d, c) > 12 else None,
    )
)
mistake("划片范围内学生多于小学学生", "K14.2")(
    typed("in_zone_enrolment_primary", lambda d, c: _more(d, c, "enrolment_primary", 3))
)
mistake("划片范围内学生多于初中学生", "K14.3")(
    typed("in_zone_enrolment_junior", lambda d, c: _more(d, c, "enrolment_junior", 3))
)
mistake("班级总数与各段不符", "K9.1")(
    typed_at_stage("class_count", lambda d, c, s: figure(d, c, f"class_count_{s}") + 1)
)
mistake("最大班额超出最高段", "K9.3")(
    typed_at_stage("max_class_size", lambda d, c, s: figure(d, c, f"max_class_size_{s}") + 12)
)
mistake("最大班额低于平均班额", "K9.4")(
    typed_at_stage(
        "max_class_size",
        lambda d, c, s: int(stage_pupils(d, c, s) / figure(d, c, f"class_count_{s}")) - 1,
    )
)


@mistake("班额段填错行", "K9.2")
def wrong_bin(desk: Desk, code: str, chance: Random) -> Cell | None:
    """All classes of the fullest bin counted in the smallest one, which cannot hold the pupils."""
    stage = chosen_stage(desk, code, chance)
    if stage is None:
        return None
    held = {each: figure(desk, code, f"{each}_{stage}") for each in TOP}
    fullest = max(held, key=lambda each: held[each])
    room = sum(TOP[each] * count for each, count in held.items())
    room -= held[fullest] * (TOP[fullest] - 25)
    if fullest == "classes_le_25" or room >= stage_pupils(desk, code, stage):
        return None
    desk.put(desk.cell(code, f"classes_le_25_{stage}"), held["classes_le_25"] + held[fullest])
    desk.put(desk.cell(code, f"{fullest}_{stage}"), 0)
    return desk.cell(code, f"class_count_{stage}")
