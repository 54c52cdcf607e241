"""学生与班级: cohorts of pupils, the classes they sit in, and everything counted from them.

A cohort is named by the year in which it entered its stage, so that the grade 3 of one year can
become the grade 4 of the next without being drawn again.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

from junheng.sample.draws import stream
from junheng.sample.levels import Profile, draw
from junheng.sample.register import Site

STAGE_OF_GRADE = {g: "primary" if g < 7 else "junior" if g < 10 else "senior" for g in range(1, 13)}
FIRST_GRADE = {"primary": 1, "junior": 7, "senior": 10}
STAGES = {
    "primary": ("primary",), "teaching_point": ("primary",), "junior": ("junior",),
    "nine_year": ("primary", "junior"), "complete": ("junior", "senior"),
    "twelve_year": ("primary", "junior", "senior"), "senior": ("junior", "senior"),
    "special": ("primary", "junior"),
}  # fmt: skip
BINS = (("classes_le_25", 0, 25), ("classes_26_30", 26, 30), ("classes_31_35", 31, 35),
        ("classes_36_40", 36, 40), ("classes_41_45", 41, 45), ("classes_46_50", 46, 50),
        ("classes_51_55", 51, 55), ("classes_56_60", 56, 60), ("classes_61_65", 61, 65),
        ("classes_ge_66", 66, 10_000))  # fmt: skip
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
SEATS_OF_STAGE = {"primary": 45, "junior": 50, "senior": 50}


@dataclass(frozen=True)
class SchoolClass:
    """One class of the class list."""

    grade: int
    number: int
    pupils: int

    @property
    def stage(self) -> str:
        return STAGE_OF_GRADE[self.grade]


def classes_of(seed: int, site: Site, *, profile: Profile, year: int) -> list[SchoolClass]:
    """Every class of the school in the school year, grade by grade."""
    if site.role == "unopened":
        return []
    if site.role in SMALL_CLASSES or site.school_type == "special":
        return _small(seed, site, year)
    stages = STAGES[site.school_type]
    if site.role == "attached_primary":
        stages = ("primary", "junior")
    return [
        SchoolClass(grade, number + 1, pupils)
        for stage in stages
        for grade in _grades(stage, site)
        for number, pupils in enumerate(_cohort(seed, site, stage, grade, profile, year))
    ]


def _grades(stage: str, site: Site) -> range:
    first = FIRST_GRADE[stage]
    if site.role == "young":
        return range(first, first + 2)
    return range(first, first + (6 if stage == "primary" else 3))


def _small(seed: int, site: Site, year: int) -> list[SchoolClass]:
    low, high, grades = SMALL_CLASSES.get(site.role, (6, 9, 9))
    return [
        SchoolClass(g, 1, stream(seed, site.code, "cohort", year - g + 1).randint(low, high))
        for g in range(1, grades + 1)
    ]


def _cohort(
    seed: int, site: Site, stage: str, grade: int, profile: Profile, year: int
) -> list[int]:
    """Pupils by class of one grade; all classes of a school are about equally full."""
    school = stream(seed, site.code, "size", stage)
    parallel = _parallel(school, site, stage, profile)
    like = "junior" if stage == "senior" else stage
    size = round(draw(school, profile, like, "class_size", site.place))
    if site.rural and stage == "primary":
        size = max(size, 33)  # 乡村学校不足百人才算小规模，其余学校最大班额都在30人以上
    entered = year - grade + FIRST_GRADE[stage]
    cohort = stream(seed, site.code, "cohort", stage, entered)
    if parallel > 1 and cohort.random() < 0.25:
        parallel -= 1
    return [max(1, size + cohort.randint(-2, 2)) for _ in range(parallel)]


def _parallel(chance: Random, site: Site, stage: str, profile: Profile) -> int:
    low, high = STREAMS[stage, site.place]
    if profile != "mixed":
        high = min(high, 7 if stage == "primary" else 12)
    count = chance.randint(low, high)
    if site.role in ("campus", "attached_primary", "attached_junior") and stage != "senior":
        return 2
    if len(STAGES[site.school_type]) > 1 and stage != "senior":
        return max(1, int(count * COMBINED_SHARE))
    return count


def seats(seed: int, site: Site, classes: list[SchoolClass]) -> dict[str, Any]:
    """Columns of the table `seats`, each counted from the classes."""
    by_stage = {s: sum(c.pupils for c in classes if c.stage == s) for s in FIRST_GRADE}
    attached_primary = by_stage["primary"] if site.role == "attached_primary" else 0
    attached_junior = by_stage["junior"] if site.role == "attached_junior" else 0
    row: dict[str, Any] = {
        "enrolment_primary": by_stage["primary"] - attached_primary,
        "enrolment_junior": by_stage["junior"] - attached_junior,
        "enrolment_senior": by_stage["senior"],
        "enrolment_kindergarten": 0,
        "attached_primary_enrolment": attached_primary,
        "attached_junior_enrolment": attached_junior,
    }
    for grade in STAGE_OF_GRADE:
        row[f"enrolment_grade_{grade}"] = sum(c.pupils for c in classes if c.grade == grade)
    for stage in ("primary", "junior"):
        sizes = [c.pupils for c in classes if c.stage == stage]
        row[f"class_count_{stage}"] = len(sizes)
        row[f"max_class_size_{stage}"] = max(sizes, default=0)
        for name, low, high in BINS:
            row[f"{name}_{stage}"] = sum(low <= size <= high for size in sizes)
    return row | _circumstances(seed, site, by_stage)


def _circumstances(seed: int, site: Site, by_stage: dict[str, int]) -> dict[str, Any]:
    """Boarders, migrant children, pupils of the zone, attached kindergarten."""
    chance = stream(seed, site.code, "circumstances")
    primary, junior = by_stage["primary"], by_stage["junior"]
    migrant_share = {"city": 0.16, "town": 0.06, "village": 0.01}[site.place]
    found: dict[str, Any] = {
        "migrant_children_enrolled": int((primary + junior) * migrant_share * chance.random() * 2),
        "boarders": int((primary + junior) * (0.5 + 0.4 * chance.random())) if site.boarding else 0,
        "in_zone_enrolment_primary": primary,
        "in_zone_enrolment_junior": junior - int(junior * 0.04 * chance.random()),
    }
    if site.role == "kindergarten":
        found["enrolment_kindergarten"] = chance.randint(60, 110)
    return found
