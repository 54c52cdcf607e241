"""What a file may cost: every bomb ends in a sentence, held by caps and not by luck."""

import os
import signal
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import hostile
import pytest
from handmade import (
    ONE,
    Typed,
    found,
    inline,
    minimal,
    only,
    parts,
    register_xml,
    write_book,
    zipped,
)

from junheng.registry import Filing, Finding, Level, read, tables
from junheng.registry.reading import Limits, process, starting
from junheng.registry.reading.sandbox import child
from junheng.registry.reading.sandbox.grid import Grid

pytestmark = [pytest.mark.slow, pytest.mark.own_children]

SMALL = Limits(inflated_bytes=8 << 20, cells=1000, characters=10_000, memory_bytes=256 << 20)
PUPILS = "enrolment_primary"


def refusal(path: Path, limits: Limits = SMALL) -> Finding:
    filing = read([path], limits=limits)
    assert filing.records == ()
    assert only(filing).level is Level.MUST_FIX
    return only(filing)


def still_reads(folder: Path, *paths: Path, limits: Limits = SMALL) -> Filing:
    """The filing of hostile files with a good one behind them."""
    good = write_book(folder / "好.xlsx", minimal(seats={PUPILS: 600}))
    filing = read([*paths, good], limits=limits)
    assert filing.of("seats")[0].value(PUPILS) == 600
    return filing


# --- bombs -------------------------------------------------------------------------------------


def test_a_zip_bomb_is_refused_by_what_has_come_out_of_it(tmp_path: Path) -> None:
    path = hostile.zip_bomb(tmp_path / "弹.xlsx", megabytes=64)
    assert path.stat().st_size < 1 << 20
    assert refusal(path).check == "S07"
    assert "8 MB" in refusal(path).found
    assert "压缩比" in refusal(path, Limits()).found, "and by its ratio, under ordinary limits"


def test_an_xml_bomb_is_refused_before_any_entity_expands(tmp_path: Path) -> None:
    assert refusal(hostile.xml_bomb(tmp_path / "笑.xlsx")).check == "S07"


def test_an_external_entity_is_refused_and_nothing_of_this_machine_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "密.txt"
    secret.write_text("secret")
    filing = read([hostile.external_entity(tmp_path / "引.xlsx", secret)])
    assert only(filing).check == "S07"
    assert "secret" not in repr(filing)


@pytest.mark.parametrize("part", ["styles", "sharedStrings"])
def test_a_doctype_is_refused_in_every_part(tmp_path: Path, part: str) -> None:
    bad = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    path = zipped(tmp_path / "型.xlsx", parts(register_xml(), **{part: bad}))
    assert refusal(path).check == "S07"


def test_a_cell_at_the_far_corner_costs_nothing(tmp_path: Path) -> None:
    filing = read([hostile.far_cell(tmp_path / "远.xlsx")], limits=SMALL)
    assert [record.key for record in filing.of("register")] == [("2141000001",)]
    assert "第 XFD 列" in found(filing, "S15")[0].found


def test_formatted_empty_rows_are_passed_over(tmp_path: Path) -> None:
    path = hostile.formatted_rows(tmp_path / "空.xlsx", rows=20_000, columns=5)
    filing = read([path], limits=SMALL)
    assert len(filing.of("register")) == 1


@pytest.mark.slow
def test_a_million_formatted_empty_rows_are_passed_over(tmp_path: Path) -> None:
    path = hostile.formatted_rows(tmp_path / "空.xlsx", rows=1_048_576, columns=2)
    assert len(read([path]).of("register")) == 1


@pytest.mark.slow
def test_a_million_shared_strings_are_read_or_refused_with_a_sentence(tmp_path: Path) -> None:
    path = hostile.many_strings(tmp_path / "串.xlsx", 1_000_000)
    (record,) = read([path]).of("register")
    assert record.value("school_name") == "第999999条"
    assert refusal(path, Limits(memory_bytes=100 << 20)).check == "S08"


def test_shared_strings_beyond_the_characters_allowed_are_refused(tmp_path: Path) -> None:
    path = hostile.many_strings(tmp_path / "串.xlsx", 5_000)
    assert refusal(path).check == "S07"


def test_one_long_string_in_many_cells_is_counted_each_time(tmp_path: Path) -> None:
    path = hostile.repeated_string(tmp_path / "长.xlsx", length=1000, cells=30)
    assert refusal(path).check == "S07"
    assert "10000 个字" in refusal(path).found


def test_a_filled_cell_costs_some_bytes_until_it_is_sent() -> None:
    """A file may hold a million of them: numbers in lists would take fifty bytes each."""
    tracemalloc.start()
    try:
        grid = Grid()
        for row in range(1, 10_001):
            columns = list(range(1000, 1010))
            grid.add(row, columns, [row * 10 + each for each in range(10)], hidden=False)
        assert tracemalloc.get_traced_memory()[0] < 10 * 100_000
    finally:
        tracemalloc.stop()


