"""A weighed programme without whole numbers, and next to such an answer: what a node of the search
over coefficients costs a fraction of a second for.

Both change columns of the programme and put them back.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf

import highspy
import numpy as np

from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.effort import SURE
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.solver import Found

ROUNDS = 30
"""Programmes without whole numbers, each with the tangents of the answer before."""
SETTLED = 1e-3
"""Requirements: a bound that rises by less has come to its tangents."""
DECIDED = 1e-4
"""A choice by halves that is nearer to nought or one than this is taken as made."""


@dataclass(frozen=True)
class Halved:
    """The answer without whole numbers."""

    bound: float
    """Requirements: number given up + price × yuan is no less; infinite where nothing is possible."""
    columns: tuple[float, ...]
    """Of the whole programme; empty where there is no answer."""


def halved(programme: Programme, price: float) -> Halved:
    """The programme without whole numbers; tangents where they were needed stay in it."""
    model, columns = programme.model, len(programme.costs)
    costs, each = programme.weighed(price)
    _taken_as(model, programme.whole, highspy.HighsVarType.kContinuous)
    model.changeColsCost(columns, np.arange(columns, dtype=np.int32), np.array(costs))
    bound, status = -inf, None
    found: tuple[float, ...] = ()
    for _ in range(ROUNDS):
        model.run()
        status = model.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            break
        before, bound = bound, model.getInfo().objective_function_value / each
        found = tuple(model.getSolution().col_value)
        if bound - before < SETTLED:
            break
        programme.cut_at(_levers(programme, found))
    if found:
        programme.cut_around(_levers(programme, found))
    _taken_as(model, programme.whole, highspy.HighsVarType.kInteger)
    if status == highspy.HighsModelStatus.kInfeasible:
        return Halved(inf, ())
    return Halved(max(0.0, bound - SURE), found)


def held_to(
    programme: Programme, near: Halved, price: float, *, seconds: float, nodes: int, start: Sequence[float] = (),
) -> Found:  # fmt: skip
    """The least weighed where what is given up and stays behind is as decided in this answer: amounts are
    soon found then. Its bound holds for these choices only."""
    model, levers = programme.model, len(programme.problem.levers)
    choices = [place for place in programme.whole if place >= levers]
    values = np.array([near.columns[place] for place in choices])
    places = np.array(choices, dtype=np.int32)
    lows, highs = (values > 1 - DECIDED).astype(float), (values >= DECIDED).astype(float)
    model.changeColsBounds(len(choices), places, lows, highs)
    found = programme.least_weighed(price, seconds=seconds, nodes=nodes, start=start)
    model.changeColsBounds(len(choices), places, np.zeros(len(choices)), np.ones(len(choices)))
    return found


def given_up(programme: Programme, near: Halved, dropped: Collection[int]) -> Unmet:
    """What the answer mostly gives up, with these coefficients."""
    needs = [
        n
        for n, (_, _, up) in programme.behind.items()
        if up is not None and near.columns[up] > 1 / 2
    ]
    demands = [
        d
        for (kind, d), up in programme.waived.items()
        if kind == "demand" and near.columns[up] > 1 / 2
    ]
    return Unmet(tuple(needs), tuple(sorted(dropped)), tuple(demands))  # fmt: skip


def _levers(programme: Programme, columns: Sequence[float]) -> Sequence[float]:
    return columns[: len(programme.problem.levers)]


def _taken_as(model: highspy.Highs, columns: Sequence[int], kind: highspy.HighsVarType) -> None:
    places = np.array(columns, dtype=np.int32)
    model.changeColsIntegrality(len(columns), places, np.array([kind] * len(columns)))
