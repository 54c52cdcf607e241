"""junheng work: does the desk's queued runs, one at a time a core."""

import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("work", cls=ChineseCommand)(work)


def work(
    data: Annotated[
        Path | None,
        typer.Option("--data", help="平台的数据文件夹；不写用 JUNHENG_DATA。", metavar="文件夹"),
    ] = None,
    cores: Annotated[
        int, typer.Option("--cores", help="同时做几项；0 表示每个处理器核心一项。", min=0, max=64)
    ] = 0,
    once: Annotated[bool, typer.Option("--once", help="做完现在排队的就结束。")] = False,
    lease: Annotated[
        float,
        typer.Option("--lease", help="执行者多少秒没有动静就算中断，由别的接手。", min=1, max=3600),
    ] = 20,
) -> None:
    """做平台上排队的测算：封存、评估、比较、方案；中断的重新排队，可以同时开几个。"""
    if data is not None:
        os.environ["JUNHENG_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
    import django

    django.setup()
    from junheng.web.working.loop import Pace, Worker

    worker = Worker(
        cores=cores or os.cpu_count() or 1, pace=Pace(beat=min(2.0, lease / 4), lease=lease)
    )
    if once:
        worker.work_off()
        return
    ended: list[int] = []
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, _: ended.append(number))
    typer.echo(f"开始等候测算（{worker.name}，同时 {worker.cores} 项）；按 Ctrl-C 结束。")
    worker.work(until=lambda: bool(ended))
    typer.echo("已结束；没有做完的测算重新排队。")
