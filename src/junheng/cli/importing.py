"""junheng import: the national statistics workbooks into the county's workbook."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import printable
from junheng.errors import MisuseError


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("import", cls=ChineseCommand)(import_)


def import_(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="教育事业统计导出的 .xlsx、.csv，或装着它们的文件夹。", metavar="文件…"
        ),
    ],
    year: Annotated[int, typer.Option(help="学年：2025 表示 2025—2026 学年。", metavar="年")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="填好的工作簿写到哪个 .xlsx。", metavar="文件"),
    ] = None,
    county: Annotated[
        str, typer.Option(help="区县代码；别的区县的学校不读入。", metavar="代码")
    ] = "",
    name: Annotated[
        str, typer.Option(help="区县名称；不写则取统计三级里的名称。", metavar="名称")
    ] = "",
    unit: Annotated[
        list[str] | None,
        typer.Option(
            help="统计三级只有名称时，写明它的代码，可写多次：--unit 示例县=410199。",
            metavar="名称=代码",
        ),
    ] = None,
    mapping: Annotated[
        list[Path] | None,
        typer.Option(help="自己的表头对照文件（.toml），可写多次。", metavar="文件"),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="打印哪个表头当作哪个栏目、哪些没有认出。")
    ] = False,
    partial: Annotated[bool, typer.Option("--partial", help="一套表不全也先填已有的。")] = False,
    hidden: Annotated[
        Literal["ask", "read", "skip"],
        typer.Option(help="隐藏的表、行、列：ask 停下来问，read 照读，skip 跳过。", metavar="办法"),
    ] = "ask",
    prefer: Annotated[
        list[str] | None,
        typer.Option(help="两个文件的值不同时以哪个文件为准，可写多次。", metavar="文件名"),
    ] = None,
) -> None:
    """把教育事业统计的报表导入填报工作簿，只留下统计里没有的栏目要填。"""
    from junheng.registry.statistics import read_statistics, with_files, write_imported
    from junheng.registry.statistics.telling import asked_lines, heading_lines, importing_lines

    if out is None and not explain:
        raise MisuseError("没有写输出文件。请用 -o 写明，或加 --explain 只看表头对照。")
    imported = read_statistics(
        paths,
        year=year,
        county=county.strip(),
        county_name=name.strip(),
        units=_units(unit),
        mapping=with_files(mapping or []),
        hidden=hidden,
        partial=partial,
        prefer=prefer or [],
    )
    if explain:
        for line in heading_lines(imported):
            typer.echo(printable(line))
    for line in importing_lines(imported):
        typer.echo(printable(line))
    if imported.blocking:
        typer.echo(f"有 {len(imported.blocking)} 处必须改，没有写出任何文件。", err=True)
        raise typer.Exit(1)
    if out is not None:
        written, beside = write_imported(out, imported)
        typer.echo(f"已写出 {written}，每个值的来源在它的“数据来源”表和 {beside}")
        for line in asked_lines(imported):
            typer.echo(line)


def _units(words: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words or ():
        name, equals, code = word.partition("=")
        if not (name.strip() and equals and code.strip()):
            raise MisuseError(f"“{word}”看不懂。请写成 --unit 示例县=410199 的样子。")
        found[name.strip()] = code.strip()
    return found
