"""Charts as pictures: lines by area, parts below the limit, coefficients of variation against it.

Vega-Lite is drawn in the process, without browser or network, in a font that comes with us: a
missing character would leave a hole and say nothing. Numbers on the charts are those of `digits`.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pylopdf_fonts_zh_cn
import vl_convert

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.publish.digits import exact_text, spread_text
from junheng.publish.line_words import VERDICT_ORDER
from junheng.publish.totals import lacks
from junheng.publish.wording import short_label
from junheng.standards import Standard

FONT = "Noto Sans SC"
WIDTH, SCALE, TEXT = 470, 3, 13
ROOM = 1.12
"""Length of an axis against its longest bar: the number beside the bar must fit in."""
MIDDLE = 1 / 2
"""Where in its bar a number stands."""
COLOURS = {
    Verdict.FAIL: "#C8553D",
    Verdict.NO_DATA: "#9A9A9A",
    Verdict.PASS: "#4C9F70",
    Verdict.NOT_APPLICABLE: "#DADADA",
}
STAGES = ("#3B6EA5", "#E0A030", "#7A5C99")
Row = dict[str, Any]


@cache
def _ready() -> None:
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))


def drawn(specification: dict[str, Any]) -> bytes:
    """A Vega-Lite specification as PNG."""
    _ready()
    looks = {
        "background": "white",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": TEXT, "titleFontSize": TEXT, "labelLimit": 260, "titleFontWeight": "normal",
            "gridColor": "#E6E6E6", "domainColor": "#7F7F7F", "tickColor": "#7F7F7F",
        },
        "legend": {"labelFontSize": TEXT, "title": None, "orient": "top"},
        "text": {"fontSize": TEXT - 1},
    }  # fmt: skip
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "padding": 6}
    return vl_convert.vegalite_to_png({**whole, **specification, "config": looks}, scale=SCALE)


def axis(field: str, order: Sequence[str]) -> Row:
    """An axis of names in this order."""
    return {"field": field, "type": "nominal", "sort": list(order), "title": None,
            "scale": {"domain": list(order)}, "axis": {"ticks": False, "domain": False}}  # fmt: skip


def colour(field: str, names: Sequence[str], colours: Sequence[str]) -> Row:
    """Colours by name."""
    return {"field": field, "scale": {"domain": list(names), "range": list(colours)}}


def areas_chart(county: CountyVerdict) -> bytes:
    """How many lines of each area have which verdict."""
    words = [verdict.value for verdict in VERDICT_ORDER]
    rows = [
        {"area": area.title, "verdict": word, "lines": count, "order": order}
        for area in county.areas
        for order, word in enumerate(words)
        if (count := sum(line.verdict.value == word for line in area.lines))
    ]
    place = {"field": "lines", "type": "quantitative", "stack": "zero", "title": "指标（项）",
             "axis": {"tickMinStep": 1, "format": "d"}}  # fmt: skip
    across = {"y": axis("area", [a.title for a in county.areas]), "order": {"field": "order"}}
    bars = {
        "mark": {"type": "bar", "height": 20},
        "encoding": {**across, "x": place,
                     "color": colour("verdict", words, [COLOURS[v] for v in VERDICT_ORDER])},
    }  # fmt: skip
    counts = {
        "mark": {"type": "text", "color": "black"},
        "encoding": {**across, "x": {**place, "bandPosition": MIDDLE}, "detail": {"field": "verdict"},
                     "text": {"field": "lines"}},
    }  # fmt: skip
    return drawn({"data": {"values": rows}, "width": WIDTH, "height": 170, "layer": [bars, counts]})


def failing_chart(county: CountyVerdict) -> bytes:
    """How many stage parts lie below the limit of each indicator."""
    rows = [
        {"name": name(lack.indicator), "stage": stage.label, "parts": count}
        for lack in lacks(county)
        for stage, count in lack.failing.items()
    ]
    return grouped(county.standard, rows, "parts", "parts", {"title": "低于标准的学段部（个）",
                    "axis": {"tickMinStep": 1, "format": "d"}}, [])  # fmt: skip


def spreads_chart(county: CountyVerdict) -> bytes:
    """Each coefficient of variation with its limit as a mark across."""
    rows = [
        {"name": name(each.indicator), "stage": each.stage.label, "cv": each.cv,
         "told": spread_text(each), "limit": float(each.limit)}
        for each in county.spreads
        if each.cv is not None
    ]  # fmt: skip
    limit = {
        "mark": {"type": "tick", "color": "#B00020", "thickness": 2, "size": 15},
        "encoding": {"x": {"field": "limit", "type": "quantitative"}},
    }
    told = "、".join(
        f"{stage.label}{exact_text(county.standard.spread_limit(stage), least=2)}"
        for stage in county.standard.stages
    )
    return grouped(county.standard, rows, "cv", "told",
                    {"title": f"校际差异系数（红线为限值：{told}）"}, [limit])  # fmt: skip


def grouped(
    standard: Standard, rows: Sequence[Row], value: str, told: str, scale: Row, more: Sequence[Row]
) -> bytes:  # fmt: skip
    """Two bars a name, one a stage, each with its number."""
    stages = [stage.label for stage in standard.stages]
    across = {
        "y": axis("name", [name(code) for code in standard.indicators]),
        "yOffset": {"field": "stage", "sort": stages},
    }
    most = max((max(row[value], row.get("limit", 0)) for row in rows), default=0)
    room = {"scale": {"domain": [0, most * ROOM or 1], "nice": False}}
    x = {"field": value, "type": "quantitative", **room, **scale}
    bars = {
        "mark": {"type": "bar", "height": 12},
        "encoding": {"x": x, "color": colour("stage", stages, STAGES)},
    }
    numbers = {
        "mark": {"type": "text", "align": "left", "dx": 5},
        "encoding": {"x": x, "text": {"field": told}},
    }
    return drawn(
        {
            "data": {"values": list(rows)},
            "width": WIDTH,
            "height": {"step": 17},
            "encoding": across,
            "layer": [bars, *more, numbers],
        }
    )


def name(code: str) -> str:
    """L5 体育运动场馆面积."""
    return f"{code} {short_label(code)}"
