"""Reading back what was exported, as far as a hostile text could do something there."""

import csv
import html.parser
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from lxml import etree

SIGNS = "=+-@＝＋－＠\t\r"
NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?%?")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def begins_a_formula(text: str) -> bool:
    """Whether a spreadsheet would compute the text: it begins so and is no plain number."""
    return text[:1] in SIGNS and text != "" and not NUMBER.fullmatch(text)


def faults(path: Path) -> Iterator[str]:
    """What a spreadsheet, a word processor or a browser would run of this file."""
    reader = {".xlsx": _of_book, ".csv": _of_csv, ".docx": _of_document, ".html": _of_page}
    if path.suffix in reader:
        yield from (f"{path.name}：{each}" for each in reader[path.suffix](path))


def texts(path: Path) -> str:
    """Every text of a file, for asking whether the hostile ones arrived there at all."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as package:
            parts = [package.read(n) for n in package.namelist() if n.endswith((".xml", ".rels"))]
        return "\n".join("".join(etree.fromstring(part).itertext()) for part in parts)
    return path.read_text(encoding="utf-8-sig")


def _of_book(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "f":
            yield f"{cell.parent.title}!{cell.coordinate} 是公式 {cell.value!r}"
        if cell.hyperlink is not None and cell.hyperlink.target:
            yield f"{cell.parent.title}!{cell.coordinate} 链接到 {cell.hyperlink.target!r}"
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".rels") and b'TargetMode="External"' in package.read(name):
                yield f"{name} 指到文件以外"
            if "externalLink" in name or "vbaProject" in name:
                yield f"有部件 {name}"


def _of_csv(path: Path) -> Iterator[str]:
    yield from faults_of_csv(path.read_text(encoding="utf-8-sig"))


def faults_of_csv(text: str) -> Iterator[str]:
    """The cells of a CSV that a spreadsheet would compute."""
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        for cell in row:
            if begins_a_formula(cell):
                yield f"第 {number} 行 {cell!r}"


def _of_document(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(package.read(name))
            for field in root.iter(f"{WORD}instrText", f"{WORD}fldSimple"):
                told = (field.text or "") + (field.get(f"{WORD}instr") or "")
                if not re.match(r"\s*(PAGE|NUMPAGES|TOC|PAGEREF|REF|SEQ|STYLEREF)\b", told):
                    yield f"{name} 有域 {told!r}"
            for relation in root.iter("{*}Relationship"):
                if relation.get("TargetMode") == "External":
                    yield f"{name} 指到文件以外"


class _Page(html.parser.HTMLParser):
    """What a page would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        fetches = {"img", "iframe", "object", "embed", "link", "base", "form"}
        leads_out = tag == "a" and not (held.get("href") or "").startswith("#")
        if (
            tag in fetches
            or leads_out
            or "src" in held
            or any(each.startswith("on") for each in held)
        ):
            self.found.append(f"有 <{tag}> {held}")


def _of_page(path: Path) -> Iterator[str]:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    yield from page.found
