"""Charts of a city: schools by county, parts below the limit, CVs as dots against the limit, years."""

from typing import Any

from junheng.diagnosis import Verdict
from junheng.publish.digits import exact_text
from junheng.publish.totals import lacks
from junheng.publish.word.charts import (
    COLOURS,
    MIDDLE,
    STAGES,
    WIDTH,
    axis,
    colour,
    drawn,
    grouped,
    name,
)
from junheng.publish.word.city import City
from junheng.schema import Stage
from junheng.studies import Years

ORDER = (Verdict.FAIL, Verdict.NO_DATA, Verdict.PASS)
NARROW = 360
"""Pixels of bars beside long names."""
STEP = 24
Row = dict[str, Any]


def _stacked(rows: list[Row], order: list[str], *, upright: bool = False) -> bytes:
    """Bars of schools by verdict, each piece with its number."""
    words = [verdict.value for verdict in ORDER]
    place = {"field": "schools", "type": "quantitative", "stack": "zero", "title": "学校（所）",
             "axis": {"tickMinStep": 1, "format": "d"}}  # fmt: skip
    along, across = ("x", "y") if upright else ("y", "x")
    names = axis("name", order)
    if upright:
        names["axis"]["labelAngle"] = 0
        names["title"] = "学年（秋季入学的年份）"
    encoding = {along: names, across: place, "order": {"field": "order"}}
    bars = {
        "mark": {"type": "bar", **({"width": 36} if upright else {"height": 15})},
        "encoding": {**encoding, "color": colour("verdict", words, [COLOURS[v] for v in ORDER])},
    }
    most = max((sum(r["schools"] for r in rows if r["name"] == n) for n in order), default=0)
    numbers = {
        "transform": [{"filter": f"datum.schools * 30 >= {most}"}],
        "mark": {"type": "text", "color": "black"},
        "encoding": {**encoding, across: {**place, "bandPosition": MIDDLE},
                     "detail": {"field": "verdict"}, "text": {"field": "schools"}},
    }  # fmt: skip
    size = (
        {"width": NARROW, "height": 220} if upright else {"width": NARROW, "height": {"step": STEP}}
    )
    return drawn({"data": {"values": rows}, **size, "layer": [bars, numbers]})


def schools_chart(city: City) -> bytes:
    """How many schools of each county have which verdict."""
    rows = [
        {"name": county.name, "verdict": verdict.value, "schools": number, "order": order}
        for county in city.counties
        for order, verdict in enumerate(ORDER)
        if (number := list(county.schools.values()).count(verdict))
    ]
    return _stacked(rows, [county.name for county in city.counties])


def failing_chart(city: City) -> bytes:
    """How many stage parts of all counties lie below the limit of each indicator."""
    held = [lacks(county) for county in city.counties]
    rows = [
        {"name": name(code), "stage": stage.label, "parts": parts}
        for code in city.standard.indicators
        for stage in city.standard.stages
        for parts in [sum(x.failing.get(stage, 0) for each in held for x in each if x.indicator == code)]
    ]  # fmt: skip
    titled = {"title": "低于标准的学段部（个）", "axis": {"tickMinStep": 1, "format": "d"}}
    return grouped(city.standard, rows, "parts", "parts", titled, [])


def spreads_chart(city: City, stage: Stage) -> bytes:
    """One dot a county in the row of each indicator, the limit as a mark across."""
    codes = city.standard.indicators
    rows = [
        {"name": name(spread.indicator), "county": county.name, "cv": spread.cv,
         "limit": float(spread.limit), "over": spread.verdict is Verdict.FAIL}
        for county in city.counties
        for spread in county.spreads
        if spread.stage is stage and spread.cv is not None
    ]  # fmt: skip
    told = "、".join(
        exact_text(each, least=2)
        for each in sorted({county.standard.spread_limit(stage) for county in city.counties})
    )
    x = {"type": "quantitative", "title": f"{stage.label}校际差异系数（红线为限值：{told}）",
         "scale": {"zero": True}}  # fmt: skip
    across = {"y": axis("name", [name(code) for code in codes])}
    dots = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 0.75},
        "encoding": {**across, "x": {"field": "cv", **x},
                     "color": {"condition": {"test": "datum.over", "value": COLOURS[Verdict.FAIL]},
                               "value": STAGES[0]}},
    }  # fmt: skip
    limits = {
        "mark": {"type": "tick", "color": "#B00020", "thickness": 2, "size": 20},
        "encoding": {**across, "x": {"field": "limit", **x}},
    }
    return drawn({"data": {"values": rows}, "width": WIDTH, "height": {"step": STEP}, "layer": [limits, dots]})  # fmt: skip


def years_chart(years: Years) -> bytes:
    """How many schools of all counties have which verdict, by school year."""
    order = [str(year) for year in sorted(years.studies)]
    rows = [
        {"name": str(year), "verdict": verdict.value, "schools": number, "order": place}
        for year, study in sorted(years.studies.items())
        for place, verdict in enumerate(ORDER)
        if (number := sum(v is verdict for c in study.assessment.counties for v in c.schools.values()))
    ]  # fmt: skip
    return _stacked(rows, order, upright=True)
