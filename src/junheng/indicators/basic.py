"""The eight indicators of the scheme of 2012 (standards.md §2.1): B1 … B8, judged by their CVs only.

B1–B5 are filed once for the whole school and shared by weighted pupils, as under 2012 five items
were; B6–B8 are filed by stage. B1 takes teaching and auxiliary rooms as filed, indoor sports rooms
inside: the subtraction of L4 belongs to 2017, and no source shows it for 2012.
"""

from junheng.indicators.definition import Part, Ratio, indicator
from junheng.schema import Stage


@indicator("B1", "生均教学及辅助用房面积（2012）", unit="㎡", gap_unit="㎡", step="0.01")
def basic_teaching_area(part: Part) -> Ratio:
    """Teaching and auxiliary rooms as filed."""
    return Ratio(part.share_of(part.teaching_auxiliary_area_m2), part.pupils)


@indicator("B2", "生均体育运动场馆面积（2012）", unit="㎡", gap_unit="㎡", step="0.01")
def basic_sports_area(part: Part) -> Ratio:
    """Gymnasium and on-campus sports grounds."""
    return Ratio(part.share_of(part.gymnasium_area_m2 + part.sports_ground_area_m2), part.pupils)


@indicator("B3", "生均教学仪器设备值（2012）", unit="元", gap_unit="元", step="1")
def basic_equipment_value(part: Part) -> Ratio:
    """Teaching equipment at original book value."""
    return Ratio(part.share_of(part.equipment_value_yuan), part.pupils)


@indicator("B4", "每百名学生拥有计算机台数", unit="台/百人", gap_unit="台", step="1")
def computers_per_hundred(part: Part) -> Ratio:
    """Computers."""
    return Ratio(part.share_of(part.computers), part.pupils, per=100)


@indicator("B5", "生均图书册数", unit="册", gap_unit="册", step="1")
def books_per_pupil(part: Part) -> Ratio:
    """Books."""
    return Ratio(part.share_of(part.books), part.pupils)


@indicator("B6", "师生比", unit="人", gap_unit="人", step="1")
def teachers_per_pupil(part: Part) -> Ratio:
    """Full-time teachers of the stage."""
    return Ratio(part.full_time_teachers, part.pupils)


@indicator("B7", "生均高于规定学历教师数", unit="人", gap_unit="人", step="1")
def basic_teachers_above_requirement(part: Part) -> Ratio:
    """Full-time teachers above the required qualification, as L1 counts them."""
    above = part.teachers_bachelor + part.teachers_master + part.teachers_doctorate
    return Ratio(above + part.only(Stage.PRIMARY, part.teachers_associate), part.pupils)


@indicator("B8", "生均中级及以上专业技术职务教师数", unit="人", gap_unit="人", step="1")
def titled_teachers_per_pupil(part: Part) -> Ratio:
    """Full-time teachers with a professional title of intermediate level or above."""
    return Ratio(part.teachers_intermediate_plus, part.pupils)
