"""What a clerk writes beside a figure that is right but odd, so that 请说明 has its answer."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from junheng.registry.checks.rule import Rule, rules
from junheng.sample.finance import STANDARD

Row = Mapping[str, Any]
MOVED, ROSE, FELL = "jumped", "rose", "fell"
REASONS = {
    "enrolment": "学龄人口变化，招生班数随之增减",
    "full_time_teachers": "随班级数增减调整教师",
    "equipment": "集中添置教学设备",
    "sports_ground": "操场扩建",
    "campus": "操场扩建",
}
"""What the column's name begins with → the usual reason of a change."""
OTHERWISE = "按实际变化填报"


def explanations(row: Row, before: Row, about: str = "") -> dict[str, str]:
    """异常说明 by column for one wide record; empty for most schools.

    `before` is what it was last year (empty: it was not there), by the rules on lineage; `about`
    tells what happened to it since.
    """
    found: dict[str, str] = {}
    pupils = sum(int(row.get(f"enrolment_grade_{g}") or 0) for g in range(1, 13))
    if not pupils:
        column = "enrolment_junior" if row["school_type"] == "junior" else "enrolment_primary"
        found[column] = "本学年新建，尚未招生"
    regular, multimedia = row.get("regular_classrooms"), row.get("multimedia_classrooms")
    if regular is not None and multimedia is not None and multimedia > regular:
        found["multimedia_classrooms"] = "专用教室也已接入网络多媒体"
    if _under_the_standard(row):
        found["public_funds_budget_prev_yuan"] = "按实际学生数安排，尚未按100人核定"
    for column in _changed(row, before):
        found.setdefault(column, about or _reason(column))
    return found


def _reason(column: str) -> str:
    fitting = (reason for start, reason in REASONS.items() if column.startswith(start))
    return next(fitting, OTHERWISE)


def _under_the_standard(row: Row) -> bool:
    budget, pupils = row.get("public_funds_budget_prev_yuan"), row.get("enrolment_primary") or 0
    junior = row.get("enrolment_junior") or 0
    if budget is None or not pupils + junior:
        return False
    raised = max(Decimal(100), Decimal(pupils + junior)) / (pupils + junior)
    return bool(budget < raised * (pupils * STANDARD["primary"] + junior * STANDARD["junior"]))


def _changed(row: Row, before: Row) -> Iterator[str]:
    """The columns of which a check against last year asks."""
    for rule in rules():
        for column in _columns(rule):
            now, then = row.get(column), before.get(column)
            if now is not None and then is not None and _odd(rule, now, then):
                yield column


def _columns(rule: Rule) -> tuple[str, ...]:
    if rule.kind == MOVED:
        return rule.columns
    return (rule.place,) if rule.kind in (ROSE, FELL) else ()


def _odd(rule: Rule, now: Any, then: Any) -> bool:
    if rule.kind == FELL:
        return bool(now < then)
    change = now - then if rule.kind == ROSE else abs(now - then)
    return bool(change > rule.numbers["share"] * then)
