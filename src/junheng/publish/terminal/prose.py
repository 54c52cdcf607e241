"""Running text in the terminal, wrapped by the rules of Chinese typesetting."""

import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

from junheng.publish.wrapping import wrapped

NARROWEST = 12


@dataclass(frozen=True)
class Prose:
    """Text with a style and a hanging indent (in columns); fits any width given."""

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
        shown = "".join(" " if _commands(each) else each for each in self.text)
        return [
            line
            for paragraph in shown.split("\n")
            for line in wrapped(paragraph, max(width, self.hang + 2), cell_len, hang=self.hang)
        ]


def _commands(letter: str) -> bool:
    """Whether a character would steer the terminal: text of a file may not do that."""
    return unicodedata.category(letter) == "Cc" and letter != "\n"
