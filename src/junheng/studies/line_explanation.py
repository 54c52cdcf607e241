"""Why a line GV1 … VT7 is judged as it is: clauses, figures, records and the cells that were read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Line, SchoolPoint
from junheng.errors import MisuseError
from junheng.indicators.merging import merged
from junheng.registry import NOT_APPLICABLE, school_columns, table_of, tables
from junheng.registry.facts import facts_unit
from junheng.registry.layout import NO, YES
from junheng.schema import Column, Merge
from junheng.studies.explanation import Input
from junheng.studies.monitoring import Study

RECORDS = {"evidence": "indicator", "official_results": "indicator", "statements": "item"}
"""Tables whose rows are filed for a line, and the column that names it."""
NOT_FILED = "未填报"


@dataclass(frozen=True)
class LineExplanation:
    """One line of one county, or what its clauses say of one school of it."""

    county: CountyVerdict
    line: Line
    school: str
    """Code of the school asked for; empty = the county."""
    points: tuple[tuple[ClauseVerdict, SchoolPoint], ...]
    """What each clause says of that school; empty for the county."""
    inputs: tuple[Input, ...]
    records: tuple[dict[str, Any], ...]
    """Rows of evidence, official results and statements that were filed for it."""


def explain_line(study: Study, county: str, code: str) -> LineExplanation:
    """A line of a county; raises MisuseError where county or line are not known."""
    found = next((c for c in study.assessment.counties if c.code == county), None)
    if found is None:
        known = "、".join(f"{c.code}{c.name}" for c in study.assessment.counties)
        raise MisuseError(f"这份数据里没有区县“{county}”。有：{known}。")
    line = _line(found, code)
    form = tables()["county"]
    inputs = (_input(study, "county", county, c) for c in form.column if code in c.used_by)
    records = tuple(records_of(study, code, county))
    return LineExplanation(found, line, "", (), tuple(x for x in inputs if x), records)


def explain_school_line(study: Study, school: str, code: str) -> LineExplanation:
    """What a line says of one school; raises MisuseError where no clause of it asks that school."""
    for county in study.assessment.counties:
        if code not in {line.code for line in county.lines}:
            continue
        line = _line(county, code)
        points = tuple(
            (clause, point)
            for clause in line.clauses
            for point in clause.schools
            if point.school_code == school
        )
        if points:
            inputs = _school_inputs(study, county, school, code)
            records = tuple(records_of(study, code, school))
            return LineExplanation(
                county, line, school, points, tuple(x for x in inputs if x), records
            )
    raise MisuseError(
        f"“{code}”没有对学校“{school}”逐校判定。请核对学校代码；全县的结论请用 --county。"
    )


def _school_inputs(
    study: Study, county: CountyVerdict, school: str, code: str
) -> Iterator[Input | None]:
    """What the school filed for the line, and what the rows merged into it (不计校数) filed."""
    counted, _ = merged(study.snapshot.facts, county.standard)
    campuses: list[str] = next((s["merged"] for s in counted if s["school_code"] == school), [])
    for column in school_columns().values():
        if code in column.used_by:
            own = column.merge is Merge.PARENT
            for each in [school] if own else [school, *campuses]:
                yield _input(study, table_of(column.name).name, each, column)


def _line(county: CountyVerdict, code: str) -> Line:
    found = next((line for line in county.lines if line.code == code), None)
    if found is None:
        known = "、".join(line.code for line in county.lines)
        raise MisuseError(f"这个方案没有“{code}”这一项。可用：{known}。")
    return found


def _input(study: Study, table: str, key: str, column: Column) -> Input | None:
    """A filed value with its cell, or what was not filed; None where it has no meaning there."""
    facts = study.snapshot.facts
    first = tables()[table].key[0]
    rows = facts[table].filter(**{first: key})
    if not len(rows) or _inapplicable(study, table, key, column.name):
        return None
    value = rows[column.name][0]
    cells = study.snapshot.origins.filter(table=table, key=key, column=column.name)
    origin = "；".join(
        f"{r['file']} {r['sheet']}!{r['cell']}（原文“{r['raw']}”）"
        for r in cells.iter_rows(named=True)
    )
    return Input(
        key,
        column.name,
        column.label,
        NOT_FILED if value is None else told_value(value, column),
        facts_unit(column),
        origin,
        facts.mark(table, key, column.name) or "",
    )


def told_value(value: Any, column: Column) -> str:
    """A filed value in words: 是, 否, the word of a code, a number without idle zeros."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return column.choices.get(str(value), str(value))


def _inapplicable(study: Study, table: str, key: str, column: str) -> bool:
    found = study.snapshot.facts.marks.filter(
        table=table, key=key, column=column, mark=NOT_APPLICABLE
    )
    return len(found) > 0


def records_of(study: Study, code: str, scope: str) -> Iterator[dict[str, Any]]:
    """The rows filed for the line by the county or the school, words in place of codes."""
    for table, named in RECORDS.items():
        declared = tables()[table].columns()
        owner = "scope" if table == "evidence" else "county_code"
        rows = study.snapshot.facts[table].filter(**{named: code, owner: scope})
        for row in rows.iter_rows(named=True):
            yield {
                declared[name].label: told_value(value, declared[name])
                for name, value in row.items()
                if value is not None and name not in ("sha256", owner, named)
            }
