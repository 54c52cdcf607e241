"""结论: one page a county for those who decide; for several counties a list of them before it."""

from junheng.diagnosis import CountyVerdict, PartVerdict, Verdict
from junheng.publish.book.areas import write_areas
from junheng.publish.book.cells import (
    Cell,
    Word,
    amount_cell,
    cv_cell,
    exact_cell,
    tone_of,
    verdict_cell,
)
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.book.page import Page, Span
from junheng.publish.digits import exact_text
from junheng.publish.priorities import first_look
from junheng.publish.totals import lacks
from junheng.publish.wording import (
    basis,
    blank_sentence,
    county_title,
    disagreement_sentence,
    is_demonstration,
    part_sentence,
    relaxation_sentence,
    short_label,
    spread_sentence,
    variant_label,
)
from junheng.schema import Stage
from junheng.studies import Study
from junheng.years import SchoolYear

WIDTHS = (8, 24, 9, 10, 9, 10, 9, 10, 9, 10, 18, 7)
MOST_SCHOOLS, MOST_LISTED = 40, 20
DEMONSTRATION_NOTICE = "演示数据：以下数字由程序生成，不是任何真实学校的情况"


def subtitle(study: Study, county: CountyVerdict | None) -> str:
    """Which year, which day, under which scheme and variant."""
    assessment = study.assessment
    told = [str(SchoolYear(assessment.year)), f"评估日期 {assessment.on.isoformat()}"]
    if county is not None:
        standard = county.standard
        told.append(f"方案：{standard.scheme.title}")
        told.append(f"差异系数算法：{variant_label(standard)}")
        told.append(f"例外：{'、'.join(standard.switches.relaxations) or '未启用'}")
    return "　".join(told)


def write_summary(
    page: Page, study: Study, county: CountyVerdict, sheets: list[tuple[str, str]]
) -> None:
    """The page of one county."""
    page.title(
        f"{county.name}　{county.standard.scheme.title}结果",
        f"（{county.code}）{subtitle(study, county)}",
    )
    if is_demonstration(county):
        page.notice(DEMONSTRATION_NOTICE)
    word = Word(county.verdict.value, tone_of(county.verdict))
    page.verdict(word, [basis(county), *(f"· {reason}" for reason in county.reasons)])
    page.section("一、各方面")
    write_areas(page, county)
    if "school_count" in county.standard.scheme.roles:
        _resource(page, county)
    _open(page, county)
    page.section("本册各表")
    for name, told in sheets:
        page.link(name, told)
    page.finish()


def _resource(page: Page, county: CountyVerdict) -> None:
    page.section("二、资源配置先看什么")
    page.sentences([f"{n}. {text}" for n, text in enumerate(first_look(county), start=1)])
    page.section("三、资源配置：各学段")
    _stages(page, county)
    page.section("四、资源配置：七项指标与差异系数一览")
    _indicators(page, county)
    page.section("五、资源配置未达标的学校：哪些指标、差多少")
    _failing(page, county)


def _stages(page: Page, county: CountyVerdict) -> None:
    spans: list[Span] = [(0, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7)]
    texts = ["学段", "参加计算", Verdict.PASS.value, "其中临界", Verdict.FAIL.value,
             Verdict.NO_DATA.value, "缺报学校"]  # fmt: skip
    page.headings(list(zip(spans, texts, strict=True)))
    for stage in county.standard.stages:
        parts = [part for part in county.parts if part.stage is stage]
        missing = sum(stage in each.stages for each in county.missing)
        near = sum(part.near and part.verdict is Verdict.PASS for part in parts)
        counts = _counts([part.verdict for part in parts], near, missing)
        page.cells(_lined(spans, [f"{stage.label}（学段部）", *counts]))
    verdicts = list(county.schools.values())
    counts = _counts(verdicts, None, len(county.missing))
    page.cells(_lined(spans, ["全县学校（各学段部都须达标）", *counts]))


def _counts(verdicts: list[Verdict], near: int | None, missing: int) -> list[Cell]:
    passing, failing, blank = (
        verdicts.count(each) for each in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)
    )
    return [len(verdicts), passing, near, failing, blank, missing]


def _lined(spans: list[Span], cells: list[Cell]) -> list[tuple[Span, Cell, str]]:
    return [
        (span, cell, "left" if isinstance(cell, str) else "center")
        for span, cell in zip(spans, cells, strict=True)
    ]


# --- indicators --------------------------------------------------------------------------------


