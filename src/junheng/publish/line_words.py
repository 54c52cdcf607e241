"""The lines GV1 … VT7 in words: a figure against its limit, and what most needs saying of a line."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis import ClauseVerdict, Figure, Line, SchoolPoint, Verdict
from junheng.publish.digits import CV_PLACES, VALUE_PLACES, exact_text, shown

NAMED = 2
SPREAD = "校际差异系数"
PASSED_BY = {
    "evidence": ("佐证材料审核通过",),
    "statement": ("已签署声明，没有发生",),
    "every": ("每所学校都符合",),
}
"""What is said of a clause that passes without a figure of its own, by kind."""
VERDICT_ORDER = (Verdict.FAIL, Verdict.NO_DATA, Verdict.PASS, Verdict.NOT_APPLICABLE)


def _holds(value: Fraction, comparator: str, limit: Fraction) -> bool:
    if comparator in ("≥", "≤"):
        return value >= limit if comparator == "≥" else value <= limit
    return value > limit if comparator in (">", "＞") else value < limit


def figure_value(figure: Figure) -> str:
    """The value with the digits it needs to stand on its side of the limit; 缺数据 where there is none."""
    value = figure.value
    if value is None:
        return figure.verdict.value if figure.verdict is Verdict.NOT_APPLICABLE else "缺数据"
    least = CV_PLACES if not figure.unit else 0 if value.denominator == 1 else VALUE_PLACES
    held = _holds(value, figure.comparator, figure.limit)
    found = shown(
        value,
        least=least,
        reads=lambda number: _holds(number, figure.comparator, figure.limit) is held,
    )
    return f"{found.text}{figure.unit}"


def figure_limit(figure: Figure) -> str:
    """≥95%, <0.15."""
    return f"{figure.comparator}{exact_text(figure.limit)}{figure.unit}"


def figure_sentence(figure: Figure, *, named: bool = False) -> str:
    """小学 97.52%（≥100%，还差3人）; `named` puts before it what is measured."""
    lead = f"{figure.stage.label} " if figure.stage is not None else ""
    name = f"{_short(figure)} " if named else ""
    lack = f"，{figure.gap}" if figure.gap else ""
    return f"{name}{lead}{figure_value(figure)}（{figure_limit(figure)}{lack}）"


def _short(figure: Figure) -> str:
    return SPREAD if figure.label.endswith(SPREAD) else figure.label


def line_told(line: Line) -> str:
    """What a reader must know of a line in one cell: why not, or that by which it passes."""
    if line.verdict in (Verdict.FAIL, Verdict.NO_DATA):
        told = [each for clause in line.clauses for each in _lacking(clause, line)]
    else:
        told = [each for clause in line.clauses for each in _passing(clause, line)]
    return "；".join(dict.fromkeys(told)) or "；".join(line.reasons[:1])


def _several(line: Line) -> bool:
    """Whether the line's figures measure more than one thing, so that each needs its name."""
    labels = {
        figure.label
        for clause in line.clauses
        for figures in (clause.figures, *(point.figures for point in clause.schools))
        for figure in figures
    }
    return len(labels) > 1


def _lacking(judged: ClauseVerdict, line: Line) -> Iterator[str]:
    """How many schools a clause does not pass, which figures, else its first reason."""
    if judged.verdict is not line.verdict:
        return
    points = [point for point in judged.schools if point.verdict is line.verdict]
    if points:
        yield _schools(points, line)
    named = _several(line)
    yield from (
        figure_sentence(f, named=named) for f in judged.figures if f.verdict is line.verdict
    )
    if not points and not judged.figures:
        yield from judged.reasons[:1]


def _schools(points: list[SchoolPoint], line: Line) -> str:
    """8所学校未达标，如示例小学、示例中学; a single school with what it lacks."""
    figures = [f for point in points for f in point.figures if f.verdict is line.verdict]
    labels = {figure.label for figure in figures} - {line.label}
    about = f"{figures[0].label}：" if labels and _several(line) else ""
    if len(points) == 1:
        lack = "；".join(figure_sentence(f) for f in figures) or points[0].reason
        return f"{about}{points[0].school_name}{line.verdict}{f'：{lack}' if lack else ''}"
    names = "、".join(point.school_name for point in points[:NAMED])
    more = "，如" if len(points) > NAMED else "："
    return f"{about}{len(points)}所学校{line.verdict}{more}{names}"


def _passing(judged: ClauseVerdict, line: Line) -> Iterator[str]:
    named = _several(line)
    yield from (figure_sentence(figure, named=named) for figure in judged.figures)
    if not judged.figures:
        yield from judged.reasons[:1] or PASSED_BY.get(judged.demand.clause.kind, ())


def wanting_sentence(line: Line) -> str:
    """GV1 学校布局：报送…"""
    return f"{line.code} {line.label}：{'；'.join(line.wanting)}"


def counted(lines: tuple[Line, ...]) -> str:
    """达标27、未达标4、缺数据8."""
    verdicts = [line.verdict for line in lines]
    return "、".join(f"{v}{verdicts.count(v)}" for v in VERDICT_ORDER if v in verdicts)
