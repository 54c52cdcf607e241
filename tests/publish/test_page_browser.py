"""The web report in a browser: drilling, filters, widths, keys, print, and the numbers on the screen."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, Browser, browser
from sealed_cases import ON, YEAR, sealed

from junheng.diagnosis import Verdict
from junheng.publish.digits import exact_text, spread_text, value_text
from junheng.publish.html import write_report
from junheng.publish.wording import headline, short_label, verdict_word
from junheng.sample import make_county
from junheng.studies import Study, follow, side_by_side

pytestmark = pytest.mark.slow

SENTINEL = "荥喆䶮𬭎㎡"
HOSTILE = "</script><img src=x onerror=alert(1)>=1+1"
FORMULAS = ("=1+1", "＝1+1", "@SUM(A1)", "＠SUM(A1)", "-2+3", "－2+3", "+1+1", "＋1+1")
"""Names of schools that a spreadsheet would compute."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def files(demo: Study, two: Study, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("page")
    shapes = folder / "边界.geojson"
    features = [
        {
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [[[x, 34], [x + 0.6, 34], [x + 0.6, 35], [x, 35], [x, 34]]]},
        }
        for code, x in (("410199", 113.0), ("410122", 113.6))
    ]  # fmt: skip
    shapes.write_text(json.dumps({"features": features}), encoding="utf-8")
    rows = make_county(seed=7, schools=10, year=YEAR, name=f"{SENTINEL}县")
    rows["schools"][0]["school_name"] = rows["register"][0]["school_name"] = HOSTILE
    for number, name in enumerate(FORMULAS, start=1):
        rows["schools"][number]["school_name"] = rows["register"][number]["school_name"] = name
    odd = follow([sealed(rows, folder / "库")], days={YEAR: ON})
    return {
        "county": write_report(side_by_side([demo]), folder / "county"),
        "city": write_report(side_by_side([two]), folder / "city", boundaries=shapes),
        "odd": write_report(odd, folder / "odd"),
    }


def addresses(study: Study) -> list[str]:
    """Every kind of page."""
    found = [
        "#/",
        "#/lines",
        "#/cv",
        "#/gaps",
        "#/schools",
        "#/years",
        "#/targets",
        "#/leader",
        "#/about",
    ]
    for county in study.assessment.counties:
        at = f"#/c/{county.code}"
        found += [
            at,
            *(
                f"{at}/{name}"
                for name in ("schools", "lines", "cv", "gaps", "years", "list", "leader", "cards")
            ),
        ]
        found += [f"{at}/i/L5", f"{at}/l/GV3", f"{at}/l/GV2", f"{at}/l/L1"]
        part = county.parts[0]
        home = f"#/s/{part.school_code}"
        found += [
            home,
            f"{home}/L5",
            f"{home}/GV3",
            f"{home}/cells",
            f"{home}/cell/multimedia_classrooms",
        ]
        found += [f"#/s/{each.code}" for each in county.missing]
    return [*found, "#/c/000000", "#/nowhere/at/all"]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("which", ["county", "city"])
def test_every_page_fits_the_screen_and_the_console_stays_silent(
    chromium: Browser, files: dict[str, Path], demo: Study, two: Study, which: str, width: int
) -> None:
    chromium.open(files[which], width)
    for address in addresses(demo if which == "county" else two):
        chromium.go(address)
        chromium.run("return new Promise(done => setTimeout(done, 40))")
        assert chromium.too_wide() <= 0, address
        assert chromium.text("h1"), address
        assert chromium.text(".mark") == "演示数据"
        assert not chromium.complaints(), address


