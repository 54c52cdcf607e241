"""junheng years, screen: several school years side by side, and what is worth a question."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import (
    Json,
    ReadingChoices,
    Relaxations,
    SchemeCode,
    Variant,
    console,
    day,
    opened,
    readings_of,
)
from junheng.errors import MisuseError

Snapshots = Annotated[
    list[Path],
    typer.Argument(help="封存的数据，每个学年一份；或装着各年封存的库。", metavar="封存…"),
]
OneDay = Annotated[
    str | None,
    typer.Option(
        "--on",
        help="各年都按这一天有效的要求；不写则每年按学年次年的3月31日。",
        metavar="日期",
    ),
]
YearDays = Annotated[
    list[str] | None,
    typer.Option(
        "--day", help="某一学年另按哪一天，可写多次：--day 2024=2025-06-30。", metavar="学年=日期"
    ),
]
County = Annotated[str, typer.Option(help="只看一个区县。", metavar="代码")]
School = Annotated[str, typer.Option(help="只看一所学校（任何一年的代码都可以）。", metavar="代码")]
Out = Annotated[
    Path | None, typer.Option("-o", "--out", help="结果写到哪个文件夹。", metavar="文件夹")
]


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("years", cls=ChineseCommand)(years)
    app.command("screen", cls=ChineseCommand)(screen)


def years(
    snapshots: Snapshots,
    on: OneDay = None,
    days: YearDays = None,
    county: County = "",
    school: School = "",
    indicator: Annotated[str, typer.Option(help="只看一项指标，例如 L5。", metavar="代码")] = "",
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
    scheme: SchemeCode = "2017-quality",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """几个学年放在一起：指标、差异系数、结论逐年怎样，口径哪年变了，一所学校一条线。"""
    from junheng import publish, studies

    found = studies.follow(
        opened(snapshots),
        on=None if on is None else day(on),
        days=year_days(days),
        scheme=scheme,
        variant=variant,
        relaxations=relax or (),
        readings=readings_of(reading),
    )
    written = publish.write_years(found, out) if out is not None else []
    shown = found.only(county=county, school=school, indicator=indicator)
    if as_json:
        typer.echo(
            json.dumps(
                studies.years_record(shown, indicator=indicator), ensure_ascii=False, indent=1
            )
        )
        return
    console().print(publish.show_years(shown, indicator=indicator, schools=bool(school)))
    for path in written:
        typer.echo(f"已写出 {path}")


def screen(
    snapshots: Snapshots,
    on: OneDay = None,
    days: YearDays = None,
    county: County = "",
    school: School = "",
    kind: Annotated[
        list[str] | None,
        typer.Option(help="只做这一种筛查，可写多次，例如 --kind class_limit。", metavar="名称"),
    ] = None,
    scheme: SchemeCode = "2017-quality",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """看一年或几年的数有没有需要核实的地方：只提问题，不作结论。"""
    from junheng import publish, studies

    found = studies.screen(
        opened(snapshots),
        on=None if on is None else day(on),
        days=year_days(days),
        scheme=scheme,
        kinds=kind or (),
    )
    written = publish.write_screening(found, out) if out is not None else []
    shown = found.only(county=county, school=school)
    if as_json:
        typer.echo(json.dumps(shown.record, ensure_ascii=False, indent=1))
        return
    console().print(publish.show_screening(shown))
    for path in written:
        typer.echo(f"已写出 {path}")


def year_days(words: list[str] | None) -> dict[int, date]:
    """Year → day, from words written 学年=日期. Raises MisuseError otherwise."""
    found = {}
    for word in words or ():
        year, equals, text = word.partition("=")
        if not (year.isdecimal() and equals):
            raise MisuseError(f"“{word}”看不懂。请写成 --day 2024=2025-06-30 的样子。")
        found[int(year)] = day(text)
    return found
