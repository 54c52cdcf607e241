"""Facts are named by their content and by nothing else."""

import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.errors import RefusedError, SnapshotError
from junheng.registry import (
    Entry,
    Facts,
    Filing,
    Finding,
    Level,
    Origin,
    Record,
    Report,
    Snapshot,
    Source,
    State,
    seal,
    snapshot,
    tables,
)

SCHOOL = {
    "school_code": "2141000001",
    "school_name": "示例县第一小学",
    "founding_year": 1998,
    "built_by_2010": True,
}
PREMISES = {"school_code": "2141000001", "teaching_auxiliary_area_m2": Decimal("6800.50")}


def rows(**more):
    return {"schools": [SCHOOL], "facilities": [PREMISES], **more}


def record(table, row, *, note=None, file="县.xlsx"):
    entries = {
        name: Entry(
            State.FILED,
            row[name],
            Origin(file, tables()[table].label, f"A{i}", str(row[name])),
            note,
        )
        if row.get(name) is not None
        else Entry(State.BLANK, None, Origin(file, tables()[table].label, f"A{i}"))
        for i, name in enumerate(tables()[table].columns(), 1)
    }
    key = tuple(str(row[k]) for k in tables()[table].key)
    return Record(table, key, entries, Origin(file, tables()[table].label, "A5"))


def report(*records, findings=(), files=("县.xlsx",)):
    sources = tuple(Source(name, name.encode().hex().ljust(64, "0"), 1) for name in files)
    return Report(Filing(tuple(records), (), sources, "1-test"), tuple(findings))


def sealed(store: Path, *, by="填报人"):
    return seal(
        report(record("schools", SCHOOL), record("facilities", PREMISES)),
        store,
        year=2025,
        by=by,
        on=date(2025, 10, 20),
    )


def test_the_order_of_rows_leaves_no_trace_in_the_fingerprint():
    many = [{**SCHOOL, "school_code": f"21410000{n:02d}"} for n in range(30)]
    shuffled = many.copy()
    random.Random(1).shuffle(shuffled)
    assert (
        Facts.from_rows({"schools": many}, year=2025).fingerprint
        == Facts.from_rows({"schools": shuffled}, year=2025).fingerprint
    )


@given(change=st.sampled_from(["year", "value", "missing", "mark", "zero"]))
def test_any_change_of_content_changes_the_fingerprint(change):
    base = Facts.from_rows(rows(), year=2025)
    other = {
        "year": lambda: Facts.from_rows(rows(), year=2024),
        "value": lambda: Facts.from_rows(
            rows(facilities=[{**PREMISES, "teaching_auxiliary_area_m2": Decimal("6800.51")}]),
            year=2025,
        ),
        "missing": lambda: Facts.from_rows(
            rows(facilities=[{**PREMISES, "teaching_auxiliary_area_m2": None}]), year=2025
        ),
        "zero": lambda: Facts.from_rows(
            rows(facilities=[{**PREMISES, "gymnasium_area_m2": Decimal(0)}]), year=2025
        ),
        "mark": lambda: Facts.from_rows(
            rows(), [("seats", "2141000001", "enrolment_junior", "不适用", "")], year=2025
        ),
    }[change]()
    assert other.fingerprint != base.fingerprint


def test_the_canonical_text_is_plain_json_that_anyone_can_hash():
    lines = list(Facts.from_rows(rows(), year=2025).canonical_text())
    assert json.loads(lines[0]) == ["junheng facts 1", "2025"]
    premises = next(json.loads(line) for line in lines if json.loads(line)[0] == "facilities")
    values = next(json.loads(line) for line in lines if "6800.50" in line)
    held = dict(zip(premises[1:], values, strict=True))
    assert held["teaching_auxiliary_area_m2"] == "6800.50"
    assert held["gymnasium_area_m2"] is None


def test_the_fingerprint_is_frozen_by_a_golden_value():
    """A change here breaks every published fingerprint: it needs a new format number."""
    facts = Facts.from_rows(
        {
            "dense_areas": [
                {"county_code": "410199", "area_name": "示例街道", "certified_on": date(2025, 3, 1)}
            ]
        },
        year=2025,
    )
    golden = [line for line in facts.canonical_text() if "示例街道" in line]
    assert golden == ['["示例街道", null, "2025-03-01", "410199", null]']


def test_explanations_and_inapplicable_cells_travel_with_the_facts():
    filed = record("facilities", PREMISES, note="新建综合楼")
    facts = Facts.of([filed], year=2025)
    assert facts.mark("facilities", "2141000001", "teaching_auxiliary_area_m2") == "新建综合楼"
    assert facts.mark("facilities", "2141000001", "music_rooms") is None


