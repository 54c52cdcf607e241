"""junheng wide, and junheng assess --engine: school-years by the million."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import opened


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("wide", cls=ChineseCommand)(wide)


def wide(
    snapshots: Annotated[
        list[Path],
        typer.Argument(help="封存的数据，可以有多个；给出库则取其中每一次封存。", metavar="封存…"),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="写成哪个新文件夹。", metavar="文件夹")],
) -> None:
    """把封存的数据写成宽表：一校一年一行，按区县与学年分文件夹的 Parquet。"""
    from junheng.studies import national

    written = national.write_wide(opened(snapshots), out)
    rows = int(written["rows"].sum())
    counties = written["county"].n_unique()
    typer.echo(f"已写出 {out}：{counties}个区县，{len(written)}个区县学年，{rows}行")
