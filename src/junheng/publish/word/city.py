"""A city as its documents need it: the counties, their common unit, earlier years, targets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from junheng.diagnosis import CountyVerdict, Line, Verdict
from junheng.publish.wording import DEMONSTRATION, is_demonstration, listed
from junheng.standards import Standard, places, superiors
from junheng.studies import Study, TargetStudy, Years

NATION = "000000"
MOST_COUNTIES = 6
"""So many counties are named in a sentence; the rest are counted."""


@dataclass(frozen=True)
class City:
    """A study of several counties with what stands beside it."""

    study: Study
    years: Years | None = None
    """The same counties in several school years, the study's own among them."""
    targets: TargetStudy | None = None
    """Where the targets of the policy in force stand; None where there is no such policy."""

    @property
    def counties(self) -> tuple[CountyVerdict, ...]:
        return self.study.assessment.counties

    @cached_property
    def code(self) -> str:
        """The nearest unit above all counties; that of the nation where they share no other."""
        chains = [superiors(county.code)[1:] for county in self.counties]
        shared = (each for each in chains[0] if all(each in chain for chain in chains))
        return next(shared, NATION)

    @cached_property
    def name(self) -> str:
        if self.code == NATION or self.code not in places():
            return f"{self.counties[0].name}等{len(self.counties)}个区县"
        return places()[self.code].name.partition("（")[0]

    @cached_property
    def mark(self) -> str:
        """What must stand on every page where figures are invented; empty where none is."""
        invented = [is_demonstration(county) for county in self.counties]
        if not any(invented):
            return ""
        return DEMONSTRATION if all(invented) else f"含{DEMONSTRATION}"

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """Counties of the city, by the unit table, of which the snapshot holds nothing."""
        held = {county.code for county in self.counties}
        below = [each for each in places().values() if each.parent == self.code != NATION]
        return tuple(p.name for p in below if p.code not in held and DEMONSTRATION not in p.name)

    @cached_property
    def standard(self) -> Standard:
        """That of the first county; `uniform` says whether it is everyone's."""
        return self.counties[0].standard

    @cached_property
    def uniform(self) -> bool:
        """Whether all counties stand under the same clauses."""
        return all(c.standard.demands == self.standard.demands for c in self.counties)

    def line(self, code: str) -> dict[str, Line]:
        """One line of the scheme by the code of the county."""
        found = (
            (c.code, next((x for x in c.lines if x.code == code), None)) for c in self.counties
        )
        return {county: line for county, line in found if line is not None}

    def named(self, code: str, verdict: Verdict) -> list[str]:
        """Names of the counties of which a line says this."""
        lines = self.line(code)
        return [
            c.name for c in self.counties if c.code in lines and lines[c.code].verdict is verdict
        ]

    def areas(self) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
        """(code, title, lines as (code, label)) of every area, in the order of the scheme."""
        for area in self.counties[0].areas:
            yield area.code, area.title, tuple((line.code, line.label) for line in area.lines)


def some_counties(names: Sequence[str]) -> str:
    """Some names of counties and how many more there are."""
    return listed(names, most=MOST_COUNTIES, counter="个")


def spoken(city: City, code: str, verdicts: Sequence[Verdict]) -> str:
    """达标3个；未达标1个：甲县: how the counties stand on a line, naming those of `verdicts`."""
    told = []
    for verdict in Verdict:
        names = city.named(code, verdict)
        if names:
            shown = f"（{some_counties(names)}）" if verdict in verdicts else ""
            told.append(f"{verdict}{len(names)}个{shown}")
    return "，".join(told)
