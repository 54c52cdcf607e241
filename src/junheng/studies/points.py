"""Every verdict of an assessment as one flat list, so that two assessments can be laid side by side.

A point is what somebody may ask about: the conclusion of a county, an area, a line, a CV, a stage
part, a school under a line. Clauses that take one another's place belong to one line, so a point
keeps its name under another reading or another document.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from junheng.diagnosis import (
    Assessment,
    CountyVerdict,
    Figure,
    Line,
    PartVerdict,
    SchoolPoint,
    SpreadVerdict,
    Verdict,
    worst,
)
from junheng.freezing import frozen
from junheng.studies.rounding import natural, rounded, shown

Kind = Literal["county", "area", "line", "spread", "part", "school"]
KINDS: dict[Kind, str] = {
    "county": "区县结论",
    "area": "方面",
    "line": "指标",
    "spread": "差异系数",
    "part": "学段部",
    "school": "学校",
}
Key = tuple[Kind, str, str, str, str]
"""Kind, county, code of area / line / indicator, school, stage; empty where it has none."""


@frozen
class Mark:
    """One value against its limit, as texts for comparison and printing."""

    label: str
    value: str
    limit: str
    verdict: Verdict


@frozen
class Point:
    """One verdict and what it rests on."""

    key: Key
    title: str
    verdict: Verdict
    lines: tuple[str, ...]
    """Lines of the scheme that it belongs to; empty = all of the area or county."""
    marks: tuple[Mark, ...]

    @property
    def kind(self) -> Kind:
        return self.key[0]

    @property
    def county(self) -> str:
        return self.key[1]

    @property
    def code(self) -> str:
        return self.key[2]

    @property
    def school(self) -> str:
        return self.key[3]


def points_of(assessment: Assessment) -> dict[Key, Point]:
    """All points by key, in the order in which they are read: county, areas, lines, CVs, parts, schools."""
    return {p.key: p for county in assessment.counties for p in _county(county)}


def changed_lines(before: Point | None, after: Point | None) -> frozenset[str]:
    """The lines in which a point differs: of a part, those of the indicators that differ."""
    found = before or after
    assert found is not None, "a point has at least one side"
    if before is None or after is None or found.kind != "part":
        return frozenset(found.lines)
    old, new = set(before.marks), set(after.marks)
    return frozenset(mark.label for mark in old ^ new) & {*found.lines}


def _county(county: CountyVerdict) -> Iterator[Point]:
    yield Point(("county", county.code, "", "", ""), county.name, county.verdict, (), ())
    if not county.areas:
        yield Point(("area", county.code, "resource", "", ""), "资源配置", county.resource, (), ())
    for area in county.areas:
        key: Key = ("area", county.code, area.code, "", "")
        yield Point(key, area.title, area.verdict, (), ())
    for line in county.lines:
        key = ("line", county.code, line.code, "", "")
        marks = tuple(_mark(f) for c in line.clauses for f in c.figures)
        yield Point(key, f"{line.code} {line.label}", line.verdict, (line.code,), marks)
    yield from (_spread(each) for each in county.spreads)
    yield from (_part(each, county.standard.needed) for each in county.parts)
    measured = county.standard.indicators
    lines = (line for line in county.lines if line.code not in measured)
    yield from (point for line in lines for point in _schools(county.code, line))


def _spread(spread: SpreadVerdict) -> Point:
    mark = Mark("差异系数", shown(spread.cv) or "", exact(spread.limit), spread.verdict)
    return Point(
        ("spread", spread.county, spread.indicator, "", spread.stage.value),
        f"{spread.stage.label}{spread.indicator}差异系数",
        spread.verdict,
        (spread.indicator,),
        (mark,),
    )


def _part(part: PartVerdict, needed: int) -> Point:
    """A part with each value against limit and floor, and how many of them it meets."""
    marks = [
        Mark(
            each.indicator,
            exact(each.value),
            f"{exact(each.limit)}（底线{exact(each.floor)}）",
            each.verdict,
        )
        for each in part.indicators
    ]
    marks.append(Mark("达标项数", str(part.met), str(needed), part.verdict))
    return Point(
        ("part", part.county, "", part.school_code, part.stage.value),
        part.title if part.combined else f"{part.title}（{part.stage.label}）",
        part.verdict,
        tuple(each.indicator for each in part.indicators),
        tuple(marks),
    )


def _schools(county: str, line: Line) -> Iterator[Point]:
    """Each school that a clause of the line asks: the worst of what its clauses say.

    Lines measured by stage part have their parts instead."""
    found: dict[str, list[SchoolPoint]] = {}
    for clause in line.clauses:
        for school in clause.schools:
            found.setdefault(school.school_code, []).append(school)
    for code, said in sorted(found.items()):
        yield Point(
            ("school", county, line.code, code, ""),
            f"{said[0].school_name}　{line.code}",
            worst([each.verdict for each in said]),
            (line.code,),
            tuple(_mark(figure) for each in said for figure in each.figures),
        )


def _mark(figure: Figure) -> Mark:
    stage = figure.stage.label if figure.stage else ""
    limit = f"{figure.comparator}{exact(figure.limit)}{figure.unit}"
    return Mark(f"{stage}{figure.label}", exact(figure.value), limit, figure.verdict)


def exact(value: Fraction | None) -> str:
    """Up to six places without idle zeros; empty where nothing was filed."""
    if value is None:
        return ""
    return natural(value) if (value * 100).denominator == 1 else rounded(value).rstrip("0")
