"""Prefilled forms: what is stable stands there, yearly counts are blank, — where nothing applies."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from junheng.errors import MisuseError
from junheng.registry import Facts, Filing, colours, tables
from junheng.registry.layout import FIRST_ROW, FORM_CODE, FORM_FIRST_ROW, FORM_VALUE, slots
from junheng.registry.reading import read
from junheng.registry.template import write_one_template, write_school_templates, write_template
from junheng.registry.template.prefill import prefill

pytestmark = pytest.mark.slow

A_PRIMARY, A_JUNIOR, A_POINT = "2141000001", "3141000002", "2141000003"

SCHOOLS: list[dict[str, Any]] = [
    {
        "school_code": A_PRIMARY,
        "school_name": "示例县第一小学",
        "school_type": "primary",
        "ownership": "public",
        "urban_rural_code": "121",
        "location_unit": "410199",
        "counts_as_school": True,
        "founding_year": 1998,
        "built_by_2010": True,
        "dense_urban_core": False,
        "rural_small_50_99": False,
        "boarding_school": False,
        "boarders": 0,
        "lon": Decimal("113.62"),
    },
    {
        "school_code": A_JUNIOR,
        "school_name": "示例县第一中学",
        "school_type": "junior",
        "location_unit": "410199",
        "counts_as_school": True,
    },
    {"school_code": A_POINT, "school_name": "示例县柳树教学点", "location_unit": "410199"},
]


def proof(indicator: str, scope: str, file: str, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "scope": scope, "file_name": file, "title": file,
            "sha256": "0" * 64, "review": "pass", **more}  # fmt: skip


LAST: dict[str, list[dict[str, Any]]] = {
    "county": [
        {
            "county_name": "示例县",
            "county_code": "410199",
            "filing_year": 2025,
            "fund_standard_primary_yuan": Decimal("720.00"),
            "rotation_rule": "同一学校任教满6年",
            "rotation_rule_date": date(2016, 9, 1),
        }
    ],
    "register": [
        {k: each.get(k) for k in ("school_code", "school_name", "location_unit", "school_type")}
        for each in SCHOOLS
    ],
    "schools": SCHOOLS,
    "seats": [
        {"school_code": A_PRIMARY, "enrolment_primary": 1200, "class_count_primary": 27},
        {"school_code": A_JUNIOR, "enrolment_junior": 900, "attached_primary_enrolment": 0},
    ],
    "facilities": [
        {
            "school_code": A_PRIMARY,
            "teaching_auxiliary_area_m2": Decimal("6800.50"),
            "equipment_value_yuan": Decimal("2600500.00"),
            "leased_sports_area_m2": None,
        }
    ],
    "classes": [{"school_code": A_PRIMARY, "grade": 1, "class_no": "1", "stage": "primary"}],
    "rooms": [{"school_code": A_PRIMARY, "room_no": "A101", "room_type": "music"}],
    "dense_areas": [{"county_code": "410199", "area_name": "示例街道"}],
    "evidence": [
        proof("GV1", "410199", "布局规划.pdf", valid_to=date(2026, 9, 1)),
        proof("GV10", "410199", "编制文件.pdf", valid_to=date(2026, 8, 31)),
        proof("QL3", A_PRIMARY, "章程.pdf"),
        proof("QL3", A_JUNIOR, "章程.pdf"),
        proof("QL3", "2141000099", "章程.pdf"),
    ],
    "official_results": [{"county_code": "410199", "indicator": "SR1", "item": "合计"}],
    "statements": [{"county_code": "410199", "item": "VT1", "occurred": False}],
    "progress": [{"commitment": "C03.1", "place": "410199", "measured_on": date(2025, 12, 31)}],
    "lineage": [{"old_code": "2141000098", "new_code": A_PRIMARY, "change": "merged"}],
    "corrections": [{"school_code": A_PRIMARY, "field": "网络多媒体教室间数", "reason": "新装"}],
}


def facts(**changed: list[dict[str, Any]]) -> Facts:
    return Facts.from_rows({**LAST, **changed}, year=2025)


@cache
def opened(path: Path) -> Workbook:
    return load_workbook(path)


def grid(path: Path, table: str) -> dict[str, dict[str, Cell]]:
    """School code (or first key) → code of the sheet column → cell."""
    sheet = opened(path)[tables()[table].label]
    codes = [slot.code for slot in slots(table)]
    return {
        str(row[0].value): dict(zip(codes, row, strict=True))
        for row in sheet.iter_rows(min_row=FIRST_ROW)
        if row[0].value is not None
    }


def form(path: Path) -> dict[str, Any]:
    sheet = opened(path)["区县填报表"]
    return {
        row[FORM_CODE].value: row[FORM_VALUE].value
        for row in sheet.iter_rows(min_row=FORM_FIRST_ROW)
        if row[FORM_VALUE].value is not None
    }


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("last") / "示例县.xlsx"
    write_template(where, year=2026, facts=facts())
    return where


def test_name_code_and_rules_of_the_county_are_carried_and_its_figures_are_not(path: Path) -> None:
    found = form(path)
    assert found.pop("rotation_rule_date").date() == date(2016, 9, 1)
    assert found == {
        "county_name": "示例县",
        "county_code": "410199",
        "filing_year": 2026,
        "rotation_rule": "同一学校任教满6年",
    }


def test_a_county_known_to_have_no_special_school_has_its_funds_dashed(tmp_path: Path) -> None:
    path = tmp_path / "无特教.xlsx"
    write_template(path, facts=facts(), schools=[A_PRIMARY, A_JUNIOR])
    assert form(path)["special_ed_pupils"] == "—"


def test_identity_and_premises_are_carried_in_the_units_of_the_headings(path: Path) -> None:
    school = grid(path, "schools")[A_PRIMARY]
    assert school["school_type"].value == "小学"
    assert school["built_by_2010"].value == "是"
    assert school["founding_year"].value == 1998
    premises = grid(path, "facilities")[A_PRIMARY]
    assert premises["teaching_auxiliary_area_m2"].value == 6800.5
    assert premises["equipment_value_yuan"].value == 260.05


def test_what_is_carried_wears_the_colour_that_asks_for_confirmation(path: Path) -> None:
    school = grid(path, "schools")[A_PRIMARY]
    assert school["school_type"].font.color.rgb == f"FF{colours.CARRIED_FONT}"


def test_yearly_counts_are_blank_and_each_school_has_its_row_with_code_and_name(
    path: Path,
) -> None:
    for table in tables().values():
        if not table.per_school:
            continue
        rows = grid(path, table.name)
        assert list(rows) == [A_PRIMARY, A_POINT, A_JUNIOR], table.name
        names = [
            row.get("school_name!shown", row.get("school_name")).value for row in rows.values()
        ]
        assert names == ["示例县第一小学", "示例县柳树教学点", "示例县第一中学"], table.name
        for row in rows.values():
            kept = {c for c, cell in row.items() if cell.value not in (None, "—")}
            carried = {column.name for column in table.column if column.carried}
            assert kept <= carried | {"school_name!shown"}, table.name
    assert grid(path, "seats")[A_PRIMARY]["enrolment_primary"].value is None
    assert grid(path, "schools")[A_PRIMARY]["boarders"].value is None


def test_lists_of_rooms_and_areas_are_carried_but_not_of_classes_and_corrections(
    path: Path,
) -> None:
    assert grid(path, "rooms")[A_PRIMARY]["room_no"].value == "A101"
    assert list(grid(path, "dense_areas")) == ["410199"]
    rows = prefill(LAST, county_name="", year=2026, schools=None).rows
    assert rows["classes"] == rows["corrections"] == []


def evidence(path: Path) -> set[tuple[Any, Any]]:
    sheet = opened(path)[tables()["evidence"].label]
    rows = sheet.iter_rows(min_row=FIRST_ROW, max_col=2, values_only=True)
    return {(one, other) for one, other in rows if one is not None}


def test_evidence_that_is_still_valid_is_carried_without_its_hash_and_review(path: Path) -> None:
    assert evidence(path) == {("GV1", "410199"), ("QL3", A_PRIMARY), ("QL3", A_JUNIOR)}
    row = grid(path, "evidence")["GV1"]
    assert row["file_name"].value == "布局规划.pdf"
    assert row["valid_to"].value.date() == date(2026, 9, 1)
    assert row["sha256"].value is row["review"].value is None


def test_without_a_year_nothing_is_known_to_have_lapsed() -> None:
    rows = prefill(LAST, county_name="", year=None, schools=None).rows["evidence"]
    assert {row["indicator"] for row in rows} == {"GV1", "GV10", "QL3"}


def test_what_is_stated_measured_and_changed_in_a_year_is_not_carried(path: Path) -> None:
    rows = prefill(LAST, county_name="", year=2026, schools=None).rows
    for name in ("official_results", "statements", "progress", "lineage"):
        assert rows[name] == [], name


def test_a_cell_that_cannot_apply_is_prefilled_with_a_grey_dash(path: Path) -> None:
    rows = grid(path, "seats")
    dash = rows[A_PRIMARY]["enrolment_junior"]
    assert dash.value == "—"
    assert dash.font.color.rgb == f"FF{colours.INAPPLICABLE_FONT}"
    assert dash.fill.fgColor.rgb == f"FF{colours.INAPPLICABLE_FILL}"
    assert rows[A_JUNIOR]["enrolment_junior"].value is None
    assert rows[A_JUNIOR]["enrolment_grade_1"].value == "—"


def test_nothing_is_dashed_where_the_type_of_the_school_is_not_known(path: Path) -> None:
    row = grid(path, "seats")[A_POINT]
    assert [code for code, cell in row.items() if cell.value == "—"] == []


def test_nothing_is_dashed_where_the_deciding_value_was_not_filed(path: Path) -> None:
    # The junior school filed neither ownership nor 城乡分类: it may be zoned.
    assert grid(path, "seats")[A_JUNIOR]["in_zone_enrolment_junior"].value is None


def test_a_school_that_had_attached_classes_keeps_their_columns_open(tmp_path: Path) -> None:
    path = tmp_path / "附设.xlsx"
    seats = [{"school_code": A_JUNIOR, "enrolment_junior": 900, "attached_primary_enrolment": 40}]
    write_template(path, year=2026, facts=facts(seats=seats))
    row = grid(path, "seats")[A_JUNIOR]
    assert row["enrolment_grade_1"].value is None
    assert row["attached_primary_enrolment"].value is None
    assert row["enrolment_primary"].value == "—"


def test_a_lease_that_never_was_is_dashed_and_one_that_was_must_be_filed_anew(
    path: Path, tmp_path: Path
) -> None:
    leased = tmp_path / "租赁.xlsx"
    schools = [{**SCHOOLS[0], "dense_urban_core": True}, *SCHOOLS[1:]]
    premises = [
        {
            "school_code": A_PRIMARY,
            "leased_sports_area_m2": Decimal("500.00"),
            "leased_contract_no": "2025-1",
        }
    ]
    write_template(leased, year=2026, facts=facts(schools=schools, facilities=premises))
    row = grid(leased, "facilities")[A_PRIMARY]
    assert row["leased_sports_area_m2"].value is None
    assert row["leased_contract_no"].value is None
    assert grid(path, "facilities")[A_PRIMARY]["leased_contract_no"].value == "—"


def test_a_filing_prefills_like_the_facts_and_keeps_the_order_of_filing(
    path: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    filing = read([path])
    assert [each.sentence for each in filing.findings] == []
    write_template(again, year=2026, filing=filing)
    assert list(grid(again, "seats")) == [A_PRIMARY, A_POINT, A_JUNIOR]
    assert grid(again, "facilities")[A_PRIMARY]["equipment_value_yuan"].value == 260.05


def test_codes_alone_give_rows_to_fill(tmp_path: Path) -> None:
    path = tmp_path / "代码.xlsx"
    write_template(path, schools=["0141000009"])
    row = grid(path, "seats")["0141000009"]
    assert {code for code, cell in row.items() if cell.value is not None} == {"school_code"}
    assert row["school_code"].number_format == "@"


def test_of_several_counties_one_must_be_named_and_only_its_schools_are_taken(
    tmp_path: Path,
) -> None:
    path = tmp_path / "两县.xlsx"
    other = {"county_name": "邻县", "county_code": "410198"}
    schools = [*SCHOOLS[:2], {**SCHOOLS[2], "location_unit": "410198"}]
    register = [{k: s.get(k) for k in ("school_code", "location_unit")} for s in schools]
    both = facts(county=[*LAST["county"], other], schools=schools, register=register)
    with pytest.raises(MisuseError, match="2 个区县"):
        write_template(path, facts=both)
    write_template(path, county_name="邻县", facts=both)
    assert list(grid(path, "register")) == [A_POINT]
    assert grid(path, "dense_areas") == {}
    assert grid(path, "rooms") == {}


def test_last_year_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="只能给一份"):
        write_template(tmp_path / "x.xlsx", facts=facts(), filing=Filing((), (), ()))


def test_one_workbook_a_school_holds_its_own_rows_and_only_names_the_county(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "各校"
    paths = write_school_templates(folder, year=2026, facts=facts())
    assert [each.name for each in paths] == [
        "00区县填报表.xlsx",
        f"{A_PRIMARY}示例县第一小学.xlsx",
        f"{A_POINT}示例县柳树教学点.xlsx",
        f"{A_JUNIOR}示例县第一中学.xlsx",
    ]
    assert form(paths[1]) == {
        "county_name": "示例县",
        "county_code": "410199",
        "filing_year": 2026,
    }
    for table in ("register", "schools", "seats", "rooms"):
        assert set(grid(paths[1], table)) == {A_PRIMARY}
    assert grid(paths[3], "seats")[A_JUNIOR]["enrolment_primary"].value == "—"
    assert form(paths[0])["rotation_rule"] == "同一学校任教满6年"
    assert len(grid(paths[0], "register")) == 3
    assert grid(paths[0], "schools") == {}
    assert evidence(paths[0]) == {("GV1", "410199")}
    assert evidence(paths[1]) == {("QL3", A_PRIMARY)}
    assert evidence(paths[2]) == set()
    for name in ("dense_areas", "official_results", "statements", "progress", "lineage"):
        assert grid(paths[1], name) == {}, name


def test_a_folder_of_school_workbooks_reads_as_one_county_without_contradiction(
    tmp_path: Path,
) -> None:
    write_school_templates(tmp_path / "各校", year=2026, facts=facts())
    filing = read([tmp_path / "各校"])
    assert [each.sentence for each in filing.findings] == []
    assert len(filing.of("county")) == 1
    assert len(filing.of("register")) == len(filing.of("seats")) == 3


def test_one_workbook_a_school_needs_schools(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="学校名单"):
        write_school_templates(tmp_path / "各校")
    assert list(tmp_path.iterdir()) == []


def test_one_workbook_asked_for_alone_is_that_of_the_folder(tmp_path: Path) -> None:
    """Byte for byte: a school that downloads its own, and the county office its own."""
    office, *others = write_school_templates(tmp_path / "all", year=2026, facts=facts())
    write_one_template(tmp_path / "office.xlsx", year=2026, facts=facts())
    assert (tmp_path / "office.xlsx").read_bytes() == office.read_bytes()
    for path in others:
        write_one_template(tmp_path / "one.xlsx", school=path.name[:10], year=2026, facts=facts())
        assert (tmp_path / "one.xlsx").read_bytes() == path.read_bytes()
