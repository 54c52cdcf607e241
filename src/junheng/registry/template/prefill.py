"""This year's form out of last year's return: what is stable stands there, the rest is blank."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from junheng.errors import MisuseError
from junheng.registry.applicability import applies
from junheng.registry.catalogue import school_columns, tables
from junheng.registry.template.contents import Contents, Row, Rows
from junheng.schema import Column, Table
from junheng.years import SchoolYear

OWNERS = ("school_code", "scope", "county_code", "place")
SPARE = 25
SPARE_AFTER_RECORDS = 10


def prefill(
    last: Rows, *, county_name: str, year: int | None, schools: Sequence[str] | None
) -> Contents:
    """Carried columns of `last`, a row for each school on every per-school sheet, and — where a
    column certainly does not apply. Yearly counts stay blank, and evidence whose validity ends
    before the year begins is left out.

    Raises MisuseError where `last` holds several counties and `county_name` is none of them.
    """
    county = _county(last, county_name)
    wide = _wide(last, county if len(last.get("county", ())) > 1 else None)
    codes = list(wide) if schools is None else list(schools)
    known = {code: wide.get(code, {"school_code": code}) for code in codes}
    units = {*known, county.get("county_code")} - {None}
    rows = {
        table.name: _rows(table, last, known, units)
        for table in tables().values()
        if not table.form
    }
    rows["evidence"] = [row for row in rows["evidence"] if not _lapsed(row, year)]
    form = {name: county.get(name) for name, c in tables()["county"].columns().items() if c.carried}
    form.update(county_name=county_name or county.get("county_name"), filing_year=year)
    rows["county"] = [form]
    return Contents(
        rows,
        _inapplicable(rows, known, year),
        carried=bool(last),
        spare=SPARE_AFTER_RECORDS if codes else SPARE,
    )


def _county(last: Rows, county_name: str) -> Row:
    found = last.get("county", ())
    if len(found) <= 1:
        return found[0] if found else {}
    named = [row for row in found if row.get("county_name") == county_name]
    if len(named) == 1:
        return named[0]
    names = "、".join(str(row.get("county_name")) for row in found)
    raise MisuseError(f"上年数据里有 {len(found)} 个区县：{names}。请用区县名称指明其中一个。")


def _wide(last: Rows, county: Row | None) -> dict[str, dict[str, Any]]:
    """All that was filed for each school, by code, register first; only `county`'s if given."""
    wide: dict[str, dict[str, Any]] = {}
    for table in tables().values():
        if table.per_school or table.name == "register":
            for row in last.get(table.name, ()):
                known = wide.setdefault(str(row["school_code"]), {})
                known.update((k, v) for k, v in row.items() if v is not None)
    if county is None:
        return wide
    code = county.get("county_code")
    return {each: row for each, row in wide.items() if row.get("location_unit") == code}


def _rows(table: Table, last: Rows, known: Mapping[str, Row], units: Collection[Any]) -> list[Row]:
    columns = [column.name for column in table.column if column.carried]
    if table.per_school or table.name == "register":
        return [{name: known[code].get(name) for name in columns} for code in known]
    if not set(table.key) <= set(columns):
        return []
    return [
        {name: row.get(name) for name in columns}
        for row in last.get(table.name, ())
        if owner(row) in units
    ]


def owner(row: Row) -> Any:
    """The school or the county to which a row of a list belongs."""
    return next((row[each] for each in OWNERS if each in row), None)


def _lapsed(row: Row, year: int | None) -> bool:
    """Evidence no longer valid when the new school year begins is asked for anew."""
    until = row.get("valid_to")
    return year is not None and isinstance(until, date) and until < SchoolYear(year).first_day


def _inapplicable(
    rows: Rows, known: Mapping[str, Row], year: int | None
) -> dict[tuple[str, str], frozenset[str]]:
    found = {}
    for code, row in known.items():
        school = {**row, "school_year": year}
        for table in tables().values():
            if table.per_school:
                found[table.name, code] = frozenset(
                    c.name for c in table.column if certainly_not(c, school)
                )
    types = {row.get("school_type") for row in known.values()}
    if types and None not in types:
        county = {"special_schools": "special" in types}
        key = str(rows["county"][0].get("county_code"))
        found["county", key] = frozenset(
            c.name for c in tables()["county"].column if not applies(c, county)
        )
    return found


class _Watched(dict[str, Any]):
    """A school that remembers which values a condition asked for in vain."""

    def __init__(self, school: Row) -> None:
        super().__init__(school)
        self.unknown: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        value = super().get(key)
        if value is None:
            self.unknown.add(key)
            return default
        return value


def certainly_not(column: Column, school: Row) -> bool:
    """Whether `column` does not apply whatever the values are that nobody filed yet."""
    if column.applies == "always":
        return False
    watched = _Watched(school)
    if applies(column, watched):
        return False
    return all(_rightly_empty(name, school) for name in watched.unknown)


def _rightly_empty(name: str, school: Row) -> bool:
    column = school_columns().get(name)
    return column is not None and certainly_not(column, school)