def test_the_first_view_tells_the_conclusion_and_names_every_county(
    chromium: Browser, files: dict[str, Path], two: Study
) -> None:
    chromium.open(files["city"])
    shown = chromium.text("main")
    for county in two.assessment.counties:
        assert county.name in shown
        assert county.verdict.value in shown
    assert "2个区县" in chromium.text(".conclusion")
    names = chromium.run("return [...document.querySelectorAll('.named')].map(e => e.textContent)")
    assert sorted(name.partition("✗")[0].partition("?")[0] for name in names) == [
        "中牟县",
        "示例县",
    ]
    foot = chromium.text("#foot")
    assert two.receipt.facts in foot
    assert "2017-quality" in foot
    assert "2026年3月31日" in foot


def test_one_drills_by_clicks_from_the_city_to_the_cell(
    chromium: Browser, files: dict[str, Path], two: Study
) -> None:
    county = next(c for c in two.assessment.counties if c.code == "410199")
    part = next(p for p in county.parts if not p.merged and not p.combined)
    chromium.open(files["city"])
    chromium.click(county.name)
    chromium.click("学校矩阵")
    chromium.click(part.title)
    assert part.school_code in chromium.text(".facts")
    chromium.click("L7")
    chromium.click("网络多媒体教室间数")
    assert "示例县.xlsx" in chromium.text(".facts")
    filed = two.snapshot.facts["facilities"].filter(school_code=part.school_code)
    assert chromium.text(".conclusion").split()[0] == str(filed["multimedia_classrooms"][0])
    crumbs = chromium.run(
        "return [...document.querySelectorAll('#crumbs li')].map(e => e.innerText)"
    )
    assert crumbs[1:] == [county.name, part.school_name, "填报的数", "网络多媒体教室间数"]
    chromium.click(county.name, within="#crumbs")
    assert headline(county) in chromium.text("main")


def test_the_matrix_shows_every_value_of_the_assessment(
    chromium: Browser, files: dict[str, Path], two: Study
) -> None:
    chromium.open(files["city"])
    for county in two.assessment.counties:
        chromium.go(f"#/c/{county.code}/schools")
        chromium.wait(
            f"document.querySelector('h1').innerText.startsWith({json.dumps(county.name)})"
        )
        assert chromium.rows(f"{county.name}：学校与七项指标") == [
            [
                part.title, part.stage.label, f"{part.pupils:,}", on_screen(part.verdict, near=part.near), str(part.met),
                *(cell(value_text(i), verdict_word(i.verdict, near=i.near)) for i in part.indicators),
            ]
            for part in county.parts
        ]  # fmt: skip


def cell(value: str, word: str) -> str:
    return value if word == "缺数据" else f"{value} {word}"


def on_screen(verdict: Verdict, *, near: bool = False) -> str:
    sign = {Verdict.PASS: "✓", Verdict.FAIL: "✗", Verdict.NO_DATA: "?"}.get(verdict, "–")
    return f"{sign}{verdict_word(verdict, near=near)}"


def test_the_cvs_and_lines_on_the_screen_are_those_of_the_assessment(
    chromium: Browser, files: dict[str, Path], demo: Study
) -> None:
    (county,) = demo.assessment.counties
    chromium.open(files["county"])
    chromium.go(f"#/c/{county.code}/cv")
    chromium.wait("document.querySelectorAll('table').length > 0")
    shown = chromium.rows(f"{county.name}：校际差异系数")
    assert [row[:5] for row in shown] == [
        [s.stage.label, f"{s.indicator} {short_label(s.indicator)}", spread_text(s), exact_text(s.limit, least=2), on_screen(s.verdict, near=s.near)]
        for s in county.spreads
    ]  # fmt: skip
    bars = chromium.run("return document.querySelectorAll('.drawing a').length")
    assert bars == len(county.spreads)
    chromium.go(f"#/c/{county.code}/lines")
    chromium.wait("document.querySelectorAll('table').length > 3")
    told = [row for area in county.areas for row in chromium.rows(f"{county.name}：{area.title}")]
    assert [row[:3] for row in told] == [
        [line.code, line.label, on_screen(line.verdict)] for line in county.lines
    ]


