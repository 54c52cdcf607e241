"""Documents as a word processor lays them out, and which fonts it took."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

CHINESE = re.compile(
    r"Noto(Sans|Serif)(Mono)?(CJK|SC)|SourceHan|FangSong|SimHei|KaiTi|SimSun|STFang|STHei|STKai|"
    r"FZFang|FZHei|FZKai|WenQuanYi|DroidSansFallback|MicrosoftYaHei",
    re.IGNORECASE,
)
"""Fonts that hold Chinese."""
OTHERS = re.compile(
    r"Liberation|DejaVu|TimesNewRoman|Times New Roman|Carlito|Calibri|Noto(Sans|Serif)-|OpenSymbol"
)
"""Fonts that may draw digits, Latin letters and signs."""


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"没有 {name}，不能看排版")
    return found


def rendered(paths: Iterable[Path], folder: Path, **environment: str) -> list[Path]:
    """The files as PDF, all by one run; skips where no word processor can open them."""
    office, held = tool("soffice"), list(paths)
    where = f"-env:UserInstallation=file://{folder / 'office'}"
    subprocess.run(
        [office, where, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, held)],
        capture_output=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    pdfs = [folder / f"{path.stem}.pdf" for path in held]
    if not all(pdf.exists() for pdf in pdfs):
        pytest.skip("LibreOffice 没有装 Writer 或 Calc，不能看排版")
    return pdfs


def asked(name: str, pdf: Path) -> str:
    """What a tool of poppler says of a PDF."""
    command = [tool(name), str(pdf), *(["-"] if name == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def pages(pdf: Path) -> int:
    lines = asked("pdfinfo", pdf).splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Pages:")))


def fonts(pdf: Path) -> set[str]:
    """Names of the fonts in a PDF, without the mark of a subset."""
    lines = asked("pdffonts", pdf).splitlines()[2:]
    return {line.split()[0].partition("+")[2] or line.split()[0] for line in lines}


def fault(pdf: Path) -> str:
    """What is wrong with the fonts of a Chinese document; empty where nothing is."""
    found = fonts(pdf)
    strange = [each for each in found if not (CHINESE.search(each) or OTHERS.search(each))]
    if strange:
        return f"{pdf.name}：没有料到的字体 {strange}"
    chinese = any(CHINESE.search(each) for each in found)
    return "" if chinese else f"{pdf.name}：没有一个中文字体，只有 {sorted(found)}"
