"""What must be put right, item by item: which school, which line, how far; what must still be filed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Figure, Line, SchoolPoint, Verdict
from junheng.indicators import Missing
from junheng.publish.line_words import figure_limit, figure_value

MOST = 3
FILE_FIRST = "先补报材料，再判定"


@dataclass(frozen=True)
class Shortfall:
    """One item of 整改清单."""

    area: str
    code: str
    label: str
    """Of the line: L5 生均体育运动场馆面积."""
    school_code: str
    school_name: str
    """The county itself where `school_code` is empty."""
    verdict: Verdict
    what: str
    """What is measured, with its stage: 小学 最大班额; empty for evidence."""
    found: str
    limit: str
    gap: str
    """How far, in natural units and words; for 缺数据 what must be filed."""


def shortfalls(county: CountyVerdict) -> tuple[Shortfall, ...]:
    """Every item that fails or has no data, in the order of the scheme, then of the schools.

    A school that filed nothing is one item at the end, not one for every line."""
    absent = {each.code for each in county.missing}
    found = [
        item
        for area in county.areas
        for line in area.lines
        for judged in line.clauses
        for item in _of_clause(area.title, line, judged, county.name)
        if item.verdict is Verdict.FAIL or item.school_code not in absent
    ]
    return (*found, *(_of_absent(each) for each in county.missing))


def some(told: Sequence[str]) -> str:
    """The first few of many things to be filed or said, and how many more there are."""
    rest = len(told) - MOST
    return "；".join(told[:MOST]) + (f"；另有{rest}项" if rest > 0 else "")


def _of_absent(school: Missing) -> Shortfall:
    return Shortfall(
        "填报", "—", "学校填报表", school.code, school.name, Verdict.NO_DATA, "", school.reason,
        "各表和佐证材料齐全", "报送学校填报表和佐证材料",
    )  # fmt: skip


def _of_clause(area: str, line: Line, judged: ClauseVerdict, county: str) -> Iterator[Shortfall]:
    for point in judged.schools:
        if point.verdict in (Verdict.FAIL, Verdict.NO_DATA):
            yield from _of_school(area, line, point, judged)
    if judged.schools or judged.verdict not in (Verdict.FAIL, Verdict.NO_DATA):
        return
    figures = [f for f in judged.figures if f.verdict in (Verdict.FAIL, Verdict.NO_DATA)]
    for figure in figures:
        yield _of_figure(area, line, "", county, figure, some(judged.wanting))
    if not figures:
        reasons, wanted = some(judged.reasons), some(judged.wanting)
        yield Shortfall(
            area, line.code, line.label, "", county, judged.verdict, "", reasons,
            judged.demand.clause.gist, wanted or reasons,
        )  # fmt: skip


def _of_school(
    area: str, line: Line, point: SchoolPoint, judged: ClauseVerdict
) -> Iterator[Shortfall]:
    figures = [f for f in point.figures if f.verdict in (Verdict.FAIL, Verdict.NO_DATA)]
    for figure in figures:
        yield _of_figure(area, line, point.school_code, point.school_name, figure, point.reason)
    if not figures:
        papers = "、".join(judged.demand.clause.evidence)
        yield Shortfall(
            area, line.code, line.label, point.school_code, point.school_name, point.verdict, "",
            point.reason, judged.demand.clause.gist,
            f"补报：{papers}" if papers else FILE_FIRST,
        )  # fmt: skip


def _of_figure(
    area: str, line: Line, code: str, name: str, figure: Figure, reason: str
) -> Shortfall:
    stage = f"{figure.stage.label} " if figure.stage is not None else ""
    return Shortfall(
        area, line.code, line.label, code, name, figure.verdict, f"{stage}{figure.label}",
        figure_value(figure), figure_limit(figure), figure.gap or reason or FILE_FIRST,
    )  # fmt: skip
