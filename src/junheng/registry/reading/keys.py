"""The key of a record, and rows that lack one or share one."""

from collections.abc import Iterator

from junheng.registry.filing import Finding, Record, State
from junheng.registry.reading.findings import Place
from junheng.schema import Table

EMPTY = (State.BLANK, State.NOT_APPLICABLE)


class Keys:
    """The keys met on one sheet."""

    def __init__(self, table: Table, place: Place) -> None:
        self._table = table
        self._place = place
        self._met: dict[tuple[str, ...], Record] = {}

    def is_new(self, record: Record) -> bool:
        """The key of a record just read is whole, and was not met before."""
        return "" not in record.key and self._met.setdefault(record.key, record) is record

    def findings(self, record: Record) -> Iterator[Finding]:
        """What is wrong with the key of a record just read."""
        if all(record.key):
            before = self._met.setdefault(record.key, record)
            if before is not record:
                yield self._repeated(record, before)
            return
        lacking = [name for name in self._table.key if record.state(name) in EMPTY]
        if lacking:
            yield self._lacking(record, lacking)

    def _lacking(self, record: Record, names: list[str]) -> Finding:
        labels = "、".join(self._table.columns()[name].label for name in names)
        return self._place.finding(
            "S20",
            f"这一行填了内容，却没有填“{labels}”",
            f"每行都要有“{labels}”，否则不知道填的是哪一个",
            f"请补填“{labels}”；如果这一行不要了，请删除整行",
            origin=record.entries[names[0]].origin,
            key=record.key,
            column=names[0],
        )

    def _repeated(self, record: Record, before: Record) -> Finding:
        labels = "、".join(self._table.columns()[name].label for name in self._table.key)
        rows = f"{before.origin.cell} 与 {record.origin.cell}"
        return self._place.finding(
            "S21",
            f"“{labels}”为“{'、'.join(record.key)}”的有两行：{rows}",
            f"同一个“{labels}”只能有一行",
            "请核对后删去一行，或改正写错的代码",
            origin=record.origin,
            key=record.key,
            column=self._table.key[0],
        )
