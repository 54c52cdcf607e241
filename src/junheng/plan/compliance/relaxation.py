"""The conic relaxation: amounts need not be whole, one indicator of a part may stay behind by halves.

Its optimum is a bound on the cost of every plan, and the best place for the first tangents; where
it has no answer, no plan meets every requirement.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import clarabel
import numpy as np
from scipy import sparse

from junheng.plan.compliance.covering import rests
from junheng.plan.compliance.numbers import Cone, Row, cone_of, row_of
from junheng.plan.compliance.outward import reaches
from junheng.plan.compliance.problem import Problem

Terms = dict[int, float]
SOLVED, NEARLY = clarabel.SolverStatus.Solved, clarabel.SolverStatus.AlmostSolved
"""Nearly solved is a place to begin; it proves nothing."""
IMPOSSIBLE = clarabel.SolverStatus.PrimalInfeasible
MARGIN = 1e-6
"""Taken off the bound, and let into every row before what seems impossible is called so: a hundred
times what the solver leaves open."""
DECIDED = 1e-4
"""A need that stays behind by less than this, or by all but this, is taken as decided."""


@dataclass(frozen=True)
class Relaxed:
    """What the relaxation found."""

    possible: bool | None
    """None where the solver could not tell."""
    bound: float
    """No plan costs less; 0 where nothing is known."""
    amounts: tuple[float, ...]
    undecided: frozenset[int] = frozenset()
    """Levers of needs that stay behind by halves: what rounding would make of them is open."""


def relax(problem: Problem) -> Relaxed:
    """Solve the relaxation with every requirement demanded.

    What is called impossible is so with every row loosened by the margin; a bound is less the margin."""
    found = _relaxed(problem, 0.0)
    if found.possible is False and _relaxed(problem, MARGIN).possible is not False:
        return Relaxed(None, 0.0, ())
    return found


def _relaxed(problem: Problem, loose: float) -> Relaxed:
    levers = len(problem.levers)
    behind: dict[int, int] = {}
    units = _units(problem)
    for part in problem.parts:
        for need in part.needs:
            if need not in behind:
                behind[need] = levers + len(behind)
    columns = levers + len(behind)
    form = _Form(columns, units, loose)
    rows = {n: row_of(problem, problem.needs[n]) for n in behind}
    for terms, least in _linear(problem, units, behind, rows):
        form.at_least(terms, least)
    form.close_linear()
    for spread in problem.spreads:
        form.cone(cone_of(problem, spread))
    costs = np.zeros(columns)
    costs[:levers] = [float(lever.cost) for lever in problem.levers]
    costs[:levers] *= units
    scale = max(1.0, float(np.max(costs, initial=0.0)))
    status, answer, dual = form.solved(costs / scale)
    if status == IMPOSSIBLE:
        return Relaxed(False, 0.0, ())
    if status not in (SOLVED, NEARLY):
        return Relaxed(None, 0.0, ())
    bound = max(0.0, dual * scale * (1 - MARGIN)) if status == SOLVED else 0.0
    undecided = frozenset(
        lever
        for need, place in behind.items()
        if DECIDED < answer[place] < 1 - DECIDED
        for lever in problem.needs[need].slopes
    )
    amounts = tuple(max(0.0, float(x)) for x in answer[:levers] * units)
    return Relaxed(True if status == SOLVED else None, bound, amounts, undecided)


def _units(problem: Problem) -> np.ndarray:
    """How much of each lever makes about one limit's worth: in these units every column is near one.

    Without them the solver ends, content, far from the optimum: a million yuan against one teacher.
    """
    units = np.ones(len(problem.levers))
    for need in problem.needs:
        limit = abs(float(need.limit))
        for lever, slope in need.slopes.items():
            if slope:
                units[lever] = max(units[lever], limit / abs(float(slope)))
    for cap in problem.caps:  # what is brought forward comes in the units of what is done
        if not cap.most:
            done = max((units[lever] for lever, w in cap.weights.items() if w < 0), default=1.0)
            for lever, weight in cap.weights.items():
                units[lever] = max(units[lever], done) if weight > 0 else units[lever]
    return units


def _linear(
    problem: Problem, units: np.ndarray, behind: dict[int, int], rows: dict[int, Row]
) -> Iterator[tuple[Terms, float]]:
    """Rows Σ ≥ least: amounts, the rule of each part, demands, caps, pools."""
    for index, lever in enumerate(problem.levers):
        yield {index: 1.0 / units[index]}, 0.0
        if lever.most is not None:
            yield {index: -1.0 / units[index]}, -float(lever.most) / units[index]
    yield from _needed(problem, behind, rows)
    for part in problem.parts:
        allowed = len(part.needs) - part.needed
        yield {behind[need]: -1.0 for need in part.needs}, -float(allowed)
    for demand in problem.demands:
        yield {lever: float(s) for lever, s in demand.slopes.items()}, -float(demand.base)
    for cap in problem.caps:
        scale = max(1.0, float(cap.most))
        yield {lv: -float(w) / scale for lv, w in cap.weights.items()}, -float(cap.most) / scale
    for levers in problem.pools.values():
        signs = {lever: float(problem.levers[lever].sign) for lever in levers}
        yield signs, 0.0
        yield {lever: -sign for lever, sign in signs.items()}, 0.0


def _needed(
    problem: Problem, behind: Mapping[int, int], rows: Mapping[int, Row]
) -> Iterator[tuple[Terms, float]]:
    """The limit of every need, or its floor where it stays behind."""
    reach = reaches(problem)
    for need, row in rows.items():
        scale = abs(float(problem.needs[need].limit / row.unit))
        yield _reached(row.steps, row.limit, row.floor, behind[need], scale)
        for rest in rests(problem, row, reach):
            yield _reached(rest.steps, rest.limit, rest.floor, behind[need], scale)
        yield {behind[need]: 1.0}, 0.0
        yield {behind[need]: -1.0}, -1.0


def _reached(
    steps: Mapping[int, Fraction], limit: Fraction, floor: Fraction, behind: int, scale: float
) -> tuple[Terms, float]:
    """Σ step × lever ≥ limit − (limit − floor) behind, in units of the scale."""
    terms = {lever: float(step) / scale for lever, step in steps.items()}
    terms[behind] = float(limit - floor) / scale
    return terms, float(limit) / scale


class _Form:
    """The matrix of the cone programme A x + s = b, s in the cones, row by row."""

    def __init__(self, columns: int, units: np.ndarray, loose: float) -> None:
        self.loose = loose
        self.columns, self.height = columns, 0
        self.units = units
        self.entries: list[tuple[int, int, float]] = []
        self.rights: list[float] = []
        self.cones: list[object] = []

    def _row(self, terms: Terms, right: float) -> None:
        held = len(self.units)
        self.entries += [
            (self.height, column, value * self.units[column] if column < held else value)
            for column, value in terms.items()
        ]
        self.rights.append(right)
        self.height += 1

    def at_least(self, terms: Terms, least: float) -> None:
        self._row({column: -value for column, value in terms.items()}, self.loose - least)

    def close_linear(self) -> None:
        self.cones.append(clarabel.NonnegativeConeT(self.height))

    def cone(self, cone: Cone) -> None:
        """‖√v (y − m)‖ ≤ c m, with m a column of its own: m = Σ w y."""
        mean = self.columns
        self.columns += 1
        terms: Terms = {mean: 1.0}
        for weight, slopes in zip(cone.mean_weights, cone.slopes, strict=True):
            for lever, slope in slopes.items():
                terms[lever] = terms.get(lever, 0.0) - weight * slope
        base = sum(w * y for w, y in zip(cone.mean_weights, cone.bases, strict=True))
        self._row(terms, base)
        self.cones.append(clarabel.ZeroConeT(1))
        self._row({mean: -sqrt(cone.square)}, self.loose)
        for weight, y, slopes in zip(cone.variance_weights, cone.bases, cone.slopes, strict=True):
            root = sqrt(weight)
            away = {lever: -root * slope for lever, slope in slopes.items()}
            self._row({**away, mean: root}, root * y)
        self.cones.append(clarabel.SecondOrderConeT(len(cone.bases) + 1))

    def solved(self, costs: np.ndarray) -> tuple[object, np.ndarray, float]:
        """Status, answer and the dual objective, which bounds the cost from below."""
        full = np.concatenate([costs, np.zeros(self.columns - len(costs))])
        where = [(row, column) for row, column, _ in self.entries]
        matrix = sparse.csc_matrix(
            ([value for *_, value in self.entries], tuple(zip(*where, strict=True))),
            shape=(self.height, self.columns),
        )
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.max_threads = 1
        found = clarabel.DefaultSolver(
            sparse.csc_matrix((self.columns, self.columns)), full, matrix,
            np.array(self.rights), self.cones, settings,
        ).solve()  # fmt: skip
        return found.status, np.array(found.x), float(found.obj_val_dual)
