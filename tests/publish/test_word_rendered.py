"""The documents as a word processor lays them out: pages, fonts, glyphs. Needs LibreOffice and poppler."""

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from office import asked, fault, pages, rendered, tool
from sealed_cases import ON, YEAR, sealed
from word_reading import headings, listed_pages

from junheng.publish import write_book
from junheng.publish.html import report_page
from junheng.publish.word import write_documents
from junheng.publish.word.cards import schools_of
from junheng.publish.word.frame import ONE_SHEET, Frame
from junheng.publish.word.markup import paragraph, run
from junheng.registry import tables
from junheng.sample import make_county
from junheng.studies import Study, assess, side_by_side

pytestmark = pytest.mark.slow
SENTINEL = "荥喆䶮𬭎㎡"
"""Two rare characters of places and people, two beyond the first plane or outside common fonts, a unit."""


@pytest.fixture(scope="module")
def rare(store: Path) -> Study:
    """Two counties; the name of a school that fails holds the sentinel."""
    rows = make_county(seed=7, schools=16, year=YEAR)
    other = make_county(seed=8, schools=6, year=YEAR, code="410181", name="巩义市")
    study = assess(sealed(rows, store), on=ON)
    worst = next(p for p in study.assessment.parts if p.verdict == "未达标").school_code
    for table in ("schools", "register"):
        for row in rows[table]:
            if row["school_code"] == worst:
                row["school_name"] = f"{SENTINEL}小学"
    for row in rows["evidence"]:
        row["title"] = f"{row['title']}（{SENTINEL}）"
    both = {name: rows[name] + other[name] for name in tables()}
    return assess(sealed(both, store), on=ON)


@pytest.fixture(scope="module")
def written(rare: Study, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every kind of document of the county and of the city, each name once."""
    out = tmp_path_factory.mktemp("rare")
    write_documents(rare, out)
    write_book(rare, out / "结果册.xlsx")
    (out / "领导一页.docx").rename(out / "全市一页.docx")
    county = next(each for each in out.iterdir() if each.name.endswith("示例县"))
    card = next((county / "学校成绩单").glob(f"*{SENTINEL}*"))
    plain = card.rename(county / "一校成绩单.docx")
    held = [each for each in county.iterdir() if each.is_file() and each.suffix == ".docx"]
    books = [each.rename(each.with_stem(f"{each.stem}表")) for each in county.glob("*.xlsx")]
    assert plain in held
    return [*sorted(held), *sorted(books), *sorted(out.glob("*.docx")), *out.glob("*.xlsx")]


@pytest.fixture(scope="module")
def pdfs(written: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return rendered(written, tmp_path_factory.mktemp("pdf"))


# --- pages -------------------------------------------------------------------------------------


def test_the_leader_gets_one_page(
    demo: Study, passing: Study, narrow: Study, tmp_path: Path
) -> None:
    held = []
    for name, study in (("demo", demo), ("passing", passing), ("narrow", narrow)):
        (page,) = write_documents(study, tmp_path / name, ("leader",))
        held.append(page.rename(page.with_stem(name)))
    assert [pages(each) for each in rendered(held, tmp_path)] == [1, 1, 1]


def test_each_school_gets_one_page(demo: Study, tmp_path: Path) -> None:
    together = write_documents(demo, tmp_path, ("cards",))[0]
    schools = schools_of(demo, demo.assessment.counties[0])
    assert pages(rendered([together], tmp_path)[0]) == len(schools)


def test_the_leader_of_the_city_gets_one_page_and_a_card_stays_one(pdfs: list[Path]) -> None:
    held = {pdf.stem: pdf for pdf in pdfs}
    assert pages(held["全市一页"]) == pages(held["一校成绩单"]) == 1


def test_the_contents_name_the_pages_on_which_the_headings_stand(
    rare: Study, tmp_path: Path
) -> None:
    tool("soffice")
    (report,) = (p for p in write_documents(rare, tmp_path, ("city",), numbered=True))
    (pdf,) = rendered([report], tmp_path)
    text = asked("pdftotext", pdf).split("\f")
    shown = listed_pages(report)
    assert len(shown) == len(headings(report))
    assert shown == sorted(shown, key=int)
    for (_, title), page in zip(headings(report), shown, strict=True):
        there = "".join(text[int(page) - 1].split())
        assert all(each in there for each in title.split("　"))


# --- fonts and glyphs --------------------------------------------------------------------------


def test_the_sentinel_stands_in_every_document_and_every_font_is_known(pdfs: list[Path]) -> None:
    without = {"申报表", "自评报告", "全市一页", "监测报告"}
    for pdf in pdfs:
        assert fault(pdf) == ""
        told = "".join(asked("pdftotext", pdf).split())
        assert SENTINEL in told or pdf.stem in without, pdf.stem
        assert "\ufffd" not in told
    long = {pdf.stem: "".join(asked("pdftotext", pdf).split()) for pdf in pdfs}
    assert SENTINEL in long["自评报告"]
    assert SENTINEL in long["监测报告"]


def test_the_sentinel_stands_in_the_web_page(rare: Study) -> None:
    assert f"{SENTINEL}小学" in report_page(side_by_side([rare]))


def _drawn(text: str, folder: Path, **environment: str) -> list[str]:
    """What each character looks like on a page of its own, in the fonts of our documents."""
    frame = Frame(title="字", subject="字", header="", on=ON)
    turned = ["", *["<w:pageBreakBefore/>"] * (len(text) - 1)]
    body = [paragraph(run(c), "Text", turn) for c, turn in zip(text, turned, strict=True)]
    path = folder / "字.docx"
    path.write_bytes(frame.packed("".join(body), ONE_SHEET))
    (pdf,) = rendered([path], folder, **environment)
    found = []
    for number in range(1, len(text) + 1):
        png = folder / f"{number}"
        area = ["-x", "0", "-y", "0", "-W", "600", "-H", "200"]  # without the page's number
        subprocess.run(
            [tool("pdftoppm"), "-r", "72", *area, "-f", str(number), "-l", str(number),
             "-singlefile", "-png", str(pdf), str(png)],
            check=True, capture_output=True,
        )  # fmt: skip
        found.append(sha256(png.with_suffix(".png").read_bytes()).hexdigest())
    return found


def test_each_character_of_the_sentinel_has_a_glyph_of_its_own(tmp_path: Path) -> None:
    *found, missing = _drawn(f"{SENTINEL}\U0003fffd", tmp_path)
    assert missing not in found
    assert len(set(found)) == len(SENTINEL)


@pytest.fixture
def without_chinese(tmp_path: Path) -> dict[str, str]:
    """An environment whose only fonts are Latin ones."""
    folder = tmp_path / "字体"
    folder.mkdir()
    for name in ("Liberation Serif", "DejaVu Sans"):
        told = subprocess.run(
            [tool("fc-match"), "-f", "%{file}", name], capture_output=True, check=True, text=True
        ).stdout
        (folder / Path(told).name).symlink_to(told)
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(config)}


def test_without_chinese_fonts_the_checks_of_this_file_fail(
    demo: Study, tmp_path: Path, without_chinese: dict[str, str]
) -> None:
    (page,) = write_documents(demo, tmp_path, ("leader",))
    (pdf,) = rendered([page], tmp_path, **without_chinese)
    assert "没有一个中文字体" in fault(pdf)
    assert fault(rendered([page], tmp_path)[0]) == "", "the same file passes where there are some"
    found = _drawn(SENTINEL, tmp_path, **without_chinese)
    assert len(set(found)) < len(SENTINEL), "what has no glyph is drawn alike"
