"""junheng balance: how unequal all schools of a city or province are."""

import json
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.following import OneDay, Out, Snapshots, YearDays, year_days
from junheng.cli.options import (
    Json,
    ReadingChoices,
    Relaxations,
    Variant,
    console,
    day,
    opened,
    readings_of,
)
from junheng.errors import MisuseError
from junheng.schema import Stage


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("balance", cls=ChineseCommand)(balance)


def balance(
    snapshots: Snapshots,
    on: OneDay = None,
    days: YearDays = None,
    stage: Annotated[
        list[str] | None,
        typer.Option(help="只看一个学段：primary（小学）或 junior（初中）。", metavar="学段"),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            help="只看一项指标，可写多次；只写一项时逐个区县列出，例如 L5。", metavar="代码"
        ),
    ] = None,
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """市域均衡：全市各校差距多大，多少在区县之间、城乡之间、公办民办之间。"""
    from junheng import publish, studies

    stages = [_stage(each) for each in stage or ()]
    found = studies.measure_balance(
        opened(snapshots),
        on=None if on is None else day(on),
        days=year_days(days),
        variant=variant,
        relaxations=relax or (),
        readings=readings_of(reading),
    )
    shown = found.only(stages=stages, indicators=indicator or ())
    written = publish.write_balance(shown, out) if out is not None else []
    if as_json:
        typer.echo(json.dumps(studies.balance_record(shown), ensure_ascii=False, indent=1))
        return
    console().print(publish.show_balance(shown))
    for path in written:
        typer.echo(f"已写出 {path}")


def _stage(word: str) -> Stage:
    """A stage by its code or its name. Raises MisuseError otherwise."""
    for each in Stage:
        if word in (each.value, each.label):
            return each
    raise MisuseError(f"没有学段“{word}”。请写 primary（小学）或 junior（初中）。")
