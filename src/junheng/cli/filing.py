"""junheng template, evidence, check, seal: from an empty workbook to frozen facts."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.chinese import ChineseCommand
from junheng.cli.leaving import keep
from junheng.cli.options import (
    Evidence,
    Json,
    Last,
    Paths,
    console,
    day,
    existing,
    printable,
)
from junheng.errors import MisuseError, UnreadableFileError

if TYPE_CHECKING:
    from datetime import date

    from junheng.registry import Facts, Report


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("template", cls=ChineseCommand)(template)
    app.command("evidence", cls=ChineseCommand)(evidence)
    app.command("check", cls=ChineseCommand)(check)
    app.command("seal", cls=ChineseCommand)(seal)


def template(
    out: Annotated[
        Path, typer.Argument(help="写到哪个 .xlsx；加 --per-school 时是文件夹。", metavar="文件")
    ],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="去年的工作簿或封存，已知的先填好。", metavar="路径"),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="填报年度：2025 表示 2025—2026 学年。", metavar="年")
    ] = None,
    county: Annotated[str, typer.Option(help="区县名称，印在表头。", metavar="名称")] = "",
    per_school: Annotated[
        bool, typer.Option("--per-school", help="每校一个工作簿（须用 --from 给出学校）。")
    ] = False,
) -> None:
    """写出空白（或预填）的填报工作簿。"""
    from junheng.registry import template as writer

    last = _known(source) if source is not None else None
    if per_school:
        if last is None:
            raise MisuseError(
                "每校一个工作簿需要知道有哪些学校。请用 --from 给出去年的工作簿或封存。"
            )
        written = writer.write_school_templates(out, facts=last, year=year)
        typer.echo(f"已写出 {len(written)} 个学校工作簿，在 {out}")
        return
    writer.write_template(out, county_name=county, year=year, facts=last)
    typer.echo(f"已写出 {out}")


def evidence(
    folder: Annotated[
        Path, typer.Argument(help="放佐证材料的文件夹，里面可以再分文件夹。", metavar="文件夹")
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="写到哪个 .csv，供复制。", metavar="文件")
    ] = None,
) -> None:
    """列出文件夹里每份材料的校验值、大小与页数。"""
    from junheng.registry.evidence_files import HEADINGS, as_csv, survey
    from junheng.registry.whole_file import write_whole

    found = survey(existing(folder))
    for each in found.files.values():
        pages = f"{each.pages}页" if each.pages else ""
        typer.echo(f"{each.sha256}  {each.size:>12}  {pages:>6}  {printable(each.name)}")
    for name in found.outside:
        typer.echo(f"没有读取：“{printable(name)}”是指到文件夹以外的链接。", err=True)
    typer.echo(
        f"共 {len(found.files)} 份。各列：{'、'.join(HEADINGS[1:])}、{HEADINGS[0]}。", err=True
    )
    if out is not None:
        write_whole(out, as_csv(found))
        typer.echo(f"已写出 {out}", err=True)


def check(
    paths: Paths,
    year: Annotated[
        int | None, typer.Option(help="应填的年度；不写则以区县填报表为准。", metavar="年")
    ] = None,
    last: Last = None,
    files: Evidence = None,
    on: Annotated[
        str,
        typer.Option(
            "--on", help="填报日（例如 2025-10-20），用来核对日期与有效期。", metavar="日期"
        ),
    ] = "",
    mark: Annotated[
        Path | None,
        typer.Option(
            "--mark", help="把问题标在同一份工作簿上另存；多个文件时是文件夹。", metavar="文件"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """一次查出全部问题，分必须改、请说明、提示三组。"""
    filed_on = day(on) if on else None
    report = _checked(paths, year, last, files, filed_on)
    if as_json:
        from junheng.publish import findings_record

        typer.echo(json.dumps(findings_record(report), ensure_ascii=False, indent=1))
    else:
        from junheng.publish import show_findings

        console().print(show_findings(report))
    if mark is not None:
        _mark(paths, report, mark, quiet=as_json)
    keep(report)
    raise typer.Exit(0 if report.acceptable else 1)


def seal(
    paths: Paths,
    store: Annotated[Path, typer.Option("-o", "--store", help="封存到哪个库。", metavar="库")],
    year: Annotated[int, typer.Option(help="填报年度：2025 表示 2025—2026 学年。", metavar="年")],
    by: Annotated[str, typer.Option(help="封存人。", metavar="姓名")],
    on: Annotated[str, typer.Option("--on", help="封存日期（例如 2025-10-20）。", metavar="日期")],
    last: Last = None,
    files: Evidence = None,
) -> None:
    """把通过校验的填报封存为不可改动的事实。"""
    from junheng import registry

    if not by.strip():
        raise MisuseError("封存人不能为空。请用 --by 写明姓名。")
    sealed_on = day(on)
    report = _checked(paths, year, last, files, sealed_on)
    snapshot = registry.seal(report, store, year=year, by=by.strip(), on=sealed_on)
    schools = len(snapshot.facts["schools"])
    typer.echo(f"已封存 {schools} 所学校，指纹 {snapshot.facts.fingerprint[:16]}…")
    if snapshot.seal["missing_schools"]:
        typer.echo(
            f"其中缺报 {len(snapshot.seal['missing_schools'])} 所，已记录；有学校缺报时差异系数没有结论。"
        )
    typer.echo(str(snapshot.path))


def _checked(
    paths: list[Path],
    year: int | None,
    last: list[Path] | None,
    files: Path | None,
    on: "date | None",
) -> "Report":
    from junheng import registry

    for path in paths:
        if not path.exists():
            raise MisuseError(f"找不到“{path}”。请核对路径。")
    return registry.check(
        registry.read(paths),
        year=year,
        last=[_known(each) for each in last or ()],
        on=on,
        evidence=files if files is None else existing(files),
    )


def _known(path: Path) -> "Facts":
    """Facts of a snapshot, or of a filed workbook as far as it can be read."""
    from junheng import registry

    if existing(path).is_dir() and ((path / "seal.json").is_file() or (path / "seals").is_dir()):
        return registry.Snapshot.open(path).facts
    filing = registry.read([path])
    county = filing.of("county")
    year = county[0].value("filing_year") if county else None
    return registry.Facts.of(registry.check(filing).filing.records, year=int(str(year or 0)))


def _mark(paths: list[Path], report: "Report", out: Path, *, quiet: bool) -> None:
    """Mark every file that was read; one that cannot be read is named and passed over."""
    from junheng.registry.marking import mark
    from junheng.registry.reading import gather

    found = gather(paths)
    single = len(found) == 1 and out.suffix.lower() == ".xlsx"
    for each in found:
        target = out if single else out / Path(each.name).with_suffix(".xlsx")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            mark(each.path, report.findings, target, name=each.name)
        except UnreadableFileError as error:
            typer.echo(f"没有标注：{error}", err=True)
            continue
        if not quiet:
            typer.echo(f"已标注 {target}")
