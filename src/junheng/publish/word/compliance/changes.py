"""四、五: before and after by indicator and coefficient; what cannot be met, and why."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.diagnosis import SpreadVerdict
from junheng.plan.compliance import Failing
from junheng.publish.book.cells import Cell, Word, tone_of
from junheng.publish.compliance_changes import (
    failing_name,
    indicator_changes,
    part_changes,
    passing_schools,
    spread_changes,
)
from junheng.publish.compliance_figures import single
from junheng.publish.digits import exact_text, spread_text, value_text
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.wording import short_label
from junheng.schema import Stage
from junheng.studies import ComplianceStudy

KINDS = {"part": "学校（学段部）", "spread": "校际差异系数", "clause": "其他条款"}
SAME_ENGINE = "两列都由同一引擎、同一算法计算；“做完以后”是推演，不是填报数据。"
NONE = "—"
Figures = tuple[str, str, str]
"""Today, after, limit."""


def changes(paper: Paper, study: ComplianceStudy) -> None:
    paper.heading("实施前后对比")
    before, after, of = passing_schools(study)
    paper.text(f"参加计算的学校{of}所，资源配置达标的今天{before}所，做完以后{after}所。")
    stages = study.today.counties[0].standard.stages
    paper.heading("七项指标", 2)
    paper.table(
        "低于标准的学段部，前后对比",
        [
            Column("指标", 56),
            *(
                Column(text, width, "center", stage.label)
                for stage in stages
                for text, width in (("学段部", 16), ("今天", 15), ("做完以后", 19))
            ),
        ],
        list(_below(study, stages)),
        note=f"每个学段部允许一项低于标准，所以做完以后可以不为零。{SAME_ENGINE}逐校数值见附录和达标方案.xlsx。",
    )  # fmt: skip
    paper.heading("校际差异系数", 2)
    lead = [] if single(study) else [Column("区县", 26, joined=True)]
    paper.table(
        "校际差异系数，前后对比",
        [
            *lead,
            Column("指标", 56 if single(study) else 42),
            *(
                Column(text, width, "center", stage.label)
                for stage in stages
                for text, width in (("限值", 12), ("今天", 15), ("做完以后", 17))
            ),
        ],
        list(_spreads(study, stages)),
        note=SAME_ENGINE,
    )


def _below(study: ComplianceStudy, stages: Sequence[Stage]) -> Iterator[list[Cell]]:
    found = {(each.indicator, each.stage): each for each in indicator_changes(study)}
    for code in study.today.counties[0].standard.indicators:
        row: list[Cell] = [f"{code} {short_label(code)}"]
        for stage in stages:
            each = found.get((code, stage))
            row += [NONE] * 3 if each is None else [each.parts, each.before, each.after]
        yield row


def _spreads(study: ComplianceStudy, stages: Sequence[Stage]) -> Iterator[list[Cell]]:
    found = {
        (county.code, one.indicator, one.stage): (one, other)
        for county, one, other in spread_changes(study)
    }
    for county in study.today.counties:
        for code in county.standard.indicators:
            row: list[Cell] = [] if single(study) else [county.name]
            row.append(f"{code} {short_label(code)}")
            for stage in stages:
                pair = found.get((county.code, code, stage))
                row += [NONE] * 3 if pair is None else _pair(*pair)
            yield row


def _pair(one: SpreadVerdict, other: SpreadVerdict) -> list[Cell]:
    shown = [Word(spread_text(s), tone_of(s.verdict, near=s.near)) for s in (one, other)]
    return [exact_text(one.limit, least=2), *shown]


# --- what stays unmet --------------------------------------------------------------------------


def beyond(paper: Paper, study: ComplianceStudy) -> None:
    paper.heading("达不到的要求及原因")
    answer = study.answer
    if not answer.left:
        paper.text("方案所管的要求全部可以达到。")
        return
    paper.text(
        f"在所给的经费和限制之内，{len(answer.left)}项要求达不到"
        + (
            "；已证明不能再少。"
            if answer.fewest == len(answer.left)
            else f"；已证明至少有{answer.fewest}项达不到。"
        )
    )
    figures = _figures(study)
    why = any(each.reason for each in answer.left)
    paper.table(
        "达不到的要求",
        [
            Column("类别", 24, "center"),
            Column("名称", 38 if why else 74),
            Column("项目", 12, "center"),
            Column("今天", 14, "center"),
            Column("做完以后", 17, "center"),
            Column("要求", 14, "center"),
            *([Column("为什么", 37)] if why else []),
        ],
        [row if why else row[:-1] for row in _left(study, figures)],
    )


def _left(study: ComplianceStudy, figures: dict[tuple[str, ...], Figures]) -> Iterator[list[Cell]]:
    for each in study.answer.left:
        stage = Stage(each.stage).label if each.stage and each.kind == "part" else ""
        first = each.year == study.answer.years[0]  # of later years the figures are in the book
        found = figures.get(key_of(each), (NONE,) * 3) if first else (NONE,) * 3
        yield [
            KINDS[each.kind],
            f"{failing_name(study, each)}{stage}",
            each.line,
            *found,
            each.reason or NONE,
        ]


def key_of(each: Failing) -> tuple[str, ...]:
    return (each.kind, each.school or each.county, each.line, each.stage)


def _figures(study: ComplianceStudy) -> dict[tuple[str, ...], Figures]:
    """What the engine finds of each requirement on an indicator or a coefficient."""
    found: dict[tuple[str, ...], Figures] = {}
    for part in part_changes(study):
        for one, other in part.pairs:
            key = ("part", part.before.school_code, one.indicator, part.before.stage.value)
            found[key] = (value_text(one), value_text(other), _limit(one.limit))
    for county, one_cv, other_cv in spread_changes(study):
        key = ("spread", county.code, one_cv.indicator, one_cv.stage.value)
        limit = f"≤{exact_text(one_cv.limit, least=2)}"
        found[key] = (spread_text(one_cv), spread_text(other_cv), limit)
    return found


def _limit(limit: Fraction) -> str:
    return f"≥{exact_text(limit)}"
