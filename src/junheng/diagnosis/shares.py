"""Clauses on the county as a whole: limits and shares from its own return or summed over schools."""

from junheng.diagnosis.case import Case, measure_of
from junheng.diagnosis.every import ALL
from junheng.diagnosis.figures import figure_of, limits, sentence, shortfall
from junheng.diagnosis.lines import ClauseVerdict
from junheng.diagnosis.telling import told
from junheng.diagnosis.verdict import Verdict, worst
from junheng.indicators import CATALOGUE, measure_county
from junheng.schema import Stage
from junheng.standards import Demand

SPECIAL_COLUMNS = frozenset({"special_ed_funds_total_yuan", "special_ed_pupils"})


def judge_county_figure(demand: Demand, case: Case) -> ClauseVerdict:
    """One figure, or one a stage that the clause limits."""
    each = measure_of(demand)
    if SPECIAL_COLUMNS & set(each.ratio.columns()) and _no_special_school(case):
        return ClauseVerdict(demand, Verdict.NOT_APPLICABLE, (), (), ("没有特殊教育学校",), ())
    stages: tuple[Stage | None, ...] = case.standard.stages if each.by_stage else (None,)
    found = [(m, stage) for stage in stages for m in (measure_county(each, case.filed, stage),)]
    judged = [
        (m, figure_of(each, m, sign, limit, case.standard.near_margin))
        for m, stage in found
        for sign, limit in limits(demand.clause, (stage or ALL, ALL))
    ]
    figures = tuple(figure for _, figure in judged)
    verdict = worst([figure.verdict for figure in figures])
    failing = sorted((f for f in figures if f.verdict is Verdict.FAIL), key=shortfall, reverse=True)
    reasons = [sentence(figure) for figure in failing]
    reasons += [_open(f.stage, f.label, m.owing) for m, f in judged if f.verdict is Verdict.NO_DATA]
    if verdict is Verdict.NOT_APPLICABLE:
        reasons += dict.fromkeys(m.reason for m, _ in judged)
    wanting = dict.fromkeys(o for m, _ in judged for o in m.owing)
    return ClauseVerdict(
        demand,
        verdict,
        figures,
        (),
        tuple(reasons),
        tuple(wanting) if verdict is Verdict.NO_DATA else (),
    )


def _open(stage: Stage | None, label: str, owing: tuple[str, ...]) -> str:
    first, *more = owing
    what = f"{len(owing)}项没有填报：{first}等" if more else f"没有填报{first}"
    return f"{stage.label if stage else ''}{label}缺数据，{what}"


def _no_special_school(case: Case) -> bool:
    """No special-education school is known, and the county filed no pupils of one."""
    return not case.filed.special and not case.filed.form.get("special_ed_pupils")


def shown_beside(demand: Demand, case: Case) -> tuple[str, ...]:
    """A figure without limit that a clause shows: the measure of an evidence clause, where it has one."""
    each = CATALOGUE.get(demand.clause.measure or demand.clause.code)
    if each is None or each.grain != "county":
        return ()
    found = measure_county(each, case.filed, None)
    if found.reason:
        return (f"{each.label}：{found.reason}（只列示，不判定）",)
    if found.value is None:
        return (f"{each.label}：没有填报{'、'.join(found.owing)}（只列示，不判定）",)
    return (f"{each.label}{told(found.value)}{each.unit}（{found.numbers}；只列示，不判定）",)
