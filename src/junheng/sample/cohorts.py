"""Cohorts of pupils and the classes they sit in.

A cohort is named by the year in which it entered its stage, so that the grade 3 of one year becomes
the grade 4 of the next without being drawn again; few come and go on the way.
"""

from dataclasses import dataclass, replace
from random import Random

from junheng.sample.character import Character
from junheng.sample.draws import stream
from junheng.sample.levels import draw
from junheng.sample.register import Site

STAGE_OF_GRADE = {g: "primary" if g < 7 else "junior" if g < 10 else "senior" for g in range(1, 13)}
FIRST_GRADE = {"primary": 1, "junior": 7, "senior": 10}
STAGES = {
    "primary": ("primary",), "teaching_point": ("primary",), "junior": ("junior",),
    "nine_year": ("primary", "junior"), "complete": ("junior", "senior"),
    "twelve_year": ("primary", "junior", "senior"), "senior": ("junior", "senior"),
    "special": ("primary", "junior"),
}  # fmt: skip
STREAMS = {
    ("primary", "city"): (5, 8), ("primary", "town"): (2, 5), ("primary", "village"): (1, 2),
    ("junior", "city"): (7, 13), ("junior", "town"): (4, 8), ("junior", "village"): (2, 3),
    ("senior", "city"): (8, 12), ("senior", "town"): (6, 10), ("senior", "village"): (4, 6),
}  # fmt: skip
COMBINED_SHARE = 0.6
"""A combined school has fewer parallel classes a grade than a school of one stage."""
SMALL_CLASSES = {
    "tiny": (7, 9, 3), "point_50": (13, 16, 4), "small": (11, 15, 6), "smallest": (6, 8, 6),
}  # fmt: skip
"""Role → smallest class, largest class, grades: one class a grade."""
FULL = {"primary": 45, "junior": 50, "senior": 55}
"""In a county that keeps its classes small, none was larger than this before either."""
MOVES = (-1, 0, 0, 0, 0, 1)
"""Pupils by whom a class grew within a year, counted backwards from the last one."""


@dataclass(frozen=True)
class SchoolClass:
    """One class of the class list."""

    grade: int
    number: int
    pupils: int

    @property
    def stage(self) -> str:
        return STAGE_OF_GRADE[self.grade]


def classes_of(seed: int, site: Site, *, character: Character, year: int) -> list[SchoolClass]:
    """Every class of the school in the school year, grade by grade."""
    if site.role in SMALL_CLASSES or site.school_type == "special":
        classes = _small(seed, site, year)
    else:
        stages = STAGES[site.school_type]
        if site.role == "attached_primary":
            stages = ("primary", "junior")
        classes = [
            SchoolClass(grade, number + 1, pupils)
            for stage in stages
            for grade in _grades(stage)
            for number, pupils in enumerate(_cohort(seed, site, stage, grade, character, year))
        ]
    return _kept(site, [each for each in classes if _came(site, each, year)])


def furnished_for(seed: int, site: Site, *, character: Character) -> list[SchoolClass]:
    """The classes for which the school is built: fixed, while its pupils come and go."""
    return classes_of(seed, site, character=character, year=site.life.furnished or site.last)


def _grades(stage: str) -> range:
    first = FIRST_GRADE[stage]
    return range(first, first + (6 if stage == "primary" else 3))


def _came(site: Site, each: SchoolClass, year: int) -> bool:
    """Whether its cohort was ever taken in."""
    entered, life = year - each.grade + FIRST_GRADE[each.stage], site.life
    return life.enters_from <= entered and (
        each.stage not in life.ending or entered <= life.enters_to
    )


def _kept(site: Site, classes: list[SchoolClass]) -> list[SchoolClass]:
    """The classes of this school's side of a merger that is still to come."""
    if site.life.keeps == "all":
        return classes
    most = {each.grade: each.number for each in classes}
    last = {grade for grade, number in most.items() if number > 1}
    if site.life.keeps == "others":
        return [c for c in classes if c.grade not in last or c.number < most[c.grade]]
    return [replace(c, number=1) for c in classes if c.grade in last and c.number == most[c.grade]]


def _small(seed: int, site: Site, year: int) -> list[SchoolClass]:
    low, high, grades = SMALL_CLASSES.get(site.role, (6, 9, 9))
    return [
        SchoolClass(g, 1, stream(seed, site.key, "cohort", year - g + 1).randint(low, high))
        for g in range(1, grades + 1)
    ]


def _cohort(
    seed: int, site: Site, stage: str, grade: int, character: Character, year: int
) -> list[int]:
    """Pupils by class of one grade; all classes of a school are about equally full."""
    whose = site.life.cohorts_of or site.key
    school = stream(seed, whose, "size", stage)
    parallel = _parallel(school, site, stage, character)
    like = "junior" if stage == "senior" else stage
    size = round(draw(school, character, like, "class_size", site.place))
    if site.rural and stage == "primary":
        size = max(size, 33)  # 乡村学校不足百人才算小规模，其余学校最大班额都在30人以上
    entered = year - grade + FIRST_GRADE[stage]
    cohort = stream(seed, whose, "cohort", stage, entered)
    if parallel > 1 and cohort.random() < 0.25:
        parallel -= 1
    then = [max(1, size + cohort.randint(-2, 2)) for _ in range(parallel)]
    if year == site.last:
        return then
    moves = stream(seed, whose, "moves", stage, entered)
    moved = [0] * parallel
    for _ in range(site.last - year):
        moved = [m + MOVES[int(moves.random() * len(MOVES))] for m in moved]
    most = 10_000 if character.lapsed("classes") else FULL[stage]
    return [max(1, min(n - m, most)) for n, m in zip(then, moved, strict=True)]


def _parallel(chance: Random, site: Site, stage: str, character: Character) -> int:
    low, high = STREAMS[stage, site.place]
    most = max(1, 7 - 2 * site.campuses if stage == "primary" else 12)
    if character.lapsed("sizes"):
        most = 10_000
    drawn = chance.randint(min(low, most), min(high, most))
    count = max(1, min(most, int(drawn * character.streams.get(stage, 1.0) + 0.5)))
    if site.role in ("campus", "attached_primary", "attached_junior") and stage != "senior":
        return 2
    if len(STAGES[site.life.drawn_as or site.school_type]) > 1 and stage != "senior":
        return max(1, int(count * COMBINED_SHARE))
    return count
