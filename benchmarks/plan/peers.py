"""Peers on the same problems: SCIP with the coefficients as quadratics and as lifted cones; HiGHS with fixed cuts.

All get the same linear rows as our own programme. What a peer answers is rounded, judged and repaired as
our answers are, and set against the peer's own bound: a plan that oversteps a coefficient is none.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pyscipopt import SCIP_EVENTTYPE, Eventhdlr, Model, quicksum

from junheng.plan.compliance.checking import broken, overstepped, unmet
from junheng.plan.compliance.covering import rests
from junheng.plan.compliance.numbers import Cone, cone_of, row_of
from junheng.plan.compliance.outward import reaches
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.repairing import repaired, whole

GRID = tuple(-0.95 + 0.05 * step for step in range(60))
"""Ratios at which plain HiGHS is cut, once and for all."""
NODES, SCALE = 10**7, 1e5


@dataclass
class Trace:
    """(Seconds, gap) whenever a better plan or a better bound was there."""

    problem: Problem
    begun: float = field(default_factory=time.perf_counter)
    points: list[tuple[float, float]] = field(default_factory=list)
    cost: float | None = None
    bound: float = 0.0

    def hear(self, bound: float, amounts: Sequence[float]) -> bool:
        self.bound = max(self.bound, bound)
        if amounts:
            held = whole(self.problem, amounts)
            for plan in (held, repaired(self.problem, held, overstepped(self.problem, held))):
                if not unmet(self.problem, plan) and not broken(self.problem, plan):
                    cost = float(self.problem.cost(plan))
                    self.cost = cost if self.cost is None else min(self.cost, cost)
        if self.cost:
            gap = max(0.0, 1 - self.bound / self.cost)
            if not self.points or gap < self.points[-1][1]:
                self.points.append((time.perf_counter() - self.begun, gap))
        return False


def highs(problem: Problem, seconds: float) -> Trace:
    """One programme with a fixed grid of cuts, solved once."""
    trace = Trace(problem)
    programme = Programme(problem)
    for place, cone in enumerate(programme.cones):
        for ratio in GRID:
            programme.cut(place, [ratio] * len(cone.bases))
    left = max(1.0, seconds - (time.perf_counter() - trace.begun))
    found = programme.least_cost(gap=1e-4, seconds=left, nodes=NODES, heard=trace.hear)
    trace.hear(found.bound, found.amounts)
    return trace


def scip_quadratic(problem: Problem, seconds: float) -> Trace:
    """Σ v (y − m)² ≤ c² m², as it stands."""

    def cone(model: Model, held: Cone, values: list[object], mean: object) -> None:
        away = zip(held.variance_weights, values, strict=True)
        model.addCons(
            quicksum(v * (y - mean) * (y - mean) for v, y in away) <= held.square * mean * mean
        )

    return _scip(problem, seconds, cone)


def scip_lifted(problem: Problem, seconds: float) -> Trace:
    """τ m ≥ (y − m)² part by part, Σ v τ ≤ c² m."""

    def cone(model: Model, held: Cone, values: list[object], mean: object) -> None:
        shares = [model.addVar(lb=0) for _ in values]
        for share, y in zip(shares, values, strict=True):
            model.addCons((y - mean) * (y - mean) <= share * mean)
        weighed = zip(held.variance_weights, shares, strict=True)
        model.addCons(quicksum(v * share for v, share in weighed) <= held.square * mean)

    return _scip(problem, seconds, cone)


class _Hears(Eventhdlr):
    def __init__(self, trace: Trace, levers: list[object]) -> None:
        self.trace, self.levers = trace, levers

    def eventinit(self) -> None:
        self.model.catchEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)
        self.model.catchEvent(SCIP_EVENTTYPE.NODESOLVED, self)

    def eventexit(self) -> None:
        self.model.dropEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)
        self.model.dropEvent(SCIP_EVENTTYPE.NODESOLVED, self)

    def eventexec(self, event: object) -> None:
        amounts: list[float] = []
        if event.getType() == SCIP_EVENTTYPE.BESTSOLFOUND:
            best = self.model.getBestSol()
            amounts = [self.model.getSolVal(best, x) for x in self.levers]
        self.trace.hear(self.model.getDualbound() * SCALE, amounts)


def _scip(
    problem: Problem, seconds: float, add: Callable[[Model, Cone, list[object], object], None]
) -> Trace:
    trace, model = Trace(problem), Model()
    model.hideOutput()
    levers = [
        model.addVar(vtype="C" if x.fine else "I", lb=0, ub=x.most, obj=float(x.cost) / SCALE)
        for x in problem.levers
    ]
    _rows(model, problem, levers)
    for spread in problem.spreads:
        held = cone_of(problem, spread)
        values = []
        for base, slopes in zip(held.bases, held.slopes, strict=True):
            y = model.addVar(lb=0)
            model.addCons(y == base + quicksum(s * levers[i] for i, s in slopes.items()))
            values.append(y)
        mean = model.addVar(lb=1e-6)
        weighed = zip(held.mean_weights, values, strict=True)
        model.addCons(mean == quicksum(w * y for w, y in weighed))
        add(model, held, values, mean)
    model.includeEventhdlr(_Hears(trace, levers), "hears", "tells of plans and bounds")
    model.setParam("limits/time", max(1.0, seconds - (time.perf_counter() - trace.begun)))
    model.setParam("limits/gap", 1e-4)
    model.optimize()
    best = [model.getVal(x) for x in levers] if model.getNSols() else []
    trace.hear(max(0.0, model.getDualbound() * SCALE), best)
    return trace


def _rows(model: Model, problem: Problem, levers: list[object]) -> None:
    """Everything but the coefficients, with the rows that tighten ours."""
    reach = reaches(problem)
    for part in problem.parts:
        behind = {n: model.addVar(vtype="B") for n in part.needs}
        for n, z in behind.items():
            row = row_of(problem, problem.needs[n])
            total = quicksum(float(s) * levers[i] for i, s in row.steps.items())
            model.addCons(total + float(row.limit - row.floor) * z >= float(row.limit))
            for rest in rests(problem, row, reach):
                total = quicksum(float(s) * levers[i] for i, s in rest.steps.items())
                model.addCons(total + float(rest.limit - rest.floor) * z >= float(rest.limit))
        model.addCons(quicksum(behind.values()) <= len(part.needs) - part.needed)
    for demand in problem.demands:
        total = quicksum(float(s) * levers[i] for i, s in demand.slopes.items())
        model.addCons(total >= -float(demand.base))
    for cap in problem.caps:
        model.addCons(
            quicksum(float(w) * levers[i] for i, w in cap.weights.items()) <= float(cap.most)
        )
    for pool in problem.pools.values():
        model.addCons(quicksum(problem.levers[i].sign * levers[i] for i in pool) == 0)


PEERS: dict[str, Callable[[Problem, float], Trace]] = {
    "highs": highs, "quadratic": scip_quadratic, "lifted": scip_lifted,
}  # fmt: skip
