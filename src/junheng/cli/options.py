"""Options that several commands share, and how a day is read."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.errors import MisuseError

if TYPE_CHECKING:
    from rich.console import Console

    from junheng.registry import Snapshot

Paths = Annotated[
    list[Path], typer.Argument(help="填报的工作簿、CSV，或装着它们的文件夹。", metavar="路径…")
]
SnapshotPath = Annotated[
    Path, typer.Argument(help="封存的数据：seal 打印的文件夹，或只有一次封存的库。", metavar="封存")
]
Day = Annotated[
    str, typer.Option("--on", help="按哪一天有效的要求（例如 2026-03-31）。", metavar="日期")
]
Json = Annotated[bool, typer.Option("--json", help="打印给机器读的 JSON，形状见文档。")]
Variant = Annotated[
    str, typer.Option("--variant", help="差异系数算法；不写则用方案默认。", metavar="名称")
]
Relaxations = Annotated[
    list[str] | None,
    typer.Option("--relax", help="打开的例外，可写多次：--relax X1。", metavar="代码"),
]

ReadingChoices = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        help="未决口径取哪一种，可写多次：--reading campus=school。",
        metavar="口径=选项",
    ),
]
SchemeCode = Annotated[
    str, typer.Option("--scheme", help="评估方案：2017-quality 或 2012-basic。", metavar="代码")
]


def readings_of(words: list[str] | None) -> dict[str, str]:
    """Open point → option, from words written 口径=选项. Raises MisuseError otherwise."""
    found: dict[str, str] = {}
    for word in words or ():
        switch, equals, option = word.partition("=")
        if not (switch and equals and option):
            raise MisuseError(f"口径“{word}”看不懂。请写成 --reading campus=school 的样子。")
        if found.setdefault(switch, option) != option:
            raise MisuseError(
                f"口径“{switch}”写了两种读法：{found[switch]}、{option}。请只写一种。"
            )
    return found


Last = Annotated[
    list[Path] | None,
    typer.Option(
        "--last", help="以前年度的工作簿或封存，用来比对；可写多次，每年一份。", metavar="路径"
    ),
]
Evidence = Annotated[
    Path | None,
    typer.Option("--evidence", help="放佐证材料的文件夹，核对文件与校验值。", metavar="文件夹"),
]


def day(text: str) -> date:
    """A day written 2026-03-31. Raises MisuseError otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MisuseError(f"日期“{text}”看不懂。请写成 2026-03-31 的样子。") from None


def existing(path: Path) -> Path:
    """The path, if something is there. Raises MisuseError otherwise."""
    if not path.exists():
        raise MisuseError(f"找不到“{path}”。请核对路径。")
    return path


def opened(paths: list[Path]) -> "list[Snapshot]":
    """Every snapshot named; of a store, all its seals."""
    from junheng.registry import Snapshot
    from junheng.registry.snapshot import seals_of

    folders: list[Path] = []
    for path in paths:
        folders += seals_of(existing(path)) or [path]
    return [Snapshot.open(each) for each in folders]


def console() -> "Console":
    """The terminal; wide enough for a table where the output is not a terminal."""
    from rich.console import Console

    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=120)


def printable(name: str) -> str:
    """A name for the terminal: what would steer it is shown as a question mark."""
    return "".join(each if each.isprintable() else "?" for each in name)