def _indicators(page: Page, county: CountyVerdict) -> None:
    stages = county.standard.stages[:2]
    upper: list[tuple[Span, str]] = [((0, 1), "")]
    lower = ["指标", "名称"]
    for index, stage in enumerate(stages):
        limit = exact_text(county.standard.spread_limit(stage), least=2)
        upper.append(((2 + 4 * index, 5 + 4 * index), f"{stage.label}（差异系数限值{limit}）"))
        lower += ["标准≥", "未达标部数", "差异系数", "结论"]
    page.headings([*upper, ((10, 11), "未达标学校补到标准")], upper=True)
    singles: list[Span] = [(n, n) for n in range(len(lower))]
    page.headings(
        [*zip(singles, lower, strict=True), ((10, 10), "全县合计还差"), ((11, 11), "单位")]
    )
    for lack in lacks(county):
        cells: list[Cell] = [lack.indicator, short_label(lack.indicator)]
        for stage in stages:
            cells += _of_stage(county, lack.indicator, stage, lack.failing[stage])
        page.cells(
            [
                *_lined(singles, cells),
                ((10, 10), amount_cell(lack.to_limit), "left"),
                ((11, 11), lack.unit, "center"),
            ]
        )


def _of_stage(county: CountyVerdict, code: str, stage: Stage, failing: int) -> list[Cell]:
    limit = exact_cell(county.standard.limit(code, stage))
    spread = next((s for s in county.spreads if (s.stage, s.indicator) == (stage, code)), None)
    if spread is None:
        return [limit, failing, None, "没有学校"]
    return [
        limit,
        failing,
        cv_cell(spread.cv, spread.limit, spread.verdict, near=spread.near),
        verdict_cell(spread.verdict, near=spread.near),
    ]


# --- schools -----------------------------------------------------------------------------------


def _failing(page: Page, county: CountyVerdict) -> None:
    failing = sorted(
        (part for part in county.parts if part.verdict is Verdict.FAIL),
        key=lambda part: (part.met, part.school_code, part.stage),
    )
    if not failing:
        page.sentences(["没有未达标的学校。"])
        return
    spans: list[Span] = [(0, 0), (1, 3), (4, 4), (5, 5), (6, 11)]
    page.headings(
        list(
            zip(
                spans,
                ["序号", "学校（学段部）", "学段", "达标项数", "哪些指标、差多少（数量按全校计）"],
                strict=True,
            )
        )
    )
    for number, part in enumerate(failing[:MOST_SCHOOLS], start=1):
        page.cells(
            list(
                zip(
                    spans,
                    _school(number, part),
                    ("center", "left", "center", "center", "left"),
                    strict=True,
                )
            )
        )
    if len(failing) > MOST_SCHOOLS:
        page.sentences([f"另有{len(failing) - MOST_SCHOOLS}个学段部，见“差距清单”。"])


def _school(number: int, part: PartVerdict) -> list[Cell]:
    return [number, part.title, part.stage.label, part.met, part_sentence(part)]


def _open(page: Page, county: CountyVerdict) -> None:
    """What stays open: who is missing, variants that disagree, lone schools, exceptions."""
    blank = [told for part in county.parts if (told := blank_sentence(part))]
    doubtful = [disagreement_sentence(each, county.standard) for each in county.spreads]
    _list(
        page,
        f"缺报的学校（{len(county.missing)}所）",
        [f"{each.code}　{each.name}：{each.reason}" for each in county.missing],
    )
    _list(page, f"缺数据的学段部（{len(blank)}个）", blank)
    _list(page, "注意：换一种算法，结论就不同", [told for told in doubtful if told])
    _list(
        page,
        "只有一所学校的学段",
        [spread_sentence(each) for each in county.spreads if each.one_school],
    )
    _list(page, "例外的使用", [relaxation_sentence(use) for use in county.relaxations])


def _list(page: Page, title: str, lines: list[str]) -> None:
    """A section of sentences, where there are any."""
    if not lines:
        return
    page.section(title)
    rest = len(lines) - MOST_LISTED
    more = [f"另有{rest}条，见后面各表。"] if rest > 0 else []
    page.sentences([*(f"· {line}。" for line in lines[:MOST_LISTED]), *more])


# --- several counties ----------------------------------------------------------------------------


def overview(study: Study) -> Listing:
    """One row a county."""
    counts = [
        "参加计算的学校",
        Verdict.PASS.value,
        Verdict.FAIL.value,
        Verdict.NO_DATA.value,
        "缺报",
    ]
    return Listing(
        name="结论",
        title="义务教育优质均衡资源配置评估结论",
        notes=["各区县分别判定：所有学校达标、各项差异系数都不超过限值，区县才达标。"],
        headings=[
            Heading("区县", 16),
            Heading("结论", 10, "center"),
            *(Heading(text, 9, above=("学校数（所）",)) for text in counts),
            Heading("差异系数超限（项）", 10),
            Heading("原因", 42),
            Heading("先看什么", 70),
        ],
        rows=[_overview(county) for county in study.assessment.counties],
        sticky=1,
    )


def _overview(county: CountyVerdict) -> list[Cell]:
    verdicts = list(county.schools.values())
    total, passing, _, failing, blank, missing = _counts(verdicts, None, len(county.missing))
    wide = sum(spread.verdict is Verdict.FAIL for spread in county.spreads)
    return [
        county_title(county),
        verdict_cell(county.verdict),
        total,
        passing,
        failing,
        blank,
        missing,
        wide,
        "；".join(county.reasons),
        "\n".join(first_look(county)),
    ]
