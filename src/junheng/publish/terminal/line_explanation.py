"""A line GV1 … VT7 opened up: clause by clause, figures, what was filed with its cells, on whose word."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from junheng.diagnosis import ClauseVerdict, Figure
from junheng.publish.line_words import figure_limit, figure_value
from junheng.publish.rule_words import clause_told
from junheng.publish.terminal.looks import items, ruled, section, verdict_text
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import CONFIDENCE
from junheng.studies import Input, LineExplanation

MOST_SCHOOLS = 20


def show_line(explained: LineExplanation) -> RenderableType:
    """The line for its county, or for the one school asked for."""
    return Group(*(_school(explained) if explained.school else _county(explained)))


def _county(explained: LineExplanation) -> Iterator[RenderableType]:
    line = explained.line
    yield Text()
    yield Prose(f"{explained.county.name}　{line.code} {line.label}", "bold")
    yield verdict_text(line.verdict)
    for judged in line.clauses:
        yield section(judged.demand.clause.gist, *_clause(judged))
        failing = [s for s in judged.schools if s.reason]
        if failing:
            named = [f"{s.school_code}　{s.school_name}：{s.verdict}，{s.reason}" for s in failing]
            rest = len(named) - MOST_SCHOOLS
            yield items(
                named[:MOST_SCHOOLS] + ([f"另有{rest}所，见结果册“学校逐项”"] if rest > 0 else [])
            )
    yield from _filed(explained)


def _school(explained: LineExplanation) -> Iterator[RenderableType]:
    line = explained.line
    yield Text()
    name = explained.points[0][1].school_name
    yield Prose(f"{name}　{line.code} {line.label}", "bold")
    for judged, point in explained.points:
        body: list[RenderableType] = [verdict_text(point.verdict)]
        if point.reason:
            body.append(Prose(f"{point.reason}。"))
        body += [_figure(figure) for figure in point.figures]
        yield section(judged.demand.clause.gist, *body, _basis(judged))
    yield from _filed(explained)


def _clause(judged: ClauseVerdict) -> Iterator[RenderableType]:
    yield verdict_text(judged.verdict)
    if judged.reasons:
        yield items([f"{reason}。" for reason in judged.reasons])
    yield from (_figure(figure) for figure in judged.figures)
    if judged.wanting:
        yield items([f"要补报：{each}" for each in judged.wanting[:MOST_SCHOOLS]])
    yield _basis(judged)


def _figure(figure: Figure) -> Prose:
    stage = figure.stage.label if figure.stage else ""
    judged = f"标准{figure_limit(figure)}{'，' + figure.gap if figure.gap else ''}"
    read = figure.numbers.replace(".", "", 1).isdigit()
    formula = "" if figure.label.endswith(figure.formula) else f"＝{figure.formula}"
    steps = formula if read else f"{formula}\n　　＝{figure.numbers}"
    return Prose(f"{stage}{figure.label}{steps}＝{figure_value(figure)}，{judged}")


def _basis(judged: ClauseVerdict) -> Prose:
    clause = judged.demand.clause
    note = f"　{clause.note}" if clause.note else ""
    return Prose(
        f"依据：{judged.demand.citation}；来源：{clause.source}；"
        f"可信度：{CONFIDENCE[clause.confidence]}{note}　{clause_told(clause) if clause.reading else ''}",
        "dim",
    )


def _filed(explained: LineExplanation) -> Iterator[RenderableType]:
    if explained.inputs:
        several = len({each.school_code for each in explained.inputs}) > 1
        table = ruled(*(["学校代码"] if several else []), "项目", "数值", "出处")
        table.columns[-2].justify = "right"
        for each in explained.inputs:
            whose = [each.school_code] if several else []
            table.add_row(
                *whose, Prose(each.label), f"{each.value}{_unit(each)}", Prose(_origin(each))
            )
        yield section("用到的数和它们的出处", table)
    if explained.records:
        told = ["；".join(f"{k}：{v}" for k, v in row.items()) for row in explained.records]
        yield section("报来的材料、结果与声明", items(told))


def _unit(each: Input) -> str:
    return each.unit if each.value[:1].isdigit() else ""


def _origin(each: Input) -> str:
    source = each.origin or "没有出处记录"
    return f"{source}；异常说明：{each.explanation}" if each.explanation else source
