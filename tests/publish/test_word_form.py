"""The Word files are sound: grids, headings, contents, fonts, marks of invented figures, bytes."""

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sealed_cases import ON, YEAR, sealed
from word_reading import (
    W,
    contents,
    headings,
    is_heading,
    listed_pages,
    part,
    parts,
    style,
    tables,
    whole_text,
    words,
)

from junheng.errors import MisuseError
from junheng.publish.word import KINDS, write_documents
from junheng.publish.word.bands import NONE, band
from junheng.publish.word.charts import drawn
from junheng.publish.word.paper import Paper, numeral
from junheng.registry import tables as declared
from junheng.sample import make_county
from junheng.studies import Study, assess

pytestmark = pytest.mark.slow

SECTIONS = (
    "评估依据、范围和方法", "基本情况", "政府履责情况", "资源配置情况", "政府保障程度", "教育质量",
    "社会认可度", "一票否决事项", "主要做法和成效", "存在问题", "整改措施和复核",
)  # fmt: skip
FONTS = {"仿宋", "黑体", "楷体"}


@pytest.fixture(scope="session")
def silent(store: Path) -> Study:
    """A county whose register is known and whose schools filed nothing at all."""
    rows = make_county(seed=7, schools=12, year=YEAR)
    for table in declared().values():
        if table.name not in ("county", "register"):
            rows[table.name] = []
    return assess(sealed(rows, store), on=ON)


@pytest.fixture(scope="session")
def written(
    demo: Study, passing: Study, silent: Study, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Path]]:
    return {
        name: write_documents(study, tmp_path_factory.mktemp(name))
        for name, study in (("demo", demo), ("passing", passing), ("silent", silent))
    }


@pytest.fixture(params=["demo", "passing", "silent"])
def files(request: pytest.FixtureRequest, written: dict[str, list[Path]]) -> list[Path]:
    return [path for path in written[request.param] if path.suffix == ".docx"]


def report_of(written: dict[str, list[Path]], name: str) -> Path:
    return next(path for path in written[name] if path.name == "自评报告.docx")


def width(element: object) -> int:
    return int(element.get(f"{W}w"))  # type: ignore[attr-defined]


# --- tables ------------------------------------------------------------------------------------


def test_grid_table_and_cells_have_one_width(files: list[Path]) -> None:
    for path in files:
        for table in tables(path):
            grid = [width(each) for each in table.findall(f"{W}tblGrid/{W}gridCol")]
            assert sum(grid) == width(table.find(f"{W}tblPr/{W}tblW"))
            assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
            for row in table.findall(f"{W}tr"):
                cells = row.findall(f"{W}tc")
                assert sum(width(c.find(f"{W}tcPr/{W}tcW")) for c in cells) == sum(grid)
                spans = [c.find(f"{W}tcPr/{W}gridSpan") for c in cells]
                assert sum(1 if s is None else int(s.get(f"{W}val")) for s in spans) == len(grid)


def test_no_table_is_wider_than_its_page(files: list[Path]) -> None:
    for path in files:
        waiting: list[int] = []
        body = part(path)[0]
        for each in body:
            if each.tag == f"{W}tbl":
                waiting.append(width(each.find(f"{W}tblPr/{W}tblW")))
            section = each if each.tag == f"{W}sectPr" else each.find(f"{W}pPr/{W}sectPr")
            if section is not None:
                margins = section.find(f"{W}pgMar")
                edges = sum(int(margins.get(f"{W}{side}")) for side in ("left", "right"))
                room = width(section.find(f"{W}pgSz")) - edges
                assert max(waiting, default=0) <= room + 1, path.name
                waiting = []
        assert waiting == []


