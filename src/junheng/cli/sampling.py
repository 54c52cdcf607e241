"""junheng sample: an invented county, filled as a clerk would."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.chinese import ChineseCommand


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("sample", cls=ChineseCommand)(sample)


def sample(
    out: Annotated[Path, typer.Argument(help="写到哪个 .xlsx。", metavar="文件")],
    seed: Annotated[int, typer.Option(help="种子：同一个种子得到同一个县。")] = 1,
    schools: Annotated[int, typer.Option(help="学校数。", min=12, max=3000)] = 60,
    year: Annotated[int, typer.Option(help="填报年度。")] = 2025,
    errors: Annotated[int, typer.Option(help="埋入多少处填报错误。", min=0)] = 0,
) -> None:
    """造一个示例县（演示数据），填好工作簿。"""
    from junheng import sample as invented

    planted = invented.fill_workbook(out, seed=seed, schools=schools, year=year, errors=errors)
    typer.echo(f"已写出 {out}（演示数据）")
    for each in planted:
        typer.echo(str(each))
