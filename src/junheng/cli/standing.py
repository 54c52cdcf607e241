"""junheng standards: what is in force where and when, who said it, and what differs."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.chinese import ChineseCommand, ChineseGroup
from junheng.cli.options import Json, console, day
from junheng.errors import MisuseError

if TYPE_CHECKING:
    from junheng.standards import Document

CODE = typer.Argument(help="指标、条款、例外、口径或承诺的代码，例如 L5。", metavar="代码")
BOOK = "文件的文号（例如 教督〔2017〕6号），或规则文件（TOML）的路径。"


def enter(app: typer.Typer) -> None:
    """Add this group to the command line."""
    group = typer.Typer(cls=ChineseGroup, invoke_without_command=True, rich_markup_mode=None)
    group.callback()(standards)
    group.command("show", cls=ChineseCommand)(show)
    group.command("diff", cls=ChineseCommand)(diff)
    app.add_typer(group, name="standards")


def standards(
    context: typer.Context,
    place: Annotated[
        str, typer.Option("--place", help="哪里：单位代码或名称，例如 410105。", metavar="地区")
    ] = "",
    on: Annotated[
        str, typer.Option("--on", help="哪一天（例如 2026-09-01）。", metavar="日期")
    ] = "",
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", help="只列这一类，可写多次：limit、norm、switch 等。", metavar="类别"
        ),
    ] = None,
    diff_on: Annotated[
        str, typer.Option("--diff-on", help="与另一天比，只列差别。", metavar="日期")
    ] = "",
    diff_place: Annotated[
        str, typer.Option("--diff-place", help="与另一地比，只列差别。", metavar="地区")
    ] = "",
    diff_with: Annotated[
        Path | None,
        typer.Option("--diff-with", help="加上这份规则文件后再比，只列差别。", metavar="文件"),
    ] = None,
    as_json: Json = False,
) -> None:
    """列出某地某天有效的全部要求：谁说的、哪一条、多少、来源与可信度。"""
    if context.invoked_subcommand is not None:
        return
    if not place or not on:
        raise MisuseError(
            "请写明 --place 和 --on，例如 junheng standards --place 410105 --on 2026-09-01；"
            "或用 junheng standards show L5。"
        )
    from junheng.standards import in_force, place_of, read_document

    where, when = place_of(place), day(on)
    kinds = kind or ()
    found = in_force(where, when, kinds=kinds)
    if not (diff_on or diff_place or diff_with):
        _print_standing(found, where, when, as_json)
        return
    drafts = (read_document(diff_with),) if diff_with else ()
    other, then = place_of(diff_place or where), day(diff_on) if diff_on else when
    later = in_force(other, then, kinds=kinds, drafts=drafts)
    after = _title(other, then) + "".join(_with(each, then) for each in drafts)
    _print_difference(found, later, _title(where, when), after, as_json)


def show(
    code: Annotated[str, CODE],
    as_json: Json = False,
) -> None:
    """打开一个代码：每份文件怎么说、算法、各种读法、可用的例外。"""
    from junheng import standards as rules
    from junheng.indicators import CATALOGUE

    opened = rules.show(code)
    measures = [code, *(getattr(i.body, "measure", "") or i.code for i in opened.said)]
    known = [CATALOGUE[each] for each in dict.fromkeys(measures) if each in CATALOGUE]
    formulas = [(each.label, each.formula) for each in known]
    if as_json:
        _print_json(
            {
                "code": opened.code,
                "label": opened.label,
                "formulas": dict(formulas),
                "said": [each.to_json() for each in opened.said],
                "switches": [each.to_json() for each in opened.switches],
                "relaxations": [each.to_json() for each in opened.relaxations],
            }
        )
        return
    from junheng import publish

    console().print(publish.show_opened(opened, formulas))


def diff(
    before: Annotated[str, typer.Argument(help=f"甲：{BOOK}", metavar="甲")],
    after: Annotated[str, typer.Argument(help=f"乙：{BOOK}", metavar="乙")],
    as_json: Json = False,
) -> None:
    """逐条、逐栏比较两份文件。"""
    from junheng import publish
    from junheng.standards import difference_of_documents

    one, other = _document(before), _document(after)
    found = difference_of_documents(one, other)
    if as_json:
        _print_json({"before": before, "after": after, **found.to_json()})
        return
    console().print(publish.show_difference(found, *_apart(before, after, one, other)))


def _apart(before: str, after: str, one: "Document", other: "Document") -> tuple[str, str]:
    """The names of two documents, with the files where the names are the same."""
    if one.name != other.name:
        return one.name, other.name
    return f"{one.name}（{before}）", f"{other.name}（{after}）"


def _document(named: str) -> "Document":
    from junheng.standards import documents, read_document

    if named in documents():
        return documents()[named]
    if named.endswith(".toml") or Path(named).exists():
        return read_document(Path(named))
    raise MisuseError(
        f"没有名为“{named}”的文件。可用：{'、'.join(documents())}；或写规则文件的路径。"
    )


def _title(place: str, on: date) -> str:
    from junheng.standards import places

    return f"{places()[place].name}（{place}），{on}"


def _with(document: "Document", on: date) -> str:
    told = f"，加上“{document.name}”"
    return told if document.in_force_on(on) else f"{told}（该文件在这一天没有施行，不产生差别）"


def _print_standing(found: Any, place: str, on: date, as_json: bool) -> None:
    if as_json:
        said = [each.to_json() for each in found]
        _print_json({"place": place, "on": on.isoformat(), "items": said})
        return
    from junheng import publish

    console().print(publish.show_standing(found, place, on))


def _print_difference(before: Any, after: Any, one: str, other: str, as_json: bool) -> None:
    from junheng.standards import difference

    found = difference(before, after)
    if as_json:
        _print_json({"before": one, "after": other, **found.to_json()})
        return
    from junheng import publish

    console().print(publish.show_difference(found, one, other))


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))
