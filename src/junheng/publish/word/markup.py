"""WordprocessingML in strings: runs, paragraphs, lengths. Written by hand because a county has many cells."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

MM = 1440 / 25.4
"""Twips in a millimetre."""
UNLAWFUL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold at all; a clerk's cell may."""
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


@dataclass(frozen=True)
class Look:
    """How a run of text looks where it differs from its paragraph's style."""

    font: str = ""
    points: float = 0
    bold: bool = False
    colour: str = ""


PLAIN = Look()


def twips(millimetres: float) -> int:
    return round(millimetres * MM)


def safe(text: str) -> str:
    """Text as XML may hold it."""
    return escape(UNLAWFUL.sub("", text))


def fonts(name: str) -> str:
    """One font for Chinese by name, Times New Roman for the rest."""
    return (
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:eastAsia="{name}" w:cs="Times New Roman" w:hint="eastAsia"/>'
    )


def properties(look: Look) -> str:
    """The properties of a run, in the order of the schema."""
    told = [fonts(look.font)] if look.font else []
    told += ["<w:b/>"] if look.bold else []
    told += [f'<w:color w:val="{look.colour}"/>'] if look.colour else []
    if look.points:
        half = round(look.points * 2)
        told.append(f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>')
    return "".join(told)


def run(text: str, look: Look = PLAIN) -> str:
    """Text; a line end in it becomes a line break."""
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{safe(line)}</w:t>' for line in text.split("\n")
    )
    told = properties(look)
    return f"<w:r>{f'<w:rPr>{told}</w:rPr>' if told else ''}{inner}</w:r>"


def paragraph(inner: str, style: str, settings: str = "") -> str:
    """`settings` are further paragraph properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{settings}</w:pPr>{inner}</w:p>'


def field(code: str, shown: str = "", look: Look = PLAIN) -> str:
    """A field with its last result."""
    told = properties(look)
    lead = f"<w:r>{f'<w:rPr>{told}</w:rPr>' if told else ''}"
    return (
        f'{lead}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'{lead}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'{lead}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, look)}"
        f'{lead}<w:fldChar w:fldCharType="end"/></w:r>'
    )