def test_a_snapshot_opens_with_the_same_facts(tmp_path):
    written = sealed(tmp_path)
    opened = Snapshot.open(written.path)
    assert opened.facts.fingerprint == written.facts.fingerprint
    assert opened.facts["facilities"]["teaching_auxiliary_area_m2"][0] == Decimal("6800.50")
    assert Snapshot.open(tmp_path).path == written.path, (
        "a store with one seal may be named by itself"
    )


def test_one_workbook_or_many_gives_the_same_facts(tmp_path):
    one = sealed(tmp_path / "one")
    many = seal(
        report(record("facilities", PREMISES, file="乙.xlsx"), record("schools", SCHOOL, file="甲.xlsx"), files=("甲.xlsx", "乙.xlsx")),
        tmp_path / "many", year=2025, by="填报人", on=date(2025, 10, 20),
    )  # fmt: skip
    assert one.facts.fingerprint == many.facts.fingerprint
    assert one.path.name != many.path.name, "the seals differ: other files"


def test_every_value_knows_its_file_sheet_and_cell(tmp_path):
    origins = sealed(tmp_path).origins
    found = origins.filter(pl.col("column") == "teaching_auxiliary_area_m2").row(0, named=True)
    assert (found["file"], found["sheet"], found["raw"]) == ("县.xlsx", "校舍场地设备", "6800.50")
    assert found["sha256"].startswith("县.xlsx".encode().hex())


def test_sealing_twice_gives_the_same_bytes(tmp_path):
    first, second = sealed(tmp_path / "a"), sealed(tmp_path / "b")
    for one in sorted((tmp_path / "a").rglob("*.*")):
        other = tmp_path / "b" / one.relative_to(tmp_path / "a")
        assert one.read_bytes() == other.read_bytes(), one.name
    assert first.path.name == second.path.name


def test_what_must_be_fixed_cannot_be_sealed(tmp_path):
    wrong = Finding(
        Level.MUST_FIX, "V01", Origin("县.xlsx", "教师", "C5", "x"), "错", "应为整数", "改"
    )
    with pytest.raises(RefusedError, match="1 处“必须改”"):
        seal(
            report(record("schools", SCHOOL), findings=[wrong]),
            tmp_path / "store",
            year=2025,
            by="填报人",
            on=date(2025, 10, 20),
        )
    assert not (tmp_path / "store").exists()


def test_an_altered_value_is_found(tmp_path):
    written = sealed(tmp_path)
    file = tmp_path / "facts" / written.facts.fingerprint / "facilities.parquet"
    changed = pl.read_parquet(file).with_columns(
        pl.lit(Decimal("9999.00")).cast(pl.Decimal(18, 2)).alias("teaching_auxiliary_area_m2")
    )
    changed.write_parquet(file)
    with pytest.raises(SnapshotError, match="改动过"):
        Snapshot.open(written.path)


def test_an_altered_seal_is_found(tmp_path):
    written = sealed(tmp_path)
    file = written.path / "seal.json"
    file.write_text(file.read_text(encoding="utf-8").replace("填报人", "别人"), encoding="utf-8")
    with pytest.raises(SnapshotError, match="改动过"):
        Snapshot.open(written.path)


@pytest.mark.parametrize("damage", ["truncate", "delete", "no facts"])
def test_a_damaged_snapshot_says_so(tmp_path, damage):
    written = sealed(tmp_path)
    folder = tmp_path / "facts" / written.facts.fingerprint
    if damage == "truncate":
        (folder / "staffing.parquet").write_bytes(b"PAR1")
    elif damage == "delete":
        (folder / "staffing.parquet").unlink()
    else:
        (folder / "facts.json").unlink()
    with pytest.raises(SnapshotError):
        Snapshot.open(written.path)


def test_a_store_with_two_seals_asks_which(tmp_path):
    first = sealed(tmp_path)
    second = sealed(tmp_path, by="另一人")
    with pytest.raises(SnapshotError) as asked:
        Snapshot.open(tmp_path)
    assert first.path.name in str(asked.value)
    assert second.path.name in str(asked.value)


def test_a_crash_while_writing_leaves_nothing_behind(tmp_path, monkeypatch):
    real = snapshot._write_facts

    def half(facts, folder):
        real(facts, folder)
        raise OSError("disk full")

    monkeypatch.setattr(snapshot, "_write_facts", half)
    with pytest.raises(OSError, match="disk full"):
        sealed(tmp_path)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
    monkeypatch.undo()
    assert Snapshot.open(sealed(tmp_path).path)


def test_an_empty_folder_is_no_snapshot(tmp_path):
    with pytest.raises(SnapshotError, match="junheng seal"):
        Snapshot.open(tmp_path)
