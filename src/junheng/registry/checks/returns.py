"""What the checks look at: the returns of a round, joined by school, each value with its cell.

A cell says one of three things to a relation: a value, *nothing there* (不适用: counts as absent
in a sum) or *unknown* (blank, unclear, refused by the reader). A relation with an unknown term is
not judged: missing is not zero.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from junheng.registry.checks.descent import changes_of
from junheng.registry.checks.history import History
from junheng.registry.checks.listed import Listed
from junheng.registry.evidence_files import EvidenceFolder
from junheng.registry.filing import Filing, Origin, Record, Value

if TYPE_CHECKING:
    from junheng.registry.facts import Facts

Number = int | Decimal
"""Counts and amounts; exact, never a float."""


@dataclass(frozen=True)
class Problem:
    """Something a kind found, before level and wording of its rule are added."""

    origin: Origin
    table: str
    key: tuple[str, ...]
    column: str
    found: str
    hint: str = ""
    """What the numbers suggest, put before the rule's way to mend."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Values for the braces of the rule's `allowed`."""


@dataclass(frozen=True)
class Unchecked:
    """A rule that could not be judged here, with the reason in Chinese."""

    reason: str


def problem_at(
    record: Record,
    column: str,
    found: str,
    *,
    hint: str = "",
    numbers: Mapping[str, str] | None = None,
) -> Problem:
    """A problem at the cell of `column`, or at the row where the record has no such cell."""
    entry = record.entries.get(column)
    origin = record.origin if entry is None else entry.origin
    return Problem(origin, record.table, record.key, column, found, hint, numbers or {})


@dataclass(frozen=True)
class Return:
    """All that one school, or one county, filed."""

    code: str
    records: Mapping[str, Record]
    """By table."""
    tables: Mapping[str, str]
    """Column → the table that holds it."""
    values: Mapping[str, Any]
    """Known values by column; where the unit was evidently mistaken, the value meant."""
    nothing: frozenset[str]
    """Columns without a meaning for this return."""
    free: frozenset[str] = frozenset()
    """Columns left blank, or —, where that is allowed."""
    meant: Mapping[str, Value] = field(default_factory=dict)
    """Values replaced in `values` because their unit was evidently mistaken."""

    def total(self, columns: Iterable[str]) -> Number | None:
        """Sum over `columns`; None where one of them is unknown."""
        found: Number = 0
        for column in columns:
            value = self.values.get(column)
            if value is not None:
                found += value
            elif column not in self.nothing:
                return None
        return found

    def total_where_filed(self, columns: Iterable[str]) -> Number | None:
        """As `total`, but what may stay blank and does counts as nothing there."""
        return self.total(each for each in columns if each not in self.free)

    def problem(
        self, column: str, found: str, *, hint: str = "", numbers: Mapping[str, str] | None = None
    ) -> Problem:
        """A problem at this return's cell of `column`."""
        record = self.records.get(self.tables[column]) or next(iter(self.records.values()))
        return problem_at(record, column, found, hint=hint, numbers=numbers)

    def filed(self, column: str) -> Value | None:
        """The value as it stands in the cell."""
        record = self.records.get(self.tables[column])
        return record.value(column) if record is not None else None


@dataclass(frozen=True)
class School(Return):
    """One school's rows of the per-school tables."""

    @property
    def name(self) -> str:
        return str(self.values.get("school_name") or self.code)

    @property
    def type(self) -> str | None:
        return self.values.get("school_type")

    @property
    def county(self) -> str | None:
        return self.values.get("location_unit")

    @property
    def settlement(self) -> str:
        """城乡分类代码; empty where unknown."""
        return str(self.values.get("urban_rural_code") or "")

    @property
    def compulsory_pupils(self) -> Number | None:
        """Primary and junior pupils, attached classes among them."""
        return self.total(PRIMARY_PUPILS + JUNIOR_PUPILS)


@dataclass(frozen=True)
class County(Return):
    """One county form."""

    year: int | None = None

    @property
    def name(self) -> str:
        return str(self.values.get("county_name") or self.code)


PRIMARY_PUPILS = ("enrolment_primary", "attached_primary_enrolment")
JUNIOR_PUPILS = ("enrolment_junior", "attached_junior_enrolment")
ALL_PUPILS = (*PRIMARY_PUPILS, *JUNIOR_PUPILS, "enrolment_senior")


