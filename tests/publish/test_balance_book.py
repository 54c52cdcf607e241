"""市域均衡: the book and the terminal tell the figures of the study, what is missing, and no verdict."""

from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from read_back import close, rows
from rich.cells import cell_len
from rich.console import Console
from worked.building import rows_of, school

from junheng.publish import show_balance, write_balance
from junheng.publish.wording import short_label
from junheng.registry import Facts, Snapshot
from junheng.studies import BY, NO_LIMIT, BalanceStudy, balance_record, measure_balance

JIA, YI = "410151", "410152"
SHEETS = {"unit": "区县", "settlement": "城乡", "ownership": "公办民办"}
YEARS = {2024: "2024—2025学年", 2025: "2025—2026学年"}


def primary(code: str, unit: str, ground: str | None, pupils: int = 100, **filed) -> dict:
    told = {"location_unit": unit, "sports_ground_area_m2": ground, **filed}
    return school(code, "primary", {"primary": pupils}, **told)


def snapshot(year: int, *schools: dict, **more) -> Snapshot:
    rows_ = rows_of(list(schools), **more)
    return Snapshot(Path(f"{year}-seal"), Facts.from_rows(rows_, [], year=year), {})


@pytest.fixture(scope="module")
def study() -> BalanceStudy:
    """Two years; in the second one a school without grounds, one that did not file, one private."""
    whole = (
        primary("2141000001", JIA, "400", urban_rural_code="111"),
        primary("2141000002", JIA, "800", 300, urban_rural_code="111"),
        primary("2141000003", YI, "1200", urban_rural_code="220", ownership="private"),
        primary("2141000004", YI, "1600", urban_rural_code="121"),
    )
    absent = {"school_code": "2141000006", "school_name": "示例未报", "school_type": "primary",
              "location_unit": YI}  # fmt: skip
    blank = primary("2141000005", JIA, None, urban_rural_code="111")
    return measure_balance(
        [snapshot(2024, *whole), snapshot(2025, *whole, blank, register=[absent])]
    )


@pytest.fixture(scope="module")
def book(study, tmp_path_factory):
    return load_workbook(write_balance(study, tmp_path_factory.mktemp("balance"))[2])


def per_cent(cell, share: Fraction | float | None) -> bool:
    return close(cell, None if share is None else Fraction(share) * 100)


def keyed(records: list[dict], *names: str) -> dict[tuple, dict]:
    found = {tuple(record[name] for name in names): record for record in records}
    assert len(found) == len(records)
    return found


def text_of(study: BalanceStudy, width: int = 120) -> str:
    console = Console(width=width, record=True, highlight=False, file=StringIO())
    console.print(show_balance(study))
    return console.export_text()


def plain(text: str) -> str:
    return "".join(text.replace("│", "").split())


# --- the book ----------------------------------------------------------------------------------


def test_the_sheets_are_in_the_order_of_reading(book):
    assert book.sheetnames == [
        "总览", "历年", "区县", "城乡", "公办民办", "缺数据", "怎样算", "依据"
    ]  # fmt: skip


def test_the_overview_has_every_figure_of_the_city(study, book):
    told = keyed(rows(book, "总览"), "学年", "学段", "指标")
    assert len(told) == len(study.figures) == 14
    for figure in study.figures:
        row = told[YEARS[figure.year], figure.stage.label, figure.indicator]
        found = figure.whole.figures
        assert (row["学段部/参加计算"], row["学段部/应有"]) == (figure.whole.parts, figure.whole.of)
        assert row["学生数"] == found.pupils
        assert close(row["均值"], found.mean)
        assert close(row["差异系数"], figure.whole.cv)
        assert close(row["泰尔指数"], found.theil)
        assert close(row["基尼系数"], found.gini)
        assert per_cent(row["占全部方差/区县之间"], figure.by("unit").between)
        assert per_cent(row["占全部方差/区县之内"], figure.by("unit").within)
        assert per_cent(row["占全部方差/城乡之间"], figure.by("settlement").between)
        assert per_cent(row["占全部方差/公办民办之间"], figure.by("ownership").between)
        assert per_cent(row["占泰尔指数/区县之间"], figure.by("unit").theil_share_between)
        assert per_cent(row["占泰尔指数/城乡之间"], figure.by("settlement").theil_share_between)


@pytest.mark.parametrize("by", BY)
def test_each_group_has_its_figures_on_the_sheet_of_its_kind(study, book, by):
    name = SHEETS[by]
    told = keyed(rows(book, name), "学年", "学段", "指标", name)
    groups = [(figure, group) for figure in study.figures for group in figure.by(by).groups]
    assert len(told) == len(groups)
    for figure, group in groups:
        row = told[YEARS[figure.year], figure.stage.label, figure.indicator, group.name]
        found = group.figures
        assert (row["学段部/参加计算"], row["学段部/应有"]) == (group.parts, group.of)
        assert close(row["均值"], None if found is None else found.mean)
        assert close(row["与全市之比"], group.ratio)
        assert close(row["差异系数"], group.cv)
        assert close(row["泰尔指数"], None if found is None else found.theil)
        assert close(row["基尼系数"], None if found is None else found.gini)
        assert per_cent(row["占全市差距"], group.share)


