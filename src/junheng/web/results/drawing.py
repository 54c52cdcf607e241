"""Drawings as SVG: the map of a city or county, bars of schools, shares of a coefficient of variation.

No script and no style attribute: the page's policy lets neither run. Colours come from classes of
`drill.css`; shape and word say what the colour says.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from junheng.web.results.looking import County
from junheng.web.tones import VERDICT_TONES

Link = Callable[[str], str]
Point = tuple[float, float]
WIDE, TALL, MARGIN = 980.0, 560.0, 18.0
SIGNS = {"pass": "✓", "near": "✓", "fail": "✕", "near-fail": "✕", "none": "？", "na": "—"}
DENSE = 700
"""From so many points on they are drawn small."""
NOTHING = SafeString("")


class Sheet:
    """Longitudes and latitudes on a sheet; narrow as the latitude makes them."""

    def __init__(self, points: Sequence[Point]) -> None:
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        narrow = math.cos(math.radians((south + north) / 2))
        wide, tall = max((east - west) * narrow, 1e-6), max(north - south, 1e-6)
        scale = min((WIDE - 2 * MARGIN) / wide, (TALL - 2 * MARGIN) / tall)
        self.height = max(140.0, tall * scale + 2 * MARGIN)
        self._west, self._north, self._narrow, self._scale = west, north, narrow, scale
        self._shift = (WIDE - wide * scale) / 2

    def at(self, lon: float, lat: float) -> Point:
        x = self._shift + (lon - self._west) * self._narrow * self._scale
        return round(x, 1), round(MARGIN + (self._north - lat) * self._scale, 1)


def city_map(told: dict[str, Any], link: Link) -> SafeString:
    """Counties with their shapes where there are any, names with verdicts, schools as points."""
    schools = [
        row for county in told["counties"] for row in county["schools"] if row[7] is not None
    ]
    corners = [
        (p[0], p[1]) for county in told["counties"] for ring in county["shape"] for p in ring
    ]
    if not (corners or schools):
        return NOTHING
    sheet = Sheet(corners or [(row[7], row[8]) for row in schools])
    shapes = format_html_join(
        "", "{}", ((_shape(c, sheet, link),) for c in told["counties"] if c["shape"])
    )
    names = format_html_join("", "{}", ((_name(c, sheet, link),) for c in told["counties"]))
    dots = _dots(schools, sheet)
    return svg(f"{told['unit']}：区县结论与学校分布", sheet.height, shapes + dots + names, "group")


def county_map(county: County, link: Link) -> SafeString:
    """The schools of one county; each leads to its card."""
    rows = [row for row in county.told["schools"] if row[7] is not None]
    if not rows:
        return NOTHING
    corners = [(p[0], p[1]) for ring in county.told["shape"] for p in ring]
    sheet = Sheet(corners or [(row[7], row[8]) for row in rows])
    shape = _shape(county.told, sheet, None) if corners else NOTHING
    return svg(
        f"{county.name}：学校分布（结论）", sheet.height, shape + _dots(rows, sheet, link), "group"
    )


def _shape(county: dict[str, Any], sheet: Sheet, link: Link | None) -> SafeString:
    path = "".join(
        "M" + "L".join("{} {}".format(*sheet.at(p[0], p[1])) for p in ring) + "z"
        for ring in county["shape"]
    )
    drawn = format_html(
        '<path d="{}" class="shape {}" fill-rule="evenodd"><title>{}</title></path>',
        path, VERDICT_TONES.get(county["verdict"], "na"), county["headline"],
    )  # fmt: skip
    return (
        format_html('<a href="{}" tabindex="-1">{}</a>', link(county["code"]), drawn)
        if link
        else drawn
    )


def _name(county: dict[str, Any], sheet: Sheet, link: Link) -> SafeString:
    points = [(p[0], p[1]) for ring in county["shape"] for p in ring]
    points = points or [(row[7], row[8]) for row in county["schools"] if row[7] is not None]
    if not points:
        return NOTHING
    x, y = sheet.at(
        sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
    )
    tone = VERDICT_TONES.get(county["verdict"], "na")
    return format_html(
        '<a href="{}" class="place"><text x="{}" y="{}" class="name">{}</text><text x="{}" y="{}" class="word {}">{}{}</text></a>',
        link(county["code"]), x, y, county["name"], x, y + 15, tone, SIGNS[tone], county["verdict"],
    )  # fmt: skip


def _dots(rows: Sequence[list[Any]], sheet: Sheet, link: Link | None = None) -> SafeString:
    size = 2.2 if len(rows) > DENSE else 5.0
    return format_html_join("", "{}", ((_dot(row, sheet, size, link),) for row in rows))


def _dot(row: list[Any], sheet: Sheet, size: float, link: Link | None) -> SafeString:
    x, y = sheet.at(row[7], row[8])
    tone = VERDICT_TONES.get(row[6], "na")
    title = f"{row[1]}：{row[6] or '不单独判定'}"
    if tone in ("fail", "near-fail"):  # another shape too, for whoever does not see the colour
        side = round(size * 1.8, 1)
        drawn = format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" class="dot {}"><title>{}</title></rect>',
            round(x - side / 2, 1), round(y - side / 2, 1), side, side, tone, title,
        )  # fmt: skip
    else:
        drawn = format_html(
            '<circle cx="{}" cy="{}" r="{}" class="dot {}"><title>{}</title></circle>',
            x,
            y,
            size,
            tone,
            title,
        )
    return format_html('<a href="{}" tabindex="-1">{}</a>', link(row[0]), drawn) if link else drawn


def value_bars(
    values: Iterable[tuple[str, Decimal, str]], limit: Decimal | None, unit: str
) -> SafeString:
    """Every school's value as a thin bar, the lowest first, with the line of the limit."""
    found = sorted(values, key=lambda each: each[1])
    if not found:
        return NOTHING
    top = float(max(found[-1][1], limit or 0)) * 1.05 or 1.0
    height, floor = 190.0, 170.0
    step = (WIDE - 2 * MARGIN) / len(found)
    bars = format_html_join(
        "", '<rect x="{}" y="{}" width="{}" height="{}" class="bar {}"><title>{}</title></rect>',
        (
            (round(MARGIN + n * step, 1), round(floor - float(v) / top * 150, 1), round(max(step * 0.82, 0.6), 1),
             round(max(float(v) / top * 150, 0.6), 1), VERDICT_TONES.get(verdict, "na"), f"{name} {v:,}{unit} {verdict}")
            for n, (name, v, verdict) in enumerate(found)
        ),
    )  # fmt: skip
    line = NOTHING
    if limit is not None:
        y = round(floor - float(limit) / top * 150, 1)
        line = format_html(
            '<line x1="{}" x2="{}" y1="{}" y2="{}" class="limit"/><text x="{}" y="{}" class="note">标准 {}{}</text>',
            MARGIN, WIDE - MARGIN, y, y, MARGIN + 2, y - 4, f"{limit:,}", unit,
        )  # fmt: skip
    base = format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" class="base"/>', MARGIN, WIDE - MARGIN, floor, floor
    )
    return svg(f"{len(found)}个学段部的值，从低到高", height, bars + base + line)


