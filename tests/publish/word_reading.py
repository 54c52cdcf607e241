"""Reading a written Word file back: its tables as rows by heading, its headings, its contents."""

import re
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
Row = dict[str, str]


def part(path: Path, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def parts(path: Path, kind: str) -> Iterator[etree._Element]:
    """Every part of the package whose name begins so."""
    with zipfile.ZipFile(path) as package:
        names = [
            n for n in package.namelist() if n.startswith(f"word/{kind}") and n.endswith("xml")
        ]
        yield from (etree.fromstring(package.read(name)) for name in names)


def words(element: etree._Element) -> str:
    """The text of an element, line breaks and tabulators as such."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        signs.get(each.tag) or each.text or ""
        for each in element.iter(f"{W}t", f"{W}br", f"{W}tab")
        if each.getparent().tag == f"{W}r"
    )


def whole_text(path: Path) -> str:
    return "\n".join(words(p) for p in part(path).iter(f"{W}p"))


def style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def headings(path: Path) -> list[tuple[int, str]]:
    """(level, text) of the numbered headings of the first two levels."""
    return [
        (int(style(p)[-1]), words(p))
        for p in part(path).iter(f"{W}p")
        if style(p) in ("Heading1", "Heading2")
    ]


def contents(path: Path) -> list[tuple[int, str]]:
    """(level, text) of the entries of the contents, without their pages."""
    return [
        (int(style(p)[-1]), words(p).partition("\t")[0])
        for p in part(path).iter(f"{W}p")
        if style(p).startswith("TOC")
    ]


def listed_pages(path: Path) -> list[str]:
    """The page of each entry of the contents, as printed."""
    entries = [p for p in part(path).iter(f"{W}p") if style(p).startswith("TOC")]
    return [words(p).partition("\t")[2] for p in entries]


def cells(row: etree._Element) -> list[str]:
    return ["\n".join(words(p) for p in cell.findall(f"{W}p")) for cell in row.findall(f"{W}tc")]


def is_heading(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def tables(path: Path) -> list[etree._Element]:
    return list(part(path).iter(f"{W}tbl"))


def columns(table: etree._Element) -> list[str]:
    """The headings: of the lowest row, or of the one above where a heading goes through both."""
    heads = [cells_by_column(row) for row in table.findall(f"{W}tr") if is_heading(row)]
    return [next(text for text in reversed(column) if text) for column in zip(*heads, strict=True)]


def cells_by_column(row: etree._Element) -> list[str]:
    """The text of each cell, as often as it spans columns."""
    found = []
    for cell, text in zip(row.findall(f"{W}tc"), cells(row), strict=True):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        found += [text] * (1 if span is None else int(span.get(f"{W}val")))
    return found


def rows(table: etree._Element) -> list[list[str]]:
    return [cells(row) for row in table.findall(f"{W}tr") if not is_heading(row)]


def titled(path: Path, title: str) -> etree._Element:
    """The table under the caption that ends so."""
    for each in part(path).iter(f"{W}tbl"):
        before = each.getprevious()
        if before is not None and words(before).endswith(title):
            return each
    raise AssertionError(f"no table {title}")


def records(path: Path, title: str) -> list[Row]:
    table = titled(path, title)
    return [dict(zip(columns(table), row, strict=True)) for row in rows(table)]


def number(text: str) -> tuple[Fraction, Fraction]:
    """The first number of a text, and half a unit of its last place."""
    found = NUMBER.search(text)
    assert found is not None, text
    told = found.group().replace(",", "")
    places = len(told.partition(".")[2])
    return Fraction(told), Fraction(1, 2 * 10**places)


def tells(text: str, exact: Any) -> bool:
    """Whether the number that the text shows is this one, rounded."""
    shown, half = number(text)
    return abs(shown - Fraction(exact)) <= half
