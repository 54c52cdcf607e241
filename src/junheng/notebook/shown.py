"""What a result looks like in a notebook: the view of the terminal, as text or as HTML."""

from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


WIDTH = 110


class Shown:
    """A result that prints itself: text in a terminal, HTML in a notebook."""

    def _view(self) -> "RenderableType":
        raise NotImplementedError

    def _console(self) -> "Console":
        from rich.console import Console

        console = Console(file=StringIO(), record=True, width=WIDTH, highlight=False)
        console.print(self._view())
        return console

    def __repr__(self) -> str:
        return self._console().export_text()

    def _repr_html_(self) -> str:
        style = "font-family:'Noto Sans Mono CJK SC','Sarasa Mono SC',monospace;line-height:1.3"
        return self._console().export_html(
            inline_styles=True, code_format=f'<pre style="{style}">{{code}}</pre>'
        )
