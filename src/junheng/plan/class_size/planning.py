"""How does every school come to classes within the limit, in one, two and three years, at least cost?

Given   sealed facts, the class-size clause in force (GV5), a price list, entrants (or this year's
        repeated), how far a neighbour may be
Choose  classes to open, rooms to convert, entrants to divert and pupils to move, by school and year
So that every class of every planned year is within the limit; where that is impossible the school
        is named with the reason. `neighbours` holds the goals in their order.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from junheng.errors import MisuseError
from junheng.plan.class_size.assuming import assumptions_of
from junheng.plan.class_size.building import caps_of, sites_of, ways_of
from junheng.plan.class_size.cohorts import Arrivals, arrivals
from junheng.plan.class_size.entrants import Entrants, read_entrants, refuse_strangers
from junheng.plan.class_size.goals import summed
from junheng.plan.class_size.law import Law, law_of
from junheng.plan.class_size.neighbours import assign
from junheng.plan.class_size.options import Done, actions_of, rates_of
from junheng.plan.class_size.outcome import ClassSizePlan, CountyPlan
from junheng.plan.class_size.paths import path_of
from junheng.plan.class_size.present import SchoolNow, Unknown, schools_now
from junheng.plan.class_size.problem import Rates
from junheng.plan.class_size.projecting import outlooks_of
from junheng.plan.class_size.telling import school_plan
from junheng.plan.nouns import Plan
from junheng.plan.pricing import PriceList, load_prices
from junheng.registry import Facts
from junheng.standards import Standard, Switches, listed_name

QUESTION = "class_size"
LONGEST = 3
"""Years that this year's grades carry: a junior cohort is gone after three."""


def plan_class_sizes(
    facts: Facts,
    *,
    on: date,
    years: int,
    scheme: str = "2017-quality",
    switches: Switches | None = None,
    prices: PriceList | None = None,
    entrants: Entrants | None = None,
    within_m: int | None = None,
    reorganise: bool = False,
) -> ClassSizePlan:
    """The class-size plan of every county in the facts, by what is in force there on `on`.

    `within_m` None takes the platform's own distance (clause PLAN-NEIGHBOUR); `reorganise` lets
    the pupils of a grade be shared out anew, so that thin classes may be joined.
    Raises MisuseError for a horizon that is not 1 to 3 years, entrants of strangers, a price that
    is not listed, a day without a class-size clause."""
    if not 1 <= years <= LONGEST:
        raise MisuseError(
            f"年数是 {years}，应当是 1 到 {LONGEST}。在校年级三年后就全部换过，再远要有招生预测。"
        )
    ahead = tuple(range(facts.year + 1, facts.year + 1 + years))
    priced, entering = prices or load_prices(), entrants or read_entrants(None)
    laws = _laws(facts, on, scheme, switches)
    near = (
        within_m
        if within_m is not None
        else max((law.neighbour_m for law in laws.values()), default=0)
    )
    schools, unknown = schools_now(facts, laws)
    refuse_strangers(entering, schools, ahead)
    coming = arrivals(schools, entering, ahead)
    rates = rates_of(priced)
    answers = [
        _County(code, law, [s for s in schools if s.county == code], coming, rates, ahead,
                within_m=near, reorganise=reorganise)
        for code, law in laws.items()
    ]  # fmt: skip
    actions = [a for each in answers for a in actions_of(each.done, each.moved, rates, ahead)]
    settings = {
        "on": on.isoformat(), "scheme": scheme, "years": list(ahead), "within_m": near,
        "reorganise": reorganise, "entrants": entering.source, "prices": priced.file,
        "prices_sha256": priced.sha256, "switches": (switches or Switches()).to_json(),
    }  # fmt: skip
    plan = Plan(
        QUESTION,
        facts.fingerprint,
        facts.year,
        settings,
        tuple(sorted(actions, key=lambda a: a.year)),
        outlooks_of(facts, [d for each in answers for d in each.done], ahead),
        summed([each.moved.goals for each in answers]),
    )
    names = dict(facts["county"].select("county_code", "county_name").iter_rows())
    counties = tuple(each.told(_name(each.code, names), unknown) for each in answers)
    assumed = assumptions_of(
        schools, coming, entering, priced, ahead, within_m=near, reorganise=reorganise
    )
    return ClassSizePlan(plan, on, ahead, near, reorganise, priced, counties, assumed)


class _County:
    """The model of one county, solved: pupils stay within it."""

    def __init__(
        self, code: str, law: Law, schools: list[SchoolNow], coming: Arrivals, rates: Rates,
        years: Sequence[int], *, within_m: int, reorganise: bool,
    ) -> None:  # fmt: skip
        self.code, self.law, self.coming, self.years, self.within_m = (
            code,
            law,
            coming,
            years,
            within_m,
        )
        self.sites = sites_of(schools, coming, law, reorganise=reorganise)
        self.ways = ways_of(schools, self.sites, within_m=within_m)
        caps = caps_of(schools, self.sites, coming, law)
        self.moved = assign(list(self.sites.values()), self.ways, caps, rates, years=len(years))
        self.done = [
            Done(s, self.sites[s.code], path_of(s, self.sites[s.code], coming, self.moved))
            for s in schools
        ]
        self.acted = {a.school for a in actions_of(self.done, self.moved, rates, years)}

    def told(self, name: str, unknown: Sequence[Unknown]) -> CountyPlan:
        schools = tuple(
            school_plan(
                each, self.coming, self.sites, self.ways, self.law, self.years,
                within_m=self.within_m, acted=each.school.code in self.acted,
            )
            for each in self.done
        )  # fmt: skip
        return CountyPlan(
            self.code, name, self.law, schools, tuple(u for u in unknown if u.county == self.code)
        )


def _laws(facts: Facts, on: date, scheme: str, switches: Switches | None) -> dict[str, Law]:
    codes = sorted({*facts["schools"]["location_unit"]} - {None})
    return {
        code: law_of(Standard.at(code, on, scheme_code=scheme, switches=switches)) for code in codes
    }


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code) or listed_name(code)