@dataclass(frozen=True)
class Round:
    """Everything filed for one year, ready to be compared."""

    filing: Filing
    year: int | None
    schools: Mapping[str, School]
    counties: Mapping[str, County]
    register: tuple[Record, ...]
    rows: Mapping[str, Mapping[str, tuple[Record, ...]]]
    """Rows of the list tables by table and first key (school or county code)."""
    blank: tuple[tuple[Record, str], ...] = ()
    dashed: tuple[tuple[Record, str], ...] = ()
    needless: tuple[tuple[Record, str], ...] = ()
    absent: tuple[tuple[School, str], ...] = ()
    """Schools without a row in a table where they must have one."""
    strays: tuple[Record, ...] = ()
    """First row, a code, of what names a school that 学校基本情况 lacks."""
    repeated: tuple[tuple[Record, Record], ...] = ()
    """A row and the earlier one with the same key."""
    nameless: tuple[Record, ...] = ()
    """Rows whose key is blank or unclear: they cannot be joined."""
    unread: frozenset[str] = frozenset()
    """Tables without a single row, where the reader has said that something is not there."""
    earlier: Mapping[int, "Facts"] = field(default_factory=dict)
    """Facts of earlier years, by year."""
    on: date | None = None
    """The day on which this was filed, where it is known."""
    folder: EvidenceFolder | None = None
    """The evidence files, where they were given."""

    def unreadable(self, table: str) -> int:
        """How many rows of a table cannot be joined; the reader has named them."""
        return sum(each.table == table for each in self.nameless)

    @cached_property
    def history(self) -> History:
        """What the schools of today were in earlier years."""
        changes = changes_of(
            {name: record.value(name) for name in record.entries}
            for rows in self.rows["lineage"].values()
            for record in rows
        )
        return History(self.year, self.earlier, changes, tuple(self.schools))

    @cached_property
    def lists(self) -> Mapping[str, Listed]:
        """The rows of the list tables."""
        return {table: Listed(rows) for table, rows in self.rows.items()}

    @cached_property
    def class_sizes(self) -> Mapping[str, Mapping[str, Sequence[int]]]:
        """Pupils of each listed class, by school and stage; not of schools where one is unknown."""
        return _gathered(self.rows["classes"], "stage", "pupils")

    @cached_property
    def class_grades(self) -> Mapping[str, Mapping[int, Sequence[int]]]:
        """The same by school and grade."""
        return _gathered(self.rows["classes"], "grade", "pupils")

    @cached_property
    def listed(self) -> Mapping[str, Record]:
        """Rows of 学校名册 by code."""
        return {each.key[0]: each for each in self.register}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code under which something was filed or is listed."""
        return frozenset((*self.schools, *self.listed, *(each.key[0] for each in self.strays)))

    @cached_property
    def children(self) -> Mapping[str, tuple[School, ...]]:
        """Rows that do not count as a school (不计校数), by the code of their main school."""
        found: dict[str, list[School]] = {}
        for school in self.schools.values():
            found.setdefault(str(school.values.get("parent_school_code")), []).append(school)
        return {code: tuple(schools) for code, schools in found.items()}

    @cached_property
    def missing(self) -> tuple[Record, ...]:
        """Rows of 学校名册 of schools that must file and filed nothing."""
        filed = {*self.schools, *(each.key[0] for each in self.strays)}
        return tuple(
            each
            for each in self.register
            if each.key[0] not in filed and each.value("school_type") not in UPPER_TYPES
        )

    @cached_property
    def schools_of(self) -> Mapping[str, tuple[School, ...]]:
        """Schools by the county in which they lie."""
        found: dict[str, list[School]] = {code: [] for code in self.counties}
        for school in self.schools.values():
            if school.county in found:
                found[school.county].append(school)
        return {code: tuple(schools) for code, schools in found.items()}

    def incomplete(self, county: County) -> str | None:
        """Why sums over this county's schools cannot be taken; None where they can."""
        lost = [each for each in self.missing if self._may_lie_in(each, county)]
        if lost:
            return f"学校名册中还有 {len(lost)} 所学校没有填报"
        if self.strays or any(self.misplaced(school) for school in self.schools.values()):
            return "有学校的所在区县没有填清"
        return None

    def misplaced(self, school: School) -> bool:
        """It is not sure in which of the counties filed the school lies."""
        return is_misplaced(school, self.listed.get(school.code), self.counties)

    def _may_lie_in(self, listed: Record, county: County) -> bool:
        """Where the register does not say which county, any may be meant."""
        return listed.value("location_unit") in (county.code, None)


def is_misplaced(school: School, listed: Record | None, counties: Container[str]) -> bool:
    """The county is blank, has filed nothing, or is not the one of the register."""
    there = listed.value("location_unit") if listed is not None else None
    return (
        school.county is None or school.county not in counties or there not in (school.county, None)
    )


def _gathered(
    rows: Mapping[str, Iterable[Record]], by: str, column: str
) -> dict[str, dict[Any, list[int]]]:
    """First key → value of one column → values of another; without keys where one is unknown."""
    found: dict[str, dict[Any, list[int]]] = {}
    for code, records in rows.items():
        here: dict[Any, list[int]] = {}
        for record in records:
            name, value = record.filed.get(by), record.filed.get(column)
            if name is None or not isinstance(value, int):
                break
            here.setdefault(name, []).append(value)
        else:
            found[code] = here
    return found


UPPER_TYPES = frozenset({"senior", "vocational"})
"""They file only where they have attached junior classes."""
