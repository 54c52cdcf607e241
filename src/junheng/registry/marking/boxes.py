"""The boxes in which notes are shown: a VML drawing, as every spreadsheet program expects."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from junheng.registry.marking.grid import Cell, Grid
from junheng.registry.marking.parts import parsed
from junheng.registry.template.heading_notes import size

V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 - the prefix everybody knows it by
X = "urn:schemas-microsoft-com:office:excel"
IDS_A_BLOCK = 1024
KIND_OF_BOX = "_x0000_t202"
EMPTY = f"""<xml xmlns:v="{V}" xmlns:o="{O}" xmlns:x="{X}"><o:shapelayout v:ext="edit">
<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="{KIND_OF_BOX}"
 coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke
 joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
BOX = """<v:shape xmlns:v="{v}" xmlns:o="{o}" xmlns:x="{x}" id="_x0000_s{number}" type="#{kind}"
 style="position:absolute;margin-left:60pt;margin-top:8pt;width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden"
 fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black"
 obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div
 style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>
<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>
<x:Column>{column}</x:Column></x:ClientData></v:shape>"""


class Boxes:
    """One drawing of notes."""

    def __init__(self, content: bytes | None) -> None:
        self._root = parsed(content or EMPTY.encode(), "批注框", forgiving=True)
        self._boxes: dict[Cell, Any] = {}
        for shape in self._root.iter(f"{{{V}}}shape"):
            data = shape.find(f"{{{X}}}ClientData")
            if data is not None and data.get("ObjectType") == "Note":
                self._boxes[_number(data, "Row") + 1, _number(data, "Column") + 1] = shape
        self._used = {int(n) for n in re.findall(rb"_x0000_s(\d{1,9})\b", content or b"")}

    def replace(self, texts: Mapping[Cell, str | None], grid: Grid) -> None:
        """A box of the right size for each text; none where there is no text."""
        for cell, text in sorted(texts.items()):
            old = self._boxes.pop(cell, None)
            if old is not None:
                old.getparent().remove(old)
            if text is not None:
                self._add(cell, text, grid)
        self._number_blocks()

    def content(self) -> bytes:
        content: bytes = etree.tostring(self._root, encoding="UTF-8")
        return content

    def _add(self, cell: Cell, text: str, grid: Grid) -> None:
        width, height = size(text)
        number = max(self._used, default=IDS_A_BLOCK) + 1
        self._used.add(number)
        box = BOX.format(
            v=V, o=O, x=X, number=number, kind=KIND_OF_BOX, order=len(self._boxes) + 1,
            width=width * 0.75, height=height * 0.75, anchor=grid.anchor(cell, width, height),
            row=cell[0] - 1, column=cell[1] - 1,
        )  # fmt: skip
        self._boxes[cell] = parsed(box.encode(), "批注框")
        self._root.append(self._boxes[cell])

    def _number_blocks(self) -> None:
        """Tell which blocks of a thousand ids the drawing uses."""
        blocks = ",".join(str(n) for n in sorted({n // IDS_A_BLOCK for n in self._used}))
        for each in self._root.iter(f"{{{O}}}idmap"):
            each.set("data", blocks)


def _number(data: Any, name: str) -> int:
    text = data.findtext(f"{{{X}}}{name}", "").strip()
    return int(text) if text.isdigit() else 0
