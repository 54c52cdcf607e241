"""Chinese text wrapped as it is set: a line may break after any character, but punctuation holds.

Rich breaks at spaces only, which leaves Chinese lines ragged and puts 。 at the start of a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

NOT_FIRST = frozenset("，。；：、？！）》”’〕】…·%％㎡,.;:?!)]}")
NOT_LAST = frozenset("（《“‘〔【([{")
UNITS = frozenset("人间元㎡所项个处年")
"""They stay with the digit before them."""
NARROWEST = 12


@dataclass(frozen=True)
class Prose:
    """Running text with a style and a hanging indent (in columns); fits any width given."""

    text: str
    style: str = ""
    hang: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style = console.get_style(self.style) if self.style else Style.null()
        for line in self.lines(options.max_width):
            yield Segment(line, style)
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(line) for line in self.text.split("\n")), default=0)
        least = min(widest, NARROWEST)
        return Measurement(least, max(least, widest)).with_maximum(options.max_width)

    def lines(self, width: int) -> list[str]:
        """The text broken to `width` columns."""
        found: list[str] = []
        for paragraph in self.text.split("\n"):
            found += wrapped(paragraph, max(width, 2), self.hang)
        return found


def wrapped(text: str, width: int, hang: int = 0) -> list[str]:
    """Lines of at most `width` columns; from the second on they start with `hang` blanks."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and cell_len(line) + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * hang + piece.lstrip()
        else:
            line += piece
        while cell_len(line) > width and len(line) > 1:
            head = _fitting(line, width)
            lines.append(head)
            line = " " * hang + line[len(head) :]
            if hang + 2 > width:
                break
    lines.append(line.rstrip())
    return lines


def _fitting(line: str, width: int) -> str:
    """The longest beginning that fits, at least one character."""
    end = 1
    while end < len(line) and cell_len(line[: end + 1]) <= width:
        end += 1
    return line[:end]


def _pieces(text: str) -> Iterator[str]:
    """What must stay together: a word or number, or one wide character with its punctuation."""
    piece = ""
    for each in text:
        if piece and _may_break(piece[-1], each):
            yield piece
            piece = ""
        piece += each
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in NOT_FIRST or before in NOT_LAST or after == " ":
        return False
    if before.isdigit() and after in UNITS:
        return False
    return before == " " or cell_len(before) == 2 or cell_len(after) == 2
