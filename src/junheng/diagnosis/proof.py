"""Clauses on proof: reviewed evidence, and statements signed item by item (filing.md §5)."""

from collections.abc import Iterator

from junheng.diagnosis.case import Case, from_points
from junheng.diagnosis.lines import ClauseVerdict, SchoolPoint
from junheng.diagnosis.shares import shown_beside
from junheng.diagnosis.verdict import Verdict
from junheng.errors import DeclarationError
from junheng.indicators import why_not_asked
from junheng.registry.records import NOTHING_FILED
from junheng.standards import Demand


def judge_evidence(demand: Demand, case: Case) -> ClauseVerdict:
    """Evidence of the county, or of every school; raises DeclarationError where nobody files it."""
    if demand.clause.filed_by == "county":
        return _of_county(demand, case)
    if demand.clause.filed_by == "school":
        return _of_schools(demand, case)
    raise DeclarationError(
        demand.document.name,
        f"code = {demand.clause.code}",
        "filed_by 要写明由谁提交（county 或 school）",
    )


def _of_county(demand: Demand, case: Case) -> ClauseVerdict:
    lacking = case.records.lacking(demand.clause.indicators, case.county)
    shown = shown_beside(demand, case)
    if lacking is None:
        return ClauseVerdict(demand, Verdict.PASS, (), (), shown, ())
    wanting = tuple(f"区县佐证材料：{each}" for each in demand.clause.evidence)
    return ClauseVerdict(
        demand, Verdict.NO_DATA, (), (), (*(lacking or (NOTHING_FILED,)), *shown), wanting
    )


def _of_schools(demand: Demand, case: Case) -> ClauseVerdict:
    points = []
    for code, name in _asked(case):
        lacking = case.records.lacking(demand.clause.indicators, code)
        verdict = Verdict.PASS if lacking is None else Verdict.NO_DATA
        reason = "" if lacking is None else "；".join(lacking) or NOTHING_FILED
        points.append(SchoolPoint(code, name, verdict, (), reason))
    files = "、".join(demand.clause.evidence)
    wanting = [
        f"{each.school_name}（{each.school_code}）：{files}"
        for each in points
        if each.verdict is Verdict.NO_DATA
    ]
    if not points:
        return ClauseVerdict(demand, Verdict.NO_DATA, (), (), ("没有学校填报",), ("各校填报表",))
    return from_points(demand, points, wanting=wanting, nobody="")


def _asked(case: Case) -> Iterator[tuple[str, str]]:
    """Every school of compulsory schooling, special-education schools too, that has pupils; by code."""
    found = dict(case.filed.special)
    found |= {s.code: s.name for s in case.filed.schools if not why_not_asked("compulsory", s)}
    found |= {each.code: each.name for each in case.filed.absent}
    yield from sorted(found.items())


def judge_statement(demand: Demand, case: Case) -> ClauseVerdict:
    """A veto: what was declared to have happened fails, what nobody signed is open."""
    (item,) = demand.clause.indicators
    record = case.records.statements.get((case.county, item))
    if record is None:
        return _open(demand, "没有填报声明", f"{item}声明")
    cases = record["open_cases"]
    beside = (f"尚有{cases}件投诉、审计问题没有办结",) if cases else ()
    if record["occurred"]:
        return ClauseVerdict(demand, Verdict.FAIL, (), (), ("声明已经发生", *beside), ())
    if record["occurred"] is None:
        return _open(demand, "没有填明是否发生", f"{item}声明：是否发生", *beside)
    signed_on = record["signed_on"]
    if not record["signed_by"] or signed_on is None:
        return _open(demand, "声明没有签署", f"{item}声明：签署人、签署日期", *beside)
    if signed_on > case.records.on:
        late = f"声明到{signed_on.isoformat()}才签署"
        return _open(demand, late, f"{item}声明：评估日期以前签署的声明", *beside)
    return ClauseVerdict(demand, Verdict.PASS, (), (), beside, ())


def _open(demand: Demand, reason: str, wanting: str, *beside: str) -> ClauseVerdict:
    return ClauseVerdict(demand, Verdict.NO_DATA, (), (), (reason, *beside), (wanting,))