@pytest.mark.prove
def test_different_texts_up_to_the_limits_are_read(tmp_path: Path) -> None:
    """810,000 cells and 48 million characters, no two cells alike, below both limits."""
    path = hostile.distinct_texts(tmp_path / "更正.xlsx", 135_000)
    filing = read([path])
    assert found(filing, "S07") == found(filing, "S08") == []
    assert len(filing.of("corrections")) == 135_000


def test_more_filled_cells_than_allowed_are_refused(tmp_path: Path) -> None:
    path = hostile.bad_cells(tmp_path / "多.xlsx", 1200)
    assert refusal(path).check == "S07"
    assert "1000 个" in refusal(path).found


def test_rows_that_would_stand_for_more_cells_than_allowed_are_refused(tmp_path: Path) -> None:
    path = hostile.keyed_rows(tmp_path / "行.xlsx", 900)
    assert refusal(path).check == "S07"
    assert "900 行" in refusal(path).found
    assert refusal(path, Limits(schools=899)).check == "S07"
    assert len(read([path], limits=Limits(schools=900)).records) == 900


def test_all_tables_of_a_file_share_what_they_may_account_for(tmp_path: Path) -> None:
    rows = {
        name: [{"school_code": f"21{n:08d}"} for n in range(200)] for name in ("staffing", "seats")
    }
    path = write_book(tmp_path / "一.xlsx", rows)
    each = {name: 200 * len(tables()[name].column) for name in rows}
    assert refusal(path, Limits(cells=sum(each.values()) - 1)).check == "S07"
    assert len(read([path], limits=Limits(cells=sum(each.values()))).records) == 400


def test_nested_elements_do_not_overflow_anything(tmp_path: Path) -> None:
    path = hostile.deep(tmp_path / "深.xlsx", 200_000)
    assert read([path]).records == ()


def test_overlapping_merged_ranges_do_not_multiply(tmp_path: Path) -> None:
    path = hostile.overlapping_merges(tmp_path / "并.xlsx", 3000)
    filing = read([path])
    assert len(filing.of("register")) == 3000
    assert len(found(filing, "S24")) == 3000


def test_a_sheet_of_ones_own_is_not_read_beyond_its_first_rows(tmp_path: Path) -> None:
    def edit(_: Any, book: Any) -> None:
        draft = book.add_worksheet("草稿")
        for row in range(5000):
            draft.write_number(row, 0, row)

    path = write_book(tmp_path / "一.xlsx", minimal(), edit=edit)
    assert only(read([path], limits=Limits(cells=2000))).check == "S13"


def test_a_file_larger_than_allowed_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(3 << 20)
    finding = refusal(path, Limits(file_bytes=1 << 20))
    assert finding.check == "S07"
    assert read([path], limits=Limits(file_bytes=1 << 20)).sources == ()


def test_a_csv_file_is_held_to_the_same_limits(tmp_path: Path) -> None:
    path = tmp_path / "学校名册.csv"
    path.write_text("school_code,school_name\n" + "2141000001,校\n" * 600, encoding="utf-8")
    assert refusal(path).check == "S07"
    path.write_text("school_code,school_name\n" + "," * 20_000, encoding="utf-8")
    assert refusal(path).check == "S07"


# --- the child ---------------------------------------------------------------------------------


def in_child(code: str, memory_bytes: int) -> subprocess.CompletedProcess[str]:
    """Run code in a process that holds itself as the child does."""
    program = (
        f"from junheng.registry.reading.sandbox.child import hold; hold({memory_bytes})\n{code}"
    )
    return subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )


@pytest.mark.skipif(sys.platform != "linux", reason="地址空间上限只在 Linux 上可靠")
def test_the_child_cannot_take_more_memory_than_its_cap() -> None:
    report = "import resource; print(resource.getrlimit(resource.RLIMIT_AS))"
    assert in_child(report, 1 << 30).stdout.strip() == f"({1 << 30}, {1 << 30})"
    greedy = in_child("b = bytearray(2 << 30)", 1 << 30)
    assert "MemoryError" in greedy.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这些上限")
def test_the_child_can_write_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    in_child(f"open({str(path)!r}, 'w').write('x' * 10)", 1 << 30)
    assert path.stat().st_size == 0


def test_the_cap_of_memory_is_at_most_a_gibibyte() -> None:
    assert Limits().memory_bytes <= 1 << 30
    assert Limits().seconds <= 60


def test_the_child_starts_without_the_rest_of_the_house() -> None:
    """Polars alone would fill a good part of the cap, and make each start slower."""
    program = starting.BOOT.replace("\nmain()\n", "\nprint(sorted(sys.modules))\n")
    arguments = started_arguments()
    arguments[arguments.index("-c") + 1] = program
    run = subprocess.run(arguments, check=False, capture_output=True, text=True)
    assert "junheng.registry.reading.sandbox.child" in run.stdout
    for heavy in ("polars", "duckdb", "lxml", "openpyxl", "junheng.registry.filing"):
        assert f"'{heavy}'" not in run.stdout


