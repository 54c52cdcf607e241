"""junheng wide, and junheng assess --engine: school-years by the million."""

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import console, opened
from junheng.errors import MisuseError
from junheng.garbage import uncollected

EngineName = Annotated[
    str,
    typer.Option("--engine", help="宽表用哪个引擎评估：duckdb、polars 或 spark。", metavar="引擎"),
]
Master = Annotated[
    str,
    typer.Option(
        "--master", help="Spark 的地址，例如 local[2]、spark://主机:7077。", metavar="地址"
    ),
]
PAGES_KEPT = ("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000,narenas:2")
"""Polars' allocator, read once as it is loaded: what one portion let go of the next one takes, a
sixth of the processor time of a nation. Without it the system is handed every page back, and asked
for it again. Few arenas, so that a thread finds the pages that another let go of."""


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


def assess_wide(
    paths: Sequence[str],
    out: Path | None,
    on: date,
    engine: str,
    master: str,
    scheme: str,
    variant: str,
) -> None:
    """Assess wide facts and show how many counties of each year pass."""
    if out is None:
        raise MisuseError("宽表的结果写成文件，请用 -o 写明放到哪个新文件夹。")
    os.environ.setdefault(*PAGES_KEPT)
    from junheng.registry.parquet_inputs import inputs_told

    with uncollected(), inputs_told(paths) as told:  # hashed while the rest is loaded
        from junheng.studies import national

        found = national.assess_wide(
            paths,
            engine=engine,
            master=master,
            on=on,
            out=out,
            scheme=scheme,
            variant=variant,
            told=told,
        )
        from junheng.publish.terminal.national import show_national
    console().print(show_national(found))
    typer.echo(f"已写出 {out}")


def refuse_beside(options: Iterable[str]) -> None:
    """Raises MisuseError for options that a bulk assessment does not know."""
    named = "、".join(options)
    if named:
        raise MisuseError(
            f"--engine 不能与 {named} 一起用：宽表只按默认口径评估。"
            "请去掉它们，或不写 --engine，对封存的数据评估。"
        )


def only_snapshot(paths: Sequence[str], master: str) -> Path:
    """The one snapshot that is assessed without an engine."""
    if master:
        raise MisuseError("--master 是 Spark 的地址，只与 --engine spark 一起用。")
    if len(paths) > 1:
        raise MisuseError(
            f"一次只评估一次封存，这里给出了{len(paths)}个。评估宽表请写 --engine duckdb。"
        )
    return Path(paths[0])
