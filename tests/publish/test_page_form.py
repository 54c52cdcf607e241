"""The web report is one file that loads nothing, runs nothing but its own code, and escapes all names."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from page_reading import Page
from sealed_cases import ON, YEAR, sealed, two_counties

from junheng.errors import MisuseError
from junheng.publish.html import FILE, report_page, write_report
from junheng.publish.html.boundaries import read_boundaries
from junheng.registry import tables
from junheng.sample import make_county
from junheng.studies import Study, Years, follow, side_by_side

HOSTILE = "</script><img src=x onerror=alert(1)>'\"&<!--"
SECOND = "示例\u2028县<b>${title}"


def years_of(*studies: Study) -> Years:
    return side_by_side(studies)


@pytest.fixture(scope="session")
def page(demo: Study) -> Page:
    return Page(report_page(years_of(demo)))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Page:
    rows = make_county(seed=7, schools=12, year=YEAR, name=HOSTILE[:30])
    rows["schools"][0]["school_name"] = rows["register"][0]["school_name"] = HOSTILE
    rows["schools"][1]["school_name"] = SECOND
    snapshot = sealed(rows, tmp_path_factory.mktemp("hostile"))
    return Page(report_page(follow([snapshot], days={YEAR: ON})))


def test_no_address_leads_out_of_the_page(page: Page) -> None:
    outside = set(re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<]*", page.without_data))
    assert outside == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(?:src|href)=[\"'](?!#)", page.without_data)
    assert "@import" not in page.text
    assert "url(" not in "".join(page.inline("style"))


def test_the_policy_allows_only_the_code_and_style_of_the_page(page: Page) -> None:
    policy = page.policy
    assert policy["default-src"] == ["'none'"]
    for rule, tag in (("script-src", "script"), ("style-src", "style")):
        (body,) = page.inline(tag)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert policy[rule] == [f"'sha256-{digest}'"]
    assert "unsafe" not in str(policy)
    assert set(policy) == {"default-src", "script-src", "style-src", "base-uri", "form-action"}


@pytest.mark.parametrize(
    "word",
    ["eval(", "Function(", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
     "XMLHttpRequest", "fetch(", "localStorage", "document.cookie", 'setAttribute("style"'],
)  # fmt: skip
def test_the_program_neither_parses_markup_nor_calls_out_nor_stores(page: Page, word: str) -> None:
    assert word not in "".join(page.inline("script"))


def test_no_element_carries_a_handler_or_a_style(page: Page) -> None:
    assert not re.search(r"<[a-z][^>]*\s(?:on\w+|style)=", page.without_data)


def test_hostile_names_stay_data(hostile: Page) -> None:
    names = [row[1] for row in hostile.city["counties"][0]["schools"]]
    assert HOSTILE in names
    assert SECOND in names
    assert "<img" not in hostile.text
    assert "onerror=alert" not in hostile.without_data
    assert hostile.text.count("</script>") == hostile.text.count("<script")
    assert "\u2028" not in hostile.text
    assert hostile.city["counties"][0]["name"] == HOSTILE[:30]


def test_every_county_has_its_block_and_the_page_says_what_it_rests_on(
    page: Page, demo: Study
) -> None:
    assert {f"county-{c.code}" for c in demo.assessment.counties} | {"data", "targets"} == set(
        page.blocks
    )
    assert page.city["facts"] == demo.receipt.facts
    assert page.city["on"] == "2026年3月31日"
    assert "2017-quality" in page.city["scheme"]
    assert page.city["demonstration"] == "演示数据"
    assert f"事实指纹 {demo.receipt.facts}" in page.text


def test_real_counties_are_not_called_a_demonstration(two: Study) -> None:
    real = replace(
        two.assessment, counties=tuple(c for c in two.assessment.counties if c.code == "410122")
    )
    page = Page(report_page(years_of(replace(two, assessment=real))))
    assert page.city["demonstration"] == ""


def test_the_same_study_gives_the_same_bytes(demo: Study, page: Page) -> None:
    assert report_page(years_of(demo)) == page.text


def test_a_county_without_any_data_has_its_page_and_says_so(tmp_path: Path) -> None:
    rows = make_county(seed=7, schools=8, year=YEAR)
    for name in tables():
        if name not in ("county", "register"):
            rows[name] = []
    path = write_report(follow([sealed(rows, tmp_path)], days={YEAR: ON}), tmp_path / "出")
    page = Page.read(path)
    county = page.city["counties"][0]
    assert path.name == FILE
    assert county["areas"][0][0] == "缺数据"
    assert "没有学校数据" in county["basis"]
    assert page.county(county["code"])["parts"] == []
    assert {line["verdict"] for line in page.county(county["code"])["lines"]} & {"缺数据"}
    assert county["headline"] in page.without_data


def test_a_county_that_is_only_on_the_register_lists_its_schools_as_missing(tmp_path: Path) -> None:
    rows = two_counties()
    gone = {r["school_code"] for r in rows["schools"] if r["location_unit"] == "410122"}
    for table in tables().values():
        if table.per_school:
            rows[table.name] = [r for r in rows[table.name] if r["school_code"] not in gone]
    page = Page(report_page(follow([sealed(rows, tmp_path)], days={YEAR: ON})))
    county = next(c for c in page.city["counties"] if c["code"] == "410122")
    assert {row[6] for row in county["schools"]} == {"缺数据"}
    assert county["missing"] == len(county["schools"])


# --- boundaries ----------------------------------------------------------------------------------


def geojson(path: Path, *features: dict[str, object]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), "utf-8")
    return path


def square(properties: dict[str, str], kind: str = "Polygon") -> dict[str, object]:
    ring = [[113.1, 34.1], [113.9, 34.1], [113.9, 34.9], [113.1000001, 34.1], [113.1, 34.1]]
    held: list[object] = [ring] if kind == "Polygon" else [[ring], [ring]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": held},
    }


def test_shapes_are_found_by_code_or_by_name(two: Study, tmp_path: Path) -> None:
    counties = two.assessment.counties
    path = geojson(
        tmp_path / "边界.geojson",
        square({"code": "410199"}),
        square({"name": "中牟县"}, "MultiPolygon"),
    )
    found = read_boundaries(path, counties)
    assert found["410199"] == [[[113.1, 34.1], [113.9, 34.1], [113.9, 34.9], [113.1, 34.1]]]
    assert len(found["410122"]) == 2
    page = Page.read(write_report(years_of(two), tmp_path, boundaries=path))
    assert {c["code"]: len(c["shape"]) for c in page.city["counties"]} == {"410199": 1, "410122": 2}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("不是", "不是 GeoJSON"),
        ('{"type": "Topology"}', "没有区域"),
        ('{"features": [{"properties": {"name": "别处"}}]}', "没有本次评估的区县（文件里有：别处）"),
        ('{"features": [{"properties": {"code": "410199"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}', "图形看不懂（Point）"),
        ('{"features": [{"properties": {"code": "410199"}, "geometry": {"type": "Polygon", "coordinates": [[[4e6, 3e6]]]}}]}', "坐标写经度、纬度"),
    ],
)  # fmt: skip
def test_a_bad_file_of_boundaries_is_a_sentence(
    demo: Study, tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "边界.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MisuseError, match=re.escape(told)):
        read_boundaries(path, demo.assessment.counties)


def test_a_missing_file_of_boundaries_is_a_sentence_and_nothing_is_written(
    demo: Study, tmp_path: Path
) -> None:
    with pytest.raises(MisuseError, match="找不到边界文件"):
        write_report(years_of(demo), tmp_path / "出", boundaries=tmp_path / "无.geojson")
    assert not (tmp_path / "出").exists()


def test_a_day_before_the_policy_has_no_targets_and_says_why(demo: Study) -> None:
    early = follow([demo.snapshot], days={YEAR: date(2023, 6, 1)})
    page = Page(report_page(early))
    assert page.blocks["targets"]["rows"] == []
    assert page.blocks["targets"]["none"]


def test_a_scheme_without_schools_has_no_web_report(demo: Study) -> None:
    basic = follow([demo.snapshot], days={YEAR: ON}, scheme="2012-basic")
    with pytest.raises(MisuseError, match="不评学校，没有网页报告"):
        report_page(basic)
