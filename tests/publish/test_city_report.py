"""The report of a city: its sections, and every number that of the assessment."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sealed_cases import ON, YEAR, sealed, two_counties
from word_reading import (
    W,
    contents,
    headings,
    listed_pages,
    number,
    part,
    records,
    tells,
    whole_text,
    words,
)

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.errors import MisuseError
from junheng.publish.totals import lacks
from junheng.publish.word import write_documents
from junheng.publish.word.city import City
from junheng.publish.word.layout import outline
from junheng.publish.word.paper import numeral
from junheng.registry import tables as declared
from junheng.sample import make_county
from junheng.studies import Study, assess, side_by_side

pytestmark = pytest.mark.slow

SECTIONS = (
    "监测依据、范围和方法", "基本情况", "政府履责情况", "资源配置情况", "政府保障程度", "教育质量",
    "社会认可度", "一票否决事项", "主要做法和成效", "存在问题", "整改措施和复核",
)  # fmt: skip


@pytest.fixture(scope="session")
def city(store: Path) -> Study:
    """Three counties: two with gaps, one whose schools filed nothing."""
    rows = two_counties()
    silent = make_county(seed=9, schools=12, year=YEAR, code="410182", name="荥阳市")
    for table in declared().values():
        kept = silent[table.name] if table.name in ("county", "register") else []
        rows[table.name] = rows[table.name] + kept
    return assess(sealed(rows, store), on=ON)


@pytest.fixture(scope="session")
def folder(city: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("city")
    write_documents(city, out, ("city", "leader"))
    return out


@pytest.fixture(scope="session")
def report(folder: Path) -> Path:
    return folder / "监测报告.docx"


def by_name(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["区县"]: row for row in rows}


# --- form --------------------------------------------------------------------------------------


def test_the_report_has_the_eleven_sections_in_official_numbering(report: Path) -> None:
    first = [text for level, text in headings(report) if level == 1]
    assert first[:11] == [f"{numeral(n)}、{title}" for n, title in enumerate(SECTIONS, start=1)]
    assert [text.partition("　")[0] for text in first[11:]] == [
        f"附录{numeral(n)}" for n in range(1, 6)
    ]
    assert contents(report) == headings(report)


def test_every_page_says_which_figures_are_invented(report: Path, folder: Path) -> None:
    assert "含演示数据" in words(part(report, "word/header1.xml"))
    assert "含演示数据" in whole_text(folder / "领导一页.docx")


def test_charts_stand_for_schools_indicators_and_each_stage(report: Path) -> None:
    drawings = [each for each in part(report).iter() if each.tag.endswith("}docPr")]
    assert len(drawings) == 4
    assert all(each.get("descr") for each in drawings)


def test_counties_that_filed_nothing_are_named(city: Study, report: Path) -> None:
    text = whole_text(report)
    assert "没有学校数据的区县1个：荥阳市" in text
    assert "没有报送数据、不在本次监测之内的区县" in text
    assert set(City(city).absent).isdisjoint(c.name for c in city.assessment.counties)


def test_a_report_of_the_city_is_not_written_for_one_county(demo: Study, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="只有一个区县"):
        write_documents(demo, tmp_path, ("city",))


# --- figures -----------------------------------------------------------------------------------


def test_every_county_stands_with_its_verdicts(city: Study, report: Path) -> None:
    found = by_name(records(report, "各区县结论"))
    assert list(found) == [county.name for county in city.assessment.counties]
    for county in city.assessment.counties:
        row = found[county.name]
        assert row["结论"] == county.verdict
        for area in county.areas:
            assert row[area.title] == area.verdict
        for verdict in (Verdict.FAIL, Verdict.NO_DATA):
            assert int(row[verdict]) == sum(line.verdict is verdict for line in county.lines)


def test_schools_are_counted_by_verdict(city: Study, report: Path) -> None:
    found = by_name(records(report, "各区县学校达标情况（所）"))
    for county in city.assessment.counties:
        verdicts = list(county.schools.values())
        row = found[county.name]
        assert int(row["参加计算"]) == len(verdicts)
        assert int(row["缺报"]) == len(county.missing)
        for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA):
            assert int(row[verdict]) == verdicts.count(verdict)


def cell_of(row: dict[str, str], code: str) -> str:
    return next(text for heading, text in row.items() if heading.startswith(f"{code}\n"))


def test_parts_below_the_limit_are_counted_by_county_and_lacks_add_up(
    city: Study, report: Path
) -> None:
    counties = city.assessment.counties
    found = by_name(records(report, "各区县低于标准的学段部（个）"))
    totals = {
        r["代码"]: r for r in records(report, "全市合计：低于标准的学段部和补到标准所需的数量")
    }
    for code in counties[0].standard.indicators:
        parts = {
            c.name: [p for p in c.parts if p.of(code).verdict is Verdict.FAIL] for c in counties
        }
        for county in counties:
            shown = cell_of(found[county.name], code)
            assert shown == (str(len(parts[county.name])) if county.parts else "—")
        held = [each for c in counties for each in lacks(c) if each.indicator == code]
        assert int(totals[code]["低于标准的学段部"]) == sum(map(len, parts.values()))
        schools = {p.school_code for each in parts.values() for p in each}
        assert int(totals[code]["涉及学校"]) == len(schools)
        assert tells(totals[code]["合计还差"], sum(each.to_limit for each in held))


def test_every_coefficient_stands_on_its_side_of_the_limit(city: Study, report: Path) -> None:
    for stage in city.assessment.counties[0].standard.stages:
        rows = by_name(records_starting(report, f"{stage.label}校际差异系数"))
        for county in city.assessment.counties:
            held = [s for s in county.spreads if s.stage is stage]
            assert int(rows[county.name]["超限"]) == sum(s.verdict is Verdict.FAIL for s in held)
            for spread in held:
                shown = cell_of(rows[county.name], spread.indicator)
                if spread.cv is None:
                    assert shown == "缺数据"
                else:
                    assert tells(shown, spread.cv)
                    over = spread.verdict is Verdict.FAIL
                    assert (number(shown)[0] > spread.limit) is over


def records_starting(path: Path, title: str) -> list[dict[str, str]]:
    """The records of the table whose caption has this title and a limit behind it."""
    for table in part(path).iter(f"{W}tbl"):
        before = table.getprevious()
        caption = "" if before is None else words(before)
        if caption.partition("　")[2].startswith(f"{title}（限值"):
            return records(path, caption.partition("　")[2])
    raise AssertionError(title)


def failing(county: CountyVerdict) -> set[tuple[str, str, str]]:
    parts = (part for part in county.parts if part.verdict is Verdict.FAIL)
    return {(county.name, part.school_code, part.stage.label) for part in parts}


def test_every_failing_school_is_in_the_appendix_under_its_county(
    city: Study, report: Path
) -> None:
    rows = records(report, "未达标的学校（学段部），按区县、达标项数排列")
    assert len(rows) == len({(r["区县"], r["学校代码"], r["学段"]) for r in rows})
    found = {(r["区县"], r["学校代码"], r["学段"]) for r in rows}
    assert found == set().union(*(failing(county) for county in city.assessment.counties))
    told = by_name(records(report, "各区县未达标的学校（学段部）"))
    for county in city.assessment.counties:
        assert told[county.name]["未达标"] == (str(len(failing(county))) if county.parts else "—")


def test_every_line_of_every_county_is_in_the_appendix(city: Study, report: Path) -> None:
    for area in city.assessment.counties[0].areas:
        found = {row["代码"]: row for row in records(report, f"{area.title}：各区县结论")}
        for county in city.assessment.counties:
            for line in next(a for a in county.areas if a.code == area.code).lines:
                assert found[line.code][county.name] == line.verdict


def test_lines_say_how_many_counties_meet_them(city: Study, report: Path) -> None:
    counties = city.assessment.counties
    for row in records(report, "政府保障逐项结果"):
        lines = [line for c in counties for line in c.lines if line.code == row["代码"]]
        for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA):
            assert int(row[verdict]) == sum(line.verdict is verdict for line in lines)


def test_the_leader_sees_every_county(city: Study, folder: Path) -> None:
    text = whole_text(folder / "领导一页.docx")
    for county in city.assessment.counties:
        assert county.name in text


# --- years -------------------------------------------------------------------------------------


def test_years_stand_side_by_side(city: Study, store: Path, tmp_path: Path) -> None:
    before = sealed_before(store)
    years = side_by_side([before, city])
    write_documents(city, tmp_path, ("city",), years=years)
    report = tmp_path / "监测报告.docx"
    found = by_name(records(report, "各区县历年结论"))
    for county in city.assessment.counties:
        assert found[county.name][str(YEAR)] == county.verdict
    was = {county.name: county.verdict for county in before.assessment.counties}
    for name, row in found.items():
        assert row[str(YEAR - 1)] == was.get(name, "—")


def sealed_before(store: Path) -> Study:
    """One of the counties a year earlier."""
    rows = make_county(seed=7, schools=30, year=YEAR - 1)
    return assess(replace_year(sealed(rows, store)), on=date(YEAR, 3, 31))


def replace_year(snapshot: object) -> object:
    facts = replace(snapshot.facts, year=YEAR - 1)  # type: ignore[attr-defined]
    return replace(snapshot, facts=facts)  # type: ignore[type-var]


# --- pages of the contents ---------------------------------------------------------------------


def test_without_a_word_processor_the_contents_have_no_pages(
    city: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("junheng.publish.word.layout.office", lambda: None)
    write_documents(city, tmp_path, ("city",), numbered=True)
    assert set(listed_pages(tmp_path / "监测报告.docx")) == {""}


def test_pages_are_those_the_outline_points_at() -> None:
    told = "一、甲".encode("utf-16-be").hex().upper()
    pdf = (
        b"1 0 obj\n<</Type/Page/Parent 9 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Page/Parent 9 0 R>>\nendobj\n"
        b"9 0 obj\n<</Type/Pages\n/Kids[1 0 R 2 0 R]\n/Count 2>>\nendobj\n"
        b"11 0 obj\n<</Title<FEFF%s>\n/Dest[2 0 R/XYZ 0 0 0]>>\nendobj\n" % told.encode()
    )
    assert outline(pdf) == [("一、甲", 2)]
    assert outline(pdf.replace(b"/Dest[2", b"/Dest[7")) == []
