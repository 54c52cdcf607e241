"""初中毕业年级: a cohort that grew, transfers told on one side only."""

from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import figure, typed
from junheng.sample.mistakes.recipe import mistake

EXPLAIN = Level.EXPLAIN
MOVED_IN, MOVED_OUT = "cohort_transfers_in", "cohort_transfers_out"

mistake("毕业人数多于应有人数", "K13.1", level=EXPLAIN)(
    typed(
        "graduates_junior",
        lambda d, c: (
            figure(d, c, "cohort_grade7_enrolment") * 2
            if figure(d, c, "cohort_grade7_enrolment") > 20
            else None
        ),
    )
)


@mistake("转出都没有填", "K13.2", level=EXPLAIN, scope="county", topic="转学", alone=True)
def one_sided(desk: Desk, _: str, __: Random) -> Cell | None:
    """Every school filed 0 moved out; it shows where most moved in."""
    for code in desk.schools:
        if figure(desk, code, MOVED_OUT):
            desk.put(desk.cell(code, MOVED_OUT), 0)
    most = max(desk.schools, key=lambda code: figure(desk, code, MOVED_IN))
    return desk.cell(most, MOVED_IN)


@mistake("转入转出合计不等", "K13.3", level=Level.NOTE, scope="county", topic="转学", alone=True)
def unbalanced(desk: Desk, _: str, chance: Random) -> Cell | None:
    code = chance.choice([c for c in desk.schools if figure(desk, c, MOVED_IN)])
    desk.put(desk.cell(code, MOVED_IN), figure(desk, code, MOVED_IN) + 2)
    return desk.form_cell("county_code")
