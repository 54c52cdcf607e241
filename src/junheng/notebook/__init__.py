"""Five lines in a notebook: read, check, seal, assess, explain. `import junheng` gives these names.

    filing = junheng.read("示例县.xlsx")
    report = junheng.check(filing)
    snapshot = junheng.seal(report, "store", year=2025, by="填报人", on="2025-10-20")
    study = junheng.assess(snapshot, on="2026-03-31")
    junheng.explain(study, school="2141990001", indicator="L5")

Results print themselves as readable tables; `.table` gives the data as a Polars frame.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from junheng import publish, registry, standards, studies
from junheng.freezing import frozen
from junheng.garbage import uncollected
from junheng.notebook.balance import BalanceBoard
from junheng.notebook.shown import Shown
from junheng.notebook.years import YearBoard, opened
from junheng.registry import Facts, Filing, Report, Snapshot
from junheng.standards import Switches, read_document

if TYPE_CHECKING:
    from rich.console import RenderableType

    from junheng.notebook.planning import ClassSizeBoard, ComplianceBoard


@frozen
class CheckReport(Shown):
    """What `check` found."""

    report: Report

    def _view(self) -> "RenderableType":
        return publish.show_findings(self.report)

    @cached_property
    def table(self) -> pl.DataFrame:
        """One row a finding: level, check, file, sheet, cell, found, allowed, mend."""
        rows = [
            (f.level.value, f.check, f.origin.file, f.origin.sheet, f.origin.cell, f.found, f.allowed, f.mend)
            for f in self.report.findings
        ]  # fmt: skip
        names = ("level", "check", "file", "sheet", "cell", "found", "allowed", "mend")
        return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")

    @property
    def acceptable(self) -> bool:
        return self.report.acceptable


@frozen
class ReadingsStudy(Shown):
    """Which verdicts hold under every open reading; `write(folder)` leaves JSON and Excel there."""

    readings: "studies.Readings"

    def _view(self) -> "RenderableType":
        return publish.show_readings(self.readings)

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_readings(self.readings, Path(out))


@frozen
class Comparison(Shown):
    """What another document changes; `write(folder)` leaves JSON and Excel there."""

    found: "studies.Against"

    def _view(self) -> "RenderableType":
        return publish.show_against(self.found)

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_against(self.found, Path(out))


@frozen
class AssessedStudy(Shown):
    """What `assess` concluded; `write(folder)` leaves the data files and the Excel book there."""

    study: "studies.Study"

    def _view(self) -> "RenderableType":
        return publish.show_assessment(self.study)

    @property
    def table(self) -> pl.DataFrame:
        return self.study.table

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_results(self.study, Path(out))

    def readings(self) -> ReadingsStudy:
        """The same study under every open reading of the rules: which verdicts hold."""
        return ReadingsStudy(
            studies.read_every_way(
                self.study.snapshot,
                on=self.study.assessment.on,
                scheme=self.study.assessment.scheme,
                switches=self._switches,
            )
        )

    def against(self, other: str | Path) -> Comparison:
        """The same study under another rule file: which verdicts and schools change."""
        return Comparison(
            studies.assess_against(
                self.study.snapshot,
                on=self.study.assessment.on,
                other=read_document(Path(other)),
                scheme=self.study.assessment.scheme,
                switches=self._switches,
            )
        )

    def balance(self) -> BalanceBoard:
        """How unequal all schools of all counties are, and between whom."""
        return BalanceBoard(studies.balance_of([self.study]))

    def class_sizes(self, *, years: int, **choices: Any) -> "ClassSizeBoard":
        """How each school comes to legal classes; the choices are those of `studies.plan_classes`."""
        from junheng.notebook.planning import ClassSizeBoard

        assessment = self.study.assessment
        choices |= {"scheme": assessment.scheme, "switches": self._switches}
        return ClassSizeBoard(
            studies.plan_classes(self.study.snapshot, on=assessment.on, years=years, **choices)
        )

    def comply(self, *, by: int, **choices: Any) -> "ComplianceBoard":
        """What makes the counties comply at least cost; the choices are those of `studies.plan_to_comply`."""
        from junheng.notebook.planning import ComplianceBoard

        assessment = self.study.assessment
        choices |= {"scheme": assessment.scheme, "switches": self._switches}
        return ComplianceBoard(
            studies.plan_to_comply(self.study.snapshot, on=assessment.on, by=by, **choices)
        )

    @property
    def _switches(self) -> Switches:
        counties = self.study.assessment.counties
        return counties[0].standard.switches if counties else Switches()


@frozen
class Explanation(Shown):
    """One or several verdicts, opened up."""

    found: "studies.Opened"

    def _view(self) -> "RenderableType":
        from rich.console import Group

        return Group(*(publish.show_explanation(each) for each in self.found))


@frozen
class TargetBoard(Shown):
    """Where the policy's targets stand; `write(folder)` leaves JSON and 目标册 there."""

    study: "studies.TargetStudy"

    def _view(self) -> "RenderableType":
        return publish.show_targets(self.study)

    @property
    def table(self) -> pl.DataFrame:
        return self.study.table

    def write(self, out: str | Path) -> list[Path]:
        return publish.write_targets(self.study, Path(out))


