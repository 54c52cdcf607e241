"""The frontier of a plan as a curve: money against the requirements that stay unmet."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from junheng.web.results.drawing import NOTHING, svg

WIDE, TALL, LEFT, FOOT = 980.0, 300.0, 70.0, 46.0
FRONTIER = "经费与达标（前沿）"
YUAN = 10_000


def frontier_curve(page: dict[str, Any]) -> SafeString:
    """The curve of a compliance plan's page; nothing where no frontier was drawn."""
    table = next((each for each in page["tables"] if each["name"] == FRONTIER), None)
    rows = [] if table is None else table["rows"]
    points = sorted({(Decimal(row[0][2]) / YUAN, int(row[2][2])) for row in rows})
    return _drawn(points) if len(points) > 1 else NOTHING


def _drawn(points: Sequence[tuple[Decimal, int]]) -> SafeString:
    most, top = float(points[-1][0]) or 1.0, max(y for _, y in points) or 1

    def at(x: Decimal, y: int) -> tuple[float, float]:
        across = LEFT + float(x) / most * (WIDE - LEFT - 60)
        return round(across, 1), round(TALL - FOOT - y / top * (TALL - FOOT - 30), 1)

    placed = [(*at(x, y), x, y) for x, y in points]
    line = " ".join(f"{a},{b}" for a, b, *_ in placed)
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="5" class="dot {}"><title>{}万元：还有{}项达不到</title></circle>'
        '<text x="{}" y="{}" class="note">{}</text>',
        ((a, b, "fail" if y else "pass", f"{x:,.1f}", y, a + 7, b - 7, y) for a, b, x, y in placed),
    )
    floor = TALL - FOOT
    marks = format_html_join(
        "", '<text x="{}" y="{}" class="note middle">{}</text>',
        ((a, floor + 20, f"{x:,.0f}") for a, _, x, _ in placed[:: max(1, len(placed) // 6)]),
    )  # fmt: skip
    axes = format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" class="base"/><text x="{}" y="{}" class="note">经费（万元）</text>'
        '<text x="{}" y="16" class="note">还达不到的要求（项）</text>',
        LEFT, WIDE - 60, floor, floor, LEFT, TALL - 6, LEFT,
    )  # fmt: skip
    curve = format_html('<polyline points="{}" class="curve"/>', line)
    return svg("经费与还达不到的要求", TALL, axes + curve + dots + marks)
