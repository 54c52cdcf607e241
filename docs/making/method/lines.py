"""Every other line of the scheme: what it compares, worked on a small county, one datum changed at a time."""

from collections.abc import Iterator

from worked import test_worked_lines as worked

from junheng.diagnosis import Figure
from junheng.diagnosis.lines import ClauseVerdict
from junheng.publish.rule_words import clause_told
from making.grids import grid
from making.method.law import stands
from making.method.written import county, number, valued


def worked_out(area: str) -> Iterator[str]:
    """Clauses of an area that compare a number, each where it is just met and where it just is not."""
    for example in worked.EXAMPLES.values():
        cases = [case for case in example.case if case.value]
        if not cases or not example.line.startswith(area):
            continue
        shown = {case.verdict: case for case in reversed(cases)}
        yield f"### {example.clause} {example.title} {{#{example.clause}}}"
        yield ""
        yield from _about(worked.clause_of(example, cases[0]))
        rows = [_row(example, case) for case in cases if case in shown.values()]
        yield from grid(("算例", "代入", "值", "要求", "结论"), rows)


def _about(clause: ClauseVerdict) -> Iterator[str]:
    figures = [*clause.figures, *(f for p in clause.schools for f in p.figures)]
    yield f"{clause_told(clause.demand.clause)}。公式：{figures[0].formula}。"
    yield ""
    yield from stands(clause.demand.clause.code)
    yield ""


def _row(example: worked.Example, case: worked.Case) -> tuple[str, ...]:
    figure = worked.figure_of(example, case)
    return (
        case.name,
        figure.numbers,
        _value(figure),
        f"{figure.comparator} {number(figure.limit)}{figure.unit}",
        _said(figure),
    )


def _value(figure: Figure) -> str:
    assert figure.value is not None
    return f"{valued(figure.value)}{figure.unit}"


def _said(figure: Figure) -> str:
    gap = f"，{figure.gap}" if figure.gap else ""
    return f"**{figure.verdict}**{gap}"


def relaxed(off: str, on: str, code: str) -> Iterator[str]:
    """The parts that are in both worked examples, without and with an exception."""
    rows = []
    after = {(each.school_code, each.stage): each for each in county(on).parts}
    for part in county(off).parts:
        if (part.school_code, part.stage) not in after:
            continue
        one, other = part.of(code), after[part.school_code, part.stage].of(code)
        assert one.value is not None
        assert other.value is not None
        rows.append((
            f"{part.school_code}（{part.stage.label}）", one.numbers, f"{valued(one.value)}，**{one.verdict}**",
            other.numbers, f"{valued(other.value)}，**{other.verdict}**",
        ))  # fmt: skip
    yield from grid(("学校", "不打开", code, "打开", code), rows)
