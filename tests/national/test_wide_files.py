"""Wide files: what is written, what is refused, and why."""

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from threading import Event
from time import sleep

import polars as pl
import pytest
from national.in_bulk import ON, bulk_parts, bulk_spreads, facts_of, stored
from oracle.cases import batch
from publish.sealed_cases import sealed, two_counties

from junheng.cli import run
from junheng.errors import MisuseError, RefusedError
from junheng.indicators.wide import wide_rows, wide_schema
from junheng.indicators.wide.stages import LISTED, asked, dashed, owes, without_denied_classes
from junheng.registry import school_columns
from junheng.registry.applicability import must_fill
from junheng.studies.national import assess_wide, write_wide

pytestmark = pytest.mark.slow

INPUTS = "junheng.registry.parquet_inputs"


@pytest.fixture(scope="module")
def rows():
    return wide_rows(facts_of(batch(range(12))))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return sealed(two_counties(), tmp_path_factory.mktemp("store"))


def refusal(tmp_path, frame, *, error=RefusedError, engine="polars"):
    path = tmp_path / "wide.parquet"
    frame.write_parquet(path)
    with pytest.raises(error) as raised:
        assess_wide([str(path)], engine=engine, on=ON, out=tmp_path / "out")
    assert [each.name for each in tmp_path.iterdir()] == ["wide.parquet"], "nothing is left behind"
    return str(raised.value)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_folders_by_county_and_year_say_the_same_as_one_flat_file(tmp_path, snapshot, engine):
    written = write_wide([snapshot], tmp_path / "wide")
    assert sorted(written["county"]) == sorted({*snapshot.facts.schools["location_unit"]})
    flat = stored(tmp_path / "flat", [snapshot.facts])
    outs = [
        assess_wide([path], engine=engine, on=ON, out=tmp_path / f"out{place}").out
        for place, path in enumerate((str(tmp_path / "wide"), flat))
    ]
    assert bulk_parts(outs[0]) == bulk_parts(outs[1])
    assert bulk_spreads(outs[0]) == bulk_spreads(outs[1])


@pytest.mark.parametrize("portion", [1, 10**6])
def test_files_of_whichever_years_say_the_same_as_one(tmp_path, rows, monkeypatch, portion):
    """A file of several years, a year in several files, a file without rows."""
    monkeypatch.setattr("junheng.studies.national.engines.PORTION_ROWS", portion)
    every = pl.concat(rows.with_columns(pl.col("year") + each) for each in range(3))
    middle, last = (rows["year"].item(0) + each for each in (1, 2))
    before, after = every.filter(year=middle).head(9), every.filter(year=middle).slice(9)
    apart = {
        "a": pl.concat([before, every.filter(year=last).head(7)]),
        "b": every.clear(),
        "c": every.filter(pl.col("year") < middle),
        "d": pl.concat([every.filter(year=last).slice(7), after]),
    }
    for name, frame in {"whole": every, **apart}.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    outs = [
        assess_wide(
            [str(tmp_path / f"{name}.parquet") for name in names],
            engine="polars", on=ON, out=tmp_path / f"out{place}",
        ).out
        for place, names in enumerate((["whole"], apart))
    ]  # fmt: skip
    assert len({*bulk_parts(outs[0])}) > 100
    assert bulk_parts(outs[0]) == bulk_parts(outs[1])
    assert bulk_spreads(outs[0]) == bulk_spreads(outs[1])


def test_the_same_county_and_year_is_written_once(tmp_path, snapshot):
    with pytest.raises(RefusedError, match=f"{snapshot.path.name}、{snapshot.path.name}"):
        write_wide([snapshot, snapshot], tmp_path / "wide")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_not_written_over(tmp_path, snapshot):
    (tmp_path / "wide").mkdir()
    with pytest.raises(MisuseError, match="已经存在"):
        write_wide([snapshot], tmp_path / "wide")


