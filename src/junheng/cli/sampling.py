"""junheng sample: an invented county or city, filled as a clerk would; one year or several."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_YEARS = 10
COUNTY_SCHOOLS, COUNTY_YEAR, CITY_YEAR = 60, 2025, 2026


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("sample", cls=ChineseCommand)(sample)


def sample(
    out: Annotated[
        Path,
        typer.Argument(help="写到哪个 .xlsx；加 --years 或 --city 时是文件夹。", metavar="文件"),
    ],
    seed: Annotated[int, typer.Option(help="种子：同一个种子得到同样的数据。", metavar="整数")] = 1,
    city: Annotated[bool, typer.Option("--city", help="造一个市：每年每县一份工作簿。")] = False,
    units: Annotated[
        int | None, typer.Option(help="市里造几个县，不写则16个。", min=1, metavar="个")
    ] = None,
    schools: Annotated[
        int | None,
        typer.Option(
            help="学校数：县默认60；市默认1439，不计教学点与校区。", min=12, max=3000, metavar="所"
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(help="填报年度，多年时是最后一年：县默认2025，市默认2026。", metavar="年"),
    ] = None,
    years: Annotated[
        int,
        typer.Option(help="连续几个年度，每年一份工作簿。", min=1, max=MOST_YEARS, metavar="个"),
    ] = 1,
    evidence: Annotated[
        Path | None,
        typer.Option(
            help="佐证材料写到哪个文件夹（县多年时每年一个；市只写最后一年），供 check --evidence 核对。",
            metavar="文件夹",
        ),
    ] = None,
    errors: Annotated[
        int, typer.Option(help="在最后一年埋入多少处填报错误。", min=0, metavar="处")
    ] = 0,
) -> None:
    """造一个示例县，或用 --city 造一个示例市（演示数据），填好工作簿。"""
    if city:
        _city(out, seed, units, schools, _told(year or CITY_YEAR, years), evidence, errors)
        return
    if units is not None:
        raise MisuseError("--units 只在造市时使用。请加上 --city，或去掉 --units。")
    _county(
        out, seed, schools or COUNTY_SCHOOLS, _told(year or COUNTY_YEAR, years), evidence, errors
    )


def _told(year: int, years: int) -> range:
    return range(year - years + 1, year + 1)


def _county(
    out: Path, seed: int, schools: int, told: range, evidence: Path | None, errors: int
) -> None:
    from junheng import sample as invented

    several = len(told) > 1
    written = invented.fill_years(
        out if several else out.parent,
        seed=seed,
        schools=schools,
        years=told,
        names=None if several else {told[-1]: out.name},
        errors=errors,
        evidence=evidence,
    )
    for each in written.workbooks:
        typer.echo(f"已写出 {each}（演示数据）")
    _tell_papers(written.papers, evidence)
    _tell_planted(map(str, written.planted))


def _city(
    out: Path,
    seed: int,
    units: int | None,
    schools: int | None,
    told: range,
    evidence: Path | None,
    errors: int,
) -> None:
    from junheng import sample as invented

    if out.suffix.lower() == ".xlsx":
        raise MisuseError(f"造市要写到文件夹，“{out}”是一个文件名。请给出文件夹。")
    written = invented.fill_city(
        out, seed=seed, units=units, schools=schools, years=told, evidence=evidence, errors=errors
    )
    for year in told:
        folder = out / str(year)
        books = [b for each in written.units for b in each.workbooks if b.parent == folder]
        typer.echo(f"已写出 {folder} 中的 {len(books)} 份工作簿（演示数据）")
    typer.echo(f"已写出 {written.boundaries}：示意图，不是真实的边界（演示数据）")
    _tell_papers(written.papers, evidence)
    _tell_planted(
        f"{each.workbooks[-1].name} {planted}" for each in written.units for planted in each.planted
    )


def _tell_papers(papers: int, evidence: Path | None) -> None:
    if evidence is not None:
        typer.echo(f"已写出 {papers} 份佐证材料（演示数据），在 {evidence}")


def _tell_planted(planted: "Iterable[str]") -> None:
    for sentence in planted:
        typer.echo(sentence)
