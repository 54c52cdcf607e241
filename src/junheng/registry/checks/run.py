"""Check a filing: all rules, all at once, every finding at its cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from junheng.errors import MisuseError
from junheng.garbage import uncollected
from junheng.registry.applicability import JUNIOR_TYPES, PRIMARY_TYPES
from junheng.registry.checks import (  # noqa: F401
    between,
    classes,
    corrections,
    county,
    evidence_rows,
    facilities,
    files,
    flags,
    grades,
    last_year,
    lineage,
    lists,
    progress,
    register,
    relations,
    results,
    rows,
    screens,
    structure,
)
from junheng.registry.checks.files import verified
from junheng.registry.checks.gathering import gather
from junheng.registry.checks.kinds import KINDS
from junheng.registry.checks.relations import meant_value
from junheng.registry.checks.reporting import (
    answered,
    finding,
    in_reading_order,
    left_unverified,
)
from junheng.registry.checks.returns import County, Round, School, Unchecked
from junheng.registry.checks.rule import Rule, natural, rules
from junheng.registry.checks.screening import Columns, suspects
from junheng.registry.evidence_files import survey
from junheng.registry.filing import Filing, Finding, Report

if TYPE_CHECKING:
    from junheng.registry.facts import Facts
    from junheng.registry.snapshot import Snapshot

COMPULSORY_TYPES = PRIMARY_TYPES | JUNIOR_TYPES


Earlier: TypeAlias = "Facts | Snapshot | Sequence[Facts | Snapshot]"


def check(
    filing: Filing,
    *,
    year: int | None = None,
    last: "Earlier | None" = None,
    on: date | None = None,
    evidence: Path | None = None,
) -> Report:
    """Every problem of a filing in one pass, with what could not be verified.

    `year` is the first calendar year of the school year; without it, that of the county forms.
    `last` are facts or snapshots of earlier years, one or several: the year before is compared
    (rules of change), and three years before (cohort). `on` is the day of filing: documents must
    be dated before it, and evidence be valid on it. `evidence` is the folder of the evidence
    files, whose hashes are verified.
    The findings of reading are kept; cells they refuse are unknown to every rule. Blanks and
    zeros in cells that do not apply become 不适用 in `Report.filing`.
    Raises MisuseError where two of `last` are of one year, or `evidence` is no folder.
    """
    with uncollected():
        return _check(filing, year, _earlier(last), on, evidence)


def _check(
    filing: Filing,
    year: int | None,
    earlier: Sequence["Facts"],
    on: date | None,
    evidence: Path | None,
) -> Report:
    folder = survey(evidence) if evidence is not None else None
    round_ = gather(filing, year=year, earlier=earlier, on=on, folder=folder)
    found: list[Finding] = list(filing.findings)
    unverified = left_unverified(round_)
    slips = [rule for rule in rules() if rule.kind == "unit_slip"]
    others = [rule for rule in rules() if rule.kind != "unit_slip"]
    subjects = Subjects(round_)
    mended = Subjects(_with_units_mended(round_, slips, subjects))
    for chosen, stand in ((slips, subjects), (others, mended)):
        run_found, run_unverified = _run(chosen, stand)
        found += run_found
        unverified += run_unverified
    records = round_.filing.records
    return Report(
        filing=round_.filing,
        findings=in_reading_order(answered(found, records)),
        missing_schools=tuple(
            (each.key[0], str(each.value("school_name") or each.key[0])) for each in round_.missing
        ),
        unverified=tuple(sorted(dict.fromkeys(unverified), key=lambda u: (natural(u[0]), u[1]))),
        evidence=verified(round_),
    )


def _earlier(last: "Earlier | None") -> "list[Facts]":
    if last is None or (isinstance(last, Sequence) and not last):
        return []
    from junheng.registry.facts import Facts
    from junheng.registry.snapshot import Snapshot

    given = [last] if isinstance(last, Facts | Snapshot) else list(last)
    found = [each.facts if isinstance(each, Snapshot) else each for each in given]
    for year, count in Counter(each.year for each in found).items():
        if count > 1:
            raise MisuseError(
                f"给出了 {count} 份 {year} 年的数据，不知道该与哪一份比较。请每年只给一份。"
            )
    return found


def _run(
    chosen: Iterable[Rule], subjects: "Subjects"
) -> tuple[list[Finding], list[tuple[str, str]]]:
    found: list[Finding] = []
    unverified: list[tuple[str, str]] = []
    for rule in chosen:
        judge = KINDS[rule.kind]
        for subject in subjects.of(rule):
            for outcome in judge(rule, subject, subjects.round):
                if isinstance(outcome, Unchecked):
                    unverified.append((rule.code, outcome.reason))
                else:
                    found.append(finding(rule, outcome))
    return found, unverified


class Subjects:
    """What the rules of a round look at."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self._schools = Columns(list(round_.schools.values()), round_)
        self._counties = Columns(list(round_.counties.values()), round_)
        self._met: dict[int, list[Any]] = {}

    def of(self, rule: Rule) -> Sequence[Any]:
        """The schools or counties that may break the rule, or the round as a whole."""
        met = self._met.get(id(rule))  # rules are kept, and many share a code
        if met is None:
            met = self._met[id(rule)] = list(self._of(rule))
        return met

    def _of(self, rule: Rule) -> Iterator[Any]:
        if rule.per == "filing":
            yield self.round
            return
        columns = self._counties if rule.per == "county" else self._schools
        for place in suspects(rule, columns):
            subject = columns.returns[place]
            if not isinstance(subject, School) or _concerns(rule, subject):
                yield subject


def _concerns(rule: Rule, school: School) -> bool:
    if rule.compulsory and school.type not in COMPULSORY_TYPES:
        return False
    return not rule.counted or school.values.get("counts_as_school") is True


def _with_units_mended(round_: Round, slips: Iterable[Rule], subjects: Subjects) -> Round:
    """The round with evidently mistaken units put right, so that one slip is one finding."""
    schools: dict[str, School] = dict(round_.schools)
    counties: dict[str, County] = dict(round_.counties)
    for rule in slips:
        homes: Mapping[str, dict[str, Any]] = {"school": schools, "county": counties}
        for subject in subjects.of(rule):
            meant = meant_value(rule, subject)
            if meant is not None:
                home, column = homes[rule.per], rule.left[0]
                now = home[subject.code]
                home[subject.code] = replace(
                    now,
                    values={**now.values, column: meant},
                    meant={**now.meant, column: meant},
                )
    return replace(round_, schools=schools, counties=counties)
