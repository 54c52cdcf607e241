"""HiGHS, run the same way every time: one thread, one seed, its own tolerances, heard while it runs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import highspy
import numpy as np

Heard = Callable[[float, Sequence[float]], bool]
"""Told a bound and a better answer (or none) while the solver runs; True ends it."""
TOLERANCE = 1e-7
"""Of the solver. Tighter than its arithmetic it proves what is false; rows are pushed outward by more."""
ANSWERED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kInterrupt,
)


@dataclass(frozen=True)
class Found:
    """One run of the solver."""

    possible: bool | None
    """False = proven impossible; None = stopped without an answer."""
    amounts: tuple[float, ...]
    """Of the levers; empty where there is no answer."""
    value: float
    bound: float
    """No answer has less."""


_ENDED: ContextVar[Callable[[], bool]] = ContextVar("ended", default=lambda: False)


@contextmanager
def ending(ended: Callable[[], bool]) -> Iterator[None]:
    """Every run of the solver ends with what it has as soon as `ended` says so."""
    before = _ENDED.set(ended)
    try:
        yield
    finally:
        _ENDED.reset(before)


def is_ended() -> bool:
    """Whether `ending` says so, for what is done between two runs."""
    return _ENDED.get()()


def quiet_model() -> highspy.Highs:
    """An empty model that says nothing and answers alike on every machine."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_feasibility_tolerance", TOLERANCE),
        ("primal_feasibility_tolerance", TOLERANCE),
    ):
        model.setOptionValue(name, value)
    return model


def solved(
    model: highspy.Highs, costs: Sequence[float], *, levers: int, gap: float, absolute: float,
    seconds: float, nodes: int, start: Sequence[float] = (), heard: Heard | None = None,
) -> Found:  # fmt: skip
    """Minimise the costs of all columns, of which the first are the levers, to one of the two gaps.

    `start`: all columns of an answer that is known."""
    model.clearSolver()
    columns = len(costs)
    model.changeColsCost(columns, np.arange(columns, dtype=np.int32), np.array(costs))
    model.setOptionValue("mip_rel_gap", gap)
    model.setOptionValue("mip_abs_gap", absolute)
    model.setOptionValue("time_limit", seconds)
    model.setOptionValue("mip_max_nodes", nodes)
    if start:
        places = np.arange(columns, dtype=np.int32)
        model.setSolution(columns, places, np.array(start, dtype=np.float64))
    _listen(model, levers, heard or (lambda _, __: False))
    model.run()
    model.cbMipImprovingSolution.clear()  # type: ignore[no-untyped-call]
    model.cbMipInterrupt.clear()  # type: ignore[no-untyped-call]
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Found(False, (), 0.0, 0.0)
    solution, info = model.getSolution(), model.getInfo()
    bound = info.mip_dual_bound if abs(info.mip_dual_bound) < highspy.kHighsInf else 0.0
    if status not in ANSWERED or not solution.value_valid:
        return Found(None, (), 0.0, max(0.0, bound))
    amounts = tuple(solution.col_value[:levers])
    return Found(True, amounts, info.objective_function_value, max(0.0, bound))


def _listen(model: highspy.Highs, levers: int, heard: Heard) -> None:
    """Let every better answer and the bound be heard while the solver runs."""
    enough, ended = False, _ENDED.get()

    def better(event: highspy.highs.HighsCallbackEvent) -> None:
        nonlocal enough
        out = event.data_out
        amounts = tuple(float(x) for x in out.mip_solution[:levers])
        enough = enough or heard(out.mip_dual_bound, amounts)

    def polled(event: highspy.highs.HighsCallbackEvent) -> None:
        nonlocal enough
        enough = enough or ended() or heard(event.data_out.mip_dual_bound, ())
        event.interrupt(enough)  # said each time: the solver remembers it from run to run

    model.cbMipImprovingSolution += better
    model.cbMipInterrupt += polled
