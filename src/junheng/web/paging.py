"""Long lists: the database sorts and cuts them, a page is shown, an export takes the whole list.

A CSV file is sent while it is read, however long it is. A workbook is put together in memory first,
so a list longer than `MOST_IN_EXCEL` is refused as one, in a sentence that says what to do: nothing
is ever cut off silently.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponseBase

from junheng.errors import RefusedError
from junheng.web.asked import number_asked
from junheng.web.cells import Cell, Column, Value, cell
from junheng.web.exporting import streamed_csv
from junheng.web.tables import Table

ROWS = 100
MOST_IN_EXCEL = 100_000
"""Rows; a million cells, which take half a minute and some hundred MB."""
AT_ONCE = 2000
"""Rows that an export asks of the database at a time."""


@dataclass
class LongTable(Table):
    """One page of a list that lies in the database; see `long_table`."""

    found: Any = None
    """The whole list, in its order."""
    row: Callable[[Any], Sequence[Value]] = tuple
    sorts: Mapping[int, str] | None = None
    page: Page[Any] | None = None
    shown: Sequence[Any] = ()
    """The rows of the page as they lie in the database."""

    def ordered(self, request: HttpRequest) -> "LongTable":
        """The database has sorted already; of the address only the filters are kept."""
        self.take_address(request, without=("page",))
        return self

    def sorts_by(self, at: int) -> bool:
        return at in (self.sorts or {})

    @property
    def total(self) -> int:
        assert self.page is not None
        return int(self.page.paginator.count)

    def export(self, kind: str) -> HttpResponseBase:
        """The whole list as a file. Raises RefusedError where it is too long for a workbook."""
        if kind == "csv":
            return streamed_csv(self.name, self.heads, self._whole())
        if self.total > MOST_IN_EXCEL:
            raise RefusedError(
                f"“{self.name}”有 {self.total:,} 行，Excel 文件最多导出 {MOST_IN_EXCEL:,} 行。"
                "请改用“导出 CSV”（不限行数，Excel、WPS 都能打开），或先查找、筛选再导出。"
            )
        self.cells = list(self._whole())
        return super().export(kind)

    def _whole(self) -> Iterator[list[Cell]]:
        for each in self.found.iterator(AT_ONCE):
            yield [cell(value) for value in self.row(each)]


def long_table(
    request: HttpRequest,
    name: str,
    columns: Sequence[Column],
    found: "QuerySet[Any]",
    row: Callable[[Any], Sequence[Value]],
    *,
    order: Sequence[str],
    sorts: Mapping[int, str],
    empty: str = "没有符合条件的记录。",
) -> LongTable:
    """The page that `?page=` names, the nearest where there is none, sorted as `?sort=` says.

    `row` makes the cells of one row; `sorts` tells by which field a column is sorted, the columns
    that are not in it are not; `order` is the order otherwise, and among equals.
    """
    sort = request.GET.get("sort", "")
    ordered = found.order_by(*_first(sort, sorts), *order)
    # Sorted by numbers alone: whole rows, with their JSON, would be carried through the sort.
    page = Paginator(ordered.values_list("pk", flat=True), ROWS).get_page(request.GET.get("page"))
    numbers = list(page.object_list)
    rows = {each.pk: each for each in found.filter(pk__in=numbers).order_by()}
    shown = [rows[number] for number in numbers if number in rows]
    return LongTable(
        name, columns, [row(each) for each in shown], empty=empty, sort=sort, found=ordered, row=row,
        sorts=sorts, page=page, shown=shown,
    )  # fmt: skip


def _first(sort: str, sorts: Mapping[int, str]) -> list[Any]:
    """What the address sorts by; what is empty stays at the end."""
    at = number_asked(sort.removeprefix("-"))
    if at is None or at not in sorts:
        return []
    field = F(sorts[at])
    down = field.desc(nulls_last=True)
    return [down if sort.startswith("-") else field.asc(nulls_last=True)]
