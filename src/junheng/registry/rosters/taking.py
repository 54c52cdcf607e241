"""Registers in, figures out: every school of the list with what can be counted of it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial

import polars as pl

from junheng.registry.catalogue import school_columns, tables
from junheng.registry.facts import schema_of
from junheng.registry.filing import Finding, Level, Source
from junheng.registry.rosters.classes import class_findings
from junheng.registry.rosters.declaring import Roster, shipped
from junheng.registry.rosters.engine import Beside, Engine
from junheng.registry.rosters.faults import faults
from junheng.registry.rosters.figuring import (
    class_list,
    figures_query,
    names_met,
    numbered_classes,
    stages_met,
)
from junheng.registry.rosters.findings import finding, in_order
from junheng.registry.rosters.grouping import Grouped, grouped
from junheng.registry.rosters.opening import COUNTED, Opened
from junheng.registry.rosters.placing import placed, stages_allowed
from junheng.registry.rosters.recognising import CLASSES, SCHOOLS
from junheng.registry.rosters.scanning import Raw, scanned
from junheng.registry.rosters.schools import Schools, read_schools

NAMED = 6


@dataclass(frozen=True)
class Taken:
    """One register as it was counted."""

    roster: Roster
    files: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Counted:
    """What came of the registers; no row of a person is in it, and nothing is written by making it."""

    year: int
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    taken: tuple[Taken, ...]
    schools: pl.DataFrame
    """A row a school, a column for every template column that the list or a register gives."""
    rows: pl.DataFrame
    """school_code, and for each register how many of its rows are the school's."""
    classes: pl.DataFrame
    """The list of classes, as the template asks for it."""
    counties: Mapping[str, str] = field(default_factory=dict)
    """County code → name, where the list of schools names it."""

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level is Level.MUST_FIX)


def counted(
    opened: Opened,
    sources: Sequence[Future[Source]],
    scans: Mapping[str, Future[Raw]],
    db: Engine,
    beside: Beside,
    *,
    year: int,
    unique: bool,
) -> Counted:
    """`counting.count_registers` of what the files hold.

    `sources` are the files by content, still being hashed; `scans` the registers of which the scan
    is begun already.
    """
    schools = read_schools(opened.of(SCHOOLS), db)
    findings = [*opened.findings, *schools.findings, *_lacking(opened)]
    counting = _Counting(opened, schools, findings, scans, db, beside)
    return counting.count(year, sources, unique=unique)


def _lacking(opened: Opened) -> list[Finding]:
    there = {part.roster.name for part in opened.parts}
    lacking = [
        what
        for what, missing in (
            ("学校名册", SCHOOLS not in there),
            ("学籍、教师台账、用房台账中的任何一种", not there & set(COUNTED)),
        )
        if missing
    ]
    rule = "要有学校名册和至少一种台账"
    mend = "请一并给出；学校名册可以是填报工作簿，也可以是封存库里的 schools.parquet"
    return [
        finding("A16", Level.MUST_FIX, "给出的文件", f"没有{each}", rule, mend) for each in lacking
    ]


class _Counting:
    """The registers one after the other, each in one pass."""

    def __init__(
        self,
        opened: Opened,
        schools: Schools,
        findings: list[Finding],
        scans: Mapping[str, Future[Raw]],
        db: Engine,
        beside: Beside,
    ) -> None:
        self._opened, self._schools, self._findings = opened, schools, findings
        self._scans, self._db, self._beside = scans, db, beside
        self._grouped: dict[str, Grouped] = {}
        self._classes: Future[pl.DataFrame] | None = None
        self._taken: list[Taken] = []

    def count(self, year: int, sources: Sequence[Future[Source]], *, unique: bool) -> Counted:
        wide = self._schools.frame
        rows = wide.select("school_code")
        if len(wide):
            named = wide.select("school_code", "school_type").with_row_index("place")
            self._db.fill_columns("schools", named)
        allowed = stages_allowed(shipped()["pupils"])
        for name in (*COUNTED, CLASSES):
            parts = self._opened.of(name)
            if not parts or wide.is_empty():
                continue
            scan = self._scans.get(name)
            raw = scan.result() if scan is not None else scanned(parts, self._db)
            found = self._grouped[name] = grouped(parts, raw, self._db)
            if name == "pupils" and not unique:  # the search for repeated keys needs the memory
                self._list_classes(found, wide["school_code"])
            self._findings += faults(found, parts, allowed, self._db, unique=unique)
            files = tuple(dict.fromkeys(part.name for part in parts))
            self._taken.append(Taken(found.roster, files, sum(part.rows for part in parts)))
            if name == "pupils" and unique:
                self._list_classes(found, wide["school_code"])
            if name in COUNTED:
                wide, rows = self._figures(found, wide, rows)
        self._compare_classes()
        return Counted(
            year=year,
            findings=in_order(self._findings),
            sources=tuple(each.result() for each in sources),
            taken=tuple(self._taken),
            schools=wide,
            rows=rows,
            classes=schema_of(tables()["classes"]).to_frame()
            if self._classes is None
            else self._classes.result(),
            counties=dict(sorted(self._schools.counties.items())),
        )

    def _list_classes(self, pupils: Grouped, schools: pl.Series) -> None:
        """Begin the list of classes: it takes as long as all figures."""
        listing = partial(_class_list, pupils, class_list(pupils), schools)
        self._classes = self._beside.begin(listing)

    def _figures(
        self, found: Grouped, wide: pl.DataFrame, rows: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        name = found.roster.name
        staged = "stage" in found.keys or found.roster.stages
        met = stages_met(found, self._db) if staged else None
        figures = self._db.frame(figures_query(found, met))
        wide = placed(wide, found.roster, figures, met or frozenset())
        own = wide.select("school_code", pl.col("rows").cast(pl.Int64).alias(name))
        none = own.filter(pl.col(name).is_null())["school_code"].to_list()
        if none:
            said = "、".join(none[:NAMED]) + ("等" if len(none) > NAMED else "")
            self._findings.append(
                finding(
                    "A12",
                    Level.NOTE,
                    found.roster.label,
                    f"名册上有 {len(none)} 所学校没有一行：{said}",
                    "没有登记不等于 0，这些学校的栏目留空",
                    "请核对是否漏交；确实没有的，填报时填 0",
                )
            )
        return wide.drop("rows"), rows.join(own, on="school_code", maintain_order="left")

    def _compare_classes(self) -> None:
        if "pupils" in self._grouped and CLASSES in self._grouped:
            self._findings += class_findings(
                self._grouped["pupils"], self._grouped[CLASSES],
                self._opened.of("pupils"), self._opened.of(CLASSES), self._db,
            )  # fmt: skip


def _class_list(pupils: Grouped, query: str, schools: pl.Series, db: Engine) -> pl.DataFrame:
    """The list of classes as the template asks for it; `schools`: every code, in order."""
    numbered = numbered_classes(db.frame(query), names_met(pupils), schools, pupils.roster)
    return numbered.cast(schema_of(tables()["classes"]))


def columns_counted(rosters: Sequence[Roster]) -> frozenset[str]:
    """Template columns that these registers may give."""
    return (
        frozenset(c for r in rosters for f in r.figure for c in f.columns) & school_columns().keys()
    )