def test_heading_rows_come_first_and_repeat_and_no_row_is_torn(files: list[Path]) -> None:
    for path in files:
        for table in tables(path):
            marks = [is_heading(row) for row in table.findall(f"{W}tr")]
            assert marks[0]
            assert marks == sorted(marks, reverse=True)
            for row in table.findall(f"{W}tr"):
                assert row.find(f"{W}trPr/{W}cantSplit") is not None
                for paragraph in row.iter(f"{W}p"):
                    assert paragraph.find(f"{W}pPr/{W}snapToGrid").get(f"{W}val") == "0"


def test_no_empty_paragraphs_pad_a_page_and_no_two_tables_touch(files: list[Path]) -> None:
    for path in files:
        before = ""
        for each in part(path)[0]:
            kind = "table" if each.tag == f"{W}tbl" else ""
            if each.tag == f"{W}p" and not words(each) and each.find(f".//{W}drawing") is None:
                assert each.find(f"{W}pPr/{W}sectPr") is not None, "only a section's end is empty"
                kind = "empty"
            assert not (kind and kind == before), f"{path.name}: {kind} twice"
            before = kind


# --- headings, contents, fonts -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["demo", "passing", "silent"])
def test_the_report_has_the_eleven_sections_in_official_numbering(
    written: dict[str, list[Path]], name: str
) -> None:
    found = headings(report_of(written, name))
    first = [text for level, text in found if level == 1]
    assert first[:11] == [f"{numeral(n)}、{title}" for n, title in enumerate(SECTIONS, start=1)]
    assert all(text.startswith("附录") for text in first[11:])
    number = 0
    for level, text in found:
        number = 0 if level == 1 else number + 1
        assert level == 1 or text.startswith(f"（{numeral(number)}）")


@pytest.mark.parametrize("name", ["demo", "silent"])
def test_the_contents_are_a_field_filled_with_the_headings(
    written: dict[str, list[Path]], name: str
) -> None:
    path = report_of(written, name)
    assert contents(path) == headings(path)
    text = part(path)
    codes = [each.text.strip() for each in text.iter(f"{W}instrText")]
    marks = [each.get(f"{W}name") for each in text.iter(f"{W}bookmarkStart")]
    assert codes == [r'TOC \o "1-2" \h \z \u', *(rf"PAGEREF {mark} \h" for mark in marks)]
    kinds = [each.get(f"{W}fldCharType") for each in text.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", *["begin", "separate", "end"] * len(marks), "end"]
    anchors = [each.get(f"{W}anchor") for each in text.iter(f"{W}hyperlink")]
    assert anchors == marks
    assert set(listed_pages(path)) == {""}, "nobody laid the pages out"
    settings = part(path, "word/settings.xml")
    assert settings.find(f"{W}updateFields") is None, "no question when the file is opened"


def test_chinese_fonts_are_named_everywhere(files: list[Path]) -> None:
    for path in files[:6]:
        styles = part(path, "word/styles.xml")
        known = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
        for element in (styles, part(path)):
            for fonts in element.iter(f"{W}rFonts"):
                assert fonts.get(f"{W}eastAsia") in FONTS
        assert {style(p) for p in part(path).iter(f"{W}p")} <= known


def test_headings_stay_with_what_follows(written: dict[str, list[Path]]) -> None:
    styles = part(report_of(written, "demo"), "word/styles.xml")
    for each in styles.iter(f"{W}style"):
        if each.get(f"{W}styleId") in ("Heading1", "Heading2", "Heading3", "TableTitle", "Figure"):
            assert each.find(f"{W}pPr/{W}keepNext") is not None


def test_numerals_count_like_an_office() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 23)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十三",
    ]


# --- charts ------------------------------------------------------------------------------------


def test_the_report_has_three_charts_that_say_in_words_what_they_show(
    written: dict[str, list[Path]],
) -> None:
    drawings = [
        each for each in part(report_of(written, "demo")).iter() if each.tag.endswith("}docPr")
    ]
    assert [each.get("id") for each in drawings] == ["1", "2", "3"]
    assert all(each.get("descr") for each in drawings)


