"""What the compliance benchmark found, as Markdown and as a picture, printed or put into the manual."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import vl_convert
from cases import CASES, Case, Reach

DOCS = Path(__file__).parents[2] / "docs"
PAGE, BEGIN, END = DOCS / "performance.md", "<!-- plan:begin -->", "<!-- plan:end -->"
PICTURE = DOCS / "pictures" / "plan.svg"
LIBRARIES = ("junheng", "highspy", "clarabel", "pyscipopt")
NAMES = {
    "junheng": "junheng", "highs": "HiGHS，固定的切线",
    "quadratic": "SCIP，二次式", "lifted": "SCIP，逐校提升的锥",
}  # fmt: skip
Kept = Mapping[str, Any]


def tell(found: Mapping[str, Kept], *, write: bool) -> int:
    """Print the tables of every case that was measured, put them into the page; 1 where a reach is missed."""
    text = "\n".join([*_reaches(found), "", *_peers(found), "", _machine()])
    print(text)
    if write:
        PICTURE.write_text(_drawn(found), encoding="utf-8")
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        shown = f"{text}\n\n![差距随时间](pictures/plan.svg)"
        PAGE.write_text(f"{before}{BEGIN}\n{shown}\n{END}{after}", encoding="utf-8")
    return int("没有达到 |" in text)


def _reaches(found: Mapping[str, Kept]) -> Iterator[str]:
    yield "| 算例 | 要求 | 实测（各种子中最差） | 结论 |"
    yield "| --- | --- | --- | --- |"
    for case in (case for case in CASES if case.name in found):
        runs = list(found[case.name]["seeds"].values())
        label = f"{case.label}，{len(runs)} 个种子"
        for what, limit, reached in _measures(case, runs):
            worst = None if None in reached else max(s for s in reached if s is not None)
            said = (
                f"{sum(s is None for s in reached)} 个没有达到"
                if worst is None
                else f"{worst:.1f} 秒"
            )
            if worst is None and what.startswith("差距"):
                said += f"；停下时最差 {max(run['steps'][-1][1] or 0 for run in runs):.2%}"
            kept = worst is not None and worst <= limit
            yield f"| {label} | {what}，{limit:g} 秒以内 | {said} | {'合格' if kept else '没有达到'} |"
            label = "同上"


def _measures(case: Case, runs: Sequence[Kept]) -> Iterator[tuple[str, float, list[float | None]]]:
    """What, within how many seconds, when it was reached by each seed."""
    yield "下界或不可能的证明", case.bound, [run["first"] for run in runs]
    if any(run["fewest"] for run in runs):
        yield "达不到的最少有几项，已证明", 10.0 if case.name == "impossible" else case.seconds, [
            (run["proven"] or run["spent"]) if run["unmet"] == run["fewest"] else None for run in runs
        ]  # fmt: skip
    for reach in case.reaches:
        name = "项数的差距" if case.name == "short" else "差距"
        yield f"{name} ≤ {reach.gap:.1%}", reach.seconds, [_reached(run, reach) for run in runs]


def _reached(run: Kept, reach: Reach) -> float | None:
    assert reach.gap is not None, "a reach of a gap"
    times = [passed for passed, gap in run["steps"] if gap is not None and gap <= reach.gap]
    return min(times, default=None)


def _peers(found: Mapping[str, Kept]) -> Iterator[str]:
    yield "| 同一题（种子 1） | 做法 | 时限 | 停下时的差距 | 到 1% 用了 |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for case in (case for case in CASES if found.get(case.name, {}).get("peers")):
        held = found[case.name]
        ours = [[p, g] for p, g in held["seeds"]["1"]["steps"] if g is not None]
        rows = {"junheng": {"points": ours, "seconds": case.seconds}, **held["peers"]}
        for name, each in rows.items():
            points = each["points"]
            gap = f"{points[-1][1]:.2%}" if points else "没有方案"
            when = min((p for p, g in points if g <= 0.01), default=None)
            reached = "—" if when is None else f"{when:.1f} 秒"
            yield f"| {case.label} | {NAMES[name]} | {each['seconds']:.0f} 秒 | {gap} | {reached} |"


def _machine() -> str:
    packages = "、".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{platform.system()} {platform.machine()}，Python {platform.python_version()}；{packages}；都只用一个线程。"


def _drawn(found: Mapping[str, Kept]) -> str:
    """Gap against time, both logarithmic, a line for each way and a panel for each size."""
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))
    rows = []
    for case in (case for case in CASES if found.get(case.name, {}).get("peers")):
        held = found[case.name]
        traces = {"junheng": held["seeds"]["1"]["steps"]}
        traces |= {name: each["points"] for name, each in held["peers"].items()}
        for name, points in traces.items():
            rows += [
                {"seconds": max(0.05, s), "gap": 100 * max(gap, 1e-5), "way": NAMES[name], "case": case.label}
                for s, gap in points if gap is not None
            ]  # fmt: skip
    log: dict[str, Any] = {"type": "quantitative", "scale": {"type": "log"}}
    return vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "data": {"values": rows},
            "facet": {"column": {"field": "case", "title": None, "sort": [c.label for c in CASES]}},
            "spec": {
                "width": 300, "height": 260,
                "mark": {"type": "line", "interpolate": "step-after", "point": True},
                "encoding": {
                    "x": {"field": "seconds", "title": "秒", **log},
                    "y": {"field": "gap", "title": "差距（%）", **log},
                    "color": {"field": "way", "type": "nominal", "title": None, "sort": list(NAMES.values())},
                },
            },
            "config": {"font": "Noto Sans SC", "background": "white", "legend": {"labelLimit": 320}},
        }
    )  # fmt: skip