def test_the_years_stand_side_by_side(study, book):
    (row,) = [row for row in rows(book, "历年") if row["指标"] == "L5"]
    for figure in (f for f in study.figures if f.indicator == "L5"):
        year = YEARS[figure.year]
        assert row["指标名称"] == short_label("L5")
        assert close(row[f"全市均值/{year}"], figure.whole.figures.mean)
        assert close(row[f"全市差异系数/{year}"], figure.whole.cv)
        assert per_cent(row[f"区县之间占方差/{year}"], figure.by("unit").between)


def test_who_is_missing_is_listed_with_what_and_why_and_the_figures_say_so(book):
    told = {row["学校"]: (row["缺哪几项"], row["原因"]) for row in rows(book, "缺数据")}
    assert told == {
        "2141000005\n示例学校2141000005": ("小学L5", "计算所需的数没有填报"),
        "2141000006\n示例未报": ("、".join(f"小学L{n}" for n in range(1, 8)), "在学校名册上，没有填报"),
    }  # fmt: skip
    overview = keyed(rows(book, "总览"), "学年", "指标")
    assert overview[YEARS[2025], "L5"]["说明"] == "只按6个学段部中的4个计算"
    assert overview[YEARS[2024], "L5"]["说明"] is None
    units = keyed(rows(book, "区县"), "学年", "指标", "区县")
    remark = units[YEARS[2025], "L5", "示例市甲区（演示数据）"]["说明"]
    assert remark.startswith("只按3个学段部中的2个计算；本区县缺学校的数据，不计算差异系数")


def test_every_sheet_of_figures_says_that_there_is_no_limit_and_none_says_a_verdict(book):
    for name in ("总览", "历年", "区县", "城乡", "公办民办", "怎样算"):
        told = [str(c.value) for row in book[name].iter_rows() for c in row if c.value is not None]
        assert NO_LIMIT in "".join(told), name
        assert not [each for each in told if "达标" in each and "达标与否" not in each], name


def test_the_figures_are_explained_in_words(book):
    told = {row["数"]: row["怎样算"] for row in rows(book, "怎样算")}
    assert {"均值", "泰尔指数 T", "基尼系数", "差异系数"} <= set(told)
    assert "学生数加权" in told["差异系数"]
    assert sum(name.startswith("L") for name in told) == 7


def test_lists_can_be_filtered_stay_in_sight_and_print_one_page_wide(book):
    for sheet in book:
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.freeze_panes, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert int(sheet.page_setup.fitToHeight) == 0, sheet.title
        assert sheet.print_title_rows, sheet.title


def test_a_county_that_fails_by_a_hair_is_not_printed_on_its_limit(tmp_path):
    """CV of L5 a hair above 0.5: 0.500 would read as within the limit of the county."""
    near = [
        primary("2141000001", JIA, "1500000.01", 1000), primary("2141000002", JIA, "500000", 1000)
    ]  # fmt: skip
    study = measure_balance([snapshot(2025, *near)])
    book = load_workbook(write_balance(study, tmp_path)[2])
    (cell,) = [row["差异系数"] for row in rows(book, "区县") if row["指标"] == "L5"]
    assert Fraction(str(cell)) > Fraction(1, 2)
    assert "0.500000" in text_of(study.only(indicators=["L5"]))


def test_the_same_study_gives_the_same_bytes(study, tmp_path):
    one, other = (write_balance(study, tmp_path / name) for name in ("a", "b"))
    assert [path.name for path in one] == ["balance.json", "balance.parquet", "市域均衡.xlsx"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


# --- the terminal ------------------------------------------------------------------------------


def test_the_terminal_says_there_is_no_limit_who_is_missing_and_on_how_many_it_stands(study):
    told = text_of(study)
    assert plain(NO_LIMIT) in plain(told)
    assert "4/6" in told
    assert "2141000006 示例未报：在学校名册上，没有填报" in told
    assert "达标" not in plain(told).replace("达标与否", "")


def test_one_indicator_is_opened_by_its_groups(study):
    told = text_of(study.only(indicators=["L5"]))
    for name in ("示例市甲区", "城区", "民办", "按区县（之间", "差异系数历年"):
        assert name in told
    assert "按区县（之间" not in text_of(study)


def test_eighty_columns_are_enough_and_no_number_is_cut(study):
    for shown in (study, study.only(indicators=["L5"])):
        told = text_of(shown, width=80)
        assert all(cell_len(line) <= 80 for line in told.splitlines())
        assert "…" not in told


def test_places_without_a_common_unit_in_the_table_are_counted_not_named():
    study = measure_balance([snapshot(2025, primary("2141000001", "990101", "1"),
                                      primary("2141000002", "990102", "2"))])  # fmt: skip
    assert "2个区县市域均衡" in text_of(study)
    assert balance_record(study)["place"] == "000000"


def test_years_of_other_counties_are_said_to_be_another_whole():
    one, two = primary("2141000001", JIA, "1"), primary("2141000002", YI, "2")
    study = measure_balance([snapshot(2024, one), snapshot(2025, one, two)])
    assert "2024—2025学年的区县与最近一年不同，不宜直接比较" in text_of(study)


def test_days_are_the_day_of_each_year(study):
    days = [each.assessment.on for held in study.studies.values() for each in held]
    assert days == [date(2025, 3, 31), date(2026, 3, 31)]
