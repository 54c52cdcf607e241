"""The Word files as a word processor lays them out: pages, fonts. Needs LibreOffice Writer and poppler."""

import shutil
import subprocess
from pathlib import Path

import pytest

from junheng.publish.word import write_documents
from junheng.publish.word.cards import schools_of
from junheng.studies import Study

pytestmark = pytest.mark.slow


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"没有 {name}，不能看排版")
    return found


def rendered(path: Path, folder: Path) -> Path:
    """The file as PDF; skips where no word processor can open it."""
    office = tool("soffice")
    where = f"-env:UserInstallation=file://{folder / 'office'}"
    subprocess.run(
        [office, where, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        capture_output=True, check=False,
    )  # fmt: skip
    pdf = folder / f"{path.stem}.pdf"
    if not pdf.exists():
        pytest.skip("LibreOffice 没有装 Writer，不能看排版")
    return pdf


def pages(pdf: Path) -> int:
    told = subprocess.run(
        [tool("pdfinfo"), str(pdf)], capture_output=True, check=True, text=True
    ).stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


@pytest.mark.parametrize("name", ["demo", "passing", "narrow"])
def test_the_leader_gets_one_page(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    study: Study = request.getfixturevalue(name)
    (page,) = write_documents(study, tmp_path, ("leader",))
    assert pages(rendered(page, tmp_path)) == 1


def test_each_school_gets_one_page(demo: Study, tmp_path: Path) -> None:
    together = write_documents(demo, tmp_path, ("cards",))[0]
    schools = schools_of(demo, demo.assessment.counties[0])
    assert pages(rendered(together, tmp_path)) == len(schools)


def test_every_character_of_the_report_has_a_glyph(demo: Study, tmp_path: Path) -> None:
    (report,) = write_documents(demo, tmp_path, ("self",))
    pdf = rendered(report, tmp_path)
    text = subprocess.run(
        [tool("pdftotext"), str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "演示数据" in text
    assert "㎡" in text
    assert "\ufffd" not in text
    fonts = subprocess.run(
        [tool("pdffonts"), str(pdf)], capture_output=True, check=True, text=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert not any("LastResort" in line or "notdef" in line.lower() for line in fonts)
