"""A study in the terminal: verdict, CVs by stage, failing schools with their gaps, what is missing."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, SpreadVerdict, Verdict
from junheng.publish.digits import amount_text, exact_text, spread_text, value_text
from junheng.publish.terminal.lines import show_lines
from junheng.publish.terminal.looks import (
    VERDICT_STYLE,
    WARNING_STYLE,
    items,
    ruled,
    section,
    verdict_text,
)
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import (
    blank_sentence,
    county_title,
    disagreement_sentence,
    flip_sentence,
    headline,
    is_demonstration,
    percent,
    relaxation_sentence,
    short_label,
    spread_sentence,
    spread_title,
    variant_label,
)
from junheng.studies import Study
from junheng.years import SchoolYear


def show_assessment(study: Study) -> RenderableType:
    """Every county of the study, one after another."""
    return Group(*(_county(study, county) for county in study.assessment.counties))


def _county(study: Study, county: CountyVerdict) -> RenderableType:
    return Group(
        Text(),
        _verdict(study, county),
        *show_lines(county),
        *(_resource(county) if "school_count" in county.standard.scheme.roles else ()),
        *_notes(county),
    )


def _resource(county: CountyVerdict) -> Iterator[RenderableType]:
    """资源配置 opened up: parts by stage, CVs, failing schools."""
    yield section("资源配置：各学段", _stages(county))
    yield section("资源配置：校际差异系数", _spreads(county))
    yield from _failing(county)


def _verdict(study: Study, county: CountyVerdict) -> Panel:
    style = VERDICT_STYLE[county.verdict]
    lines: list[RenderableType] = [Prose(headline(county), style)]
    lines += [Prose(f"· {reason}", hang=2) for reason in county.reasons]
    standard = county.standard
    lines.append(
        Prose(
            f"方案：{standard.scheme.title}；{SchoolYear(study.assessment.year)}；评估日期{standard.on}；"
            f"差异系数算法：{variant_label(standard)}；例外：{'、'.join(standard.switches.relaxations) or '未启用'}"
        )
    )
    if is_demonstration(county):
        lines.append(Prose("以下是演示数据，不是任何真实学校的情况。", WARNING_STYLE))
    title = Text(f"{county_title(county)}　{county.verdict}", style)
    return Panel(Group(*lines), title=title, border_style=style, box=box.ROUNDED, padding=(0, 1))


def _stages(county: CountyVerdict) -> Table:
    table = ruled("学段", "参加计算", "达标", "其中临界", "未达标", "缺数据", "缺报学校")
    for column in table.columns[1:]:
        column.justify = "right"
    for stage in county.standard.stages:
        parts = [part for part in county.parts if part.stage is stage]
        missing = [each for each in county.missing if stage in each.stages]
        passing = [part for part in parts if part.verdict is Verdict.PASS]
        table.add_row(
            stage.label,
            str(len(parts)),
            str(len(passing)),
            str(sum(part.near for part in passing)),
            str(sum(part.verdict is Verdict.FAIL for part in parts)),
            str(sum(part.verdict is Verdict.NO_DATA for part in parts)),
            str(len(missing)),
        )
    return table


def _spreads(county: CountyVerdict) -> Table:
    table = ruled("指标", "")
    stages = [stage for stage in county.standard.stages if _of(county, stage.value)]
    for stage in stages:
        limit = exact_text(county.standard.spread_limit(stage), least=2)
        table.add_column(f"{stage.label}（≤{limit}）", justify="right")
        table.add_column("结论")
    found = {(each.stage, each.indicator): each for each in county.spreads}
    for code in county.standard.indicators:
        cells: list[RenderableType] = [code, Prose(short_label(code))]
        for stage in stages:
            spread = found[stage, code]
            shown = "—" if spread.cv is None else spread_text(spread)
            cells += [shown, verdict_text(spread.verdict, near=spread.near)]
        table.add_row(*cells)
    return table


def _of(county: CountyVerdict, stage: str) -> list[SpreadVerdict]:
    return [each for each in county.spreads if each.stage == stage]


def _failing(county: CountyVerdict) -> Iterator[RenderableType]:
    failing = [part for part in county.parts if part.verdict is Verdict.FAIL]
    if failing:
        title = f"未达标的学校（{len({p.school_code for p in failing})}所、{len(failing)}个学段部）"
        yield section(title, _gaps(sorted(failing, key=_order)), Prose(_rule(county), "dim"))
    wide = [each for each in county.spreads if each.verdict is Verdict.FAIL]
    if wide:
        lines = [f"{spread_title(each)}：{flip_sentence(each)}。" for each in wide]
        yield section("差异系数怎样才能回到限值以内", items(lines))


def _gaps(failing: list[PartVerdict]) -> Table:
    """One row an indicator that is not met; the school's name stands once."""
    table = ruled("学校", "学段", "达标", "指标", "数值", "标准", "底线", "全校还差")
    for index in (2, 4, 5, 7):
        table.columns[index].justify = "right"
    for part in failing:
        lead: tuple[RenderableType, str, str] = (Prose(part.title), part.stage.label, _met(part))
        for each in part.indicators:
            if each.verdict in (Verdict.FAIL, Verdict.NO_DATA):
                table.add_row(
                    *lead, each.indicator, value_text(each), exact_text(each.limit), *_lack(each)
                )
                lead = ("", "", "")
    return table


def _lack(judged: PartIndicator) -> tuple[RenderableType, RenderableType]:
    if judged.gap is None:
        return verdict_text(Verdict.NO_DATA), ""
    floor = Text("达到") if judged.above_floor else Text("低于", VERDICT_STYLE[Verdict.FAIL])
    return floor, amount_text(judged.gap.to_limit, judged.gap.unit)


def _rule(county: CountyVerdict) -> str:
    standard = county.standard
    return (
        f"学校标准：{len(standard.indicators)}项指标至少{standard.needed}项达标，"
        f"其余不低于标准的{percent(standard.floor_share)}（底线）。还差的数按全校计，"
        "一贯制学校、完全中学的校舍、场地、设备、教室由各学段共用。"
    )


def _order(part: PartVerdict) -> tuple[int, str]:
    return (part.met, part.school_code)


def _met(part: PartVerdict) -> str:
    return f"{part.met}/{len(part.indicators)}"


def _notes(county: CountyVerdict) -> Iterator[RenderableType]:
    if county.missing:
        lines = [f"{each.code}　{each.name}：{each.reason}" for each in county.missing]
        yield section(f"缺报（{len(lines)}所）：先催报，补齐前差异系数不下结论", items(lines))
    blank = [told for part in county.parts if (told := blank_sentence(part))]
    if blank:
        yield section(f"缺数据（{len(blank)}个学段部）：请补报", items(blank))
    doubtful = [disagreement_sentence(each, county.standard) for each in county.spreads]
    if any(doubtful):
        lines = [f"{each}。" for each in doubtful if each]
        yield section("注意：换一种算法，结论就不同", items(lines, style=WARNING_STYLE))
    alone = [spread_sentence(each) for each in county.spreads if each.one_school]
    if alone:
        yield section("只有一所学校的学段", items(alone))
    if county.relaxations:
        lines = [relaxation_sentence(use) for use in county.relaxations]
        yield section("例外的使用", items(lines))
