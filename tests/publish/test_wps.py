"""No file of ours holds what WPS is known to stumble over. WPS itself was not run."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from wps import WORD_FAULTS, excel_faults, word_faults

from junheng.publish import write_book
from junheng.publish.word import write_documents
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.registry.template import write_template
from junheng.studies import Study

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(two: Study, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every kind of file of two counties and of their city, the template with drop-down lists too."""
    out = tmp_path_factory.mktemp("wps")
    write_documents(two, out)
    write_book(two, out / "结果册.xlsx")
    write_template(out / "模板.xlsx", county_name="示例县", year=2025)
    return sorted(path for path in out.rglob("*") if path.is_file())


def test_no_word_file_holds_a_known_fault(files: list[Path]) -> None:
    held = [path for path in files if path.suffix == ".docx"]
    assert {path.name for path in held} >= {
        "监测报告.docx", "自评报告.docx", "申报表.docx", "佐证材料目录.docx", "整改清单.docx",
    }  # fmt: skip
    assert [told for path in held for told in word_faults(path)] == []


def test_no_workbook_holds_a_known_fault(files: list[Path]) -> None:
    held = [path for path in files if path.suffix == ".xlsx"]
    assert len(held) > 4
    assert [told for path in held for told in excel_faults(path)] == []


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('<w:gridCol w:w="', '<w:gridCol w:w="1', "gridCol"),
        ('<w:tcW w:w="', '<w:tcW w:w="1', "as wide as its columns"),
        ('<w:tblLayout w:type="fixed"/>', '<w:tblLayout w:type="auto"/>', "twentieths"),
        ("<w:body>", "<w:body><w:sdt/>", "content controls"),
        ('<w:vAlign w:val="center"/>', '<w:vAlign w:val="center"/><w:noWrap/>', "out of order"),
    ],
)
def test_the_checks_see_each_fault(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    paper = Paper(title="甲", subject="乙", header="丙", on=date(2026, 3, 31))
    paper.table("表", [Column("一", 40), Column("二", 60)], [["1", "2"]])
    path = tmp_path / "一.docx"
    path.write_bytes(paper.packed())
    assert list(word_faults(path)) == []
    _altered(path, "word/document.xml", was, becomes)
    assert any(told in each for each in word_faults(path))


def test_data_validations_out_of_order_are_seen(files: list[Path], tmp_path: Path) -> None:
    template = next(path for path in files if path.name == "模板.xlsx")
    copy = tmp_path / "坏.xlsx"
    copy.write_bytes(template.read_bytes())
    with zipfile.ZipFile(copy) as package:
        names = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        sheet = next(n for n in names if b"<dataValidations" in package.read(n))
    _altered(copy, sheet, "<sheetData>", '<dataValidations count="0"/><sheetData>')
    assert any("out of order" in each for each in excel_faults(copy))


def test_each_known_fault_has_a_name() -> None:
    assert all(WORD_FAULTS.values())


def _altered(path: Path, part: str, was: str, becomes: str) -> None:
    """Write the file anew with one part changed."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    assert was in text
    parts[part] = text.replace(was, becomes, 1).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
