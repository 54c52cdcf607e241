"""The neighbour model solved by trying everything: every transfer, conversion and number of classes."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil

from junheng.plan.class_size.problem import Cap, Rates, Site, Way, offers

Score = tuple[Fraction, ...]


def best_by_trying(
    sites: list[Site], ways: list[Way], caps: list[Cap], rates: Rates, years: int, most: int
) -> Score:
    """The least of the goals in their order; no flow above `most` pupils."""
    by_code = {s.code: s for s in sites}
    flows = [(t, w, g) for t in range(years) for w in ways for g in by_code[w.sender].limits
             if offers(by_code[w.receiver], g)]  # fmt: skip
    scores = []
    known: dict = {}
    for sent in product(range(most + 1), repeat=len(flows)):
        pupils = _rolled(sites, dict(zip(flows, sent, strict=True)), years)
        if pupils is None or _beyond(pupils, caps):
            continue
        own = [_best_home(s, pupils[s.code], rates, years, known) for s in sites]
        if None in own:
            continue
        moved = sum(
            n for (_, w, g), n in zip(flows, sent, strict=True) if g not in by_code[w.sender].first
        )
        fares = sum(
            n * rates.transfer(entrant=g in by_code[w.sender].first, metres=w.metres,
                               years=min(years - t, by_code[w.receiver].last[g] - g + 1))
            for (t, w, g), n in zip(flows, sent, strict=True)
        )  # fmt: skip
        # All but the moves are sums over the schools: each school's own least is part of the least.
        sums = [sum((each[i] for each in own), Fraction(0)) for i in range(7)]
        scores.append(
            (*sums[:5], Fraction(moved), sums[5], Fraction(sum(sent) - moved), sums[6] + fares)
        )
    return min(scores)


def _rolled(sites: list[Site], sent: dict, years: int) -> dict[str, list[dict[int, int]]] | None:
    found = {}
    for site in sites:
        now, found[site.code] = dict(site.pupils), []
        for year in range(years):
            after = {}
            for g in site.limits:
                up = now.get(g - 1, 0) if site.goes_up_to(g) else 0
                out = sum(
                    n for (t, w, h), n in sent.items() if (t, w.sender, h) == (year, site.code, g)
                )
                into = sum(
                    n for (t, w, h), n in sent.items() if (t, w.receiver, h) == (year, site.code, g)
                )
                after[g] = up + site.arrivals[year].get(g, 0) + into - out
                if after[g] < 0:
                    return None
            now = after
            found[site.code].append(after)
    return found


def _beyond(pupils: dict[str, list[dict[int, int]]], caps: list[Cap]) -> bool:
    return any(
        sum(sum(pupils[c][year].values()) for c in cap.codes) > most
        for cap in caps
        for year, most in enumerate(cap.pupils)
    )


def _best_home(
    site: Site, pupils: list[dict[int, int]], rates: Rates, years: int, known: dict
) -> Score | None:
    """The least (super large, merged, large, unmet, above super large, above the limit, money) of a school."""
    key = site.code, tuple(tuple(each.values()) for each in pupils)
    if key not in known:
        known[key] = min(_homes(site, pupils, rates, years), default=None)
    return known[key]


def _homes(site: Site, pupils: list[dict[int, int]], rates: Rates, years: int) -> Iterator[Score]:
    """Every way in which a school may live with its pupils."""
    for made in product(range(site.convertible + 1), repeat=years):
        if list(made) == sorted(made):
            for classes in _classes(site, pupils, site.classes, 0):
                score = _lived(site, pupils, classes, made, rates)
                if score is not None:
                    yield score


def _classes(
    site: Site, pupils: list[dict[int, int]], before: dict[int, int], year: int
) -> Iterator[list[dict[int, int]]]:
    """Every number of classes by grade and year that is no waste."""
    if year == len(pupils):
        yield []
        return
    ranges = []
    for g, limit in site.limits.items():
        held = before.get(g - 1, 0) if site.keep and site.goes_up_to(g) else 0
        bare = min(1, pupils[year][g])
        least = bare if site.merges else max(held, bare)
        ranges.append(range(least, max(held, least, ceil(Fraction(pupils[year][g], limit))) + 1))
    for chosen in product(*ranges):
        now = dict(zip(site.limits, chosen, strict=True))
        for rest in _classes(site, pupils, now, year + 1):
            yield [now, *rest]


def _lived(
    site: Site, pupils: list[dict[int, int]], classes: list[dict[int, int]], made: tuple[int, ...],
    rates: Rates,
) -> Score | None:  # fmt: skip
    score = [Fraction(0)] * 6
    opened, hired, money = 0, {}, Fraction(0)
    before = site.classes
    for year, (now, counts) in enumerate(zip(classes, pupils, strict=True)):
        largest = {g: ceil(Fraction(counts[g], k)) if k else 0 for g, k in now.items()}
        unmet = any(largest[g] > limit for g, limit in site.limits.items())
        if unmet and not site.sends:
            return None
        total = sum(now.values())
        if total > site.rooms + made[year] + (site.excess[year] if unmet and site.excess else 0):
            # Staying above the limit only to sit elsewhere with all that is there is a choice as well.
            if not site.sends or total > site.rooms + made[year] + site.excess[year]:
                return None
            unmet = True
        score[0] += max(largest.values()) > site.largest_not_super and unmet
        score[1] += sum(
            max(0, before[g - 1] - k) for g, k in now.items() if site.keep and site.goes_up_to(g)
        )
        before = now
        score[2] += max(largest.values()) > site.largest_not_large and unmet
        score[3] += unmet
        score[4] += (
            sum(max(0, counts[g] - site.largest_not_super * k) for g, k in now.items())
            if unmet
            else 0
        )
        score[5] += (
            sum(max(0, counts[g] - site.limits[g] * k) for g, k in now.items()) if unmet else 0
        )
        opened = max(opened, total - site.classes_now)
        for stage, ratio in site.teachers_a_class.items():
            mine = sum(n for g, n in now.items() if site.stage[g] is stage)
            need = ceil(ratio * mine) - site.teachers.get(stage, 0)
            hired[stage] = max(hired.get(stage, 0), need, 0)
            money += hired[stage] * rates.teacher_year
    return (*score, money + opened * rates.opening + made[-1] * rates.conversion)
