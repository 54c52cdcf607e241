"""One worked example a clause: each flips its own line and no other, exactly at its limit."""

import tomllib
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Figure, Line, assess_facts
from junheng.indicators import CATALOGUE
from junheng.registry import tables
from junheng.schema import Kind
from junheng.standards import Standard, Switches, scheme
from worked.whole_county import ON, drop, facts_of, passing_county, put

FOLDER = Path(__file__).parent / "lines"
JUDGED = {"limit", "share", "every", "spread", "evidence", "official_result", "statement"}


class Put(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    table: str
    key: str
    column: str
    value: Any = None
    blank: bool = False


class Drop(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    table: str
    key: str


class Case(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    name: str
    set: tuple[Put, ...] = ()
    drop: tuple[Drop, ...] = ()
    verdict: str
    """Of the line."""
    school: str = ""
    stage: str = ""
    value: str = ""
    gap: str = ""
    reason: str = ""
    """A part of one of the line's reasons."""
    wanting: str = ""
    """How one of the things to file begins."""
    near: bool | None = None


class Example(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    title: str
    clause: str
    line: str
    worked_by: str
    source: str
    readings: dict[str, str] = {}
    case: tuple[Case, ...]


EXAMPLES = {
    path.stem: msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Example)
    for path in sorted(FOLDER.glob("*.toml"))
}
CASES = [(example, case) for example in EXAMPLES.values() for case in example.case]
each_case = pytest.mark.parametrize(
    ("example", "case"), CASES, ids=[f"{e.clause}-{c.name}" for e, c in CASES]
)


@cache
def assessed(clause: str, name: str) -> CountyVerdict:
    """The county with the changes of one case."""
    example, case = next((e, c) for e, c in CASES if (e.clause, c.name) == (clause, name))
    rows = passing_county()
    for each in case.set:
        put(rows, each.table, each.key, each.column, _value(each))
    for each in case.drop:
        drop(rows, each.table, each.key)
    switches = Switches(readings=example.readings)
    (county,) = assess_facts(facts_of(rows), on=ON, switches=switches).counties
    return county


def _value(each: Put) -> Any:
    columns = {column.name: column for table in tables().values() for column in table.column}
    if each.blank or columns[each.column].kind is not Kind.DATE:
        return None if each.blank else each.value
    return date.fromisoformat(each.value)


def line_of(example: Example, case: Case) -> Line:
    county = assessed(example.clause, case.name)
    return next(line for line in county.lines if line.code == example.line)


def clause_of(example: Example, case: Case) -> ClauseVerdict:
    return next(
        clause
        for clause in line_of(example, case).clauses
        if clause.demand.clause.code == example.clause
    )


def figure_of(example: Example, case: Case) -> Figure:
    clause = clause_of(example, case)
    points = [p for p in clause.schools if case.school == p.school_code]
    figures = [f for p in points for f in p.figures] if case.school else clause.figures
    known = [f for f in figures if case.stage in ("", f.stage)]
    if case.value:
        known = [f for f in known if f.value == Fraction(case.value)]
    assert len(known) >= 1, [(f.label, f.stage, f.value) for f in figures]
    return known[0]


def test_the_county_without_changes_meets_every_line():
    (county,) = assess_facts(facts_of(passing_county()), on=ON).counties
    assert [str(line.verdict) for line in county.lines] == ["达标"] * 39
    assert [str(area.verdict) for area in county.areas] == ["达标"] * 5
    assert (county.verdict, county.resource, county.reasons) == ("达标", "达标", ())
    told = {line.code: line.reasons for line in county.lines if line.reasons}
    assert list(told) == ["GV14"], "only the rural share is shown beside"
    assert told["GV14"][0].startswith("分配名额中农村学校所占比例45%")
    assert not any(line.wanting for line in county.lines)
    figures = [f for line in county.lines for c in line.clauses for f in c.figures]
    assert not any(figure.gap for figure in figures)


@each_case
def test_the_line_comes_out_as_worked_and_no_other_changes(example, case):
    county = assessed(example.clause, case.name)
    told = {line.code: str(line.verdict) for line in county.lines}
    assert told == dict.fromkeys(told, "达标") | {example.line: case.verdict}


@each_case
def test_area_and_county_conclude_from_the_line(example, case):
    county = assessed(example.clause, case.name)
    areas = {line.code: area for area in county.areas for line in area.lines}
    lines = [str(line.verdict) for line in areas[example.line].lines]
    weaker = next(word for word in ("未达标", "缺数据", "达标", "不适用") if word in lines)
    assert (areas[example.line].verdict, county.verdict) == (weaker, weaker)
    assert bool(county.reasons) is (weaker != "达标")
    if weaker != "达标":
        assert county.reasons[0].startswith(areas[example.line].title)
        assert example.line in county.reasons[0] or areas[example.line].code == "resource"


@each_case
def test_value_gap_and_nearness_come_out_as_worked(example, case):
    if not (case.value or case.gap or case.near is not None):
        assert case.reason or case.wanting or case.verdict == "达标"
        return
    figure = figure_of(example, case)
    assert figure.value == (Fraction(case.value) if case.value else None)
    assert case.gap in ("", figure.gap)
    assert bool(figure.gap) is (figure.verdict == "未达标")
    assert case.near in (None, figure.near)
    assert figure.formula
    assert figure.numbers


@each_case
def test_what_is_lacking_and_why_is_said(example, case):
    clause = clause_of(example, case)
    line = line_of(example, case)
    assert clause.reasons or clause.verdict == "达标"
    assert bool(line.wanting) is (line.verdict == "缺数据")
    if case.reason:
        assert any(case.reason in reason for reason in line.reasons), line.reasons
    if case.wanting:
        assert any(each.startswith(case.wanting) for each in line.wanting), line.wanting
    if case.verdict == "未达标" and case.school:
        assert [p.school_code for p in line.failing_schools] == [case.school]


def test_every_clause_of_the_scheme_that_decides_a_line_has_a_worked_example():
    codes = {line.code for area in scheme("2017-quality").area for line in area.line}
    demands = Standard.at("410199", ON).demands.values()
    decisive = {
        d.clause.code
        for d in demands
        if d.clause.kind in JUDGED - {"spread"} and codes & set(d.clause.indicators)
    }
    assert decisive <= {example.clause for example in EXAMPLES.values()}


def test_every_indicator_of_schools_and_counties_has_a_worked_example():
    whole = {code for code, each in CATALOGUE.items() if each.grain != "part"}
    assert whole <= {example.clause for example in EXAMPLES.values()}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_holds_on_its_limit_and_breaks_one_unit_past_it(example):
    verdicts = {case.verdict for case in example.case}
    assert len(verdicts) > 1
    assert example.worked_by
    assert example.source
