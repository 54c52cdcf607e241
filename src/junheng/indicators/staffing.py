"""Teachers per hundred pupils: L1, L2, L3 (standards.md §2). Filed by stage, never shared out."""

from junheng.indicators.definition import Part, Ratio, indicator
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