def test_filters_change_what_is_counted_and_stay_in_the_address(
    chromium: Browser, files: dict[str, Path], demo: Study
) -> None:
    (county,) = demo.assessment.counties
    chromium.open(files["county"])
    chromium.go(f"#/c/{county.code}/schools")
    chromium.wait("document.getElementById('filter-stage') !== null")
    assert chromium.text("#status").startswith(f"学段部{len(county.parts)} / {len(county.parts)}个")
    chromium.choose("stage", "junior")
    chromium.choose("own", "民办")
    kept = [p for p in county.parts if p.stage.value == "junior" and p.ownership == "private"]
    assert 0 < len(kept) < len(county.parts)
    assert chromium.text("#status").startswith(f"学段部{len(kept)} / {len(county.parts)}个")
    assert [row[0] for row in chromium.rows(f"{county.name}：学校与七项指标")] == [
        p.title for p in kept
    ]
    assert "stage=junior" in chromium.run("return location.hash")
    chromium.choose("own", "")
    chromium.choose("place", "乡村")
    rural = [
        p
        for p in county.parts
        if p.stage.value == "junior" and str(p.urban_rural_code).startswith("2")
    ]
    assert len(chromium.rows(f"{county.name}：学校与七项指标")) == max(len(rural), 1)


def test_a_table_sorts_by_its_heading_and_saves_as_csv(
    chromium: Browser, files: dict[str, Path], demo: Study
) -> None:
    (county,) = demo.assessment.counties
    chromium.open(files["county"])
    chromium.go(f"#/c/{county.code}/schools")
    chromium.wait("document.querySelectorAll('table').length > 0")
    chromium.click("学生数")
    assert chromium.run(
        "return document.querySelector('th[aria-sort=ascending]').innerText"
    ).startswith("学生数")
    pupils = [
        int(row[2].replace(",", "")) for row in chromium.rows(f"{county.name}：学校与七项指标")
    ]
    assert pupils == sorted(p.pupils for p in county.parts)
    saved = saved_csv(chromium)
    assert saved[0] == [f"{county.name}：学校与七项指标"]
    assert demo.receipt.facts in saved[1]
    assert [row[2] for row in saved[3:]] == [f"{n:,}" for n in pupils]


