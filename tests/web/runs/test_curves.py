"""The curve of the frontier: a point for each budget, none where no frontier was drawn."""

from junheng.web.results.curves import FRONTIER, frontier_curve


def page(*points: tuple[int, int]) -> dict[str, object]:
    rows = [[[f"{x}", "", str(x)], "", [f"{y}项", "", str(y)], "", "", ""] for x, y in points]
    return {"tables": [{"name": FRONTIER, "rows": rows}]}


def test_every_budget_is_a_point_and_says_what_stays_unmet() -> None:
    drawn = str(frontier_curve(page((0, 39), (10_000_000, 14), (19_030_000, 0))))
    assert drawn.count("<circle") == 3
    assert "1,000.0万元：还有14项达不到" in drawn
    assert 'class="dot pass"' in drawn


def test_without_a_frontier_nothing_is_drawn() -> None:
    assert frontier_curve(page()) == ""
    assert frontier_curve({"tables": []}) == ""
    assert frontier_curve(page((0, 0))) == ""
