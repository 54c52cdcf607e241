"""The pages of readings, years, screens and targets."""

from junheng.diagnosis import Light, goal_words
from junheng.diagnosis.comparing import with_unit
from junheng.publish.digits import spread_text
from junheng.publish.target_words import (
    document_sentences,
    due_words,
    missing_words,
    owner_words,
    pace_words,
)
from junheng.publish.year_words import change_sentence, gap_words, judged_by
from junheng.studies import Readings, ScreenStudy, TargetStudy, Years
from junheng.web.working.result_page import (
    TONES,
    Figure,
    ResultPage,
    ShownTable,
    headings,
    number,
    toned,
)
from junheng.years import SchoolYear


def readings_page(found: Readings) -> ResultPage:
    """Which verdicts hang on an open point, the heaviest point first."""
    hold, all_of = len(found.found) - len(found.open_ones), len(found.found)
    return ResultPage(
        lead=[f"{all_of:,}条结论中，{hold:,}条在每一种读法下都一样；{all_of - hold:,}条取决于未决口径，下结论之前请先请示。"],
        figures=[
            Figure("站得住的结论", f"{hold:,} / {all_of:,}"),
            Figure("取决于口径的结论", f"{all_of - hold:,}", tone="near" if all_of > hold else "pass"),
        ],
        tables=[
            ShownTable(
                "未决口径",
                headings("口径|sticky", "内容|wide", "影响的结论|num", "默认的理由|wide", "请示的问题|wide"),
                [[s.code, s.title, number(n), s.reason, s.question] for s, n in found.questions],
            ),
            ShownTable(
                "取决于口径的结论",
                headings("结论|sticky", "本次|", "换用的口径|wide", "变为"),
                [
                    [each.point.title, toned(each.verdict.value if each.verdict else "不判"),
                     "；".join(c.option.label for c in turn.choices),
                     toned(turn.becomes.value if turn.becomes else "不判")]
                    for each in found.open_ones for turn in each.turns if turn.flips
                ],
                keys=3,
            ),
        ],
        notes=[f"没有试的组合：{told}" for told in found.pairs_untried],
    )  # fmt: skip


def years_page(found: Years) -> ResultPage:
    """Verdicts and coefficients of variation by year; where a definition changed it is said."""
    span = [str(SchoolYear(year)) for year in found.span]
    verdicts, spreads, lines = [], [], []
    for county in found.counties:
        by_year = county.verdicts
        verdicts.append(
            [
                county.name,
                *(toned(by_year[y].verdict.value) if y in by_year else "—" for y in found.span),
            ]
        )
        for stage, code in county.keys:
            held = county.spread(stage, code)
            told = [
                [spread_text(held[y]), TONES.get(held[y].verdict.value, "")] if y in held else "—"
                for y in found.span
            ]
            spreads.append([county.name, stage.label, code, *told])
        for code, label in county.line_names.items():
            line = county.line(code)
            words = [line[y].verdict.value if y in line else "—" for y in found.span]
            if len(set(words)) > 1:
                lines.append([county.name, f"{code} {label}", *map(toned, words)])
    first, last = found.span[0], found.span[-1]
    return ResultPage(
        lead=[f"{len(found.studies)}个学年，{SchoolYear(first)}到{SchoolYear(last)}，{len(found.counties)}个区县。", judged_by(found)],
        tables=[
            ShownTable("历年结论", headings("区县|sticky", *span), verdicts),
            ShownTable("结论有变化的指标", headings("区县|sticky", "指标|sticky", *span), lines, keys=2),
            ShownTable(
                "历年差异系数", headings("区县|sticky", "学段|sticky", "指标|sticky", *(f"{s}|num" for s in span)),
                spreads, keys=3, folded=len(found.counties) > 1,
            ),
        ],
        notes=[*([gap_words(found)] if found.missing else []), *(change_sentence(c) for c in found.changes)],
    )  # fmt: skip


def screen_page(found: ScreenStudy) -> ResultPage:
    """Questions, none of them an accusation."""
    questions = found.screening.questions
    return ResultPage(
        lead=[f"有{len(questions)}处值得核实。这里只提问题，不作结论；每处都写了正当的解释和要看的材料。"],
        figures=[Figure("要核实的问题", f"{len(questions):,}", tone="near" if questions else "pass")],
        tables=[
            ShownTable(
                "要核实的问题",
                headings("区县|sticky", "学年|sticky", "学校|sticky", "问题|wide", "看到的情况|wide", "可能的正当原因|wide", "要看的材料|wide"),
                [
                    [found.names.get(q.county, q.county), str(SchoolYear(q.year)),
                     "、".join(one.name for one in q.schools) or "—", q.screen.title, q.found,
                     q.screen.honest, q.screen.ask]
                    for q in questions
                ],
                keys=4,
            )
        ],
        notes=[f"{kind}没有做：{reason}" for kind, reason in found.screening.unscreened],
    )  # fmt: skip


def _unpaced(light: Light) -> str:
    """Why there is no pace for what has to be made up."""
    if light in (Light.OVERDUE, Light.BEHIND):
        return "没有登记补齐日期；再算一次并写明“按哪一天补齐”，这里给出每月、每年的进度"
    return ""


def targets_page(found: TargetStudy) -> ResultPage:
    """Overdue first: what, where, how far, whose, how to catch up."""
    lights = [each.light for each in found.verdicts]
    rows = []
    for each in found.verdicts:
        target, point = each.promise.target, each.outcome.point
        value = point.value if point else None
        rows.append([
            f"{target.code} {target.title}", each.place_name or each.place, toned(each.light.value),
            "" if value is None else with_unit(value, target), goal_words(target), missing_words(each),
            due_words(target), owner_words(target), each.outcome.reason, pace_words(each) or _unpaced(each.light),
        ])  # fmt: skip
    overdue = lights.count(Light.OVERDUE)
    return ResultPage(
        lead=[f"到{found.on}，{overdue}项逾期，{lights.count(Light.BEHIND)}项落后，{lights.count(Light.MET)}项达成。逾期的排在前面，并写明怎样补齐。"],
        figures=[Figure(light.value, f"{lights.count(light):,}", tone=TONES[light.value]) for light in Light if light in lights],
        tables=[
            ShownTable(
                "政策目标",
                headings("目标|sticky", "单位|sticky", "亮灯", "现在|num", "要求", "还差", "期限", "责任单位", "原因|wide", "怎样补齐|wide"),
                rows, keys=2,
                about=[each.place for each in found.verdicts],
            )
        ],
        notes=document_sentences(found),
        settings=[("看的日期", found.on.isoformat()), ("补齐日期", found.recover_by.isoformat() if found.recover_by else "按登记的承诺")],
    )  # fmt: skip
