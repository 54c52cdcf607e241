"""学生与班级: everything counted from the classes."""

from typing import Any

from junheng.sample.cohorts import FIRST_GRADE, STAGE_OF_GRADE, SchoolClass
from junheng.sample.draws import stream
from junheng.sample.register import Site

BINS = (("classes_le_25", 0, 25), ("classes_26_30", 26, 30), ("classes_31_35", 31, 35),
        ("classes_36_40", 36, 40), ("classes_41_45", 41, 45), ("classes_46_50", 46, 50),
        ("classes_51_55", 51, 55), ("classes_56_60", 56, 60), ("classes_61_65", 61, 65),
        ("classes_ge_66", 66, 10_000))  # fmt: skip


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
    chance = stream(seed, site.key, "circumstances")
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
