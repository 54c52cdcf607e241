"""Every number and verdict in the Word files is that of the assessment."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from word_reading import columns, number, records, rows, tables, tells, titled, whole_text

from junheng.diagnosis import CountyVerdict, PartVerdict, Verdict
from junheng.publish.digits import amount_text
from junheng.publish.line_words import line_told
from junheng.publish.totals import lacks
from junheng.publish.word import write_documents
from junheng.publish.wording import verdict_word
from junheng.studies import Study

pytestmark = pytest.mark.slow

Case = tuple[CountyVerdict, Path]


@pytest.fixture(scope="session")
def folders(demo: Study, two: Study, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """County code → its folder of documents: one study of a county, one of two with gaps."""
    found = {}
    for study in (demo, two):
        out = tmp_path_factory.mktemp("word")
        counties = study.assessment.counties
        write_documents(study, out)
        for county in counties:
            alone = len(counties) == 1
            found[f"{len(counties)}-{county.code}"] = (
                out if alone else out / f"{county.code} {county.name}"
            )
    return found


@pytest.fixture(params=["1-0", "2-0", "2-1"])
def case(request: pytest.FixtureRequest, demo: Study, two: Study, folders: dict[str, Path]) -> Case:
    of, index = request.param.split("-")
    county = (demo if of == "1" else two).assessment.counties[int(index)]
    return county, folders[f"{of}-{county.code}"]


def figures_of(county: CountyVerdict) -> int:
    """How many items a list of shortfalls must have, counted by hand from the lines."""
    bad, total = (Verdict.FAIL, Verdict.NO_DATA), len(county.missing)
    absent = {each.code for each in county.missing}
    for line in county.lines:
        for clause in line.clauses:
            for point in clause.schools:
                away = point.school_code in absent and point.verdict is Verdict.NO_DATA
                if point.verdict in bad and not away:
                    total += max(sum(f.verdict in bad for f in point.figures), 1)
            if not clause.schools and clause.verdict in bad:
                total += max(sum(f.verdict in bad for f in clause.figures), 1)
    return total


# --- self report -------------------------------------------------------------------------------


def test_the_school_table_of_the_report_holds_every_value_on_its_side_of_the_limit(
    case: Case,
) -> None:
    county, folder = case
    found = records(folder / "自评报告.docx", "各校（学段部）七项指标")
    assert len(found) == len(county.parts)
    for row, part in zip(found, county.parts, strict=True):
        assert (row["学校代码"], row["学校（学段部）"], row["学段"]) == (
            part.school_code, part.title, part.stage.label,
        )  # fmt: skip
        assert tells(row["学生数"], part.pupils)
        assert int(row["达标项数"]) == part.met
        assert row["结论"] == verdict_word(part.verdict, near=part.near)
        for each in part.indicators:
            text = next(v for k, v in row.items() if k.startswith(f"{each.indicator}\n"))
            if each.value is None:
                assert text == "缺数据"
            else:
                assert tells(text, each.value)
                assert (number(text)[0] >= each.limit) is (each.value >= each.limit)


def test_each_cv_stands_in_the_report_with_its_limit_and_verdict(case: Case) -> None:
    county, folder = case
    found = records(folder / "自评报告.docx", "　校际差异系数")
    assert len(found) == len(county.spreads)
    for row, each in zip(found, county.spreads, strict=True):
        assert (row["学段"], row["代码"]) == (each.stage.label, each.indicator)
        assert row["结论"] == verdict_word(each.verdict, near=each.near)
        assert Fraction(row["限值≤"]) == each.limit
        assert int(row["学段部"]) == each.parts
        if each.cv is None:
            assert row["差异系数"] == "缺数据"
        else:
            assert tells(row["差异系数"], each.cv)
            assert (number(row["差异系数"])[0] > each.limit) is (each.verdict is Verdict.FAIL)


def test_every_line_of_the_scheme_stands_in_the_report_with_its_verdict(case: Case) -> None:
    county, folder = case
    report = folder / "自评报告.docx"
    titles = {"guarantee": "政府保障逐项结果", "quality": "教育质量逐项结果",
              "social": "社会认可逐项结果", "veto": "一票否决事项声明"}  # fmt: skip
    for area in county.areas:
        if area.code in titles:
            found = records(report, titles[area.code])
            assert [row["代码"] for row in found] == [line.code for line in area.lines]
            for row, line in zip(found, area.lines, strict=True):
                assert row["结论"] == line.verdict
                assert row.get("数值与说明", line_told(line)) == line_told(line)


def test_the_means_and_totals_of_the_seven_indicators_are_those_of_the_county(case: Case) -> None:
    county, folder = case
    found = rows(titled(folder / "自评报告.docx", "低于标准的学段部"))
    for row, lack in zip(found, lacks(county), strict=True):
        code, _, *cells, total = row
        assert code == lack.indicator
        assert total == amount_text(lack.to_limit, lack.unit)
        for index, stage in enumerate(county.standard.stages):
            mean, limit, failing = cells[3 * index : 3 * index + 3]
            spread = next(
                (s for s in county.spreads if (s.indicator, s.stage) == (code, stage)), None
            )
            assert (
                (mean == "—") if spread is None or spread.mean is None else tells(mean, spread.mean)
            )
            assert tells(limit, county.standard.limit(code, stage))
            assert int(failing) == lack.failing[stage]


def test_the_report_names_every_failing_school_with_its_gaps(case: Case) -> None:
    county, folder = case
    failing = [part for part in county.parts if part.verdict is Verdict.FAIL]
    text = whole_text(folder / "自评报告.docx")
    if not failing:
        assert "没有未达标的学校" in text
        return
    found = records(folder / "自评报告.docx", "未达标的学校（学段部）")
    assert {row["学校（学段部）"] for row in found} == {part.title for part in failing}
    for row in found:
        part = next(p for p in failing if p.title == row["学校（学段部）"])
        for each in part.indicators:
            if each.verdict is Verdict.FAIL:
                assert each.gap is not None
                gap = amount_text(each.gap.to_limit, each.gap.unit)
                assert gap in row["哪些指标、差多少（按全校计）"]


def test_the_circumstances_are_the_sums_of_what_was_filed(
    demo: Study, folders: dict[str, Path]
) -> None:
    (county,) = demo.assessment.counties
    report = folders[f"1-{county.code}"] / "自评报告.docx"
    seats = demo.snapshot.facts["seats"]
    primary = sum(seats["enrolment_primary"].drop_nulls())
    for title in ("按办学类型", "按城乡"):
        *groups, total = rows(titled(report, title))
        for column in range(1, 5):
            found = [int(row[column].replace(",", "")) for row in groups]
            assert sum(found) == int(total[column].replace(",", ""))
        assert int(total[1]) == seats.height
        assert int(total[3].replace(",", "")) >= primary
    teachers = sum(demo.snapshot.facts["staffing"]["full_time_teachers_primary"].drop_nulls())
    assert f"专任教师{teachers:,}人" in whole_text(report)


def test_official_results_stand_as_they_were_published(
    demo: Study, folders: dict[str, Path]
) -> None:
    (county,) = demo.assessment.counties
    report = folders[f"1-{county.code}"] / "自评报告.docx"
    filed = list(demo.snapshot.facts["official_results"].iter_rows(named=True))
    for row in records(report, "社会认可度调查结果（按对象）"):
        mine = next(r for r in filed if r["indicator"] == "SR1" and r["item"] == row["对象"])
        assert tells(row["样本（人）"], mine["sampled"])
        assert tells(row["满意率"], Fraction(100 * mine["satisfied"], mine["sampled"]))
    subjects = records(report, "国家义务教育质量监测结果（由监测机构发布，不自行计算）")
    assert len(subjects) == sum(r["indicator"] == "QL9" for r in filed)
    for row in subjects:
        mine = next(r for r in filed if r["indicator"] == "QL9" and r["item"] == row["学科"])
        assert Fraction(row["校际差异"]) == Fraction(mine["difference"])


# --- the list ----------------------------------------------------------------------------------


def test_the_list_has_each_item_once_in_word_and_in_excel(case: Case) -> None:
    county, folder = case
    word = records(folder / "整改清单.docx", "整改事项") if figures_of(county) else []
    assert len(word) == figures_of(county)
    sheet = load_workbook(folder / "整改清单.xlsx")["整改清单"]
    start = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "序号")
    names = [cell.value for cell in sheet[start]]
    excel = [
        dict(zip(names, [c.value for c in row], strict=True))
        for row in sheet.iter_rows(min_row=start + 1)
    ]
    assert [row["学校"] for row in excel] == [row["学校"] for row in word]
    for left, right in zip(word, excel, strict=True):
        for name in ("代码", "现状", "标准", "差距或须补报"):
            assert left[name] == right[name]
        assert {left[n] for n in ("整改措施", "责任单位和责任人", "完成时限", "销号")} == {""}


def test_what_an_item_says_is_the_figure_of_its_school(case: Case) -> None:
    county, folder = case
    told = {
        (row["学校"], row["代码"], row["现状"], row["标准"], row["差距或须补报"])
        for row in records(folder / "整改清单.docx", "整改事项")
    }
    for line in county.lines:
        for point in line.failing_schools:
            for figure in point.figures:
                if figure.verdict is Verdict.FAIL:
                    mine = [
                        t
                        for t in told
                        if t[:2] == (point.school_name, line.code) and t[4] == figure.gap
                    ]
                    assert any(
                        tells(t[2], figure.value) and tells(t[3], figure.limit) for t in mine
                    )


# --- cards -------------------------------------------------------------------------------------


def card_of(folder: Path, part: PartVerdict) -> Path:
    return next((folder / "学校成绩单").glob(f"{part.school_code} *.docx"))


def test_each_school_has_one_card_with_the_values_of_its_parts(case: Case, demo: Study) -> None:
    county, folder = case
    for part in county.parts:
        card = card_of(folder, part)
        table = next(t for t in tables(card) if "县内位置" in columns(t))
        found = [dict(zip(columns(table), row, strict=True)) for row in rows(table)]
        mine = [row for row in found if row["学段"] == part.stage.label]
        assert [row["代码"] for row in mine] == [each.indicator for each in part.indicators]
        for row, each in zip(mine, part.indicators, strict=True):
            assert row["数值"] == "缺数据" if each.value is None else tells(row["数值"], each.value)
            assert tells(row["标准≥"], each.limit)
            assert row["结论"] == verdict_word(each.verdict, near=each.near)
            lack = each.gap if each.verdict is Verdict.FAIL else None
            assert row["还差（全校）"] == (amount_text(lack.to_limit, lack.unit) if lack else "")


def test_the_band_of_a_value_is_its_quarter_among_the_schools_of_its_stage(case: Case) -> None:
    county, folder = case
    for part in county.parts:
        peers = [other for other in county.parts if other.stage is part.stage]
        table = next(t for t in tables(card_of(folder, part)) if "县内位置" in columns(t))
        places = [row[6] for row in rows(table) if row[0] == part.stage.label]
        for place, each in zip(places, part.indicators, strict=True):
            values = [v for p in peers if (v := p.of(each.indicator).value) is not None]
            if each.value is None or len(values) < 4:
                assert place == "—"
                continue
            below = sum(value < each.value for value in values)
            ties = sum(value == each.value for value in values)
            share = (below + Fraction(ties, 2)) / len(values)
            assert place.count("■") == min(int(share * 4), 3) + 1


def test_a_card_tells_what_the_whole_school_lacks_and_how_it_gets_there(case: Case) -> None:
    county, folder = case
    for part in county.parts:
        text = whole_text(card_of(folder, part))
        mine = [p for p in county.parts if p.school_code == part.school_code]
        for lack in lacks(replace(county, parts=tuple(mine))):
            if lack.to_limit:
                assert amount_text(lack.to_limit, lack.unit) in text
        assert (f"{part.stage.label}达标办法1：" in text) is bool(
            part.verdict is Verdict.FAIL and part.ways
        )


def test_schools_that_filed_nothing_have_a_card_that_says_so(case: Case) -> None:
    county, folder = case
    for absent in county.missing:
        card = next((folder / "学校成绩单").glob(f"{absent.code} *.docx"))
        assert f"缺报：{absent.reason}" in whole_text(card)


def test_all_cards_stand_together_in_one_file_in_the_order_of_codes(case: Case) -> None:
    _, folder = case
    alone = sorted((folder / "学校成绩单").glob("*.docx"))
    together = whole_text(folder / "学校成绩单（全部）.docx")
    assert together == "\n".join(whole_text(each) for each in alone)


# --- leader ------------------------------------------------------------------------------------


def test_the_leader_sees_each_failing_line_with_how_far(case: Case) -> None:
    county, folder = case
    page = folder / "领导一页.docx"
    failing = [line for line in county.lines if line.verdict is Verdict.FAIL]
    text = whole_text(page)
    table = next((t for t in tables(page) if "责任单位" in columns(t)), None)
    listed = {row[0]: row for row in rows(table)} if table is not None else {}
    for line in failing:
        assert line.code in listed or f"{line.label}（{line.code}）" in text
        if line.code in listed:
            assert line_told(line) in listed[line.code][2]
            assert listed[line.code][3:] == ["", ""]
