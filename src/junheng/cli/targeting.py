"""junheng targets: where the policy's targets stand on a day."""

import json
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import Json, ReadingChoices, console, day, existing, readings_of


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("targets", cls=ChineseCommand)(targets)


def targets(
    snapshots: Annotated[
        list[Path],
        typer.Argument(
            help="封存的数据，可写多份（几个年度、几个区县）；或只有一次封存的库。", metavar="封存…"
        ),
    ],
    on: Annotated[str, typer.Option("--on", help="看哪一天（例如 2026-11-24）。", metavar="日期")],
    overdue: Annotated[bool, typer.Option("--overdue", help="只看逾期的。")] = False,
    place: Annotated[
        str, typer.Option("--place", help="只看一个单位，例如 410100。", metavar="代码")
    ] = "",
    recover_by: Annotated[
        str | None,
        typer.Option(
            "--recover-by", help="按这一天补齐来算进度，代替登记的承诺日期。", metavar="日期"
        ),
    ] = None,
    reading: ReadingChoices = None,
    as_json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="目标册写到哪个文件夹。", metavar="文件夹"),
    ] = None,
) -> None:
    """政策目标到这一天的情况：亮灯、原因、责任单位、补齐需要的进度。"""
    from junheng import publish, studies
    from junheng.diagnosis import Light
    from junheng.registry import Snapshot

    asked, until = day(on), day(recover_by) if recover_by else None
    opened = [Snapshot.open(existing(path)) for path in snapshots]
    study = studies.follow_targets(
        opened, on=asked, recover_by=until, readings=readings_of(reading)
    )
    written = publish.write_targets(study, out) if out is not None else []
    lights = (Light.OVERDUE,) if overdue else ()
    shown = study.only(lights=lights, place=place)
    if as_json:
        typer.echo(json.dumps(shown.record, ensure_ascii=False, indent=1))
        return
    console().print(publish.show_targets(shown))
    for path in written:
        typer.echo(f"已写出 {path}")
