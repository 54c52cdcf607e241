"""No person leaves the aggregate: not in a file written, not on the screen, not in an error."""

import zipfile
from pathlib import Path

import polars as pl
import pytest
from registry.rosters.persons import NAMES, PUPIL_IDS, TEACHER_IDS, Registers, registers

from junheng.cli import run

pytestmark = pytest.mark.slow

MARKS = [each.encode() for each in (NAMES, PUPIL_IDS, TEACHER_IDS)]


def every_byte(folder: Path) -> bytes:
    """All files as they lie there, archives unpacked."""
    found = b""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        found += path.name.encode() + path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found += b"".join(archive.read(each) for each in archive.namelist())
        elif path.suffix == ".parquet":
            found += pl.read_parquet(path).write_csv().encode()
    return found


@pytest.fixture(scope="module")
def county() -> Registers:
    return registers(schools=16)


@pytest.fixture
def folder(county: Registers, tmp_path: Path) -> Path:
    return county.write(tmp_path / "台账")


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_no_output_holds_a_name_or_an_identifier(
    form: str, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "出"
    assert run(["aggregate", str(folder), "--year", "2025", "-o", str(out), "--form", form]) == 0
    said = "".join(capfd.readouterr()).encode()
    written = every_byte(out)
    assert b"410199" in written
    assert "班级总数".encode() in said or "学籍：".encode() in said
    assert [mark for mark in MARKS if mark in written or mark in said] == []
    assert any(mark in every_byte(folder) for mark in MARKS), "the marks do stand in the registers"


def _wrong(rows: list[dict], **values: object) -> list[dict]:
    return [{**rows[0], **values}, *rows[1:]]


FAULTS = {
    "a name in every column": {
        k: f"{NAMES}{k}" for k in ("学校标识码", "年级", "班级", "是否随迁子女")
    },
    "an identifier for a class": {"班级": f"{PUPIL_IDS}0001"},
    "the columns moved by one": {
        "学籍号": f"{NAMES}9",
        "学校标识码": f"{PUPIL_IDS}01",
        "年级": "5141000001",
    },
}


@pytest.mark.parametrize("values", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_no_error_says_what_stands_in_a_row(
    values: dict, suffix: str, county: Registers, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = Registers(schools=county.schools).write(tmp_path / "台账")
    frame = pl.DataFrame(_wrong(county.pupils, **values), infer_schema_length=None)
    getattr(frame, f"write_{suffix}")(folder / f"学籍.{suffix}")
    out = tmp_path / "出"
    status = run(["aggregate", str(folder), "--year", "2025", "-o", str(out)])
    said = "".join(capfd.readouterr()).encode()
    assert status == (0 if set(values) == {"班级"} else 1)
    assert [mark for mark in MARKS if mark in said or mark in every_byte(out)] == []
    if status:
        assert ("第 1 行" if suffix == "parquet" else "第 2 行").encode() in said


def test_a_broken_file_is_named_by_its_line_and_not_by_its_content(
    county: Registers, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = Registers(schools=county.schools).write(tmp_path / "台账")
    text = pl.DataFrame(county.pupils, infer_schema_length=None).write_csv()
    lines = text.splitlines()
    lines[7] = f"{PUPIL_IDS}1,{NAMES}," + ",".join(f'{NAMES}"{n}' for n in range(30))
    (folder / "学籍.csv").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "出"
    assert run(["aggregate", str(folder), "--year", "2025", "-o", str(out)]) == 1
    said = "".join(capfd.readouterr())
    assert "学籍.csv" in said
    assert [mark for mark in MARKS if mark in said.encode()] == []
    assert not out.exists()
