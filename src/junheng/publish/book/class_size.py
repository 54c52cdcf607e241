"""班额方案册: one page a county for those who decide, then the lists."""

from pathlib import Path

from junheng.plan.class_size import CountyPlan, Outcome
from junheng.publish.book.cells import Cell, Number, Tone, Word
from junheng.publish.book.class_size_lists import lists_of
from junheng.publish.book.listing import Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.book.page import Page, Span
from junheng.publish.book.summary import DEMONSTRATION_NOTICE
from junheng.publish.class_sizes import (
    NOTICE,
    YearFigures,
    actions_of,
    county_cost,
    headline,
    option_figures,
    side_effects,
    wan,
    with_outcome,
    year_figures,
    years_text,
)
from junheng.publish.digits import at_places
from junheng.publish.wording import county_title, is_demonstration
from junheng.studies import ClassSizeStudy, place
from junheng.years import SchoolYear

WIDTHS = (9, 15, 10, 10, 10, 10, 10, 10, 10, 10, 12, 12)
SHORT_HASH = 16
SUMMARY = "结论"


def write_class_size_book(study: ClassSizeStudy, path: Path) -> Path:
    """Write 班额方案 to `path` and return it; the same study gives the same bytes."""
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: ClassSizeStudy, path: Path) -> None:
    book = opened_book(
        path,
        study.answer.on,
        title="班额方案",
        subject=whose(study),
        comments=f"方案 {study.answer.plan.hash}；事实指纹 {study.answer.plan.basis}",
    )
    looks = Looks(book)
    chosen = lists_of(study)
    listings = [build(study) for build, _ in chosen]
    contents = [(each.name, told) for each, (_, told) in zip(listings, chosen, strict=True)]
    right = f"方案 {study.answer.plan.hash[:SHORT_HASH]}"
    for county in study.answer.counties:
        several = len(study.answer.counties) > 1
        sheet = Sheet(book.add_worksheet(f"{SUMMARY} {county.code}" if several else SUMMARY), looks)
        sheet.printed(left=whose(study), right=right)
        sheet.sheet.hide_gridlines(2)
        _summary(Page(sheet, WIDTHS), study, county, contents)
    for listing in listings:
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=whose(study), right=right)
        write_listing(sheet, listing, f"{whose(study)}　{subtitle(study)}")
    book.close()


def whose(study: ClassSizeStudy) -> str:
    counties = study.today.counties
    if len(counties) == 1:
        return county_title(counties[0])
    invented = any(is_demonstration(county) for county in counties)
    return f"{len(counties)}个区县" + ("（含演示数据）" if invented else "")


def subtitle(study: ClassSizeStudy) -> str:
    """From which year to which, by which day's rules, at whose prices."""
    answer = study.answer
    return (
        f"依据{SchoolYear(answer.plan.base_year)}封存事实，推演到{SchoolYear(answer.years[-1])}　"
        f"按{answer.on}有效的要求　{answer.prices.title}（{answer.prices.status}）"
    )


def _summary(
    page: Page, study: ClassSizeStudy, county: CountyPlan, contents: list[tuple[str, str]]
) -> None:
    judged = study.county(study.today.year, county.code)
    page.title(f"{county.name}班额方案", f"（{county.code}）{subtitle(study)}")
    if is_demonstration(judged):
        page.notice(DEMONSTRATION_NOTICE)
    page.notice(NOTICE)
    open_ = with_outcome(county, Outcome.UNMENDED)
    word = Word(f"{len(open_)}所解决不了", Tone.BAD) if open_ else Word("可以解决", Tone.GOOD)
    demand, limits = county.law.demands[0], county.law.limits
    told = "、".join(f"{stage.label}{limit}人" for stage, limit in limits.items())
    page.verdict(
        word,
        [
            headline(study, county),
            f"限额：{told}；依据：{demand.citation}",
            f"方案期内费用合计{wan(county_cost(study, county))}，其中教师人员经费见下表",
        ],
    )
    page.section("一、逐年：不采取措施会怎样，至少要增多少，按方案做以后怎样")
    _years(page, study, county)
    page.section("二、措施与费用（先用花费小、动学生少的）")
    _options(page, study, county)
    page.section("三、现有办法解决不了的学校：须新建、改扩建")
    _unmended(page, county)
    page.section("四、推演结果用同一引擎评估")
    page.sentences([f"· {line}。" for line in side_effects(study, county)])
    page.section("五、优化目标：按次序求解")
    _goals(page, study)
    page.section("本册各表")
    for name, text in contents:
        page.link(name, text)


