"""Lists of the result book as Word tables: the same rows, fewer columns."""

from collections.abc import Sequence

from junheng.publish.book.listing import Listing
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper


def put_listing(
    paper: Paper, title: str, listing: Listing, columns: Sequence[Column], *, most: int = 0
) -> None:
    """The columns of `listing` that bear these headings; `most` rows where it is not 0."""
    names = [heading.text for heading in listing.headings]
    picked = [names.index(column.text) for column in columns]
    rows = [[row[index] for index in picked] for row in listing.rows]
    shown = rows[:most] if most else rows
    paper.table(title, columns, shown, empty=listing.empty)
    if len(shown) < len(rows):
        paper.note(f"另有{len(rows) - len(shown)}行，见结果册“{listing.name}”。")
