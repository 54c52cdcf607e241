"""junheng report: which files, which kinds, and what it refuses."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from junheng.cli import run
from junheng.sample import fill_workbook

pytestmark = pytest.mark.slow

ON = "2026-03-31"


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of the command do not wait for a word processor."""
    monkeypatch.setattr("junheng.publish.word.layout.office", lambda: None)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    fill_workbook(folder / "示例县.xlsx", seed=7, schools=12, year=2025)
    words = ["--year", "2025", "--by", "王敏", "--on", "2025-10-20"]
    assert run(["seal", str(folder / "示例县.xlsx"), "-o", str(folder / "库"), *words]) == 0
    return folder / "库"


def test_without_a_kind_all_documents_are_written_and_named(
    store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", str(store), "--on", ON, "-o", str(tmp_path)]) == 0
    told = capfd.readouterr().out
    files = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert files == {
        "自评报告.docx", "申报表.docx", "整改清单.docx", "整改清单.xlsx", "佐证材料目录.docx",
        "佐证材料目录.xlsx", "学校成绩单（全部）.docx", "领导一页.docx", "报告.html",
    }  # fmt: skip
    assert all(f"已写出 {tmp_path / name}" in told for name in files)
    cards = list((tmp_path / "学校成绩单").glob("*.docx"))
    assert f"已写出 {tmp_path / '学校成绩单'}（{len(cards)}份）" in told


def test_a_kind_is_written_alone(store: Path, tmp_path: Path) -> None:
    words = ["--kind", "leader", "--kind", "list", "--kind", "leader"]
    assert run(["report", str(store), "--on", ON, "-o", str(tmp_path), *words]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "领导一页.docx", "整改清单.docx", "整改清单.xlsx",
    }  # fmt: skip


def test_an_unknown_kind_is_a_sentence_and_nothing_is_written(
    store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "文件"
    assert run(["report", str(store), "--on", ON, "-o", str(out), "--kind", "ppt"]) == 2
    assert "没有名为“ppt”的文件" in capfd.readouterr().err
    assert not out.exists()


def test_an_exception_switched_on_is_told_in_the_report(store: Path, tmp_path: Path) -> None:
    words = ["--kind", "self", "--relax", "X1"]
    assert run(["report", str(store), "--on", ON, "-o", str(tmp_path), *words]) == 0
    with ZipFile(tmp_path / "自评报告.docx") as package:
        assert "启用的例外：X1" in package.read("word/document.xml").decode()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties of one city, sealed together."""
    folder = tmp_path_factory.mktemp("city")
    for code, name in (("410122", "中牟县"), ("410181", "巩义市")):
        fill_workbook(folder / f"{name}.xlsx", seed=7, schools=12, year=2025, code=code, name=name)
    words = ["--year", "2025", "--by", "王敏", "--on", "2025-10-20"]
    assert run(["seal", str(folder), "-o", str(folder / "库"), *words]) == 0
    return folder / "库"


def test_every_county_of_a_city_gets_a_folder_and_the_city_its_own_report(
    city: Path, tmp_path: Path
) -> None:
    words = ["--kind", "city", "--kind", "leader", "--kind", "form"]
    assert run(["report", str(city), "--on", ON, "-o", str(tmp_path), *words]) == 0
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.docx")}
    assert found == {
        "监测报告.docx", "领导一页.docx",
        "410122 中牟县/领导一页.docx", "410122 中牟县/申报表.docx",
        "410181 巩义市/领导一页.docx", "410181 巩义市/申报表.docx",
    }  # fmt: skip
    with ZipFile(tmp_path / "监测报告.docx") as package:
        assert "政策目标进展" in package.read("word/document.xml").decode()


def test_a_template_that_cannot_be_filled_is_a_sentence_and_nothing_is_written(
    store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    template, out = tmp_path / "旧表.docx", tmp_path / "出"
    template.write_bytes(b"no word file")
    words = ["--kind", "form", "--template", str(template)]
    assert run(["report", str(store), "--on", ON, "-o", str(out), *words]) == 2
    assert "不是 Word 文件" in capfd.readouterr().err
    assert not out.exists()


def test_the_empty_template_is_written_where_it_is_asked_for(store: Path, tmp_path: Path) -> None:
    words = ["--kind", "template"]
    assert run(["report", str(store), "--on", ON, "-o", str(tmp_path), *words]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["申报表模板.docx"]


def test_a_bad_file_of_boundaries_is_told_before_anything_is_written(
    store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bad, out = tmp_path / "边界.geojson", tmp_path / "文件"
    bad.write_text("{}", encoding="utf-8")
    words = ["--boundaries", str(bad), "--no-page-numbers"]
    assert run(["report", str(store), "--on", ON, "-o", str(out), *words]) == 2
    assert "没有区域" in capfd.readouterr().err
    assert not out.exists()
