"""市域均衡.xlsx: the city at a glance, year by year, group by group, who is missing, how it is computed."""

from collections.abc import Iterator
from pathlib import Path

from junheng.indicators import CATALOGUE
from junheng.publish.balance_words import (
    MEANING,
    MEANINGS,
    balance_title,
    no_verdict,
    preface,
    standard_of,
    standing,
    whose,
)
from junheng.publish.book.balance_cells import (
    PARTS,
    figure_cells,
    figure_headings,
    share_or_blank,
    theil_share,
)
from junheng.publish.book.balance_groups import groupings
from junheng.publish.book.cells import Cell, float_cell
from junheng.publish.book.listing import Heading, Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.wording import short_label, variant_label
from junheng.studies import BalanceStudy, CityFigure, place
from junheng.years import SchoolYear

CITY_CV_PLACES = 3


def write_balance_book(study: BalanceStudy, path: Path) -> Path:
    """Write 市域均衡.xlsx to `path` and return it; the same study gives the same bytes."""
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: BalanceStudy, path: Path) -> None:
    latest = max(each.assessment.on for held in study.studies.values() for each in held)
    book = opened_book(path, latest, title="市域均衡", subject=whose(study))
    looks, title = Looks(book), balance_title(study)
    for listing in _listings(study):
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=title, right="市域均衡")
        write_listing(sheet, listing, title)
    book.close()


def _listings(study: BalanceStudy) -> Iterator[Listing]:
    yield _overview(study)
    if len(study.years) > 1:
        yield _by_year(study)
    yield from groupings(study)
    yield _lacking(study)
    yield _meanings(study)
    yield _provenance(study)


def _overview(study: BalanceStudy) -> Listing:
    """总览: one row a year, stage and indicator."""
    return Listing(
        name="总览",
        title="全市各校之间的差距，有多少在区县之间、城乡之间、公办民办之间",
        notes=[*preface(study), MEANING],
        headings=[
            *figure_headings(study),
            *PARTS,
            Heading("均值", 10),
            Heading("差异系数", 8),
            Heading("泰尔指数", 9),
            Heading("基尼系数", 8),
            Heading("区县之间", 9, above=("占全部方差",)),
            Heading("区县之内", 9, above=("占全部方差",)),
            Heading("城乡之间", 9, above=("占全部方差",)),
            Heading("公办民办之间", 9, above=("占全部方差",)),
            Heading("区县之间", 9, above=("占泰尔指数",)),
            Heading("城乡之间", 9, above=("占泰尔指数",)),
            Heading("说明", 24),
        ],
        rows=[_overview_row(study, each) for each in study.figures],
        sticky=len(figure_headings(study)),
    )


def _overview_row(study: BalanceStudy, figure: CityFigure) -> list[Cell]:
    found, units = figure.whole.figures, figure.by("unit")
    places, owners = figure.by("settlement"), figure.by("ownership")
    return [
        *figure_cells(study, figure),
        figure.whole.parts,
        figure.whole.of,
        None if found is None else found.pupils,
        None if found is None else float_cell(float(found.mean), 2),
        float_cell(figure.whole.cv, CITY_CV_PLACES),
        None if found is None else float_cell(found.theil),
        None if found is None or found.gini is None else float_cell(float(found.gini), 3),
        share_or_blank(units.between),
        share_or_blank(units.within),
        share_or_blank(places.between),
        share_or_blank(owners.between),
        theil_share(units),
        theil_share(places),
        standing(figure.whole),
    ]


def _by_year(study: BalanceStudy) -> Listing:
    """历年: the same figure of each year side by side."""
    keys = dict.fromkeys((each.stage, each.indicator) for each in study.figures)
    blocks = (("全市均值", 10), ("全市差异系数", 10), ("区县之间占方差", 10))
    return Listing(
        name="历年",
        title="几个学年放在一起",
        notes=[*preface(study), "每个学年按那一年的评估日期有效的要求计算；空格是没有数据。"],
        headings=[
            Heading("学段", 5, "center"),
            Heading("指标", 5, "center"),
            Heading("指标名称", 22),
            *(
                Heading(str(SchoolYear(year)), width, "center", above=(title,))
                for title, width in blocks
                for year in study.years
            ),
        ],
        rows=[
            [
                stage.label,
                code,
                short_label(code),
                *(cell for block in _blocks(study, stage.value, code) for cell in block),
            ]
            for stage, code in keys
        ],
        sticky=3,
    )


