"""Pages of the headings, as LibreOffice lays documents out; many are laid out by one run.

LibreOffice writes its headings into the outline of a PDF, each with the page it points at.
"""

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from lxml import etree

from junheng.publish.word.frame import DOCUMENT, zipped
from junheng.studies import place

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXPORT = "pdf:writer_pdf_Export"

SECONDS = 300
_OBJECT = re.compile(rb"(\d+) 0 obj\s*(<<.*?>>)\s*endobj", re.DOTALL)
_TITLE = re.compile(rb"/Title<([0-9A-Fa-f]+)>")
_PLACE = re.compile(rb"/Dest\[(\d+) 0 R")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")


def office() -> str | None:
    """The word processor of this machine, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def fill_pages(paths: Sequence[Path], runs: int = 1) -> None:
    """Write the pages into the contents of these documents, laid out by so many runs at once.

    A document is left as it is where it has no contents, or cannot be laid out.
    """
    program = office()
    shares = [paths[start::runs] for start in range(runs) if paths[start::runs]]
    if program is not None and shares:
        with ThreadPoolExecutor(len(shares)) as threads:
            for _ in threads.map(partial(_fill_share, program), shares):
                pass


def _fill_share(program: str, paths: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory(prefix="junheng-") as name:
        folder = Path(name)
        copies = [folder / f"{number}.docx" for number in range(len(paths))]
        for copy, path in zip(copies, paths, strict=True):
            shutil.copyfile(path, copy)
        command = [
            program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
            "--convert-to", EXPORT, "--outdir", str(folder), *map(str, copies),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return
        for copy, path in zip(copies, paths, strict=True):
            pdf = copy.with_suffix(".pdf")
            if pdf.exists():
                _write_pages(path, outline(pdf.read_bytes()))


def _write_pages(path: Path, found: Sequence[tuple[str, int]]) -> None:
    """Fill the contents in, where the layout found exactly their headings."""
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    root = etree.fromstring(dict(parts)[DOCUMENT])
    entries = [p for p in root.iter(f"{W}p") if _style(p).startswith("TOC")]
    if not entries or [_title(each) for each in entries] != [title for title, _ in found]:
        return
    for entry, (_, page) in zip(entries, found, strict=True):
        entry.findall(f".//{W}t")[-1].text = str(page)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    held = zipped([(name, written if name == DOCUMENT else held) for name, held in parts])
    place(path, lambda aside: aside.write_bytes(held))


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def _title(entry: etree._Element) -> str:
    """The words of an entry of the contents, without the page at its end."""
    return "".join(each.text or "" for each in entry.findall(f".//{W}t")[:-1])


def outline(pdf: bytes) -> list[tuple[str, int]]:
    """(title, page) of the outline of a PDF written by LibreOffice, in the order of the file."""
    found: list[tuple[str, int]] = []
    pages: dict[int, int] = {}
    titled: list[tuple[str, int]] = []
    for match in _OBJECT.finditer(pdf):
        body = match.group(2)
        if b"/Type/Pages" in body and (kids := _KIDS.search(body)):
            for number in re.findall(rb"(\d+) 0 R", kids.group(1)):
                pages[int(number)] = len(pages) + 1
        title, place = _TITLE.search(body), _PLACE.search(body)
        if title and place:
            text = bytes.fromhex(title.group(1).decode()).decode("utf-16")
            titled.append((text, int(place.group(1))))
    found = [(text, pages[at]) for text, at in titled if at in pages]
    return found if len(found) == len(titled) else []
