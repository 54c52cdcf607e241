"""A filled workbook says exactly what it was given: every kind of column, digit by digit."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from junheng.errors import MisuseError
from junheng.registry import EXPLAINED, NOT_APPLICABLE, Facts, tables
from junheng.registry.layout import FIRST_ROW, slots
from junheng.registry.reading import read
from junheng.registry.template import write_filled
from junheng.registry.template.cells import shown
from junheng.sample import make_county, marks_of
from junheng.schema import Column, Kind

CAMPUSES = tables()["campuses"]
MONEY = CAMPUSES.columns()["equipment_value_yuan"]
MOST = [
    column
    for table in tables().values()
    for column in table.column
    if column.kind in (Kind.AREA, Kind.MONEY, Kind.COORDINATE) and column.maximum
]


def campus(number: int, yuan: Decimal) -> dict[str, Any]:
    return {
        "school_code": "0141000001",
        "campus_name": f"校区{number}",
        "equipment_value_yuan": yuan,
    }


def written_numbers(path: Path) -> list[str]:
    """The texts of all numbers on 校区, as they stand in the file."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        sheet = archive.read(f"xl/worksheets/sheet{2 + list(tables()).index('campuses')}.xml")
    return re.findall(r'<c r="[A-Z]+\d+" s="\d+"><v>([^<]*)</v>', sheet.decode())


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(
    st.lists(
        st.integers(0, 100_000 * 10_000).map(Decimal) | st.just(Decimal("946000.00")),
        min_size=40,
        max_size=60,
    )
)
def test_money_in_wan_is_written_digit_by_digit_to_four_places(
    tmp_path_factory: pytest.TempPathFactory, yuan: list[Decimal]
) -> None:
    path = tmp_path_factory.mktemp("money") / "x.xlsx"
    write_filled(path, {"campuses": [campus(n, each) for n, each in enumerate(yuan)]})
    assert [Decimal(text) * 10_000 for text in written_numbers(path)] == yuan
    sheet = load_workbook(path)["校区"]
    column = [slot.code for slot in slots("campuses")].index("equipment_value_yuan") + 1
    found = [sheet.cell(FIRST_ROW + n, column).value for n in range(len(yuan))]
    assert [Decimal(repr(each)) * 10_000 for each in found] == yuan


@pytest.mark.parametrize("column", MOST, ids=lambda column: column.name)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_decimal_within_the_declared_bounds_is_lost_in_a_spreadsheet_number(
    column: Column, data: st.DataObject
) -> None:
    places = 6 if column.kind is Kind.COORDINATE else 2
    factor = 10_000 if column.unit == "万元" else 1
    most = int(Decimal(column.maximum) * factor * 10**places)
    value = Decimal(data.draw(st.integers(max(0, most - 10**7), most) | st.integers(0, most)))
    value = value.scaleb(-places)
    content = shown(column, value)
    assert isinstance(content, Decimal)
    assert content * factor == value
    # A spreadsheet holds the number as a double and shows the shortest decimal that names it.
    assert Decimal(repr(float(content))) * factor == value


def test_a_whole_county_reads_back_as_the_facts_it_was_written_from(tmp_path: Path) -> None:
    rows = make_county(seed=5, schools=24)
    marks = marks_of(rows, year=2025)
    path = tmp_path / "示例县.xlsx"
    write_filled(path, rows, marks, year=2025)
    filing = read([path])
    assert [each.sentence for each in filing.findings] == []
    given_ = {
        t: [{k: v for k, v in r.items() if "!" not in k} for r in rs] for t, rs in rows.items()
    }
    facts = Facts.from_rows(given_, marks, year=2025)
    assert Facts.of(filing.records, year=2025).fingerprint == facts.fingerprint
    again = tmp_path / "again.xlsx"
    write_filled(again, facts, year=2025)
    assert Facts.of(read([again]).records, year=2025).fingerprint == facts.fingerprint


def test_rows_keep_the_order_given_and_a_blank_stays_a_blank(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    codes = ["2141000009", "0141000001", "2141000003"]
    write_filled(path, {"seats": [{"school_code": c, "enrolment_primary": None} for c in codes]})
    rows = list(load_workbook(path)["学生与班级"].iter_rows(min_row=FIRST_ROW, values_only=True))
    assert [row[0] for row in rows] == codes
    assert all(value is None for row in rows for value in row[1:])


def test_marks_become_a_dash_and_the_explanation_beside_the_value(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    code = "2141000001"
    rows = {"seats": [{"school_code": code, "enrolment_primary": 0}]}
    marks = [
        ("seats", code, "enrolment_junior", NOT_APPLICABLE, ""),
        ("seats", code, "enrolment_primary", EXPLAINED, "=今年新建，尚未招生"),
    ]
    write_filled(path, rows, marks)
    cells = dict(
        zip(
            [slot.code for slot in slots("seats")],
            load_workbook(path)["学生与班级"][FIRST_ROW],
            strict=True,
        )
    )
    assert cells["enrolment_primary"].value == 0
    assert cells["enrolment_junior"].value == "—"
    explanation = cells["enrolment_primary!explanation"]
    assert explanation.value == "=今年新建，尚未招生"
    assert explanation.data_type == "s"


def test_days_words_and_truth_values_stand_as_a_clerk_writes_them() -> None:
    schools = tables()["schools"].columns()
    assert shown(schools["built_by_2010"], True) == "是"
    assert shown(schools["school_type"], "nine_year") == "九年一贯制"
    assert shown(schools["founding_year"], 1998) == 1998
    lease = tables()["facilities"].columns()["lease_start"]
    assert shown(lease, date(2025, 3, 1)) == date(2025, 3, 1)
    assert str(shown(MONEY, Decimal("946000.00"))) == "94.6"
    assert str(shown(MONEY, Decimal("10000000.00"))) == "1000"


def test_a_workbook_holds_one_county(tmp_path: Path) -> None:
    counties = [{"county_code": "410199"}, {"county_code": "410198"}]
    with pytest.raises(MisuseError, match="2 个区县"):
        write_filled(tmp_path / "x.xlsx", {"county": counties})
    assert list(tmp_path.iterdir()) == []
