"""Who ends the search ends the run of the solver too, and gets what there is."""

from random import Random

import highspy
import numpy as np
import pytest

from junheng.plan.compliance.solver import Found, ending, quiet_model, solved

pytestmark = pytest.mark.slow

COLUMNS, ROWS, NODES = 40, 5, 3_000


def split_market() -> highspy.Highs:
    """A market split: small, and not to be solved in so few nodes."""
    random, model = Random(1), quiet_model()
    for column in range(COLUMNS):
        model.addVar(0, 1)
        model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    every = np.arange(COLUMNS + 2 * ROWS, dtype=np.int32)
    for _ in range(2 * ROWS):
        model.addVar(0, highspy.kHighsInf)
    for row in range(ROWS):
        weights = [float(random.randrange(100)) for _ in range(COLUMNS)]
        slack = [0.0] * (2 * ROWS)
        slack[2 * row : 2 * row + 2] = 1.0, -1.0
        half = float(sum(weights) // 2)
        model.addRow(half, half, len(every), every, np.array([*weights, *slack]))
    return model


def run(model: highspy.Highs) -> Found:
    costs = [0.0] * COLUMNS + [1.0] * (2 * ROWS)
    return solved(model, costs, levers=COLUMNS, gap=0.0, absolute=0.0, seconds=1e6, nodes=NODES)


def test_a_run_ends_when_it_is_enough_and_keeps_what_it_has() -> None:
    asked = 0

    def enough() -> bool:
        nonlocal asked
        asked += 1
        return asked > 20

    model = split_market()
    with ending(enough):
        found = run(model)
    assert asked > 20
    assert found.possible is not False
    assert model.getInfo().mip_node_count < NODES
    run(model)
    assert model.getInfo().mip_node_count >= NODES  # nothing of it stays behind
