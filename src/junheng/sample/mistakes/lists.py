"""The optional lists out of step with what the school filed."""

from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.layout import NOT_APPLICABLE
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import listed
from junheng.sample.mistakes.recipe import mistake
from junheng.sample.mistakes.seats import TOP

STAGE_WORDS = {"小学": "primary", "初中": "junior"}


def _rows(desk: Desk, table: str, code: str) -> list[int]:
    return desk.rows(table).get(code, [])


def _classes(desk: Desk, code: str) -> list[int]:
    """Rows of compulsory classes, where the school has more than three of them."""
    found = [
        n
        for n in _rows(desk, "classes", code)
        if desk.at("classes", n, "stage").value in STAGE_WORDS
    ]
    return found if len(found) > 3 else []


def _size(desk: Desk, number: int) -> int:
    return int(listed(desk, "classes", number, "pupils"))


def _stage(desk: Desk, number: int) -> str:
    return STAGE_WORDS[str(desk.at("classes", number, "stage").value)]


def _bin(size: int) -> str:
    return next(name for name, top in TOP.items() if size <= top)


@mistake("班级清单少一个班", "R71")
def class_missing(desk: Desk, code: str, chance: Random) -> Cell | None:
    rows = _classes(desk, code)
    if not rows:
        return None
    number = chance.choice(rows)
    shows = desk.cell(code, f"class_count_{_stage(desk, number)}")
    desk.clear_row("classes", number)
    return shows


@mistake("班级清单人数差一段", "R72")
def class_in_other_bin(desk: Desk, code: str, chance: Random) -> Cell | None:
    rows = [n for n in _classes(desk, code) if 31 <= _size(desk, n) <= 60]
    if not rows:
        return None
    number = chance.choice(rows)
    was = _size(desk, number)
    desk.put(desk.at("classes", number, "pupils"), was - 12)
    return desk.cell(code, f"{_bin(was)}_{_stage(desk, number)}")


@mistake("班级清单最大班额不符", "R73")
def largest_class(desk: Desk, code: str, chance: Random) -> Cell | None:
    rows = _classes(desk, code)
    if not rows:
        return None
    number = chance.choice(rows)
    desk.put(desk.at("classes", number, "pupils"), 88)
    return desk.cell(code, f"max_class_size_{_stage(desk, number)}")


@mistake("班级清单与分年级不符", "R74")
def class_size(desk: Desk, code: str, chance: Random) -> Cell | None:
    rows = _classes(desk, code)
    if not rows:
        return None
    cell = desk.at("classes", chance.choice(rows), "pupils")
    grade = desk.at("classes", cell.row, "grade").value
    desk.put(cell, _size(desk, cell.row) - 1)
    return desk.cell(code, f"enrolment_grade_{grade}")


@mistake("班级的学段填错", "R75")
def class_stage(desk: Desk, code: str, chance: Random) -> Cell | None:
    rows = _classes(desk, code)
    if not rows:
        return None
    cell = desk.at("classes", chance.choice(rows), "stage")
    desk.put(cell, "初中" if cell.value == "小学" else "小学")
    return cell


def _room(desk: Desk, code: str, kind: str, least: float = 0) -> int | None:
    rows = (n for n in _rows(desk, "rooms", code) if desk.at("rooms", n, "room_type").value == kind)
    return next((n for n in rows if listed(desk, "rooms", n, "area_m2") >= least), None)


@mistake("用房台账类型填错", "R76")
def room_kind(desk: Desk, code: str, _: Random) -> Cell | None:
    number = _room(desk, code, "普通教室")
    if number is None or len(_rows(desk, "rooms", code)) < 4:
        return None
    desk.put(desk.at("rooms", number, "room_type"), "其他")
    return desk.cell(code, "regular_classrooms")


@mistake("用房台账音乐教室面积不符", "R77")
def music_area(desk: Desk, code: str, _: Random) -> Cell | None:
    number = _room(desk, code, "音乐教室", 96)
    if number is None:
        return None
    desk.put(desk.at("rooms", number, "area_m2"), 88.5)
    return desk.cell(code, "music_rooms_ge_96")


@mistake("用房台账美术教室面积不符", "R78")
def art_area(desk: Desk, code: str, _: Random) -> Cell | None:
    number = _room(desk, code, "美术教室", 90)
    if number is None:
        return None
    desk.put(desk.at("rooms", number, "area_m2"), 80.5)
    return desk.cell(code, "art_rooms_ge_90")


@mistake("用房台账联网间数不符", "R79")
def networked(desk: Desk, code: str, _: Random) -> Cell | None:
    number = _room(desk, code, "普通教室")
    if number is None:
        return None
    cell = desk.at("rooms", number, "networked")
    desk.put(cell, "否" if cell.value == "是" else "是")
    return desk.cell(code, "multimedia_classrooms")


@mistake("校区面积之和不等于全校", "R80")
def campus_area(desk: Desk, code: str, _: Random) -> Cell | None:
    rows = _rows(desk, "campuses", code)
    if not rows:
        return None
    cell = desk.at("campuses", rows[0], "teaching_auxiliary_area_m2")
    desk.put(cell, round(listed(desk, "campuses", rows[0], "teaching_auxiliary_area_m2") + 100, 2))
    return desk.cell(code, "teaching_auxiliary_area_m2")


@mistake("校区学生数之和不等于全校", "R81")
def campus_pupils(desk: Desk, code: str, _: Random) -> Cell | None:
    rows = _rows(desk, "campuses", code)
    if not rows:
        return None
    cell = desk.at("campuses", rows[0], "pupils")
    desk.put(cell, int(listed(desk, "campuses", rows[0], "pupils")) + 10)
    primary = desk.value(code, "enrolment_primary") != NOT_APPLICABLE
    return desk.cell(code, "enrolment_primary" if primary else "enrolment_junior")


@mistake("校区又单独填报", "K3.6")
def campus_twice(desk: Desk, code: str, _: Random) -> Cell | None:
    parent = str(desk.value(code, "parent_school_code"))
    if parent not in desk.free:
        return None
    desk.use(parent)
    row = {
        "school_code": parent, "campus_name": desk.value(code, "school_name"),
        "address": "示例路100号", "stage": "小学", "pupils": 100,
        "teaching_auxiliary_area_m2": 500, "sports_ground_area_m2": 700, "equipment_value_yuan": 20,
    }  # fmt: skip
    return desk.add_row("campuses", row)


@mistake("认定范围属于别的区县", "R82", scope="county", topic="认定", alone=True)
def dense_elsewhere(desk: Desk, _: str, __: Random) -> Cell | None:
    numbers = [n for each in desk.rows("dense_areas").values() for n in each]
    if not numbers:
        return None
    cell = desk.at("dense_areas", numbers[0], "county_code")
    desk.put(cell, "410198")
    return cell


@mistake("更正的栏目不存在", "R83")
def corrected_field(desk: Desk, code: str, _: Random) -> Cell | None:
    rows = _rows(desk, "corrections", code)
    if not rows:
        return None
    cell = desk.at("corrections", rows[0], "field")
    desk.put(cell, "网络教室数目")
    return cell


@mistake("更正数与填报数不一致", "R84")
def corrected_value(desk: Desk, code: str, _: Random) -> Cell | None:
    rows = _rows(desk, "corrections", code)
    if not rows:
        return None
    cell = desk.at("corrections", rows[0], "corrected_value")
    desk.put(cell, str(int(str(cell.value)) + 7))
    return cell
