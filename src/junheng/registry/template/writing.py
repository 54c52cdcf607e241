"""Writing the workbook: prefilled, one a school, or complete. All the same code."""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from junheng.errors import MisuseError
from junheng.registry.catalogue import tables
from junheng.registry.facts import Facts
from junheng.registry.filing import Filing
from junheng.registry.layout import VERSION_SHEET, template_version
from junheng.registry.template.choices import Lists
from junheng.registry.template.contents import (
    Contents,
    Mark,
    Row,
    Rows,
    from_rows,
    rows_of_facts,
    rows_of_filing,
)
from junheng.registry.template.form_sheet import write_form
from junheng.registry.template.instructions import Instructions
from junheng.registry.template.looks import BODY, BODY_SIZE, Looks
from junheng.registry.template.prefill import owner, prefill
from junheng.registry.template.row_sheet import RowSheet
from junheng.registry.template.wording import COUNTY_TABLES
from junheng.registry.whole_file import write_whole
from junheng.years import SchoolYear

CREATED = datetime(2025, 9, 1, tzinfo=UTC).replace(tzinfo=None)
"""Stands in every workbook in place of the clock, so that the same input gives the same bytes."""
SUBJECT = "义务教育优质均衡"
NAMING = ("county_code", "county_name", "filing_year")
COUNTY_FILE = "00区县填报表.xlsx"


def write_template(
    path: Path,
    *,
    county_name: str = "",
    year: int | None = None,
    facts: Facts | None = None,
    filing: Filing | None = None,
    schools: Sequence[str] | None = None,
) -> None:
    """Write the workbook to be filled in.

    `facts` or `filing` is last year's return: what is stable is prefilled, every school gets its
    row on every per-school sheet, yearly counts stay blank. `year` is the first calendar year of
    the school year; `schools` limits the rows to these codes. Same input, same bytes.
    Raises MisuseError where both are given, or where they hold several counties and
    `county_name` is none of them.
    """
    last = _last_year(facts, filing)
    contents = prefill(last, county_name=county_name, year=year, schools=schools)
    _write(path, contents, county_name=county_name, year=year)


def write_school_templates(
    folder: Path,
    *,
    county_name: str = "",
    year: int | None = None,
    facts: Facts | None = None,
    filing: Filing | None = None,
    schools: Sequence[str] | None = None,
) -> tuple[Path, ...]:
    """Write one workbook a school into `folder`, and one for the county office; returns the paths.

    A school's workbook holds its own rows, its evidence among them; of the county only code, name
    and year. The county's workbook (00区县填报表.xlsx) holds the county form, the whole register
    and the county's own evidence and lists. Schools are those of
    last year's return, or `schools`. Raises MisuseError where there is no school.
    """
    last = _last_year(facts, filing)
    whole = prefill(last, county_name=county_name, year=year, schools=schools)
    codes = [str(row["school_code"]) for row in whole.rows["register"]]
    if not codes:
        raise MisuseError("一校一簿需要学校名单。请给出上年的填报表，或学校代码。")
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / COUNTY_FILE]
    _write(written[0], _county_only(whole, codes), county_name=county_name, year=year)
    by_school = _by_school(whole)
    for code in codes:
        contents = _one_school(whole, code, by_school[code])
        written.append(folder / _file_name(code, whole.names.get(code, "")))
        _write(written[-1], contents, county_name=county_name, year=year)
    return tuple(written)


def write_one_template(
    path: Path,
    *,
    school: str = "",
    county_name: str = "",
    year: int | None = None,
    facts: Facts | None = None,
    filing: Filing | None = None,
    schools: Sequence[str] | None = None,
    known: Rows | None = None,
) -> None:
    """Write the workbook of one school, or with `school` empty that of the county office.

    The same workbooks as those of `write_school_templates`, one at a time: for who hands them out
    when they are asked for. `schools` are the codes of the county's schools for the office's register.
    `known` are rows that stand in place of last year's where there are none: the county's name and
    code, a new school's name.
    """
    last = _last_year(facts, filing)
    last = {**(known or {}), **{name: rows for name, rows in last.items() if rows}}
    codes = [school] if school else schools
    whole = prefill(last, county_name=county_name, year=year, schools=codes)
    if school:
        contents = _one_school(whole, school, _by_school(whole)[school])
    else:
        contents = _county_only(whole, [str(row["school_code"]) for row in whole.rows["register"]])
    _write(path, contents, county_name=county_name, year=year)


