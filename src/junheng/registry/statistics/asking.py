"""How much the statistics filled, and what the county must still type."""

from collections import Counter
from collections.abc import Mapping, Sequence

from junheng.registry.applicability import School, must_fill
from junheng.registry.catalogue import tables
from junheng.registry.filing import Value
from junheng.registry.statistics.nouns import Asked, Found
from junheng.registry.template.prefill import certainly_not
from junheng.schema import Table


def inapplicable(values: Mapping[str, Mapping[str, Found]], year: int) -> dict[str, frozenset[str]]:
    """School code → blank columns that certainly have no meaning for the school."""
    columns = [
        column
        for table in tables().values()
        if table.per_school
        for column in table.column
        if column.applies != "always"
    ]
    return {
        code: frozenset(
            column.name
            for column in columns
            if column.name not in held and certainly_not(column, school)
        )
        for code, held in values.items()
        if (school := known(held, year))
    }


def known(held: Mapping[str, Found], year: int) -> dict[str, Value]:
    """What is known of a school, as the conditions of the declarations look at it."""
    return {**{name: found.value for name, found in held.items()}, "school_year": year}


def asked(
    values: Mapping[str, Mapping[str, Found]],
    never: Mapping[str, frozenset[str]],
    county: Mapping[str, Value],
    year: int,
) -> tuple[Asked, ...]:
    """Filled cells and cells left to type, table by table; lists and evidence are not counted.

    A blank cell counts as left where the school must fill it as far as its values are known, and
    as perhaps left where a value still to be typed decides that. `never` are the cells that do
    not apply.
    """
    schools = [(known(held, year), never[code]) for code, held in values.items()]
    return tuple(
        _form(table, county, [school for school, _ in schools])
        if table.form
        else _table(table, schools)
        for table in tables().values()
        if table.form or table.per_school
    )


def _form(table: Table, county: Mapping[str, Value], schools: Sequence[School]) -> Asked:
    about = {"special_schools": any(s.get("school_type") == "special" for s in schools)}
    blank = [column for column in table.column if column.name not in county]
    left = tuple(column.label for column in blank if must_fill(column, about))
    return Asked(table.label, len(county), len(left), 0, left)


def _table(table: Table, schools: Sequence[tuple[School, frozenset[str]]]) -> Asked:
    filled, perhaps, left = 0, 0, Counter[str]()
    columns = [c for c in table.column if c.name not in table.key or table.name == "schools"]
    for school, never in schools:
        for column in columns:
            if column.name in school:
                filled += 1
            elif column.name in never:
                continue
            elif must_fill(column, school):
                left[column.label] += 1
            elif column.required != "never" and school.get("school_type") != "special":
                perhaps += 1
    names = tuple(name for name, _ in left.most_common())
    return Asked(table.label, filled, left.total(), perhaps, names)
