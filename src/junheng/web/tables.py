"""Tables of the desk: one declaration is shown, sorted by its address, and exported.

A view makes a `Table` and answers with `answer`: the page, or with `?as=xlsx` and `?as=csv` the
file. Sorting is `?sort=` with the number of a column, `-` before it for descending; so an address
that is sent to a colleague shows the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString

from junheng.web.asked import number_asked
from junheng.web.cells import Cell, Column, Value, cell
from junheng.web.exporting import as_csv, as_xlsx


@dataclass
class Table:
    """A list with headings. `rows` hold plain values or cells, one for each column."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    caption: str = ""
    empty: str = "没有符合条件的记录。"
    sort: str = ""
    address: str = ""
    """The address of the page with its filters, without `sort` and `as`."""
    sortable: bool = True
    """False where only a part of a longer list is shown: sorting it would mislead."""
    key: str = ""
    """Distinguishes several tables of one page: `?sort.key=`."""
    cells: list[list[Cell]] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = [[cell(each) for each in row] for row in self.rows]

    def ordered(self, request: HttpRequest) -> "Table":
        """The table as its address wants it."""
        self.take_address(request)
        down, number = self.sort.startswith("-"), self.sort.lstrip("-")
        at = number_asked(number)
        if at is not None and at < len(self.columns):
            self.cells.sort(key=lambda row: row[at].sorting, reverse=down)
            if down:  # what is empty stays at the end
                self.cells.sort(key=lambda row: row[at].sorting[0] == 3)
        return self

    def take_address(self, request: HttpRequest, *, without: Sequence[str] = ()) -> None:
        """Keep of the address what filters the table, and its order."""
        kept = request.GET.copy()
        for name in (self.sort_name, self.as_name, *without):
            kept.pop(name, None)
        self.address = kept.urlencode()
        self.sort = request.GET.get(self.sort_name, self.sort)

    def sorts_by(self, _at: int) -> bool:
        """Whether the heading of this column sorts the table."""
        return self.sortable

    @property
    def total(self) -> int:
        """Rows of the whole list."""
        return len(self.cells)

    @property
    def sort_name(self) -> str:
        return f"sort.{self.key}" if self.key else "sort"

    @property
    def as_name(self) -> str:
        return f"as.{self.key}" if self.key else "as"

    @property
    def headings(self) -> list[dict[str, Any]]:
        """What the template needs of each heading."""
        down, number = self.sort.startswith("-"), self.sort.lstrip("-")
        found = []
        for at, column in enumerate(self.columns):
            sorted_here = number == str(at)
            order = ("descending" if down else "ascending") if sorted_here else ""
            target = f"-{at}" if sorted_here and not down else str(at)
            query = "&".join(filter(None, (self.address, f"{self.sort_name}={target}")))
            link = f"?{query}" if self.sorts_by(at) else ""
            found.append({"column": column, "order": order, "link": link})
        return found

    @property
    def over(self) -> list[tuple[str, int]]:
        """The upper heading row as (words, how many columns), or nothing."""
        if not any(column.above for column in self.columns):
            return []
        runs: list[tuple[str, int]] = []
        for column in self.columns:
            if runs and column.above and runs[-1][0] == column.above:
                runs[-1] = (column.above, runs[-1][1] + 1)
            else:
                runs.append((column.above, 1))
        return runs

    @property
    def body_html(self) -> SafeString:
        """The rows as HTML, every text escaped. Written here, not in the template: a matrix has
        thousands of cells, and a template takes twenty times as long for one."""
        return SafeString(
            "".join(f"<tr>{''.join(map(_shown, self.columns, row))}</tr>" for row in self.cells)
        )

    @property
    def body(self) -> list[list[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.cells]

    @property
    def heads(self) -> list[str]:
        """The headings of a file, each on one line."""
        return [" ".join(filter(None, (c.above, c.title, c.note))) for c in self.columns]

    def export(self, kind: str) -> HttpResponseBase:
        """The table as a file, in the order shown."""
        write = as_xlsx if kind == "xlsx" else as_csv
        return write(self.name, self.caption, self.heads, self.cells)

    @property
    def exports(self) -> list[tuple[str, str]]:
        """(address, word) of each kind of file."""
        sort = f"{self.sort_name}={self.sort}" if self.sort else ""
        parts = [each for each in (self.address, sort) if each]
        return [
            ("?" + "&".join([*parts, f"{self.as_name}={kind}"]), word)
            for kind, word in (("xlsx", "导出 Excel"), ("csv", "导出 CSV"))
        ]


def _shown(column: Column, shown: Cell) -> str:
    """One cell: what keeps in sight heads its row."""
    text = escape(shown.text)
    if shown.link:
        text = f'<a href="{escape(shown.link)}">{text}</a>'
    if column.sticky:
        return f'<th scope="row" class="sticky">{text}</th>'
    kind = f"{'num ' if column.number else ''}{f'in-{shown.tone}' if shown.tone else ''}"
    return f'<td class="{kind}">{text}</td>'


def answer(
    request: HttpRequest,
    template: str,
    table: Table,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponseBase:
    """The page with its table, or the table as a file; tables beside it are in `context`."""
    tables = [table, *(t for t in (context or {}).values() if isinstance(t, Table))]
    for each in tables:
        each.ordered(request)
    for each in tables:
        if (kind := request.GET.get(each.as_name)) in ("xlsx", "csv"):
            return each.export(kind)
    return render(request, template, {**(context or {}), "table": table}, status=status)
