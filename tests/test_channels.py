"""The same facts, whichever door they come through: one workbook, many, or CSV."""

import csv
import random
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from junheng.registry import check, read, seal, tables
from junheng.registry.layout import INSTRUCTIONS_SHEET
from junheng.registry.template import write_filled
from junheng.sample import fill_workbook, make_county

pytestmark = pytest.mark.slow

SEED, SCHOOLS, YEAR = 7, 24, 2025


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("one") / "示例县.xlsx"
    fill_workbook(path, seed=SEED, schools=SCHOOLS, year=YEAR)
    return path


def sealed(path: Path, store: Path):
    report = check(read([path]), year=YEAR)
    assert report.acceptable, [each.sentence for each in report.findings if each.level == "必须改"][
        :5
    ]
    return seal(report, store, year=YEAR, by="填报人", on=date(2025, 10, 20)).facts


@pytest.fixture(scope="module")
def facts(workbook, tmp_path_factory):
    return sealed(workbook, tmp_path_factory.mktemp("store"))


def school_rows(rows, code):
    """What a school files itself: its rows, and the evidence of its own scope."""
    return {
        t: [row for row in rows[t] if code in (row.get("school_code"), row.get("scope"))]
        for t in rows
        if t != "county"
    }


OF_THE_COUNTY = ("county", "dense_areas", "official_results", "statements", "progress", "lineage")


@pytest.mark.slow
def test_one_workbook_a_school_gives_the_same_facts_as_one_a_county(facts, workbook, tmp_path):
    rows = make_county(seed=SEED, schools=SCHOOLS, year=YEAR)
    folder = tmp_path / "各校"
    folder.mkdir()
    marks = [tuple(mark) for mark in facts.marks.iter_rows() if mark[3] == "异常说明"]
    for code in (row["school_code"] for row in rows["schools"]):
        own = [mark for mark in marks if code in mark[1].split("|")]
        write_filled(folder / f"{code}.xlsx", school_rows(rows, code), own, year=YEAR)
    county = {t: rows[t] for t in OF_THE_COUNTY if t in rows}
    place = rows["county"][0]["county_code"]
    county["evidence"] = [row for row in rows["evidence"] if row["scope"] == place]
    own = [mark for mark in marks if place in mark[1].split("|")]
    write_filled(folder / "区县.xlsx", county, own, year=YEAR)
    assert sealed(folder, tmp_path / "store").fingerprint == facts.fingerprint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_files_give_the_same_facts_as_the_workbook(facts, workbook, tmp_path, encoding):
    folder = tmp_path / "csv"
    folder.mkdir()
    book = openpyxl.load_workbook(workbook, read_only=True)
    for sheet in book:
        if sheet.sheet_state != "visible" or sheet.title == INSTRUCTIONS_SHEET:
            continue
        with (folder / f"{sheet.title}.csv").open("w", encoding=encoding, newline="") as file:
            rows = sheet.iter_rows(values_only=True)
            csv.writer(file).writerows(
                [["" if cell is None else cell for cell in row] for row in rows]
            )
    book.close()
    assert sealed(folder, tmp_path / "store").fingerprint == facts.fingerprint


def test_shuffled_rows_give_the_same_facts(facts, workbook, tmp_path):
    rows = make_county(seed=SEED, schools=SCHOOLS, year=YEAR)
    for name in tables():
        random.Random(3).shuffle(rows.get(name, []))
    marks = [tuple(mark) for mark in facts.marks.iter_rows() if mark[3] == "异常说明"]
    write_filled(tmp_path / "乱序.xlsx", rows, marks, year=YEAR)
    assert sealed(tmp_path / "乱序.xlsx", tmp_path / "store").fingerprint == facts.fingerprint
