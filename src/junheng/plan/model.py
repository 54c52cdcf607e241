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


WORK, LEAST_NODES, MOST_NODES = 300_000, 100, 1_000
"""A goal is left with what was found, and its gap told, after so many search nodes: WORK ÷ columns of
the model, within these bounds. Nodes, not seconds: the same model gives the same answer on a slow
machine."""


@dataclass(frozen=True)
class Sought:
    """One goal: what is summed, in which words, with exact coefficients."""

    goal: str
    unit: str
    terms: tuple[tuple[Any, Fraction], ...]
    """Variable and coefficient."""
    patience: int = 1
    """So many times the nodes: for goals that the later ones build on."""


@dataclass(frozen=True)
class Follows:
    """A variable that need be no larger than others make it: not below (terms + constant) ÷ divisor.

    A goal that does not ask for it leaves it anywhere above; answers are put right before they are
    begun from."""

    variable: Any
    terms: tuple[tuple[Any, int], ...]
    constant: int
    divisor: int = 1
    after: Any = None
    """Nor below this variable, which follows as well and stands before it."""

    def least(self, values: Sequence[float]) -> int:
        total = _total(self.terms, values) + self.constant
        before = 0 if self.after is None else round(values[self.after.index])
        return max(0, before, -(-total // self.divisor))


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
    ):
        model.setOptionValue(name, value)
    return model


@dataclass(frozen=True)
class Solved:
    """What was found for goals that were sought one after another."""

    goals: tuple[Goal, ...]
    values: tuple[float, ...]
    """By variable, the last answer."""

    def whole(self, variables: Sequence[Any]) -> list[int]:
        """The answer for whole-number variables."""
        return [round(self.values[variable.index]) for variable in variables]


def solve_in_order(
    model: highspy.Highs, goals: Sequence[Sought], following: Sequence[Follows] = ()
) -> Solved:
    """Minimise the goals one after another, each from the answer to the one before.

    A goal whose optimum was not proven within its nodes is kept at the best found, with its bound;
    where the search finds nothing at all, the answer to the goal before stands.
    Raises JunhengError where there is no answer from the beginning: our models always have one."""
    found: list[Goal] = []
    values: tuple[float, ...] = ()
    for sought in goals:
        step = _step(sought)
        terms = [(variable, int(each / step)) for variable, each in sought.terms if each]
        if not terms:
            found.append(Goal(sought.goal, sought.unit, Fraction(0), Fraction(0)))
            continue
        if values and _total(terms, values) == 0:
            found.append(Goal(sought.goal, sought.unit, Fraction(0), Fraction(0)))
            model.addConstr(highspy.Highs.qsum([v * each for v, each in terms]) <= 0)
            continue
        total = highspy.Highs.qsum([variable * each for variable, each in terms])
        model.clearSolver()
        if values:
            _start_from(model, values)
        model.setOptionValue("mip_max_nodes", _nodes(model) * sought.patience)
        _minimise(model, total)
        if model.getModelStatus() not in ANSWERED or not (_has_answer(model) or values):
            status = model.modelStatusToString(model.getModelStatus())
            raise JunhengError(
                f"求解“{sought.goal}”没有得到解（{status}）。这是程序的问题，请报告。"
            )
        answers = [values] if values else []
        if _has_answer(model):
            answers.insert(0, _put_right(model.getSolution().col_value, following))
        values = min(answers, key=lambda each: _total(terms, each))
        best = _total(terms, values)
        bound = min(best, _bound(model, best))
        found.append(Goal(sought.goal, sought.unit, best * step, bound * step))
        model.addConstr(total <= best)
    if not values:
        model.run()
        values = _put_right(model.getSolution().col_value, following)
    return Solved(tuple(found), values)


def _put_right(answer: Sequence[float], following: Sequence[Follows]) -> tuple[float, ...]:
    values = list(answer)
    for each in following:
        values[each.variable.index] = each.least(values)
    return tuple(values)


def _total(terms: Sequence[tuple[Any, int]], values: Sequence[float]) -> int:
    return sum(round(values[variable.index]) * each for variable, each in terms)


def _bound(model: highspy.Highs, best: int) -> int:
    """What the goal cannot go below, as far as the search has proven: no goal is below nought."""
    proven = model.getInfo().mip_dual_bound
    if _finite(proven):
        return max(0, ceil(proven - CLOSE))
    return best if model.getModelStatus() == highspy.HighsModelStatus.kOptimal else 0


def _minimise(model: highspy.Highs, total: Any) -> None:
    """Search; once more as it stands where simplifying the model first loses every answer.

    Our models always have an answer, so HiGHS's 'infeasible' is then an error of its presolve."""
    model.minimize(total)
    if model.getModelStatus() in ANSWERED:
        return
    start = model.getSolution()
    model.setOptionValue("presolve", "off")
    model.clearSolver()
    model.setSolution(start)
    model.run()
    model.setOptionValue("presolve", "choose")


def _start_from(model: highspy.Highs, values: Sequence[float]) -> None:
    """Give the search an answer to begin with: whole where it must be whole."""
    start = highspy.HighsSolution()
    kinds = model.getLp().integrality_
    start.col_value = [
        float(round(each)) if kind == highspy.HighsVarType.kInteger else each
        for each, kind in zip(values, kinds, strict=True)
    ]
    model.setSolution(start)


def _nodes(model: highspy.Highs) -> int:
    return min(MOST_NODES, max(LEAST_NODES, WORK // model.getNumCol()))


def _step(sought: Sought) -> Fraction:
    """The greatest amount of which every coefficient is a whole multiple."""
    below = lcm(*(each.denominator for _, each in sought.terms)) if sought.terms else 1
    above = gcd(*(int(each * below) for _, each in sought.terms))
    return Fraction(above or 1, below)


def _has_answer(model: highspy.Highs) -> bool:
    return bool(model.getSolution().value_valid)


def _finite(value: float) -> bool:
    return abs(value) < highspy.kHighsInf
