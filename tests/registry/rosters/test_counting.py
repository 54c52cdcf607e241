"""What is counted, by hand and against a plain count in Python."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.rosters.small import JUNIOR, NINE, PRIMARY, SCHOOLS, Row, pupil, write

from junheng.errors import DeclarationError, MisuseError
from junheng.indicators.class_sizes import bins
from junheng.registry.rosters import Counted, count_registers, shipped, with_files

pytestmark = pytest.mark.slow


def counted(
    folder: Path, suffix: str = "parquet", mapping: str = "", **registers: list[Row]
) -> Counted:
    files = [write(folder, "学校名册", SCHOOLS)]
    files += [write(folder, name, rows, suffix) for name, rows in registers.items()]
    rosters = shipped()
    if mapping:
        (folder / "对照.toml").write_text(mapping, encoding="utf-8")
        rosters = with_files([folder / "对照.toml"])
    return count_registers(files, year=2025, rosters=rosters)


def school(found: Counted, code: str) -> Row:
    assert [each.sentence for each in found.blocking] == []
    return found.schools.row(by_predicate=pl.col("school_code") == code, named=True)


def of_class(first: int, size: int, grade: str, class_no: str, code: str = NINE) -> list[Row]:
    return [
        pupil(first + n, code, grade, class_no, 是否寄宿="是" if n < 3 else "否")
        for n in range(size)
    ]


def test_a_nine_year_school_by_hand(tmp_path: Path) -> None:
    rows = [
        *of_class(0, 25, "一年级", "1班"), *of_class(100, 26, "一年级", "2班"),
        *of_class(200, 45, "小二", "1班"), *of_class(300, 66, "初一", "1班"),
        *of_class(400, 50, "9年级", "1班"),
    ]  # fmt: skip
    found = school(counted(tmp_path, 学籍=rows), NINE)
    assert (found["enrolment_primary"], found["enrolment_junior"]) == (96, 116)
    assert [found[f"enrolment_grade_{n}"] for n in range(1, 13)] == [
        51,
        45,
        0,
        0,
        0,
        0,
        66,
        0,
        50,
        None,
        None,
        None,
    ]
    assert (found["class_count_primary"], found["class_count_junior"]) == (3, 2)
    assert (found["classes_le_25_primary"], found["classes_26_30_primary"]) == (1, 1)
    assert (found["classes_41_45_primary"], found["classes_46_50_primary"]) == (1, 0)
    assert (found["classes_46_50_junior"], found["classes_ge_66_junior"]) == (1, 1)
    assert (found["max_class_size_primary"], found["max_class_size_junior"]) == (45, 66)
    assert found["boarders"] == 15
    assert found["migrant_children_enrolled"] is None, "no register says so: missing is not zero"
    assert found["attached_primary_enrolment"] is None, "a nine-year school attaches no class"


def test_primary_classes_at_a_junior_school_are_attached(tmp_path: Path) -> None:
    rows = [pupil(1, JUNIOR, "六年级"), pupil(2, JUNIOR, "七年级"), pupil(3, JUNIOR, "七年级")]
    found = school(counted(tmp_path, 学籍=rows), JUNIOR)
    assert (found["enrolment_junior"], found["attached_primary_enrolment"]) == (2, 1)
    assert found["enrolment_primary"] is None
    assert (found["enrolment_grade_6"], found["class_count_primary"]) == (1, 1)


def test_no_attached_class_is_zero_where_the_register_holds_the_school(tmp_path: Path) -> None:
    rows = [pupil(1, JUNIOR, "七年级"), pupil(2, PRIMARY)]
    found = school(counted(tmp_path / "a", 学籍=rows), JUNIOR)
    assert found["attached_primary_enrolment"] == 0
    found = school(counted(tmp_path / "b", 学籍=rows[:1]), JUNIOR)
    assert found["attached_primary_enrolment"] is None, (
        "this register knows nothing of primary pupils"
    )


def test_a_stage_without_a_row_stays_blank(tmp_path: Path) -> None:
    found = school(counted(tmp_path, 学籍=[pupil(1, NINE, "三年级")]), NINE)
    assert (found["enrolment_primary"], found["enrolment_junior"]) == (1, None)
    assert (found["enrolment_grade_1"], found["enrolment_grade_7"]) == (0, None)


def test_only_those_who_attend_are_counted(tmp_path: Path) -> None:
    rows = [
        pupil(n, 学籍状态=word)
        for n, word in enumerate(("在读", "休学", "转出", "正常", "在籍在读"))
    ]
    assert school(counted(tmp_path, 学籍=rows), PRIMARY)["enrolment_primary"] == 3


def test_one_blank_leaves_the_figure_of_that_school_alone_blank(tmp_path: Path) -> None:
    rows = [
        pupil(1, 是否随迁子女="是"), pupil(2, 是否随迁子女=""),
        pupil(3, NINE, 是否随迁子女="是"), pupil(4, NINE, 是否随迁子女="×"),
    ]  # fmt: skip
    found = counted(tmp_path, 学籍=rows)
    assert school(found, PRIMARY)["migrant_children_enrolled"] is None
    assert school(found, NINE)["migrant_children_enrolled"] == 1


def test_a_mapping_says_what_a_blank_and_a_local_word_mean(tmp_path: Path) -> None:
    rows = [pupil(1, 外来="是", 年级段="小1"), pupil(2, 外来="", 年级段="小1")]
    for row in rows:
        del row["年级"]
    mapping = """
        [pupils.migrant]
        synonyms = ["外来"]
        blank = "no"
        [pupils.grade]
        synonyms = ["年级段"]
        ways = { 1 = ["小1"] }
    """
    found = school(counted(tmp_path, mapping=mapping, 学籍=rows), PRIMARY)
    assert (found["enrolment_grade_1"], found["migrant_children_enrolled"]) == (2, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pupil.grade]\nsynonyms = ['x']", "没有这种台账"),
        ("[pupils.gradee]\nsynonyms = ['x']", "没有这一栏"),
        ("[pupils.grade]\nways = { 13 = ['x'] }", "没有选项“13”"),
        ("[pupils.migrant]\nblank = 'maybe'", "没有选项“maybe”"),
        ("[pupils.grade]\nsynonym = ['x']", "写法不对"),
        ("[pupils.grade", "不合 TOML 的写法"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "对照.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=said):
        with_files([tmp_path / "对照.toml"])


def test_a_mapping_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="找不到"):
        with_files([tmp_path / "没有.toml"])


def test_teachers_by_hand(tmp_path: Path) -> None:
    def teacher(number: int, **more: str) -> Row:
        plain = {
            "任教学段": "小学", "专任教师": "是", "学历": "本科", "任教学科": "语文", "骨干教师": "无",
            "近5年培训学时": "360", "教师资格证": "有", "职称": "二级教师",
        }  # fmt: skip
        return {"工号": f"T{number}", "学校代码": PRIMARY, **plain, **more}

    rows = [
        teacher(1, 任教学科="体育与健康", 骨干教师="县级", 职称="一级"),
        teacher(2, 任教学科="音乐", 学历="大专", 骨干教师="校级", 近5年培训学时="359.9"),
        teacher(3, 任教学科="艺术", 学历="硕士", 骨干教师="省级", 教师资格证="没有"),
        teacher(4, 学历="中师", 职称="正高级"),
        teacher(5, 专任教师="工勤人员", 学历="博士", 任教学科="体育"),
    ]
    mapping = "[teachers.certified]\nways = { yes = ['有'], no = ['没有'] }"
    found = school(counted(tmp_path, mapping=mapping, 教师=rows), PRIMARY)
    assert {name: found[f"{name}_primary"] for name in (
        "full_time_teachers", "teachers_associate", "teachers_bachelor", "teachers_master",
        "teachers_doctorate", "teachers_at_required_level", "key_teachers_county_plus",
        "certified_teachers", "teachers_training_360h", "teachers_pe", "teachers_music",
        "teachers_fine_arts", "teachers_arts", "teachers_intermediate_plus",
    )} == {
        "full_time_teachers": 4, "teachers_associate": 1, "teachers_bachelor": 1, "teachers_master": 1,
        "teachers_doctorate": 0, "teachers_at_required_level": 1, "key_teachers_county_plus": 2,
        "certified_teachers": 3, "teachers_training_360h": 3, "teachers_pe": 1, "teachers_music": 1,
        "teachers_fine_arts": 0, "teachers_arts": 1, "teachers_intermediate_plus": 2,
    }  # fmt: skip


def room(
    number: int,
    kind: str,
    area: str,
    *,
    gross: str = "",
    networked: str = "否",
    code: str = PRIMARY,
) -> Row:
    return {
        "学校代码": code, "房间编号": str(number), "用房类型": kind, "使用面积（㎡）": area,
        "建筑面积": gross, "是否联网多媒体": networked,
    }  # fmt: skip


def test_rooms_by_hand(tmp_path: Path) -> None:
    rows = [
        room(1, "普通教室", "60", gross="72.5", networked="是"), room(2, "教室", "60", gross="72.5"),
        room(3, "音乐教室", "96", gross="110"), room(4, "音乐教室", "95.99", gross="110"),
        room(5, "音乐教室", "53.99", gross="70"), room(6, "美术教室", "67", gross="80", networked="是"),
        room(7, "体育馆", "600", gross="800.25"), room(8, "办公室", "20", gross="30", networked="是"),
    ]  # fmt: skip
    found = school(counted(tmp_path, 用房=rows), PRIMARY)
    assert (found["regular_classrooms"], found["multimedia_classrooms"]) == (2, 2)
    assert [
        found[f"music_rooms{each}"] for each in ("", "_ge_96", "_73_96", "_61_73", "_54_61")
    ] == [3, 1, 1, 0, 0]
    assert [found[f"art_rooms{each}"] for each in ("", "_ge_90", "_67_90", "_61_67", "_54_61")] == [
        1,
        0,
        1,
        0,
        0,
    ]
    assert found["teaching_auxiliary_area_m2"] == Decimal("1315.25")
    assert (found["indoor_sports_room_area_m2"], found["gymnasium_area_m2"]) == (
        Decimal("800.25"),
    ) * 2


def test_rooms_not_measured_leave_the_bins_and_sums_blank_but_not_the_counts(
    tmp_path: Path,
) -> None:
    rows = [
        room(1, "普通教室", "60"),
        room(2, "音乐教室", ""),
        room(3, "美术教室", "90", gross="99"),
    ]
    found = school(counted(tmp_path, 用房=rows), PRIMARY)
    assert (found["music_rooms"], found["music_rooms_ge_96"], found["art_rooms_ge_90"]) == (
        1,
        None,
        1,
    )
    assert found["teaching_auxiliary_area_m2"] is None


def test_a_list_of_special_rooms_alone_does_not_say_there_are_no_others(tmp_path: Path) -> None:
    found = school(counted(tmp_path, 用房=[room(1, "音乐教室", "100", gross="120")]), PRIMARY)
    assert (found["music_rooms"], found["regular_classrooms"], found["art_rooms"]) == (
        1,
        None,
        None,
    )
    assert (found["teaching_auxiliary_area_m2"], found["multimedia_classrooms"]) == (None, None)


@pytest.mark.parametrize("suffix", ["parquet", "csv", "xlsx"])
def test_every_kind_of_file_gives_the_same(suffix: str, tmp_path: Path) -> None:
    rows = [pupil(n, NINE, n % 9 + 1, str(n % 2 + 1), 是否寄宿=n % 3 == 0) for n in range(60)]
    found = school(counted(tmp_path, suffix, 学籍=rows), NINE)
    assert (found["enrolment_primary"], found["enrolment_junior"], found["boarders"]) == (
        42,
        18,
        20,
    )


def test_a_file_in_the_encoding_of_old_programs_is_read(tmp_path: Path) -> None:
    write(tmp_path, "学校名册", SCHOOLS)
    write(tmp_path, "学籍", [pupil(n) for n in range(30)], "csv", "gb18030")
    found = count_registers([tmp_path], year=2025)
    assert school(found, PRIMARY)["enrolment_grade_1"] == 30


def test_several_files_of_one_register_are_counted_together(tmp_path: Path) -> None:
    write(tmp_path, "学校名册", SCHOOLS)
    write(tmp_path, "甲", [pupil(n) for n in range(10)])
    write(tmp_path, "乙", [pupil(n, grade=1) for n in range(10, 25)], "csv")
    write(tmp_path, "丙", [pupil(n, grade="小一") for n in range(25, 30)], "xlsx")
    found = school(count_registers([tmp_path], year=2025), PRIMARY)
    assert (found["enrolment_grade_1"], found["class_count_primary"]) == (30, 1)


GRADES = st.sampled_from(range(1, 10))
ROWS = st.lists(
    st.tuples(GRADES, st.sampled_from("ABC"), st.booleans(), st.booleans()), max_size=150
)


@settings(max_examples=12)
@given(rows=ROWS, split=st.integers(0, 150))
def test_counts_are_those_of_a_plain_count(rows: list, split: int, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("数")
    people = [
        pupil(n, NINE, grade, label, 是否随迁子女=migrant, 是否寄宿=boards)
        for n, (grade, label, migrant, boards) in enumerate(rows)
    ]
    registers = {
        name: part for name, part in (("甲", people[:split]), ("乙", people[split:])) if part
    }
    found = counted(folder, **registers)
    if not people:
        return
    got = school(found, NINE)
    sizes = Counter((grade, label) for grade, label, _, _ in rows)
    for stage, grades in (("primary", range(1, 7)), ("junior", range(7, 10))):
        mine = [n for (grade, _), n in sizes.items() if grade in grades]
        assert got[f"enrolment_{stage}"] == (sum(mine) or None)
        assert got[f"class_count_{stage}"] == (len(mine) or None)
        assert got[f"max_class_size_{stage}"] == max(mine, default=None)
        for each in bins():
            inside = sum(each.low <= n <= (each.high or n) for n in mine)
            assert got[f"{each.column}_{stage}"] == (inside if mine else None)
        for grade in grades:
            pupils = sum(n for (g, _), n in sizes.items() if g == grade)
            assert got[f"enrolment_grade_{grade}"] == (pupils if mine else None)
    assert got["migrant_children_enrolled"] == sum(row[2] for row in rows)
    assert got["boarders"] == sum(row[3] for row in rows)
    assert sorted(found.classes["pupils"]) == sorted(sizes.values())