def saved_csv(chromium: Browser) -> list[list[str]]:
    """What the first 存为 CSV writes; it begins with a mark of order, for WPS."""
    chromium.run(
        "URL.createObjectURL = blob => { window.saved = blob; return '#'; }; HTMLAnchorElement.prototype.click = () => {}"
    )
    button = chromium.run("return document.querySelector('.csv')")
    chromium.run("arguments[0].dispatchEvent(new MouseEvent('click'))", button)
    found = chromium.run("return window.saved.arrayBuffer().then(b => [...new Uint8Array(b)])")
    text = bytes(found).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_keyboard_reaches_the_text_and_shows_where_it_is(
    chromium: Browser, files: dict[str, Path]
) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    chromium.open(files["city"])
    ActionChains(chromium.driver).send_keys(Keys.TAB).perform()
    assert chromium.run("return document.activeElement.className") == "skip"
    ActionChains(chromium.driver).send_keys(Keys.ENTER).perform()
    assert chromium.run("return document.activeElement.id") == "main"
    ActionChains(chromium.driver).send_keys(Keys.TAB).perform()
    assert chromium.run("return document.activeElement.tagName") == "A"
    width = chromium.run("return getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"


def test_a_school_is_found_by_name(chromium: Browser, files: dict[str, Path], demo: Study) -> None:
    part = demo.assessment.parts[0]
    chromium.open(files["county"])
    chromium.run(
        "const s = document.getElementById('search'); s.value = arguments[0]; s.dispatchEvent(new Event('input'))",
        part.school_name,
    )
    chromium.click(part.school_name, within=".found")
    assert part.school_name in chromium.text("h1")


def test_report_cards_and_the_leaders_page_print_on_one_sheet_each(
    chromium: Browser, files: dict[str, Path], demo: Study, tmp_path: Path
) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("没有 pdfinfo")
    (county,) = demo.assessment.counties
    chromium.open(files["county"])
    combined = next(p for p in county.parts if p.combined)
    for address in (f"#/s/{combined.school_code}", f"#/c/{county.code}/leader"):
        chromium.go(address)
        chromium.wait("document.querySelectorAll('.card').length === 1")
        assert chromium.printed_pages(tmp_path) == 1
    chromium.go(f"#/c/{county.code}/cards")
    chromium.wait("document.querySelectorAll('.card').length > 1")
    schools = chromium.run("return document.querySelectorAll('.card').length")
    assert chromium.printed_pages(tmp_path) == schools


def test_hostile_names_are_shown_as_text_and_leave_no_formula_in_a_csv(
    chromium: Browser, files: dict[str, Path]
) -> None:
    chromium.open(files["odd"])
    chromium.go("#/schools")
    chromium.wait("document.querySelectorAll('table').length > 0")
    assert HOSTILE in chromium.text("table")
    assert chromium.run("return document.images.length") == 0
    saved = [cell for row in saved_csv(chromium) for cell in row]
    assert {f"'{name}" for name in FORMULAS} <= {*saved}
    assert not {*FORMULAS} & {*saved}
    assert any(cell.replace(",", "").replace(".", "").isdigit() for cell in saved), "numbers stay"
    assert not chromium.complaints()


def test_rare_characters_of_names_and_units_have_glyphs(
    chromium: Browser, files: dict[str, Path]
) -> None:
    chromium.open(files["odd"])
    assert SENTINEL in chromium.text("h1")
    missing = chromium.run(
        """
        const font = '40px ' + getComputedStyle(document.querySelector('h1')).fontFamily;
        const drawn = sign => {
          const canvas = document.createElement('canvas');
          canvas.width = canvas.height = 60;
          const pen = canvas.getContext('2d');
          pen.font = font; pen.fillText(sign, 5, 45);
          return pen.getImageData(0, 0, 60, 60).data.join();
        };
        const none = drawn(String.fromCodePoint(0x10FFFD));
        return [...arguments[0]].filter(sign => drawn(sign) === none || drawn(sign) === drawn(' '));
        """,
        SENTINEL,
    )
    assert missing == []


def test_a_county_without_data_opens_every_page(chromium: Browser, tmp_path: Path) -> None:
    rows = make_county(seed=7, schools=6, year=YEAR)
    kept = ("county", "register")
    rows = {table: rows[table] if table in kept else [] for table in rows}
    path = write_report(follow([sealed(rows, tmp_path)], days={YEAR: ON}), tmp_path / "出")
    chromium.open(path, PHONE)
    for name in (
        "",
        "/schools",
        "/lines",
        "/cv",
        "/gaps",
        "/years",
        "/list",
        "/leader",
        "/cards",
        "/i/L5",
        "/l/GV3",
    ):
        chromium.go(f"#/c/410199{name}")
        chromium.run("return new Promise(done => setTimeout(done, 40))")
        assert chromium.text("h1")
        assert not chromium.complaints(), name
    chromium.go("#/c/410199")
    chromium.wait("document.querySelector('.conclusion') !== null")
    assert "没有学校数据" in chromium.text("main")


def test_counties_are_told_apart_without_colour(
    chromium: Browser, files: dict[str, Path], two: Study
) -> None:
    chromium.open(files["city"])
    fills = chromium.run(
        "return [...document.querySelectorAll('.drawing a > path[fill-rule]')].map(e => e.getAttribute('fill'))"
    )
    patterned = {"url(#hatch)", "url(#dots)"}
    assert len(fills) == len(two.assessment.counties)
    assert all(
        (fill in patterned) is (county.verdict is not Verdict.PASS)
        for fill, county in zip(fills, two.assessment.counties, strict=True)
    )
