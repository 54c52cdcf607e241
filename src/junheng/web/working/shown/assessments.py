"""The page of an assessment: counties, what fails in each, coefficients of variation."""

from collections.abc import Iterator

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.publish.digits import amount_text, exact_text, spread_text
from junheng.publish.html.city import conclusion
from junheng.publish.line_words import line_told
from junheng.publish.priorities import first_look
from junheng.publish.totals import lacks
from junheng.publish.wording import headline, short_label, variant_label, verdict_word
from junheng.studies import Study
from junheng.web.working.result_page import (
    Cell,
    Figure,
    ResultPage,
    ShownTable,
    headings,
    number,
    toned,
)


def page_of(study: Study) -> ResultPage:
    """What fails first; the counties; every line that does not pass; every coefficient of variation."""
    counties = study.assessment.counties
    one = counties[0] if len(counties) == 1 else None
    lead = [headline(one), *first_look(one)] if one else [conclusion(study)]
    return ResultPage(
        lead=lead,
        figures=[*_figures(study)],
        tables=[
            ShownTable(
                "各区县的结论",
                headings("区县|sticky", "结论", *(f"{a.title}" for a in counties[0].areas),
                         "参加计算的学校|num", "未达标学校|num", "差异系数超限|num", "缺报|num", "差得最多|wide"),
                [_county(each) for each in counties],
            ),
            ShownTable(
                "没有达到的指标",
                headings("区县|sticky", "指标|sticky", "内容|wide", "结论", "情况|wide", "合计还差"),
                [row for each in counties for row in _lines(each)],
                keys=2,
            ),
            ShownTable(
                "校际差异系数",
                headings("区县|sticky", "学段|sticky", "指标|sticky", "差异系数|num", "限值|num", "结论"),
                [row for each in counties for row in _spreads(each)],
                keys=3,
                folded=len(counties) > 1,
            ),
        ],
        settings=[
            ("评估日期", study.assessment.on.isoformat()),
            ("差异系数算法", variant_label(counties[0].standard)),
            ("打开的例外", "、".join(study.receipt.relaxations) or "无"),
            ("换用的口径", "、".join(f"{k}={v}" for k, v in study.receipt.readings.items()) or "无"),
        ],
    )  # fmt: skip


def _figures(study: Study) -> Iterator[Figure]:
    counties = study.assessment.counties
    verdicts = [v for county in counties for v in county.schools.values()]
    spreads = [s for county in counties for s in county.spreads]
    if len(counties) > 1:
        passed = sum(each.verdict is Verdict.PASS for each in counties)
        yield Figure("达标的区县", f"{passed} / {len(counties)}")
    yield Figure(
        "达标的学校",
        f"{verdicts.count(Verdict.PASS):,} / {len(verdicts):,}",
        "七项至少六项，其余不低于85%",
    )
    failing = sum(each.verdict is Verdict.FAIL for each in spreads)
    yield Figure(
        "超限的差异系数", f"{failing} / {len(spreads)}", tone="fail" if failing else "pass"
    )
    missing = sum(len(each.missing) for each in counties)
    yield Figure("缺报的学校", f"{missing:,}", tone="none" if missing else "")


def _county(county: CountyVerdict) -> list[Cell]:
    schools = list(county.schools.values())
    failing = sum(each.verdict is Verdict.FAIL for each in county.spreads)
    worst = max(lacks(county), key=lambda lack: lack.schools, default=None)
    told = ""
    if worst is not None and worst.schools:
        told = f"{short_label(worst.indicator)}：{worst.schools}所，共差{amount_text(worst.to_limit, worst.unit)}"
    return [
        county.name, toned(county.verdict.value), *(toned(a.verdict.value) for a in county.areas),
        number(len(schools)), number(schools.count(Verdict.FAIL)), number(failing),
        number(len(county.missing)), told,
    ]  # fmt: skip


def _lines(county: CountyVerdict) -> Iterator[list[Cell]]:
    lacking = {each.indicator: each for each in lacks(county)}
    for line in county.lines:
        if line.verdict in (Verdict.FAIL, Verdict.NO_DATA):
            lack = lacking.get(line.code)
            short = amount_text(lack.to_limit, lack.unit) if lack and lack.to_limit else ""
            yield [
                county.name,
                line.code,
                line.label,
                toned(line.verdict.value),
                line_told(line),
                short,
            ]


def _spreads(county: CountyVerdict) -> Iterator[list[Cell]]:
    for each in county.spreads:
        yield [
            county.name, each.stage.label, each.indicator, spread_text(each),
            exact_text(each.limit, least=2), toned(verdict_word(each.verdict, near=each.near)),
        ]  # fmt: skip
