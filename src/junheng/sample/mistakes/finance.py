"""经费: units, exchanged columns, sums that miss the standard."""

from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import exchanged, figure, ordinary, pupils, typed, wan
from junheng.sample.mistakes.recipe import mistake

EXPLAIN = Level.EXPLAIN
BUDGET, FINAL, TRAINING = (
    "public_funds_budget_prev_yuan", "public_funds_final_prev_yuan",
    "training_funds_budget_prev_yuan",
)  # fmt: skip

mistake("培训经费与公用经费填颠倒", "R41")(exchanged(TRAINING, BUDGET, shows_at=TRAINING))
mistake("决算与预算相差过大", "R42", level=EXPLAIN)(
    typed(FINAL, lambda d, c: round(figure(d, c, FINAL) * 1.6, 2))
)
for _name, _column, _check in (
    ("公用经费预算少了一万倍", BUDGET, "R43"),
    ("公用经费决算少了一万倍", FINAL, "R45"),
    ("培训经费少了一万倍", TRAINING, "R46"),
):
    mistake(_name, _check)(
        typed(_column, lambda d, c, n=_column: wan(figure(d, c, n)) if ordinary(d, c) else None)  # type: ignore[misc]
    )
mistake("生均公用经费过大", "R44", level=EXPLAIN)(
    typed(BUDGET, lambda d, c: round(max(pupils(d, c), 100) * 3.5, 2) if ordinary(d, c) else None)
)


@mistake("公用经费低于规定标准", "K15.11", level=EXPLAIN)
def underfunded(desk: Desk, code: str, _: Random) -> Cell | None:
    """Budget and final account both as for half the pupils."""
    if not ordinary(desk, code) or not figure(desk, code, BUDGET):
        return None
    for column in (BUDGET, FINAL):
        desk.put(desk.cell(code, column), round(figure(desk, code, column) * 0.5, 2))
    return desk.cell(code, BUDGET)
