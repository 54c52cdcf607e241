"""junheng serve, audit: the desk in a browser, and the proof that its log was not touched."""

import os
import socket
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand, ChineseGroup
from junheng.cli.options import existing
from junheng.errors import MisuseError

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="工作台的数据文件夹；不写用 JUNHENG_DATA，都没有就是 ./junheng-desk。",
        metavar="文件夹",
    ),
]
MOST_FAULTS = 50
"""So many faults of the log are printed; the number of all is told."""


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("serve", cls=ChineseCommand)(serve)
    group = typer.Typer(
        cls=ChineseGroup, help="操作记录：核对有没有被改动。", rich_markup_mode=None
    )
    group.callback()(lambda: None)
    group.command("verify", cls=ChineseCommand)(verify)
    app.add_typer(group, name="audit")


def serve(
    data: Data = None,
    host: Annotated[str, typer.Option(help="在哪个地址上等候。", metavar="地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。", min=1, max=65535, metavar="号")] = 8000,
    store: Annotated[
        list[Path] | None,
        typer.Option(
            "--store", help="把这个封存库带进来，单位按其中最近一年建立；可写多次。", metavar="库"
        ),
    ] = None,
    place: Annotated[
        str, typer.Option(help="第一次启动时建立这个单位和下属区县，例如 410100。", metavar="代码")
    ] = "",
    demo: Annotated[
        bool, typer.Option("--demo", help="装进虚构的示例市，每个角色都有账号；只供演示。")
    ] = False,
    demo_from: Annotated[
        Path, typer.Option("--demo-from", help="make demo 留下的封存库；没有就现造。", metavar="库")
    ] = Path("demo/库"),
    processes: Annotated[
        int, typer.Option(help="网页用几个进程；0 为按处理器。", min=0, max=64, metavar="个")
    ] = 0,
    work: Annotated[
        bool, typer.Option("--work/--no-work", help="同时做排队的测算；另开 junheng work 时关掉。")
    ] = True,
) -> None:
    """在浏览器里打开工作台：填报、审核、封存、测算；第一次启动时建立系统管理员，密码只显示一次。"""
    if demo and (store or place):
        raise MisuseError("--demo 只装虚构的示例市，不能同时带 --store 或 --place。")
    folder = _ready(data)
    _free(host, port)
    _guard_again()
    from junheng.web.serving import apart, server

    tell = apart.open_desk_apart(
        folder,
        stores=[existing(each) for each in store or ()],
        place=place,
        demo=demo,
        demo_from=demo_from,
    )
    with ExitStack() as stack:
        for words in [*([server.kept("junheng", "work")] if work else []), *tell.beside]:
            stack.enter_context(server.beside(words, folder))
        server.run_server(
            host, port, processes=processes or min(os.cpu_count() or 1, 4),
            ready=lambda: _show(host, port, tell.lines),
        )  # fmt: skip


def verify(data: Data = None) -> None:
    """核对操作记录：被改动、删除、插入、调换的每一条都点名；完好时退出状态为 0。"""
    folder = _ready(data, there=True)
    from django.db import connection

    from junheng.web.chain import faults_of
    from junheng.web.guards import missing_guards
    from junheng.web.models import Event

    faults = list(faults_of(folder))
    for fault in faults[:MOST_FAULTS]:
        typer.echo(f"第 {fault.number} 条：{fault.found}。")
    last = Event.objects.order_by("-number").first()
    count = Event.objects.count()
    if faults:
        typer.echo(f"共 {count} 条，{len(faults)} 处不符。请保存现场，用备份比对。")
    if lacking := missing_guards(connection):
        typer.echo(
            f"数据库里拒绝改动记录的触发器不在或失效：{'、'.join(lacking)}。请查明是谁在何时改了数据库；"
            "重新启动 junheng serve 会把它装回去。"
        )
    if faults or lacking:
        raise typer.Exit(1)
    head = f"，最后一条的校验值 {last.digest}" if last is not None else ""
    typer.echo(f"操作记录完好：共 {count} 条{head}。")


def _guard_again() -> None:
    """Put back the triggers that refuse changes to the log, and say so where some were gone."""
    from django.db import connection, transaction

    from junheng.web.guards import missing_guards, set_guards

    if lacking := missing_guards(connection):
        with transaction.atomic():
            set_guards(connection, anew=True)
        typer.echo(
            f"拒绝改动记录的触发器不在或失效，已装回：{'、'.join(lacking)}。"
            "请运行 junheng audit verify 核对记录。"
        )


def _ready(data: Path | None, *, there: bool = False) -> Path:
    """The data folder, with Django set up for it. Raises MisuseError where parts are missing."""
    lacking = [
        each for each in ("django", "gunicorn", "axes", "django_otp") if find_spec(each) is None
    ]
    if lacking:
        raise MisuseError(
            f"工作台还缺 {'、'.join(lacking)}。请先安装：pip install 'junheng[web]'。"
        )
    from junheng.web.data_folder import data_folder, make_folder
    from junheng.web.starting import prepare, set_up

    folder = data.absolute() if data is not None else data_folder()
    if there and not folder.is_dir():
        raise MisuseError(f"没有工作台的数据文件夹“{folder}”。请用 --data 指明。")
    make_folder(folder)
    set_up(folder)
    prepare(folder)
    return folder


def _free(host: str, port: int) -> None:
    """Raises MisuseError where the port is taken, before anything is made."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise MisuseError(
                f"{host}:{port} 用不了（{error.strerror}）。请换一个端口，例如 --port {port + 1}。"
            ) from error


def _show(host: str, port: int, lines: Sequence[str]) -> None:
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    typer.echo("")
    for line in lines:
        typer.echo(line)
    typer.echo(f"工作台：http://{shown}:{port}/　按 Ctrl-C 结束。")
