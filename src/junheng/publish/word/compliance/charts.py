"""Money against what it achieves: requirements unmet, schools passing, lines passing."""

from collections.abc import Sequence
from typing import Any

from junheng.diagnosis import Verdict
from junheng.publish.word.charts import COLOURS, STAGES, WIDTH, drawn
from junheng.studies import FrontierPoint

HEIGHT, ROOM, BESIDE, FEW = 84, 1.22, 0.04, 3
"""Pixels of one picture; room above and beside its points for their numbers; steps of an axis."""
Row = dict[str, Any]


def frontier_chart(points: Sequence[FrontierPoint]) -> bytes:
    """Three pictures one below the other, over the same money.

    A line goes on level to the next point: a plan for less money is a plan for more."""
    told = (
        ("达不到的要求（项）", COLOURS[Verdict.FAIL], [len(p.left) for p in points]),
        ("达标学校（所）", COLOURS[Verdict.PASS], [p.schools_passing for p in points]),
        ("达标的项目（项）", STAGES[0], [p.lines_passing for p in points]),
    )
    money = [float(p.budget / 10_000) for p in points]
    pictures = [
        _picture(title, colour, [{"money": m, "value": v} for m, v in zip(money, values, strict=True)],
                 last=number == len(told) - 1)
        for number, (title, colour, values) in enumerate(told)
    ]  # fmt: skip
    return drawn({"vconcat": pictures, "spacing": 14})


def _picture(title: str, colour: str, rows: list[Row], *, last: bool) -> Row:
    most = max(row["value"] for row in rows)
    widest = max(row["money"] for row in rows) or 1
    x = {"field": "money", "type": "quantitative",
         "scale": {"domain": [-BESIDE * widest, (1 + BESIDE) * widest], "nice": False},
         "axis": {"title": "经费（万元）" if last else None, "labels": last, "format": ",~f"}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "scale": {"domain": [0, most * ROOM or 1], "nice": False},
         "axis": {"title": title, "format": "d", "tickMinStep": 1, "tickCount": FEW}}  # fmt: skip
    place = {"x": x, "y": y}
    return {
        "data": {"values": rows}, "width": WIDTH, "height": HEIGHT, "encoding": place,
        "layer": [
            {"mark": {"type": "line", "interpolate": "step-after", "color": colour, "strokeWidth": 2}},
            {"mark": {"type": "point", "filled": True, "size": 45, "color": colour, "opacity": 1}},
            {"mark": {"type": "text", "align": "left", "dx": 4, "dy": -8}, "encoding": {"text": {"field": "value"}}},
        ],
    }  # fmt: skip
