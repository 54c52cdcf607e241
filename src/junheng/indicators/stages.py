"""Which stages a filed row has, and how many pupils at each, attached classes included."""

from collections.abc import Iterable, Mapping
from typing import Any

from junheng.registry.applicability import JUNIOR_TYPES, PRIMARY_TYPES, SENIOR_TYPES
from junheng.schema import Stage

School = dict[str, Any]
"""A wide facts row of one school; after merging, of a school with its uncounted rows."""

ATTACHED_PRIMARY_TYPES = frozenset({"junior"})
ATTACHED_JUNIOR_TYPES = frozenset({"senior", "vocational"})


def stages_of(school_type: str, row: Mapping[str, Any] | None = None) -> tuple[Stage, ...]:
    """Stages that a type has by itself, and those attached to it where the row says so."""
    row = row or {}
    found = []
    if school_type in PRIMARY_TYPES or (
        school_type in ATTACHED_PRIMARY_TYPES and row.get("attached_primary_enrolment") != 0 and row
    ):
        found.append(Stage.PRIMARY)
    if school_type in JUNIOR_TYPES or (
        school_type in ATTACHED_JUNIOR_TYPES and row.get("attached_junior_enrolment") != 0 and row
    ):
        found.append(Stage.JUNIOR)
    if school_type in SENIOR_TYPES:
        found.append(Stage.SENIOR)
    return tuple(found)


def pupils_of(row: School, stage: Stage) -> int | None:
    """Pupils of a stage in one filed row, attached classes included; None where not filed."""
    own = {Stage.PRIMARY: PRIMARY_TYPES, Stage.JUNIOR: JUNIOR_TYPES, Stage.SENIOR: SENIOR_TYPES}[
        stage
    ]
    attached = {Stage.PRIMARY: ATTACHED_PRIMARY_TYPES, Stage.JUNIOR: ATTACHED_JUNIOR_TYPES}.get(
        stage, frozenset()
    )
    if row["school_type"] in own:
        return _count(row[f"enrolment_{stage}"])
    return _count(row[f"attached_{stage}_enrolment"]) if row["school_type"] in attached else 0


def _count(value: Any) -> int | None:
    return None if value is None else int(value)


def sum_known(values: Iterable[Any]) -> Any:
    """The sum; None where one of the values is missing."""
    listed = list(values)
    return None if any(each is None for each in listed) else sum(listed)
