"""The file around the text: package, styles, header, footer, pictures; the same input, the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from junheng.publish.word.markup import NAMESPACES, field, paragraph, run, twips
from junheng.publish.word.styles import font_table, set_styles

A4 = (210.0, 297.0)
DOCUMENT = "word/document.xml"
PACKED_AT = (1980, 1, 1, 0, 0, 0)
MAKER = "均衡"
SPARE = ("thumbnail", "stylesWithEffects", "numbering", "customXml")
"""Parts of the template that our documents do without."""


@dataclass(frozen=True)
class Page:
    """A sheet of paper: margins in millimetres (top, right, bottom, left), and which way it lies."""

    margins: tuple[float, float, float, float] = (37.0, 26.0, 35.0, 28.0)
    landscape: bool = False

    @property
    def width(self) -> float:
        """Millimetres of text from left to right."""
        return A4[1 if self.landscape else 0] - self.margins[1] - self.margins[3]


OFFICIAL = Page()
"""版心 of GB/T 9704: 156 mm wide."""
LYING = Page((20.0, 18.0, 18.0, 18.0), landscape=True)
ONE_SHEET = Page((18.0, 18.0, 15.0, 18.0))


class Frame:
    """Everything of a Word file but its text."""

    def __init__(self, *, title: str, subject: str, header: str, on: date) -> None:
        self.document = docx.Document()
        set_styles(self.document)
        self._drop_spare_parts()
        self._name_fonts()
        self._describe(title, subject, on)
        self._pictures = 0
        section = self.document.sections[0]
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        _refill(section.header._element, paragraph(run(header), "Header"))
        page = run("— ") + field("PAGE", "1") + run(" —")
        _refill(section.footer._element, paragraph(page, "Footer"))

    def _drop_spare_parts(self) -> None:
        """A picture of an empty page, a second copy of the styles, and the like."""
        for rels in (self.document.part.package.rels, self.document.part.rels):
            for key in [k for k, rel in rels.items() if rel.reltype.rpartition("/")[2] in SPARE]:
                del rels[key]

    def _name_fonts(self) -> None:
        """Which fonts may stand in for ours where they are not installed."""
        relations = self.document.part.rels.values()
        table = next(r.target_part for r in relations if r.reltype.endswith("/fontTable"))
        table._blob = font_table().encode()

    def _describe(self, title: str, subject: str, on: date) -> None:
        told, day = self.document.core_properties, datetime.combine(on, time())
        told.title, told.subject = title, subject
        told.author = told.last_modified_by = MAKER
        told.comments = told.keywords = told.category = ""
        told.created = told.modified = day
        told.revision, told.language = 1, "zh-CN"

    def picture(self, png: bytes, width: float, told: str) -> str:
        """A picture of `width` millimetres, as a run; `told` says in words what it shows."""
        self._pictures += 1
        inline = self.document.part.new_pic_inline(io.BytesIO(png), width=Mm(width))
        inline.docPr.set("id", str(self._pictures))
        inline.docPr.set("name", f"图{self._pictures}")
        inline.docPr.set("descr", told)
        drawn = etree.tostring(inline, encoding="unicode")
        return f"<w:r><w:drawing>{drawn}</w:drawing></w:r>"

    def section(self, page: Page) -> str:
        """The properties of a section of such pages."""
        wide, high = A4[::-1] if page.landscape else A4
        lies = ' w:orient="landscape"' if page.landscape else ""
        top, right, bottom, left = (twips(each) for each in page.margins)
        edge = min(twips(10), top // 2, bottom // 2)
        refs = "".join(
            f'<w:{kind} w:type="default" r:id="{code}"/>' for kind, code in self._references
        )
        return (
            f'<w:sectPr>{refs}<w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{lies}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
            f'w:header="{edge}" w:footer="{edge}" w:gutter="0"/></w:sectPr>'
        )

    @cached_property
    def _references(self) -> tuple[tuple[str, str], ...]:
        section = self.document.sections[0]._sectPr
        kinds = ("headerReference", "footerReference")
        found = ((kind, section.find(qn(f"w:{kind}"))) for kind in kinds)
        return tuple((kind, each.get(qn("r:id"))) for kind, each in found)

    def packed(self, body: str, page: Page) -> bytes:
        """The whole file with this text; the last section has pages like `page`.

        All pictures must have been made before."""
        text = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:document {NAMESPACES}><w:body>{body}{self.section(page)}</w:body></w:document>"
        )
        return zipped([(DOCUMENT, text.encode()), *self._others])

    @cached_property
    def _others(self) -> list[tuple[str, bytes]]:
        """Every part but the text, ready to be packed."""
        held = io.BytesIO()
        self.document.save(held)
        with zipfile.ZipFile(held) as package:
            names = sorted(name for name in package.namelist() if name != DOCUMENT)
            return [(name, package.read(name)) for name in names]


def _refill(element: etree._Element, told: str) -> None:
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(told.replace(">", f" {NAMESPACES}>", 1)))


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """A package whose bytes tell nothing of when and where it was packed."""
    held = io.BytesIO()
    first = "[Content_Types].xml"
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted(parts, key=lambda part: (part[0] != first, part[0])):
            info = zipfile.ZipInfo(name, PACKED_AT)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o644 << 16
            package.writestr(info, content)
    return held.getvalue()
