"""The numbers that the class-size plan takes from documents: limits, 大班额, sizes of schools.

Read by clause code from what is in force at the county on the day; nothing stands in code.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.errors import DeclarationError, MisuseError
from junheng.schema import Stage
from junheng.standards import Demand, Standard, documents, superiors

CLASS_SIZE, SCHOOL_SIZE, MUSIC, ART = "GV5", "GV4", "GV3-MUSIC", "GV3-ART"
LARGE, NEIGHBOUR, SENIOR_ROOMS, CONVERT = (
    "CLASS-LARGE", "PLAN-NEIGHBOUR", "PLAN-SENIOR-ROOMS", "PLAN-CONVERT",
)  # fmt: skip
STAFF = "STAFF"


@dataclass(frozen=True)
class Law:
    """What binds the classes of one county on one day."""

    standard: Standard
    limits: dict[Stage, int]
    """Greatest number of pupils in a class, by stage."""
    large: int
    super_large: int
    size_caps: dict[str, int]
    """Greatest number of pupils of a school, by school type; {} where no clause is in force."""
    classes_a_special_room: int | None
    """Classes for which one music room and one art room are due; None without a clause."""
    senior_class: int
    pupils_a_post: dict[Stage, Fraction]
    """Pupils for each staff post of the unified norm: shown beside the plan, never its basis."""
    least_room_m2: Fraction
    neighbour_m: int
    demands: tuple[Demand, ...]
    """All clauses read, for citing."""

    @property
    def excluded_types(self) -> tuple[str, ...]:
        """School types outside the assessment."""
        return self.standard.role("scope").clause.excluded_types

    def demand(self, code: str) -> Demand | None:
        return next((d for d in self.demands if d.clause.code == code), None)


def law_of(standard: Standard) -> Law:
    """The law of the place and day of a standard.

    Raises MisuseError where no class-size clause is in force there."""
    if CLASS_SIZE not in standard.demands:
        raise MisuseError(
            f"{standard.on} 这一天没有有效的班额条款（{CLASS_SIZE}），不能做班额方案。请换一个日期或方案。"
        )
    limit = standard.demands[CLASS_SIZE]
    norms = {
        code: norm(code, standard) for code in (LARGE, STAFF, NEIGHBOUR, SENIOR_ROOMS, CONVERT)
    }
    size, music = standard.demands.get(SCHOOL_SIZE), standard.demands.get(MUSIC)
    number = {code: demand.clause.number for code, demand in norms.items()}
    return Law(
        standard=standard,
        limits={stage: int(limit.clause.at_most[stage]) for stage in standard.stages},
        large=int(number[LARGE]("large_from")),
        super_large=int(number[LARGE]("super_large_from")),
        size_caps={} if size is None else {t: int(n) for t, n in size.clause.at_most.items()},
        classes_a_special_room=None if music is None else int(music.clause.number("per_classes")),
        senior_class=int(number[SENIOR_ROOMS]("pupils_per_class")),
        pupils_a_post={stage: number[STAFF](stage) for stage in standard.stages},
        least_room_m2=number[CONVERT]("least_area_m2"),
        neighbour_m=int(number[NEIGHBOUR]("within_m")),
        demands=(limit, *norms.values(), *(d for d in (size, music) if d is not None)),
    )


def norm(code: str, standard: Standard) -> Demand:
    """The one clause of that code that binds the standard's place on its day, in any document."""
    bound = superiors(standard.place)
    found = [
        Demand(clause, document)
        for document in documents().values()
        if document.place in bound and document.in_force_on(standard.on)
        for clause in document.clause
        if clause.code == code and _valid(clause.valid_from, clause.valid_to, standard.on)
    ]
    if len(found) != 1:
        told = "没有有效的条款" if not found else "有不止一条有效的条款"
        raise DeclarationError(
            "standards/documents", f"code = {code}", f"{standard.on} 这一天{told}"
        )
    return found[0]


def _valid(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
