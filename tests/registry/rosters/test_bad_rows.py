"""Whatever is wrong with the rows is found in one go, with its file, its rows and its number."""

import sys
import threading
from concurrent.futures import CancelledError
from pathlib import Path

import polars as pl
import pytest
from registry.rosters.small import JUNIOR, NINE, PRIMARY, SCHOOLS, Row, pupil, write

from junheng.errors import JunhengError, MisuseError, RefusedError, UnreadableFileError
from junheng.registry import Level
from junheng.registry.filing import Source
from junheng.registry.reading.gathering import Found, fingerprinted
from junheng.registry.rosters import Counted, count_registers, write_workbooks


def counted(
    folder: Path, pupils: list[Row], *, suffix: str = "parquet", **registers: list[Row]
) -> Counted:
    write(folder, "学校名册", SCHOOLS)
    write(folder, "学籍", pupils, suffix)
    for name, rows in registers.items():
        write(folder, name, rows, suffix)
    return count_registers([folder], year=2025)


def told(found: Counted) -> dict[str, str]:
    return {each.check: each.found for each in found.findings}


def test_all_faults_are_found_at_once_with_their_rows(tmp_path: Path) -> None:
    rows = [
        pupil(1),
        pupil(2, grade="七年级"),  # a grade a primary school has not
        pupil(3, school="9999999999"),  # no such school
        pupil(1),  # once more
        pupil(4, grade="五年"),  # no such word
        pupil(5, class_no=""),  # no class
        {**pupil(6), "学籍号": ""},  # no identifier
        pupil(7, grade=""),
    ]
    found = counted(tmp_path, rows)
    assert {k: v for k, v in told(found).items() if k not in ("A03", "A12")} == {
        "A04": "第 5 行的“年级”的写法不认识",
        "A05": "第 3 行的“学校标识码”不在学校名册里",
        "A06": "第 2 行的“年级”是这类学校没有的",
        "A07": "第 1、4 行的“学籍号”与别的行相同",
    }
    blank = [each.found for each in found.blocking if each.check == "A03"]
    assert sorted(blank) == [
        "第 6 行的“班级”空着", "第 7 行的“学籍号”空着", "第 8 行的“年级”空着",
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="7 处必须改"):
        write_workbooks(tmp_path / "出", found)
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize(("suffix", "first"), [("parquet", 1), ("csv", 2), ("xlsx", 4)])
def test_rows_are_numbered_as_the_file_shows_them(suffix: str, first: int, tmp_path: Path) -> None:
    rows = [pupil(n) for n in range(40)] + [pupil(100, grade="差")] * 3
    said = told(counted(tmp_path, rows, suffix=suffix))
    assert said["A04"] == f"第 {40 + first}—{42 + first} 行的“年级”的写法不认识"


def test_many_rows_are_counted_and_the_first_twelve_named(tmp_path: Path) -> None:
    said = told(counted(tmp_path, [pupil(n, grade="差") for n in range(500)]))
    assert said["A04"] == "第 1—12 行等共 500 行的“年级”的写法不认识"


def test_a_class_without_pupils_and_pupils_without_a_class(tmp_path: Path) -> None:
    classes = [
        {"学校代码": PRIMARY, "年级": "一年级", "班级": each} for each in ("1班", "2班", "3班")
    ]
    rows = [pupil(1), pupil(2, class_no="3班"), pupil(3, class_no="9班")]
    said = told(counted(tmp_path, rows, 班级台账=classes))
    assert said["A08"] == "第 2 行的班没有一名学生"
    assert said["A09"] == "第 3 行的学生所在的班不在班级台账上"


def test_the_same_teacher_may_visit_but_not_be_full_time_twice(tmp_path: Path) -> None:
    def teacher(number: int, full_time: str) -> Row:
        return {
            "教师编号": f"T{number}", "学校标识码": PRIMARY, "任教学段": "小学", "是否专任教师": full_time,
        }  # fmt: skip

    rows = [teacher(1, "是"), teacher(1, "否"), teacher(1, "否"), teacher(2, "是")]
    assert "A07" not in told(counted(tmp_path / "a", [pupil(1)], 教师=rows))
    said = told(counted(tmp_path / "b", [pupil(1)], 教师=[*rows, teacher(2, "专任")]))
    assert said["A07"] == "第 4—5 行的“教师编号”与别的行相同"