@frozen
class Standing(Shown):
    """What `in_force` lists: all that binds a place on a day, and who said it."""

    items: "tuple[standards.Item, ...]"
    place: str
    on: date

    def _view(self) -> "RenderableType":
        return publish.show_standing(self.items, self.place, self.on)

    @cached_property
    def table(self) -> pl.DataFrame:
        """One row an item: document, kind, code, text, source, confidence."""
        names = ("document", "kind", "code", "text", "source", "confidence")
        rows = [publish.rule_row(item) for item in self.items]
        return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")


def read(*paths: str | Path) -> Filing:
    """Read workbooks, CSV files or folders of them."""
    return registry.read([Path(path) for path in paths])


def check(
    filing: Filing,
    *,
    year: int | None = None,
    last: Facts | Snapshot | Sequence[Facts | Snapshot] | None = None,
    on: str | date | None = None,
    evidence: str | Path | None = None,
) -> CheckReport:
    """All problems in one pass; `last`: earlier years, `evidence`: the folder of its files."""
    folder = None if evidence is None else Path(evidence)
    day = None if on is None else _day(on)
    return CheckReport(registry.check(filing, year=year, last=last, on=day, evidence=folder))


def seal(report: CheckReport, store: str | Path, *, year: int, by: str, on: str | date) -> Snapshot:
    """Freeze what passed; raises RefusedError while something is 必须改."""
    filed = report.report if isinstance(report, CheckReport) else report
    return registry.seal(filed, Path(store), year=year, by=by, on=_day(on))


def assess(
    snapshot: Snapshot | str | Path,
    *,
    on: str | date,
    variant: str = "",
    relaxations: Sequence[str] = (),
    readings: Mapping[str, str] | None = None,
    scheme: str = "2017-quality",
) -> AssessedStudy:
    """The verdict of a snapshot (or of the path of one) by what is in force on `on`."""
    with uncollected():
        opened = snapshot if isinstance(snapshot, Snapshot) else Snapshot.open(Path(snapshot))
        study = studies.assess(
            opened,
            on=_day(on),
            scheme=scheme,
            variant=variant,
            relaxations=relaxations,
            readings=readings,
        )
    return AssessedStudy(study)


def explain(
    study: AssessedStudy,
    *,
    school: str | None = None,
    county: str | None = None,
    indicator: str | None = None,
) -> Explanation:
    """Open the verdicts of one school, or one CV or line of one county."""
    return Explanation(studies.explain(study.study, school=school, county=county, code=indicator))


def targets(
    *snapshots: Snapshot | str | Path,
    on: str | date,
    readings: Mapping[str, str] | None = None,
    recover_by: str | date | None = None,
) -> TargetBoard:
    """Where the policy's targets stand on `on`, from any number of snapshots (or their paths)."""
    until = None if recover_by is None else _day(recover_by)
    return TargetBoard(
        studies.follow_targets(opened(snapshots), on=_day(on), readings=readings, recover_by=until)
    )


def follow(
    *snapshots: Snapshot | str | Path,
    on: str | date | None = None,
    scheme: str = "2017-quality",
    variant: str = "",
    relaxations: Sequence[str] = (),
    readings: Mapping[str, str] | None = None,
) -> YearBoard:
    """Several school years side by side, each judged on 31 March after it began, or all on `on`."""
    return YearBoard(
        studies.follow(
            opened(snapshots), on=None if on is None else _day(on), scheme=scheme, variant=variant,
            relaxations=relaxations, readings=readings,
        )
    )  # fmt: skip


def in_force(place: str, *, on: str | date, kinds: Sequence[str] = ()) -> Standing:
    """All clauses, norms, open points and commitments that bind a place (code or name) on a day."""
    code, day = standards.place_of(place), _day(on)
    return Standing(standards.in_force(code, day, kinds=kinds), code, day)


def _day(on: str | date) -> date:
    return on if isinstance(on, date) else date.fromisoformat(on)
