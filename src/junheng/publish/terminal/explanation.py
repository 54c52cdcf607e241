"""Why: formula in words and numbers, inputs with their cells, clause, verdict, what would flip it."""

from collections.abc import Iterator
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from junheng.diagnosis import Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.digits import at_places, cv_text, exact_text, grouped, value_text
from junheng.publish.terminal.line_explanation import show_line
from junheng.publish.terminal.looks import items, ruled, section, verdict_text
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import (
    CONFIDENCE,
    disagreement_sentence,
    flip_sentence,
    gap_sentence,
    percent,
    spread_sentence,
    spread_title,
    variant_label,
    way_sentence,
)
from junheng.standards import Demand
from junheng.studies import IndicatorExplanation, LineExplanation, SpreadExplanation

TOP = 10


def show_explanation(
    explained: IndicatorExplanation | SpreadExplanation | LineExplanation,
) -> RenderableType:
    """One indicator of one part, one CV of one county, or one line, opened up."""
    if isinstance(explained, LineExplanation):
        return show_line(explained)
    if isinstance(explained, SpreadExplanation):
        return Group(*_spread(explained))
    return Group(*_indicator(explained))


def _facts(rows: list[tuple[str, RenderableType]]) -> Table:
    """Labels on the left, what they say on the right."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for label, text in rows:
        table.add_row(label, text)
    return table


def _demand(demand: Demand) -> str:
    clause = demand.clause
    note = f"　{clause.note}" if clause.note else ""
    return (
        f"{clause.gist}。依据：{demand.citation}；来源：{clause.source}；"
        f"可信度：{CONFIDENCE[clause.confidence]}{note}"
    )


# --- one indicator ---------------------------------------------------------------------------


def _indicator(explained: IndicatorExplanation) -> Iterator[RenderableType]:
    part, judged = explained.part, explained.judged
    each = CATALOGUE[judged.indicator]
    yield Text()
    yield Prose(f"{part.title}　{each.code} {each.label}", "bold")
    yield verdict_text(judged.verdict, near=judged.near)
    rows: list[tuple[str, RenderableType]] = [
        ("公式", Prose(f"{explained.formula}（{each.unit}）")),
        ("代入", Prose(f"{explained.numbers} ＝ {value_text(judged)}")),
        ("标准", Prose(f"不低于{exact_text(judged.limit)}{each.unit}")),
        (
            "底线",
            Prose(
                f"标准的{percent(judged.floor / judged.limit)}，即{exact_text(judged.floor)}{each.unit}"
            ),
        ),
        ("结论", Prose(f"{gap_sentence(judged)}。")),
    ]
    yield _facts(rows)
    yield section("用到的数和它们的出处", _inputs(explained))
    yield section("依据", items([_demand(explained.demand), *(_demand(r) for r in explained.rule)]))
    yield from _school_rule(explained)


def _inputs(explained: IndicatorExplanation) -> Table:
    table = ruled("学校代码", "项目", "数值", "出处")
    table.columns[2].justify = "right"
    for each in explained.inputs:
        source = each.origin or "没有出处记录"
        if each.explanation:
            source += f"；异常说明：{each.explanation}"
        table.add_row(
            each.school_code, Prose(each.label), f"{each.value}{each.unit}", Prose(source)
        )
    return table


def _school_rule(explained: IndicatorExplanation) -> Iterator[RenderableType]:
    part, floor_share = explained.part, explained.rule[1].clause.number("floor_share")
    told = f"{part.title}{len(part.indicators)}项指标中{part.met}项达标，学校结论：{part.verdict}。"
    body: list[RenderableType] = [Prose(told)]
    if part.verdict is Verdict.FAIL and part.ways:
        body.append(Prose("达标的办法（任选一种，数量按全校计）："))
        body.append(items([f"{way_sentence(way, floor_share)}。" for way in part.ways]))
    yield section("学校结论", *body)


# --- one coefficient of variation ------------------------------------------------------------


def _spread(explained: SpreadExplanation) -> Iterator[RenderableType]:
    spread, standard = explained.spread, explained.county.standard
    yield Text()
    yield Prose(f"{explained.county.name}　{spread_title(spread)}校际差异系数", "bold")
    yield verdict_text(spread.verdict, near=spread.near)
    unit = CATALOGUE[spread.indicator].unit
    rows: list[tuple[str, RenderableType]] = [
        ("结论", Prose(f"{spread_sentence(spread)}。")),
        ("算法", Prose(f"{variant_label(standard)}：{explained.variant.clause.gist}")),
    ]
    if spread.mean is not None and spread.deviation is not None:
        rows.append(("均值", Prose(f"{_float(spread.mean)}{unit}")))
        rows.append(("标准差", Prose(f"{_float(spread.deviation)}{unit}")))
    rows.append(("参加计算", Prose(f"{spread.parts}个学段部")))
    flip = flip_sentence(spread)
    if flip:
        rows.append(("怎样翻转", Prose(f"{flip}。")))
    yield _facts(rows)
    if spread.shares and spread.total:
        yield section("差异来自哪些学校（占方差的比例）", _shares(explained))
    yield section("各种算法", _variants(explained))
    warning = disagreement_sentence(spread, standard)
    if warning:
        yield Prose(f"注意：{warning}。", "yellow")
    if spread.missing:
        yield section("缺数据的学校", items([f"{code}　{name}" for code, name in spread.missing]))
    yield section("依据", items([_demand(explained.demand), _demand(explained.variant)]))


def _float(value: float) -> str:
    return grouped(at_places(Fraction(value), 4))


def _shares(explained: SpreadExplanation) -> Table:
    spread = explained.spread
    table = ruled("次序", "学校", "与均值比", "占比", "累计")
    for index in (0, 3, 4):
        table.columns[index].justify = "right"
    running = Fraction(0)
    for place, share in enumerate(spread.shares[:TOP], start=1):
        part = Fraction(share.numerator, spread.total)
        running += part
        side = "低于均值" if share.below else "不低于均值"
        table.add_row(str(place), Prose(share.school_name), side, _percent(part), _percent(running))
    rest = spread.shares[TOP:]
    if rest:
        table.add_row("", f"其余{len(rest)}个", "", _percent(1 - running), _percent(Fraction(1)))
    return table


def _percent(share: Fraction) -> str:
    return f"{at_places(share * 100, 2)}%"


def _variants(explained: SpreadExplanation) -> Table:
    spread, standard = explained.spread, explained.county.standard
    table = ruled("算法", "差异系数", "结论")
    table.columns[1].justify = "right"
    for name, reading in spread.readings.items():
        used = "（本次采用）" if name == spread.variant else ""
        shown = cv_text(reading.cv, spread.limit, reading.verdict)
        label = variant_label(standard, name)
        table.add_row(f"{label}{used}", shown, verdict_text(reading.verdict))
    return table
