"""One hostile case run and judged: how it ended, and that it ended well.

The sandbox is the real one, child process and caps included.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import openpyxl

from junheng.registry import Entry, Filing, Finding, State
from junheng.registry.reading import Limits
from junheng.registry.statistics import Imported, read_statistics

SMALL = Limits(inflated_bytes=8 << 20, memory_bytes=256 << 20, cells=60_000, seconds=30)
REFUSED, RIGHT, NAMED = "一句话拒绝", "读对了", "读出，并点名问题"
CHINESE = re.compile("[\u4e00-\u9fff]")


def clear(findings: Sequence[Finding]) -> bool:
    """Every finding is a Chinese sentence on one place that can be shown and stored."""
    for each in findings:
        assert CHINESE.search(each.sentence), each
        each.sentence.encode()
        assert each.origin.file
    return True


def proved(filing: Filing) -> Filing:
    """The filing, once every entry of it is a value or none, and every finding a sentence."""
    assert clear(filing.findings)
    for record in filing.records:
        for entry in record.entries.values():
            assert (entry.value is not None) == (entry.state is State.FILED)
    return filing


def outcome_of_filing(path: Path, filing: Filing, before: Filing) -> str:
    """How reading a changed workbook ended. What differs without a word must really stand there."""
    proved(filing)
    if any(each.check.startswith("S0") for each in filing.findings):
        return REFUSED
    said = {(f.check, f.origin.sheet, f.origin.cell) for f in before.findings}
    if any((f.check, f.origin.sheet, f.origin.cell) not in said for f in filing.findings):
        return NAMED
    old = _entries(before)
    changed = [e for where, e in _entries(filing).items() if _value(old.get(where)) != _value(e)]
    assert_there(path, [(e.origin.sheet, e.origin.cell, e.origin.raw) for e in changed])
    return RIGHT


def _entries(filing: Filing) -> dict[tuple[str, tuple[str, ...], str], Entry]:
    return {
        (record.table, record.key, name): entry
        for record in filing.records
        for name, entry in record.entries.items()
        if entry.state is State.FILED
    }


def _value(entry: Entry | None) -> object:
    return None if entry is None else entry.value


def assert_there(path: Path, places: Sequence[tuple[str, str, str]]) -> None:
    """Another program sees the same in these cells: (sheet, address, text as read)."""
    if not places or path.suffix != ".xlsx":
        return
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception:  # noqa: BLE001 - it gives up on what we can read: nothing to compare with
        return
    for sheet, cell, raw in places:
        names = [each for each in book.sheetnames if each.strip() == sheet]
        if names:
            seen = book[names[0]][cell].value
            assert same(raw, seen), f"{sheet}!{cell}: {raw!r} is {seen!r} elsewhere"


def same(raw: str, seen: Any) -> bool:
    """Whether a text as we read it is the value that openpyxl gives."""
    if isinstance(seen, bool):
        return raw in ("1", "0", "true", "false")
    if isinstance(seen, int | float):
        try:
            return float(Decimal(raw)) == float(seen)
        except (InvalidOperation, OverflowError):
            return False
    if isinstance(seen, str):
        return _plain(raw) == _plain(seen)
    return seen is not None or not raw.strip()


def _plain(text: str) -> str:
    """openpyxl leaves escapes and line ends as they are written."""
    return re.sub(r"_x[0-9A-Fa-f]{4}_|[\s\x00-\x1f]", "", text)


def statistics_of(paths: Sequence[Path]) -> Imported:
    return read_statistics(
        paths, year=2025, county="410199", county_name="示例县", partial=True, limits=SMALL
    )


def outcome_of_statistics(paths: Sequence[Path], before: Imported | None = None) -> str:
    """How an import of changed forms ended."""
    found = statistics_of(paths)
    assert clear(found.findings)
    if any(each.check.startswith("S0") for each in found.findings):
        return REFUSED
    said = set() if before is None else {(f.check, f.found) for f in before.findings}
    if found.blocking or any((f.check, f.found) not in said for f in found.findings):
        return NAMED
    old = {} if before is None else before.values
    by_file = {path.name: path for path in paths}
    for code, values in found.values.items():
        for name, each in values.items():
            known = old.get(code, {}).get(name)
            if known is None or known.value != each.value:
                place = (each.origin.sheet, each.origin.cell, str(each.raw))
                if "+" not in place[1]:
                    assert_there(by_file[each.origin.file], [place])
    return RIGHT
