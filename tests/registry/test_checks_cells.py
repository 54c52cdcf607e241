"""Blank, zero, 不适用 and unclear cells: each is named where it is wrong, and nowhere else."""

from dataclasses import replace

import pytest
from registry.county_of_eight import (
    ATTACHED,
    COMPLETE,
    COUNTY,
    DASH,
    JUNIOR,
    NINE,
    POINT,
    PRIMARY,
    SPECIAL,
    TWELVE,
    UNCLEAR,
    YEAR,
    address,
    changed,
    clean,
    filing,
    put,
)
from registry.mistakes_of_checks import class_list, correction, dense, drop, gone, room

from junheng.registry import Facts, Finding, Level, Origin, Report, State, check
from junheng.registry.applicability import applies, must_fill
from junheng.registry.catalogue import tables

SCHOOLS = (PRIMARY, JUNIOR, NINE, COMPLETE, TWELVE, POINT, ATTACHED, SPECIAL)
FULL = (dense, class_list, room("M1", "music", 98), room("M2", "music", 96),
        correction("网络多媒体教室间数", "13"))  # fmt: skip
"""The clean county with a row in every optional list that needs no other."""


def full():
    return changed(*FULL)


def report_of(rows, **more) -> Report:
    return check(filing(rows, **more), year=YEAR)


def about(rows, table: str, key: str):
    """What the conditions look at: the school's wide record, or what is known of the county."""
    if not tables()[table].per_school:
        return {"special_schools": 1}
    wide = {"school_year": YEAR}
    for name, each in tables().items():
        if each.per_school:
            wide |= rows[name].get(key, {})
    return {k: None if v == DASH else v for k, v in wide.items()}


def required_cells():
    """Each required column once, at one school after another of those that must fill it."""
    rows = full()
    cells = {}
    for name, table in tables().items():
        for column in table.column:
            keys = [key for key in rows[name] if must_fill(column, about(rows, name, key))]
            if keys and column.name not in table.key:
                cells[name, column.name] = keys[len(cells) % len(keys)]
    return [(name, key, column) for (name, column), key in cells.items()]


def at(rows, table: str, key: str, column: str) -> tuple[str, str]:
    return tables()[table].label, address(table, list(rows[table]).index(key), column)


@pytest.mark.slow
def test_blanking_each_required_cell_in_turn_is_named_each_time_and_nothing_else_is() -> None:
    cells = required_cells()
    assert len(cells) > 150
    for table, key, column in cells:
        rows = full()
        rows[table][key][column] = None
        found = report_of(rows).findings
        assert len(found) == 1, (table, key, column, found)
        assert found[0].level is Level.MUST_FIX
        assert found[0].check in ("S51", "K7.2")
        assert (found[0].origin.sheet, found[0].origin.cell) == at(rows, table, key, column)
        assert (found[0].table, found[0].column) == (table, column)


@pytest.mark.slow
def test_a_dash_in_a_required_cell_is_named_each_time() -> None:
    for table, key, column in required_cells():
        rows = full()
        rows[table][key][column] = DASH
        found = report_of(rows).findings
        assert [each.check for each in found] == ["S58"], (table, key, column, found)
        assert (found[0].origin.sheet, found[0].origin.cell) == at(rows, table, key, column)


@pytest.mark.slow
def test_an_unclear_cell_is_the_readers_to_name_and_has_no_consequences_here() -> None:
    for table, key, column in required_cells():
        rows = full()
        rows[table][key][column] = UNCLEAR
        assert report_of(rows).findings == (), (table, key, column)


def test_an_unclear_optional_cell_has_no_consequences() -> None:
    rows = full()
    rows["seats"][PRIMARY]["enrolment_kindergarten"] = UNCLEAR
    rows["facilities"][NINE]["leased_sports_area_m2"] = UNCLEAR
    assert report_of(rows).findings == ()


def test_blank_cells_that_need_not_be_filled_are_nothing_to_report() -> None:
    rows = clean()
    rows["seats"][PRIMARY]["enrolment_kindergarten"] = None
    rows["schools"][PRIMARY]["ownership"] = "private"
    rows["seats"][PRIMARY]["in_zone_enrolment_primary"] = None
    for column in ("public_funds_budget_prev_yuan", "public_funds_final_prev_yuan"):
        rows["finance"][PRIMARY][column] = None
    assert report_of(rows).findings == ()


