"""junheng plan …: what to do, one question a command."""

import json
import math
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.chinese import ChineseCommand, ChineseGroup
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
    from junheng.plan.compliance import Progress

plan = typer.Typer(cls=ChineseGroup, help="做方案：怎样才能达标，花多少钱。")
Prices = Annotated[
    Path | None,
    typer.Option("--prices", help="价格表（TOML）；不写用示例价格, 未核对。", metavar="文件"),
]
LimitsFile = Annotated[
    Path | None,
    typer.Option("--limits", help="用地、招聘、经费的限制（TOML）；不写不受限制。", metavar="文件"),
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", help="方案册和数据写到哪个文件夹。", metavar="文件夹"),
]
Pupils = Annotated[
    Path | None,
    typer.Option(
        "--pupils",
        help="各学年的学生数、班数（CSV 或 Excel：学校代码、学段、学年、在校生数、班数）；不写沿用封存的。",
        metavar="文件",
    ),
]
ClassSizes = Annotated[
    Path | None,
    typer.Option(
        "--class-size",
        help="plan class-size 写出的文件夹：学生数、班数照它逐年走，增班要用的一起购置。",
        metavar="文件夹",
    ),
]
METRES = {"m": 1, "米": 1, "km": 1000, "公里": 1000}


def enter(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(plan, name="plan")


@plan.callback()
def _group() -> None:
    """One command a question."""


@plan.command("class-size", cls=ChineseCommand)
def class_size(
    snapshot: SnapshotPath,
    on: Day,
    years: Annotated[
        int, typer.Option("--years", help="往后看几年。", metavar="年数", min=1, max=3)
    ] = 3,
    prices: Prices = None,
    entrants: Annotated[
        Path | None,
        typer.Option(
            "--entrants",
            help="新生人数（CSV：学校代码、学年、年级、人数）；不写沿用今年。",
            metavar="文件",
        ),
    ] = None,
    within: Annotated[
        str,
        typer.Option(
            "--within", help="邻校的最大直线距离，例如 2km、800m；不写用平台约定。", metavar="距离"
        ),
    ] = "",
    reorganise: Annotated[
        bool, typer.Option("--reorganise", help="允许年级内重新编班（人少的班可以合并）。")
    ] = False,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """班额方案：逐校逐年级怎样降到限额以内，增班、改造、分流各多少，谁解决不了。"""
    from junheng import publish, studies
    from junheng.registry import Snapshot

    asked, near = day(on), metres(within) if within else None
    study = studies.plan_classes(
        Snapshot.open(existing(snapshot)),
        on=asked,
        years=years,
        prices=None if prices is None else existing(prices),
        entrants=None if entrants is None else existing(entrants),
        within_m=near,
        reorganise=reorganise,
    )
    written = publish.write_class_size(study, out) if out is not None else []
    if as_json:
        typer.echo(json.dumps(study.record, ensure_ascii=False, indent=1))
        return
    console().print(publish.show_class_size(study))
    for path in written:
        typer.echo(f"已写出 {path}")


@plan.command("comply", cls=ChineseCommand)
def comply(
    snapshot: SnapshotPath,
    on: Day,
    by: Annotated[int, typer.Option("--by", help="从哪个学年起达标，例如 2028。", metavar="学年")],
    county: Annotated[
        list[str] | None,
        typer.Option("--county", help="区县代码，可以写几个；不写是全部。", metavar="代码"),
    ] = None,
    prices: Prices = None,
    limits: LimitsFile = None,
    budget: Annotated[
        str,
        typer.Option(
            "--budget", help="经费上限，例如 3000万元、2.5亿元、800000元。", metavar="金额"
        ),
    ] = "",
    pupils: Pupils = None,
    class_size: ClassSizes = None,
    variant: Variant = "",
    relax: Relaxations = None,
    reading: ReadingChoices = None,
    scheme: SchemeCode = "2017-quality",
    gap: Annotated[
        float, typer.Option("--gap", help="求到这个差距为止：(费用－下界)÷费用。", metavar="比例")
    ] = 0.001,
    seconds: Annotated[
        float | None,
        typer.Option("--seconds", help="求解最多用多少秒；不写按搜索结点数。", metavar="秒"),
    ] = None,
    frontier: Annotated[
        bool,
        typer.Option("--frontier", help="再算十档经费各能做到什么（从零到方案的费用）。"),
    ] = False,
    what_if: Annotated[
        list[str] | None,
        typer.Option("--what-if", help="只有这么多钱时能做到什么，可以写几个。", metavar="金额"),
    ] = None,
    by_line: Annotated[
        bool,
        typer.Option("--by-line", help="再算每项要求值多少钱：不作这项要求能省多少。"),
    ] = False,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """达标方案：怎样用最少的钱使资源配置七项、差异系数、GV3、GV9、GV12 全部达标，附证明。"""
    from junheng import publish, studies
    from junheng.plan.compliance import POINTS, Effort
    from junheng.registry import Snapshot

    asked, money = day(on), yuan(budget) if budget else None
    amounts = [yuan(each) for each in what_if or ()]
    with _watched() as told:
        study = studies.plan_to_comply(
            Snapshot.open(existing(snapshot)),
            on=asked,
            by=by,
            counties=tuple(county or ()),
            prices=None if prices is None else existing(prices),
            limits=None if limits is None else existing(limits),
            budget=money,
            pupils=None if pupils is None else existing(pupils),
            class_size=None if class_size is None else existing(class_size),
            scheme=scheme,
            switches=studies.switches_of(variant, relax or (), readings_of(reading)),
            effort=Effort(gap=gap, seconds=math.inf if seconds is None else seconds),
            points=POINTS if frontier else 0,
            what_if=amounts,
            by_line=by_line,
            told=told,
        )
    written = publish.write_compliance(study, out) if out is not None else []
    if as_json:
        typer.echo(json.dumps(study.record, ensure_ascii=False, indent=1))
        return
    console().print(publish.show_compliance(study))
    for path in written:
        typer.echo(f"已写出 {path}")
    if not study.certificate.holds or study.answer.left:
        raise typer.Exit(1)


@plan.command("check", cls=ChineseCommand)
def check(
    written: Annotated[Path, typer.Argument(help="plan comply 写出的 方案.json。", metavar="方案")],
    snapshot: SnapshotPath,
    prices: Prices = None,
    limits: LimitsFile = None,
    pupils: Pupils = None,
    class_size: ClassSizes = None,
) -> None:
    """只凭文件重新核对一份达标方案：逐项计价、限制、教师调动，推演的事实重新评估。"""
    from junheng import publish, studies
    from junheng.plan import load_prices
    from junheng.plan.compliance import load_limits
    from junheng.registry import Snapshot
    from junheng.studies.certificate import BOUND, OPEN

    held = studies.read_written(existing(written))
    priced = load_prices(prices)
    within = load_limits(limits, budget=studies.budget_of(held.read))
    sealed = Snapshot.open(existing(snapshot))
    given = [None if each is None else existing(each) for each in (pupils, class_size)]
    told = studies.told_ahead(sealed.facts, held.plan.settings.by, *given) if any(given) else None
    found = studies.check_written(held, sealed, prices=priced, limits=within, given=told)
    for text in (*found.asked, *(f"不符：{each}" for each in found.wrong)):
        typer.echo(text)
    for line in found.lines:
        if line.reach in (*BOUND, OPEN):
            open_ = "（有达不到的）" if line.reach == OPEN else ""
            typer.echo(
                f"{line.county} {line.code} {line.label}：{line.before} → {line.after}{open_}"
            )
    for text in found.later:
        typer.echo(text)
    typer.echo(f"费用{publish.wan(found.cost)}；达不到的要求{found.left}项。")
    typer.echo(f"没有重新证明，只是方案的说法：{'；'.join(found.claims)}。")
    typer.echo(found.verdict)
    raise typer.Exit(0 if found.holds and not found.left else 1)


@contextmanager
def _watched() -> "Iterator[Callable[[Progress], bool]]":
    """Progress on the error stream of a terminal; until it is over, Ctrl-C ends the search with
    what it has."""
    from junheng import publish
    from junheng.plan.compliance.solver import ending

    ended = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: ended.set())

    def told(progress: "Progress") -> bool:
        if sys.stderr.isatty():
            gap = "" if progress.gap is None else f"，差距 {progress.gap:.2%}"
            cost = (
                "还没有方案" if progress.cost is None else f"费用{publish.wan(progress.cost)}{gap}"
            )
            typer.echo(f"{progress.step}：{cost}（Ctrl-C 用现有的方案结束）", err=True)
        return not ended.is_set()

    try:
        with ending(ended.is_set):
            yield told
    finally:
        signal.signal(signal.SIGINT, before)


def yuan(text: str) -> Fraction:
    """An amount written 3000万元, 2.5亿, 800000元. Raises MisuseError otherwise."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(亿|万)?元?", text.strip().replace(",", ""))
    if found is None:
        raise MisuseError(f"金额“{text}”看不懂。请写成 3000万元、2.5亿元 或 800000元 的样子。")
    return Fraction(found[1]) * {"亿": 10**8, "万": 10**4, None: 1}[found[2]]


def metres(text: str) -> int:
    """A distance written 2km, 1.5km, 800m or 800米. Raises MisuseError otherwise."""
    found = re.fullmatch(r"([0-9]+)(?:\.([0-9]{1,3}))?(km|m|公里|米)", text.strip().lower())
    if found is None:
        raise MisuseError(f"距离“{text}”看不懂。请写成 2km、1.5km 或 800m 的样子。")
    whole, part, unit = found[1], (found[2] or "").ljust(3, "0"), METRES[found[3]]
    return int(whole) * unit + int(part) * unit // 1000
