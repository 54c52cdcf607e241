"""Lines and areas over what is judged already: the weakest first, none skipped, work shared."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import msgspec
import pytest
from diagnosis.by_hand import COUNTY, JUNIOR, ON, case, judged, part, spread, standard

from junheng.diagnosis import AreaVerdict, Kept, Line, Verdict
from junheng.diagnosis.areas import judge_areas, weakest_first
from junheng.diagnosis.case import Allowances, from_points, measure_of
from junheng.diagnosis.lines import SchoolPoint
from junheng.errors import DeclarationError
from junheng.registry.records import Records

PASS, FAIL, OPEN, NONE = (
    Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA, Verdict.NOT_APPLICABLE,
)  # fmt: skip


def statement(item, **changed):
    return {
        "county_code": COUNTY, "item": item, "occurred": False, "open_cases": 0,
        "signed_by": "示例县人民政府", "signed_on": date(2025, 10, 10),
    } | changed  # fmt: skip


def with_lines(*codes, **given):
    """A case whose scheme has one area with these lines only."""
    whole = standard()
    named = {each.code: each for area in whole.scheme.area for each in area.line}
    area = msgspec.structs.replace(whole.scheme.area[0], line=tuple(named[c] for c in codes))
    scheme = msgspec.structs.replace(whole.scheme, area=(area,))
    return case(standard=replace(whole, scheme=scheme), **given)


def area_of(*codes, kept=None, **given):
    (area,) = judge_areas(with_lines(*codes, **given), kept or Kept())
    return area


def all_met(*codes):
    return [part("A", PASS, *(judged(code, 10) for code in codes))]


# --- the weakest first ---------------------------------------------------------------------------------


def test_the_failing_line_that_is_farthest_from_its_limit_is_told_first():
    area = area_of(
        "L1", "L2", "L3",
        parts=all_met("L1", "L2", "L3"),
        spreads=[spread("L1", 0.6, FAIL), spread("L2", 1.0, FAIL), spread("L3", 0.2, PASS)],
    )  # fmt: skip
    assert area.verdict is FAIL
    assert [reason[:2] for reason in area.reasons] == ["L2", "L1"]


def test_a_line_is_as_weak_as_its_farthest_figure():
    area = area_of(
        "L1", "L2",
        parts=all_met("L1", "L2"),
        spreads=[
            spread("L1", 0.75, FAIL), spread("L2", 0.51, FAIL), spread("L2", 0.9, FAIL, JUNIOR),
        ],
    )  # fmt: skip
    assert [reason[:2] for reason in area.reasons] == ["L2", "L1"]


def test_figures_of_a_clause_that_holds_make_no_line_weaker():
    # The school rule forgives the part of L1; its CV is only just above the limit.
    forgiven = [part("A", PASS, judged("L1", 1), judged("L2", 10))]
    area = area_of(
        "L1", "L2", parts=forgiven, spreads=[spread("L1", 0.51, FAIL), spread("L2", 0.7, FAIL)]
    )
    assert [reason[:2] for reason in area.reasons] == ["L2", "L1"]


@pytest.mark.parametrize(("cv", "order"), [(0.75, ["VT", "L1"]), (1.25, ["L1", "VT"])])
def test_what_has_no_figure_fails_by_a_whole_limit(cv, order):
    area = area_of(
        "L1", "VT1",
        parts=all_met("L1"),
        spreads=[spread("L1", cv, FAIL)],
        records=Records(ON, {}, {}, {(COUNTY, "VT1"): statement("VT1", occurred=True)}),
    )  # fmt: skip
    assert [reason[:2] for reason in area.reasons] == order


def test_a_line_is_told_by_its_heaviest_reason_and_open_lines_together():
    area = area_of(
        "L1", "VT1", "VT2",
        parts=[part("A", FAIL, judged("L1", 5)), part("B", OPEN, judged("L1", None))],
        spreads=[spread("L1", None, OPEN, lacking=(("B", "示例B"),))],
    )  # fmt: skip
    assert len(area.reasons) == 2
    assert "1所学校未达标：示例A" in area.reasons[0]
    assert area.reasons[1] == "2项缺数据：VT1、VT2"
    assert area.lines[0].reasons[0].startswith("1所学校未达标")
    assert area.lines[0].reasons[1:] == (
        "1所学校缺数据：示例B（小学缺数据：缺÷100）",
        "小学差异系数缺数据：1所学校缺数",
    )


def test_an_area_that_passes_has_no_reasons():
    signed = {(COUNTY, "VT1"): statement("VT1")}
    area = area_of("VT1", records=Records(ON, {}, {}, signed))
    assert (area.verdict, area.reasons, area.lines[0].wanting) == (PASS, (), ())


def lines(*verdicts):
    return tuple(Line(f"X{n}", "试", each, (), ("因",), ()) for n, each in enumerate(verdicts))


def area(code, verdict, *verdicts):
    return AreaVerdict(code, code, verdict, lines(*verdicts), ("因",))


def test_areas_stand_by_verdict_and_by_the_share_of_their_lines_that_say_so():
    several = [
        area("passes", PASS, PASS, PASS),
        area("one in four", FAIL, FAIL, PASS, PASS, PASS),
        area("open", OPEN, OPEN),
        area("not asked", NONE, NONE),
        area("two in four", FAIL, FAIL, FAIL, PASS, PASS),
        area("one in three", FAIL, FAIL, PASS, PASS),
    ]
    assert [each.code for each in weakest_first(several)] == [
        "two in four", "one in three", "one in four", "open", "passes", "not asked",
    ]  # fmt: skip


def test_a_line_that_no_clause_decides_is_named():
    given = with_lines("VT1")
    without = {code: d for code, d in given.standard.demands.items() if code != "VT1"}
    broken = replace(given, standard=replace(given.standard, demands=without))
    with pytest.raises(DeclarationError, match="VT1"):
        judge_areas(broken, Kept())


# --- work that is shared ----------------------------------------------------------------------------------


def test_the_same_work_is_done_once_and_done_anew_where_what_it_reads_differs():
    kept = Kept()
    first = with_lines("L1", "VT1", "GV5", parts=all_met("L1"), spreads=(spread("L1", 0.2, PASS),))
    again = replace(first, spreads=(spread("L1", 0.9, FAIL),))
    relaxed = replace(first, allowances=Allowances(sizes={"A": Fraction(2000)}))

    def clauses(given):
        (area,) = judge_areas(given, kept)
        return {each.code: each.clauses for each in area.lines}

    one, two, three = clauses(first), clauses(again), clauses(relaxed)
    assert one["VT1"][0] is two["VT1"][0] is three["VT1"][0]
    assert one["GV5"][0] is two["GV5"][0]
    assert one["GV5"][0] is not three["GV5"][0]
    assert one["L1"][0] is three["L1"][0]
    assert [each.verdict for each in one["L1"]] != [each.verdict for each in two["L1"]]
    assert Verdict.FAIL in [each.verdict for each in two["L1"]]


# --- clauses over schools ----------------------------------------------------------------------------------


def points(*verdicts):
    return [SchoolPoint(f"S{n}", f"示例{n}", v, (), f"因{n}") for n, v in enumerate(verdicts)]


def over(*verdicts, nobody="没有这类学校"):
    return from_points(
        standard().demands["GV5"], points(*verdicts), wanting=["要填的"], nobody=nobody
    )


def test_a_clause_over_schools_names_the_first_that_fails_and_the_first_that_is_open():
    found = over(FAIL, OPEN, FAIL, OPEN, OPEN, PASS)
    assert found.verdict is FAIL
    assert found.reasons == (
        "2所学校未达标，最弱的是示例0（因0）", "3所学校缺数据，最弱的是示例1（因1）",
    )  # fmt: skip
    assert found.wanting == ()


def test_a_single_school_is_named_alone():
    assert over(PASS, FAIL).reasons == ("1所学校未达标：示例1（因1）",)
    found = over(PASS, OPEN)
    assert (found.reasons, found.wanting) == (("1所学校缺数据：示例1（因1）",), ("要填的",))


def test_schools_that_all_pass_leave_nothing_to_say():
    assert (over(PASS, PASS).verdict, over(PASS, PASS).reasons) == (PASS, ())
    assert over(PASS, NONE).reasons == ()


def test_where_no_school_can_be_compared_the_first_reason_stands():
    found = over(NONE, NONE, NONE)
    assert (found.verdict, found.reasons) == (NONE, ("因0",))


def test_where_nobody_is_asked_that_is_said():
    found = over()
    assert (found.verdict, found.reasons, found.wanting) == (NONE, ("没有这类学校",), ())


def test_a_clause_compares_its_own_measure_or_the_one_it_names():
    demand = standard().demands["GV5"]
    assert measure_of(demand).code == "GV5"
    other = replace(demand, clause=msgspec.structs.replace(demand.clause, measure="GV4"))
    assert measure_of(other).code == "GV4"
    unknown = replace(demand, clause=msgspec.structs.replace(demand.clause, measure="GV99"))
    with pytest.raises(DeclarationError, match="GV99"):
        measure_of(unknown)
