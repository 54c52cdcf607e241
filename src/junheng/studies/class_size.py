"""The class-size plan of a snapshot: the plan, the years it leads to as the engine judges them, a receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from junheng.diagnosis import Assessment, CountyVerdict, Verdict, assess_facts
from junheng.plan import ClassSizePlan, load_prices, plan_class_sizes, read_entrants
from junheng.registry import Snapshot
from junheng.standards import Switches
from junheng.studies.class_size_record import class_size_record
from junheng.studies.receipt import clauses_of, code_sha256

LINE = "GV5"
RESOURCE_LINES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")


@dataclass(frozen=True)
class PlanReceipt:
    """Facts, rules, prices and code of one plan."""

    facts: str
    seal: str
    year: int
    plan: str
    """Hash of the plan."""
    settings: Mapping[str, Any]
    clauses: tuple[dict[str, str], ...]
    code_version: str
    code_sha256: str

    def to_json(self) -> dict[str, Any]:
        return {
            "facts": self.facts,
            "seal": self.seal,
            "year": self.year,
            "plan": self.plan,
            "settings": dict(self.settings),
            "clauses": list(self.clauses),
            "code_version": self.code_version,
            "code_sha256": self.code_sha256,
        }


@dataclass(frozen=True)
class ClassSizeStudy:
    """A class-size plan, the snapshot it was made from, and what the engine says of its years."""

    snapshot: Snapshot
    answer: ClassSizePlan
    today: Assessment
    ahead: Mapping[int, Assessment]
    """Planned year → the projection of that year, assessed by the ordinary engine."""
    receipt: PlanReceipt

    @cached_property
    def record(self) -> dict[str, Any]:
        """The answer as JSON-ready data; its shape is `class_size.schema.json` beside this file."""
        return class_size_record(
            self.answer, self.receipt.to_json(), {y: self.failing(y) for y in self.years}
        )

    @property
    def years(self) -> tuple[int, ...]:
        """Today's school year and the planned ones."""
        return (self.today.year, *self.ahead)

    def assessment(self, year: int) -> Assessment:
        """The assessment of today, or of the projection of a planned year."""
        return self.today if year == self.today.year else self.ahead[year]

    def failing(self, year: int) -> dict[str, int]:
        """Line → schools that fail it in that year, GV5 first, then L1–L7."""
        lines = [line for c in self.assessment(year).counties for line in c.lines]
        return {
            code: sum(len(line.failing_schools) for line in lines if line.code == code)
            for code in (LINE, *RESOURCE_LINES)
        }

    def county(self, year: int, code: str) -> CountyVerdict:
        return next(c for c in self.assessment(year).counties if c.code == code)

    def class_size_verdicts(self, year: int) -> dict[str, Verdict]:
        """School → its verdict on GV5 in that year."""
        return {
            point.school_code: point.verdict
            for county in self.assessment(year).counties
            for line in county.lines
            if line.code == LINE
            for clause in line.clauses
            for point in clause.schools
        }


def plan_classes(
    snapshot: Snapshot,
    *,
    on: date,
    years: int,
    scheme: str = "2017-quality",
    prices: str | Path | None = None,
    entrants: str | Path | None = None,
    within_m: int | None = None,
    reorganise: bool = False,
    switches: Switches | None = None,
) -> ClassSizeStudy:
    """The class-size plan of a snapshot, and its projections assessed.

    `prices` None takes the demonstration list, `entrants` None repeats this year's entrants,
    `within_m` None the platform's own distance. Raises MisuseError, UnreadableFileError or
    DeclarationError where a choice or a file does not fit."""
    answer = plan_class_sizes(
        snapshot.facts,
        on=on,
        years=years,
        scheme=scheme,
        switches=switches,
        prices=load_prices(prices),
        entrants=read_entrants(entrants),
        within_m=within_m,
        reorganise=reorganise,
    )

    def judged(facts: Any) -> Assessment:
        return assess_facts(facts, on=on, scheme=scheme, switches=switches)

    ahead = {year: judged(answer.plan.apply(snapshot, year=year).facts) for year in answer.years}
    return ClassSizeStudy(
        snapshot, answer, judged(snapshot.facts), ahead, _receipt(snapshot, answer)
    )


def _receipt(snapshot: Snapshot, answer: ClassSizePlan) -> PlanReceipt:
    rows = [row for county in answer.counties for row in clauses_of(county.law.standard)]
    rows += [
        {
            "code": demand.clause.code,
            "document": demand.document.name,
            "title": demand.document.title,
            "article": demand.clause.article,
            "gist": demand.clause.gist,
            "source": demand.clause.source,
            "confidence": demand.clause.confidence,
            "note": demand.clause.note,
        }
        for county in answer.counties
        for demand in county.law.demands
    ]
    unique = {tuple(sorted(row.items())): row for row in rows}
    return PlanReceipt(
        facts=answer.plan.basis,
        seal=snapshot.path.name,
        year=answer.plan.base_year,
        plan=answer.plan.hash,
        settings=answer.plan.settings,
        clauses=tuple(unique[key] for key in sorted(unique)),
        code_version=version("junheng"),
        code_sha256=code_sha256(),
    )
