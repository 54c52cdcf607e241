"""The clauses of 资源配置: the limit of each of L1–L7 by stage part, and its coefficient of variation.

The school rule (six of seven, the other at 85 %) belongs to the area, so a part under one limit
counts against a line only where the rule does not forgive it. Worst of the lines is then exactly
the verdict of the area: every part under the rule, and every CV.
"""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis.case import Case, from_points
from junheng.diagnosis.figures import AT_LEAST, AT_MOST, sentence, shortfall
from junheng.diagnosis.lines import ClauseVerdict, Figure, SchoolPoint
from junheng.diagnosis.nouns import PartIndicator, PartVerdict, SpreadVerdict
from junheng.diagnosis.telling import told
from junheng.diagnosis.verdict import Verdict, worst
from junheng.indicators import CATALOGUE
from junheng.standards import Demand

FORGIVEN = "低于限值，学校标准允许"


def judge_part_limit(demand: Demand, line: str, case: Case) -> ClauseVerdict:
    """The limit of one indicator, part by part; `line` is the indicator."""
    points = [_point(line, part) for part in case.parts]
    absent = [
        SchoolPoint(each.code, each.name, Verdict.NO_DATA, (), each.reason) for each in case.missing
    ]
    ordered = sorted(
        (*points, *absent),
        key=lambda point: (-sum(map(shortfall, point.figures)), point.school_code),
    )
    wanting = [
        f"{each.school_name}（{each.school_code}）：{each.reason}"
        for each in ordered
        if each.verdict is Verdict.NO_DATA
    ]
    if not ordered:
        return ClauseVerdict(
            demand, Verdict.NO_DATA, (), (), ("没有可以计算的学校",), ("各校填报表",)
        )
    judged = from_points(demand, ordered, wanting=wanting, nobody="")
    forgiven = sum(each.reason.endswith(FORGIVEN) for each in points)
    if not forgiven:
        return judged
    told_ = f"{forgiven}个学段部{FORGIVEN}（达标项数够，且不低于标准的下限）"
    return ClauseVerdict(
        demand, judged.verdict, (), judged.schools, (*judged.reasons, told_), judged.wanting
    )


def _point(line: str, part: PartVerdict) -> SchoolPoint:
    judged = part.of(line)
    figure = _figure(judged, part)
    verdict, reason = judged.verdict, ""
    if judged.verdict is Verdict.NO_DATA:
        reason = f"{part.stage.label}缺数据：{judged.numbers}"
    elif judged.verdict is Verdict.FAIL:
        reason = sentence(figure)
        if part.verdict is not Verdict.FAIL:
            verdict = part.verdict
            reason += f"；{FORGIVEN}" if verdict is Verdict.PASS else "；其他项缺数据，尚不能判定"
    return SchoolPoint(part.school_code, part.school_name, verdict, (figure,), reason)


def _figure(judged: PartIndicator, part: PartVerdict) -> Figure:
    each = CATALOGUE[judged.indicator]
    gap = ""
    if judged.gap is not None and judged.gap.to_limit:
        gap = f"还差{told(judged.gap.to_limit)}{judged.gap.unit}"
    return Figure(
        label=each.label,
        stage=part.stage,
        value=judged.value,
        comparator=AT_LEAST,
        limit=judged.limit,
        unit=each.unit,
        verdict=judged.verdict,
        near=judged.near,
        formula=each.formula,
        numbers=judged.numbers,
        gap=gap,
    )


def judge_spread_limit(demand: Demand, line: str, case: Case) -> ClauseVerdict:
    """The CVs of one indicator, one a stage; `line` is the indicator."""
    spreads = [each for each in case.spreads if each.indicator == line]
    figures = tuple(_spread_figures(spreads))
    verdict = worst([spread.verdict for spread in spreads])
    reasons = [sentence(f) for f in figures if f.verdict is Verdict.FAIL]
    open_ = [spread for spread in spreads if spread.verdict is Verdict.NO_DATA]
    reasons += [
        f"{s.stage.label}差异系数缺数据："
        + (f"{len(s.missing)}所学校缺数" if s.missing else "均值为0，没有差异系数")
        for s in open_
    ]
    if not spreads:
        reasons.append("没有可以计算的学校")
    wanting = dict.fromkeys(
        f"{name}（{code}）：{s.stage.label}{CATALOGUE[line].label}所需的数"
        for s in open_
        for code, name in s.missing
    )
    return ClauseVerdict(
        demand,
        verdict,
        figures,
        (),
        tuple(reasons),
        tuple(wanting or ["各校填报表"]) if verdict is Verdict.NO_DATA else (),
    )


def _spread_figures(spreads: list[SpreadVerdict]) -> Iterator[Figure]:
    for spread in spreads:
        value = None if spread.cv is None else Fraction(spread.cv)
        gap = ""
        if value is not None and spread.verdict is Verdict.FAIL:
            gap = f"高出{told(value - spread.limit, Fraction(0))}"
        yield Figure(
            label=f"{CATALOGUE[spread.indicator].label}校际差异系数",
            stage=spread.stage,
            value=value,
            comparator=AT_MOST,
            limit=spread.limit,
            unit="",
            verdict=spread.verdict,
            near=spread.near,
            formula="标准差÷均值",
            numbers=f"{_shown(spread.deviation)}÷{_shown(spread.mean)}",
            gap=gap,
        )


def _shown(value: float | None) -> str:
    return "缺" if value is None else told(Fraction(value))
