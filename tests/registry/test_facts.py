"""Facts are named by their content and by nothing else."""

import errno
import json
import random
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.errors import JunhengError, RefusedError, SnapshotError
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
from junheng.registry.facts import FORMAT, FORMAT_1, canonical_text, digest

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
    assert json.loads(lines[0]) == ["junheng facts 2", "2025"]
    premises = next(json.loads(line) for line in lines if json.loads(line)[0] == "facilities")
    values = next(json.loads(line) for line in lines if "6800.50" in line)
    held = dict(zip(premises[1:], values, strict=True))
    assert held["teaching_auxiliary_area_m2"] == "6800.50"
    assert "gymnasium_area_m2" not in held, "nobody filed one"


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(-(2**40), 2**40),
            st.none() | st.text(st.characters(exclude_categories=("Cs",))),
            st.none() | st.booleans(),
            st.none() | st.dates(),
            st.none() | st.decimals(-999, 999, places=2, allow_nan=False),
        )
    )
)
def test_the_canonical_text_is_what_writing_value_by_value_gives(rows):
    """The columns are turned into text as a whole; here each value by itself, by plain json."""

    def text(value):
        if isinstance(value, bool):
            return str(value).lower()
        return None if value is None else str(value)

    schema = {"a": pl.Int64, "b": pl.String, "c": pl.Boolean, "d": pl.Date, "e": pl.Decimal(18, 2)}
    frame = pl.DataFrame(rows, schema, orient="row")
    held = [each.name for each in frame if each.drop_nulls().len()]
    plain = sorted(
        json.dumps([text(v) for v in row], ensure_ascii=False)
        for row in frame.select(held).iter_rows()
    )
    expected = [json.dumps(["t", *held]), *plain] if held else []
    assert list(canonical_text({"t": frame}, 2025))[1:] == expected


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
    assert golden == ['["示例街道", "2025-03-01", "410199"]']
    assert facts.fingerprint == "8f2012073f962c9e18175577e330540821b73a183141fcb641db82dc62c963d2"


def test_an_empty_table_and_an_empty_column_leave_no_trace_in_the_fingerprint():
    """So the facts of this year keep their name when a table or a column is declared next year."""
    before = Facts.from_rows(rows(), year=2025)
    bare = {
        name: frame.select(each.name for each in frame if each.null_count() < len(each))
        for name, frame in before.frames.items()
        if len(frame)
    }
    assert 0 < len(bare) < len(before.frames)
    assert Facts(2025, bare, before.marks).fingerprint == before.fingerprint
    text = "\n".join(before.canonical_text())
    assert "evidence" not in text
    assert "marks" not in text
    assert "computers" not in text


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
    real = snapshot.write_facts

    def half(facts, folder):
        real(facts, folder)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(snapshot, "write_facts", half)
    with pytest.raises(JunhengError, match="磁盘已满"):
        sealed(tmp_path)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
    monkeypatch.undo()
    assert Snapshot.open(sealed(tmp_path).path)


def test_an_empty_folder_is_no_snapshot(tmp_path):
    with pytest.raises(SnapshotError, match="junheng seal"):
        Snapshot.open(tmp_path)


# --- stores of other versions ------------------------------------------------------------------

NEW_TABLES = ("evidence", "official_results", "statements", "progress", "lineage")
NEW_COLUMNS = {"facilities": ("computers", "books")}


def restored(written: Snapshot, frames: dict[str, pl.DataFrame], form: str) -> Path:
    """The store of `written` as another version would have left it, with these tables."""
    marks = {"marks": written.facts.marks}
    name = digest(canonical_text({**frames, **marks}, 2025, form))
    shutil.rmtree(written.path.parents[1] / "facts")
    folder = written.path.parents[1] / "facts" / name
    folder.mkdir(parents=True)
    for table, frame in {**frames, **marks}.items():
        frame.write_parquet(folder / f"{table}.parquet")
    note = {"format": form, "year": 2025, "fingerprint": name, "tables": sorted(frames)}
    (folder / "facts.json").write_text(json.dumps(note), encoding="utf-8")
    text = json.dumps({**written.seal, "facts": name}, ensure_ascii=False).encode()
    seal_folder = written.path.parent / snapshot._seal_id(2025, text)
    seal_folder.mkdir()
    (seal_folder / "seal.json").write_bytes(text)
    return seal_folder


def without(facts: Facts) -> dict[str, pl.DataFrame]:
    """Tables and columns as they were before the new ones were declared."""
    return {
        name: frame.drop(NEW_COLUMNS.get(name, ()))
        for name, frame in facts.frames.items()
        if name not in NEW_TABLES
    }


@pytest.mark.parametrize("form", [FORMAT, FORMAT_1])
def test_a_store_older_than_the_new_tables_opens_with_empty_ones(tmp_path, form):
    written = sealed(tmp_path)
    opened = Snapshot.open(restored(written, without(written.facts), form))
    assert opened.facts.fingerprint == written.facts.fingerprint, "the same content, the same name"
    for name in NEW_TABLES:
        assert opened.facts[name].schema == written.facts[name].schema
        assert len(opened.facts[name]) == 0
    assert opened.facts["facilities"]["computers"].to_list() == [None]
    assert opened.facts["facilities"].columns == written.facts["facilities"].columns


@pytest.mark.parametrize("form", [FORMAT, FORMAT_1])
def test_an_altered_value_of_an_old_store_is_found_too(tmp_path, form):
    written = sealed(tmp_path)
    path = restored(written, without(written.facts), form)
    file = path.parents[1] / "facts" / json.loads((path / "seal.json").read_text())["facts"]
    altered = pl.read_parquet(file / "schools.parquet").with_columns(founding_year=1999)
    altered.write_parquet(file / "schools.parquet")
    with pytest.raises(SnapshotError, match="改动过"):
        Snapshot.open(path)


def test_a_store_that_holds_more_than_we_know_is_refused_by_name(tmp_path):
    written = sealed(tmp_path)
    more = written.facts.frames["facilities"].with_columns(pl.lit(3).alias("observatories"))
    frames = {**written.facts.frames, "facilities": more, "ponds": pl.DataFrame({"depth": [1]})}
    with pytest.raises(SnapshotError, match=r"facilities\.observatories、ponds.*请升级"):
        Snapshot.open(restored(written, frames, FORMAT))


def test_an_unknown_column_without_a_value_is_no_matter(tmp_path):
    written = sealed(tmp_path)
    more = written.facts.frames["facilities"].with_columns(pl.lit(None).alias("observatories"))
    path = restored(written, {**written.facts.frames, "facilities": more}, FORMAT)
    assert Snapshot.open(path).facts.fingerprint == written.facts.fingerprint


def test_an_unknown_format_is_refused(tmp_path):
    written = sealed(tmp_path)
    with pytest.raises(SnapshotError, match="junheng facts 9"):
        Snapshot.open(restored(written, dict(written.facts.frames), "junheng facts 9"))
