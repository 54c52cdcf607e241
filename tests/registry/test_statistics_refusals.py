"""What stops an import of statistics: every fault at once, with file, sheet, cell and a choice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from registry.statistics_books import School, wide, write_set

from junheng.errors import RefusedError
from junheng.registry import Finding, Level
from junheng.registry.statistics import Imported, read_statistics, write_imported
from junheng.sample import make_county

CODE = "410199"
PAIR = ("教基1001", "教基3112")


@pytest.fixture(scope="module")
def schools() -> list[School]:
    return [s for s in wide(make_county(seed=1, schools=24)) if s["school_type"] == "primary"]


@pytest.fixture
def pair(tmp_path: Path, schools: list[School]) -> list[Path]:
    """Profile and pupils of some primary schools: half a set, but whole in itself."""
    return write_pair(tmp_path, schools)


def write_pair(folder: Path, schools: list[School], **change: Any) -> list[Path]:
    from junheng.registry.statistics import shipped

    others = [form.form for form in shipped().form if form.form not in PAIR]
    return write_set(folder, schools, without=others, **change)


def read(paths: list[Path], **change: Any) -> Imported:
    return read_statistics(paths, **{"year": 2025, "county": CODE, "partial": True, **change})


def edit(path: Path, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)


def put(cell: str, value: object) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[cell] = value

    return change


def at(imported: Imported, check: str) -> list[Finding]:
    return [each for each in imported.findings if each.check == check]


def stops(imported: Imported, check: str, *words: str) -> Finding:
    """The first finding of the check: it stops the import and says these words."""
    found = at(imported, check)[0]
    assert found.level is Level.MUST_FIX
    for word in words:
        assert word in found.sentence
    with pytest.raises(RefusedError):
        write_imported(Path("不写.xlsx"), imported)
    return found


def test_the_pair_itself_has_nothing_to_mend(pair: list[Path]) -> None:
    assert read(pair).blocking == ()


def test_a_workbook_without_a_known_heading_is_named_with_what_it_shows(
    pair: list[Path], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["学校标识码", "天气", "心情"])
    book.active.append(["2141990001", 3, 4])
    book.save(tmp_path / "别的.xlsx")
    found = stops(read([*pair, tmp_path / "别的.xlsx"]), "I01", "天气", "--mapping")
    assert (found.origin.file, found.origin.sheet, found.origin.cell) == (
        "别的.xlsx", "Sheet", "A1",
    )  # fmt: skip


def test_a_form_that_nobody_knows_and_an_empty_workbook_are_named(
    pair: list[Path], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["教基9999 没有的表"])
    book.save(tmp_path / "没有标识码.xlsx")
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    imported = read([*pair, tmp_path / "没有标识码.xlsx", tmp_path / "空.xlsx"])
    assert {each.origin.file for each in at(imported, "I01")} == {"没有标识码.xlsx", "空.xlsx"}
    stops(imported, "I01", "学校标识码")


def test_two_headings_for_one_field_are_both_named(pair: list[Path]) -> None:
    edit(pair[1], put("M3", "一年级"))
    edit(pair[1], lambda sheet: sheet.unmerge_cells("F2:L2"))
    edit(pair[1], lambda sheet: sheet.merge_cells("F2:M2"))
    found = stops(read(pair), "I02", "G3", "M3", "一年级人数", "--mapping")
    assert found.origin.file == "教基3112.xlsx"


def test_half_a_set_names_the_forms_for_each_type_of_school(
    pair: list[Path], schools: list[School]
) -> None:
    stops(
        read(pair, partial=False),
        "I14",
        f"{len(schools)} 所小学",
        "教基5176",
        "教基2106",
        "--partial",
    )
    (let,) = at(read(pair), "I14")
    assert let.level is Level.EXPLAIN


def test_a_form_that_leaves_schools_out_is_named_with_them(pair: list[Path]) -> None:
    edit(pair[1], lambda sheet: sheet.delete_rows(6))
    (found,) = at(read(pair), "I15")
    assert "没有 1 所学校：2141990001" in found.found


def test_another_year_stops_the_import(tmp_path: Path, schools: list[School]) -> None:
    pair = write_pair(tmp_path, schools, title="{form}（2024/2025学年初）")
    stops(read(pair), "I04", "2024—2025", "--year 2024")
    assert read(pair, year=2024).blocking == ()


def test_a_sheet_without_a_year_is_taken_and_said(tmp_path: Path, schools: list[School]) -> None:
    imported = read(write_pair(tmp_path, schools, title="{form} {title}"))
    assert len(at(imported, "I05")) == 2
    assert imported.blocking == ()


def test_sums_are_passed_over_wherever_they_stand(pair: list[Path]) -> None:
    edit(pair[1], lambda sheet: sheet.insert_rows(8))
    edit(pair[1], put("B8", "某片区小计"))
    edit(pair[1], put("F8", 123))
    imported = read(pair)
    found = [each for each in at(imported, "I06") if each.origin.file == "教基3112.xlsx"]
    assert ["第 5、8 行" in each.found for each in found] == [True]
    assert imported.blocking == ()


@pytest.mark.parametrize(
    ("hide", "word"),
    [
        (lambda sheet: setattr(sheet.row_dimensions[7], "hidden", True), "隐藏了 1 行"),
        (lambda sheet: setattr(sheet.column_dimensions["H"], "hidden", True), "二年级"),
    ],
    ids=["row", "column"],
)
def test_hidden_parts_stop_the_import_until_somebody_decides(
    pair: list[Path], hide: Callable[[Any], None], word: str
) -> None:
    whole = len(read(pair).values)
    edit(pair[1], hide)
    stops(read(pair), "I07", word, "--hidden read", "--hidden skip")
    assert read(pair, hidden="read").blocking == ()
    skipped = read(pair, hidden="skip")
    assert skipped.blocking == ()
    assert len(read(pair, hidden="read").values) == whole
    shown = sum(len(v) for v in skipped.values.values())
    assert shown < sum(len(v) for v in read(pair, hidden="read").values.values())


def test_a_hidden_sheet_is_not_read_unasked(pair: list[Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(pair[1])
    book.create_sheet("看得见")
    book.active.sheet_state = "hidden"
    book.save(pair[1])
    stops(read(pair), "I07", "工作表是隐藏的")
    assert read(pair, hidden="read").blocking == ()


def test_a_school_with_two_values_names_both_cells_and_may_follow_one_file(
    pair: list[Path], tmp_path: Path, schools: list[School]
) -> None:
    (tmp_path / "另").mkdir()
    again = tmp_path / "另" / "改过的教基3112.xlsx"
    again.write_bytes(pair[1].read_bytes())
    edit(again, put("F6", 1))
    files = [*pair, again]
    found = stops(read(files), "I10", "教基3112.xlsx", "F6", "小学学生人数", "--prefer")
    assert found.key == (schools[0]["school_code"],)
    for file, value in ((pair[1], schools[0]["enrolment_primary"]), (again, 1)):
        imported = read(files, prefer=[file.name])
        assert imported.blocking == ()
        assert imported.values[schools[0]["school_code"]]["enrolment_primary"].value == value


def test_a_missing_county_code_is_asked_for_with_the_counties_met(pair: list[Path]) -> None:
    stops(read(pair, county=""), "I11", "410199示例县", "--county")
    stops(read(pair, county="4101"), "I19", "4101")
    stops(read(pair, county="410102"), "I12", "没有一行属于 410102")


def test_counties_known_by_name_only_are_asked_for(pair: list[Path], schools: list[School]) -> None:
    def named(sheet: Any) -> None:
        codes = [row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("214")]
        for number, row in enumerate(codes):
            sheet.cell(row, 4).value = "甲县" if number % 2 else "乙县"

    for path in pair:
        edit(path, named)
    stops(read(pair), "I12", "甲县", "乙县", "--unit")
    imported = read(pair, units={"乙县": CODE, "甲县": "410198"})
    assert imported.blocking == ()
    assert len(imported.values) == (len(schools) + 1) // 2
    assert imported.county["county_name"] == "乙县"
    assert any("不属于本县" in each.found for each in at(imported, "I16"))
    edit(pair[0], put("D5", "甲县"))
    contrary = read(pair, units={"乙县": CODE, "甲县": "410198"})
    stops(contrary, "I10", "2141990001", "甲县", "教基3112!D6")


def test_an_unknown_type_of_school_and_a_row_without_code_are_named(pair: list[Path]) -> None:
    edit(pair[0], put("C6", "999"))
    edit(pair[0], put("A7", None))
    imported = read(pair)
    assert stops(imported, "I13", "999", "[types.schools]").origin.cell == "C6"
    assert stops(imported, "I09", "第 7 行").origin.cell == "A7"


def test_kindergartens_are_left_out_and_counted(pair: list[Path]) -> None:
    for path in pair:
        edit(path, put("C6", "111 幼儿园"))
    imported = read(pair)
    assert imported.blocking == ()
    assert any("幼儿园 1 行" in each.found for each in at(imported, "I16"))


def test_a_value_that_is_none_is_named_in_its_cell(pair: list[Path]) -> None:
    edit(pair[1], put("F6", "约三百"))
    found = stops(read(pair), "V01", "约三百")
    assert (found.origin.file, found.origin.cell) == ("教基3112.xlsx", "F6")


def test_a_unit_that_cannot_be_converted_is_named(tmp_path: Path, schools: list[School]) -> None:
    from junheng.registry.statistics import shipped

    others = [f.form for f in shipped().form if f.form not in ("教基1001", "教基5170")]
    files = write_set(tmp_path, schools, without=others)
    edit(files[1], put("E2", "占地面积（亩）"))
    stops(read(files), "I08", "亩", "㎡")


def test_a_school_of_another_type_than_its_figures_is_asked_about(pair: list[Path]) -> None:
    for path in pair:
        edit(path, put("C6", "342"))
    (found,) = [e for e in at(read(pair), "I17") if e.column == "enrolment_grade_1"]
    assert found.level is Level.EXPLAIN
    assert "高级中学" in found.found


def test_all_faults_are_told_in_one_pass(pair: list[Path], tmp_path: Path) -> None:
    edit(pair[0], put("C6", "999"))
    edit(pair[1], put("F7", "不详的数"))
    edit(pair[1], put("A1", "教基3112（2019/2020学年初）"))
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    imported = read([*pair, tmp_path / "坏.xlsx"], county="", partial=False)
    checks = {each.check for each in imported.blocking}
    assert {"I13", "V01", "I04", "S06", "I11", "I14"} <= checks


def test_nothing_is_written_while_something_has_to_be_mended(
    pair: list[Path], tmp_path: Path
) -> None:
    edit(pair[1], put("F6", "约三百"))
    out = tmp_path / "出" / "county.xlsx"
    out.parent.mkdir()
    with pytest.raises(RefusedError, match="没有写出任何文件"):
        write_imported(out, read(pair))
    assert list(out.parent.iterdir()) == []
