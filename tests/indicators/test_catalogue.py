"""Every indicator as agreed, typed in again: where it is measured, who is asked, unit, step, formula."""

import pytest

from junheng.indicators import CATALOGUE
from junheng.schema import Stage

MADE = {  # grain, who is asked, by stage, unit, unit and step of a gap, per how many
    "GV13": ("county", "zoned", True, "%", "人", "1", 100),
    "GV13-EVERY": ("school", "zoned", True, "%", "人", "1", 100),
    "GV13-URBAN": ("county", "urban_zoned", True, "%", "人", "1", 100),
    "GV14": ("county", "", False, "%", "人", "1", 100),
    "GV14-TILT": ("county", "", False, "%", "人", "1", 100),
    "GV15": ("county", "", False, "%", "人", "1", 100),
    "B1": ("part", "", False, "㎡", "㎡", "0.01", 1),
    "B2": ("part", "", False, "㎡", "㎡", "0.01", 1),
    "B3": ("part", "", False, "元", "元", "1", 1),
    "B4": ("part", "", False, "台/百人", "台", "1", 100),
    "B5": ("part", "", False, "册", "册", "1", 1),
    "B6": ("part", "", False, "人", "人", "1", 1),
    "B7": ("part", "", False, "人", "人", "1", 1),
    "B8": ("part", "", False, "人", "人", "1", 1),
    "L4": ("part", "", False, "㎡", "㎡", "0.01", 1),
    "L5": ("part", "", False, "㎡", "㎡", "0.01", 1),
    "L6": ("part", "", False, "元", "元", "1", 1),
    "L7": ("part", "", False, "间/百人", "间", "1", 100),
    "GV3-MUSIC": ("school", "compulsory", False, "间", "间", "1", 1),
    "GV3-ART": ("school", "compulsory", False, "间", "间", "1", 1),
    "GV3-SUM": ("school", "compulsory", False, "间", "间", "1", 1),
    "GV2-FUNDS": ("county", "", True, "元", "元", "1", 1),
    "GV6": ("school", "public", False, "倍", "元", "1", 1),
    "GV7": ("county", "", False, "元", "元", "1", 1),
    "GV8": ("county", "", False, "倍", "元", "1", 1),
    "QL4": ("school", "funded", False, "%", "元", "1", 100),
    "QL4-FINAL": ("school", "funded", False, "%", "元", "1", 100),
    "QL1": ("county", "compulsory", False, "%", "人", "1", 100),
    "QL2": ("county", "", False, "%", "人", "1", 100),
    "GV4": ("school", "compulsory", False, "人", "人", "1", 1),
    "GV4-VOCATIONAL": ("school", "vocational", False, "人", "人", "1", 1),
    "GV5": ("school", "compulsory", True, "人", "人", "1", 1),
    "L1": ("part", "", False, "人/百人", "人", "1", 100),
    "L2": ("part", "", False, "人/百人", "人", "1", 100),
    "L3": ("part", "", False, "人/百人", "人", "1", 100),
    "GV9": ("county", "compulsory", False, "%", "人", "1", 100),
    "GV11": ("county", "", False, "%", "人", "1", 100),
    "GV11-KEY": ("county", "", False, "%", "人", "1", 100),
    "GV11-KEY-ELIGIBLE": ("county", "", False, "%", "人", "1", 100),
    "GV12": ("county", "compulsory", False, "%", "人", "1", 100),
}  # fmt: skip
FEWER = {"GV4", "GV4-VOCATIONAL", "GV5"}
"""Where less is better."""
FORMULAS = {
    "GV13": "城区、镇区公办非寄宿学校家庭住址在划片范围内的学生数÷城区、镇区公办非寄宿学校学生数×100%",
    "GV13-EVERY": "城区、镇区公办非寄宿学校家庭住址在划片范围内的学生数÷城区、镇区公办非寄宿学校学生数×100%",
    "GV13-URBAN": "城区公办非寄宿学校家庭住址在划片范围内的学生数÷城区公办非寄宿学校学生数×100%",
    "GV14": "优质高中招生分配指标数÷优质高中招生计划总人数×100%",
    "GV14-TILT": "向农村学校分配指标数÷优质高中招生分配指标数×100%",
    "GV15": "（在县域内公办学校就读的随迁子女人数＋在政府购买服务的民办学校就读随迁子女人数）÷符合条件的随迁子女总人数×100%",
    "B1": "教学及辅助用房总面积×本学段折算学生数÷全校折算学生数÷学生数",
    "B2": "（学校体育馆面积＋校内体育场面积）×本学段折算学生数÷全校折算学生数÷学生数",
    "B3": "教学仪器设备资产值（账面原值）×本学段折算学生数÷全校折算学生数÷学生数",
    "B4": "计算机台数×本学段折算学生数÷全校折算学生数÷学生数×100",
    "B5": "图书册数×本学段折算学生数÷全校折算学生数÷学生数",
    "B6": "专任教师总人数÷学生数",
    "B7": "（本科学历教师人数＋硕士学历教师人数＋博士研究生学历教师人数＋专科学历教师人数（只计小学））÷学生数",
    "B8": "中级及以上专业技术职务教师数÷学生数",
    "L4": "（教学及辅助用房总面积－室内体育用房面积）×本学段折算学生数÷全校折算学生数÷学生数",
    "L5": "（学校体育馆面积＋校内体育场面积）×本学段折算学生数÷全校折算学生数÷学生数",
    "L6": "教学仪器设备资产值（账面原值）×本学段折算学生数÷全校折算学生数÷学生数",
    "L7": "网络多媒体教室间数×本学段折算学生数÷全校折算学生数÷学生数×100",
    "GV3-MUSIC": "计入的音乐教室间数×规定的班数÷班级总数",
    "GV3-ART": "计入的美术教室间数×规定的班数÷班级总数",
    "GV3-SUM": "（计入的音乐教室间数＋计入的美术教室间数）×规定的班数÷班级总数",
    "GV2-FUNDS": "规定的生均公用经费标准",
    "GV6": "上一年度公用经费预算总额×学生数÷（（小学学生数×规定的小学生均公用经费标准＋初中学生数×规定的初中生均公用经费标准）×学生数（不足规定的最少人数的按规定的最少人数计））",
    "GV7": "特殊教育学校公用经费总额÷特殊教育学校学生人数",
    "GV8": "上年度义务教育学校教师年平均工资收入水平（不含民办学校）÷上年度当地公务员年平均工资收入",
    "QL4": "上一年度教师培训经费预算总额÷上一年度公用经费预算总额×100%",
    "QL4-FINAL": "上一年度教师培训经费预算总额÷上一年度公用经费决算总额×100%",
    "QL1": "（本届毕业学生人数－毕业年级三年转入学生数＋毕业年级三年转出学生数）÷（毕业年级初一时在校学生数－毕业年级三年死亡学生数）×100%",
    "QL2": "适龄残疾儿童少年入学总人数÷适龄残疾儿童少年总数×100%",
    "GV4": "学生数",
    "GV4-VOCATIONAL": "附设普通小学班、初中班学生数",
    "GV5": "最大班额",
    "L1": "（本科学历教师人数＋硕士学历教师人数＋博士研究生学历教师人数＋专科学历教师人数（只计小学））÷学生数×100",
    "L2": "县级及以上骨干教师数÷学生数×100",
    "L3": "（体育专任教师人数＋音乐专任教师人数＋美术专任教师人数＋艺术专任教师人数）÷学生数×100",
    "GV9": "近5年培训满360学时专任教师人数÷专任教师总人数×100%",
    "GV11": "实际交流轮岗教师数÷符合交流条件教师总数×100%",
    "GV11-KEY": "实际交流骨干教师数量÷实际交流轮岗教师数×100%",
    "GV11-KEY-ELIGIBLE": "实际交流骨干教师数量÷符合交流条件教师总数×100%",
    "GV12": "持有教师资格证的专任教师人数÷专任教师总人数×100%",
}


