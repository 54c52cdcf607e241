"""The lines GV1 … VT7 in words: a figure against its limit, and what most needs saying of a line."""

from fractions import Fraction

from junheng.diagnosis import AreaVerdict, CountyVerdict, Figure, Line, SchoolPoint, Verdict
from junheng.publish.digits import CV_PLACES, VALUE_PLACES, exact_text, shown

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


def figure_sentence(figure: Figure) -> str:
    """小学 97.52%（≥100%）, with what is lacking."""
    lead = f"{figure.stage.label} " if figure.stage is not None else ""
    lack = f"，{figure.gap}" if figure.gap else ""
    return f"{lead}{figure_value(figure)}（{figure_limit(figure)}{lack}）"


def line_told(line: Line) -> str:
    """What a reader must know of a line in one cell: its reasons, or the figures by which it passes."""
    if line.verdict is not Verdict.PASS and line.reasons:
        return "；".join(line.reasons)
    figures = [figure_sentence(f) for clause in line.clauses for f in clause.figures]
    asked = sum(len(clause.schools) > 0 for clause in line.clauses)
    if figures:
        return "；".join(figures)
    return "每所学校都符合" if asked else "；".join(line.reasons)


def wanting_sentence(line: Line) -> str:
    """GV1 学校布局：报送…"""
    return f"{line.code} {line.label}：{'；'.join(line.wanting)}"


def counted(lines: tuple[Line, ...]) -> str:
    """达标27、未达标4、缺数据8."""
    verdicts = [line.verdict for line in lines]
    return "、".join(f"{v}{verdicts.count(v)}" for v in VERDICT_ORDER if v in verdicts)


def areas_sentence(county: CountyVerdict) -> str:
    """资源配置未达标、政府保障未达标 …: the areas in the order of the scheme."""
    return "、".join(f"{area.title}{area.verdict}" for area in county.areas)


def asked_points(area: AreaVerdict) -> list[tuple[Line, str, SchoolPoint]]:
    """(line, gist of the clause, point) for every school that a clause of the area does not pass."""
    return [
        (line, clause.demand.clause.gist, point)
        for line in area.lines
        for clause in line.clauses
        for point in clause.schools
        if point.verdict in (Verdict.FAIL, Verdict.NO_DATA)
    ]
