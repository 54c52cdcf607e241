"""Opening the desk: what is put into an empty one, and what the person who starts it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.errors import MisuseError
from junheng.registry import Snapshot
from junheng.registry.snapshot import read_seal, seals_of
from junheng.web.models import Office
from junheng.web.serving import demonstration, first
from junheng.web.serving.starting_runs import queue_first_runs

LIVING = ["junheng.web.serving.living"]
REST = ["junheng.web.serving.rest"]


@dataclass(frozen=True)
class Told:
    """Lines for whoever starts the desk, and modules that run beside the server."""

    lines: Sequence[str] = ()
    beside: Sequence[list[str]] = ()


def open_desk(
    data: Path,
    *,
    stores: Sequence[Path],
    place: str,
    demo: bool,
    demo_from: Path,
    progress: Callable[[str], None],
) -> Told:
    """Fill an empty desk; one in use only gets the stores that are named.

    Raises MisuseError where the demonstration is asked for in a desk that holds something else.
    """
    note = data / demonstration.NOTE
    if demo:
        if first.is_empty():
            return _demonstration(data, demo_from, progress)
        if not note.is_file():
            raise MisuseError(
                f"“{data}”里已经有真实的单位和账号，不能装演示数据。请换一个 --data。"
            )
    top = _bring(data, stores)
    if first.is_empty():
        top = top or (first.enter_place(place) if place else first.own_office())
        made = first.first_administrator(top)
        return Told(
            [
                f"首位系统管理员：{made.username}，密码：{made.password}",
                "密码只显示这一次，第一次登录时须换成自己的。",
            ]
        )
    if not demo:
        return Told()
    whole = len(seals_of(data / "store")) >= len(demonstration.YEARS)  # else it was cut off
    return Told(note.read_text(encoding="utf-8").splitlines(), [LIVING if whole else REST])


def _bring(data: Path, stores: Sequence[Path]) -> Office | None:
    """Copy the stores and enter the offices of their latest year; None where there are none."""
    if not stores:
        return None
    for each in stores:
        demonstration.bring_store(each, data / "store")
    held = seals_of(data / "store")
    years = {path: read_seal(path)["year"] for path in held}
    latest = [path for path in held if years[path] == max(years.values())]
    return [first.enter_offices(Snapshot.open(path)) for path in latest][-1]


def _demonstration(data: Path, demo_from: Path, progress: Callable[[str], None]) -> Told:
    store, last = data / "store", demonstration.YEARS[-1]
    beside = [LIVING]
    seals: list[Path] = []
    if demo_from.is_dir():
        progress(f"带进 {demo_from} 的封存……")
        seals = demonstration.bring_city(demo_from, store)
    if not seals:
        progress(f"造虚构的示例市，{last}学年……")
        demonstration.make_years(store, data / "示例市", [last])
        seals = seals_of(store)
        beside = [REST]
    demonstration.draw_boundaries(data)
    progress("建立单位和账号……")
    top = first.enter_offices(Snapshot.open(max(seals)))
    password = demonstration.open_accounts(top)
    queue_first_runs(top, seals)
    lines = [
        "演示数据：虚构的示例市，不是真实的学校。以下账号共用一个密码：" + password,
        *(f"  {name:<22}{told}" for name, told in demonstration.told()),
        "每个区县、每所学校都有账号：county-代码、school-代码、principal-代码。",
    ]
    note = data / demonstration.NOTE
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")
    note.chmod(0o600)
    return Told(lines, beside)
