"""Thousands of spoilt files: each ends in a clear Chinese sentence or in a right reading.

No traceback, no hang, nothing written in part. The counts are told when the run ends.
"""

import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from malice.cases import (
    CHINESE,
    SMALL,
    assert_there,
    outcome_of_filing,
    outcome_of_statistics,
    statistics_of,
)
from malice.commands import Tally, seal_words
from malice.mutations import MUTATIONS, MUTATIONS_OF_TEXT, Mutation
from registry.handmade import minimal, write_book
from registry.statistics_books import wide, write_set

from junheng import cli
from junheng.registry import Filing, State, read
from junheng.registry.statistics import shipped
from junheng.registry.store_verifying import verify_store
from junheng.registry.whole_file import ASIDE
from junheng.sample import fill_workbook, make_county

FORMS = ("教基1001", "教基3112")


@dataclass(frozen=True)
class Kind:
    """A kind of file: real ones to spoil, the ways of spoiling, how a spoilt one is judged."""

    name: str
    suffix: str
    originals: Callable[[], list[bytes]]
    mutations: dict[str, Mutation]
    judge: Callable[[Path, int], str]
    few: int
    many: int
    """Cases a mutation in `make test` and in `make prove`."""


@cache
def workbooks() -> list[bytes]:
    """As our template, as another library and as a small county write them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        one = write_book(folder / "一.xlsx", minimal(seats={"enrolment_primary": 600}))
        again = folder / "二.xlsx"
        openpyxl.load_workbook(one).save(again)
        fill_workbook(folder / "三.xlsx", seed=5, schools=12)
        return [each.read_bytes() for each in (one, again, folder / "三.xlsx")]


@cache
def forms() -> list[bytes]:
    """Two forms of the statistics; the other one stays whole beside the spoilt one."""
    schools = [s for s in wide(make_county(seed=1, schools=24)) if s["school_type"] == "primary"]
    others = [form.form for form in shipped().form if form.form not in FORMS]
    with TemporaryDirectory() as name:
        paths = write_set(Path(name), schools, without=others)
        return [each.read_bytes() for each in paths]


@cache
def texts() -> list[bytes]:
    rows = "".join(f"21410000{n:02d},示例县第{n}小学,小学,410199\r\n" for n in range(1, 9))
    return [("school_code,school_name,school_type,location_unit\r\n" + rows).encode()]


def judged_as_filing(path: Path, original: int) -> str:
    contents = texts() if path.suffix == ".csv" else workbooks()
    return outcome_of_filing(path, read([path], limits=SMALL), _unspoilt(contents, original, path))


def _unspoilt(contents: list[bytes], number: int, path: Path) -> object:
    key = (path.name, number)
    if key not in BEFORE:
        with TemporaryDirectory() as name:
            whole = Path(name) / path.name
            whole.write_bytes(contents[number])
            BEFORE[key] = read([whole], limits=SMALL)
    return BEFORE[key]


BEFORE: dict[tuple[str, int], object] = {}


def judged_as_statistics(path: Path, original: int) -> str:
    beside = path.with_name("另一张.xlsx")
    beside.write_bytes(forms()[1 - original])
    key = ("统计", original)
    if key not in BEFORE:
        spoilt = path.read_bytes()
        path.write_bytes(forms()[original])
        BEFORE[key] = statistics_of([path, beside])
        path.write_bytes(spoilt)
    return outcome_of_statistics([path, beside], BEFORE[key])


KINDS = (
    Kind("填报工作簿", ".xlsx", workbooks, MUTATIONS, judged_as_filing, 8, 90),
    Kind("统计报表", ".xlsx", forms, MUTATIONS, judged_as_statistics, 4, 50),
    Kind("CSV", ".csv", texts, MUTATIONS_OF_TEXT, judged_as_filing, 10, 90),
)
CASES = [
    pytest.param(kind, how, count, marks=mark, id=f"{kind.suffix[1:]}{n}-{m}-{count}")
    for mark, wanted in ((pytest.mark.slow, "few"), (pytest.mark.prove, "many"))
    for n, kind in enumerate(KINDS)
    for m, how in enumerate(kind.mutations)
    for count in [getattr(kind, wanted)]
]


@pytest.mark.parametrize(("kind", "how", "count"), CASES)
def test_a_spoilt_file_ends_in_a_sentence_or_in_a_right_reading(
    kind: Kind, how: str, count: int, tmp_path: Path, tally: Tally
) -> None:
    originals = kind.originals()
    path = tmp_path / f"甲{kind.suffix}"

    @settings(max_examples=count, suppress_health_check=[*HealthCheck], database=None)
    @given(number=st.integers(0, len(originals) - 1), chance=st.randoms(use_true_random=False))
    def case(number: int, chance: random.Random) -> None:
        path.write_bytes(kind.mutations[how](originals[number], chance))
        tally[f"变异 {kind.name}：{kind.judge(path, number)}"] += 1
        tally["变异，合计"] += 1

    case()
    assert {each.name for each in tmp_path.iterdir()} <= {path.name, "另一张.xlsx"}


# --- structure ---------------------------------------------------------------------------------

CELL = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.sampled_from(["无", "—", "０", "45%", "约四十五", "1,000", "=1+1", "2025年", "二〇二五"]),
)  # fmt: skip
FILES = st.fixed_dictionaries(
    {
        "sheets": st.lists(
            st.tuples(
                st.sampled_from(["学校名册", "校舍场地设备", "区县填报表", "表", "学校名册 "]),
                st.lists(st.lists(CELL, max_size=6), max_size=8),
                st.booleans(),
            ),
            min_size=1, max_size=4, unique_by=lambda each: each[0].strip(),
        )
    }
)  # fmt: skip


NOTHING = Filing((), (), (), None)
"""What was read before: nothing, so that every problem is new."""


@pytest.mark.parametrize(
    "count", [pytest.param(8, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.prove)]
)
def test_a_workbook_of_any_structure_ends_well(count: int, tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "甲.xlsx"
    headed = [["school_code", "school_name", "school_type", "location_unit"]]

    @settings(max_examples=count, suppress_health_check=[*HealthCheck], database=None)
    @given(made=FILES)
    def case(made: dict[str, list[tuple[str, list[list[object]], bool]]]) -> None:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows, hidden in made["sheets"]:
            sheet = book.create_sheet(name)
            for row in [*([[]] * 3), *headed, *rows]:
                sheet.append(row)
            sheet.sheet_state = "hidden" if hidden and len(book.worksheets) > 1 else "visible"
        book.save(path)
        found = read([path], limits=SMALL)
        tally[f"任意结构的工作簿：{outcome_of_filing(path, found, NOTHING)}"] += 1
        filed = [e for r in found.records for e in r.entries.values() if e.state is State.FILED]
        assert_there(path, [(e.origin.sheet, e.origin.cell, e.origin.raw) for e in filed])
        tally["变异，合计"] += 1

    case()


# --- the whole command line --------------------------------------------------------------------


def spoilt_book(path: Path, chance: random.Random) -> Path:
    how = chance.choice(sorted(MUTATIONS))
    path.write_bytes(MUTATIONS[how](workbooks()[2], chance))
    return path


@pytest.mark.parametrize(
    "count", [pytest.param(4, marks=pytest.mark.slow), pytest.param(80, marks=pytest.mark.prove)]
)
def test_the_commands_write_the_whole_or_nothing_of_a_spoilt_workbook(
    count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], tally: Tally
) -> None:
    chance = random.Random(count)
    for number in range(count):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = spoilt_book(folder / "甲.xlsx", chance)
        marked, store = folder / "标注.xlsx", folder / "库"
        capsys.readouterr()
        status = cli.run(["check", str(path), "--json", "--mark", str(marked)])
        record = json.loads(capsys.readouterr().out)
        assert (status == 0) is record["acceptable"]
        if marked.exists():
            with zipfile.ZipFile(marked) as archive:
                assert archive.testzip() is None
        sealed = cli.run(seal_words(path, store))
        assert (sealed == 0) is record["acceptable"]
        said = capsys.readouterr()
        assert CHINESE.search(said.out if sealed == 0 else said.err)
        assert store.exists() is (sealed == 0)
        if sealed == 0:
            assert verify_store(store).sound
        assert not [each for each in folder.rglob("*") if each.name.startswith(ASIDE)]
        told = "封存" if sealed == 0 else "一句话拒绝封存"
        tally[f"变异，走完 check --mark 与 seal：{told}"] += 1
        tally["变异，合计"] += 1


WEIGHED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as peak:
    peak.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)
"""
"""Between the tests and what is weighed: a process counts as its own peak what its parent held when it
was started, and a worker of the tests may hold a gibibyte."""


@pytest.mark.parametrize(
    "count", [pytest.param(2, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.prove)]
)
@pytest.mark.skipif(sys.platform != "linux", reason="内存用量只在 Linux 上这样量")
def test_a_fresh_process_stays_small_and_says_no_traceback(
    count: int, tmp_path: Path, tally: Tally
) -> None:
    chance = random.Random(-count)
    for number in range(count):
        path = spoilt_book(tmp_path / f"{number}.xlsx", chance)
        told, peak = tmp_path / "told", tmp_path / "peak"
        words = [sys.executable, "-ISc", WEIGHED, str(peak), sys.executable, "-m", "junheng"]
        with told.open("wb") as out:
            run = subprocess.run(
                [*words, "check", str(path), "--json"],
                check=False, stdout=out, stderr=subprocess.PIPE, env=os.environ | {"PYTHONUTF8": "1"},
            )  # fmt: skip
        assert run.returncode in (0, 1)
        assert b"Traceback" not in run.stderr, run.stderr.decode()
        json.loads(told.read_bytes())
        assert int(peak.read_text()) < 1 << 20, "KiB: neither it nor a child of it took a gibibyte"
        tally["变异，另起进程走完 check"] += 1
        tally["变异，合计"] += 1
