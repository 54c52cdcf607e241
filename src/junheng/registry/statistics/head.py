"""Where the headings of a sheet are, and the path of headings over each column.

The block is found by the heading of the school's code. Headings may be merged, repeated in every
column, or written once over the first column of a group with blanks beside it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from junheng.registry.reading.sandbox.wire import Cell, Row, Sheet
from junheng.registry.statistics.nouns import Head, Heading
from junheng.registry.statistics.words import segment

ROWS_LOOKED_AT = 30
_ABOVE = re.compile(
    r"教基|基础基|表\s*号|单位[：:]|\d学年|填\s*报|制\s*表|制\s*定|批\s*准|有效期|综合机关"
)
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_CODE = re.compile(r"[0-9]{8,12}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def find_head(sheet: Sheet, keys: Collection[str]) -> Head | None:
    """The headings of a sheet; None where none of `keys` (evened headings of the code) is there."""
    rows = [row for row in sheet.rows if any(cell.text.strip() for cell in row.cells)]
    looked = rows[:ROWS_LOOKED_AT]
    where = next(
        (
            (index, cell.column)
            for index, row in enumerate(looked)
            for cell in row.cells
            if segment(cell.text)[0] in keys
        ),
        None,
    )
    if where is None:
        return None
    index, key = where
    bottom = _merged_to(sheet, looked[index].number, key)
    last = index
    while last + 1 < len(looked) and (
        looked[last + 1].number <= bottom or not _is_data(looked[last + 1], key)
    ):
        last += 1
    first = index
    while first and not _is_above(looked[first - 1], key):
        first -= 1
    block = [row for row in looked[first : last + 1] if not _is_ordinals(row)]
    texts = _spread(sheet, block)
    return Head(
        headings=tuple(_headings(texts, [row.number for row in block], sheet.hidden_columns)),
        first_row=looked[last].number + 1,
        above=tuple(cell.text for row in looked[:first] for cell in row.cells),
    )


def _merged_to(sheet: Sheet, row: int, column: int) -> int:
    return next((b for a, left, b, _ in sheet.merges if a == row and left == column), row)


def _is_data(row: Row, key: int) -> bool:
    """A row with numbers in it, or with a code under the heading of the code."""
    if _is_ordinals(row):
        return False
    numbers = sum(
        cell.kind == "n" or _NUMBER.fullmatch(cell.text.strip()) is not None for cell in row.cells
    )
    coded = any(cell.column == key and _CODE.fullmatch(cell.text.strip()) for cell in row.cells)
    return coded or numbers > 1


def _is_ordinals(row: Row) -> bool:
    """The row that numbers the columns: 甲 乙 1 2 3."""
    texts = [cell.text.strip() for cell in row.cells]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]
    letters = [text for text in texts if text in _ORDINALS]
    rising = all(b == a + 1 for a, b in pairwise(numbers))
    return len(texts) > 1 and len(numbers) + len(letters) == len(texts) and rising


def _is_above(row: Row, key: int) -> bool:
    """A title, or the line with the form's number, the year and the unit."""
    texts = [cell for cell in row.cells if cell.text.strip()]
    said = sum(bool(_ABOVE.search(cell.text)) for cell in texts)
    if len(texts) == 1:
        return bool(said) or texts[0].column <= key
    return 2 * said >= len(texts)


def _spread(sheet: Sheet, block: Iterable[Row]) -> dict[tuple[int, int], str]:
    """(row, column) → text, merged and blank cells filled from what stands over them."""
    rows = list(block)
    numbers = [row.number for row in rows]
    texts = {(r.number, c.column): c.text for r in rows for c in r.cells if c.text.strip()}
    covered: set[tuple[int, int]] = set()
    across: set[int] = set()
    for top, left, bottom, right in sheet.merges:
        held = [number for number in numbers if top <= number <= bottom]
        text = texts.get((top, left), "")
        if not held or top not in numbers or not text:
            continue
        across.update(held if right > left else ())
        for number in held:
            for column in range(left, right + 1):
                texts[number, column] = text
                covered.add((number, column))
    _carry(texts, numbers, across)
    return texts


def _carry(texts: dict[tuple[int, int], str], numbers: list[int], across: Collection[int]) -> None:
    """A group's heading that stands over its first column only, carried over the others.

    Not on a row where groups are merged: there a blank cell is blank.
    """
    columns = sorted({column for _, column in texts})
    for depth, number in enumerate(numbers[:-1]):
        if number in across:
            continue
        below, above = numbers[depth + 1 :], numbers[:depth]
        for left, column in pairwise(columns):
            if (number, column) in texts or (number, left) not in texts:
                continue
            under = _under(texts, below, left) and _under(texts, below, column)
            if under and all(texts.get((n, left)) == texts.get((n, column)) for n in above):
                texts[number, column] = texts[number, left]


def _under(texts: Mapping[tuple[int, int], str], below: Iterable[int], column: int) -> bool:
    return any((number, column) in texts for number in below)


def _headings(
    texts: Mapping[tuple[int, int], str],
    numbers: list[int],
    hidden: Iterable[tuple[int, int]],
) -> Iterable[Heading]:
    unseen = list(hidden)
    for column in sorted({column for _, column in texts}):
        path: list[str] = []
        shown: list[str] = []
        unit, row = "", numbers[-1]
        for number in numbers:
            text = texts.get((number, column))
            if text is None:
                continue
            name, stated = segment(text)
            unit = stated or unit
            if name and (not path or path[-1] != name):
                path.append(name)
                shown.append(" ".join(text.split()))
                row = number
        if path:
            yield Heading(
                column,
                row,
                tuple(path),
                "/".join(shown),
                unit,
                any(a <= column <= b for a, b in unseen),
            )


def text_of(cell: Cell | None) -> str:
    return cell.text.strip() if cell is not None else ""