def test_a_dash_in_a_cell_that_may_stay_blank_is_not_a_zero() -> None:
    """A private school need not tell its public funds; its training funds do not exceed them."""
    rows = clean()
    rows["schools"][PRIMARY]["ownership"] = "private"
    rows["seats"][PRIMARY]["in_zone_enrolment_primary"] = DASH
    for column in ("public_funds_budget_prev_yuan", "public_funds_final_prev_yuan"):
        rows["finance"][PRIMARY][column] = DASH
    rows["staffing"][JUNIOR]["teachers_at_required_level_junior"] = DASH
    assert report_of(rows).findings == ()


def test_every_cell_without_a_meaning_is_named_when_something_is_filled_there() -> None:
    one = {"int": 3, "area": 3, "money": 3, "text": "甲", "code": "2141000001", "year": 2000}
    codes = {"S52", "K3.1", "K6.1", "K7.1", "K14.1"}
    rows = clean()
    for key in (PRIMARY, JUNIOR, POINT):
        for name, table in tables().items():
            for column in table.column if table.per_school and key in rows[name] else ():
                if applies(column, about(rows, name, key)) or column.kind.value not in one:
                    continue
                before = rows[name][key].get(column.name)
                rows[name][key][column.name] = one[column.kind.value]
                found = report_of(rows).findings
                rows[name][key][column.name] = before
                assert len(found) == 1, (column.name, found)
                assert found[0].check in codes
                assert found[0].level is Level.MUST_FIX
                assert "本栏对该校不适用" in found[0].found
                assert (found[0].origin.sheet, found[0].origin.cell) == at(
                    rows, name, key, column.name
                )


def written(value):
    """The clean county with `value` in every school cell that has no meaning there."""
    rows = clean()
    for name, table in tables().items():
        for key, row in rows[name].items() if table.per_school else ():
            for column in table.column:
                if not applies(column, about(rows, name, key)):
                    row[column.name] = value(column)
    return rows


def fingerprint(report: Report) -> str:
    return Facts.of(report.filing.records, year=YEAR).fingerprint


def test_a_dash_a_blank_and_a_zero_that_do_not_apply_give_the_same_facts() -> None:
    numbers = {"int", "area", "money"}
    reports = [
        report_of(written(lambda _: DASH)),
        report_of(written(lambda _: None)),
        report_of(written(lambda column: 0 if column.kind.value in numbers else None)),
    ]
    assert [each.findings for each in reports] == [(), (), ()]
    assert len({fingerprint(each) for each in reports}) == 1


def test_a_row_that_need_not_be_there_gives_the_same_facts_as_a_row_of_dashes() -> None:
    rows = clean()
    rows["quality"][PRIMARY] = {
        column: PRIMARY if column == "school_code" else DASH
        for column in tables()["quality"].columns()
    }
    assert report_of(rows).findings == ()
    assert fingerprint(report_of(rows)) == fingerprint(report_of(clean()))


def test_zero_where_a_number_is_asked_stays_zero() -> None:
    rows = changed(put("facilities", PRIMARY, art_rooms=1, art_rooms_ge_90=0))
    record = next(r for r in report_of(rows).filing.of("facilities") if r.key == (PRIMARY,))
    assert record.entries["art_rooms_ge_90"].state is State.FILED
    assert record.value("art_rooms_ge_90") == 0


def test_the_report_keeps_the_order_in_which_the_rows_were_read() -> None:
    filed = filing(clean())
    names = [(each.table, each.key) for each in filed.records]
    kept = [(each.table, each.key) for each in check(filed, year=YEAR).filing.records]
    assert kept[: len(names)] == names


def test_rows_that_join_no_school_stay_in_the_filing() -> None:
    rows = changed(drop(PRIMARY, "schools"))
    report = report_of(rows)
    assert [each.check for each in report.findings] == ["S54"]
    assert any(
        each.table == "staffing" and each.key == (PRIMARY,) for each in report.filing.records
    )


