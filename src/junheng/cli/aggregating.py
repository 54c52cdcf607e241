"""junheng aggregate: registers of pupils, teachers and rooms into one filing a county."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import printable


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("aggregate", cls=ChineseCommand)(aggregate)


def aggregate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="学校名册与学籍、教师、用房、班级台账：Parquet、CSV、Excel，或装着它们的文件夹。",
            metavar="台账…",
        ),
    ],
    year: Annotated[int, typer.Option(help="学年：2025 表示 2025—2026 学年。", metavar="年")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="写到哪个文件夹，每个区县一份。", metavar="文件夹")
    ],
    form: Annotated[
        Literal["xlsx", "parquet"],
        typer.Option(
            help="xlsx 每个区县一份填好的工作簿；parquet 按事实的栏目写，一校一行。", metavar="形式"
        ),
    ] = "xlsx",
    mapping: Annotated[
        list[Path] | None,
        typer.Option(help="自己的表头与写法对照文件（.toml），可写多次。", metavar="文件"),
    ] = None,
    memory: Annotated[str, typer.Option(help="计数最多用多少内存。", metavar="大小")] = "1GB",
    unique: Annotated[
        bool,
        typer.Option("--unique/--skip-unique", help="查不查重复的学籍号、教师编号、房间编号。"),
    ] = True,
) -> None:
    """把学籍、教师、用房台账汇总成填报数；个人信息不出现在任何输出里。"""
    from junheng.garbage import uncollected

    with uncollected():
        from junheng.registry.rosters import count_registers, with_files

        rosters = with_files(mapping or [])
        counted = count_registers(
            paths, year=year, rosters=rosters, memory=memory.strip(), unique=unique
        )
        from junheng.registry.rosters import write_parquet, write_workbooks
        from junheng.registry.rosters.telling import counting_lines, left_lines

    for line in counting_lines(counted):
        typer.echo(printable(line))
    if counted.blocking:
        typer.echo(f"有 {len(counted.blocking)} 处必须改，没有写出任何文件。", err=True)
        raise typer.Exit(1)
    write = write_workbooks if form == "xlsx" else write_parquet
    written = write(out, counted)
    typer.echo(f"已写出 {len(written)} 个文件，在 {out}；怎样数的写在 来源.json")
    typer.echo(f"共 {len(counted.schools)} 所学校：")
    for line in left_lines(counted):
        typer.echo(line)
