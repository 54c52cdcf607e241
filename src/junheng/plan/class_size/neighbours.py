"""Who sends whom where: the least disturbance with which as many schools as possible become legal.

Given   pupils and classes of each school and grade now, arrivals[t], rooms, convertible rooms,
        ways (i, j, metres) from schools short of rooms to neighbours with rooms, prices
Choose  sent[t, i, j, g]   pupils who go to j instead of i from year t, entering it in grade g
        classes[t, s, g]   classes; never fewer than the cohort already has, but for
        merged[t, s, g]    classes given up, where else a 超大班额 might remain
        converted[t, s]    rooms converted by then; hired[t, s, stage] teachers added by then
        unmet[t, s]        the school stays above the limit in that year; large[t, s] with a 大班额;
                           super_large[t, s] with a 超大班额
So that every class holds at most the limit (unmet: no 大班额; large: no 超大班额), all classes fit
        into the rooms, and no receiver passes its size cap;
first as few school-years with a 超大班额 as possible, with as few classes merged as that takes, then
as few school-years with a 大班额, then as few unmet:
the worst classes go first, as the policy asks, and no school is brought under the limit at the price
of a larger class elsewhere. Then as few pupils above the size of a 超大班额, as few enrolled pupils
moved, as few pupils above the limit, as few entrants diverted; then least money (classes opened,
rooms converted, teachers, transfers). So enrolled pupils are moved only where that mends a
school-year or takes a 大班额 away; merely to ease one, classes are opened and entrants diverted.
All numbers are whole and every goal is solved to proven optimality. Components that share no way
are solved apart, which changes nothing: every goal is a sum over them.
"""

from collections.abc import Iterator, Sequence

from junheng.plan.class_size.goals import summed
from junheng.plan.class_size.problem import Assignment, Cap, Rates, Site, Way
from junheng.plan.class_size.programme import Programme


def assign(
    sites: Sequence[Site], ways: Sequence[Way], caps: Sequence[Cap], rates: Rates, *, years: int
) -> Assignment:
    """The optimal assignment of pupils to neighbours."""
    found = [Programme(*each, rates, years).solved() for each in _components(sites, ways, caps)]
    transfers = [t for each in found for t in each.transfers]
    return Assignment(
        tuple(sorted(transfers, key=lambda t: (t.year, t.sender, t.grade, t.receiver))),
        frozenset().union(*(each.unmet for each in found)),
        frozenset().union(*(each.large for each in found)),
        frozenset().union(*(each.super_large for each in found)),
        {key: made for each in found for key, made in each.converted.items()},
        {key: counts for each in found for key, counts in each.classes.items()},
        {key: counts for each in found for key, counts in each.merged.items()},
        summed([each.goals for each in found]),
    )


def _components(
    sites: Sequence[Site], ways: Sequence[Way], caps: Sequence[Cap]
) -> Iterator[tuple[list[Site], list[Way], list[Cap]]]:
    """Schools linked by ways or caps; those that neither send nor receive are left out."""
    ties = [(w.sender, w.receiver) for w in ways]
    ties += [(cap.codes[0], code) for cap in caps for code in cap.codes]
    root = {site.code: site.code for site in sites}

    def top(code: str) -> str:
        while root[code] != code:
            code = root[code]
        return code

    for one, other in ties:
        root[max(top(one), top(other))] = min(top(one), top(other))
    used = {w.sender for w in ways} | {w.receiver for w in ways}
    wanted = sorted({top(s.code) for s in sites if s.sends or s.code in used})
    for code in wanted:
        inside = [s for s in sites if top(s.code) == code]
        codes = {s.code for s in inside}
        yield (
            inside,
            [w for w in ways if w.sender in codes],
            [c for c in caps if c.codes[0] in codes],
        )
