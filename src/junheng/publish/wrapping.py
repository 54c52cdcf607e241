"""Chinese text broken into lines as it is set: after any character, but punctuation holds.

Rich breaks at spaces only, which leaves Chinese lines ragged and puts 。 at the start of a line.
How wide a character is depends on where it is shown, so the measure is given by the caller.
"""

from collections.abc import Callable, Iterator

NOT_FIRST = frozenset("，。；：、？！）》”’〕】…·%％㎡,.;:?!)]}")
NOT_LAST = frozenset("（《“‘〔【([{")
UNITS = frozenset("人间元㎡所项个处年")
"""They stay with the digit before them."""

Measure = Callable[[str], int]
"""Columns that a text takes."""


def wrapped(text: str, width: int, measure: Measure, *, hang: int = 0) -> list[str]:
    """Lines of at most `width` columns; from the second on they start with `hang` blanks."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        if line.strip() and used + measure(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * hang + piece.lstrip()
            used = measure(line)
        else:
            line += piece
            used += measure(piece)
        if used > width:
            *full, line = _cut(line, width, measure, hang)
            lines += full
            used = measure(line)
    return [*lines, line.rstrip()]


def _cut(line: str, width: int, measure: Measure, hang: int) -> list[str]:
    """A line that holds a word too long for the width, cut between characters."""
    found = []
    while measure(line) > width and len(line) > hang + 1:
        end = hang + 1
        while end < len(line) and measure(line[: end + 1]) <= width:
            end += 1
        if end == len(line):
            break
        found.append(line[:end])
        line = " " * hang + line[end:]
    return [*found, line]


def _pieces(text: str) -> Iterator[str]:
    """What must stay together: a word or number, or one Chinese character with its punctuation."""
    piece = ""
    for each in text:
        if piece and _may_break(piece[-1], each):
            yield piece
            piece = ""
        piece += each
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in NOT_FIRST or before in NOT_LAST or after.isspace():
        return False
    if before.isdigit() and after in UNITS:
        return False
    return before.isspace() or not (before.isascii() and after.isascii())
