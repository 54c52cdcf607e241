"""Several school years of the same counties: every figure and verdict by year, school by school.

Each year is judged by what was in force on a day of its own: by default 31 March after the school
year began, when county self-evaluations go up (standards.md §8); or all on one day. A year without
a snapshot is a gap, never filled.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from junheng.diagnosis import CountyVerdict, Line, PartVerdict, SpreadVerdict, Verdict, worst
from junheng.errors import MisuseError
from junheng.registry import Snapshot
from junheng.schema import Stage
from junheng.studies.definitions import DefinitionChange, definition_changes
from junheng.studies.jumps import Jump, jumps
from junheng.studies.lineage import Change, Life, lives
from junheng.studies.monitoring import Study, assess

SELF_EVALUATION = (3, 31)
"""Month and day by which a county hands in its self-evaluation (standards.md §8, step 2)."""


@dataclass(frozen=True)
class SchoolYears:
    """One school over the years, whatever its code was."""

    life: Life
    parts: Mapping[Stage, Mapping[int, PartVerdict]]
    """By stage and year; a year in which the school was not measured is absent."""

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in Stage if stage in self.parts)


@dataclass(frozen=True)
class CountyYears:
    """One county over the years; a year in which it has no facts is absent."""

    code: str
    verdicts: Mapping[int, CountyVerdict]

    @property
    def name(self) -> str:
        """The latest name."""
        return self.verdicts[max(self.verdicts)].name

    @property
    def latest(self) -> CountyVerdict:
        return self.verdicts[max(self.verdicts)]

    @property
    def keys(self) -> tuple[tuple[Stage, str], ...]:
        """(stage, indicator) of every coefficient of variation of any year, in the scheme's order."""
        found = {(s.stage, s.indicator) for c in self.verdicts.values() for s in c.spreads}
        order = list(Stage)
        return tuple(sorted(found, key=lambda key: (order.index(key[0]), key[1])))

    def spread(self, stage: Stage, indicator: str) -> dict[int, SpreadVerdict]:
        """One coefficient of variation by year."""
        return {
            year: spread
            for year, county in self.verdicts.items()
            for spread in county.spreads
            if (spread.stage, spread.indicator) == (stage, indicator)
        }

    def measures(self, code: str) -> bool:
        """Whether coefficients of variation are taken of it."""
        return any(code == indicator for _, indicator in self.keys)

    @property
    def line_names(self) -> dict[str, str]:
        """Code → label of every line of any year; the latest label stands."""
        return {line.code: line.label for county in self.verdicts.values() for line in county.lines}

    def line(self, code: str) -> dict[int, Line]:
        """One line of the scheme (GV1 … VT7) by year."""
        return {
            year: line
            for year, county in self.verdicts.items()
            for line in county.lines
            if line.code == code
        }


@dataclass(frozen=True)
class Years:
    """Several studies side by side."""

    studies: Mapping[int, Study]
    counties: tuple[CountyYears, ...]
    schools: tuple[SchoolYears, ...]
    changes: tuple[DefinitionChange, ...]
    lineage: tuple[Change, ...]
    jumps: tuple[Jump, ...]

    @property
    def span(self) -> tuple[int, ...]:
        """Every school year from the first to the last, the missing ones included."""
        return tuple(range(min(self.studies), max(self.studies) + 1))

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(year for year in self.span if year not in self.studies)

    def changed(self, county: str, year: int, indicator: str, *, spread: bool = False) -> bool:
        """Whether the definition behind a figure is another than in the year before it."""
        return (county, year, indicator, spread) in self._changed

    @cached_property
    def _changed(self) -> frozenset[tuple[str, int, str, bool]]:
        codes = {i for c in self.counties for _, i in c.keys}
        codes |= {code for c in self.counties for code in c.line_names}
        return frozenset(
            (change.county, change.year, code, spread)
            for change in self.changes
            for code in codes
            for spread in (False, True)
            if change.concerns(code, spread=spread)
        )

    def school_points(self, code: str) -> list[tuple[Life, dict[int, Verdict]]]:
        """Schools that did not pass a line in some year, with what the line said of them each year."""
        said: dict[tuple[int, str], list[Verdict]] = {}
        for county in self.counties:
            for year, line in county.line(code).items():
                for point in (point for clause in line.clauses for point in clause.schools):
                    said.setdefault((year, point.school_code), []).append(point.verdict)
        found = []
        for school in self.schools:
            codes = school.life.codes.items()
            verdicts = {year: worst(said[year, c]) for year, c in codes if (year, c) in said}
            if {*verdicts.values()} & {Verdict.FAIL, Verdict.NO_DATA}:
                found.append((school.life, verdicts))
        return found

    def only(self, *, county: str = "", school: str = "", indicator: str = "") -> "Years":
        """The same years of one county or one school, found by any code it ever had.

        Raises MisuseError where there is no such county or school, or nobody has the indicator."""
        self._refuse_unknown(indicator)
        counties = tuple(c for c in self.counties if county in ("", c.code))
        schools = tuple(
            s
            for s in self.schools
            if county in ("", s.life.county) and (not school or school in s.life.codes.values())
        )
        if not counties:
            known = "、".join(f"{c.code} {c.name}" for c in self.counties)
            raise MisuseError(f"这几年的数据里没有区县“{county}”。有：{known}。")
        if school and not schools:
            raise MisuseError(f"这几年的数据里没有学校“{school}”。请核对学校代码。")
        if school:
            counties = tuple(c for c in counties if c.code in {s.life.county for s in schools})
        kept = {c.code for c in counties}
        codes = {code for s in schools for code in s.life.codes.values()}
        return Years(
            self.studies,
            counties,
            schools,
            tuple(c for c in self.changes if c.county in kept),
            tuple(c for c in self.lineage if {c.old_code, c.new_code} & codes),
            tuple(j for j in self.jumps if j.school_code in codes),
        )

    def _refuse_unknown(self, indicator: str) -> None:
        known = {i for c in self.counties for _, i in c.keys}
        known |= {code for c in self.counties for code in c.line_names}
        if indicator and indicator not in known:
            raise MisuseError(
                f"这几年的方案里没有指标“{indicator}”。有：{'、'.join(sorted(known))}。"
            )


