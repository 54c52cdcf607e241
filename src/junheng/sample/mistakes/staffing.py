"""教师: heads counted twice, in the wrong stage, or as a subtotal."""

from junheng.registry.filing import Level
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import Number, figure, stage_pupils, typed, typed_at_stage
from junheng.sample.mistakes.recipe import mistake


def _teachers(desk: Desk, code: str, stage: str) -> Number:
    return figure(desk, code, f"full_time_teachers_{stage}")


def _bachelors(stage: str, by: int) -> object:
    column = f"teachers_bachelor_{stage}"

    def changed(desk: Desk, code: str) -> Number | None:
        held = figure(desk, code, column)
        return held + by if held > 2 else None

    return typed(column, changed, shows_at=f"full_time_teachers_{stage}")


def _arts(desk: Desk, code: str, stage: str) -> Number | None:
    """The subtotal of music and fine arts, typed where 艺术 is asked."""
    both = figure(desk, code, f"teachers_music_{stage}")
    both += figure(desk, code, f"teachers_fine_arts_{stage}")
    return both or None


def _everyone(desk: Desk, code: str, stage: str) -> Number | None:
    """All staff and helpers typed as full-time teachers."""
    there = stage_pupils(desk, code, stage)
    return int(there * 0.7) if there >= 60 else None


for _code, _stage, _label in (("K5.1", "primary", "小学"), ("K5.2", "junior", "初中")):
    mistake(f"{_label}学历合计多于专任教师", _code)(_bachelors(_stage, 40))  # type: ignore[arg-type]
for _code, _stage, _label in (("K5.5", "primary", "小学"), ("K5.6", "junior", "初中")):
    mistake(f"{_label}学历合计少于专任教师", _code, level=Level.EXPLAIN)(_bachelors(_stage, -2))  # type: ignore[arg-type]
for _code, _stage, _label in (("K5.3", "primary", "小学"), ("K5.4", "junior", "初中")):
    _column = f"teachers_at_required_level_{_stage}"
    mistake(f"{_label}仅达规定学历教师多计", _code)(
        typed(_column, lambda d, c, n=_column: figure(d, c, n) + 3)  # type: ignore[misc]
    )

mistake("骨干教师多于专任教师", "K8.1")(
    typed_at_stage("key_teachers_county_plus", lambda d, c, s: _teachers(d, c, s) + 1)
)
mistake("体艺教师多于专任教师", "K8.2")(
    typed_at_stage("teachers_pe", lambda d, c, s: _teachers(d, c, s) + 1)
)
mistake("艺术教师填成合计", "K8.3", level=Level.EXPLAIN)(typed_at_stage("teachers_arts", _arts))
mistake("持证教师多于专任教师", "R21")(
    typed_at_stage("certified_teachers", lambda d, c, s: _teachers(d, c, s) + 1)
)
mistake("培训教师多于专任教师", "R22")(
    typed_at_stage("teachers_training_360h", lambda d, c, s: _teachers(d, c, s) + 1)
)
mistake("教职工当作专任教师", "R23", level=Level.EXPLAIN)(
    typed_at_stage("full_time_teachers", _everyone)
)
