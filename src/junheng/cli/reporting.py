"""junheng report: the documents of an assessment, as Word and as one offline web page."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import (
    Day,
    ReadingChoices,
    Relaxations,
    Variant,
    day,
    opened,
    readings_of,
)
from junheng.errors import MisuseError

if TYPE_CHECKING:
    from junheng.studies import Years

MOST = 8
"""So many files of a folder are named one by one."""
HTML = "html"
"""The kind that is written as a web page; all others are Word."""


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("report", cls=ChineseCommand)(report)


def report(
    snapshots: Annotated[
        list[Path],
        typer.Argument(
            help="封存的数据，每个学年一份，或装着各年封存的库：文件写最近一年，网页报告并列各年。",
            metavar="封存…",
        ),
    ],
    on: Day,
    out: Annotated[
        Path, typer.Option("-o", "--out", help="文件写到哪个文件夹。", metavar="文件夹")
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help="只要哪种，可写多次：self 自评报告、list 整改清单、cards 学校成绩单、"
            "leader 领导一页、html 网页报告；不写则全要。",
            metavar="种类",
        ),
    ] = None,
    boundaries: Annotated[
        Path | None,
        typer.Option("--boundaries", help="网页报告地图用的区县边界（GeoJSON）。", metavar="文件"),
    ] = None,
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
) -> None:
    """按评估结果写出文件：自评报告、整改清单、学校成绩单、领导一页（Word），网页报告（HTML）。"""
    from junheng import studies
    from junheng.publish.word import KINDS

    kinds = _known(kind or (), (*KINDS, HTML))
    held = studies.by_year(opened(snapshots))
    latest = max(held)
    years = studies.follow(
        held.values() if HTML in kinds else [held[latest]],
        days={latest: day(on)},
        variant=variant,
        relaxations=tuple(relax or ()),
        readings=readings_of(reading),
    )
    _tell(_written(years, out, kinds, boundaries))


def _known(asked: Sequence[str], kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds asked for, all where none is. Raises MisuseError for an unknown one."""
    unknown = [each for each in asked if each not in kinds]
    if unknown:
        raise MisuseError(f"没有名为“{'、'.join(unknown)}”的文件。可用：{'、'.join(kinds)}。")
    return tuple(dict.fromkeys(asked or kinds))


def _written(
    years: "Years", out: Path, kinds: tuple[str, ...], boundaries: Path | None
) -> list[Path]:
    from junheng.publish.html import write_report
    from junheng.publish.word import write_documents

    written = []
    words = tuple(each for each in kinds if each != HTML)
    if words:
        written += write_documents(years.studies[max(years.studies)], out, words)
    if HTML in kinds:
        written.append(write_report(years, out, boundaries=boundaries))
    return written


def _tell(written: list[Path]) -> None:
    folders = Counter(path.parent for path in written)
    for folder, count in folders.items():
        if count > MOST:
            typer.echo(f"已写出 {folder}（{count}份）")
    for path in written:
        if folders[path.parent] <= MOST:
            typer.echo(f"已写出 {path}")
