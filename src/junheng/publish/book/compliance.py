"""达标方案册: the plan on one page, then its lists."""

from collections.abc import Iterator
from pathlib import Path

from junheng.plan import Action
from junheng.publish.book.cells import Cell, Number, Tone, Word, tone_of
from junheng.publish.book.listing import Heading, Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.book.page import Page
from junheng.publish.book.summary import DEMONSTRATION_NOTICE
from junheng.publish.compliances import (
    NOTICE,
    cost_of,
    headline,
    item_figures,
    label_of,
    proof,
    wan,
)
from junheng.publish.digits import at_places, spread_text
from junheng.publish.wording import is_demonstration
from junheng.schema import Stage
from junheng.studies import ComplianceStudy, place

WIDTHS = (12, 14, 14, 14, 14, 14, 14, 14)
SHORT_HASH = 16
KINDS = {"part": "学校（学段部）", "spread": "校际差异系数", "clause": "其他条款"}


def write_compliance_book(study: ComplianceStudy, path: Path) -> Path:
    """Write 达标方案.xlsx to `path` and return it; the same study gives the same bytes."""
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: ComplianceStudy, path: Path) -> None:
    answer = study.answer
    names = "、".join(answer.counties.values())
    subject = names if len(answer.counties) == 1 else f"{len(answer.counties)}个区县"
    book = opened_book(
        path, answer.on, title="达标方案", subject=subject,
        comments=f"方案 {answer.plan.hash}；事实指纹 {answer.plan.basis}",
    )  # fmt: skip
    looks = Looks(book)
    right = f"方案 {answer.plan.hash[:SHORT_HASH]}"
    sheet = Sheet(book.add_worksheet("结论"), looks)
    sheet.printed(left=subject, right=right)
    sheet.sheet.hide_gridlines(2)
    _summary(Page(sheet, WIDTHS), study)
    for listing in (_actions(study), _left(study), _spreads(study), _lines(study)):
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=subject, right=right)
        write_listing(
            sheet, listing, f"{subject}　{answer.plan.base_year}学年封存事实，{answer.by}学年达标"
        )
    book.close()


def _summary(page: Page, study: ComplianceStudy) -> None:
    answer = study.answer
    page.title(
        "达标方案", f"按{answer.on}有效的要求　{answer.prices.title}（{answer.prices.status}）"
    )
    if any(is_demonstration(county) for county in study.today.counties):
        page.notice(DEMONSTRATION_NOTICE)
    page.notice(NOTICE)
    word = (
        Word(f"{len(answer.left)}项达不到", Tone.BAD)
        if answer.left
        else Word("可以达到", Tone.GOOD)
    )
    page.verdict(word, [headline(study), *proof(study)])
    page.section("一、措施与费用")
    page.sentences(
        [
            f"· {label_of(each)}：{each.amount:,}{each.unit}，{each.schools}所学校，{wan(each.cost)}。"
            for each in item_figures(study)
        ]
        or ["不需要任何措施。"]
    )
    page.section("二、各方面前后对比")
    page.sentences(
        [
            f"· {answer.counties[county]}　{title}：今天{before}，{answer.by}学年{after}。"
            for county, areas in study.certificate.areas.items()
            for title, before, after in areas
        ]
    )
    page.section("三、假设")
    page.sentences([f"· {each}。" for each in answer.assumptions])


def _names(study: ComplianceStudy) -> dict[str, tuple[str, str]]:
    """School code → county name and school name."""
    facts, counties = study.snapshot.facts["schools"], study.answer.counties
    rows = facts.select("school_code", "school_name", "location_unit").iter_rows()
    return {code: (counties.get(unit, ""), name) for code, name, unit in rows}


