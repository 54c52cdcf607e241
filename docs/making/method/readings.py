"""Open readings, and which verdicts hold under all of them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from junheng.registry import Snapshot
from junheng.studies import Readings, read_every_way
from making.grids import grid
from making.method import written
from making.method.written import COUNTY, ON, standard


@cache
def _read(name: str) -> Readings:
    snapshot = Snapshot(Path(name), written.example(name).facts(), {})
    return read_every_way(snapshot, on=ON, most_pairs=0)


def points() -> Iterator[str]:
    """Every open point with its options, the one taken first."""
    rows = []
    for code, (switch, _) in standard().open_points.items():
        taken = standard().reading(code)
        options = sorted(switch.option, key=lambda o: o.code != taken)
        told = "<br>".join(
            f"`{o.code}` {o.label}" + ("（只作比较）" if o.only_compared else "") for o in options
        )
        rows.append((f"`{code}`", switch.title, told, f"**{switch.confidence}**"))
    yield from grid(("口径", "问什么", "读法（默认在前）", "可信度"), rows)


def turns(name: str, stage: str, code: str) -> Iterator[str]:
    """What becomes of one CV under every reading that turns it, and whether it holds."""
    found = _read(name).of("spread", COUNTY, code, "", stage)
    rows = []
    for turn in found.turns:
        names = "、".join(f"`{c.name}`" for c in turn.choices)
        only = "只作比较，不影响稳健" if turn.only_compared else "有人主张，算数"
        rows.append((names, f"{turn.was} → **{turn.becomes}**", only))
    yield from grid(("读法", "结论", "算不算"), rows)
    yield f"所以这一结论**{'稳健' if found.holds else '不稳健'}**。"


def tried(name: str) -> Iterator[str]:
    yield str(len(_read(name).tried))