def test_every_indicator_is_in_the_table():
    assert set(CATALOGUE) == set(MADE) == set(FORMULAS)


@pytest.mark.parametrize("code", MADE)
def test_an_indicator_is_made_as_agreed(code):
    each = CATALOGUE[code]
    step = f"{float(each.step):g}"
    made = each.grain, each.asks, each.by_stage, each.unit, each.gap_unit, step, each.ratio.per
    assert made == MADE[code]
    assert each.better == ("lower" if code in FEWER else "higher")


@pytest.mark.parametrize("code", FORMULAS)
def test_a_formula_reads_as_it_is_worked_out(code):
    CATALOGUE[code].__dict__.pop("formula", None)  # it is remembered
    assert CATALOGUE[code].formula == FORMULAS[code]


def numbers(code, stage=Stage.PRIMARY, **row):
    """The formula with numbers; weights as of a nine-year school of 100 and 100 pupils."""
    weights = {"weighted_pupils": 100_00, "weighted_pupils_school": 210_00, "weight_scale": 100}
    return CATALOGUE[code].formula_of({"pupils": 100, "stage": stage, **weights, **row})


@pytest.mark.parametrize(
    ("code", "row", "written"),
    [
        ("L7", {"multimedia_classrooms": 12}, "12×100÷210÷100×100"),
        ("L7", {"multimedia_classrooms": None}, "缺×100÷210÷100×100"),
        ("L7", {"multimedia_classrooms": 12, "weighted_pupils_school": 100_00}, "12÷100×100"),
        (
            "L4",
            {"teaching_auxiliary_area_m2": 120_050, "indoor_sports_room_area_m2": 5},
            "（1200.5－0.05）×100÷210÷100",
        ),
        ("GV4", {}, "100"),
        ("GV14", {"quality_senior_quota": 500, "quality_senior_plan": 1000}, "500÷1000×100%"),
        (
            "GV3-SUM",
            {
                "accepted_music_rooms": 1,
                "accepted_art_rooms": 2,
                "law_per_classes": 12,
                "class_count": 24,
            },
            "（1＋2）×12÷24",
        ),
    ],
)
def test_a_formula_shows_the_numbers_of_a_row(code, row, written):
    assert numbers(code, **row) == written


TEACHERS = {
    "teachers_bachelor": 3, "teachers_master": 2, "teachers_doctorate": 1, "teachers_associate": 9,
}  # fmt: skip


def test_what_counts_at_one_stage_only_is_nothing_at_the_other():
    assert numbers("L1", **TEACHERS) == "（3＋2＋1＋9）÷100×100"
    assert numbers("L1", Stage.JUNIOR, **TEACHERS) == "（3＋2＋1＋0）÷100×100"


def test_a_small_school_is_shown_with_the_pupils_that_count():
    row = {
        "public_funds_budget_prev_yuan": 7_500_000, "pupils_primary": 80, "pupils_junior": 0,
        "fund_standard_primary_yuan": 75_000, "fund_standard_junior_yuan": None,
        "law_least_pupils": 100,
    }  # fmt: skip
    shown = numbers("GV6", **row, pupils=80)
    assert shown == "75000×80÷（（80×750＋0×缺）×100）"
    assert CATALOGUE["GV6"].value_of({**row, "pupils": 80}) == 1
    shown = numbers("GV6", **{**row, "pupils_primary": 101}, pupils=101)
    assert shown == "75000×101÷（（101×750＋0×缺）×101）"
