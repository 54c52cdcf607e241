"""Premises and equipment: L4, L5, L6, L7 (standards.md §2), music and art rooms GV3 (§6).

Filed once for the whole school; a stage part gets its share of L4–L7 by weighted pupils (§3).
"""

from junheng.indicators.combining import Product
from junheng.indicators.definition import Part, Ratio, Whole, indicator


@indicator("L4", "生均教学及辅助用房面积", unit="㎡", gap_unit="㎡", step="0.01")
def teaching_area_per_pupil(part: Part) -> Ratio:
    """Teaching and auxiliary rooms without the indoor sports rooms, which L5 counts."""
    rooms = part.teaching_auxiliary_area_m2 - part.indoor_sports_room_area_m2
    return Ratio(part.share_of(rooms), part.pupils)


@indicator("L5", "生均体育运动场馆面积", unit="㎡", gap_unit="㎡", step="0.01")
def sports_area_per_pupil(part: Part) -> Ratio:
    """Gymnasium and on-campus sports grounds."""
    return Ratio(part.share_of(part.gymnasium_area_m2 + part.sports_ground_area_m2), part.pupils)


@indicator("L6", "生均教学仪器设备值", unit="元", gap_unit="元", step="1")
def equipment_value_per_pupil(part: Part) -> Ratio:
    """Teaching equipment at original book value."""
    return Ratio(part.share_of(part.equipment_value_yuan), part.pupils)


@indicator("L7", "每百名学生拥有网络多媒体教室数", unit="间/百人", gap_unit="间", step="1")
def multimedia_classrooms(part: Part) -> Ratio:
    """Networked multimedia classrooms."""
    return Ratio(part.share_of(part.multimedia_classrooms), part.pupils, per=100)


@indicator(
    "GV3-MUSIC", "每规定班数拥有音乐专用教室", unit="间", gap_unit="间", step="1", grain="school", asks="compulsory",
)  # fmt: skip
def music_rooms_per_classes(school: Whole) -> Ratio:
    """Music rooms that are large enough, by all compulsory classes of the school together."""
    rooms = Product(school.accepted_music_rooms, school.law("per_classes"))
    return Ratio(rooms, school.class_count)


@indicator(
    "GV3-ART", "每规定班数拥有美术专用教室", unit="间", gap_unit="间", step="1", grain="school", asks="compulsory",
)  # fmt: skip
def art_rooms_per_classes(school: Whole) -> Ratio:
    """Art rooms that are large enough, by all compulsory classes of the school together."""
    rooms = Product(school.accepted_art_rooms, school.law("per_classes"))
    return Ratio(rooms, school.class_count)


@indicator(
    "GV3-SUM", "每规定班数拥有音乐、美术专用教室", unit="间", gap_unit="间", step="1", grain="school", asks="compulsory",
)  # fmt: skip
def music_and_art_rooms_per_classes(school: Whole) -> Ratio:
    """Both kinds of rooms added: a reading of one sheet, weaker than each by itself."""
    rooms = school.accepted_music_rooms + school.accepted_art_rooms
    return Ratio(Product(rooms, school.law("per_classes")), school.class_count)