def test_an_unclear_type_does_not_hide_that_the_rest_of_the_identity_is_blank() -> None:
    rows = changed(put("schools", PRIMARY, school_type=UNCLEAR, ownership=None))
    assert [each.column for each in report_of(rows).findings] == ["ownership"]


@pytest.mark.parametrize("column", ["rural_small_50_99", "school_type", "urban_rural_code"])
def test_a_cell_that_the_reader_refused_decides_nothing(column: str) -> None:
    """A value out of range keeps its value, and yet no rule may build on it."""
    filed = filing(
        changed(put("schools", POINT, **{column: "复式" if "type" in column else "999"}))
    )
    told = Finding(Level.MUST_FIX, "V15", Origin("示例县.xlsx", "学校基本情况", "C10"), "甲", "乙",
                   "丙", "schools", (POINT,), column)  # fmt: skip
    assert check(replace(filed, findings=(told,)), year=YEAR).findings == (told,)


@pytest.mark.parametrize(("founded", "asked"), [(YEAR - 3, True), (YEAR - 2, False)])
def test_a_cohort_is_asked_of_schools_old_enough_to_have_sent_one_off(founded, asked) -> None:
    rows = changed(put("schools", JUNIOR, founding_year=founded, built_by_2010=False,
                       built_by_2016=False))  # fmt: skip
    for column in tables()["quality"].columns():
        if column != "school_code":
            rows["quality"][JUNIOR][column] = None
    found = {(each.check, each.table) for each in report_of(rows).findings}
    assert found == ({("S51", "quality")} if asked else set())


def test_a_type_other_than_the_registers_is_one_mistake_and_not_fifty() -> None:
    rows = changed(put("schools", PRIMARY, school_type="junior"))
    assert {each.check for each in report_of(rows).findings} == {"K11.4", "R01"}
    rows = changed(put("schools", SPECIAL, school_type="vocational"))
    assert {each.check for each in report_of(rows).findings} == {"K11.4", "R01"}


def test_a_rented_hall_where_none_may_count_is_one_mistake_and_not_five() -> None:
    rows = changed(dense, put("schools", NINE, dense_urban_core=False))
    assert [each.check for each in report_of(rows).findings] == ["K7.1"]


def test_a_row_whose_code_cannot_be_read_is_not_told_again_as_a_missing_row() -> None:
    filed = filing(changed())
    row = next(r for r in filed.records if r.table == "staffing" and r.key == (PRIMARY,))
    code = replace(row.entries["school_code"], state=State.UNCLEAR, value=None)
    lost = replace(row, key=("",), entries={**row.entries, "school_code": code})
    told = Finding(
        Level.MUST_FIX, "V17", code.origin, "甲", "乙", "丙", "staffing", ("",), "school_code"
    )
    rows = tuple(lost if each is row else each for each in filed.records)
    report = check(replace(filed, records=rows, findings=(told,)), year=YEAR)
    assert report.findings == (told,)
    assert lost in report.filing.records


def test_a_register_row_whose_code_cannot_be_read_hides_one_school_and_no_more() -> None:
    def report(*lost: str):
        rows = filing(changed()).records
        gone = [r for r in rows if r.table == "register" and r.key[0] in lost]
        kept = tuple(r for r in rows if r not in gone)
        code = replace(gone[0].entries["school_code"], state=State.UNCLEAR, value=None)
        unread = replace(gone[0], key=("",), entries={**gone[0].entries, "school_code": code})
        return check(replace(filing(clean()), records=(*kept, unread)), year=YEAR)

    assert report(PRIMARY).findings == ()
    assert {each.check for each in report(PRIMARY, JUNIOR).findings} == {"K11.2"}


def test_a_row_of_basic_facts_whose_code_cannot_be_read_leaves_no_stray_rows_to_tell() -> None:
    def report(*lost: str):
        rows = filing(changed()).records
        gone = [r for r in rows if r.table == "schools" and r.key[0] in lost]
        code = replace(gone[0].entries["school_code"], state=State.UNCLEAR, value=None)
        unread = replace(gone[0], key=("",), entries={**gone[0].entries, "school_code": code})
        records = (*(r for r in rows if r not in gone), unread)
        return check(replace(filing(clean()), records=records), year=YEAR)

    assert report(PRIMARY).findings == ()
    assert {each.check for each in report(PRIMARY, JUNIOR).findings} == {"S54"}