def test_an_identifier_repeated_in_another_file_is_found(tmp_path: Path) -> None:
    write(tmp_path, "学校名册", SCHOOLS)
    write(tmp_path, "一", [pupil(1), pupil(2)])
    write(tmp_path, "二", [pupil(3), pupil(1)], "parquet")
    found = count_registers([tmp_path], year=2025)
    said = sorted(each.sentence for each in found.blocking)
    assert [each.partition("行")[0] for each in said] == ["一.parquet：第 1 ", "二.parquet：第 2 "]


def test_identifiers_are_compared_without_the_spaces_people_type(tmp_path: Path) -> None:
    rows = [pupil(1), {**pupil(2), "学籍号": f" g{1:018d}"}]
    said = told(counted(tmp_path, rows, suffix="csv"))
    assert said["A07"] == "第 2—3 行的“学籍号”与别的行相同"


def test_an_identifier_kept_as_a_number_is_refused(tmp_path: Path) -> None:
    rows = [{**pupil(1), "学籍号": 1234567890123456789}, {**pupil(2), "学籍号": 12}]
    said = told(counted(tmp_path, rows, suffix="xlsx"))
    assert said["A15"] == "第 4 行的编号是数字格式，超过 15 位，末位已丢失"


def test_what_cannot_be_read_as_yes_or_no_is_named(tmp_path: Path) -> None:
    rows = [pupil(1, 是否寄宿="是"), pupil(2, 是否寄宿="也许"), pupil(3, 是否寄宿="")]
    found = counted(tmp_path, rows)
    assert told(found)["A04"] == "第 2 行的“是否寄宿”读不出"
    assert told(found)["A10"] == "第 3 行的“是否寄宿”空着"


def test_an_area_that_is_no_number_is_named(tmp_path: Path) -> None:
    rooms = [
        {"学校代码": PRIMARY, "房间编号": "1", "用房类型": "音乐教室", "使用面积": "约90"},
        {"学校代码": PRIMARY, "房间编号": "2", "用房类型": "音乐教室", "使用面积": "90"},
        {"学校代码": PRIMARY, "房间编号": "2", "用房类型": "美术教室", "使用面积": "90"},
        {"学校代码": JUNIOR, "房间编号": "2", "用房类型": "美术教室", "使用面积": "90"},
    ]
    said = told(counted(tmp_path, [pupil(1)], 用房=rooms))
    assert said["A14"] == "第 1 行的“使用面积”读不出"
    assert said["A07"] == "第 2—3 行的“学校标识码、房间编号”与别的行相同"


def test_two_lists_that_differ_about_a_school_are_named(tmp_path: Path) -> None:
    write(tmp_path, "补充名册", [{**SCHOOLS[0], "办学类型": "初级中学"}, SCHOOLS[1]])
    said = told(counted(tmp_path, [pupil(1)]))
    assert said["A13"] == "第 1 行的“学校类型”与前面同一学校的值不同"


def test_a_file_that_is_no_register_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    rows = [{key: value for key, value in pupil(1).items() if key != "学籍号"} | {"姓名": "某"}]
    found = counted(tmp_path, rows)
    assert told(found)["A01"] == "认不出是哪种台账；最像学籍，缺表头：学籍号"


def test_two_headings_of_one_column_are_named(tmp_path: Path) -> None:
    said = told(counted(tmp_path, [{**pupil(1), "就读年级": "二年级"}]))
    assert "“年级”、“就读年级”" in said["A02"]


def test_without_a_list_of_schools_nothing_is_counted(tmp_path: Path) -> None:
    write(tmp_path, "学籍", [pupil(1)])
    found = count_registers([tmp_path], year=2025)
    assert [each.check for each in found.blocking] == ["A16"]


def test_a_class_label_in_thousands_of_ways_is_still_a_class(tmp_path: Path) -> None:
    found = counted(tmp_path, [pupil(n, class_no=f"班{n}") for n in range(3000)])
    assert found.blocking == ()
    assert found.schools["class_count_primary"].to_list() == [3000, None, None]


@pytest.mark.parametrize("memory", ["", "1", "lots", "0GB", "-1GB"])
def test_a_cap_that_is_no_size_is_misuse(memory: str, tmp_path: Path) -> None:
    write(tmp_path, "学校名册", SCHOOLS)
    with pytest.raises(MisuseError, match="512MB"):
        count_registers([tmp_path], year=2025, memory=memory)


def test_a_cap_too_small_is_told_and_not_crashed_into(tmp_path: Path) -> None:
    write(tmp_path, "学校名册", SCHOOLS)
    write(tmp_path, "学籍", [pupil(n, class_no=f"{n}班") for n in range(60_000)])
    with pytest.raises(JunhengError, match="--memory"):
        count_registers([tmp_path], year=2025, memory="1MB")


