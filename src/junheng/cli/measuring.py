"""junheng assess, explain: the verdict, and why."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.national import EngineName, Master, assess_wide, only_snapshot, refuse_beside
from junheng.cli.options import (
    Day,
    Json,
    ReadingChoices,
    Relaxations,
    SchemeCode,
    SnapshotPath,
    Variant,
    console,
    day,
    existing,
    readings_of,
)
from junheng.errors import MisuseError

if TYPE_CHECKING:
    from junheng.studies import Study


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("assess", cls=ChineseCommand)(assess)
    app.command("explain", cls=ChineseCommand)(explain)


def assess(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="一次封存；用 --engine 时为宽表的文件、文件夹或地址，可以有多个。", metavar="封存…"
        ),
    ],
    on: Day,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="结果写到哪个文件夹。", metavar="文件夹")
    ] = None,
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
    scheme: SchemeCode = "2017-quality",
    readings: Annotated[
        bool,
        typer.Option("--readings", help="逐一换用未决口径：哪些结论站得住，哪种读法会改变它。"),
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", help="换成这份规则文件（.toml）再判一遍，列出改变的结论。", metavar="文件"
        ),
    ] = None,
    engine: EngineName = "",
    master: Master = "",
    as_json: Json = False,
) -> None:
    """对照当天有效的要求，给出每所学校、每个县的结论。"""
    chosen = _Chosen(day(on), scheme, variant, tuple(relax or ()), readings_of(reading))
    if readings and against is not None:
        raise MisuseError("--readings 与 --against 请分两次运行。")
    if engine:
        beside = {"--readings": readings, "--against": against is not None}
        beside |= {"--relax": bool(relax), "--reading": bool(reading), "--json": as_json}
        refuse_beside(word for word, given in beside.items() if given)
        assess_wide(paths, out, chosen.on, engine, master, scheme, variant)
        return
    snapshot = only_snapshot(paths, master)
    if readings:
        _show_readings(snapshot, chosen, out, as_json=as_json)
    elif against is not None:
        _show_against(snapshot, chosen, against, out, as_json=as_json)
    else:
        _show_assessment(snapshot, chosen, out, as_json=as_json)


def _show_assessment(path: Path, chosen: "_Chosen", out: Path | None, *, as_json: bool) -> None:
    from junheng import publish

    study = _study(path, chosen)
    written = publish.write_results(study, out) if out is not None else []
    _tell(study.record, publish.show_assessment, study, written, as_json=as_json)


def _show_readings(path: Path, chosen: "_Chosen", out: Path | None, *, as_json: bool) -> None:
    from junheng import publish, studies
    from junheng.registry import Snapshot

    found = studies.read_every_way(
        Snapshot.open(existing(path)),
        on=chosen.on,
        scheme=chosen.scheme,
        switches=studies.switches_of(chosen.variant, chosen.relaxations, chosen.readings),
    )
    written = publish.write_readings(found, out) if out is not None else []
    record = studies.readings_record(found)
    _tell(record, publish.show_readings, found, written, as_json=as_json)


def _show_against(
    path: Path, chosen: "_Chosen", other: Path, out: Path | None, *, as_json: bool
) -> None:
    from junheng import publish, studies
    from junheng.registry import Snapshot
    from junheng.standards import read_document

    found = studies.assess_against(
        Snapshot.open(existing(path)),
        on=chosen.on,
        other=read_document(existing(other)),
        scheme=chosen.scheme,
        switches=studies.switches_of(chosen.variant, chosen.relaxations, chosen.readings),
    )
    written = publish.write_against(found, out) if out is not None else []
    record = studies.against_record(found)
    _tell(record, publish.show_against, found, written, as_json=as_json)


def _tell(
    record: dict[str, Any],
    show: Callable[[Any], Any],
    found: Any,
    written: Sequence[Path],
    *,
    as_json: bool,
) -> None:
    """Print what was found, as JSON or for people, and then which files were written."""
    if as_json:
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    console().print(show(found))
    for path in written:
        typer.echo(f"已写出 {path}")


def explain(
    snapshot: SnapshotPath,
    on: Day,
    school: Annotated[str | None, typer.Option(help="学校代码（10位）。", metavar="代码")] = None,
    county: Annotated[
        str | None, typer.Option(help="区县代码：解释差异系数或一项结论。", metavar="代码")
    ] = None,
    indicator: Annotated[
        str | None, typer.Option(help="指标代码，例如 L5、GV3、VT1。", metavar="代码")
    ] = None,
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
    scheme: SchemeCode = "2017-quality",
) -> None:
    """打开一个结论：公式、数字、来源单元格、条款、怎样才会改变。"""
    from junheng import publish, studies

    chosen = _Chosen(day(on), scheme, variant, tuple(relax or ()), readings_of(reading))
    opened = studies.explain(_study(snapshot, chosen), school=school, county=county, code=indicator)
    screen = console()
    for each in opened:
        screen.print(publish.show_explanation(each))


@dataclass(frozen=True)
class _Chosen:
    """What the user chose for a study."""

    on: date
    scheme: str
    variant: str
    relaxations: tuple[str, ...]
    readings: dict[str, str]


def _study(snapshot: Path, chosen: _Chosen) -> "Study":
    from junheng import studies
    from junheng.registry import Snapshot

    return studies.assess(
        Snapshot.open(existing(snapshot)),
        on=chosen.on,
        scheme=chosen.scheme,
        variant=chosen.variant,
        relaxations=chosen.relaxations,
        readings=chosen.readings,
    )
