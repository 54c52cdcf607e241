"""junheng store: is what was sealed still there, byte for byte."""

import json
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand, ChineseGroup
from junheng.cli.options import Json, console, existing


def enter(app: typer.Typer) -> None:
    """Add this group to the command line."""
    group = typer.Typer(cls=ChineseGroup, help="封存库：核对是否完整。", rich_markup_mode=None)
    group.command("verify", cls=ChineseCommand)(verify)
    app.add_typer(group, name="store")


def verify(
    store: Annotated[Path, typer.Argument(help="封存库：seal -o 写的文件夹。", metavar="库")],
    evidence: Annotated[
        Path | None,
        typer.Option(
            "--evidence", help="放佐证材料的文件夹，与封存时的校验值核对。", metavar="文件夹"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """核对库里每一次封存：记录、来源、事实的每个字节，损坏、缺少、遗留的都点名；不改动任何内容。"""
    from junheng import publish
    from junheng.registry.store_verifying import verify_store

    checked = verify_store(existing(store), evidence=evidence)
    if as_json:
        typer.echo(json.dumps(publish.store_record(checked), ensure_ascii=False, indent=1))
    else:
        console().print(publish.show_store(checked))
    raise typer.Exit(0 if checked.sound else 1)
