"""junheng report: the Word documents of an assessment."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import (
    Day,
    ReadingChoices,
    Relaxations,
    SnapshotPath,
    Variant,
    day,
    existing,
    readings_of,
)

MOST = 8
"""So many files of a folder are named one by one."""


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("report", cls=ChineseCommand)(report)


def report(
    snapshot: SnapshotPath,
    on: Day,
    out: Annotated[
        Path, typer.Option("-o", "--out", help="文件写到哪个文件夹。", metavar="文件夹")
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help="只要哪种，可写多次：self 自评报告、list 整改清单、cards 学校成绩单、"
            "leader 领导一页；不写则全要。",
            metavar="种类",
        ),
    ] = None,
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
) -> None:
    """按评估结果写出 Word 文件：自评报告、整改清单、学校成绩单、领导一页。"""
    from junheng import studies
    from junheng.publish.word import KINDS, write_documents
    from junheng.registry import Snapshot

    study = studies.assess(
        Snapshot.open(existing(snapshot)),
        on=day(on),
        variant=variant,
        relaxations=tuple(relax or ()),
        readings=readings_of(reading),
    )
    written = write_documents(study, out, tuple(dict.fromkeys(kind or KINDS)))
    folders = Counter(path.parent for path in written)
    for folder, count in folders.items():
        if count > MOST:
            typer.echo(f"已写出 {folder}（{count}份）")
    for path in written:
        if folders[path.parent] <= MOST:
            typer.echo(f"已写出 {path}")