def share_bars(shares: Sequence[tuple[str, Decimal, bool]]) -> SafeString:
    """What each school adds to a coefficient of variation, in per cent, the most first."""
    if not shares:
        return NOTHING
    row, left = 24.0, 330.0
    top = float(max(each[1] for each in shares)) or 1.0
    bars = format_html_join(
        "",
        '<text x="{}" y="{}" class="label">{}</text><rect x="{}" y="{}" width="{}" height="15" class="bar {}"/><text x="{}" y="{}" class="note">{}%　{}</text>',
        (
            (left - 8, round(n * row + 15, 1), name[:24], left, round(n * row + 3, 1), (wide := round(float(share) / top * 440 + 1, 1)),
             "below" if below else "above", left + wide + 6, round(n * row + 15, 1), share, "偏低" if below else "偏高")
            for n, (name, share, below) in enumerate(shares)
        ),
    )  # fmt: skip
    return svg("各校在差异中占的份额", len(shares) * row + 6, bars)


def svg(title: str, height: float, body: SafeString, role: str = "img") -> SafeString:
    """`role` is group where there are links in it: an image has none."""
    return format_html(
        '<svg viewBox="0 0 {} {}" role="{}" aria-label="{}" class="drawing"><title>{}</title>{}</svg>',
        int(WIDE), round(height), role, title, title, body,
    )  # fmt: skip
