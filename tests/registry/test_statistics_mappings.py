"""The mapping of headings to fields: shipped, extended by a user, refused where it is wrong."""

import re
from pathlib import Path

import pytest
from registry.statistics_books import Layout, Style, of, wide, write_sheet
from xlsxwriter import Workbook

from junheng.errors import DeclarationError, MisuseError
from junheng.registry import school_columns
from junheng.registry.statistics import read_statistics, shipped, with_files
from junheng.registry.statistics.findings import CODES
from junheng.registry.statistics.mappings import units_of
from junheng.sample import make_county

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "import.md"

OLD = """
[[form]]
form = "基础基312"
title = "小学学生数"
words = ["小学学龄人口"]

[[form.field]]
column = "enrolment_primary"
path = ["在校学生/合计", "在校学生"]

[[form]]
form = "基础基512"
title = "校舍与设备"

[[form.field]]
column = "equipment_value_yuan"
path = ["教学仪器设备值"]
unit = "元"
"""


def file(folder: Path, text: str) -> Path:
    path = folder / "旧表.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_mapping_holds_the_forms_of_the_reference_and_only_known_columns() -> None:
    numbers = {re.sub(r"\D", "", each.form) for each in shipped().form}
    assert numbers == {
        "1001",
        "1102",
        "2106",
        "2107",
        "3112",
        "3115",
        "3118",
        "3120",
        "4149",
        "4153",
        "4155",
        "4156",
        "5170",
        "5176",
    }
    for form in shipped().form:
        assert form.field, form.form
        for each in form.field:
            assert not each.unit or each.unit in units_of(school_columns()[each.column])


def test_the_older_forms_are_read_through_a_file_of_the_user(tmp_path: Path) -> None:
    schools = [s for s in wide(make_county(seed=1, schools=24)) if s["school_type"] == "primary"]
    pupils = Layout(
        "基础基312", "小学", ("primary",), [(("在校学生", "合计"), of("enrolment_primary"))]
    )
    rooms = Layout(
        "基础基512", "设备", ("primary",), [(("教学仪器设备值",), of("equipment_value_yuan"))]
    )
    book = Workbook(str(tmp_path / "旧.xlsx"))
    for layout in (pupils, rooms):
        write_sheet(book, layout, schools, Style())
    book.close()
    known = with_files([file(tmp_path, OLD)])
    imported = read_statistics(
        [tmp_path / "旧.xlsx"], year=2025, county="410199", mapping=known, partial=True
    )
    assert [each.sentence for each in imported.blocking] == []
    for school in schools:
        for column in ("enrolment_primary", "equipment_value_yuan"):
            assert imported.values[school["school_code"]][column].value == school[column]
    unknown = read_statistics([tmp_path / "旧.xlsx"], year=2025, county="410199", partial=True)
    assert {each.check for each in unknown.blocking} >= {"I01"}


def test_a_users_field_replaces_that_of_the_same_column_and_keeps_the_others(
    tmp_path: Path,
) -> None:
    text = """
[types.schools]
"999" = "primary"

[[form]]
form = "教基5176"
title = "学校办学条件情况"

[[form.field]]
column = "books"
path = ["藏书"]
"""
    known = with_files([file(tmp_path, text)])
    (form,) = [each for each in known.form if each.form == "教基5176"]
    (before,) = [each for each in shipped().form if each.form == "教基5176"]
    assert {e.column for e in form.field} == {e.column for e in before.field}
    assert next(e.path for e in form.field if e.column == "books") == ("藏书",)
    assert known.types.schools["999"] == "primary"
    assert known.types.schools["211"] == "primary"


WRONG = {
    "unknown column": ('column = "weather"\npath = ["天气"]', "模板里没有这一栏"),
    "no path": ('column = "books"', "没有写 path"),
    "empty place": ('column = "books"\npath = ["图书//册"]', "空的一层"),
    "unknown type": ('column = "books"\npath = ["图书"]\nonly = ["university"]', "university"),
    "wrong unit": ('column = "books"\npath = ["图书"]\nunit = "万元"', "不能换算"),
    "wrong choice": (
        'column = "ownership"\npath = ["性质"]\nvalues = { "公" = "gov" }', "没有选项“gov”",
    ),
    "unknown key": ('column = "books"\npaths = ["图书"]', "不认识的键“paths”"),
    "wrong kind": ('column = "books"\npath = "图书"', "应为 array，写的是 str"),
    "twice": (
        'column = "books"\npath = ["图书"]\n[[form.field]]\ncolumn = "books"\npath = ["书"]', "写了两次",
    ),
    "no TOML": ("column = ", "第 6 行"),
}  # fmt: skip


@pytest.mark.parametrize(("field", "said"), WRONG.values(), ids=WRONG)
def test_a_mapping_that_is_wrong_is_refused_in_chinese(
    field: str, said: str, tmp_path: Path
) -> None:
    text = f'[[form]]\nform = "教基1"\ntitle = "表"\n\n[[form.field]]\n{field}\n'
    with pytest.raises(DeclarationError) as caught:
        with_files([file(tmp_path, text)])
    assert said in str(caught.value)
    assert "旧表.toml" in str(caught.value)
    assert "docs/howto/import.md" in str(caught.value) or "文档" in str(caught.value)


def test_every_fault_of_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    text = '[sets]\nuniversity = ["x"]\n' + OLD.replace('"元"', '"间"').replace(
        '"enrolment_primary"', '"weather"'
    )
    with pytest.raises(DeclarationError) as caught:
        with_files([file(tmp_path, text)])
    for word in ("university", "不能换算", "weather"):
        assert word in str(caught.value)


def test_a_mapping_file_that_is_not_there_is_a_misuse(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="找不到对照文件"):
        with_files([tmp_path / "没有.toml"])


def test_the_guide_lists_every_finding_of_an_import() -> None:
    text = HOWTO.read_text(encoding="utf-8")
    assert [code for code, title in CODES.items() if f"| {code} | {title} |" not in text] == []


def test_the_mapping_of_the_guide_is_one_that_is_accepted(tmp_path: Path) -> None:
    text = HOWTO.read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert len(with_files([file(tmp_path, block)]).form) > len(shipped().form)