def started_arguments() -> list[str]:
    started = starting._started(256 << 20)
    try:
        return list(started.args)  # type: ignore[arg-type]
    finally:
        started.kill()
        started.communicate()


def test_memory_beyond_the_cap_is_a_finding_and_the_next_file_gets_a_fresh_child(
    tmp_path: Path,
) -> None:
    limits = Limits(memory_bytes=160 << 20, ratio=10_000)
    path = hostile.many_strings(tmp_path / "串.xlsx", 20_000)
    huge = zipped(
        tmp_path / "巨.xlsx",
        parts(register_xml(f'<c t="inlineStr"><is><t>{"x" * (60 << 20)}</t></is></c>')),
    )
    filing = still_reads(tmp_path, huge, path, limits=limits)
    assert [f.check for f in filing.findings if f.origin.file == "巨.xlsx"] == ["S08"]


def test_a_child_that_dies_is_a_finding_and_the_next_file_gets_a_fresh_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead: list[int] = []
    ask = process.Child.ask

    def ask_the_dying(self: process.Child, payload: bytes) -> None:
        if not dead:
            dead.append(self._process.pid)
            os.kill(self._process.pid, signal.SIGTERM)
            self._process.wait()
        ask(self, payload)

    monkeypatch.setattr(process.Child, "ask", ask_the_dying)
    first = write_book(tmp_path / "一.xlsx", minimal())
    filing = still_reads(tmp_path, first)
    assert [(f.origin.file, f.check) for f in filing.findings] == [("一.xlsx", "S08")]


def test_a_file_that_takes_too_long_is_a_finding_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "一慢.xlsx"
    write_book(slow, minimal())
    asked: list[bytes] = []
    ask = process.Child.ask

    def ask_nobody(self: process.Child, payload: bytes) -> None:
        """The first request is lost on the way: the child stays silent for ever."""
        asked.append(payload)
        if len(asked) > 1:
            ask(self, payload)

    monkeypatch.setattr(process.Child, "ask", ask_nobody)
    monkeypatch.setattr(process.Child, "answer", impatient(process.Child.answer, asked))
    filing = still_reads(tmp_path, slow)
    assert [(f.origin.file, f.check) for f in filing.findings] == [("一慢.xlsx", "S08")]
    assert "秒内没有读完" in filing.findings[0].found


def impatient(answer: Any, asked: list[bytes]) -> Any:
    """No patience for the first request; the test does not wait for the real limit."""

    def answered(self: process.Child, seconds: float) -> bytes | None:
        assert 0 < seconds <= Limits().seconds
        result: bytes | None = answer(self, 0.0 if len(asked) == 1 else seconds)
        return result

    return answered


def test_reading_leaves_no_process_and_no_thread_behind(tmp_path: Path) -> None:
    before = threading.active_count()
    children: list[process.Child] = []
    make = process.Child.__init__

    def remember(self: process.Child, memory_bytes: int) -> None:
        make(self, memory_bytes)
        children.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process.Child, "__init__", remember)
        still_reads(tmp_path, hostile.xml_bomb(tmp_path / "一笑.xlsx"))
    assert len(children) == 1, "one child for both files: a refusal does not kill it"
    assert children[0]._process.returncode is not None
    assert threading.active_count() == before


def test_whatever_goes_wrong_inside_the_child_is_a_verdict_on_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(child, "read_workbook", broken)
    path = write_book(tmp_path / "一.xlsx", minimal(seats={PUPILS: Typed(1)}))
    request = child.Request(os.fsencode(path), Limits(), [], [])
    ((kind, code, *_),) = child.answers(request)
    assert (kind, code) == ("refusal", "S06")


def test_a_filing_of_bad_cells_names_every_one(tmp_path: Path) -> None:
    filing = read([hostile.bad_cells(tmp_path / "错.xlsx", 4000)])
    assert len(found(filing, "V15")) == 1000, "no limit on findings: one a school type"
    assert len(found(filing, "V17")) == 2000, "and one a code"


def test_more_problems_than_anyone_makes_are_refused(tmp_path: Path) -> None:
    path = hostile.bad_cells(tmp_path / "错.xlsx", 900)
    assert refusal(path, Limits(findings=600)).check == "S07"
    assert len(read([path], limits=Limits(findings=700)).findings) > 600


def test_the_good_row_beside_a_bad_one_is_kept(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "一.xlsx", parts(register_xml(inline(ONE), inline("校"), inline("中学")))
    )
    (record,) = read([path]).of("register")
    assert record.key == (ONE,)
    assert record.value("school_name") == "校"