def test_all_wrong_columns_are_named_at_once(tmp_path, rows):
    wrong = rows.drop("teachers_pe_primary").with_columns(
        pl.col("year").cast(pl.String), pl.col("equipment_value_yuan").cast(pl.Float64)
    )
    told = refusal(tmp_path, wrong, error=MisuseError)
    assert "3处" in told
    assert "缺 teachers_pe_primary（小学体育专任教师人数，整数）" in told
    assert "year（学年（2025 表示 2025—2026 学年））的类型是 String" in told
    assert "equipment_value_yuan" in told


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_what_cannot_be_facts_is_named_at_once(tmp_path, rows, engine):
    first = pl.int_range(pl.len()) == 0
    wrong = rows.with_columns(
        pl.when(first).then(-1).otherwise("teachers_pe_primary").alias("teachers_pe_primary"),
        pl.when(first)
        .then(pl.lit(Decimal("10000000.01"), pl.Decimal(18, 2)))
        .otherwise("sports_ground_area_m2")
        .alias("sports_ground_area_m2"),
        pl.when(~first).then("county").alias("county"),
    )
    told = refusal(tmp_path, pl.concat([wrong, wrong.tail(2)]), engine=engine)
    assert "county（学校所在区县代码）有1行是空的" in told
    assert "重复的学校，共2所" in told
    assert "有 -1，应在 0 与 5000 之间" in told
    assert "有 10000000.01，应在 0 与 10000000 之间" in told


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_the_largest_amount_that_a_column_can_hold_is_named(tmp_path, rows, engine):
    """A filler of nines: in hundredths it has as many digits as 64 bits hold, and must not overflow."""
    first = pl.int_range(pl.len()) == 0
    nines = pl.lit(Decimal("9999999999999999.99"), pl.Decimal(18, 2))
    areas = [n for n in ("sports_ground_area_m2", "equipment_value_yuan") if n in rows.columns]
    wrong = rows.with_columns(pl.when(first).then(nines).otherwise(n).alias(n) for n in areas)
    told = refusal(tmp_path, wrong, engine=engine)
    assert told.count("有 9999999999999999.99，应在 0 与") == len(areas) == 2


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_count_beyond_64_bits_is_named_with_every_other_fault(tmp_path, rows, engine):
    """Another program may write whole numbers without a sign, which reach twice as far as ours."""
    first = pl.int_range(pl.len()) == 0
    unsigned = pl.col("enrolment_primary").cast(pl.UInt64)
    most = pl.lit(2**64 - 1, pl.UInt64)
    wrong = rows.with_columns(
        pl.when(first).then(most).otherwise(unsigned).alias("enrolment_primary"),
        pl.when(first).then(-1).otherwise("teachers_pe_primary").alias("teachers_pe_primary"),
    )
    told = refusal(tmp_path, pl.concat([wrong, wrong.tail(1)]), engine=engine)
    assert "有 18446744073709551615，应在 0 与 20000 之间" in told
    assert "有 -1，应在 0 与 5000 之间" in told
    assert "重复的学校，共1所" in told


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_counts_without_a_sign_are_read(tmp_path, rows, engine):
    unsigned = rows.with_columns(pl.col("enrolment_primary").cast(pl.UInt64))
    outs = []
    for name, frame in (("signed", rows), ("unsigned", unsigned)):
        frame.write_parquet(tmp_path / f"{name}.parquet")
        out = tmp_path / f"out-{name}"
        outs.append(assess_wide([str(tmp_path / f"{name}.parquet")], engine=engine, on=ON, out=out))
    assert bulk_parts(outs[0].out) == bulk_parts(outs[1].out)


@pytest.mark.parametrize("years", [1, 2])
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_school_that_occurs_twice_is_named(tmp_path, rows, years, engine):
    """In a single year, where different codes are counted, and among several."""
    several = pl.concat(rows.with_columns(pl.col("year") + each) for each in range(years))
    told = refusal(tmp_path, pl.concat([several, several.tail(1)]), engine=engine)
    year, code = several.select("year", "school_code").row(-1)
    assert f"同一学年有重复的学校，共1所，例如{year}学年的 {code}" in told


