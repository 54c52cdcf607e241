"""Several years side by side: days, gaps, figures by year, changes of definition, jumps and reasons."""

import json
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator
from worked.building import COUNTY, rows_of, school

from junheng.diagnosis import Verdict
from junheng.errors import MisuseError
from junheng.registry import EXPLAINED, Facts, Snapshot
from junheng.schema import Stage
from junheng.standards import Standard, Switches, documents
from junheng.studies import (
    Years,
    assess,
    follow,
    screen,
    side_by_side,
    years_record,
    years_table,
)
from junheng.studies.definitions import DefinitionChange, definition_changes

MARK = tuple[str, str, str, str, str]


def snapshot(year: int, *schools: dict, marks: list[MARK] | None = None, **more) -> Snapshot:
    county = [{"county_code": COUNTY, "county_name": "示例县", "filing_year": year}]
    rows = rows_of(list(schools), county=county, **more)
    return Snapshot(Path(f"{year}-seal"), Facts.from_rows(rows, marks or [], year=year), {})


def primary(code: str = "2141000001", **filed) -> dict:
    return school(code, "primary", {"primary": 200}, founding_year=1990, **filed)


def two_years(**filed) -> Years:
    return follow([snapshot(2025, primary(**filed)), snapshot(2024, primary())])


# --- days and gaps -----------------------------------------------------------------------------


def test_each_year_is_judged_on_31_march_after_it_began_in_order_of_years():
    years = two_years()
    assert list(years.studies) == [2024, 2025]
    assert [s.assessment.on for s in years.studies.values()] == [
        date(2025, 3, 31),
        date(2026, 3, 31),
    ]


def test_all_years_may_be_judged_on_one_day_and_one_of_them_on_its_own():
    held = [snapshot(2024, primary()), snapshot(2025, primary())]
    on, own = date(2026, 3, 31), date(2025, 6, 30)
    years = follow(held, on=on, days={2024: own})
    assert [s.assessment.on for s in years.studies.values()] == [own, on]


def test_a_missing_year_is_a_gap_in_every_line():
    years = follow([snapshot(2022, primary()), snapshot(2025, primary())])
    assert years.span == (2022, 2023, 2024, 2025)
    assert years.missing == (2023, 2024)
    (county,) = years.counties
    assert set(county.spread(Stage.PRIMARY, "L5")) == {2022, 2025}
    assert set(years.schools[0].parts[Stage.PRIMARY]) == {2022, 2025}


def test_two_snapshots_of_one_year_and_a_day_without_a_snapshot_are_refused():
    with pytest.raises(MisuseError, match="2025学年有两次封存"):
        follow([snapshot(2025, primary()), snapshot(2025, primary())])
    with pytest.raises(MisuseError, match="给了2023学年的日期"):
        follow([snapshot(2025, primary())], days={2023: date(2024, 3, 31)})
    with pytest.raises(MisuseError, match="没有可比的封存"):
        follow([])


# --- figures -----------------------------------------------------------------------------------


def test_values_and_verdicts_stand_by_year_along_one_school_whatever_its_code():
    linked = {"old_code": "2141000001", "new_code": "3141000001", "change": "type_changed"}
    before = snapshot(2024, primary(sports_ground_area_m2="1500"))
    after = snapshot(2025, primary("3141000001", sports_ground_area_m2="1400"), lineage=[linked])
    (line,) = follow([before, after]).schools
    values = {y: p.of("L5").value for y, p in line.parts[Stage.PRIMARY].items()}
    assert values == {2024: Fraction("7.5"), 2025: Fraction(7)}
    verdicts = {y: p.of("L5").verdict for y, p in line.parts[Stage.PRIMARY].items()}
    assert verdicts == {2024: Verdict.PASS, 2025: Verdict.FAIL}


def test_every_line_of_the_scheme_stands_by_year():
    (county,) = two_years().counties
    assert set(county.line_names) >= {"L1", "GV5", "QL4", "SR1", "VT7"}
    assert all(set(county.line(code)) == {2024, 2025} for code in county.line_names)