def test_without_duckdb_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "学校名册", SCHOOLS)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MisuseError, match=r"junheng\[duckdb\]"):
        count_registers([tmp_path], year=2025)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "学籍", [pupil(n) for n in range(100)])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(UnreadableFileError, match=r"学籍\.parquet"):
        count_registers([tmp_path], year=2025)


def test_a_path_with_the_signs_of_a_pattern_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "台账[1-9]*?"
    found = counted(folder, [pupil(1), pupil(2, school=NINE)])
    assert found.blocking == ()
    assert found.schools["enrolment_primary"].to_list() == [1, None, 1]


HEADINGS = ("学籍号", "学校标识码", "年级", "班级")


@pytest.mark.parametrize("more", [(), ("学籍状态",)])
@pytest.mark.parametrize("kind", [pl.String, pl.Int64])
def test_a_register_of_headings_alone_leaves_every_school_blank(
    kind: type[pl.DataType], more: tuple[str, ...], tmp_path: Path
) -> None:
    """As much where its columns, being empty, stand there as whole numbers."""
    write(tmp_path, "学校名册", SCHOOLS)
    schema = dict.fromkeys(HEADINGS[:2], pl.String) | dict.fromkeys((*HEADINGS[2:], *more), kind)
    pl.DataFrame(schema=schema).write_parquet(tmp_path / "学籍.parquet")
    found = count_registers([tmp_path], year=2025)
    assert {each.check for each in found.findings} == {"A12"}
    assert told(found)["A12"].startswith("名册上有 3 所学校没有一行")
    assert found.schools["enrolment_primary"].to_list() == [None, None, None]


def test_a_csv_of_headings_alone_is_a_register_without_a_row(tmp_path: Path) -> None:
    write(tmp_path, "学校名册", SCHOOLS)
    (tmp_path / "学籍.csv").write_text(",".join(HEADINGS) + "\n", encoding="utf-8")
    found = count_registers([tmp_path], year=2025)
    assert told(found)["A12"].startswith("名册上有 3 所学校没有一行")


def test_a_list_of_schools_damaged_far_down_is_told_by_its_line_alone(tmp_path: Path) -> None:
    """Beyond what is looked at first: the damage is met while the rows stream out."""
    head = ",".join(SCHOOLS[0])
    rows = [f"21410{n:05d},甲小学,小学,410199示例县" for n in range(9000)]
    good = "\n".join([head, *rows]).encode()
    (tmp_path / "学校名册.csv").write_bytes(good + b"\n2141099999,\xff,zhang-san,410199\n")
    write(tmp_path, "学籍", [pupil(1)])
    with pytest.raises(UnreadableFileError) as caught:
        count_registers([tmp_path], year=2025)
    assert "学校名册.csv" in str(caught.value)
    assert "第 9002 行" in str(caught.value)
    assert "zhang-san" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_what_is_misuse_is_told_before_the_files_are_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(tmp_path, [pupil(1)])
    let, begun, ended = threading.Event(), [], []

    def slow(found: Found, *stop: threading.Event) -> Source:
        begun.append(found.name)
        ended.append(let.wait(5))
        return fingerprinted(found, *stop)

    monkeypatch.setattr("junheng.registry.rosters.counting.fingerprinted", slow)
    try:
        with pytest.raises(MisuseError, match="512MB"):
            count_registers([tmp_path], year=2025, memory="lots")
        assert (len(begun), ended) == (1, []), "one is being hashed, the others never are"
    finally:
        let.set()


def test_hashing_ends_between_two_blocks_where_it_is_stopped(tmp_path: Path) -> None:
    path = write(tmp_path, "学籍", [pupil(1)])
    stop = threading.Event()
    assert fingerprinted(Found(path, "学籍"), stop).size == path.stat().st_size
    stop.set()
    with pytest.raises(CancelledError):
        fingerprinted(Found(path, "学籍"), stop)


def test_what_must_not_be_asked_is_passed_over_and_said(tmp_path: Path) -> None:
    write(tmp_path, "职校", [{**SCHOOLS[1], "学校代码": "3641000009", "办学类型": "361"}])
    found = counted(tmp_path, [pupil(1), pupil(2, school="3641000009", grade="高一")])
    assert found.blocking == ()
    assert told(found)["A11"] == "第 2 行的“年级”不在填报范围内，没有计入"
    assert {each.level for each in found.findings} == {Level.NOTE}
