"""Cell formats: the same format with another fill, and back."""

from copy import deepcopy
from typing import Any

from lxml import etree

from junheng.registry.colours import LEVEL_FILL
from junheng.registry.filing import Level
from junheng.registry.marking.parts import parsed, serialised

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PART = "styles.xml"
MINIMAL = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font>
</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill
 patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>
<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0"
 borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0"
 borderId="0" xfId="0"/></cellXfs></styleSheet>""".encode()
NO_FILL = '<fill xmlns="{}"><patternFill patternType="none"/></fill>'


class Styles:
    """The formats of a workbook, by the numbers that its cells bear."""

    def __init__(self, content: bytes | None) -> None:
        self._root = parsed(content or MINIMAL, PART)
        self._space = etree.QName(self._root).namespace or MAIN
        self._fills = self._group("fills")
        self._formats = self._group("cellXfs")
        if not len(self._formats):
            self._append(self._formats, etree.Element(f"{{{self._space}}}xf"))
        self._numbers = {_canonical(fill): n for n, fill in reversed(list(enumerate(self._fills)))}
        self._own = {
            n
            for n, fill in enumerate(self._fills)
            if _colour(fill).upper()[-6:] in LEVEL_FILL.values()
        }
        self._filled: dict[tuple[int, int], int] = {}
        self.no_fill = NO_FILL.format(self._space)

    def _group(self, name: str) -> Any:
        found = self._root.find(f"{{{self._space}}}{name}")
        if found is None:
            found = etree.SubElement(self._root, f"{{{self._space}}}{name}")
        return found

    def is_mark(self, style: int) -> bool:
        """Whether a format wears one of our colours."""
        return self._fill_number(style) in self._own

    def fill(self, style: int) -> str:
        """The fill of a format, as text that `filled` takes back."""
        number = self._fill_number(style)
        return _canonical(self._fills[number]) if number < len(self._fills) else self.no_fill

    def filled(self, style: int, fill: str) -> int:
        """Number of the format that differs from `style` by its fill only."""
        number = self._number_of(fill)
        key = (style, number)
        if key not in self._filled:
            clone = deepcopy(self._format(style))
            clone.set("fillId", str(number))
            clone.set("applyFill", "1")
            self._filled[key] = self._append(self._formats, clone)
        return self._filled[key]

    def marked(self, style: int, level: Level) -> int:
        return self.filled(style, self._solid(LEVEL_FILL[level]))

    def made(
        self, *, bold: bool = False, size: int = 11, colour: str = "000000", fill: str = "",
        ruled: bool = True, centred: bool = False,
    ) -> int:  # fmt: skip
        """A new format for the sheets that we add."""
        bare = f'<font xmlns="{self._space}">{"<b/>" if bold else ""}<sz val="{size}"/>'
        font = f'{bare}<color rgb="FF{colour}"/><name val="宋体"/><family val="3"/></font>'
        side = "".join(
            f'<{each} style="thin"><color rgb="FF8C8C8C"/></{each}>'
            for each in ("left", "right", "top", "bottom")
        )
        border = f'<border xmlns="{self._space}">{side if ruled else ""}</border>'
        text = (
            f'<xf xmlns="{self._space}" numFmtId="49" '
            f'fontId="{self._append(self._group("fonts"), parsed(font.encode(), PART))}" '
            f'fillId="{self._number_of(self._solid(fill) if fill else self.no_fill)}" '
            f'borderId="{self._append(self._group("borders"), parsed(border.encode(), PART))}" '
            'xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment horizontal="{"center" if centred else "left"}" vertical="center" '
            f'wrapText="1" indent="{0 if centred or not ruled else 1}"/></xf>'
        )
        return self._append(self._formats, parsed(text.encode(), PART))

    def content(self) -> bytes:
        return serialised(self._root)

    def _format(self, style: int) -> Any:
        return self._formats[style if style < len(self._formats) else 0]

    def _fill_number(self, style: int) -> int:
        text = self._format(style).get("fillId", "0")
        return int(text) if text.isdigit() else 0

    def _number_of(self, fill: str) -> int:
        """Number of a fill, added where it is new; what is no fill at all counts as none."""
        try:
            element = etree.fromstring(fill, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError:
            element = None
        if element is None or element.tag != f"{{{self._space}}}fill":
            element = etree.fromstring(self.no_fill)
        text = _canonical(element)
        if text not in self._numbers:
            self._numbers[text] = self._append(self._fills, element)
        return int(self._numbers[text])

    def _solid(self, colour: str) -> str:
        return (
            f'<fill xmlns="{self._space}"><patternFill patternType="solid">'
            f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'
        )

    def _append(self, group: Any, element: Any) -> int:
        group.append(element)
        group.set("count", str(len(group)))
        return len(group) - 1


def _canonical(element: Any) -> str:
    text: bytes = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
    return text.decode().strip()


def _colour(fill: Any) -> str:
    """Foreground colour of a solid fill, or nothing."""
    for pattern in fill:
        if pattern.get("patternType") == "solid" and len(pattern):
            return str(pattern[0].get("rgb") or "")
    return ""
