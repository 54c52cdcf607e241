"""The neighbour model solved by trying everything: every transfer, conversion and way to stay above."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil

from junheng.plan.class_size.neighbours import offers
from junheng.plan.class_size.problem import Cap, Rates, Site, Way

Score = tuple[Fraction, ...]


def best_by_trying(
    sites: list[Site], ways: list[Way], caps: list[Cap], rates: Rates, years: int, most: int
) -> Score:
    """The least (unmet, large, moved, diverted, money) in that order; no flow above `most` pupils."""
    by_code = {s.code: s for s in sites}
    flows = [(t, w, g) for t in range(years) for w in ways for g in by_code[w.sender].limits
             if offers(by_code[w.receiver], g)]  # fmt: skip
    scores = []
    for sent in product(range(most + 1), repeat=len(flows)):
        pupils = _rolled(sites, dict(zip(flows, sent, strict=True)), years)
        if pupils is None or _beyond(pupils, caps):
            continue
        homes = [list(_homes(s, pupils[s.code], rates, years)) for s in sites]
        if not all(homes):
            continue
        moved = sum(
            n for (_, w, g), n in zip(flows, sent, strict=True) if g not in by_code[w.sender].first
        )
        fares = sum(
            n * rates.transfer(entrant=g in by_code[w.sender].first, metres=w.metres,
                               years=min(years - t, by_code[w.receiver].last[g] - g + 1))
            for (t, w, g), n in zip(flows, sent, strict=True)
        )  # fmt: skip
        # Unmet, large and money are sums over the schools: each school's own least is part of the least.
        own = [min(each) for each in homes]
        unmet, large, money = (sum((each[i] for each in own), Fraction(0)) for i in range(3))
        scores.append((unmet, large, Fraction(moved), Fraction(sum(sent) - moved), money + fares))
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


def _homes(
    site: Site, pupils: list[dict[int, int]], rates: Rates, years: int
) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    """(unmet, large, money) of every way in which a school may live with its pupils."""
    states = [0, 1, 2]  # within the limit; above it; above it with a large class
    for choice in product(states, repeat=years):
        for made in product(range(site.convertible + 1), repeat=years):
            if list(made) == sorted(made):
                money = _lived(site, pupils, choice, made, rates)
                if money is not None:
                    yield Fraction(sum(c > 0 for c in choice)), Fraction(choice.count(2)), money


def _lived(
    site: Site, pupils: list[dict[int, int]], choice: tuple[int, ...], made: tuple[int, ...], rates: Rates
) -> Fraction | None:  # fmt: skip
    before = dict(site.classes)
    opened, hired, money = 0, {}, Fraction(0)
    for year, (state, counts) in enumerate(zip(choice, pupils, strict=True)):
        if state and not (site.sends and site.short[year]):
            return None
        now = {}
        for g, limit in site.limits.items():
            held = before.get(g - 1, 0) if site.keep and site.goes_up_to(g) else 0
            top = {0: limit, 1: max(limit, min(site.ceilings[year], site.largest_not_large)) if state else limit,
                   2: max(limit, site.ceilings[year]) if state else limit}[state]  # fmt: skip
            now[g] = max(held, ceil(Fraction(counts[g], top)))
        total = sum(now.values())
        if total > site.rooms + made[year] + (site.excess[year] if state and site.excess else 0):
            return None
        opened = max(opened, total - site.classes_now)
        for stage, ratio in site.teachers_a_class.items():
            classes = sum(n for g, n in now.items() if site.stage[g] is stage)
            need = ceil(ratio * classes) - site.teachers.get(stage, 0)
            hired[stage] = max(hired.get(stage, 0), need, 0)
            money += hired[stage] * rates.teacher_year
        before = now
    return money + opened * rates.opening + made[-1] * rates.conversion
