"""Teachers: L1, L2, L3 per hundred pupils (standards.md §2), shares GV9, GV11, GV12 (§6).

Filed by stage, never shared out.
"""

from junheng.indicators.definition import Part, Ratio, Whole, indicator
from junheng.schema import Stage


@indicator("L1", "每百名学生拥有高于规定学历教师数", unit="人/百人", gap_unit="人", step="1")
def teachers_above_requirement(part: Part) -> Ratio:
    """Full-time teachers above the required qualification: primary counts 专科 and higher, junior 本科 and higher."""
    above = part.teachers_bachelor + part.teachers_master + part.teachers_doctorate
    return Ratio(above + part.only(Stage.PRIMARY, part.teachers_associate), part.pupils, per=100)


@indicator("L2", "每百名学生拥有县级以上骨干教师数", unit="人/百人", gap_unit="人", step="1")
def key_teachers(part: Part) -> Ratio:
    """Key teachers of county level or above."""
    return Ratio(part.key_teachers_county_plus, part.pupils, per=100)


@indicator(
    "L3",
    "每百名学生拥有体育、艺术（美术、音乐）专任教师数",
    unit="人/百人",
    gap_unit="人",
    step="1",
)
def pe_and_arts_teachers(part: Part) -> Ratio:
    """Full-time teachers teaching PE, music, fine arts or the combined subject arts."""
    artists = part.teachers_music + part.teachers_fine_arts + part.teachers_arts
    return Ratio(part.teachers_pe + artists, part.pupils, per=100)


@indicator(
    "GV9", "教师五年360学时培训完成率", unit="%", gap_unit="人", step="1", grain="county", asks="compulsory",
)  # fmt: skip
def training_completed(county: Whole) -> Ratio:
    """Full-time teachers with 360 hours in five years, of all."""
    return Ratio(county.teachers_training_360h, county.full_time_teachers, per=100)


@indicator("GV11", "教师交流轮岗比例", unit="%", gap_unit="人", step="1", grain="county")
def teachers_rotated(county: Whole) -> Ratio:
    """Teachers rotated, of those eligible."""
    return Ratio(county.rotated, county.rotation_eligible, per=100)


@indicator(
    "GV11-KEY", "骨干教师占交流轮岗教师比例", unit="%", gap_unit="人", step="1", grain="county"
)
def key_teachers_rotated(county: Whole) -> Ratio:
    """Key teachers among those rotated."""
    return Ratio(county.rotated_key, county.rotated, per=100)


@indicator(
    "GV11-KEY-ELIGIBLE", "交流骨干教师占符合交流条件教师比例", unit="%", gap_unit="人", step="1", grain="county",
)  # fmt: skip
def key_teachers_rotated_of_eligible(county: Whole) -> Ratio:
    """Key teachers rotated, of all who are eligible: the base of one province."""
    return Ratio(county.rotated_key, county.rotation_eligible, per=100)


@indicator(
    "GV12", "教师资格证持证上岗率", unit="%", gap_unit="人", step="1", grain="county", asks="compulsory",
)  # fmt: skip
def teachers_certified(county: Whole) -> Ratio:
    """Full-time teachers who hold the certificate, of all."""
    return Ratio(county.certified_teachers, county.full_time_teachers, per=100)
