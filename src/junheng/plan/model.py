"""HiGHS, and nothing but HiGHS: the only module with solver options.

`solve_in_order` minimises one whole-number goal after another, each kept at what was found while
the next is sought. One thread and a fixed seed: the same model gives the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm
from typing import Any

import highspy

from junheng.errors import JunhengError
from junheng.plan.nouns import Goal

ANSWERED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)
CLOSE = 1e-6
"""A bound within this of a whole number is that number: every goal is a whole multiple of its step."""


NODES = 200
"""Search nodes after which a goal is left with what was found, and its gap told. Nodes, not seconds:
the same model gives the same answer on a slow machine."""


@dataclass(frozen=True)
class Sought:
    """One goal: what is summed, in which words, with exact coefficients."""

    goal: str
    unit: str
    terms: tuple[tuple[Any, Fraction], ...]
    """Variable and coefficient."""


def new_model() -> highspy.Highs:
    """An empty model, silent and repeatable."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.75),
        ("mip_feasibility_tolerance", 1e-7),
        ("mip_max_nodes", NODES),
    ):
        model.setOptionValue(name, value)
    return model


def solve_in_order(model: highspy.Highs, goals: Sequence[Sought]) -> list[Goal]:
    """Minimise the goals one after another; the model then holds the last answer.

    A goal whose optimum was not proven within `NODES` is kept at the best found, with its bound.
    Raises JunhengError where the solver finds no answer: our models always have one."""
    found = []
    for sought in goals:
        step = _step(sought)
        terms = [(variable, int(each / step)) for variable, each in sought.terms if each]
        if not terms:
            found.append(Goal(sought.goal, sought.unit, Fraction(0), Fraction(0)))
            continue
        total = highspy.Highs.qsum([variable * each for variable, each in terms])
        if found:
            model.setSolution(model.getSolution())
        model.minimize(total)
        if model.getModelStatus() not in ANSWERED or not _has_answer(model):
            status = model.modelStatusToString(model.getModelStatus())
            raise JunhengError(
                f"求解“{sought.goal}”没有得到解（{status}）。这是程序的问题，请报告。"
            )
        values = model.getSolution().col_value
        best = sum(round(values[variable.index]) * each for variable, each in terms)
        info = model.getInfo()
        bound = max(0, ceil(info.mip_dual_bound - CLOSE)) if _finite(info.mip_dual_bound) else best
        found.append(Goal(sought.goal, sought.unit, best * step, min(bound, best) * step))
        model.addConstr(total <= best)
    return found


def whole_values(model: highspy.Highs, variables: Sequence[Any]) -> list[int]:
    """The answer for whole-number variables."""
    values = model.getSolution().col_value
    return [round(values[variable.index]) for variable in variables]


def _step(sought: Sought) -> Fraction:
    """The greatest amount of which every coefficient is a whole multiple."""
    below = lcm(*(each.denominator for _, each in sought.terms)) if sought.terms else 1
    above = gcd(*(int(each * below) for _, each in sought.terms))
    return Fraction(above or 1, below)


def _has_answer(model: highspy.Highs) -> bool:
    return bool(model.getSolution().value_valid)


def _finite(value: float) -> bool:
    return abs(value) < highspy.kHighsInf
