"""A place that cannot be written is named in a sentence; a bug is not dressed up as one."""

import pytest

from junheng import cli
from junheng.cli import commands
from junheng.sample import fill_workbook


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "示例县.xlsx"
    fill_workbook(path, seed=5, schools=24)
    return path


def test_a_store_that_is_a_file_is_named(filled, tmp_path, capsys):
    (tmp_path / "库").write_text("x", encoding="utf-8")
    words = [
        "seal",
        str(filled),
        "-o",
        str(tmp_path / "库"),
        "--year",
        "2025",
        "--by",
        "某人",
        "--on",
        "2025-10-20",
    ]
    assert cli.run(words) == 1
    said = capsys.readouterr().err
    assert "库" in said
    assert "请核对路径" in said


def test_an_output_folder_that_is_a_file_is_named_and_nothing_is_written(filled, tmp_path, capsys):
    store, out = tmp_path / "库", tmp_path / "结果"
    assert (
        cli.run(
            [
                "seal",
                str(filled),
                "-o",
                str(store),
                "--year",
                "2025",
                "--by",
                "某人",
                "--on",
                "2025-10-20",
            ]
        )
        == 0
    )
    out.write_text("x", encoding="utf-8")
    assert cli.run(["assess", str(store), "--on", "2026-03-31", "-o", str(out)]) == 1
    assert "结果" in capsys.readouterr().err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["库", "结果"]


def test_a_bug_shows_itself(monkeypatch):
    def broken(*_args, **_kwargs):
        raise KeyError("ours")

    monkeypatch.setattr(commands, "app", broken)
    with pytest.raises(KeyError):
        cli.run(["check", "x"])
