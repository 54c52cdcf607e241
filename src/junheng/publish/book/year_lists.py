"""The sheets of 历年册: conclusions, CVs, lines, schools and their values by year, and what changed."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from junheng.diagnosis import Verdict
from junheng.publish.book.cells import (
    Cell,
    Number,
    cv_cell,
    exact_cell,
    verdict_cell,
)
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.digits import at_places
from junheng.publish.wording import DEMONSTRATION, short_label, variant_label
from junheng.publish.year_words import (
    NO_SNAPSHOT,
    gap_words,
    invented,
    touches_words,
)
from junheng.studies import CountyYears, Years
from junheng.years import SchoolYear

MARKED = "“口径变化的学年”：那一年的口径与前一次不同（见口径变化），不宜直接比较。"


def county_heading(years: Years) -> list[Heading]:
    """The column 区县, where there are several."""
    return [Heading("区县", 12)] if len(years.counties) > 1 else []


def county_cell(years: Years, name: str) -> list[Cell]:
    return [name] if len(years.counties) > 1 else []


def notes(years: Years, *more: str) -> list[str]:
    """What must be known before the first row."""
    found = (
        [f"{DEMONSTRATION}：数字由程序生成，不是任何真实学校的情况。"] if invented(years) else []
    )
    if gap_words(years):
        found.append(f"{gap_words(years)}。")
    return [*found, *more]


def year_headings(years: Years, width: float) -> list[Heading]:
    """One column a school year; those without a snapshot say so."""
    return [
        Heading(
            f"{SchoolYear(year)}" if year in years.studies else f"{SchoolYear(year)}{NO_SNAPSHOT}",
            width,
            "center",
        )
        for year in years.span
    ]


def _verdicts(years: Years, found: Mapping[int, Verdict]) -> list[Cell]:
    return [verdict_cell(found[year]) if year in found else None for year in years.span]


def changed_words(years: Years, county: str, code: str, *, spread: bool) -> str:
    """The years in which the definition became another."""
    marked = [y for y in years.span if years.changed(county, y, code, spread=spread)]
    return "、".join(str(SchoolYear(year)) for year in marked)


def conclusions(years: Years) -> Listing:
    """County and areas by year."""
    rows = [row for county in years.counties for row in _conclusion(years, county)]
    return Listing(
        name="历年结论",
        title="历年结论",
        notes=notes(years, "每个学年按那一年的评估日期有效的要求判定；空格是没有封存或没有数据。"),
        headings=[*county_heading(years), Heading("方面", 22), *year_headings(years, 14)],
        rows=rows,
        sticky=len(county_heading(years)) + 1,
    )


def _conclusion(years: Years, county: CountyYears) -> Iterator[list[Cell]]:
    verdicts = {year: each.verdict for year, each in county.verdicts.items()}
    yield [*county_cell(years, county.name), "结论", *_verdicts(years, verdicts)]
    titles = {a.code: a.title for c in county.verdicts.values() for a in c.areas}
    for code, title in titles.items():
        found = {
            y: a.verdict for y, c in county.verdicts.items() for a in c.areas if a.code == code
        }
        yield [*county_cell(years, county.name), title, *_verdicts(years, found)]
    for verdict in Verdict:
        counts: list[Cell] = []
        for year in years.span:
            each = county.verdicts.get(year)
            counts.append(None if each is None else list(each.schools.values()).count(verdict))
        if any(counts):
            yield [*county_cell(years, county.name), f"{verdict}的学校（所）", *counts]


def spreads(years: Years) -> Listing:
    """Every coefficient of variation by year."""
    return Listing(
        name="差异系数历年",
        title="校际差异系数历年",
        notes=notes(years, "差异系数越小，学校之间越均衡；图见“差异系数图”。", MARKED),
        headings=[
            *county_heading(years),
            Heading("学段", 5, "center"),
            Heading("指标", 5, "center"),
            Heading("指标名称", 26),
            Heading("限值", 7, "center"),
            *year_headings(years, 14),
            Heading("比上一次的变化", 10),
            Heading("最近结论", 9, "center"),
            Heading("口径变化的学年", 16),
        ],
        rows=[row for county in years.counties for row in _spreads(years, county)],
        sticky=len(county_heading(years)) + 3,
    )


def _spreads(years: Years, county: CountyYears) -> Iterator[list[Cell]]:
    for stage, code in county.keys:
        found = county.spread(stage, code)
        latest = found[max(found)]
        cvs = [found[y].cv for y in sorted(found) if found[y].cv is not None][-2:]
        moved = (
            cvs[1] - cvs[0] if len(cvs) == 2 and cvs[0] is not None and cvs[1] is not None else None
        )
        yield [
            *county_cell(years, county.name),
            stage.label,
            code,
            short_label(code),
            exact_cell(latest.limit, least=2),
            *(
                cv_cell(found[y].cv, found[y].limit, found[y].verdict, near=found[y].near)
                if y in found
                else None
                for y in years.span
            ),
            None if moved is None else Number(at_places(Fraction(moved), 3), 3, signed=True),
            verdict_cell(latest.verdict, near=latest.near),
            changed_words(years, county.code, code, spread=True),
        ]


def lines(years: Years) -> Listing:
    """Every line of the scheme by year."""
    return Listing(
        name="指标历年",
        title="各项指标历年结论",
        notes=notes(years, MARKED),
        headings=[
            *county_heading(years),
            Heading("指标", 6, "center"),
            Heading("名称", 36),
            *year_headings(years, 12),
            Heading("口径变化的学年", 18),
        ],
        rows=[
            [
                *county_cell(years, county.name),
                code,
                label,
                *_verdicts(years, {y: line.verdict for y, line in county.line(code).items()}),
                changed_words(years, county.code, code, spread=True),
            ]
            for county in years.counties
            for code, label in county.line_names.items()
        ],
        sticky=len(county_heading(years)) + 2,
    )


def definition_changes(years: Years) -> Listing:
    """口径变化."""
    return Listing(
        name="口径变化",
        title="口径变化：哪一年起，什么按另一种规定或算法",
        notes=notes(
            years, "变化前后的数不宜直接比较。比的是各年评估时有效的方案、条款、算法、例外和口径。"
        ),
        headings=[
            *county_heading(years),
            Heading("以前", 13, "center"),
            Heading("以后", 13, "center"),
            Heading("什么", 12, "center"),
            Heading("代码", 10, "center"),
            Heading("影响", 18),
            Heading("以前怎样", 44),
            Heading("以后怎样", 44),
        ],
        rows=[
            [
                *county_cell(years, each.county),
                str(SchoolYear(each.before)),
                str(SchoolYear(each.year)),
                each.kind,
                each.code,
                touches_words(each),
                each.was,
                each.now,
            ]
            for each in years.changes
        ],
        sticky=0,
        empty="各年的口径相同",
    )


def provenance(years: Years) -> Listing:
    """From which snapshots, by which rules."""
    headings = ["学年", "评估日期", "方案", "差异系数算法", "例外", "事实指纹", "封存"]
    widths: Sequence[float] = (13, 11, 30, 18, 12, 66, 20)
    rows: list[list[Cell]] = []
    for year, study in years.studies.items():
        standard = study.assessment.counties[0].standard if study.assessment.counties else None
        rows.append(
            [
                str(SchoolYear(year)),
                study.assessment.on.isoformat(),
                study.assessment.scheme if standard is None else standard.scheme.title,
                "" if standard is None else variant_label(standard),
                "、".join(study.receipt.relaxations) or "未启用",
                study.assessment.facts,
                study.snapshot.path.name,
            ]
        )
    return Listing(
        name="依据",
        title="依据：每个学年用了哪次封存、哪天有效的要求",
        notes=notes(years),
        headings=[Heading(t, w) for t, w in zip(headings, widths, strict=True)],
        rows=rows,
        sticky=1,
    )