def day_of(year: int) -> date:
    """31 March after the school year began."""
    return date(year + 1, *SELF_EVALUATION)


def follow(
    snapshots: Iterable[Snapshot],
    *,
    on: date | None = None,
    days: Mapping[int, date] | None = None,
    scheme: str = "2017-quality",
    variant: str = "",
    relaxations: Iterable[str] = (),
    readings: Mapping[str, str] | None = None,
) -> Years:
    """Assess each snapshot and put the years side by side.

    `on` judges all years by one day; `days` gives single years a day of their own; else each year
    is judged on 31 March after it began. Raises MisuseError for two snapshots of one year, a day
    for a year without snapshot, an unknown scheme, variant, relaxation or reading.
    """
    held = by_year(snapshots)
    switched, chosen = tuple(relaxations), days_of(held, on=on, days=days)
    return side_by_side(
        assess(
            snapshot,
            on=chosen[year],
            scheme=scheme,
            variant=variant,
            relaxations=switched,
            readings=readings,
        )
        for year, snapshot in held.items()
    )


def days_of(
    held: Collection[int], *, on: date | None, days: Mapping[int, date] | None
) -> dict[int, date]:
    """The day by which each of the years is judged. Raises MisuseError for a day without a snapshot."""
    unknown = sorted(set(days or {}) - set(held))
    if unknown:
        raise MisuseError(f"给了{'、'.join(map(str, unknown))}学年的日期，却没有这一学年的封存。")
    return {year: (days or {}).get(year) or on or day_of(year) for year in held}


def side_by_side(studies: Iterable[Study]) -> Years:
    """Studies of several years, each with its own settings, as lines over the years."""
    by_year = {study.assessment.year: study for study in studies}
    by_year = {year: by_year[year] for year in sorted(by_year)}
    if not by_year:
        raise MisuseError("没有可比的封存。请给出至少一次封存。")
    facts = {year: study.snapshot.facts for year, study in by_year.items()}
    lived, lineage = lives(facts)
    counties = _counties(by_year)
    return Years(
        by_year,
        counties,
        tuple(_schools(lived, by_year)),
        tuple(change for county in counties for change in _definitions(county)),
        lineage,
        jumps(lived, facts),
    )


def by_year(snapshots: Iterable[Snapshot]) -> dict[int, Snapshot]:
    """One snapshot a year, in order. Raises MisuseError where a year comes twice."""
    found: dict[int, Snapshot] = {}
    for each in snapshots:
        other = found.setdefault(each.facts.year, each)
        if other is not each:
            raise MisuseError(
                f"{each.facts.year}学年有两次封存：{other.path.name}、{each.path.name}。每个学年只能给一次。"
            )
    return {year: found[year] for year in sorted(found)}


def _counties(studies: Mapping[int, Study]) -> tuple[CountyYears, ...]:
    found: dict[str, dict[int, CountyVerdict]] = {}
    for year, study in studies.items():
        for county in study.assessment.counties:
            found.setdefault(county.code, {})[year] = county
    return tuple(CountyYears(code, found[code]) for code in sorted(found))


def _schools(lived: Iterable[Life], studies: Mapping[int, Study]) -> Iterable[SchoolYears]:
    parts = {
        (year, part.school_code, part.stage): part
        for year, study in studies.items()
        for part in study.assessment.parts
    }
    for life in lived:
        by_stage = {
            stage: {
                year: parts[year, code, stage]
                for year, code in life.codes.items()
                if (year, code, stage) in parts
            }
            for stage in Stage
        }
        yield SchoolYears(life, {stage: found for stage, found in by_stage.items() if found})


def _definitions(county: CountyYears) -> Iterable[DefinitionChange]:
    """Between each year and the one before it that the county has facts of."""
    years = sorted(county.verdicts)
    for before, year in pairwise(years):
        was, now = county.verdicts[before].standard, county.verdicts[year].standard
        yield from definition_changes(county.code, before, was, year, now)
