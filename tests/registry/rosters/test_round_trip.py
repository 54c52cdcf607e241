"""Persons that add up to an invented county are counted back into exactly its figures."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from registry.rosters.persons import Registers, registers

from junheng.registry import Level, check, read, seal, tables
from junheng.registry.rosters import Counted, count_registers, shipped, write_workbooks
from junheng.registry.rosters.taking import columns_counted
from junheng.registry.template import write_filled
from junheng.sample import marks_of

pytestmark = pytest.mark.slow

COLUMNS = sorted(columns_counted(tuple(shipped().values())))
NOTHING_SAID = {None, 0}


@pytest.fixture(scope="module")
def county() -> Registers:
    return registers()


@pytest.fixture(scope="module")
def counted(county: Registers, tmp_path_factory: pytest.TempPathFactory) -> Counted:
    return count_registers([county.write(tmp_path_factory.mktemp("台账"))], year=2025)


def test_the_registers_of_the_county_have_nothing_to_mend(counted: Counted) -> None:
    assert [each.sentence for each in counted.blocking] == []


def test_every_figure_of_every_school_comes_back(county: Registers, counted: Counted) -> None:
    """A stage without one row is left blank where the county files 0: nothing else differs."""
    wrong, same = [], 0
    for row in counted.schools.iter_rows(named=True):
        filed = county.wide[row["school_code"]]
        for column in COLUMNS:
            got, want = row.get(column), filed.get(column)
            if got == want:
                same += got is not None
            elif not (got is None and want == 0):
                wrong.append((row["school_code"], filed["school_type"], column, want, got))
    assert wrong == []
    assert same > 40 * 40


def test_no_column_that_can_be_counted_stays_empty_in_the_whole_county(counted: Counted) -> None:
    empty = {c for c in COLUMNS if not counted.schools[c].count()}
    assert empty <= {"enrolment_kindergarten"} | {c for c in COLUMNS if c.startswith("visiting_")}


def test_the_list_of_classes_adds_up_to_the_grades(county: Registers, counted: Counted) -> None:
    sums = counted.classes.group_by("school_code", "grade").agg(n="pupils").rows()
    for code, grade, sizes in sums:
        assert sum(sizes) == county.wide[code][f"enrolment_grade_{grade}"]


def test_the_workbook_passes_the_check_but_for_what_is_left_to_type(
    counted: Counted, tmp_path: Path
) -> None:
    (path,) = write_workbooks(tmp_path, counted)
    assert path.name == "410199示例县.xlsx"
    filing = read([path])
    assert [each.sentence for each in filing.findings if each.level is Level.MUST_FIX] == []
    assert len(filing.of("classes")) == len(counted.classes)
    report = check(filing, year=2025)
    found = [each for each in report.findings if each.level is Level.MUST_FIX]
    assert {each.check for each in found} <= {"S51"}, "nothing is wrong but what is blank"
    blank = {each.column for each in found}
    assert {"equipment_value_yuan", "campus_area_m2"} <= blank
    seats = {record.key[0]: record for record in filing.of("seats")}
    for row in counted.schools.iter_rows(named=True):
        for column in tables()["seats"].columns():
            if column != "school_code":
                assert seats[row["school_code"]].value(column) == row.get(column)


def test_with_the_rest_typed_it_is_checked_and_sealed_like_any_filing(
    county: Registers, counted: Counted, tmp_path: Path
) -> None:
    """What the registers do not hold comes in a second workbook; the reader joins the two."""
    (path,) = write_workbooks(tmp_path, counted)
    given = {row["school_code"]: row for row in counted.schools.iter_rows(named=True)}
    rest = {
        table: [
            {k: v for k, v in row.items() if given.get(row["school_code"], {}).get(k) is None
             or (k in tables()["schools"].columns() and k != "boarders")}
            for row in rows
        ]
        if tables()[table].per_school else rows
        for table, rows in county.filed.items()
    }  # fmt: skip
    typed = tmp_path / "其余.xlsx"
    marks = marks_of(county.filed, year=2025)
    write_filled(typed, rest, marks, year=2025, county_name="示例县")
    report = check(read([path, typed]), year=2025)
    assert [each.sentence for each in report.at(Level.MUST_FIX)] == []
    sealed = seal(report, tmp_path / "库", year=2025, by="测试", on=date(2025, 10, 20))
    assert sealed.facts["seats"]["enrolment_primary"].sum() == sum(
        row["enrolment_primary"] or 0 for row in county.filed["seats"]
    )
    origin = sealed.origins.filter(column="enrolment_primary", file=path.name).filter(
        pl.col("raw") != "—"
    )
    assert len(origin) == counted.schools["enrolment_primary"].count()