def test_one_school_is_found_by_any_code_it_ever_had_and_strangers_are_refused():
    linked = {"old_code": "2141000001", "new_code": "3141000001", "change": "type_changed"}
    after = snapshot(2025, primary("3141000001"), primary("2141000002"), lineage=[linked])
    years = follow([snapshot(2024, primary(), primary("2141000002")), after])
    assert [s.life.code for s in years.only(school="2141000001").schools] == ["3141000001"]
    assert len(years.only(county=COUNTY).schools) == 2
    for wrong in ({"school": "9999999999"}, {"county": "410101"}, {"indicator": "L9"}):
        with pytest.raises(MisuseError, match="没有"):
            years.only(**wrong)


# --- definitions -------------------------------------------------------------------------------


def test_years_under_the_same_rules_have_no_change():
    assert two_years().changes == ()


def test_another_variant_touches_the_coefficients_only():
    held = [snapshot(y, primary(), primary("2141000002")) for y in (2024, 2025)]
    years = side_by_side(
        assess(s, on=date(2026, 3, 31), variant=v)
        for s, v in zip(held, ("", "unweighted_pop"), strict=True)
    )
    change = next(c for c in years.changes if c.kind == "差异系数算法")
    assert change.touches == ("cv",)
    assert years.changed(COUNTY, 2025, "L5", spread=True)
    assert not years.changed(COUNTY, 2025, "L5")
    assert not years.changed(COUNTY, 2024, "L5", spread=True)


def test_a_relaxation_switched_on_touches_its_indicator_only():
    held = [snapshot(y, primary()) for y in (2024, 2025)]
    years = side_by_side(
        assess(s, on=date(2026, 3, 31), relaxations=r)
        for s, r in zip(held, ((), ("X2",)), strict=True)
    )
    change = next(c for c in years.changes if c.kind == "例外")
    assert (change.code, change.was) == ("X2", "未启用")
    assert years.changed(COUNTY, 2025, "L5")
    assert not years.changed(COUNTY, 2025, "L6")


def test_another_scheme_touches_everything():
    held = [snapshot(y, primary()) for y in (2024, 2025)]
    on = date(2026, 3, 31)
    years = side_by_side([assess(held[0], on=on, scheme="2012-basic"), assess(held[1], on=on)])
    change = next(c for c in years.changes if c.kind == "方案")
    assert change.touches == ("*",)
    assert years.changed(COUNTY, 2025, "L1")


def _amended(**changed) -> tuple[DefinitionChange, ...]:
    """What differs where a draft replaces the clause L5 (or another) with some fields changed."""
    law = documents()["教督〔2017〕6号"]
    code = changed.pop("code", "L5")
    old = next(clause for clause in law.clause if clause.code == code)
    clause = msgspec.structs.replace(old, **changed)
    draft = msgspec.structs.replace(
        law,
        number="试行〔2025〕1号",
        amends=(law.name,),
        clause=(clause,),
        relaxation=(),
        switch=(),
    )
    was = Standard.at(COUNTY, date(2025, 3, 31))
    now = Standard.at(COUNTY, date(2026, 3, 31), drafts=(draft,))
    return definition_changes(COUNTY, 2024, was, 2025, now)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"at_least": {"primary": "7.6", "junior": "10.2"}}, "限值（不低于）：primary=7.6"),
        ({"article": "第五条"}, "条号：第五条"),
        ({"source": "S2"}, "来源：S2"),
        ({"measure": "L4"}, "公式："),
        ({"confidence": "M"}, "置信：M"),
    ],
    ids=["limit", "article", "source", "formula", "confidence"],
)
def test_a_clause_with_another_limit_article_source_or_formula_is_marked(changed, words):
    (change,) = _amended(**changed)
    assert (change.kind, change.code, change.touches) == ("条款", "L5", ("L5",))
    assert words in change.now
    assert "文件：试行〔2025〕1号" in change.now
    assert change.concerns("L5")
    assert not change.concerns("L4")


def test_another_wording_of_ours_alone_is_no_change_of_definition():
    (change,) = _amended(gist="换一种说法")
    assert change.now == "文件：试行〔2025〕1号", "only the document is another"