def _blocks(study: BalanceStudy, stage: str, indicator: str) -> Iterator[list[Cell]]:
    by_year = {f.year: f for f in study.figures if (f.stage, f.indicator) == (stage, indicator)}
    means: list[Cell] = []
    cvs: list[Cell] = []
    shares: list[Cell] = []
    for year in study.years:
        figure = by_year.get(year)
        found = None if figure is None else figure.whole.figures
        means.append(None if found is None else float_cell(float(found.mean), 2))
        cvs.append(None if figure is None else float_cell(figure.whole.cv, CITY_CV_PLACES))
        shares.append(None if figure is None else share_or_blank(figure.by("unit").between))
    yield from (means, cvs, shares)


def _lacking(study: BalanceStudy) -> Listing:
    """缺数据: who enters no figure, and by which indicators."""
    found: dict[tuple[int, str, str, str], list[str]] = {}
    for figure in study.figures:
        for each in figure.lacking:
            unit = study.units[figure.year].get(each.county, each.county)
            where = (figure.year, f"{each.code}\n{each.name}", unit, each.reason)
            found.setdefault(where, []).append(f"{figure.stage.label}{figure.indicator}")
    return Listing(
        name="缺数据",
        title="没有参加计算的学校，哪几项",
        notes=["缺的不当作0：补报以后重新计算。"],
        headings=[
            Heading("学年", 13, "center"),
            Heading("区县", 20),
            Heading("学校", 30),
            Heading("缺哪几项", 40),
            Heading("原因", 30),
        ],
        rows=[
            [str(SchoolYear(year)), unit, school, "、".join(which), reason]
            for (year, school, unit, reason), which in found.items()
        ],
        sticky=3,
        empty="没有缺的",
    )


def _meanings(study: BalanceStudy) -> Listing:
    """怎样算: each figure in words."""
    standard = standard_of(study)
    gist = standard.variants[standard.variant].clause.gist
    codes = dict.fromkeys(each.indicator for each in study.figures)
    return Listing(
        name="怎样算",
        title="每个数怎样算、怎样读",
        notes=list(no_verdict(study)),
        headings=[Heading("数", 24), Heading("怎样算", 78), Heading("怎样读", 44)],
        rows=[
            *([each.name, each.formula, each.read] for each in MEANINGS),
            [
                "差异系数",
                f"{variant_label(standard)}：{gist}",
                "0 为各校完全一样。区县的差异系数与评估结果相同，只有它有限值，结论见结果册。",
            ],
            *([f"{c}　{CATALOGUE[c].label}", CATALOGUE[c].formula, ""] for c in codes),
        ],
        sticky=1,
    )


def _provenance(study: BalanceStudy) -> Listing:
    """依据: from which snapshots, by which rules."""
    rows: list[list[Cell]] = []
    for year, held in study.studies.items():
        for each in held:
            counties = each.assessment.counties
            out = sum(len(county.left_out) for county in counties)
            rows.append(
                [
                    str(SchoolYear(year)), each.assessment.on.isoformat(), len(counties),
                    f"{out}所（学段）按规则不参加计算，名单见结果册",
                    "、".join(each.receipt.relaxations) or "未启用",
                    each.receipt.facts, each.receipt.seal, each.receipt.code_sha256,
                ]
            )  # fmt: skip
    return Listing(
        name="依据",
        title="依据：用了哪几次封存、哪天有效的要求、哪版程序",
        notes=["同样的事实、规则、选项和程序，得出的文件逐字节相同。"],
        headings=[
            Heading("学年", 13, "center"),
            Heading("评估日期", 11, "center"),
            Heading("区县数", 6, "center"),
            Heading("不参加计算的", 24),
            Heading("例外", 12),
            Heading("事实指纹", 34),
            Heading("封存", 34),
            Heading("程序校验码", 34),
        ],
        rows=rows,
        sticky=1,
    )
