"""Writing the result book: the sheets in order, the same bytes for the same study."""

import re
from pathlib import Path

from xlsxwriter import Workbook

from junheng.diagnosis import CountyVerdict
from junheng.publish.book.columns import several
from junheng.publish.book.definitions import clauses, definitions
from junheng.publish.book.gaps import gap_totals, gaps, ways
from junheng.publish.book.left_out import left_out
from junheng.publish.book.lines import lines, school_points, to_file
from junheng.publish.book.listing import Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.matrix import matrix
from junheng.publish.book.opening import opened_book
from junheng.publish.book.page import Page
from junheng.publish.book.provenance import explanations, provenance, unverified
from junheng.publish.book.shares import shares
from junheng.publish.book.spreads import spreads, variants
from junheng.publish.book.summary import WIDTHS, overview, subtitle, write_summary
from junheng.publish.wording import DEMONSTRATION, county_title, is_demonstration
from junheng.studies import Study, place

SUMMARY = "结论"
LISTINGS = (
    (lines, "全部指标与一票否决事项：结论、数值、要求、依据"),
    (school_points, "逐校要求中未达标、缺数据的学校"),
    (to_file, "缺数据的各项要报什么、由谁报"),
    (matrix, "每所学校、每项指标的数值与结论"),
    (spreads, "每个学段、每项指标的差异系数、限值、结论，改动多少会翻转"),
    (variants, "差异系数换用其他算法的结果"),
    (gaps, "每一项未达标的指标差多少"),
    (gap_totals, "全县各项指标一共差多少"),
    (ways, "未达标学校有哪几种补法"),
    (shares, "每个差异系数由哪些学校拉开"),
    (left_out, "不参加计算、并入主校、缺报的学校，例外的使用"),
    (definitions, "七项指标的公式、标准、依据"),
    (clauses, "学校标准、限值、算法、分摊、范围等全部规定"),
    (provenance, "事实指纹、封存、来源文件、程序版本"),
    (explanations, "填报时写明的异常说明"),
    (unverified, "没有执行的检查及原因"),
)
LONGEST_NAME = 31
SHORT_FINGERPRINT = 16


def write_book(study: Study, path: Path) -> Path:
    """Write the result book 结果册 of a study to `path` and return it.

    The file appears whole or not at all; the same study gives the same bytes.
    """
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: Study, path: Path) -> None:
    book = opened_book(
        path,
        study.assessment.on,
        title="义务教育优质均衡评估结果册",
        subject=_whose(study),
        comments=f"事实指纹 {study.assessment.facts}",
    )
    binder = _Binder(book, study)
    binder.summaries()
    for listing in binder.listings:
        binder.listing(listing)
    book.close()


def _whose(study: Study) -> str:
    counties = study.assessment.counties
    if len(counties) == 1:
        return county_title(counties[0])
    invented = any(is_demonstration(county) for county in counties)
    return f"{len(counties)}个区县" + (f"（含{DEMONSTRATION}）" if invented else "")


class _Binder:
    """Adds sheet after sheet to one workbook."""

    def __init__(self, book: Workbook, study: Study) -> None:
        self.book = book
        self.study = study
        self.looks = Looks(book)
        self.listings = [build(study) for build, _ in LISTINGS]
        self.contents = [
            (listing.name, told) for listing, (_, told) in zip(self.listings, LISTINGS, strict=True)
        ]
        counties = study.assessment.counties
        self.subtitle = f"{_whose(study)}　{subtitle(study, counties[0] if counties else None)}"

    def summaries(self) -> None:
        """The page of the only county, or the list of counties and a page for each."""
        counties = self.study.assessment.counties
        if several(self.study) or not counties:
            self.listing(overview(self.study))
            for county in counties:
                self._page(_sheet_name(county), county)
        else:
            self._page(SUMMARY, counties[0])

    def _page(self, name: str, county: CountyVerdict) -> None:
        sheet = self._sheet(name)
        sheet.sheet.hide_gridlines(2)
        write_summary(Page(sheet, WIDTHS), self.study, county, self.contents)

    def listing(self, listing: Listing) -> None:
        write_listing(self._sheet(listing.name), listing, self.subtitle)

    def _sheet(self, name: str) -> Sheet:
        sheet = Sheet(self.book.add_worksheet(name), self.looks)
        fingerprint = self.study.assessment.facts[:SHORT_FINGERPRINT]
        sheet.printed(left=_whose(self.study), right=f"事实指纹 {fingerprint}")
        return sheet


def _sheet_name(county: CountyVerdict) -> str:
    """A sheet name that Excel allows, unique through the code of the county."""
    kept = re.sub(r"[\[\]:*?/\\']", "", county.name)
    return f"{kept[: LONGEST_NAME - len(county.code) - 3]}结论 {county.code}"