def write_filled(
    path: Path,
    rows: Rows | Facts,
    marks: Iterable[Mark] = (),
    *,
    year: int | None = None,
    county_name: str = "",
    more: Callable[[Workbook], None] | None = None,
) -> None:
    """Write the workbook as a clerk would have filled it.

    `rows` are plain rows by table in facts units (money in yuan, areas in m², Decimal), written in
    the order given and in the units of the headings; `marks` as in `Facts.marks`: 不适用 is
    written —, an 异常说明 beside its value. Facts bring their own marks. `more` may add sheets of
    its own that the reader passes over.
    Raises MisuseError where `rows` hold more than one county.
    """
    _write(path, from_rows(rows, marks), county_name=county_name, year=year, more=more)


def _last_year(facts: Facts | None, filing: Filing | None) -> Rows:
    if facts is not None and filing is not None:
        raise MisuseError("上年数据只能给一份：封存的事实，或填报的工作簿。")
    if facts is not None:
        return rows_of_facts(facts)
    return rows_of_filing(filing) if filing is not None else {}


def _county_only(whole: Contents, schools: Collection[str]) -> Contents:
    """What the county office fills: its form, its lists, and the evidence that is no school's."""
    rows = {name: whole.rows.get(name, ()) for name in ("county", *sorted(COUNTY_TABLES))}
    rows["evidence"] = [r for r in whole.rows.get("evidence", ()) if owner(r) not in schools]
    return Contents(rows, whole.inapplicable, carried=whole.carried, spare=whole.spare)


def _by_school(whole: Contents) -> dict[str, dict[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table, rows in whole.rows.items():
        for row in rows:
            if table not in COUNTY_TABLES or table == "register":
                found[str(owner(row))][table].append(row)
    return found


def _one_school(whole: Contents, code: str, rows: Mapping[str, Sequence[Row]]) -> Contents:
    """The school's own rows; of the county what names it, and no — in what others fill."""
    county = {name: whole.form_row.get(name) for name in NAMING}
    marks = {where: columns for where, columns in whole.inapplicable.items() if where[1] == code}
    return Contents({**rows, "county": [county]}, marks, carried=whole.carried, spare=whole.spare)


def _file_name(code: str, name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', "_", f"{code}{name}") + ".xlsx"


def _write(
    path: Path,
    contents: Contents,
    *,
    county_name: str,
    year: int | None,
    more: Callable[[Workbook], None] | None = None,
) -> None:
    content = io.BytesIO()
    book = Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "default_format_properties": {"font_name": BODY, "font_size": BODY_SIZE},
        },
    )
    book.set_properties({"title": f"{SUBJECT}填报表", "created": CREATED})
    looks, lists = Looks(book), Lists(book)
    place = county_name or str(contents.form_row.get("county_name") or "")
    term = f"（{SchoolYear(year)}）" if year is not None else ""
    Instructions(book, looks).write(
        f"{place}{SUBJECT}填报说明{term}", year, carried=contents.carried
    )
    for table in tables().values():
        name = f"{place}{SUBJECT}填报表"
        if table.form:
            write_form(book, table, f"{name}：{table.label}{term}", contents, looks, lists)
        else:
            RowSheet(book, table, looks, lists).write(name, term, contents)
    if more is not None:
        more(book)
    version = book.add_worksheet(VERSION_SHEET)
    version.write_row(0, 0, ["template", template_version()])
    version.very_hidden()
    book.close()
    write_whole(path, content.getvalue())
