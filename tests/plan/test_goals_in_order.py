"""Goals sought one after another: an answer always stands, and what is not proven is not claimed."""

from fractions import Fraction

import highspy
import pytest

from junheng.plan import model
from junheng.plan.model import Follows, Sought, new_model, solve_in_order

WHOLE = highspy.HighsVarType.kInteger


def shared_out(weights: list[int], capacity: int) -> tuple[highspy.Highs, list, list]:
    """Things of those weights in boxes: each in one; a box that holds anything is open."""
    m = new_model()
    boxes = [m.addBinary() for _ in weights]
    inside = [[m.addBinary() for _ in boxes] for _ in weights]
    for row in inside:
        m.addConstr(m.qsum([x * 1 for x in row]) == 1)
    for number, box in enumerate(boxes):
        held = m.qsum([row[number] * w for row, w in zip(inside, weights, strict=True)])
        m.addConstr(held - box * capacity <= 0)
    return m, boxes, inside


def test_each_goal_is_kept_while_the_next_is_sought() -> None:
    m, boxes, inside = shared_out([4, 4, 4, 3, 3, 2], 10)
    first = Sought("箱", "个", tuple((b, Fraction(1)) for b in boxes))
    second = Sought("第一箱", "件", tuple((row[0], Fraction(1, 2)) for row in inside))
    solved = solve_in_order(m, [first, second])
    assert [(g.value, g.bound) for g in solved.goals] == [(2, 2), (0, 0)]
    assert sum(solved.whole(boxes)) == 2


def test_what_the_nodes_do_not_prove_is_told_as_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer stands, its bound is no better than it is, and the next goals start from it."""
    monkeypatch.setattr(model, "LEAST_NODES", 1)
    monkeypatch.setattr(model, "MOST_NODES", 1)
    m, boxes, inside = shared_out([7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 9, 8, 8], 20)
    terms = tuple(
        (x, Fraction((7 * i + 5 * j) % 11 + 1))
        for i, row in enumerate(inside)
        for j, x in enumerate(row)
    )
    count = Sought("箱", "个", tuple((b, Fraction(1)) for b in boxes))
    solved = solve_in_order(m, [count, Sought("路程", "米", terms), count])
    assert all(0 <= g.bound <= g.value for g in solved.goals)
    assert solved.goals[2].value == solved.goals[0].value
    chosen = [[v for v, x in enumerate(solved.whole(row)) if x] for row in inside]
    assert all(len(each) == 1 for each in chosen)


def test_a_goal_that_stands_at_nought_already_is_kept_there() -> None:
    m = new_model()
    x, y = m.addVariable(lb=0, ub=9, type=WHOLE), m.addVariable(lb=0, ub=9, type=WHOLE)
    m.addConstr(x + y >= 4)
    goals = [Sought(name, "个", ((v, Fraction(1)),)) for name, v in (("x", x), ("x", x), ("y", y))]
    assert [g.value for g in solve_in_order(m, goals).goals] == [0, 0, 4]


def test_what_follows_is_as_small_as_the_rest_lets_it_be() -> None:
    m = new_model()
    x, y, z = (m.addVariable(lb=0, ub=99, type=WHOLE) for _ in range(3))
    half = Follows(y, ((x, 1),), -4, divisor=2)
    assert half.least([9.0, 50.0, 0.0]) == 3
    assert half.least([1.0, 50.0, 0.0]) == 0
    assert Follows(z, (), 1, after=y).least([9.0, 3.0, 50.0]) == 3


def test_without_any_goal_there_is_an_answer() -> None:
    m = new_model()
    x = m.addVariable(lb=2, ub=5, type=WHOLE)
    solved = solve_in_order(m, [Sought("无", "个", ())])
    assert solved.goals[0].value == 0
    assert 2 <= solved.whole([x])[0] <= 5
