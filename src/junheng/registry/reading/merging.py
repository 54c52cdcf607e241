"""One record out of several: the same key filed in two places must say the same.

Equal values meet silently, a blank gives way to a value, two different values are a finding that
names both cells.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from junheng.registry.catalogue import tables
from junheng.registry.filing import Entry, Finding, Record, State
from junheng.registry.reading.codes import checks
from junheng.registry.reading.plain import quoted


@dataclass(frozen=True)
class Merged:
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]


def merge(sheets: Iterable[list[Record]]) -> Merged:
    """Merge the records of all sheets read.

    A row that repeats a key inside its own sheet is reported already, and stays apart.
    """
    sheets = [sheet for sheet in sheets if sheet]
    if len({sheet[0].table for sheet in sheets}) == len(sheets):  # nothing can meet
        return Merged(tuple(chain.from_iterable(sheets)), ())
    first: dict[tuple[str, tuple[str, ...]], list[Record]] = {}
    slots: list[list[Record]] = []
    for sheet in sheets:
        here: set[tuple[str, tuple[str, ...]]] = set()
        for record in sheet:
            name = (record.table, record.key)
            if not all(record.key) or name in here or name not in first:
                slots.append([record])
                first.setdefault(name, slots[-1])
            else:
                first[name].append(record)
            here.add(name)
    several = [slot for slot in slots if len(slot) > 1]
    return Merged(
        tuple(slot[0] if len(slot) == 1 else _union(slot) for slot in slots),
        tuple(finding for slot in several for finding in _differences(slot)),
    )


def _union(records: list[Record]) -> Record:
    names = dict.fromkeys(name for record in records for name in record.entries)
    return replace(records[0], entries={name: _joined(records, name) for name in names})


def _said(records: list[Record], column: str) -> list[Entry]:
    """The entries of one column that say anything; without any, the first blank one."""
    entries = [r.entries[column] for r in records if column in r.entries]
    return [each for each in entries if each.state is not State.BLANK] or entries[:1]


def _joined(records: list[Record], column: str) -> Entry:
    entries = _said(records, column)
    explained = {r.entries[column].explanation for r in records if column in r.entries}
    said = "；".join(sorted(each for each in explained if each)) or None
    if any(_differ(entries[0], each) for each in entries):
        return Entry(State.UNCLEAR, None, entries[0].origin, said)
    return replace(entries[0], explanation=said)


def _differ(one: Entry, other: Entry) -> bool:
    return (one.state, one.value) != (other.state, other.value)


def _differences(records: list[Record]) -> Iterator[Finding]:
    names = dict.fromkeys(name for record in records for name in record.entries)
    for name in names:
        entries = [e for e in _said(records, name) if e.state is not State.UNCLEAR]
        for each in entries[1:]:
            if _differ(entries[0], each):
                yield _difference(records[0], name, entries[0], each)


def _difference(record: Record, column: str, one: Entry, other: Entry) -> Finding:
    table = tables()[record.table]
    who = "区县" if table.form else "学校" if table.per_school else "记录"
    where = "两个文件" if one.origin.file != other.origin.file else "两个工作表"
    return Finding(
        checks()["S22"].level,
        "S22",
        other.origin,
        f"{where}对同一{who}（{'、'.join(record.key)}）的“{table.columns()[column].label}”填报不一致："
        f"{one.origin} 是{quoted(one.origin.raw)}，这里是{quoted(other.origin.raw)}",
        "同一内容只能有一个数",
        "请核对原始材料，把两处改成一致，或清空其中一处",
        record.table,
        record.key,
        column,
    )
