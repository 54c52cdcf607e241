"""What must be put right, item by item: which school, which line, how far; what must still be filed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.diagnosis import (
    ClauseVerdict,
    CountyVerdict,
    Figure,
    Line,
    SchoolPoint,
    Verdict,
    worst,
)
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


def standings(county: CountyVerdict) -> Mapping[tuple[str, str, str], Verdict]:
    """(school code, line code, what) → its verdict, for everything that `shortfalls` could name.

    What is met stands here too, so that an item that is no shortfall any more can be told from one
    that could not be judged. Nothing stands here of a school that filed nothing. Where a line asks
    the same of one subject in several clauses, the worst of them counts."""
    found: dict[tuple[str, str, str], list[Verdict]] = {}
    absent = {each.code for each in county.missing}
    for line in county.lines:
        told: dict[str, list[tuple[Verdict, tuple[Figure, ...]]]] = {}
        for judged in line.clauses:
            for point in judged.schools:
                if point.school_code not in absent:
                    told.setdefault(point.school_code, []).append((point.verdict, point.figures))
            if not judged.schools:
                told.setdefault("", []).append((judged.verdict, judged.figures))
        for code, held in told.items():
            plain = [verdict for verdict, figures in held if not figures]
            found[code, line.code, ""] = plain or [verdict for verdict, _ in held]
            for figure in (each for _, figures in held for each in figures):
                found.setdefault((code, line.code, _what(figure)), []).append(figure.verdict)
    return {item: worst(verdicts) for item, verdicts in found.items()}


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
    return Shortfall(
        area, line.code, line.label, code, name, figure.verdict, _what(figure),
        figure_value(figure), figure_limit(figure), figure.gap or reason or FILE_FIRST,
    )  # fmt: skip


def _what(figure: Figure) -> str:
    return f"{figure.stage.label} {figure.label}" if figure.stage is not None else figure.label