def test_a_county_form_whose_code_cannot_be_read_puts_no_school_in_a_wrong_county() -> None:
    rows = filing(changed(gone(PRIMARY))).records
    form = next(r for r in rows if r.table == "county")
    code = replace(form.entries["county_code"], state=State.UNCLEAR, value=None)
    unread = replace(form, key=("",), entries={**form.entries, "county_code": code})
    records = tuple(unread if r is form else r for r in rows)
    report = check(replace(filing(clean()), records=records), year=YEAR)
    assert [each.check for each in report.findings] == ["K11.1"]


def test_without_a_county_form_only_the_form_is_asked_for() -> None:
    rows = changed(gone(PRIMARY), lambda rows: rows["county"].clear())
    assert {each.check for each in report_of(rows).findings} == {"S55", "K11.1"}


def test_a_row_without_a_code_is_named_at_its_blank_code() -> None:
    filed = filing(changed())
    row = next(r for r in filed.records if r.table == "staffing" and r.key == (PRIMARY,))
    code = replace(row.entries["school_code"], state=State.BLANK, value=None)
    lost = replace(row, key=("",), entries={**row.entries, "school_code": code})
    rows = tuple(lost if each is row else each for each in filed.records)
    [found] = check(replace(filed, records=rows), year=YEAR).findings
    assert (found.check, found.column, found.origin) == ("S51", "school_code", code.origin)


def test_a_sheet_that_the_reader_missed_is_told_once() -> None:
    rows = clean()
    for table in ("finance", "register"):
        rows[table].clear()
    told = Finding(Level.MUST_FIX, "S12", Origin("示例县.xlsx", "", ""), "缺少工作表", "乙", "丙")
    report = check(replace(filing(rows), findings=(told,)), year=YEAR)
    assert report.findings == (told,)


def test_the_sheet_of_basic_facts_that_the_reader_missed_is_told_once() -> None:
    rows = clean()
    rows["schools"].clear()
    told = Finding(Level.MUST_FIX, "S12", Origin("示例县.xlsx", "", ""), "缺少工作表", "乙", "丙")
    report = check(replace(filing(rows), findings=(told,)), year=YEAR)
    assert {each.check for each in report.findings} == {"S12"}


def test_a_school_that_lacks_its_row_on_several_sheets_is_named_once_a_sheet() -> None:
    rows = changed(drop(PRIMARY, "seats", "staffing", "facilities", "finance"))
    found = report_of(rows).findings
    assert {(each.check, each.key) for each in found} == {("S53", (PRIMARY,))}
    assert sorted(each.table for each in found) == ["facilities", "finance", "seats", "staffing"]
    assert all("示例县第一小学" in each.found for each in found)


def test_special_school_funds_are_asked_only_where_there_is_a_special_school() -> None:
    none = changed(drop(SPECIAL, "schools", "register"))
    assert {each.column for each in report_of(none).findings} == {
        "special_ed_funds_total_yuan", "special_ed_pupils",
    }  # fmt: skip
    for value in (DASH, None, 0):
        none["county"][COUNTY] |= {"special_ed_funds_total_yuan": value, "special_ed_pupils": value}
        assert report_of(none).findings == ()


def test_special_school_funds_are_left_open_while_the_special_school_is_put_in_a_wrong_county() -> (
    None
):
    """Nor are sums over the schools taken, for one school may be missing in them."""
    rows = changed(put("schools", SPECIAL, location_unit="410100"),
                   put("county", COUNTY, rotation_eligible=5000))  # fmt: skip
    assert {each.check for each in report_of(rows).findings} == {"K11.6"}


def test_special_school_funds_are_left_open_while_the_special_school_is_missing() -> None:
    rows = changed(drop(SPECIAL, "schools"))
    assert [each.check for each in report_of(rows).findings] == ["K11.1"]
    rows["county"][COUNTY] |= {"special_ed_funds_total_yuan": None, "special_ed_pupils": None}
    assert [each.check for each in report_of(rows).findings] == ["K11.1"]
