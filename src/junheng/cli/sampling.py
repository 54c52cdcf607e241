"""junheng sample: an invented county, filled as a clerk would; one year or several."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand

MOST_YEARS = 10


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("sample", cls=ChineseCommand)(sample)


def sample(
    out: Annotated[
        Path,
        typer.Argument(help="写到哪个 .xlsx；加 --years 时是文件夹。", metavar="文件"),
    ],
    seed: Annotated[int, typer.Option(help="种子：同一个种子得到同一个县。")] = 1,
    schools: Annotated[int, typer.Option(help="学校数。", min=12, max=3000)] = 60,
    year: Annotated[int, typer.Option(help="填报年度；多年时是最后一年。")] = 2025,
    years: Annotated[
        int, typer.Option(help="连续几个年度，每年一份工作簿。", min=1, max=MOST_YEARS)
    ] = 1,
    evidence: Annotated[
        Path | None,
        typer.Option(
            help="佐证材料写到哪个文件夹（多年时每年一个），供 check --evidence 核对。",
            metavar="文件夹",
        ),
    ] = None,
    errors: Annotated[int, typer.Option(help="在最后一年埋入多少处填报错误。", min=0)] = 0,
) -> None:
    """造一个示例县（演示数据），填好工作簿。"""
    from junheng import sample as invented

    told = range(year - years + 1, year + 1)
    written = invented.fill_years(
        out if years > 1 else out.parent,
        seed=seed,
        schools=schools,
        years=told,
        names=None if years > 1 else {year: out.name},
        errors=errors,
        evidence=evidence,
    )
    for each in written.workbooks:
        typer.echo(f"已写出 {each}（演示数据）")
    if evidence is not None:
        typer.echo(f"已写出 {written.papers} 份佐证材料（演示数据），在 {evidence}")
    for planted in written.planted:
        typer.echo(str(planted))
