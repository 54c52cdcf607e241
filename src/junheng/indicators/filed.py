"""Whole schools and counties as filed, before any indicator reads them: one record a school, merged.

Merged rows (不计校数) count with their parent, as in `merging`. Special-education and vocational
schools stand here too: which schools an indicator asks is said in `asking`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from junheng.freezing import frozen
from junheng.indicators.absences import Missing
from junheng.indicators.class_sizes import ClassSizes, bins
from junheng.indicators.parts import Parts
from junheng.indicators.stages import School
from junheng.registry import NOT_APPLICABLE, Facts, school_columns
from junheng.registry.applicability import CONDITIONS, must_fill
from junheng.schema import Stage

Form = Mapping[str, Any]

MAY_ATTACH = {
    "attached_primary_enrolment": "may_attach_primary",
    "attached_junior_enrolment": "may_attach_junior",
}
"""Pupils in attached classes, and who may have such classes."""


@frozen
class FiledSchool:
    """One school after merging."""

    row: School
    members: tuple[School, ...]
    """The rows it was made of, its own first."""
    listed: Mapping[str, Mapping[Stage, Sequence[int]]]
    """Row that has a class list → pupils of each class on it."""
    dashes: frozenset[tuple[str, str]]
    """(school, column) filed as — anywhere in the facts."""
    form: Form
    """The return of its county; empty where that was not filed."""

    @property
    def code(self) -> str:
        return str(self.row["school_code"])

    @property
    def name(self) -> str:
        return str(self.row["school_name"])

    def pupils(self, stage: Stage) -> int | None:
        found = self.row[f"pupils_{stage}"]
        return None if found is None else int(found)

    def class_sizes(self, stage: Stage) -> ClassSizes:
        """Of each row what it filed: a campus that says nothing does not unsay the others, and what
        the others listed does not speak for it."""
        lists = {code: by[stage] for code, by in self.listed.items() if by.get(stage)}
        columns = [f"{each.column}_{stage}" for each in bins()]
        largest = f"max_class_size_{stage}"
        return ClassSizes(
            tuple(pupils for each in lists.values() for pupils in each),
            tuple(None if self.owes(column) else self.row[column] for column in columns),
            tuple(any(member[column] for member in self.members) for column in columns),
            tuple(m[largest] for m in self.members if m[largest] is not None),
            any(self._owes(m, largest) for m in self.members if m["school_code"] not in lists),
        )

    def owes(self, column: str) -> bool:
        """Whether one of its rows had to file the column and did not, or would have to if it had
        the attached classes of which it said nothing."""
        return any(self._owes(member, column) for member in self.members)

    def _owes(self, member: School, column: str) -> bool:
        return (
            member[column] is None
            and (member["school_code"], column) not in self.dashes
            and must_fill(school_columns()[column], self._with_classes_unsaid(member))
        )

    def _with_classes_unsaid(self, member: School) -> School:
        """The row as if it had the attached classes that it neither counted nor denied."""
        unsaid = [
            column
            for column, may_attach in MAY_ATTACH.items()
            if member[column] is None
            and (member["school_code"], column) not in self.dashes
            and CONDITIONS[may_attach](member)
        ]
        return {**member, **dict.fromkeys(unsaid, 1)}


@frozen
class FiledCounty:
    """Everything that clauses on whole schools and on the county read."""

    code: str
    schools: tuple[FiledSchool, ...]
    """In order of code."""
    absent: tuple[Missing, ...]
    """Schools of compulsory stages that should have filed and did not."""
    special: tuple[tuple[str, str], ...]
    """(code, name) of its special-education schools, filed or only on the register."""
    form: Form


def gather(facts: Facts, parts: Parts) -> dict[str, FiledCounty]:
    """What each county filed, by county code, from the schools that `parts` merged."""
    forms = {row["county_code"]: row for row in facts["county"].iter_rows(named=True)}
    rows = {
        row["school_code"]: {**row, "school_year": facts.year}
        for row in facts.schools.iter_rows(named=True)
    }
    listed = _listed(facts)
    dashes = frozenset(
        (k, c) for t, k, c, m, _ in facts.marks.iter_rows() if m == NOT_APPLICABLE and t != "county"
    )
    schools: dict[str, list[FiledSchool]] = defaultdict(list)
    for row in sorted(parts.schools, key=lambda each: str(each["school_code"])):
        codes = [row["school_code"], *row["merged"]]
        schools[row["location_unit"]].append(
            FiledSchool(
                row,
                tuple(rows[code] for code in codes),
                {code: listed[code] for code in codes if code in listed},
                dashes,
                forms.get(row["location_unit"], {}),
            )
        )
    filed = {school.code for group in schools.values() for school in group}
    absent: dict[str, list[Missing]] = defaultdict(list)
    for each in parts.missing:
        if each.code not in filed:
            absent[each.county].append(each)
    special = _special(facts)
    return {
        code: FiledCounty(
            code,
            tuple(schools[code]),
            tuple(absent[code]),
            tuple(sorted(special[code])),
            forms.get(code, {}),
        )
        for code in {*forms, *schools, *absent, *special}
    }


def _listed(facts: Facts) -> dict[str, dict[Stage, list[int]]]:
    found: dict[str, dict[Stage, list[int]]] = defaultdict(lambda: defaultdict(list))
    for code, stage, pupils in (
        facts["classes"].select("school_code", "stage", "pupils").iter_rows()
    ):
        if None not in (stage, pupils):
            found[code][Stage(stage)].append(pupils)
    return found


def _special(facts: Facts) -> dict[str, set[tuple[str, str]]]:
    """Special-education schools that count as schools; classes attached to others are none."""
    attached = {
        code
        for code, counts in facts["schools"].select("school_code", "counts_as_school").iter_rows()
        if counts is False
    }
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    named = ("location_unit", "school_code", "school_name", "school_type")
    for table in ("register", "schools"):
        for county, code, name, school_type in facts[table].select(named).iter_rows():
            if school_type == SPECIAL and code not in attached:
                found[county].add((code, name))
    return found


SPECIAL = "special"
