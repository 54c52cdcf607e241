"""The sheets of 历年册: conclusions, CVs, lines, schools and their values by year, and what changed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from junheng.diagnosis import PartIndicator, PartVerdict, Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import (
    Cell,
    Number,
    Tone,
    Word,
    cv_cell,
    exact_cell,
    value_cell,
    verdict_cell,
)
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.digits import at_places
from junheng.publish.wording import DEMONSTRATION, short_label, variant_label
from junheng.publish.year_words import (
    CHANGED_TOLD,
    NO_SNAPSHOT,
    gap_words,
    invented,
    jump_order,
    life_words,
    touches_words,
)
from junheng.schema import Stage
from junheng.studies import CountyYears, SchoolYears, Years
from junheng.years import SchoolYear

COUNTY = Heading("区县", 12)


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


def _changed(years: Years, county: str, code: str, *, spread: bool) -> str:
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
        headings=[COUNTY, Heading("方面", 22), *year_headings(years, 14)],
        rows=rows,
        sticky=2,
    )


def _conclusion(years: Years, county: CountyYears) -> Iterator[list[Cell]]:
    verdicts = {year: each.verdict for year, each in county.verdicts.items()}
    yield [county.name, "结论", *_verdicts(years, verdicts)]
    titles = {a.code: a.title for c in county.verdicts.values() for a in c.areas}
    for code, title in titles.items():
        found = {
            y: a.verdict for y, c in county.verdicts.items() for a in c.areas if a.code == code
        }
        yield [county.name, title, *_verdicts(years, found)]
    for verdict in Verdict:
        counts: list[Cell] = []
        for year in years.span:
            each = county.verdicts.get(year)
            counts.append(None if each is None else list(each.schools.values()).count(verdict))
        if any(counts):
            yield [county.name, f"{verdict}的学校（所）", *counts]


def spreads(years: Years) -> Listing:
    """Every coefficient of variation by year."""
    return Listing(
        name="差异系数历年",
        title="校际差异系数历年",
        notes=notes(years, "差异系数越小，学校之间越均衡；图见“差异系数图”。", f"{CHANGED_TOLD}。"),
        headings=[
            COUNTY,
            Heading("学段", 5, "center"),
            Heading("指标", 5, "center"),
            Heading("指标名称", 26),
            Heading("限值", 7, "center"),
            *year_headings(years, 11),
            Heading("最近一年的变化", 10),
            Heading("最近结论", 9, "center"),
            Heading("口径变化的学年", 16),
        ],
        rows=[row for county in years.counties for row in _spreads(years, county)],
        sticky=4,
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
            county.name,
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
            _changed(years, county.code, code, spread=True),
        ]


def lines(years: Years) -> Listing:
    """Every line of the scheme by year."""
    return Listing(
        name="指标历年",
        title="各项指标历年结论",
        notes=notes(years, f"{CHANGED_TOLD}。"),
        headings=[
            COUNTY,
            Heading("指标", 6, "center"),
            Heading("名称", 36),
            *year_headings(years, 12),
            Heading("口径变化的学年", 18),
        ],
        rows=[
            [
                county.name,
                code,
                label,
                *_verdicts(years, {y: line.verdict for y, line in county.line(code).items()}),
                _changed(years, county.code, code, spread=False),
            ]
            for county in years.counties
            for code, label in county.line_names.items()
        ],
        sticky=3,
    )


SCHOOL = (Heading("学校代码", 11.5, "center"), Heading("学校", 26), Heading("学段", 5, "center"))


def _school(school: SchoolYears, stage: Stage) -> list[Cell]:
    return [school.life.code, school.life.name, stage.label]


def schools(years: Years) -> Listing:
    """The verdict of every stage part by year, with pupils and how many indicators are met."""
    three = [
        Heading(text, width, "center", above=(head.text,))
        for head in year_headings(years, 0)
        for text, width in (("学生数", 8), ("达标项数", 6), ("结论", 9))
    ]
    rows: list[list[Cell]] = []
    for school in years.schools:
        for stage in school.stages:
            cells = [cell for y in years.span for cell in _part(school.parts[stage].get(y))]
            rows.append([*_school(school, stage), *cells, life_words(school.life, years)])
        if not school.stages:
            told = life_words(school.life, years) or "各年都不参加计算"
            blank: list[Cell] = [None] * (3 * len(years.span))
            rows.append([school.life.code, school.life.name, None, *blank, told])
    return Listing(
        name="学校历年结论",
        title="学校历年结论",
        notes=notes(years, "一行跟着一所学校走：改名、改变类型后代码不同的，按学校沿革接在一起。"),
        headings=[*SCHOOL, *three, Heading("沿革", 34)],
        rows=rows,
        sticky=3,
    )


def _part(part: PartVerdict | None) -> list[Cell]:
    if part is None:
        return [None, None, None]
    return [part.pupils, part.met, verdict_cell(part.verdict, near=part.near)]


def values(years: Years) -> Listing:
    """Every indicator of every stage part by year."""
    rows = [
        row
        for school in years.schools
        for stage in school.stages
        for row in _values(years, school, stage)
    ]
    return Listing(
        name="学校历年数值",
        title="学校各项指标历年数值",
        notes=notes(
            years,
            "颜色是那一年的结论；没有数的格子是没有封存、没有填报或那一年没有这所学校。",
            f"{CHANGED_TOLD}。",
        ),
        headings=[
            *SCHOOL,
            Heading("指标", 5, "center"),
            Heading("名称", 22),
            Heading("单位", 8, "center"),
            *year_headings(years, 11),
            Heading("口径变化的学年", 16),
        ],
        rows=rows,
        sticky=4,
    )


def _values(years: Years, school: SchoolYears, stage: Stage) -> Iterator[list[Cell]]:
    parts = school.parts[stage]
    for code in dict.fromkeys(i.indicator for part in parts.values() for i in part.indicators):
        cells: list[Cell] = []
        for year in years.span:
            judged = _judged(parts.get(year), code)
            cells.append(None if judged is None else value_cell(judged))
        marked = _changed(years, school.life.county, code, spread=False)
        unit = CATALOGUE[code].unit
        yield [*_school(school, stage), code, short_label(code), unit, *cells, marked]


def _judged(part: PartVerdict | None, code: str) -> PartIndicator | None:
    if part is None:
        return None
    return next((each for each in part.indicators if each.indicator == code), None)


def definition_changes(years: Years) -> Listing:
    """口径变化."""
    return Listing(
        name="口径变化",
        title="口径变化：哪一年起，什么按另一种规定或算法",
        notes=notes(
            years, "变化前后的数不宜直接比较。比的是各年评估时有效的方案、条款、算法、例外和口径。"
        ),
        headings=[
            COUNTY,
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
                each.county,
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


def lineage(years: Years) -> Listing:
    """学校沿革."""
    return Listing(
        name="学校沿革",
        title="学校沿革",
        notes=notes(
            years, "来自各年填报的学校沿革；没有沿革记录而出现或不见的学校也列在这里，请核实。"
        ),
        headings=[
            Heading("学年", 13, "center"),
            Heading("变化", 22),
            Heading("原代码", 12, "center"),
            Heading("原校名", 28),
            Heading("新代码", 12, "center"),
            Heading("新校名", 28),
            Heading("日期", 11, "center"),
            Heading("批准文件", 22),
        ],
        rows=[
            [
                str(SchoolYear(each.year)),
                each.label,
                each.old_code,
                each.old_name,
                each.new_code,
                each.new_name,
                None if each.changed_on is None else each.changed_on.isoformat(),
                each.document,
            ]
            for each in years.lineage
        ],
        sticky=0,
    )


def jumps(years: Years) -> Listing:
    """变化大的数值, with what was written beside them."""
    return Listing(
        name="大变化与说明",
        title="较上年变化大的数值与异常说明",
        notes=notes(years, "变化的幅度见校验目录（平台约定）；没有异常说明的排在前面。"),
        headings=[
            Heading("学校代码", 11.5, "center"),
            Heading("学校", 26),
            Heading("学年", 13, "center"),
            Heading("栏目", 26),
            Heading("单位", 6, "center"),
            Heading("上年", 14),
            Heading("本年", 14),
            Heading("变化", 11),
            Heading("校验", 8, "center"),
            Heading("异常说明", 40),
        ],
        rows=[
            [
                each.school_code,
                each.school_name,
                str(SchoolYear(each.year)),
                each.label,
                each.unit,
                _amount(each.was),
                _amount(each.now),
                None if not each.was else _percent(each.change / each.was),
                each.check,
                each.explanation or Word("没有", Tone.NEAR),
            ]
            for each in sorted(years.jumps, key=jump_order)
        ],
        sticky=2,
    )


def _amount(value: Decimal) -> Number:
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return Number(value, places)


def _percent(share: Decimal) -> Number:
    return Number(at_places(Fraction(share) * 100, 1), 1, signed=True, suffix="%")


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
