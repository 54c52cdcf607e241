"""Pages of the headings, as LibreOffice lays a document out: it is asked once for all documents.

LibreOffice writes its headings into the outline of a PDF, each with the page it points at.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

SECONDS = 300
_OBJECT = re.compile(rb"(\d+) 0 obj\s*(<<.*?>>)\s*endobj", re.DOTALL)
_TITLE = re.compile(rb"/Title<([0-9A-Fa-f]+)>")
_PLACE = re.compile(rb"/Dest\[(\d+) 0 R")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")


def office() -> str | None:
    """The word processor of this machine, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def heading_pages(documents: Mapping[str, bytes]) -> dict[str, list[tuple[str, int]]]:
    """Name → (heading, page from 1) of every heading, in order; what cannot be laid out is left out."""
    program = office()
    if program is None or not documents:
        return {}
    with tempfile.TemporaryDirectory(prefix="junheng-") as name:
        folder = Path(name)
        files = {}
        for number, (key, content) in enumerate(documents.items()):
            files[key] = folder / f"{number}.docx"
            files[key].write_bytes(content)
        command = [
            program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder), *map(str, files.values()),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return {}
        pdfs = {key: path.with_suffix(".pdf") for key, path in files.items()}
        return {key: outline(pdf.read_bytes()) for key, pdf in pdfs.items() if pdf.exists()}


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
