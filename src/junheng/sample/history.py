"""What happened to the invented schools before the last year: founded, renamed, merged, closed.

The last year's roster is the one that `register` draws; the years before are told backwards from
it. Each change leaves a row of the table `lineage` in the year in which it shows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from junheng.sample.cast import Story
from junheng.sample.draws import DEMONSTRATION
from junheng.sample.register import Life, Site

GHOST_SERIAL = 9000
"""Codes of schools that are no more; the roster of a county never comes so far."""
POINT_GRADES = 3


@dataclass(frozen=True)
class Change:
    """One change that shows in the returns of `year` against those of the year before."""

    year: int
    change: str
    old: str
    new: str
    about: str
    """Words for an 异常说明 of the school that goes on."""


def changes(roster: list[Site]) -> list[Change]:
    """Every change of the story, the latest first; none where the county is too small for it."""
    return [change for _, change in _stories(roster)]


def sites_in(roster: list[Site], year: int) -> list[Site]:
    """The schools of an earlier year (or of the last), in order of filing."""
    found = {site.code: site for site in roster}
    for before, change in _stories(roster):
        if year >= change.year:
            continue
        found.pop(change.new, None)
        found |= {old.code: old for old in before}
    standing = [site for site in found.values() if site.founding_year <= year]
    return sorted(standing, key=lambda site: (site.index, site.code))


def lineage_rows(roster: list[Site], year: int) -> Iterator[dict[str, object]]:
    """Rows of the table `lineage` of one year."""
    for each in changes(roster):
        if each.year == year:
            yield {
                "old_code": each.old,
                "new_code": each.new,
                "change": each.change,
                "changed_on": date(year, 7, 20),
                "document": f"{DEMONSTRATION}批复.pdf",
            }


def _stories(roster: list[Site]) -> Iterator[tuple[list[Site], Change]]:
    """(the schools as they were before, the change)."""
    for at, (story, tell) in enumerate(TELLERS.items()):
        gone = count(at, len(TELLERS))
        for site in roster:
            if site.story == story:
                yield tell(site, gone)


def _renamed(site: Site, _: Iterator[int]) -> tuple[list[Site], Change]:
    was = replace(site, name=site.name.replace("小学", "村小学"))
    return [was], Change(
        site.last - site.told, "renamed", site.code, site.code, f"更名前为{was.name}"
    )


def _merged(site: Site, gone_before: Iterator[int]) -> tuple[list[Site], Change]:
    """A small primary school next door, whose classes this one took over in the last year."""
    gone = replace(
        site,
        code=_gone(site, next(gone_before)),
        name=_next_door(site),
        role="",
        founding_year=min(site.founding_year, site.last - 20),
        story="",
        life=Life(cohorts_of=site.key, keeps="last"),
    )
    before = replace(site, life=Life(keeps="others"))
    about = f"{gone.name}并入本校"
    return [before, gone], Change(site.last - site.told, "merged", gone.code, site.code, about)


def _closed(centre: Site, gone_before: Iterator[int]) -> tuple[list[Site], Change]:
    """A teaching point that took in no more children and has none left in the last year."""
    year = centre.last - centre.told
    gone = replace(
        centre,
        code=_gone(centre, next(gone_before)),
        name=f"{_town(centre)}老村教学点",
        school_type="teaching_point",
        place="village",
        role="tiny",
        urban_rural_code="220",
        parent=centre.code,
        founding_year=1968,
        story="",
        life=Life(
            enters_to=year - POINT_GRADES, ending=("primary",), furnished=year - POINT_GRADES - 1
        ),
    )
    return [gone], Change(year, "closed", gone.code, gone.code, "停止招生，逐年撤并")


def _split_off(site: Site, _: Iterator[int]) -> tuple[list[Site], Change]:
    """A junior school that had senior classes until they ran out: another type, another code."""
    year = site.last - site.told
    was = replace(
        site,
        code=f"34{site.code[2:]}",
        name=f"{site.name.removesuffix('初级中学')}完全中学",
        school_type="complete",
        life=Life(root=site.code, enters_to=year - 3, ending=("senior",), drawn_as="junior"),
    )
    about = "高中部停止招生，改办初级中学"
    return [was], Change(year, "type_changed", was.code, site.code, about)


TELLERS: dict[Story, Callable[[Site, Iterator[int]], tuple[list[Site], Change]]] = {
    "renamed": _renamed,
    "absorbed": _merged,
    "closed": _closed,
    "split_off": _split_off,
}


def _next_door(site: Site) -> str:
    if site.place == "city":
        return f"{site.name.removesuffix('小学')}北街小学"
    return f"{_town(site)}北街小学"


def _town(site: Site) -> str:
    return site.name[: site.name.index("镇") + 1]


def _gone(site: Site, number: int) -> str:
    return f"21{site.code[2:6]}{GHOST_SERIAL + number}"