def _row(page: Page, spans: list[Span], cells: list[Cell]) -> None:
    page.cells(
        [
            (s, c, "left" if isinstance(c, str) else "center")
            for s, c in zip(spans, cells, strict=True)
        ]
    )


def _years(page: Page, study: ClassSizeStudy, county: CountyPlan) -> None:
    spans: list[Span] = [(0, 1), *((n, n) for n in range(2, 12))]
    large, super_large = county.law.large, county.law.super_large
    heads = [
        "学年", "不采取措施：超限班", f"其中{large}人及以上", f"{super_large}人及以上", "最少增班", "缺教室（间）", "缺教师（人）",
        "按方案：超限班", f"{large}人及以上", f"{super_large}人及以上", "GV5未达标学校",
    ]  # fmt: skip
    page.headings(list(zip(spans, heads, strict=True)))
    for each in year_figures(study, county):
        _row(page, spans, _figures(each))


def _figures(each: YearFigures) -> list[Cell]:
    name = str(SchoolYear(each.year))
    if each.over_if_nothing is None:
        alone: list[Cell] = [each.over, each.large, each.super_large]
        return [f"{name}（现状）", *alone, *[None] * 6, each.failing]
    return [
        name, each.over_if_nothing, each.large_if_nothing, each.super_large_if_nothing, each.to_open,
        each.rooms_lacking, each.teachers_lacking, each.over, each.large, each.super_large, each.failing,
    ]  # fmt: skip


def _options(page: Page, study: ClassSizeStudy, county: CountyPlan) -> None:
    spans: list[Span] = [(0, 0), (1, 3), (4, 5), (6, 6), (7, 7), (8, 10), (11, 11)]
    heads = ["次序", "措施", "单价", "数量", "学校（所）", "说明", "费用（万元）"]
    page.headings(list(zip(spans, heads, strict=True)))
    for number, each in enumerate(option_figures(study, actions_of(study, county)), start=1):
        cost = Number(at_places(each.cost / 10_000, 1), 1)
        row: list[Cell] = [
            number,
            each.label,
            each.price,
            each.amount,
            each.schools,
            TOLD[each.item],
            cost,
        ]
        _row(page, spans, row)


TOLD = {
    "class_opening": "课桌椅、班级设备，一次性",
    "room_conversion": "一次性；校舍面积不变",
    "entrant_diverted": "起始年级封顶，另计交通补助",
    "pupil_moved": "最后才用，另计交通补助",
    "class_merging": "仍有超大班额才用，年级内重新编班",
    "teacher_year": "按本校每班教师数，逐年",
}


def _unmended(page: Page, county: CountyPlan) -> None:
    schools = with_outcome(county, Outcome.UNMENDED)
    if not schools:
        page.sentences(["没有。"])
        return
    spans: list[Span] = [(0, 2), (3, 4), (5, 5), (6, 6), (7, 11)]
    page.headings(
        list(zip(spans, ["学校", "超限学年", "最大班额", "缺教室（间）", "原因"], strict=True))
    )
    for school in schools:
        largest = max(year.large for year in school.years if not year.legal)
        _row(
            page, spans,
            [school.now.name, years_text(school.unmended_years), largest, school.rooms_to_build, school.reason],
        )  # fmt: skip


def _goals(page: Page, study: ClassSizeStudy) -> None:
    spans: list[Span] = [(0, 0), (1, 4), (5, 7), (8, 10), (11, 11)]
    page.headings(
        list(zip(spans, ["次序", "目标（越小越好）", "求得", "下界", "差距"], strict=True))
    )
    for number, goal in enumerate(study.answer.plan.goals, start=1):
        value, bound = Number(at_places(goal.value, 0), 0), Number(at_places(goal.bound, 0), 0)
        gap = Number(at_places(goal.gap * 100, 2), 2, suffix="%")
        row: list[tuple[Span, Cell, str]] = [
            (spans[0], number, "center"), (spans[1], f"{goal.goal}（{goal.unit}）", "left"),
            (spans[2], f"{value.value:,}", "center"), (spans[3], f"{bound.value:,}", "center"),
            (spans[4], gap, "center"),
        ]  # fmt: skip
        page.cells(row)
