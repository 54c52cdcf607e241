"""A disk that is full or read-only, and two seals at once: a sentence, and nothing half-written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from malice.commands import Tally, seal_words

from junheng import cli
from junheng.registry.store_verifying import verify_store
from junheng.registry.whole_file import ASIDE

MOUNT = shutil.which("mount")
ON = ("--on", "2026-03-31")


def mounted(folder: Path, size: int) -> None:
    """A disk of so many KiB at the folder; skips the test where nobody may mount one."""
    if sys.platform != "linux" or MOUNT is None or os.geteuid() != 0:
        pytest.skip("要挂载一块小磁盘，须在 Linux 上以 root 运行")
    folder.mkdir(exist_ok=True)
    options = ["-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder)]
    done = subprocess.run([MOUNT, *options], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"这里不许挂载磁盘：{done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Where a small disk may be mounted; unmounted in the end, however often it was mounted."""
    folder = tmp_path / "盘"
    yield folder
    umount = shutil.which("umount")
    while umount is not None and folder.is_mount():
        subprocess.run([umount, "-l", str(folder)], check=True)


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the refused command says; a traceback would end the test."""
    capsys.readouterr()
    assert cli.run(words) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1, "one sentence"
    return told


def files_below(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


SIZES = pytest.mark.parametrize(
    "size",
    [
        pytest.param(16, marks=pytest.mark.slow),
        pytest.param(120, marks=pytest.mark.slow),
        *(pytest.param(n, marks=pytest.mark.prove) for n in (4, 40, 64, 96, 160, 180, 200)),
    ],
)
"""KiB: the facts are about 180, with the seal about 220."""


@SIZES
def test_a_full_disk_leaves_no_half_seal(
    size: int, disk: Path, filed: Path, capsys: pytest.CaptureFixture[str], tally: Tally
) -> None:
    mounted(disk, size)
    told = said(seal_words(filed, disk / "库"), capsys)
    assert "磁盘已满" in told
    assert not any(name.startswith(ASIDE) for each in disk.rglob("*") for name in each.parts)
    if (disk / "库").exists() and any((disk / "库").iterdir()):
        checked = verify_store(disk / "库")
        assert checked.sound
        assert checked.seals == ()
    tally["磁盘已满，一句话，没有半份"] += 1


@pytest.mark.slow
def test_a_disk_that_fills_up_leaves_the_earlier_seal_whole(
    disk: Path, store: Path, other: Path, capsys: pytest.CaptureFixture[str], tally: Tally
) -> None:
    mounted(disk, 320)
    shutil.copytree(store, disk / "库")
    assert "磁盘已满" in said(seal_words(other, disk / "库"), capsys)
    checked = verify_store(disk / "库")
    assert [each.whole for each in checked.seals] == [True]
    tally["磁盘已满，一句话，没有半份"] += 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("assess",),
        ("report", "--kind", "leader", "--no-page-numbers"),
        ("report", "--kind", "list", "--no-page-numbers"),
        ("report", "--kind", "html"),
    ],
    ids=["assess", "leader", "list", "html"],
)
@pytest.mark.parametrize(
    "size", [pytest.param(n, marks=[pytest.mark.prove] if n != 8 else []) for n in (4, 8, 12)]
)
def test_documents_on_a_full_disk_are_whole_or_not_there(
    command: tuple[str, ...], size: int, disk: Path, store: Path,
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tally: Tally,
) -> None:  # fmt: skip
    name, *more = command
    mounted(disk, size)
    told = said([name, str(store), *more, *ON, "-o", str(disk)], capsys)
    assert "磁盘已满" in told
    assert files_below(disk) <= {"assessment.parquet", "receipt.json"}, "and those were whole"
    tally["磁盘已满，一句话，没有半份"] += 1


@pytest.mark.slow
def test_a_read_only_disk_is_named(
    disk: Path, store: Path, filed: Path, capsys: pytest.CaptureFixture[str], tally: Tally
) -> None:
    mounted(disk, 4000)
    shutil.copytree(store, disk / "库")
    before = files_below(disk)
    assert MOUNT is not None
    subprocess.run([MOUNT, "-o", "remount,ro", str(disk)], check=True)
    words = seal_words(filed, disk / "库")
    words[words.index("某人")] = "另一人"
    for each in (
        words,
        seal_words(filed, disk / "新库"),
        ["assess", str(store), *ON, "-o", str(disk / "结果")],
        ["assess", str(store), *ON, "-o", str(disk)],
        ["report", str(store), *ON, "--kind", "leader", "--no-page-numbers", "-o", str(disk)],
        ["check", str(filed), "--mark", str(disk / "标注.xlsx")],
        ["template", str(disk / "模板.xlsx")],
    ):
        told = said(each, capsys)
        assert "只读" in told, each
        assert ASIDE not in told, "the user knows nothing of what is written aside"
        tally["只读的文件夹，一句话"] += 1
    assert files_below(disk) == before
    assert cli.run(["store", "verify", str(disk / "库")]) == 0, "reading it is no harm"


@pytest.mark.slow
@pytest.mark.parametrize(
    "same", [pytest.param(True, id="same", marks=pytest.mark.prove), pytest.param(False, id="two")]
)
def test_two_seals_at_once_both_succeed_and_the_store_is_whole(
    same: bool, filed: Path, other: Path, tmp_path: Path, tally: Tally
) -> None:
    store = tmp_path / "库"
    books = [filed, filed if same else other]
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "junheng", *seal_words(book, store)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for book in books
    ]  # fmt: skip
    ended = [(each.communicate()[1], each.returncode) for each in runs]
    assert [status for _, status in ended] == [0, 0], ended
    checked = verify_store(store)
    assert checked.sound
    assert checked.faults == ()
    assert len(checked.seals) == (1 if same else 2)
    tally["两次封存同时进行，都成功"] += 1


def test_whoever_comes_second_finds_the_folder_there(tmp_path: Path) -> None:
    """The race itself, without luck: the folder appears while ours is being written."""
    from junheng.registry.whole_file import place_folder

    target = tmp_path / "事实"

    def overtaken(aside: Path) -> None:
        (aside / "a").write_text("ours")
        assert place_folder(target, lambda folder: (folder / "a").write_text("theirs"))

    assert place_folder(target, overtaken) is False
    assert (target / "a").read_text() == "theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["事实"]


def test_a_bug_while_writing_stays_a_bug(tmp_path: Path) -> None:
    from junheng.registry.whole_file import place, place_folder

    def broken(_: Path) -> None:
        raise KeyError("ours")

    for put in (place, place_folder):
        with pytest.raises(KeyError):
            put(tmp_path / "x", broken)
    assert list(tmp_path.iterdir()) == []
