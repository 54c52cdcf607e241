"""Shares of schools, pupils or rooms: groups (article 15), zones (article 11), networks (article 17)."""

from collections.abc import Iterator

from junheng.diagnosis.measures.registry import County, Row, measure
from junheng.diagnosis.points import Point
from junheng.indicators.stages import pupils_of
from junheng.registry import Facts
from junheng.registry.applicability import CONDITIONS

IN_GROUP = "属于集团的"


@measure("group_coverage_public")
def group_coverage_public(county: County) -> Iterator[Point]:
    """Public compulsory schools that name a group over all of them, in per cent."""
    heads = [row for row in _heads(county) if row["ownership"] == "public"]
    yield _covered(county, heads, "公办学校")


@measure("group_coverage_schools")
def group_coverage_schools(county: County) -> Iterator[Point]:
    """As before, over public and private schools."""
    yield _covered(county, _heads(county), "学校")


@measure("group_coverage_campuses")
def group_coverage_campuses(county: County) -> Iterator[Point]:
    """As before, over all rows filed: campuses and teaching points count for themselves."""
    yield _covered(county, list(county.schools), "学校、校区、教学点")


@measure("group_coverage_pupils")
def group_coverage_pupils(county: County) -> Iterator[Point]:
    """Compulsory pupils in schools of a group over all of them, in per cent."""
    groups = _groups(county)
    counts = [
        (row, [pupils_of(row, stage) for stage in county.stages(row)]) for row in county.schools
    ]
    blank = [row["school_name"] for row, found in counts if None in found]
    point = _unfiled(county, groups) or county.incomplete(blank, "学生数")
    if point:
        yield point
        return
    sums = [(row, sum(p for p in found if p is not None)) for row, found in counts]
    inside = sum(pupils for row, pupils in sums if groups[row["school_code"]])
    total = sum(pupils for _, pupils in sums)
    yield county.share(inside, total, IN_GROUP + "学校的学生", "学生")


def _heads(county: County) -> list[Row]:
    return [row for row in county.schools if row["counts_as_school"] is not False]


def _groups(county: County) -> dict[str, str]:
    """Group of each row; a campus that names none belongs to its parent's."""
    own = {row["school_code"]: row["group_id"] or "" for row in county.schools}
    return {
        row["school_code"]: own[row["school_code"]] or own.get(row["parent_school_code"] or "", "")
        for row in county.schools
    }


def _unfiled(county: County, groups: dict[str, str]) -> Point | None:
    """The column is optional: where nobody filled it, it says nothing."""
    if any(groups.values()):
        return None
    return county.nothing("没有学校填写教育集团代码；没有加入集团的请由区县登记进展 0")


def _covered(county: County, rows: list[Row], words: str) -> Point:
    groups = _groups(county)
    lacking = _unfiled(county, groups) or county.incomplete([], "")
    if lacking:
        return lacking
    inside = sum(bool(groups[row["school_code"]]) for row in rows)
    return county.share(inside, len(rows), IN_GROUP + words, words)


@measure("out_of_zone_share")
def out_of_zone_share(county: County) -> Iterator[Point]:
    """Pupils who live outside the zone over all, in the schools that GV13 asks, in per cent."""
    inside, total, blank = 0, 0, []
    for row in county.schools:
        for stage in county.stages(row):
            condition = CONDITIONS.get(f"zoned_{stage}")
            if condition is None or not condition(row):
                continue
            zoned, pupils = row[f"in_zone_enrolment_{stage}"], row[f"enrolment_{stage}"]
            if zoned is None or pupils is None:
                blank.append(row["school_name"])
            else:
                inside, total = inside + zoned, total + pupils
    yield county.incomplete(blank, "划片范围内学生数") or county.share(
        total - inside, total, "划片范围外的学生", "学生"
    )


@measure("networked_schools")
def networked_schools(county: County) -> Iterator[Point]:
    """Schools with at least one networked multimedia room over all, in per cent: a lower bound."""
    known = county.once("networked", lambda: _networked(county.facts))
    linked, blank = 0, []
    for row in county.schools:
        rooms = row["multimedia_classrooms"]
        if row["school_code"] in known or rooms:
            linked += 1
        elif rooms is None:
            blank.append(row["school_name"])
    yield county.incomplete(blank, "网络多媒体教室间数") or county.share(
        linked, len(county.schools), "有联网多媒体教室的学校", "学校（含教学点）"
    )


@measure("multimedia_classrooms")
def multimedia_classrooms(county: County) -> Iterator[Point]:
    """Ordinary classrooms of the room registers that are networked over all, in per cent."""
    rooms = county.once("ordinary rooms", lambda: _ordinary_rooms(county.facts))
    blank = [
        row["school_name"]
        for row in county.schools
        if row["regular_classrooms"] != 0 and None in rooms.get(row["school_code"], [None])
    ]
    lacking = county.incomplete(blank, "用房台账中的普通教室")
    if lacking:
        yield lacking
        return
    counted = [each for row in county.schools for each in rooms.get(row["school_code"], [])]
    networked = sum(each is True for each in counted)
    yield county.share(networked, len(counted), "联网多媒体普通教室", "普通教室")


def _networked(facts: Facts) -> set[str]:
    """Schools with a networked room on their register."""
    return {row["school_code"] for row in facts["rooms"].iter_rows(named=True) if row["networked"]}


def _ordinary_rooms(facts: Facts) -> dict[str, list[bool | None]]:
    """School → of each ordinary classroom on its register, whether it is networked."""
    found: dict[str, list[bool | None]] = {}
    for row in facts["rooms"].filter(room_type="regular").iter_rows(named=True):
        found.setdefault(row["school_code"], []).append(row["networked"])
    return found
