"""The lines and areas of a scheme: every line by every clause that decides it, none skipped."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from junheng.diagnosis.case import Case, measure_of
from junheng.diagnosis.every import judge_every
from junheng.diagnosis.figures import shortfall
from junheng.diagnosis.keeping import Kept
from junheng.diagnosis.lines import AreaVerdict, ClauseVerdict, Line
from junheng.diagnosis.official import judge_official
from junheng.diagnosis.proof import judge_evidence, judge_statement
from junheng.diagnosis.resource import judge_part_limit, judge_spread_limit
from junheng.diagnosis.shares import judge_county_figure
from junheng.diagnosis.verdict import Verdict, worst
from junheng.errors import DeclarationError
from junheng.standards import Area, Demand, LineName

Judge = Callable[[Demand, str, Case], ClauseVerdict]
WORST_FIRST = (Verdict.FAIL, Verdict.NO_DATA, Verdict.PASS, Verdict.NOT_APPLICABLE)
BY_KIND: Mapping[str, Callable[[Demand, Case], ClauseVerdict]] = {
    "every": judge_every,
    "share": judge_county_figure,
    "evidence": judge_evidence,
    "official_result": judge_official,
    "statement": judge_statement,
}


def _limit(demand: Demand, line: str, case: Case) -> ClauseVerdict:
    if measure_of(demand).grain == "part":
        return judge_part_limit(demand, line, case)
    return judge_county_figure(demand, case)


def _of_kind(kind: str) -> Judge:
    return lambda demand, _, case: BY_KIND[kind](demand, case)


JUDGES: Mapping[str, Judge] = {
    "limit": _limit,
    "spread": judge_spread_limit,
    **{kind: _of_kind(kind) for kind in BY_KIND},
}
"""One judge a kind of clause; norms, targets and orders decide no line by themselves."""


def judge_areas(case: Case, kept: Kept) -> tuple[AreaVerdict, ...]:
    """Every area of the scheme; raises DeclarationError where a line has no clause to judge it by."""
    demands: dict[str, list[Demand]] = defaultdict(list)
    for demand in case.standard.demands.values():
        if demand.clause.kind in JUDGES:
            for code in demand.clause.indicators:
                demands[code].append(demand)
    judge = _judging(case, kept)
    return tuple(_area(area, demands, case, judge) for area in case.standard.scheme.area)


def _judging(case: Case, kept: Kept) -> Callable[[Demand, str], ClauseVerdict]:
    """A judge of one clause of one line, who does the same work once."""
    standard = case.standard
    read = (
        case.filed, case.records, standard.scheme, standard.role("near").clause,
        *(item for item, _ in standard.relaxations.values()),
    )  # fmt: skip
    allowed = repr(case.allowances)

    def judge(demand: Demand, line: str) -> ClauseVerdict:
        clause, make = demand.clause, JUDGES[demand.clause.kind]
        measured = (case.parts, case.spreads) if line in standard.indicators else ()
        made_from = (clause, demand.document, *read, *measured)
        also = (line, allowed if clause.kind == "every" else "")
        return kept.once("clause", made_from, also, lambda: make(demand, line, case))

    return judge


def _area(
    area: Area,
    demands: Mapping[str, Sequence[Demand]],
    case: Case,
    judge: Callable[[Demand, str], ClauseVerdict],
) -> AreaVerdict:
    lines = tuple(_line(each, demands.get(each.code, ()), case, judge) for each in area.line)
    return AreaVerdict(
        area.code,
        area.title,
        worst([line.verdict for line in lines]),
        lines,
        tuple(_reasons(lines)),
    )


def _line(
    name: LineName,
    demands: Sequence[Demand],
    case: Case,
    judge: Callable[[Demand, str], ClauseVerdict],
) -> Line:
    if not demands:
        raise DeclarationError(
            f"schemes/{case.standard.scheme.code}.toml",
            f"line = {name.code}",
            f"{case.standard.on} 这一天没有能判定它的有效条款",
        )
    clauses = tuple(judge(demand, name.code) for demand in demands)
    heaviest = sorted(clauses, key=lambda each: WORST_FIRST.index(each.verdict))
    return Line(
        name.code,
        name.label,
        worst([each.verdict for each in clauses]),
        clauses,
        tuple(dict.fromkeys(reason for each in heaviest for reason in each.reasons)),
        tuple(dict.fromkeys(want for each in clauses for want in each.wanting)),
    )


def _reasons(lines: Sequence[Line]) -> Iterator[str]:
    """The failing lines, the weakest first; then those without data, in one sentence."""
    failing = [line for line in lines if line.verdict is Verdict.FAIL]
    for line in sorted(failing, key=_weakness, reverse=True):
        yield f"{line.code}{line.label}：{line.reasons[0]}"
    open_ = [line.code for line in lines if line.verdict is Verdict.NO_DATA]
    if open_:
        yield f"{len(open_)}项缺数据：{'、'.join(open_)}"


def _weakness(line: Line) -> Fraction:
    """The greatest shortfall of the line, as a share of its limit; what has no figure fails wholly."""
    found = [
        shortfall(figure)
        for clause in line.clauses
        if clause.verdict is Verdict.FAIL
        for figures in (clause.figures, *(s.figures for s in clause.schools))
        for figure in figures
    ]
    return max(found, default=Fraction(1))


def weakest_first(areas: Sequence[AreaVerdict]) -> list[AreaVerdict]:
    """Areas by verdict; among those that fail, the one with the greatest share of failing lines first."""

    def weight(area: AreaVerdict) -> tuple[int, Fraction]:
        failing = sum(line.verdict is area.verdict for line in area.lines)
        return WORST_FIRST.index(area.verdict), -Fraction(failing, len(area.lines))

    return sorted(areas, key=weight)
