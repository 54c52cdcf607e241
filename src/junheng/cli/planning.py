"""junheng plan …: what to do, one question a command."""

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand, ChineseGroup
from junheng.cli.options import Day, Json, SnapshotPath, console, day, existing
from junheng.errors import MisuseError

plan = typer.Typer(cls=ChineseGroup, help="做方案：怎样才能达标，花多少钱。")
METRES = {"m": 1, "米": 1, "km": 1000, "公里": 1000}


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(plan, name="plan")


@plan.callback()
def _group() -> None:
    """One command a question."""


@plan.command("class-size", cls=ChineseCommand)
def class_size(
    snapshot: SnapshotPath,
    on: Day,
    years: Annotated[
        int, typer.Option("--years", help="往后看几年。", metavar="年数", min=1, max=3)
    ] = 3,
    prices: Annotated[
        Path | None,
        typer.Option("--prices", help="价格表（TOML）；不写用示例价格, 未核对。", metavar="文件"),
    ] = None,
    entrants: Annotated[
        Path | None,
        typer.Option(
            "--entrants",
            help="新生人数（CSV：学校代码、学年、年级、人数）；不写沿用今年。",
            metavar="文件",
        ),
    ] = None,
    within: Annotated[
        str,
        typer.Option(
            "--within", help="邻校的最大直线距离，例如 2km、800m；不写用平台约定。", metavar="距离"
        ),
    ] = "",
    reorganise: Annotated[
        bool, typer.Option("--reorganise", help="允许年级内重新编班（人少的班可以合并）。")
    ] = False,
    as_json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="方案册和数据写到哪个文件夹。", metavar="文件夹"),
    ] = None,
) -> None:
    """班额方案：逐校逐年级怎样降到限额以内，增班、改造、分流各多少，谁解决不了。"""
    from junheng import publish, studies
    from junheng.registry import Snapshot

    asked, near = day(on), metres(within) if within else None
    study = studies.plan_classes(
        Snapshot.open(existing(snapshot)),
        on=asked,
        years=years,
        prices=None if prices is None else existing(prices),
        entrants=None if entrants is None else existing(entrants),
        within_m=near,
        reorganise=reorganise,
    )
    written = publish.write_class_size(study, out) if out is not None else []
    if as_json:
        typer.echo(json.dumps(study.record, ensure_ascii=False, indent=1))
        return
    console().print(publish.show_class_size(study))
    for path in written:
        typer.echo(f"已写出 {path}")


def metres(text: str) -> int:
    """A distance written 2km, 1.5km, 800m or 800米. Raises MisuseError otherwise."""
    found = re.fullmatch(r"([0-9]+)(?:\.([0-9]{1,3}))?(km|m|公里|米)", text.strip().lower())
    if found is None:
        raise MisuseError(f"距离“{text}”看不懂。请写成 2km、1.5km 或 800m 的样子。")
    whole, part, unit = found[1], (found[2] or "").ljust(3, "0"), METRES[found[3]]
    return int(whole) * unit + int(part) * unit // 1000