def test_the_limit_of_the_coefficients_touches_every_one_of_them():
    code = Standard.at(COUNTY, date(2026, 3, 31)).scheme.roles["spread"]
    (change,) = _amended(code=code, at_most={"primary": "0.40", "junior": "0.40"})
    assert change.concerns("L1", spread=True)
    assert not change.concerns("L1")


def test_another_reading_of_an_open_point_is_marked_with_both_words():
    on = date(2026, 3, 31)
    plain = Standard.at(COUNTY, on)
    code, (point, _) = next(
        (c, p) for c, p in plain.open_points.items() if not p[0].option[0].variant
    )
    other = next(o for o in point.option if o.code != point.default and not o.relaxations)
    read = Standard.at(COUNTY, on, switches=Switches(readings={code: other.code}))
    changes = definition_changes(COUNTY, 2024, plain, 2025, read)
    told = next(c for c in changes if c.kind == "口径" and c.code == code)
    assert told.now == other.label


# --- jumps -------------------------------------------------------------------------------------


def test_a_jump_carries_the_reason_filed_beside_it_and_a_small_change_is_none():
    key = "2141000001"
    marks = [("facilities", key, "sports_ground_area_m2", EXPLAINED, "操场扩建")]
    before = snapshot(2024, primary(sports_ground_area_m2="1500", campus_area_m2="5000"))
    grown = {"sports_ground_area_m2": "2000", "campus_area_m2": "6001"}
    jumps = follow([before, snapshot(2025, primary(**grown), marks=marks)]).jumps
    assert [(j.column, j.explanation) for j in jumps] == [
        ("sports_ground_area_m2", "操场扩建"),
        ("campus_area_m2", ""),
    ]
    steady = snapshot(2025, primary(sports_ground_area_m2="1800", campus_area_m2="6000"))
    assert follow([before, steady]).jumps == ()


def test_no_jump_is_looked_for_across_a_gap():
    before = snapshot(2023, primary(sports_ground_area_m2="1500"))
    assert follow([before, snapshot(2025, primary(sports_ground_area_m2="9000"))]).jumps == ()


def test_a_jump_after_a_merger_says_so():
    row = {"old_code": "2141000002", "new_code": "2141000001", "change": "merged"}
    before = snapshot(2024, primary(campus_area_m2="5000"), primary("2141000002"))
    after = snapshot(2025, primary(campus_area_m2="9000"), lineage=[row])
    (jump,) = follow([before, after]).jumps
    assert jump.lineage == "并入"


# --- as data -----------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_figure_and_year():
    table = years_table(two_years())
    assert len(table.filter(table["what"] == "value")) == 7 * 2
    assert len(table.filter(table["what"] == "cv")) == 7 * 2


def _validated(name: str, data: dict) -> None:
    text = files("junheng.studies").joinpath(name).read_text(encoding="utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(json.dumps(data)))


def test_the_records_have_the_documented_shapes():
    linked = {"old_code": "2141000001", "new_code": "3141000001", "change": "type_changed"}
    marks = [("facilities", "3141000001", "campus_area_m2", EXPLAINED, "征地")]
    held = [
        snapshot(2023, primary(campus_area_m2="5000")),
        snapshot(2024, primary("3141000001", campus_area_m2="9000"), lineage=[linked], marks=marks),
    ]
    on = date(2026, 3, 31)
    mixed = side_by_side(
        assess(s, on=on, variant=v) for s, v in zip(held, ("", "unweighted_pop"), strict=True)
    )
    record = years_record(mixed)
    assert record["definition_changes"]
    assert record["jumps"][0]["explanation"] == "征地"
    _validated("years.schema.json", record)
    one = years_record(mixed, indicator="L5")
    assert {s["indicator"] for c in one["counties"] for s in c["spreads"]} == {"L5"}
    _validated("years.schema.json", one)
    crowded = snapshot(2025, primary(class_count_primary=20, regular_classrooms=9,
                                     max_class_size_primary=10))  # fmt: skip
    asked = screen([crowded])
    assert asked.record["questions"]
    _validated("screening.schema.json", asked.record)
