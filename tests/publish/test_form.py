"""申报表: filled from the assessment, on a template that an officer may replace."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from word_reading import W, part, parts, records, rows, tables, whole_text, words

from junheng.errors import MisuseError
from junheng.publish.digits import exact_text, spread_text
from junheng.publish.line_words import line_told
from junheng.publish.word import write_documents
from junheng.publish.word.form import LISTS, MEANINGS, fields_of, filled, own_template, read
from junheng.studies import Study

MUST = "{{区县名称}}{{学年}}{{封存编号}}{{演示标记}}"


def a_template(*paragraphs: str) -> bytes:
    """An officer's file as Word writes it: each piece of a paragraph, parted by |, in its own run."""
    document, held = docx.Document(), io.BytesIO()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        for piece in text.split("|"):
            paragraph.add_run(piece).bold = piece.startswith("{")
    document.save(held)
    return held.getvalue()


def made(study: Study, content: bytes, folder: Path) -> Path:
    (county,) = study.assessment.counties
    path = folder / "表.docx"
    path.write_bytes(filled(read(content, "模板.docx"), fields_of(study, county)))
    return path


@pytest.fixture(scope="module")
def form(demo: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = write_documents(demo, tmp_path_factory.mktemp("form"), ("form",))
    return path


def test_the_form_says_that_its_layout_is_not_checked_and_leaves_no_placeholder(form: Path) -> None:
    text = whole_text(form) + words(next(parts(form, "header")))
    assert "版式未核对" in text
    assert "{{" not in text
    assert "演示数据" in words(next(parts(form, "header")))


def test_every_line_and_coefficient_of_the_form_is_that_of_the_assessment(
    demo: Study, form: Path
) -> None:
    (county,) = demo.assessment.counties
    found = records(form, "各项指标自评结果")
    assert [(r["代码"], r["名称"], r["结论"], r["说明"]) for r in found] == [
        (line.code, line.label, line.verdict, line_told(line)) for line in county.lines
    ]
    spreads = records(form, "校际差异系数")
    assert [(r["学段"], r["代码"], r["数值"], r["限值"]) for r in spreads] == [
        (s.stage.label, s.indicator, spread_text(s), exact_text(s.limit, least=2))
        for s in county.spreads
    ]
    areas = records(form, "各方面结论")
    assert [(r["名称"], r["结论"], r["项数"]) for r in areas] == [
        (a.title, a.verdict, str(len(a.lines))) for a in county.areas
    ]
    assert f"{county.name}自评结论：{county.verdict}。" in whole_text(form)


def test_the_circumstances_are_those_of_the_school_tables(demo: Study, form: Path) -> None:
    facts = demo.snapshot.facts
    told = {row[n]: row[n + 1] for row in rows(tables(form)[0]) for n in (0, 2)}
    assert told["学校（所）"] == str(len(facts["schools"]))
    private = facts["schools"]["ownership"].to_list().count("private")
    assert told["其中民办（所）"] == str(private)
    assert told["参加计算的学校（所）"] == str(len(demo.assessment.counties[0].schools))


def test_a_placeholder_torn_into_runs_keeps_the_look_it_begins_with(
    demo: Study, tmp_path: Path
) -> None:
    path = made(demo, a_template(MUST, "县：|{{区县|名称}}|。"), tmp_path)
    paragraph = next(p for p in part(path).iter(f"{W}p") if words(p).startswith("县："))
    name = demo.assessment.counties[0].name
    assert words(paragraph) == f"县：{name}。"
    runs = [r for r in paragraph.iter(f"{W}r") if words(r) == name]
    assert runs[0].find(f"{W}rPr/{W}b") is not None


def test_all_faults_of_a_template_are_told_at_once_with_the_nearest_names() -> None:
    with pytest.raises(MisuseError) as caught:
        read(a_template("{{区县名}}{{学年}}{{指标.编码}}"), "县里的.docx")
    told = str(caught.value)
    assert "县里的.docx" in told
    assert "没有名为“{{区县名}}”的占位符，是不是“{{区县名称}}”" in told
    assert "没有名为“{{指标.编码}}”的占位符，是不是“{{指标." in told
    for name in ("区县名称", "封存编号", "演示标记"):
        assert f"缺少占位符“{{{{{name}}}}}”" in told


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0 doc", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_named(content: bytes, tmp_path: Path, demo: Study) -> None:
    path = tmp_path / "旧表.doc"
    path.write_bytes(content)
    with pytest.raises(MisuseError, match="不是 Word 文件"):
        write_documents(demo, tmp_path, ("form",), template=path)
    assert [each.name for each in tmp_path.iterdir()] == ["旧表.doc"]


def test_a_template_whose_text_is_broken_or_absent_is_named(demo: Study, tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("word/document.xml", "<w:document")
    with pytest.raises(MisuseError, match="损坏"):
        read(held.getvalue(), "坏的.docx")
    with pytest.raises(MisuseError, match="读不了模板"):
        write_documents(demo, tmp_path, ("form",), template=tmp_path / "没有.docx")


def test_an_officers_template_takes_the_place_of_ours(demo: Study, tmp_path: Path) -> None:
    path = tmp_path / "本市.docx"
    path.write_bytes(a_template(f"本市格式 {MUST} 共{{{{达标项数}}}}项"))
    (form,) = write_documents(demo, tmp_path / "出", ("form",), template=path)
    county = demo.assessment.counties[0]
    passing = sum(line.verdict == "达标" for line in county.lines)
    assert "本市格式" in whole_text(form)
    assert f"共{passing}项" in whole_text(form)


def test_the_template_that_comes_with_us_can_be_had_as_a_file(demo: Study, tmp_path: Path) -> None:
    (path,) = write_documents(demo, tmp_path, ("template",))
    assert path.read_bytes() == own_template()
    asked = set(re.findall(r"\{\{([^}]*)\}\}", whole_text(path)))
    single = {each for each in asked if "." not in each}
    listed = asked - single
    assert single <= set(MEANINGS)
    assert listed <= {f"{name}.{c}" for name, columns in LISTS.items() for c in columns}
    assert listed
