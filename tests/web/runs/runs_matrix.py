"""The addresses of runs and targets in the matrix."""

from assessed import assessed
from desk_cast import Cast
from desk_matrix import Entry, add, having

from junheng.web.roles import Permission, Role

SEE = having(Permission.SEE_RUNS)
RUN = having(Permission.RUN_STUDIES)


def _anywhere(cast: Cast, role: Role, area: str) -> bool:
    return True


def _run(cast: Cast) -> list[object]:
    return [assessed(cast, official=False, county=0).pk]


add("runs", Entry(SEE))
add("new-run", Entry(RUN))
add("new-run-of", Entry(RUN, lambda cast: ["assessment"], allowed=_anywhere))
add("runs-beside", Entry(SEE, status=302))
add("run", Entry(SEE, _run))
add("run-progress", Entry(SEE, _run))
add("cancel-run", Entry(RUN, _run, status=405))
add("run-file", Entry(SEE, lambda cast: [*_run(cast), "assessment.parquet"]))
add("targets", Entry(having(Permission.SEE_TARGETS)))
add("remind-target", Entry(having(Permission.ASSIGN_REMEDIES), status=405, allowed=_anywhere))