def test_a_table_that_cannot_be_written_leaves_nothing_behind(tmp_path, rows, monkeypatch):
    """It is written by another thread, which must say so."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("junheng.studies.national.engines.written", full)
    assert "No space left" in refusal(tmp_path, rows, error=OSError)


@pytest.mark.parametrize("why", [RefusedError, KeyboardInterrupt])
def test_nobody_waits_for_hashing_where_nothing_is_assessed(tmp_path, rows, monkeypatch, why):
    """A nation takes tens of seconds to hash; here every piece takes a hundredth."""
    pieces, hashed, hashing = 400, [], Event()

    class Slow:
        def update(self, piece):
            hashing.set()
            hashed.append(len(piece))
            sleep(0.01)

    def refused(*_, **__):
        assert hashing.wait(timeout=30)
        raise why("found at once")

    path = tmp_path / "wide.parquet"
    rows.write_parquet(path)
    monkeypatch.setattr(f"{INPUTS}.hashlib.sha256", Slow)
    monkeypatch.setattr(f"{INPUTS}.CHUNK", path.stat().st_size // pieces)
    monkeypatch.setattr("junheng.studies.national.bulk.begun", refused)
    with pytest.raises(why, match="found at once"):
        assess_wide([str(path)], engine="polars", on=ON, out=tmp_path / "out")
    assert len(hashed) < pieces / 2


def test_no_rows_and_no_files_are_refused(tmp_path, rows):
    assert "一行也没有" in refusal(tmp_path, rows.clear(), error=MisuseError)
    with pytest.raises(MisuseError, match="没有 Parquet 文件"):
        assess_wide([str(tmp_path / "none*")], engine="polars", on=ON, out=tmp_path / "out")


def test_who_owes_what_is_as_the_form_says(rows):
    """The expressions of wide rows against the conditions of the form, row by row."""
    import narwhals as nw

    frame = nw.from_native(rows.with_columns(pl.lit(None, pl.String).alias("not_applicable")))
    frame = frame.lazy().with_columns(*without_denied_classes()).with_columns(*asked())
    read = [name for name in wide_schema() if name in school_columns() and owed(name)]
    found = frame.select(*(owes(name).alias(name) for name in read)).collect().to_native()
    wanted = [
        {name: row[name] is None and must_fill(school_columns()[name], row) for name in read}
        for row in rows.iter_rows(named=True)
    ]
    assert found.to_dicts() == wanted
    assert any(each for row in wanted for each in row.values())


LISTS = (
    None,
    "",
    "attached_primary_enrolment",
    "attached_primary_enrolment,teachers_pe_primary",
    "teachers_pe_primary,attached_primary_enrolment",
    "rooms,attached_primary_enrolment,rooms",
    "enrolment_senior, attached_primary_enrolment",
    "attached_primary_enrolment ,enrolment_senior",
    "x_attached_primary_enrolment",
    "attached_primary_enrolment_x",
    "attached_primary_enrolment\n",
    "\nattached_primary_enrolment",
    "attached_junior_enrolment\nattached_primary_enrolment",
    "attached_junior_enrolment",
)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_attached_classes_have_nobody_where_the_list_names_them_as_it_names_other_columns(engine):
    """One row must not be read in two ways: missing is not zero."""
    import duckdb
    import narwhals as nw

    names = [f"attached_{stage}_enrolment" for stage in ("primary", "junior")]
    rows = pl.DataFrame(
        {"row": range(len(LISTS)), "not_applicable": LISTS, "school_type": "nine_year"}
        | dict.fromkeys(names),
        schema_overrides=dict.fromkeys(names, pl.Int64),
    )
    frame = nw.from_native(rows.lazy() if engine == "polars" else duckdb.sql("FROM rows"))
    lists = frame.with_columns(*asked())
    wanted = lists.select("row", *(dashed(n, nw.col(LISTED)).alias(n) for n in names))
    found = frame.with_columns(*without_denied_classes()).select("row", *names)
    zero, named = (each.sort("row").collect("polars").to_native() for each in (found, wanted))
    for name in names:
        assert (zero[name] == 0).fill_null(value=False).to_list() == named[name].to_list(), name
    assert named[names[0]].sum() == 4


def owed(name):
    return name.startswith(("teachers_", "key_")) or name.endswith(("_m2", "_yuan", "rooms"))


def test_an_engine_that_is_not_installed_is_asked_for(tmp_path, rows, monkeypatch):
    def without(name):
        raise ImportError(name)

    monkeypatch.setattr("junheng.studies.national.engines.import_module", without)
    told = refusal(tmp_path, rows, error=MisuseError, engine="duckdb")
    assert told == "没有安装 duckdb，不能用这个引擎。请先运行 pip install 'junheng[duckdb]'。"


def test_the_command_writes_a_receipt_and_tells_of_each_year(tmp_path, rows, capsys):
    rows.write_parquet(tmp_path / "wide.parquet")
    asked = ["assess", "--engine", "polars", str(tmp_path / "wide.parquet"), "--on", "2026-03-31"]
    assert run([*asked, "-o", str(tmp_path / "out")]) == 0
    assert "2025" in capsys.readouterr().out
    receipt = json.loads((tmp_path / "out" / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["rows"] == len(rows)
    content = (tmp_path / "wide.parquet").read_bytes()
    assert [each["sha256"] for each in receipt["inputs"]] == [sha256(content).hexdigest()]
    assert receipt["on"] == date(2026, 3, 31).isoformat()
    assert receipt["relaxations"] == []
    assert receipt["gap_steps"]["L5"] == "0.01㎡"
    assert {each["code"] for each in receipt["clauses"]} >= {"L1", "L7"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "abacus", "-o", "OUT"], "没有名为“abacus”的引擎"),
        (["--engine", "polars"], "请用 -o 写明"),
        (["--engine", "polars", "-o", "OUT", "--relax", "X1"], "不能与 --relax 一起用"),
        (["--engine", "polars", "-o", "OUT", "--reading", "campus=school"], "不能与 --reading"),
        (["--engine", "polars", "-o", "OUT", "--master", "local"], "只与 --engine spark"),
        (["--engine", "polars", "-o", "OUT", "--scheme", "2012-basic"], "不逐校判定"),
        (["--master", "local"], "只与 --engine spark"),
    ],
)
def test_words_that_do_not_fit_are_told(tmp_path, rows, capsys, words, told):
    rows.write_parquet(tmp_path / "wide.parquet")
    words = [str(tmp_path / "out") if word == "OUT" else word for word in words]
    asked = ["assess", str(tmp_path / "wide.parquet"), "--on", "2026-03-31", *words]
    assert run(asked) == 2
    assert told in capsys.readouterr().err


def test_only_one_snapshot_is_assessed_at_a_time(capsys):
    assert run(["assess", "a", "b", "--on", "2026-03-31"]) == 2
    assert "这里给出了2个" in capsys.readouterr().err
