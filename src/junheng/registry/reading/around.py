"""What surrounds the cells of a sheet: hidden rows and columns, merged ranges, formulas."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from junheng.registry.filing import Finding, Origin
from junheng.registry.reading.addresses import address, letters
from junheng.registry.reading.findings import Place, listed, ranges
from junheng.registry.reading.sandbox.wire import Sheet

Range = tuple[int, int, int, int]
MOST_STEPS = 1_000_000
"""Ranges that overlap one another, as no program writes them, could make this slow."""

NOTHING: frozenset[int] = frozenset()


class Merges:
    """The merged ranges of a sheet that reach into its data."""

    def __init__(self, sheet: Sheet, rows: list[int], columns: frozenset[int]) -> None:
        """`rows` are the data rows, rising; `columns` those that hold declared columns."""
        self._inside: list[Range] = []
        self._by_row: dict[int, list[Range]] = {}
        steps = 0
        for each in sheet.merges:
            top, left, bottom, right = each
            touched = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            if not touched or not any(left <= column <= right for column in columns):
                continue
            self._inside.append(each)
            steps += len(touched)
            if steps < MOST_STEPS:
                for row in touched:
                    self._by_row.setdefault(row, []).append(each)

    @property
    def rows(self) -> Collection[int]:
        """The data rows into which some merged range reaches."""
        return self._by_row

    def covered(self, row: int) -> frozenset[int]:
        """Columns of this row that lie under a merged range, its top left cell left out."""
        if not self._by_row:
            return NOTHING
        found: set[int] = set()
        for top, left, _, right in self._by_row.get(row, ()):
            found.update(range(left if row > top else left + 1, right + 1))
        return frozenset(found)

    def findings(self, place: Place) -> Iterator[Finding]:
        """One finding a range, at its top left cell."""
        for top, left, bottom, right in self._inside:
            whole = f"{address(top, left)}:{address(bottom, right)}"
            yield place.finding(
                "S24",
                f"{whole} 是合并单元格，值只属于左上角的 {address(top, left)}",
                "数据区不能有合并单元格，每格各填各的",
                "请取消合并，逐格填写",
                origin=place.origin(address(top, left)),
            )


@dataclass
class Formulas:
    """Formula cells by declared column, for one remark a column."""

    by_column: dict[str, list[str]] = field(default_factory=dict)

    def note(self, column: str, cell: str) -> None:
        self.by_column.setdefault(column, []).append(cell)

    def findings(self, place: Place, labels: Mapping[str, str]) -> Iterator[Finding]:
        for column, cells in self.by_column.items():
            some = "、".join(cells[:3]) + (f" 等 {len(cells)} 个单元格" if len(cells) > 3 else "")
            yield place.finding(
                "V10",
                f"“{labels[column]}”的 {some}是公式，按上次保存的结果读取",
                "可以是公式，但结果以保存时为准",
                "请核对结果；要稳妥，可复制后“选择性粘贴—数值”",
                origin=place.origin(cells[0]),
                column=column,
            )


def hidden_findings(
    sheet: Sheet,
    rows: Sequence[tuple[int, bool]],
    headings: Mapping[int, str],
    filled: Container[int],
    place: Place,
) -> Iterator[Finding]:
    """Remarks on data that the eye does not see; it is read all the same.

    `rows` are the numbers of the data rows that hold something, and whether they are hidden;
    `headings` those of the declared columns, `filled` the columns in which something stands.
    """
    if sheet.hidden and rows:
        yield _hidden(place, place.origin(), "工作表是隐藏的，里面有数据")
    unseen = [number for number, hidden in rows if hidden]
    if unseen:
        where = place.origin(address(unseen[0], 1))
        yield _hidden(place, where, f"第 {ranges(unseen)} 行是隐藏的（或被筛选掉），里面有数据")
    columns = [
        column
        for column in sorted(headings)
        if any(a <= column <= b for a, b in sheet.hidden_columns) and column in filled
    ]
    if columns:
        names = [f"{letters(column)}（{headings[column]}）" for column in columns]
        where = place.origin(address(rows[0][0], columns[0]))
        yield _hidden(place, where, f"第 {listed(names)} 列是隐藏的，里面有数据")


def _hidden(place: Place, origin: Origin, found: str) -> Finding:
    return place.finding(
        "S23", found, "隐藏的数据同样读取", "请取消隐藏，核对这些数据是否该填报", origin=origin
    )
