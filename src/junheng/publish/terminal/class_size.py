"""A class-size plan in the terminal: how many classes are above the limit, what to do, what stays."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table

from junheng.plan.class_size import CountyPlan, Outcome
from junheng.publish.class_sizes import (
    NOTICE,
    YearFigures,
    actions_of,
    county_cost,
    county_figures,
    headline,
    option_figures,
    side_effects,
    wan,
    with_outcome,
    year_figures,
    years_text,
)
from junheng.publish.digits import at_places, exact_text
from junheng.publish.terminal.looks import WARNING_STYLE, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import county_title, is_demonstration
from junheng.studies import ClassSizeStudy


def show_class_size(study: ClassSizeStudy) -> RenderableType:
    """Every county of a class-size plan, then goals and assumptions."""
    answer = study.answer
    several = len(answer.counties) > 1
    return Group(
        *([section("各区县", _counties(study))] if several else []),
        *(_county(study, county) for county in answer.counties),
        section("优化目标（按次序求到最优，下界与差距如实报告）", _goals(study)),
        section("假设", items(list(answer.assumptions))),
    )


def _counties(study: ClassSizeStudy) -> Table:
    last = study.answer.years[-1]
    law = study.answer.counties[0].law
    table = ruled(
        "区县", "现状超限班", f"{last}学年超限班", f"≥{law.large}", f"≥{law.super_large}",
        *(outcome.value for outcome in Outcome), "费用",
    )  # fmt: skip
    for column in table.columns[1:]:
        column.justify = "right"
    for each in county_figures(study):
        counts = (each.over_now, each.over, each.large, each.super_large, *each.schools.values())
        table.add_row(Prose(each.county.name), *(str(n) for n in counts), wan(each.cost))
    return table


def _county(study: ClassSizeStudy, county: CountyPlan) -> RenderableType:
    return Group(
        "",
        _head(study, county),
        section("逐年（学校按校区、教学点单列）", _years(study, county)),
        section("措施（先用花费小、动学生少的）", _options(study, county)),
        *_unmended(county),
        *_unknown(county),
        section("推演结果用同一引擎评估", items(side_effects(study, county))),
    )


def _head(study: ClassSizeStudy, county: CountyPlan) -> Panel:
    answer, judged = study.answer, study.county(study.today.year, county.code)
    limits = "、".join(f"{s.label}{n}人" for s, n in county.law.limits.items())
    demand = county.law.demands[0]
    lines: list[RenderableType] = [
        Prose(headline(study, county), "bold"),
        Prose(f"限额：{limits}。依据：{demand.citation}，{answer.on}有效。"),
        Prose(
            f"价格：{answer.prices.title}（{answer.prices.status}）。方案费用合计{wan(county_cost(study, county))}。"
        ),
        Prose(f"{NOTICE}。", WARNING_STYLE),
    ]
    if is_demonstration(judged):
        lines.append(Prose("以下是演示数据，不是任何真实学校的情况。", WARNING_STYLE))
    return Panel(
        Group(*lines), title=f"{county_title(judged)}　班额方案", box=box.ROUNDED, padding=(0, 1)
    )


def _years(study: ClassSizeStudy, county: CountyPlan) -> Table:
    large, super_large = county.law.large, county.law.super_large
    table = ruled(
        "学年", "不采取措施超限班", f"其中≥{large}", f"≥{super_large}", "最少增班", "缺教室", "缺教师",
        "按方案超限班", f"≥{large}", f"≥{super_large}", "GV5未达标校",
    )  # fmt: skip
    for column in table.columns[1:]:
        column.justify = "right"
    for each in year_figures(study, county):
        table.add_row(*_row(each))
    return table


def _row(each: YearFigures) -> list[str]:
    if each.over_if_nothing is None:
        alone = [f"{each.over}（现状）", str(each.large), str(each.super_large)]
        return [str(each.year), *alone, *[""] * 6, str(each.failing)]
    counts = (
        each.over_if_nothing, each.large_if_nothing, each.super_large_if_nothing, each.to_open,
        each.rooms_lacking, each.teachers_lacking, each.over, each.large, each.super_large, each.failing,
    )  # fmt: skip
    return [str(each.year), *(str(count) for count in counts)]


def _options(study: ClassSizeStudy, county: CountyPlan) -> Table:
    table = ruled("次序", "措施", "单价", "数量", "学校", "方案期内费用")
    for index in (2, 3, 4, 5):
        table.columns[index].justify = "right"
    for place, each in enumerate(option_figures(study, actions_of(study, county)), start=1):
        table.add_row(
            str(place),
            each.label,
            each.price,
            f"{each.amount}{each.unit}",
            f"{each.schools}所",
            wan(each.cost),
        )
    return table


def _unmended(county: CountyPlan) -> Iterator[RenderableType]:
    schools = with_outcome(county, Outcome.UNMENDED)
    if not schools:
        return
    table = ruled("学校", "超限学年", "最大班额", "原因")
    table.columns[2].justify = "right"
    for school in schools:
        largest = max(year.large for year in school.years if not year.legal)
        table.add_row(
            Prose(school.now.name),
            years_text(school.unmended_years),
            str(largest),
            Prose(school.reason),
        )
    yield section(f"现有办法解决不了的学校（{len(schools)}所）：须新建、改扩建", table)


def _unknown(county: CountyPlan) -> Iterator[RenderableType]:
    if county.unknown:
        lines = [f"{u.code}　{u.name}：{'、'.join(u.wanting)}" for u in county.unknown]
        yield section(f"缺数据（{len(lines)}所）：没有做方案，请补报", items(lines))


def _goals(study: ClassSizeStudy) -> Table:
    table = ruled("次序", "目标（越小越好）", "求得", "下界", "差距")
    for index in (2, 3, 4):
        table.columns[index].justify = "right"
    for place, each in enumerate(study.answer.plan.goals, start=1):
        value, bound = (f"{exact_text(n)}{each.unit}" for n in (each.value, each.bound))
        table.add_row(str(place), each.goal, value, bound, f"{at_places(each.gap * 100, 2)}%")
    return table
