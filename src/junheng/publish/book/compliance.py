"""达标方案册: the plan on one page, then its lists."""

from collections.abc import Sequence
from pathlib import Path

from junheng.publish.book import compliance_money
from junheng.publish.book.cells import Tone, Word
from junheng.publish.book.compliance_lists import (
    actions,
    land,
    lines,
    matrix,
    prices,
    proofs,
    spreads,
    unmet,
    works,
)
from junheng.publish.book.listing import Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.book.page import Page
from junheng.publish.compliance_figures import whose
from junheng.publish.compliance_proof import warnings
from junheng.publish.compliances import headline, item_figures, label_of, proof, wan
from junheng.studies import ComplianceStudy, place

WIDTHS = (12, 14, 14, 14, 14, 14, 14, 14)
SHORT_HASH = 16


def write_compliance_book(study: ComplianceStudy, path: Path) -> Path:
    """Write 达标方案.xlsx to `path` and return it; the same study gives the same bytes."""
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: ComplianceStudy, path: Path) -> None:
    answer, subject = study.answer, whose(study)
    book = opened_book(
        path, answer.on, title="达标方案", subject=subject,
        comments=f"方案 {answer.plan.hash}；事实指纹 {answer.plan.basis}",
    )  # fmt: skip
    looks = Looks(book)
    right = f"方案 {answer.plan.hash[:SHORT_HASH]}"
    sheet = Sheet(book.add_worksheet("结论"), looks)
    sheet.printed(left=subject, right=right)
    sheet.sheet.hide_gridlines(2)
    listings = _listings(study)
    _summary(Page(sheet, WIDTHS), study, listings)
    for listing in listings:
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=subject, right=right)
        write_listing(
            sheet, listing, f"{subject}　{answer.plan.base_year}学年封存事实，{answer.by}学年达标"
        )
    book.close()


def _listings(study: ComplianceStudy) -> list[Listing]:
    """Every sheet behind the first; those of what was not asked for are left out."""
    money = [compliance_money.years(study)]
    if study.answer.paid:
        money.append(compliance_money.given(study))
    money.append(compliance_money.clauses(study))
    if study.worth:
        money.append(compliance_money.worth(study))
    if study.frontier or study.what_if:
        money.append(compliance_money.frontier(study))
    grounds = [land(study)] if study.certificate.land else []
    return [
        actions(study), works(study), *grounds, *money, matrix(study), unmet(study), spreads(study),
        lines(study), proofs(study), prices(study),
    ]  # fmt: skip


def _verdict(study: ComplianceStudy) -> Word:
    if not study.certificate.holds:
        return Word("不能采用", Tone.BAD)
    left = len(study.answer.left)
    return Word(f"{left}项达不到", Tone.BAD) if left else Word("可以达到", Tone.GOOD)


def _summary(page: Page, study: ComplianceStudy, listings: Sequence[Listing]) -> None:
    answer = study.answer
    page.title(
        "达标方案", f"按{answer.on}有效的要求　{answer.prices.title}（{answer.prices.status}）"
    )
    for told in warnings(study):
        page.notice(told)
    page.verdict(_verdict(study), [headline(study), *proof(study)])
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
    page.section("四、各页内容")
    for listing in listings:
        page.link(listing.name, listing.title)
    page.finish()