def test_charts_draw_rare_characters_of_names_and_units() -> None:
    def picture(text: str) -> bytes:
        return drawn(
            {
                "data": {"values": [{"t": text}]}, "width": 40, "height": 40,
                "mark": {"type": "text", "fontSize": 30}, "encoding": {"text": {"field": "t"}},
            }
        )  # fmt: skip

    missing = picture("\U0003fffd")
    found = {each: picture(each) for each in "荥喆䶮𬭎㎡"}
    assert missing not in found.values()
    assert len({sha256(each).digest() for each in found.values()}) == len(found)


# --- whose figures -----------------------------------------------------------------------------


def test_invented_figures_are_marked_at_the_head_of_every_page(files: list[Path]) -> None:
    for path in files:
        marked = [words(header) for header in parts(path, "header")]
        assert len(marked) == 1
        assert "演示数据" in marked[0]
        sections = list(part(path).iter(f"{W}sectPr"))
        assert all(each.find(f"{W}headerReference") is not None for each in sections)
        assert all(each.find(f"{W}titlePg") is None for each in sections)


def test_a_real_county_is_not_called_invented(two: Study, tmp_path: Path) -> None:
    real = next(c for c in two.assessment.counties if c.code == "410122")
    study = replace(two, assessment=replace(two.assessment, counties=(real,)))
    (page,) = write_documents(study, tmp_path, ("leader",))
    assert "演示数据" not in whole_text(page) + words(next(parts(page, "header")))


def test_a_county_without_data_gets_all_its_documents_which_say_so(
    silent: Study, written: dict[str, list[Path]]
) -> None:
    (county,) = silent.assessment.counties
    assert not county.parts
    names = {path.name for path in written["silent"]}
    assert names >= {"自评报告.docx", "整改清单.docx", "整改清单.xlsx", "领导一页.docx"}
    for path in written["silent"]:
        if path.name in ("自评报告.docx", "整改清单.docx", "领导一页.docx"):
            assert "没有学校数据" in whole_text(path)
    cards = [path for path in written["silent"] if path.parent.name == "学校成绩单"]
    assert len(cards) == len(county.missing) > 0


def test_where_all_is_well_the_documents_say_that_nothing_is_wanting(
    passing: Study, written: dict[str, list[Path]]
) -> None:
    assert "没有未达标的学校" in whole_text(report_of(written, "passing"))


# --- bytes, names, misuse ----------------------------------------------------------------------


def test_the_same_study_gives_the_same_bytes(
    demo: Study, written: dict[str, list[Path]], tmp_path: Path
) -> None:
    again = write_documents(demo, tmp_path)
    assert [p.name for p in again] == [p.name for p in written["demo"]]
    for left, right in zip(again, written["demo"], strict=True):
        assert left.read_bytes() == right.read_bytes(), left.name


def test_what_no_file_can_hold_in_a_name_does_no_harm(tmp_path: Path) -> None:
    paper = Paper(title="甲", subject="乙", header="丙", on=date(2026, 3, 31))
    paper.text("坏\x00字\x0b<&>\ufffe")
    path = tmp_path / "一.docx"
    path.write_bytes(paper.packed())
    assert whole_text(path) == "坏字<&>"


def test_an_unknown_kind_is_refused_with_those_there_are(demo: Study, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=re.escape("、".join(KINDS))):
        write_documents(demo, tmp_path, ("报告",))


def test_bands_are_quarters_and_equal_values_share_one() -> None:
    values = list(map(int, range(8)))
    found = [band(each, values)[:4] for each in values]  # type: ignore[arg-type]
    assert found == ["■□□□"] * 2 + ["■■□□"] * 2 + ["■■■□"] * 2 + ["■■■■"] * 2
    assert len({band(each, [5] * 6) for each in [5] * 6}) == 1  # type: ignore[arg-type,list-item]
    assert band(values[0], values[:3]) == NONE  # type: ignore[arg-type]
