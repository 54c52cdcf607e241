"""junheng assess, explain: the verdict, and why."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import (
    Day,
    Json,
    Relaxations,
    SnapshotPath,
    Variant,
    console,
    day,
    existing,
)
from junheng.errors import MisuseError

if TYPE_CHECKING:
    from junheng.studies import Study


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("assess", cls=ChineseCommand)(assess)
    app.command("explain", cls=ChineseCommand)(explain)


def assess(
    snapshot: SnapshotPath,
    on: Day,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="结果写到哪个文件夹。", metavar="文件夹")
    ] = None,
    variant: Variant = "",
    relax: Relaxations = None,
    as_json: Json = False,
) -> None:
    """对照当天有效的要求，给出每所学校、每个县的结论。"""
    from junheng import publish

    study = _study(snapshot, on, variant, relax)
    written = publish.write_results(study, out) if out is not None else []
    if as_json:
        typer.echo(json.dumps(study.record, ensure_ascii=False, indent=1))
        return
    console().print(publish.show_assessment(study))
    for path in written:
        typer.echo(f"已写出 {path}")


def explain(
    snapshot: SnapshotPath,
    on: Day,
    school: Annotated[str | None, typer.Option(help="学校代码（10位）。", metavar="代码")] = None,
    county: Annotated[
        str | None, typer.Option(help="区县代码：解释差异系数。", metavar="代码")
    ] = None,
    indicator: Annotated[
        str | None, typer.Option(help="指标代码，例如 L5。", metavar="代码")
    ] = None,
    variant: Variant = "",
    relax: Relaxations = None,
) -> None:
    """打开一个结论：公式、数字、来源单元格、条款、怎样才会改变。"""
    from junheng import publish, studies

    if (school is None) == (county is None):
        raise MisuseError("请在 --school 与 --county 中选一个。")
    study = _study(snapshot, on, variant, relax)
    screen = console()
    if school is not None:
        for each in studies.explain_school(study, school, indicator):
            screen.print(publish.show_explanation(each))
        return
    if indicator is None:
        raise MisuseError("解释区县的差异系数需要 --indicator，例如 --indicator L5。")
    for spread in studies.explain_county(study, county or "", indicator):
        screen.print(publish.show_explanation(spread))


def _study(snapshot: Path, on: str, variant: str, relax: list[str] | None) -> "Study":
    from junheng import studies
    from junheng.registry import Snapshot

    assessed_on = day(on)
    opened = Snapshot.open(existing(snapshot))
    return studies.assess(opened, on=assessed_on, variant=variant, relaxations=relax or ())
