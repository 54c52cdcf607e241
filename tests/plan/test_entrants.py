"""The file of entrants: every wrong line is named in one pass."""

from pathlib import Path

import pytest

from junheng.errors import UnreadableFileError
from junheng.plan import read_entrants

HEAD = "学校代码,学年,年级,人数\n"


def written(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "新生.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_entrants_are_read_by_school_year_and_grade(tmp_path: Path) -> None:
    found = read_entrants(
        written(tmp_path, HEAD + "0141990001,2026,1,120\n3141990001,2027,7,88\n\n")
    )
    assert found.given == {("0141990001", 2026, 1): 120, ("3141990001", 2027, 7): 88}
    assert found.source == "新生.csv"


def test_every_wrong_line_is_named(tmp_path: Path) -> None:
    lines = "A,2026,1,12\nA,2026,1,13\nB,2026,2,5\nB,2026,1,十\nB,2026,1\n"
    with pytest.raises(UnreadableFileError) as refused:
        read_entrants(written(tmp_path, HEAD + lines))
    told = str(refused.value)
    for line in ("第3行重复", "第4行的年级是2", "第5行的学年、年级、人数不是整数", "第6行有3列"):
        assert line in told
    assert "第2行" not in told


@pytest.mark.parametrize("text", ["", "学校,学年,年级,人数\n"])
def test_a_wrong_heading_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFileError, match="学校代码、学年、年级、人数"):
        read_entrants(written(tmp_path, text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_what_excel_saves_is_read(tmp_path: Path, encoding: str) -> None:
    text = HEAD.replace("\n", "\r\n") + "0141990001,2026,1,120\r\n"
    found = read_entrants(written(tmp_path, text, encoding))
    assert found.given == {("0141990001", 2026, 1): 120}


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "新生.csv"
    path.write_bytes(b"\xff\xfe" + HEAD.encode("utf-16-le"))
    with pytest.raises(UnreadableFileError, match=r"UTF-8.*GB18030"):
        read_entrants(path)


def test_a_damaged_utf8_file_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "新生.csv"
    path.write_bytes(HEAD.encode()[:-2] + b"\n0141990001,2026,1,120\n")
    with pytest.raises(UnreadableFileError):
        read_entrants(path)


def test_without_a_file_nothing_is_given() -> None:
    assert read_entrants(None).given == {}
