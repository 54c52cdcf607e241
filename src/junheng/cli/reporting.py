"""junheng report: the documents of an assessment, as Word and as one offline web page."""

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.options import (
    Day,
    ReadingChoices,
    Relaxations,
    Variant,
    day,
    opened,
    readings_of,
)
from junheng.errors import MisuseError

if TYPE_CHECKING:
    from junheng.studies import TargetStudy, Years

MOST = 10
"""So many files of a folder are named one by one."""
HTML = "html"
"""The kind that is written as a web page; all others are Word."""


def enter(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("report", cls=ChineseCommand)(report)


def report(
    snapshots: Annotated[
        list[Path],
        typer.Argument(
            help="封存的数据，每个学年一份，或装着各年封存的库：文件写最近一年，监测报告和网页报告并列各年。",
            metavar="封存…",
        ),
    ],
    on: Day,
    out: Annotated[
        Path, typer.Option("-o", "--out", help="文件写到哪个文件夹。", metavar="文件夹")
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help="只要哪种，可写多次：city 全市监测报告、self 自评报告、form 申报表、list 整改清单、"
            "index 佐证材料目录、cards 学校成绩单、leader 领导一页、html 网页报告；不写则全要。另有 template：申报表的空模板。",
            metavar="种类",
        ),
    ] = None,
    boundaries: Annotated[
        Path | None,
        typer.Option("--boundaries", help="网页报告地图用的区县边界（GeoJSON）。", metavar="文件"),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="申报表用的 Word 模板，代替自带的。", metavar="文件.docx"),
    ] = None,
    numbered: Annotated[
        bool,
        typer.Option(
            "--page-numbers/--no-page-numbers",
            help="用本机的 LibreOffice 排一遍，把页码填进目录；没有安装则目录不带页码。",
        ),
    ] = True,
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
) -> None:
    """按评估结果写出文件：监测报告、自评报告、申报表、清单、成绩单、领导一页（Word），网页报告（HTML）。"""
    from junheng import studies
    from junheng.publish.word import CITY, KINDS, TEMPLATE

    kinds = _known(kind or (), (*KINDS, HTML), TEMPLATE)
    held = studies.by_year(opened(snapshots))
    latest = max(held)
    years = studies.follow(
        held.values() if {HTML, CITY} & {*kinds} else [held[latest]],
        days={latest: day(on)},
        variant=variant,
        relaxations=tuple(relax or ()),
        readings=readings_of(reading),
    )
    targets = _targets(years) if {HTML, CITY} & {*kinds} else None
    words = tuple(each for each in kinds if each != HTML)
    written = []
    if HTML in kinds:  # first, so that a bad file of boundaries is told before anything is written
        from junheng.publish.html import write_report

        written.append(write_report(years, out, boundaries=boundaries, targets=targets))
    written += _words(years, out, words, targets, template, numbered=numbered) if words else []
    _tell(written)


def _known(asked: Sequence[str], kinds: tuple[str, ...], *spare: str) -> tuple[str, ...]:
    """The kinds asked for, all but the `spare` where none is. Raises MisuseError for an unknown one."""
    unknown = [each for each in asked if each not in (*kinds, *spare)]
    if unknown:
        raise MisuseError(f"没有名为“{'、'.join(unknown)}”的文件。可用：{'、'.join(kinds)}。")
    return tuple(dict.fromkeys(asked or kinds))


def _targets(years: "Years") -> "TargetStudy | None":
    """The policy's targets on the day; None for counties outside every policy: the files say so."""
    from junheng import studies

    held = [each.snapshot for each in years.studies.values()]
    with suppress(MisuseError):
        return studies.follow_targets(held, on=years.studies[max(years.studies)].assessment.on)
    return None


def _words(
    years: "Years",
    out: Path,
    kinds: tuple[str, ...],
    targets: "TargetStudy | None",
    template: Path | None,
    *,
    numbered: bool,
) -> list[Path]:
    """The Word documents of the latest year."""
    from junheng.publish.word import write_documents

    study = years.studies[max(years.studies)]
    return write_documents(
        study, out, kinds, years=years, targets=targets, template=template,
        numbered=numbered, processes=os.cpu_count() or 1,
    )  # fmt: skip


def _tell(written: list[Path]) -> None:
    folders = Counter(path.parent for path in written)
    for folder, count in folders.items():
        if count > MOST:
            typer.echo(f"已写出 {folder}（{count}份）")
    for path in written:
        if folders[path.parent] <= MOST:
            typer.echo(f"已写出 {path}")