def _actions(study: ComplianceStudy) -> Listing:
    names = _names(study)
    return Listing(
        name="措施",
        title="措施清单",
        notes=["费用算到达标的学年末；人员经费计一年。教师调动只写人数，不涉及任何姓名。"],
        headings=[
            Heading("区县", 16), Heading("学校代码", 11.5, "center"), Heading("学校", 28), Heading("措施", 26),
            Heading("数量", 9, "center"), Heading("单位", 6, "center"), Heading("一次性（元）", 13),
            Heading("每年（元）", 13), Heading("合计（元）", 13), Heading("为了", 8, "center"), Heading("学年", 7, "center"),
        ],
        rows=[_action(each, names, study) for each in study.answer.plan.actions],
        sticky=3,
        empty="不需要任何措施",
    )  # fmt: skip


def _action(each: Action, names: dict[str, tuple[str, str]], study: ComplianceStudy) -> list[Cell]:
    county, school = names[each.school]
    money = [Number(at_places(n, 0), 0) for n in (each.cost_yuan, each.yearly_cost_yuan, cost_of(each, study))]  # fmt: skip
    return [county, each.school, school, each.reason, each.amount, each.unit, *money, each.clause, str(each.year)]  # fmt: skip


def _left(study: ComplianceStudy) -> Listing:
    """What is not met today, and whether it is after the plan."""
    left = set(study.answer.left)
    return Listing(
        name="要求",
        title="今天没有达到的要求，做完以后怎样",
        notes=["一项要求：一个学段部的一项指标，一个差异系数，或一所学校的一条款。学段部允许一项停在标准的85%以上。"],
        headings=[
            Heading("类别", 16, "center"), Heading("代码", 11.5, "center"), Heading("名称", 36),
            Heading("学段", 7, "center"), Heading("项目", 8, "center"), Heading("做完以后", 10, "center"),
        ],
        rows=[
            [
                KINDS[each.kind], each.school, each.name,
                Stage(each.stage).label if each.stage else "", each.line,
                Word("达不到", Tone.BAD) if each in left else Word("达到", Tone.GOOD),
            ]
            for each in dict.fromkeys((*study.answer.before, *study.answer.left))
        ],
        sticky=3,
        empty="今天已经全部达到",
    )  # fmt: skip


def _spreads(study: ComplianceStudy) -> Listing:
    rows: list[list[Cell]] = []
    for before, after in zip(study.today.counties, study.ahead.counties, strict=True):
        for one, other in zip(before.spreads, after.spreads, strict=True):
            words = [Word(spread_text(s), tone_of(s.verdict, near=s.near)) for s in (one, other)]
            rows.append([before.name, one.stage.label, one.indicator, Number(at_places(one.limit, 2), 2), *words])  # fmt: skip
    return Listing(
        name="差异系数",
        title="校际差异系数，前后对比",
        notes=["同一引擎、同一算法；限值见标准。"],
        headings=[
            Heading("区县", 18), Heading("学段", 7, "center"), Heading("指标", 8, "center"),
            Heading("限值", 8, "center"), Heading("今天", 10, "center"), Heading("做完以后", 10, "center"),
        ],
        rows=rows,
        sticky=3,
    )  # fmt: skip


def _lines(study: ComplianceStudy) -> Listing:
    return Listing(
        name="证书",
        title="全部指标与一票否决：方案管到哪里",
        notes=["“本方案约束”：方案保证达标，由引擎评估推演的事实证实。“不在本方案之内”：班额、规模、调查、监测、佐证、声明等。"],
        headings=[
            Heading("区县", 18), Heading("代码", 8, "center"), Heading("名称", 34), Heading("今天", 10, "center"),
            Heading("做完以后", 10, "center"), Heading("方案", 16, "center"),
        ],
        rows=list(_line_rows(study)),
        sticky=3,
    )  # fmt: skip


def _line_rows(study: ComplianceStudy) -> Iterator[list[Cell]]:
    for each in study.certificate.lines:
        words = [Word(v.value, tone_of(v)) for v in (each.before, each.after)]
        yield [study.answer.counties[each.county], each.code, each.label, *words, each.reach]
