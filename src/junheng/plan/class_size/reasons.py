"""Why no option mends a school, in one sentence, from what was tried."""

from collections.abc import Mapping, Sequence

from junheng.plan.class_size.cohorts import POINT
from junheng.plan.class_size.present import SchoolNow
from junheng.plan.class_size.problem import Site, Way, offers


def why_unmended(
    school: SchoolNow,
    sites: Mapping[str, Site],
    ways: Sequence[Way],
    *,
    rooms_to_build: int,
    within_m: int,
) -> str:
    """What the school lacks and why neither its own rooms nor its neighbours make it up."""
    site = sites[school.code]
    lead = f"缺普通教室{rooms_to_build}间"
    if site.convertible:
        lead += f"（另有{site.convertible}间可改造，改后仍不够）"
    elif school.free_rooms <= 0:
        lead += "，没有空余教室，也没有可改造的用房"
    return f"{lead}；{_neighbours(school, sites, ways, within_m)}"


def _neighbours(
    school: SchoolNow, sites: Mapping[str, Site], ways: Sequence[Way], within_m: int
) -> str:
    if school.school_type == POINT:
        return "教学点不参加分流"
    if school.position is None:
        return "没有填报坐标，不能找邻校"
    near = [way.receiver for way in ways if way.sender == school.code]
    if not near:
        return f"直线距离{within_m}米以内没有教室够用的同学段公办学校"
    site = sites[school.code]
    open_to = [c for c in near if any(offers(sites[c], g) for g in site.limits)]
    return (
        f"直线距离{within_m}米以内有{len(open_to)}所可以接收，但空余学位不够，或者要先分给别的学校"
    )
