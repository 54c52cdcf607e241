"""Whose figures a school enters, as far as that is an open reading (standards.md §1, §12 Q3).

The one place that knows the open points of scope; with the defaults nothing changes. A school run
by another unit than the county where it lies counts where it lies, with the unit that runs it, or
nowhere; private schools count or do not; a campus of one stage is merged or stands for itself.
"""

from junheng.indicators.absences import LeftOut
from junheng.indicators.stages import School
from junheng.standards import Standard

ONE_STAGE_TYPES = frozenset({"primary", "junior"})
"""Types of a campus that is a school of one stage where campuses are read as schools."""
PARENT_TYPES = frozenset({"nine_year"})


def placed(schools: list[School], standard: Standard) -> tuple[list[School], list[LeftOut]]:
    """The schools that count, each under the unit whose figures it enters, and the others.

    `location_unit` of a school that counts is the unit it is counted in; where that is another
    than the one it lies in, the latter is told that it was left out.
    """
    counted, left_out = [], []
    for school in schools:
        unit, reason = _unit(school, standard)
        if reason:
            left_out.append(
                LeftOut(
                    school["location_unit"], school["school_code"], school["school_name"], reason
                )
            )
        if unit is not None:
            counted.append({**school, "location_unit": unit})
    return counted, left_out


def stands_alone(campus: School, parent: School, standard: Standard) -> bool:
    """Whether an uncounted row is read as a school of its stage instead of a part of its parent."""
    return (
        standard.reading("campus") == "school"
        and campus["school_type"] in ONE_STAGE_TYPES
        and parent["school_type"] in PARENT_TYPES
    )


def fewest_pupils(standard: Standard) -> int:
    """Pupils from which a teaching point counts."""
    if standard.reading("teaching-points") == "in":
        return 0
    return int(standard.role("scope_point").clause.number("fewest_pupils"))


def _unit(school: School, standard: Standard) -> tuple[str | None, str]:
    """The unit whose figures the school enters, and why it does not enter those of its place."""
    place, manager = school["location_unit"], school["managing_unit"]
    if school["ownership"] == "private" and standard.reading("private-schools") == "out":
        return None, "民办学校，按所选口径不计入"
    run_elsewhere = manager not in (None, place)
    reading = standard.reading("city-run")
    if run_elsewhere and reading == "out":
        return None, f"由{manager}管理，按所选口径不计入"
    if run_elsewhere and reading == "managing":
        return manager, f"由{manager}管理，按所选口径计入管理单位"
    return place, ""
