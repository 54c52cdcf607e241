"""What a clerk writes beside a figure that is right but odd, so that 请说明 has its answer."""

from typing import Any


def explanations(row: dict[str, Any]) -> dict[str, str]:
    """异常说明 by column for one wide record; empty for most schools."""
    found: dict[str, str] = {}
    pupils = sum(int(row.get(f"enrolment_grade_{g}") or 0) for g in range(1, 13))
    if not pupils:
        found["enrolment_primary"] = "本学年新建，尚未招生"
    regular, multimedia = row.get("regular_classrooms"), row.get("multimedia_classrooms")
    if regular is not None and multimedia is not None and multimedia > regular:
        found["multimedia_classrooms"] = "专用教室也已接入网络多媒体"
    return found
